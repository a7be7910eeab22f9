/*
 * What the files of query share.
 *
 *     query.c        a query and what it matches
 *     query_term.c   one term, read and checked
 *     query_saved.c  the queries that a policy names
 *
 * Only they include this.
 */
#pragma once

#include "query.h"
#include "query_computed.h"

/* -- terms: query_term.c -- */

struct term {
    char *key;                       /* NULL: a word to be found in title or text */
    const struct field *field;       /* NULL: the user's own key */
    const struct computed *computed; /* NULL: the front matter has its values */
    gpointer data;                   /* that it opened; NULL: nothing */
    gboolean negated;
    gboolean range;
    char **values; /* case-folded; of a range two, "" where it is open */
};

/* Reads a term that names no saved query into zeroed memory, to be cleared in any case. backlog NULL: it is
 * only asked whether it could be asked of some backlog of the policy. QUERY_ERROR. */
gboolean term_parse(const struct policy *policy, struct backlog *backlog, const char *text, struct term *term,
                    GError **error);
void term_clear(gpointer data);

/* Whether its values name items. */
gboolean term_is_reference(const struct term *term);

/* The text as values are compared: NFC and case-folded; newly allocated. */
char *term_fold(const char *text);

/* The weight of an estimate in lower case, whatever the case on the scale; FALSE: it has none. */
gboolean term_weight(const struct policy *policy, const char *folded, double *weight);

/* Ordered as a number where both are (an estimate by its weight), else as text: days are written so that this
 * is their order. */
int term_compare(const struct policy *policy, const struct field *field, const char *a, const char *b);

/* Whether the term, which names no saved query, could be asked of some backlog of the policy: items may have
 * keys of their own, so QUERY_ERROR_KEY is only for one that looks like a misspelt field. */
gboolean query_check_term(const struct policy *policy, const char *text, GError **error);
