#include "depends.h"

#include <string.h>

static void add_children(const struct backlog *backlog, const struct item *parent, GQueue *waiting)
{
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        const char *named = item_text(item, FIELD_PARENT);
        if (named && backlog_named(backlog, named) == parent)
            g_queue_push_tail(waiting, (gpointer)item);
    }
}

GPtrArray *depends_resolve(const struct backlog *backlog, const char *reference)
{
    GPtrArray *found = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    GQueue waiting = G_QUEUE_INIT;
    const struct item *item = backlog_named(backlog, reference);

    for (; item; item = g_queue_pop_head(&waiting)) {
        const char *original = item_text(item, FIELD_DUPLICATE_OF);
        if (!g_hash_table_add(seen, (gpointer)item))
            continue;
        if (item->status == STATUS_SPLIT)
            add_children(backlog, item, &waiting);
        else if (item->status == STATUS_DROPPED && original && backlog_named(backlog, original))
            g_queue_push_tail(&waiting, (gpointer)backlog_named(backlog, original));
        else
            g_ptr_array_add(found, (gpointer)item);
    }
    return found;
}

static void add_edges(const struct backlog *backlog, struct graph *graph, GHashTable *indexes, guint from,
                      const char *reference)
{
    g_autoptr(GPtrArray) targets = depends_resolve(backlog, reference);
    for (guint i = 0; i < targets->len; i++)
        graph_add(graph, from, GPOINTER_TO_UINT(g_hash_table_lookup(indexes, targets->pdata[i])));
}

struct graph *depends_graph(const struct backlog *backlog, gboolean parents)
{
    g_autoptr(GHashTable) indexes = g_hash_table_new(NULL, NULL);
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
            for (gsize j = 0; references[j]; j++)
                add_edges(backlog, graph, indexes, i, references[j]);
        }
    }
    return graph;
}
