/*
 * A directed graph over items, which it knows by their indexes alone, 0 to n - 1. Make it, add, then ask:
 *
 *     g_autoptr(Graph) graph = graph_new(n);
 *     graph_add(graph, item, parent);
 *     g_autoptr(GPtrArray) cycles = graph_cycles(graph);
 *
 * Answers depend on the set of edges, not on the order in which they were added: where there is a choice, the
 * smaller index goes first. An edge added twice counts once. Nothing recurses, so a chain may be as long as
 * memory allows. An answer takes time in proportion to nodes and edges, but for what graph_cycles and
 * graph_order say; the first one after edges were added sorts them, too.
 *
 * A path or cycle is a GArray of guint, the nodes in the order of its edges. All that is returned is new and
 * the caller's: g_array_unref and g_ptr_array_unref free it.
 */
#pragma once

#include <glib.h>

struct graph;

struct graph *graph_new(guint n);
void graph_free(struct graph *graph);

typedef struct graph Graph; /* for g_autoptr(Graph) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Graph, graph_free)

/* Adds an edge between two nodes of the graph; from and to may be the same. */
void graph_add(struct graph *graph, guint from, guint to);

/* For every group of nodes that all reach each other (a strongly connected component), and every node with an
 * edge to itself that is alone in its group, one shortest cycle: an array of GArray, by their first nodes. A
 * cycle starts at its smallest node, which is not repeated at the end; among cycles of equal length the one
 * that is smaller element by element is taken. Where finding the shortest takes more than 20 million steps,
 * which no graph of dependencies or parents that people write needs, it is the shortest of those found by
 * then. */
GPtrArray *graph_cycles(struct graph *graph);

/* The nodes such that the from of every edge stands before its to; of the nodes that could come next, the
 * smallest does. Nodes on a cycle, and all that one leads to, have no place and are left out: the graph has a
 * cycle if and only if the answer has fewer than n elements. Takes the logarithm of n more time. */
GArray *graph_order(struct graph *graph);

/* The nodes that one edge or more lead to from a node, nearest first. The node itself is among them only if
 * it lies on a cycle. */
GArray *graph_reach(struct graph *graph, guint from);

/* The cycle that an edge from -> to would close, if it were added: a shortest one, starting at from, which is
 * not repeated at the end; for a node to itself only that node. NULL if it would close none. */
GArray *graph_closes(struct graph *graph, guint from, guint to);
