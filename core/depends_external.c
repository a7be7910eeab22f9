#include "depends_external.h"

#include "clock.h"

#include <string.h>

void external_free(struct external *external)
{
    if (!external)
        return;
    g_free(external->what);
    g_free(external->owner);
    g_free(external->due);
    g_free(external);
}

static char *text_of(const struct node *map, const char *key)
{
    const struct node *node = node_find(map, key);
    return node && node->kind == NODE_SCALAR && !node_is_null(node) && *node->text ? g_strdup(node->text)
                                                                                   : NULL;
}

GPtrArray *external_of(struct backlog *backlog, const struct item *item)
{
    GPtrArray *externals = g_ptr_array_new_with_free_func((GDestroyNotify)external_free);
    const struct value *value = item_field(item, FIELD_DEPENDS);
    g_autoptr(GBytes) bytes =
        value && value->records ? backlog_read(backlog, backlog_entry(backlog, item->path), NULL) : NULL;
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;
    const struct node *list = document ? node_find(document->front->root, value->key) : NULL;
    g_autofree char *today = list ? clock_today() : NULL;

    for (const struct node *node = list && list->kind == NODE_SEQUENCE ? list->first : NULL; node;
         node = node->next) {
        char *what = node->kind == NODE_MAP ? text_of(node, "external") : NULL;
        if (!what)
            continue;
        struct external *external = g_new(struct external, 1);
        *external = (struct external){ item, what, text_of(node, "owner"), text_of(node, "due"), FALSE };
        external->overdue = status_is_open(item->status) && external->due && clock_is_day(external->due) &&
                            strcmp(external->due, today) < 0;
        g_ptr_array_add(externals, external);
    }
    return externals;
}

/* One that is no day of the calendar counts as none, behind those that are. */
static gint by_day(gconstpointer a, gconstpointer b)
{
    const struct external *left = *(struct external *const *)a, *right = *(struct external *const *)b;
    gboolean one = left->due && clock_is_day(left->due), other = right->due && clock_is_day(right->due);
    int order = one && other ? strcmp(left->due, right->due) : other - one;

    return order ? order : item_compare(left->item, right->item);
}

GPtrArray *external_all(struct backlog *backlog)
{
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)external_free);

    backlog_load(backlog);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (status_is_open(item->status))
            g_ptr_array_extend_and_steal(all, external_of(backlog, item));
    }
    g_ptr_array_sort(all, by_day);
    return all;
}
