/*
 * What the body of an item says that more than one command asks for: what is wrong with it, and its open
 * questions. backlog_facts reads the body once and keeps the answer, for whoever asks next; facts_read is for
 * a document that is at hand.
 */
#pragma once

#include "policy.h"

/* An entry of the first level under the policy's heading for open questions, whether it has a tick box or
 * not: "- [ ] @product-owner Do archived orders count?". */
struct question {
    char *to;          /* the role or handle behind "@", without it; NULL: to nobody in particular */
    char *text;        /* without the "@" word; one line */
    guint number;      /* from 1, in the order of the file */
    gboolean answered; /* ticked */
    struct position at;
};

/* The question that the text of a list entry, on one line, is: whom it is put to, and what it asks. */
struct question *question_new(const char *line);
void question_free(gpointer question);

/* Whether the entry of a body is a question where section holds the questions: of its first level, and not
 * "- None". */
gboolean question_is(const struct markdown_item *item, const struct markdown_section *section);

struct facts {
    GPtrArray *findings;  /* struct finding, of reading the body (document_body), and of what stands twice
                             in it (facts_twice.h); no path is set */
    GPtrArray *questions; /* struct question */
    /* Findings that hold only where something outside of the file is so, which the rule knows
     * (rules_doubt.c); what they are about says of whom or when. */
    GPtrArray *doubts;
};

/* Reads the body of document, which nobody must have asked for before, or its findings are not there. Never
 * NULL; the caller's. */
struct facts *facts_read(struct document *document, const struct policy *policy);

/* Facts of an empty body; questions are owned by their list, and so are their texts. */
struct facts *facts_new(void);
void facts_free(struct facts *facts);
typedef struct facts Facts; /* for g_autoptr(Facts) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Facts, facts_free)

/* How many questions are not answered. */
guint facts_open_questions(const struct facts *facts);
