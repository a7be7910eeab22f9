#include "review_private.h"

#include "order_private.h"

#include <string.h>

/* -- what moved -- */

/* Pairs of open items that were open before: keys, weights of order_keep, by their order after. An item is
 * the same by its path or, of those that were reviewed, as review_item has it. */
static GHashTable *reviewed_by_after(const struct review *review)
{
    GHashTable *reviewed = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < review->items->len; i++) {
        struct review_item *item = review->items->pdata[i];
        if (item->after)
            g_hash_table_insert(reviewed, (gpointer)item->after, item);
    }
    return reviewed;
}

static gboolean changes_rank(const struct review_item *item)
{
    return item->before && item->after && item->before->position && item->after->position &&
           g_strcmp0(item->before->rank, item->after->rank) != 0;
}

static gboolean any_changes_rank(const struct review *review)
{
    for (guint i = 0; i < review->items->len; i++)
        if (changes_rank(review->items->pdata[i]))
            return TRUE;
    return FALSE;
}

/* Which of the open items, in their order after, keep their place beside each other: if it can be, those of
 * which the rank stays. */
static gboolean *find_kept(const struct review *review, GHashTable *reviewed, guint n)
{
    g_autofree guint *keys = g_new0(guint, n + 1), *weights = g_new0(guint, n + 1);

    for (guint i = 0; i < review->now->items->len; i++) {
        const struct item *after = review->now->items->pdata[i];
        const struct review_item *item = g_hash_table_lookup(reviewed, after);
        const struct item *before = item ? item->before : backlog_item(review->then, after->id);
        if (!after->position || !before || !before->position)
            continue;
        keys[after->position - 1] = before->position - 1;
        weights[after->position - 1] = g_strcmp0(before->rank, after->rank) == 0 ? n + 1 : 1;
    }
    return order_keep(keys, NULL, weights, n);
}

void review_place(struct review *review)
{
    guint n = MAX(review->then->items->len, review->now->items->len);

    if (!any_changes_rank(review))
        return;
    g_autoptr(GHashTable) reviewed = reviewed_by_after(review);
    g_autofree gboolean *kept = find_kept(review, reviewed, n);
    for (guint i = 0; i < review->items->len; i++) {
        const struct review_item *item = review->items->pdata[i];
        if (!changes_rank(item))
            continue;
        guint from = item->before->position, to = item->after->position;
        gboolean stays = kept[to - 1];
        /* One that stands otherwise at the same number, for others have come or gone, has moved too. */
        if (stays || from != to)
            change_place(item->changes, from, stays ? from : to);
        review->sum.moved += !stays;
    }
}

/* -- order -- */

/* Where an item stands, or stood; items without a place come last. */
static guint place_of(const struct review_item *item)
{
    guint after = item->after ? item->after->position : 0;
    guint before = item->before ? item->before->position : 0;
    return after ? after : before ? before : G_MAXUINT;
}

static int compare(const struct review_item *one, const struct review_item *other)
{
    guint left = place_of(one), right = place_of(other);
    if (one->kind != other->kind)
        return (int)one->kind - (int)other->kind;
    if (left != right)
        return left < right ? -1 : 1;
    return strcmp(one->path, other->path);
}

static gint compare_items(gconstpointer a, gconstpointer b)
{
    const struct review_item *one = *(const struct review_item *const *)a;
    const struct review_item *other = *(const struct review_item *const *)b;
    const struct review_item *left = one->split_from ? one->split_from : one;
    const struct review_item *right = other->split_from ? other->split_from : other;

    if (left != right)
        return compare(left, right);
    return left == one ? -1 : right == other ? 1 : compare(one, other);
}

static gint compare_children(gconstpointer a, gconstpointer b)
{
    return compare(*(const struct review_item *const *)a, *(const struct review_item *const *)b);
}

void review_sort(struct review *review)
{
    g_ptr_array_sort(review->items, compare_items);
    for (guint i = 0; i < review->items->len; i++)
        g_ptr_array_sort(((struct review_item *)review->items->pdata[i])->children, compare_children);
}
