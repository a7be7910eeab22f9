#include "complete_private.h"

#include "demand.h"

struct asker {
    const char *from; /* as it was written first */
    guint requests;
};

static int compare_requests(gconstpointer a, gconstpointer b)
{
    const struct asker *one = a, *other = b;
    return one->requests > other->requests ? -1 : one->requests < other->requests;
}

/* Who asked so far, those who did most often first. */
static GArray *find_askers(const struct backlog *backlog, const struct demand *demand)
{
    g_autoptr(GHashTable) indexes = g_hash_table_new(g_str_hash, g_str_equal);
    GArray *askers = g_array_new(FALSE, FALSE, sizeof(struct asker));

    for (guint i = 0; i < backlog->items->len; i++) {
        const GPtrArray *requests = demand_own(demand, backlog->items->pdata[i]);
        for (guint j = 0; requests && j < requests->len; j++) {
            const struct request *request = requests->pdata[j];
            gpointer index = NULL;
            struct asker asker = { request->from, 0 };
            if (!request->asker)
                continue;
            if (!g_hash_table_lookup_extended(indexes, request->asker, NULL, &index)) {
                index = GUINT_TO_POINTER(askers->len);
                g_hash_table_insert(indexes, request->asker, index);
                g_array_append_val(askers, asker);
            }
            g_array_index(askers, struct asker, GPOINTER_TO_UINT(index)).requests++;
        }
    }
    g_array_sort(askers, compare_requests);
    return askers;
}

void complete_askers(struct completion *completion)
{
    struct backlog *backlog = completion_backlog(completion);

    if (!backlog)
        return;
    backlog_load(backlog);
    g_autoptr(Demand) demand = demand_new(backlog);
    g_autoptr(GArray) askers = find_askers(backlog, demand);
    for (guint i = 0; i < askers->len; i++) {
        const struct asker *asker = &g_array_index(askers, struct asker, i);
        g_autofree char *help =
            g_strdup_printf("%u request%s", asker->requests, asker->requests == 1 ? "" : "s");
        completion_add(completion, asker->from, help, FALSE);
    }
    complete_people(completion);
}
