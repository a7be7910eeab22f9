/*
 * Which commits of the history are wanted, which items of them, and which changes of these.
 *
 * What a filter leaves out is left out as early as can be: a commit before its trees are looked at, the body
 * of a file where only front matter is asked for.
 */
#pragma once

#include "history.h"
#include "history_walk.h"
#include "repo_mailmap.h"

struct filter;

/* The filter of what is wanted, whose texts it borrows, as policy and mailmap. NULL with HISTORY_ERROR_KIND,
 * or where @me or a handle names nobody. */
struct filter *filter_new(const struct policy *policy, const struct mailmap *mailmap,
                          const struct history_wanted *wanted, GError **error);
void filter_free(struct filter *filter);
typedef struct filter Filter; /* for g_autoptr(Filter) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Filter, filter_free)

/* Whether the commit is of the time, and of the persons, that are wanted; it is read where that needs its
 * message, and where it cannot be, it is wanted. */
gboolean filter_takes_commit(struct filter *filter, struct objects *objects,
                             const struct walk_commit *commit);

/* From here on for any thread, the filter being what it was made. */

/* Whether an item with that front matter (NULL: it cannot be read) is wanted. */
gboolean filter_takes_item(const struct filter *filter, const struct document *document);

/* Whether it may want changes of bodies. */
gboolean filter_wants_body(const struct filter *filter);

/* Whether an item that came or went is to be told by what was in it: where a field is asked for, that it came
 * with an estimate of 8 counts. */
gboolean filter_wants_parts(const struct filter *filter);

/* Leaves of the item what is wanted. */
void filter_narrow(const struct filter *filter, struct history_item *item);
