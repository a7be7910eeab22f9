#include "import_circles.h"

#include "graph.h"

static const struct import_item *item_at(const struct import *import, const GArray *cycle, guint i)
{
    return import->items->pdata[g_array_index(cycle, guint, i % cycle->len)];
}

static struct graph *graph_of(const struct import *import, gboolean parents)
{
    struct graph *graph = graph_new(import->items->len);

    for (guint i = 0; i < import->items->len; i++) {
        const struct import_item *item = import->items->pdata[i];
        if (parents && item->parent.id && item->parent.target != IMPORT_NONE)
            graph_add(graph, i, item->parent.target);
        for (guint j = 0; !parents && j < item->depends->len; j++) {
            guint target = g_array_index(item->depends, struct import_reference, j).target;
            if (target != IMPORT_NONE)
                graph_add(graph, i, target);
        }
    }
    return graph;
}

/* The reference of item to target. */
static const struct import_reference *reference_to(const struct import_item *item, guint target,
                                                   gboolean parents)
{
    for (guint i = 0; !parents && i < item->depends->len; i++) {
        const struct import_reference *reference = &g_array_index(item->depends, struct import_reference, i);
        if (reference->target == target)
            return reference;
    }
    return &item->parent;
}

static void remark(struct import *import, const GArray *cycle, gboolean parents)
{
    g_autoptr(GString) path = g_string_new(NULL);
    guint first = 0;

    while (first < cycle->len && !item_at(import, cycle, first)->draft)
        first++;
    if (first == cycle->len)
        return;
    for (guint i = 0; i <= cycle->len; i++) {
        const struct import_item *item = item_at(import, cycle, first + i);
        g_string_append_printf(path, "%s%s", i ? " -> " : "", item->id ? item->id : item->title);
    }
    struct import_item *item = import->items->pdata[g_array_index(cycle, guint, first)];
    guint next = g_array_index(cycle, guint, (first + 1) % cycle->len);
    const struct import_reference *reference = reference_to(item, next, parents);
    import_item_remark(item, SEVERITY_WARNING, reference->at, "%s: in a circle, %s; remove one of them",
                       reference->key, path->str);
}

void import_circles_remark(struct import *import)
{
    for (gboolean parents = FALSE; parents <= TRUE; parents++) {
        g_autoptr(Graph) graph = graph_of(import, parents);
        g_autoptr(GPtrArray) cycles = graph_cycles(graph);
        for (guint i = 0; i < cycles->len; i++)
            remark(import, cycles->pdata[i], parents);
    }
}
