#include "graph.h"

enum { MOST_STEPS = 20000000 }; /* edges looked at, about 0.2 s */

static const guint NONE = G_MAXUINT;

struct edge {
    guint from, to;
};

/* Edges sorted by from, then to. Those of node v are starts[v] to starts[v + 1] - 1. */
struct links {
    GArray *edges; /* of struct edge */
    guint *starts; /* NULL while not sorted */
};

struct graph {
    guint n;
    struct links out;
};

/* The search for the cycles. A node is in question while a cycle may lie on it that was not looked at. */
struct search {
    const struct links *out;
    struct links in;     /* the same edges, seen from their ends */
    guint *component;    /* of each node, a number below n; NONE when the node is no longer in question */
    guint *n_out, *n_in; /* edges of each node from and to nodes in question of its component */
    guint *parent;       /* by which node a search came to each; NONE between two searches */
    GArray *queue;       /* of guint: nodes a search came to */
    GArray **shortest;   /* of each component, the shortest cycle yet or NULL; left to who asked */
    guint64 steps;
};

static guint node_at(const GArray *nodes, guint i)
{
    return g_array_index(nodes, guint, i);
}

static guint target_at(const struct links *links, guint i)
{
    return g_array_index(links->edges, struct edge, i).to;
}

/* n nodes, all NONE. */
static guint *no_nodes(guint n)
{
    guint *nodes = g_new(guint, n);
    for (guint i = 0; i < n; i++)
        nodes[i] = NONE;
    return nodes;
}

static gint compare_edges(gconstpointer a, gconstpointer b)
{
    const struct edge *left = a, *right = b;
    if (left->from != right->from)
        return left->from < right->from ? -1 : 1;
    return left->to < right->to ? -1 : left->to > right->to;
}

static void links_sort(struct links *links, guint n)
{
    g_array_sort(links->edges, compare_edges);
    links->starts = g_new(guint, (gsize)n + 1);
    for (guint node = 0, i = 0; node <= n; node++) {
        while (i < links->edges->len && g_array_index(links->edges, struct edge, i).from < node)
            i++;
        links->starts[node] = i;
    }
}

static void links_clear(struct links *links)
{
    g_array_unref(links->edges);
    g_free(links->starts);
}

struct graph *graph_new(guint n)
{
    struct graph *graph = g_new0(struct graph, 1);
    graph->n = n;
    graph->out.edges = g_array_new(FALSE, FALSE, sizeof(struct edge));
    return graph;
}

void graph_free(struct graph *graph)
{
    if (!graph)
        return;
    links_clear(&graph->out);
    g_free(graph);
}

void graph_add(struct graph *graph, guint from, guint to)
{
    g_assert(from < graph->n && to < graph->n);
    struct edge edge = { from, to };
    g_array_append_val(graph->out.edges, edge);
    g_clear_pointer(&graph->out.starts, g_free);
}

static const struct links *links_of(struct graph *graph)
{
    if (!graph->out.starts)
        links_sort(&graph->out, graph->n);
    return &graph->out;
}

/* The path from start to end that the parents tell. */
static GArray *path_of(const guint *parent, guint start, guint end)
{
    guint length = 1;
    for (guint node = end; node != start; node = parent[node])
        length++;
    GArray *path = g_array_sized_new(FALSE, FALSE, sizeof(guint), length);
    g_array_set_size(path, length);
    for (guint node = end; length > 0; node = parent[node])
        g_array_index(path, guint, --length) = node;
    return path;
}

/* Appends to queue the targets of node whose parent is NONE yet, and sets it. */
static void meet_targets(const struct links *links, guint node, guint *parent, GArray *queue)
{
    for (guint i = links->starts[node]; i < links->starts[node + 1]; i++) {
        guint to = target_at(links, i);
        if (parent[to] == NONE) {
            parent[to] = node;
            g_array_append_val(queue, to);
        }
    }
}

/* Goes along all edges from start, breadth first, and sets the parent of each node it comes to: all NONE
 * before. Returns these nodes; start is one only if there is a way back to it. */
static GArray *walk(const struct links *links, guint start, guint *parent)
{
    GArray *queue = g_array_new(FALSE, FALSE, sizeof(guint));
    meet_targets(links, start, parent, queue);
    for (guint i = 0; i < queue->len; i++)
        meet_targets(links, node_at(queue, i), parent, queue);
    return queue;
}

GArray *graph_reach(struct graph *graph, guint from)
{
    g_assert(from < graph->n);
    g_autofree guint *parent = no_nodes(graph->n);
    return walk(links_of(graph), from, parent);
}

