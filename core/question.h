/*
 * The questions of an item with their answers, and what is done with them: they are asked, and answered.
 *
 *     ## Open questions
 *
 *     - [x] @product-owner Do archived orders count?
 *       - 2026-11-21 Ana Silva: yes, they are most of the calls
 *     - [ ] @bo Is the category tree cached?
 *
 * A question is an entry of the first level there (facts.h), an answer one right in it; the tick says that it
 * is answered. Numbers count the questions from 1, in the order of the file.
 */
#pragma once

#include "facts.h"
#include "people.h"
#include "remark.h"

struct answer {
    char *text;           /* as it stands, on one line */
    struct remark remark; /* its parts; day is NULL where it is written in another form */
};

/* A question as it stands in a version of the item. */
struct asked {
    struct question *question;
    guint item;         /* index in the outline's items */
    GPtrArray *answers; /* struct answer */
};

/* The questions of the document, whose body is read if that was not done; the array owns its struct asked. */
GPtrArray *questions_read(struct document *document, const struct policy *policy);

/* The question with that number; borrowed. NULL with an error that names the range. */
const struct asked *questions_find(const GPtrArray *questions, guint number, GError **error);

/* Whether the question is put to the person, by handle, role or name. */
gboolean question_is_to(const struct question *question, const struct person *person);

/* Whether it is put to who: what stands behind its "@", with or without that, any case, or somebody of the
 * team whom it is put to. */
gboolean question_is_for(const struct question *question, const struct policy *policy, const char *who);

/* What stands behind "@" in a question to who: the handle of somebody of the team (by handle, name or
 * address; "@me" is the user), or a role that somebody has; where the policy has no team, any one word.
 * Newly allocated; NULL with PEOPLE_ERROR_UNKNOWN that names those there are. */
char *question_addressee(const struct policy *policy, const char *who, GError **error);

/* Puts a question to who (NULL: nobody in particular, unless text begins with "@" and a word itself) at the
 * end of the draft's questions. One that stands there, open and to the same, changes nothing; to somebody
 * else or answered it is refused. */
gboolean question_ask(struct draft *draft, const char *who, const char *text, GError **error);

/* Who answers, in the words of a remark: NULL is the user; somebody of the team (by handle, name or address,
 * or the role that one alone has), or the name of somebody else that is not nearly one of the team. Newly
 * allocated; NULL with PEOPLE_ERROR_UNKNOWN. */
char *question_answerer(const struct policy *policy, const char *who, GError **error);

/* Adds the answer, of today, by names as remark_names has them, to the question with that number and ticks
 * it. *further (optional): it was ticked already. */
gboolean question_answer(struct draft *draft, guint number, const char *names, const char *text,
                         gboolean *further, GError **error);
