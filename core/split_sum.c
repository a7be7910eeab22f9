#include "split.h"

static gboolean weigh(const struct backlog *backlog, const struct item *item, double *weight)
{
    const char *estimate = item_text(item, FIELD_ESTIMATE);
    return estimate && policy_weight(backlog->policy, estimate, weight);
}

/* Whether parent is the item's, or that of a parent of its that was split. */
static gboolean is_part(const struct backlog *backlog, const struct item *item, const struct item *parent)
{
    for (guint steps = 0; item && steps < backlog->items->len; steps++) {
        const char *named = item_text(item, FIELD_PARENT);
        item = named ? backlog_named(backlog, named) : NULL;
        if (item == parent)
            return TRUE;
        if (item && item->status != STATUS_SPLIT)
            return FALSE;
    }
    return FALSE;
}

struct split_sum split_sum(const struct backlog *backlog, const struct item *item)
{
    struct split_sum sum = { 0 };

    sum.has_parent = weigh(backlog, item, &sum.parent);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *child = backlog->items->pdata[i];
        double weight;
        if (child->status == STATUS_SPLIT || child->status == STATUS_DROPPED ||
            !is_part(backlog, child, item))
            continue;
        if (weigh(backlog, child, &weight))
            sum.children += weight;
        else
            sum.without++;
    }
    return sum;
}
