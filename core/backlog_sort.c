#include "backlog_private.h"

/* An item with the beginning of its rank as a number: most of the time that decides, without a look at the
 * item. */
struct ranked {
    guint64 beginning;
    struct item *item;
};

static guint64 beginning_of(const char *rank)
{
    guint64 beginning = 0;

    if (!rank)
        return G_MAXUINT64;
    for (gsize i = 0; i < sizeof beginning; i++) {
        beginning = beginning << 8 | (guchar)*rank;
        rank += *rank != '\0';
    }
    return beginning;
}

static gint compare_ranked(gconstpointer a, gconstpointer b)
{
    const struct ranked *one = a, *other = b;
    if (one->beginning != other->beginning)
        return one->beginning < other->beginning ? -1 : 1;
    return item_compare(one->item, other->item);
}

void backlog_sort(GPtrArray *items)
{
    g_autoptr(GArray) order = g_array_sized_new(FALSE, FALSE, sizeof(struct ranked), items->len);

    for (guint i = 0; i < items->len; i++) {
        struct item *item = items->pdata[i];
        struct ranked ranked = { beginning_of(item->rank), item };
        g_array_append_val(order, ranked);
    }
    g_array_sort(order, compare_ranked);
    for (guint i = 0; i < items->len; i++)
        items->pdata[i] = g_array_index(order, struct ranked, i).item;
}
