#include "review_private.h"

/* Items that a team looks at first. */
#define TOP 10

static struct review_total total_of(const struct backlog *backlog, GHashTable *ready)
{
    struct review_total total = { 0 };

    for (guint i = 0; i < backlog->items->len; i++) {
        struct item *item = backlog->items->pdata[i];
        const char *estimate = item->position ? item_text(item, FIELD_ESTIMATE) : NULL;
        gboolean is_ready = item->status == STATUS_READY && g_hash_table_contains(ready, item);
        double weight = 0;
        if (!item->position)
            continue;
        if (!estimate || !policy_weight(backlog->policy, estimate, &weight))
            total.without++;
        total.items++;
        total.weight += weight;
        total.ready += is_ready;
        total.ready_weight += is_ready ? weight : 0;
    }
    return total;
}

/* What names an item in both backlogs. */
static char *key_of(const struct item *item)
{
    return item->id ? g_strdup(item->id) : moments_key(item->path);
}

/* The keys of the first items that are open. */
static GHashTable *top_of(const struct backlog *backlog)
{
    GHashTable *top = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (item->position > TOP)
            break;
        if (item->position)
            g_hash_table_add(top, key_of(item));
    }
    return top;
}

/* The items at the top of backlog that are not of others. */
static GPtrArray *missing_in(GHashTable *others, const struct backlog *backlog)
{
    GPtrArray *missing = g_ptr_array_new();
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        g_autofree char *key = key_of(item);
        if (item->position > TOP)
            break;
        if (item->position && !g_hash_table_contains(others, key))
            g_ptr_array_add(missing, (gpointer)item);
    }
    return missing;
}

void review_add_up(struct review *review, GHashTable *ready_then, GHashTable *ready_now)
{
    struct review_sum *sum = &review->sum;
    g_autoptr(GHashTable) before = top_of(review->then), after = top_of(review->now);

    for (guint i = 0; i < review->items->len; i++) {
        const struct review_item *item = review->items->pdata[i];
        sum->of[item->kind]++;
        sum->readiness_gained += item->readiness == REVIEW_READINESS_GAINED;
        sum->readiness_lost += item->readiness == REVIEW_READINESS_LOST;
    }
    sum->before = total_of(review->then, ready_then);
    sum->after = total_of(review->now, ready_now);
    sum->top = TOP;
    sum->entered = missing_in(before, review->now);
    sum->left = missing_in(after, review->then);
}
