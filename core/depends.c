#include "depends.h"

#include <string.h>

/* The children of every item that has some, in order: item -> array. */
static GHashTable *find_children(const struct backlog *backlog)
{
    GHashTable *children = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < backlog->items->len; i++) {
        struct item *item = backlog->items->pdata[i];
        const char *named = item_text(item, FIELD_PARENT);
        const struct item *parent = named ? backlog_named(backlog, named) : NULL;
        GPtrArray *brothers = parent ? g_hash_table_lookup(children, parent) : NULL;
        if (!parent)
            continue;
        if (!brothers) {
            brothers = g_ptr_array_new();
            g_hash_table_insert(children, (gpointer)parent, brothers);
        }
        g_ptr_array_add(brothers, item);
    }
    return children;
}

static GPtrArray *resolve(const struct backlog *backlog, GHashTable *children, const char *reference)
{
    GPtrArray *found = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    GQueue waiting = G_QUEUE_INIT;
    const struct item *item = backlog_named(backlog, reference);

    for (; item; item = g_queue_pop_head(&waiting)) {
        const char *original = item_text(item, FIELD_DUPLICATE_OF);
        if (!g_hash_table_add(seen, (gpointer)item))
            continue;
        GPtrArray *parts = item->status == STATUS_SPLIT ? g_hash_table_lookup(children, item) : NULL;
        for (guint i = 0; parts && i < parts->len; i++)
            g_queue_push_tail(&waiting, parts->pdata[i]);
        if (item->status == STATUS_SPLIT)
            continue;
        if (item->status == STATUS_DROPPED && original && backlog_named(backlog, original))
            g_queue_push_tail(&waiting, (gpointer)backlog_named(backlog, original));
        else
            g_ptr_array_add(found, (gpointer)item);
    }
    return found;
}

GPtrArray *depends_resolve(const struct backlog *backlog, const char *reference)
{
    g_autoptr(GHashTable) children = find_children(backlog);
    return resolve(backlog, children, reference);
}

struct graph *depends_graph(const struct backlog *backlog, gboolean parents)
{
    g_autoptr(GHashTable) indexes = g_hash_table_new(NULL, NULL), children = find_children(backlog);
    struct graph *graph = graph_new(backlog->items->len);

    for (guint i = 0; i < backlog->items->len; i++)
        g_hash_table_insert(indexes, backlog->items->pdata[i], GUINT_TO_POINTER(i));
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (parents) {
            const char *parent = item_text(item, FIELD_PARENT);
            const struct item *target = parent ? backlog_named(backlog, parent) : NULL;
            if (target)
                graph_add(graph, i, GPOINTER_TO_UINT(g_hash_table_lookup(indexes, target)));
        } else if (status_is_open(item->status)) {
            const char *const *references = item_texts(item, FIELD_DEPENDS);
            for (gsize j = 0; references[j]; j++) {
                g_autoptr(GPtrArray) targets = resolve(backlog, children, references[j]);
                for (guint k = 0; k < targets->len; k++)
                    graph_add(graph, i, GPOINTER_TO_UINT(g_hash_table_lookup(indexes, targets->pdata[k])));
            }
        }
    }
    return graph;
}
