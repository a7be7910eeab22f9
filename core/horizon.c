#include "horizon.h"

/* Items near the top where nothing says how much the team gets through. */
#define USUAL_NEAR 10

gboolean horizon_weigh(const struct backlog *backlog, const struct item *item, double *weight)
{
    const char *estimate = item_text(item, FIELD_ESTIMATE);
    return estimate && policy_weight(backlog->policy, estimate, weight);
}

void horizon_add(struct horizon_count *count, const struct backlog *backlog, const struct item *item)
{
    double weight;

    count->items++;
    if (horizon_weigh(backlog, item, &weight))
        count->weight += weight;
    else
        count->without++;
}

static double number_of(const struct policy *policy, const char *setting)
{
    const char *text = policy_text(policy, setting);
    return text ? g_ascii_strtod(text, NULL) : 0;
}

/* -- what is near the top -- */

/* The items that some open item names as its parent: their children are what is estimated and made ready. */
static GHashTable *find_parents(const struct backlog *backlog)
{
    GHashTable *parents = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        const char *named = item->position ? item_text(item, FIELD_PARENT) : NULL;
        if (named && backlog_named(backlog, named))
            g_hash_table_add(parents, (gpointer)backlog_named(backlog, named));
    }
    return parents;
}

static void find_near(struct horizon *horizon, const struct backlog *backlog)
{
    g_autoptr(GHashTable) parents = find_parents(backlog);
    guint estimated = horizon->open.items - horizon->open.without;
    double room = estimated ? horizon->capacity * horizon->sprints : 0, taken = 0;

    for (guint i = 0; i < backlog->items->len; i++) {
        struct item *item = backlog->items->pdata[i];
        double weight = estimated ? horizon->open.weight / estimated : 0;
        if (!item->position || item->status == STATUS_DOING || g_hash_table_contains(parents, item))
            continue;
        if (room > 0 ? taken >= room : horizon->near->len == USUAL_NEAR)
            break;
        horizon_weigh(backlog, item, &weight);
        taken += weight;
        g_ptr_array_add(horizon->near, item);
    }
}

/* -- */

gboolean horizon_is_ready(const struct item *item, const struct readiness *readiness)
{
    guint errors;
    return item->status == STATUS_READY && readiness_find(readiness, item, &errors) && errors == 0;
}

struct horizon *horizon_new(const struct backlog *backlog, const struct readiness *readiness)
{
    struct horizon *horizon = g_new0(struct horizon, 1);

    horizon->capacity = number_of(backlog->policy, "sprint.capacity");
    horizon->sprints = number_of(backlog->policy, "refinement.horizon");
    horizon->near = g_ptr_array_new();
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (item->readable && status_is_open(item->status))
            horizon_add(&horizon->open, backlog, item);
        if (horizon_is_ready(item, readiness))
            horizon_add(&horizon->ready, backlog, item);
    }
    find_near(horizon, backlog);
    for (guint i = 0; i < horizon->near->len; i++)
        horizon->near_ready += horizon_is_ready(horizon->near->pdata[i], readiness);
    return horizon;
}

void horizon_free(struct horizon *horizon)
{
    if (!horizon)
        return;
    g_ptr_array_unref(horizon->near);
    g_free(horizon);
}

double horizon_reach(const struct horizon *horizon)
{
    return horizon->capacity > 0 ? horizon->ready.weight / horizon->capacity : 0;
}

double horizon_share(const struct horizon *horizon)
{
    double wanted = horizon->capacity * horizon->sprints;

    if (wanted > 0)
        return MIN(horizon->ready.weight / wanted, 1);
    return horizon->near->len ? (double)horizon->near_ready / horizon->near->len : 0;
}