GArray *graph_closes(struct graph *graph, guint from, guint to)
{
    g_assert(from < graph->n && to < graph->n);
    g_autofree guint *parent = no_nodes(graph->n);
    g_array_unref(walk(links_of(graph), to, parent));
    if (from != to && parent[from] == NONE)
        return NULL;
    g_autoptr(GArray) path = path_of(parent, to, from);
    GArray *cycle = g_array_sized_new(FALSE, FALSE, sizeof(guint), path->len);
    g_array_append_val(cycle, from);
    return g_array_append_vals(cycle, path->data, path->len - 1);
}

static gint compare_nodes(gconstpointer a, gconstpointer b)
{
    guint left = GPOINTER_TO_UINT(a), right = GPOINTER_TO_UINT(b);
    return left < right ? -1 : left > right;
}

GArray *graph_order(struct graph *graph)
{
    const struct links *out = links_of(graph);
    g_autofree guint *n_before = g_new0(guint, graph->n); /* edges from nodes that have no place yet */
    g_autoptr(GTree) free_nodes = g_tree_new(compare_nodes);
    GArray *order = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = 0; i < out->edges->len; i++)
        n_before[target_at(out, i)]++;
    for (guint node = 0; node < graph->n; node++)
        if (n_before[node] == 0)
            g_tree_insert(free_nodes, GUINT_TO_POINTER(node), NULL);

    for (GTreeNode *first; (first = g_tree_node_first(free_nodes));) {
        guint node = GPOINTER_TO_UINT(g_tree_node_key(first));
        g_array_append_val(order, node);
        g_tree_remove(free_nodes, GUINT_TO_POINTER(node));
        for (guint i = out->starts[node]; i < out->starts[node + 1]; i++)
            if (--n_before[target_at(out, i)] == 0)
                g_tree_insert(free_nodes, GUINT_TO_POINTER(target_at(out, i)), NULL);
    }
    return order;
}

/* All nodes in the order in which a depth-first walk is done with them. */
static GArray *finish_order(const struct links *out, guint n)
{
    GArray *order = g_array_sized_new(FALSE, FALSE, sizeof(guint), n);
    g_autoptr(GArray) path = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autofree guint *next = no_nodes(n); /* edge to follow from each node; NONE: not come to */
    for (guint root = 0; root < n; root++) {
        if (next[root] != NONE)
            continue;
        next[root] = out->starts[root];
        g_array_append_val(path, root);
        while (path->len > 0) {
            guint node = node_at(path, path->len - 1);
            if (next[node] == out->starts[node + 1]) {
                g_array_append_val(order, node);
                g_array_set_size(path, path->len - 1);
                continue;
            }
            guint to = target_at(out, next[node]++);
            if (next[to] == NONE) {
                next[to] = out->starts[to];
                g_array_append_val(path, to);
            }
        }
    }
    return order;
}

/* The strongly connected components: of each node, the node that its component is named after. By S. Rao
 * Kosaraju's algorithm: those without a component that lead to the one finished last are one. */
static guint *components_of(const struct links *out, const struct links *in, guint n)
{
    guint *component = no_nodes(n);
    g_autoptr(GArray) order = finish_order(out, n);
    g_autoptr(GArray) members = g_array_new(FALSE, FALSE, sizeof(guint));
    for (guint i = n; i-- > 0;) {
        guint name = node_at(order, i);
        if (component[name] != NONE)
            continue;
        component[name] = name;
        g_array_set_size(members, 0);
        g_array_append_val(members, name);
        for (guint j = 0; j < members->len; j++)
            meet_targets(in, node_at(members, j), component, members);
        for (guint j = 0; j < members->len; j++)
            component[node_at(members, j)] = name;
    }
    return component;
}

static void search_init(struct search *search, const struct links *out, guint n)
{
    *search = (struct search){ .out = out };
    search->in.edges = g_array_sized_new(FALSE, FALSE, sizeof(struct edge), out->edges->len);
    for (guint i = 0; i < out->edges->len; i++) {
        struct edge edge = g_array_index(out->edges, struct edge, i);
        struct edge back = { edge.to, edge.from };
        g_array_append_val(search->in.edges, back);
    }
    links_sort(&search->in, n);
    search->component = components_of(out, &search->in, n);
    search->parent = no_nodes(n);
    search->queue = g_array_new(FALSE, FALSE, sizeof(guint));
    search->shortest = g_new0(GArray *, n);

    search->n_out = g_new0(guint, n);
    search->n_in = g_new0(guint, n);
    for (guint i = 0; i < out->edges->len; i++) {
        struct edge edge = g_array_index(out->edges, struct edge, i);
        if (search->component[edge.from] != search->component[edge.to])
            continue;
        search->n_out[edge.from]++;
        search->n_in[edge.to]++;
    }
}

