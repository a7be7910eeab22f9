#include "tree.h"

#include "depends.h"

struct growing {
    const struct backlog *backlog;
    GHashTable *by_item; /* item -> node, of all */
    GHashTable *indexes; /* item -> index in the backlog + 1 */
    GPtrArray *all;      /* struct tree_node */
};

static struct tree_node *add(struct growing *growing, const struct item *item, gboolean listed)
{
    struct tree_node *node = g_new0(struct tree_node, 1);
    node->item = item;
    node->listed = listed;
    node->place = G_MAXUINT;
    g_hash_table_insert(growing->by_item, (gpointer)item, node);
    g_ptr_array_add(growing->all, node);
    return node;
}

static guint index_of(const struct growing *growing, const struct tree_node *node)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(growing->indexes, node->item));
}

/* Gives every node its parent's, which is put in where there is none; all grows meanwhile. */
static void find_parents(struct growing *growing)
{
    g_autoptr(Depends) depends = depends_new(growing->backlog);

    for (guint i = 0; i < growing->all->len; i++) {
        struct tree_node *node = growing->all->pdata[i];
        const char *named = item_text(node->item, FIELD_PARENT);
        const struct item *item = named ? backlog_named(growing->backlog, named) : NULL;
        const struct item *original = item ? depends_original(depends, item) : NULL;
        if (!item)
            continue;
        /* A part of a duplicate is a part of what that repeats. */
        if (original && original != node->item)
            item = original;
        node->parent = g_hash_table_lookup(growing->by_item, item);
        if (!node->parent)
            node->parent = add(growing, item, FALSE);
    }
}

/* Cuts the circle that node lies on in front of its first item. */
static void cut_circle(const struct growing *growing, struct tree_node *node)
{
    struct tree_node *first = node;
    for (struct tree_node *next = node->parent; next != node; next = next->parent)
        if (index_of(growing, next) < index_of(growing, first))
            first = next;
    first->parent = NULL;
}

/* Every walk up ends at a root, or where an earlier one has been. */
static void cut_circles(struct growing *growing)
{
    g_autoptr(GHashTable) walked = g_hash_table_new(NULL, NULL); /* node -> number of the walk */
    for (guint i = 0; i < growing->all->len; i++) {
        gpointer walk = GUINT_TO_POINTER(i + 1);
        struct tree_node *node = growing->all->pdata[i];
        while (node && !g_hash_table_contains(walked, node)) {
            g_hash_table_insert(walked, node, walk);
            node = node->parent;
        }
        if (node && g_hash_table_lookup(walked, node) == walk)
            cut_circle(growing, node);
    }
}

/* The nodes such that each stands behind its parent. */
static GPtrArray *parents_first(const struct growing *growing)
{
    GPtrArray *order = g_ptr_array_new();
    g_autoptr(GHashTable) placed = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) way = g_ptr_array_new();

    for (guint i = 0; i < growing->all->len; i++) {
        for (struct tree_node *node = growing->all->pdata[i]; node && g_hash_table_add(placed, node);
             node = node->parent)
            g_ptr_array_add(way, node);
        while (way->len > 0)
            g_ptr_array_add(order, g_ptr_array_steal_index(way, way->len - 1));
    }
    return order;
}

/* Depths from the roots down; places and sums from the leaves up. */
static void measure(const struct growing *growing, const GPtrArray *order)
{
    for (guint i = 0; i < order->len; i++) {
        struct tree_node *node = order->pdata[i];
        node->depth = node->parent ? node->parent->depth + 1 : 0;
        if (node->listed)
            node->place = index_of(growing, node);
    }
    for (guint i = order->len; i-- > 0;) {
        struct tree_node *node = order->pdata[i], *parent = node->parent;
        const char *estimate = item_text(node->item, FIELD_ESTIMATE);
        double weight = 0;
        if (!parent)
            continue;
        if (!parent->listed)
            parent->place = MIN(parent->place, node->place);
        if (node->listed && estimate)
            policy_weight(growing->backlog->policy, estimate, &weight);
        parent->below += node->below + weight;
        parent->listed_below += node->listed_below + (node->listed ? 1 : 0);
    }
}

static gint by_place(gconstpointer a, gconstpointer b)
{
    const struct tree_node *left = *(struct tree_node *const *)a, *right = *(struct tree_node *const *)b;
    return left->place < right->place ? -1 : left->place > right->place;
}

/* Hangs the nodes, which are sorted, below their parents; returns the first root. */
static struct tree_node *hang(const GPtrArray *sorted)
{
    struct tree_node top = { 0 };

    for (guint i = 0; i < sorted->len; i++) {
        struct tree_node *node = sorted->pdata[i], *parent = node->parent ? node->parent : &top;
        /* Put in for a child that a circle was cut off from. */
        if (!node->listed && node->listed_below == 0)
            continue;
        node->last = TRUE;
        if (parent->last_child) {
            parent->last_child->last = FALSE;
            parent->last_child->next = node;
        } else {
            parent->first_child = node;
        }
        parent->last_child = node;
    }
    return top.first_child;
}

static void collect(GPtrArray *nodes, struct tree_node *node)
{
    while (node) {
        g_ptr_array_add(nodes, node);
        if (node->first_child) {
            node = node->first_child;
            continue;
        }
        while (node && !node->next)
            node = node->parent;
        node = node ? node->next : NULL;
    }
}

struct tree *tree_new(const struct backlog *backlog, const GPtrArray *items)
{
    g_autoptr(GHashTable) by_item = g_hash_table_new(NULL, NULL), indexes = g_hash_table_new(NULL, NULL);
    struct tree *tree = g_new(struct tree, 1);
    struct growing growing = { backlog, by_item, indexes, g_ptr_array_new_with_free_func(g_free) };

    for (guint i = 0; i < backlog->items->len; i++)
        g_hash_table_insert(indexes, backlog->items->pdata[i], GUINT_TO_POINTER(i + 1));
    for (guint i = 0; i < items->len; i++)
        add(&growing, items->pdata[i], TRUE);
    find_parents(&growing);
    cut_circles(&growing);
    g_autoptr(GPtrArray) order = parents_first(&growing);
    measure(&growing, order);
    g_ptr_array_sort(order, by_place);
    tree->all = growing.all;
    tree->nodes = g_ptr_array_new();
    collect(tree->nodes, hang(order));
    return tree;
}

void tree_free(struct tree *tree)
{
    if (!tree)
        return;
    g_ptr_array_unref(tree->nodes);
    g_ptr_array_unref(tree->all);
    g_free(tree);
}
