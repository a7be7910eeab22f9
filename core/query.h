/*
 * Queries: which items of a backlog are meant. All terms must hold.
 *
 *     status:ready                a field has the value; of a list, an entry is
 *     status:ready,doing          one of several values
 *     type!=bug                   it has not
 *     estimate:   estimate!=      it has none; it has some
 *     estimate:5..  created:2026-11-01..2026-11-30       from, to, both included
 *     date range                  bare words: title, text or an alias hold them, or the id begins with them
 *     text:a:b                    the same for a word with a colon
 *     @mine                       the terms that the policy has under queries.mine (query_saved.h)
 *     open-questions:2..          what is worked out: how many questions are open (query_computed.h)
 *     owner:@me                   @me in the place of a value is the user, by any name that people_me gives
 *
 * A title matches in part, all else as a whole; case does not count. Keys are fields, what
 * query_computed.h works out, or the user's own keys.
 */
#pragma once

#include "backlog.h"

#define QUERY_ERROR query_error_quark()
GQuark query_error_quark(void);

enum query_error {
    QUERY_ERROR_KEY,   /* no such field */
    QUERY_ERROR_VALUE, /* a value that the field cannot have */
    QUERY_ERROR_SAVED, /* no such saved query */
};

struct query;

/* Reads the terms, NULL-terminated; the backlog must be loaded. References in it are resolved as on the
 * command line. An error of a saved query's term begins with its name. */
struct query *query_parse(struct backlog *backlog, const char *const *terms, GError **error);
void query_free(struct query *query);
typedef struct query Query; /* for g_autoptr(Query) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Query, query_free)

/* Whether a term asks about the field, so that what would be left out by default is not. */
gboolean query_mentions(const struct query *query, enum field_id field);

/* Whether the item is meant. Bare words read the file where title and names do not have them. */
gboolean query_matches(const struct query *query, const struct item *item);
