/*
 * What items depend on, resolved when read: a split item stands for its children, a duplicate for its target,
 * an alias for the item that has it.
 */
#pragma once

#include "backlog.h"
#include "graph.h"

/* Items that reference leads to, in order: one for most, the children for a split item, none where it names
 * no item, or a duplicate leads in a circle. References are exact ids or aliases, no prefixes. The array is
 * the caller's and does not own the items. */
GPtrArray *depends_resolve(const struct backlog *backlog, const char *reference);

/* The graph of loaded items by their index in backlog->items: from each open item to all that it depends on,
 * resolved; or, with parents, from each item to its parent. */
struct graph *depends_graph(const struct backlog *backlog, gboolean parents);
