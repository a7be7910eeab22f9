/*
 * Saved queries: names for terms that a team asks for again and again, under "queries" of the policy.
 *
 *     queries:
 *       mine: "owner:@me status!=done"          the terms of one text end at white space
 *       open-bugs: ["type:bug", "text:no paging", "@mine"]       or an entry a term, which may have spaces
 *
 * @NAME in the place of a term stands for all of them. A saved query may name others, but not come back to
 * itself. All terms of a query must hold, so one that is named twice counts once, and a query is never longer
 * than the policy.
 */
#pragma once

#include "policy.h"

/* One term of what was typed or saved. */
struct query_term {
    char *text;
    const char *saved; /* the name of the saved query that has it, the policy's; NULL: it was typed */
};

/* Whether the word, as it is typed, names a saved query: it begins with "@". */
gboolean query_saved_is_name(const char *word);

/* The terms with every @NAME replaced: an array of struct query_term that owns them. QUERY_ERROR_SAVED of
 * query.h for a name that there is not. */
GArray *query_saved_expand(const struct policy *policy, const char *const *terms, GError **error);

/* The names, as the policy has them, and the terms of one with a space between; NULL-terminated (g_free), the
 * names being the policy's; newly allocated. */
const char **query_saved_names(const struct policy *policy);
char *query_saved_text(const struct policy *policy, const char *name);

/* Adds a finding of the rule "policy" for every saved query that can never be asked: of no such form, with a
 * value that its field cannot have, naming one that there is not or coming back to itself; and a warning for
 * a key that is probably a misspelt field. text is what the policy was read from. */
void query_saved_check(const struct policy *policy, const char *text, gsize length, GPtrArray *findings);
