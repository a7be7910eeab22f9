#include "circle.h"

#include "depends.h"

char *circle_print(const GPtrArray *items)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < items->len; i++) {
        const struct item *item = items->pdata[i];
        item_append(out, item);
        g_string_append(out, " -> ");
    }
    g_string_append(out, item_name(items->pdata[0]));
    return g_string_free(out, FALSE);
}

/* The items of the circle that an edge would close; NULL where it closes none. */
static GPtrArray *find_closed(const struct backlog *backlog, struct graph *graph, const struct item *from,
                              const struct item *to)
{
    g_autoptr(GArray) circle = graph_closes(graph, backlog_index(backlog, from), backlog_index(backlog, to));
    GPtrArray *items = circle ? g_ptr_array_new() : NULL;

    for (guint i = 0; circle && i < circle->len; i++)
        g_ptr_array_add(items, backlog->items->pdata[g_array_index(circle, guint, i)]);
    return items;
}

/* The same of an item that is to repeat another, which may itself be a duplicate. */
static GPtrArray *find_repeating(const struct backlog *backlog, const struct item *own,
                                 const struct item *target)
{
    g_autoptr(GPtrArray) chain = g_ptr_array_new();

    g_ptr_array_add(chain, (gpointer)own);
    while (target && target != own && !g_ptr_array_find(chain, target, NULL)) {
        const char *of = target->status == STATUS_DROPPED ? item_text(target, FIELD_DUPLICATE_OF) : NULL;
        g_ptr_array_add(chain, (gpointer)target);
        target = of ? backlog_named(backlog, of) : NULL;
    }
    return target == own ? g_steal_pointer(&chain) : NULL;
}

/* Of all that the reference stands for: a split item stands for its children only where it is depended on. */
static GPtrArray *find_circle(const struct backlog *backlog, const struct field *field,
                              const struct item *own, const struct item *target)
{
    gboolean parents = field->id == FIELD_PARENT;
    GPtrArray *circle = NULL;

    if (field->id == FIELD_DUPLICATE_OF)
        return find_repeating(backlog, own, target);
    g_autoptr(Graph) graph = depends_graph(backlog, parents);
    g_autoptr(GPtrArray) meant = parents ? g_ptr_array_new() : depends_resolve(backlog, target->id);
    if (parents)
        g_ptr_array_add(meant, (gpointer)target);
    for (guint i = 0; i < meant->len && !circle; i++)
        circle = find_closed(backlog, graph, own, meant->pdata[i]);
    return circle;
}

gboolean circle_check(const struct draft *draft, const struct field *field, const char *id, GError **error)
{
    backlog_load(draft->backlog);
    const struct item *own = backlog_at(draft->backlog, draft->path),
                      *target = backlog_item(draft->backlog, id);
    g_autoptr(GPtrArray) circle = own && target ? find_circle(draft->backlog, field, own, target) : NULL;

    if (!circle)
        return TRUE;
    g_autofree char *path = circle_print(circle);
    return field->id == FIELD_DUPLICATE_OF && circle->len == 1
               ? draft_refuse(error, "%s: an item cannot name itself", field->name)
               : draft_refuse(error, "%s on %s would close a circle: %s", field->name, id, path);
}