static void search_clear(struct search *search)
{
    links_clear(&search->in);
    g_free(search->component);
    g_free(search->n_out);
    g_free(search->n_in);
    g_free(search->parent);
    g_array_unref(search->queue);
    g_free(search->shortest);
}

/* Appends to the queue the targets of node that are in question. Returns whether start is among them. */
static gboolean meet_in_question(struct search *search, guint node, guint start)
{
    const struct links *out = search->out;
    for (guint i = out->starts[node]; i < out->starts[node + 1]; i++) {
        guint to = target_at(out, i);
        search->steps++;
        if (to == start)
            return TRUE;
        if (search->component[to] == search->component[start] && search->parent[to] == NONE) {
            search->parent[to] = node;
            g_array_append_val(search->queue, to);
        }
    }
    return FALSE;
}

/* A shortest cycle through start of at most so many nodes, or NULL. Breadth first along sorted edges meets
 * the smallest of the shortest paths first. */
static GArray *cycle_through(struct search *search, guint start, guint longest)
{
    GArray *queue = search->queue, *cycle = NULL;
    g_array_set_size(queue, 0);
    g_array_append_val(queue, start);
    for (guint i = 0, level_end = 1, length = 1; i < queue->len && length <= longest && !cycle; i++) {
        guint node = node_at(queue, i);
        if (meet_in_question(search, node, start))
            cycle = path_of(search->parent, start, node);
        if (i + 1 == level_end) {
            level_end = queue->len;
            length++;
        }
    }
    for (guint i = 0; i < queue->len; i++)
        search->parent[node_at(queue, i)] = NONE;
    return cycle;
}

/* One edge of node, counted in degrees, no longer leads to or from a node in question. */
static void lose_edge(struct search *search, guint node, guint *degrees)
{
    if (--degrees[node] > 0)
        return;
    search->component[node] = NONE;
    g_array_append_val(search->queue, node);
}

/* Puts node out of question, and with it all that is on no cycle without it. */
static void dismiss(struct search *search, guint node)
{
    guint component = search->component[node];
    const struct links *out = search->out, *in = &search->in;
    search->component[node] = NONE;
    g_array_set_size(search->queue, 0);
    g_array_append_val(search->queue, node);
    for (guint i = 0; i < search->queue->len; i++) {
        guint gone = node_at(search->queue, i);
        for (guint j = out->starts[gone]; j < out->starts[gone + 1]; j++)
            if (search->component[target_at(out, j)] == component)
                lose_edge(search, target_at(out, j), search->n_in);
        for (guint j = in->starts[gone]; j < in->starts[gone + 1]; j++)
            if (search->component[target_at(in, j)] == component)
                lose_edge(search, target_at(in, j), search->n_out);
    }
}

/* Looks for a cycle through node that is shorter than those of its component yet. Once that is done, no other
 * search needs to pass node: without this a long cycle would be followed once for each of its nodes. */
static void search_from(struct search *search, guint node)
{
    if (search->component[node] == NONE)
        return;
    GArray **shortest = &search->shortest[search->component[node]], *cycle = NULL;
    if (!*shortest || search->steps < MOST_STEPS)
        cycle = cycle_through(search, node, *shortest ? (*shortest)->len - 1 : G_MAXUINT);
    if (cycle) {
        g_clear_pointer(shortest, g_array_unref);
        *shortest = cycle;
    }
    dismiss(search, node);
}

static gint compare_cycles(gconstpointer a, gconstpointer b)
{
    guint left = node_at(*(GArray *const *)a, 0), right = node_at(*(GArray *const *)b, 0);
    return left < right ? -1 : left > right;
}

GPtrArray *graph_cycles(struct graph *graph)
{
    struct search search;
    GPtrArray *cycles = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    search_init(&search, links_of(graph), graph->n);
    for (guint node = 0; node < graph->n; node++)
        search_from(&search, node);
    for (guint i = 0; i < graph->n; i++)
        if (search.shortest[i])
            g_ptr_array_add(cycles, search.shortest[i]);
    g_ptr_array_sort(cycles, compare_cycles);
    search_clear(&search);
    return cycles;
}
