/*
 * What items depend on, resolved when read: a split item stands for its children, a duplicate for what it
 * repeats, an alias for the item that has it. A part of a duplicate is a part of what that repeats.
 *
 *     g_autoptr(Depends) depends = depends_new(backlog);
 *     g_autoptr(GPtrArray) items = depends_find(depends, "c4x9d");
 *
 * depends_new takes one walk over the backlog; an answer then takes time in proportion to its length. Items
 * are the backlog's; what is returned as new is the caller's array and does not own them.
 */
#pragma once

#include "backlog.h"
#include "graph.h"

struct depends;

/* Of a loaded backlog, which must outlive it. */
struct depends *depends_new(const struct backlog *backlog);
void depends_free(struct depends *depends);
typedef struct depends Depends; /* for g_autoptr(Depends) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Depends, depends_free)

/* Items that reference leads to, in order, each once: one for most, the children for a split item, none where
 * it names no item, or a duplicate leads in a circle. References are exact ids or aliases, no prefixes. New.
 */
GPtrArray *depends_find(const struct depends *depends, const char *reference);

/* The parts of an item, those of its duplicates too, in the order of the backlog; borrowed. NULL: none. */
const GPtrArray *depends_children(const struct depends *depends, const struct item *item);

/* What an item repeats, the last of those that lead on; NULL where it is no duplicate (dropped, with
 * "duplicate-of"), or that names nothing or leads in a circle. */
const struct item *depends_original(const struct depends *depends, const struct item *item);

/* The items that are duplicates of this one, through others too, in the order of the backlog; borrowed. NULL:
 * none. */
const GPtrArray *depends_duplicates(const struct depends *depends, const struct item *item);

/* depends_find for one reference alone. */
GPtrArray *depends_resolve(const struct backlog *backlog, const char *reference);

/* The graph of loaded items by their index in backlog->items: from each open item to all that it depends on,
 * resolved; or, with parents, from each item to its parent, and from a duplicate to what it repeats. */
struct graph *depends_graph(const struct backlog *backlog, gboolean parents);
