#include "depends_tree.h"

#include <string.h>

/* Nodes on their way: those still to be shown wait on a stack, the next one last. */
struct walk {
    struct backlog *backlog;
    const struct depends *depends;
    GHashTable *needed_by; /* item -> array of struct need; NULL: downwards */
    GHashTable *expanded;  /* items of which what is below has been shown */
    GPtrArray *path;       /* the items above the next node */
    GPtrArray *stack;
    GPtrArray *nodes;
};

/* That an item depends on another, by a reference that names by. */
struct need {
    const struct item *item;
    const struct item *by;
};

static void free_node(gpointer data)
{
    struct depends_node *node = data;
    external_free(node->external);
    g_free(node->missing);
    g_free(node);
}

static struct depends_node *add_node(GPtrArray *brothers, const struct item *item, const struct item *by)
{
    struct depends_node *node = g_new0(struct depends_node, 1);

    node->item = item;
    node->by = by == item ? NULL : by;
    g_ptr_array_add(brothers, node);
    return node;
}

static gboolean has_item(const GPtrArray *brothers, const struct item *item)
{
    for (guint i = 0; i < brothers->len; i++)
        if (((struct depends_node *)brothers->pdata[i])->item == item)
            return TRUE;
    return FALSE;
}

/* -- what is below one item -- */

static void add_below(const struct walk *walk, const struct item *item, GPtrArray *brothers)
{
    const char *const *references = item_texts(item, FIELD_DEPENDS);

    for (gsize i = 0; references[i]; i++) {
        const struct item *named = backlog_named(walk->backlog, references[i]);
        g_autoptr(GPtrArray) targets = depends_find(walk->depends, references[i]);
        if (!named && strcmp(references[i], "none") != 0 && *references[i])
            add_node(brothers, NULL, NULL)->missing = g_strdup(references[i]);
        /* One that stands for nothing: split into nothing, or a duplicate in a circle. */
        if (named && targets->len == 0)
            add_node(brothers, named, NULL);
        for (guint j = 0; j < targets->len; j++)
            if (!has_item(brothers, targets->pdata[j]))
                add_node(brothers, targets->pdata[j], named);
    }
    g_autoptr(GPtrArray) externals = external_of(walk->backlog, item);
    while (externals->len > 0)
        add_node(brothers, NULL, NULL)->external = g_ptr_array_steal_index(externals, 0);
}

static void add_above(const struct walk *walk, const struct item *item, GPtrArray *brothers)
{
    const GArray *needs = g_hash_table_lookup(walk->needed_by, item);

    for (guint i = 0; needs && i < needs->len; i++) {
        const struct need *need = &g_array_index(needs, struct need, i);
        if (!has_item(brothers, need->item))
            add_node(brothers, need->item, need->by == item ? NULL : need->by);
    }
}

/* Who depends on whom, once for all. A split item and a duplicate are depended on themselves, too, by who
 * names them. */
static void add_need(GHashTable *needed_by, const struct item *target, const struct item *item,
                     const struct item *by)
{
    const struct need need = { item, by };
    GArray *needs = g_hash_table_lookup(needed_by, target);

    if (!needs) {
        needs = g_array_new(FALSE, FALSE, sizeof(struct need));
        g_hash_table_insert(needed_by, (gpointer)target, needs);
    }
    g_array_append_val(needs, need);
}

static GHashTable *find_needs(const struct backlog *backlog, const struct depends *depends)
{
    GHashTable *needed_by = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);

    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        const char *const *references = item_texts(item, FIELD_DEPENDS);
        /* What was split or dropped waits for nothing itself. */
        if (item->status == STATUS_SPLIT || item->status == STATUS_DROPPED)
            continue;
        for (gsize j = 0; references[j]; j++) {
            const struct item *named = backlog_named(backlog, references[j]);
            g_autoptr(GPtrArray) targets = depends_find(depends, references[j]);
            for (guint k = 0; k < targets->len; k++)
                add_need(needed_by, targets->pdata[k], item, named);
            if (named && !g_ptr_array_find(targets, named, NULL))
                add_need(needed_by, named, item, named);
        }
    }
    return needed_by;
}

/* -- the walk -- */

/* Puts what is below an item on the stack, the first on top. */
static void expand(struct walk *walk, const struct item *item, guint depth)
{
    g_autoptr(GPtrArray) brothers = g_ptr_array_new();

    g_hash_table_add(walk->expanded, (gpointer)item);
    if (walk->needed_by)
        add_above(walk, item, brothers);
    else
        add_below(walk, item, brothers);
    for (guint i = brothers->len; i-- > 0;) {
        struct depends_node *node = brothers->pdata[i];
        node->depth = depth;
        node->last = i + 1 == brothers->len;
        g_ptr_array_add(walk->stack, node);
    }
}

/* Whether anything would stand below the item. */
static gboolean leads_on(const struct walk *walk, const struct item *item)
{
    const struct value *value = item_field(item, FIELD_DEPENDS);

    if (!status_is_open(item->status))
        return FALSE;
    return walk->needed_by ? g_hash_table_contains(walk->needed_by, item)
                           : value && value->kind == NODE_SEQUENCE && value->count + value->records > 0;
}

static void visit(struct walk *walk, struct depends_node *node)
{
    const struct item *item = node->item;

    g_ptr_array_set_size(walk->path, (gint)node->depth + 1);
    g_ptr_array_add(walk->nodes, node);
    if (item && g_ptr_array_find(walk->path, item, NULL)) {
        node->circle = TRUE;
    } else if (item && leads_on(walk, item)) {
        node->above = g_hash_table_contains(walk->expanded, item);
        g_ptr_array_add(walk->path, (gpointer)item);
        if (!node->above)
            expand(walk, item, node->depth + 1);
    }
}

GPtrArray *depends_tree(struct backlog *backlog, const struct depends *depends, const struct item *item,
                        enum depends_direction direction)
{
    g_autoptr(GHashTable) expanded = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) needed_by = direction == DEPENDS_UP ? find_needs(backlog, depends) : NULL;
    g_autoptr(GPtrArray) path = g_ptr_array_new(), stack = g_ptr_array_new();
    GPtrArray *nodes = g_ptr_array_new_with_free_func(free_node);
    struct walk walk = { backlog, depends, needed_by, expanded, path, stack, nodes };

    g_ptr_array_add(path, (gpointer)item);
    expand(&walk, item, 0);
    while (stack->len > 0)
        visit(&walk, g_ptr_array_steal_index(stack, stack->len - 1));
    return nodes;
}
