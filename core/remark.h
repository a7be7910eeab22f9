/*
 * Remarks: dated lines of people in the body of an item. An answer below its question, a decision under
 * Decisions, each an entry of a list:
 *
 *     - 2026-11-21 Ana Silva: yes, they are most of the calls
 *     - 2026-11-20 Ana Silva, Bo Chen: one category. Rejected: several (nobody asks); a tree (too deep).
 *
 *     g_autofree char *names = remark_names(policy, with, &error);
 *     remark_decide(draft, names, "one category", rejected, &error);
 *
 * What must outlive the message of a commit, which a squash may lose, stands in the file like that. People
 * write such lines by hand too, so reading takes what it can: a line of another form is no remark.
 */
#pragma once

#include "draft.h"

struct remark {
    char *day;       /* YYYY-MM-DD, a day of the calendar */
    char **names;    /* at least one */
    char *text;      /* without what was rejected; may be "" */
    char **rejected; /* each as it stands, "several (nobody asks)"; NULL-terminated, often empty */
};

/* The names by which remarks call the user, as people_me knows them, and those of with (NULL: nobody): the
 * team's, else those that git or the user gives; each once, with ", " between. Newly allocated; NULL with an
 * error of people.h. */
char *remark_names(const struct policy *policy, const char *const *with, GError **error);

/* The same of one person: who as people_find takes it, or a plain name, or "Name <address>". */
char *remark_name(const struct policy *policy, const char *who);

/* "2026-11-21 NAMES: TEXT", of today, on one line, without the mark of a list; what was rejected
 * (NULL-terminated, or NULL) behind it. Newly allocated. */
char *remark_print(const char *names, const char *text, const char *const *rejected);

/* text on one line, with one space between words and no control characters; newly allocated. */
char *remark_line(const char *text);

/* Fills remark from the text of a list entry; FALSE, and remark as it was, where that is no remark. */
gboolean remark_parse(const char *text, struct remark *remark);
void remark_clear(struct remark *remark);

/* Adds a remark as the last of those under Decisions, a section that is made where it is missing: an edit of
 * the draft like any other. */
gboolean remark_decide(struct draft *draft, const char *names, const char *text, const char *const *rejected,
                       GError **error);
