#include "mend_private.h"

#include "rank.h"

#include <string.h>

/* Open items with one rank, in their order, among all that have one. */
struct tie {
    GPtrArray *items; /* const struct item */
    const char *low;  /* the nearest rank below; NULL: none */
    const char *high; /* above */
};

/* Whether it will be open when what was mended before holds. */
static gboolean stays_open(const struct mend_run *run, const struct item *item)
{
    const struct draft *draft = g_hash_table_lookup(run->drafts, item->path);
    const struct node *status = draft ? node_find(edit_document(draft->edit)->front->root, "status") : NULL;

    return status && status->kind == NODE_SCALAR ? status_is_open(status_parse(status->text))
                                                 : item->position != 0;
}

static void set_rank(struct mend_run *run, const struct item *item, const char *rank)
{
    struct draft *draft = mend_draft(run, item);
    gsize offset = item_field(item, FIELD_RANK)->offset;
    GError *cause = NULL;

    if (draft && mend_try(run, "rank-tie", item, offset,
                          edit_set(draft->edit, "rank", rank, SCALAR_STRING, run->order, &cause), &cause))
        mend_say(run, "rank-tie", item, offset, "its rank %s was that of another item too; it is %s now",
                 item->rank, rank);
}

/* The items from first on, n of them, get ranks between low and high. */
static void spread(struct mend_run *run, const struct tie *tie, guint first, guint n, const char *low,
                   const char *high)
{
    g_autoptr(GPtrArray) ranks =
        n > 1 ? rank_spread(run->random, low, high, n) : g_ptr_array_new_with_free_func(g_free);
    if (n == 1)
        g_ptr_array_add(ranks, rank_between(run->random, low, high));
    for (guint i = 0; i < n; i++)
        set_rank(run, tie->items->pdata[first + i], ranks->pdata[i]);
}

static gboolean may_move(struct mend_run *run, const struct item *item)
{
    return mend_is_due(run, "rank-tie", item) && mend_draft(run, item);
}

/* Where all may move, the one that keeps the rank: the first that is not to be changed anyway. */
static guint find_keeper(const struct mend_run *run, const struct tie *tie)
{
    for (guint i = 0; i < tie->items->len; i++) {
        const struct item *item = tie->items->pdata[i];
        const struct draft *draft = g_hash_table_lookup(run->drafts, item->path);
        if (!draft || !draft_is_changed(draft))
            return i;
    }
    return 0;
}

/* Those that may not move keep the rank, and all in front of them and behind them that may get others: one
 * keeps it in any case. */
static void untie(struct mend_run *run, const struct tie *tie)
{
    const char *rank = ((const struct item *)tie->items->pdata[0])->rank;
    guint first = tie->items->len, last = 0;

    for (guint i = 0; i < tie->items->len; i++)
        if (!may_move(run, tie->items->pdata[i])) {
            first = MIN(first, i);
            last = i;
        }
    if (first == tie->items->len)
        first = last = find_keeper(run, tie);
    if (first > 0)
        spread(run, tie, 0, first, tie->low, rank);
    if (last + 1 < tie->items->len)
        spread(run, tie, last + 1, tie->items->len - last - 1, rank, tie->high);
    for (guint i = first + 1; i < last; i++) {
        const struct item *item = tie->items->pdata[i];
        if (may_move(run, item))
            mend_leave(run, "rank-tie", item, item_field(item, FIELD_RANK)->offset, "mend them together",
                       "it stands between two items with its rank %s that are not to be mended", rank);
    }
}

void mend_ranks(struct mend_run *run)
{
    const GPtrArray *items = run->backlog->items;
    const char *low = NULL;

    for (guint i = 0, end; i < items->len; i = end) {
        const struct item *first = items->pdata[i];
        g_autoptr(GPtrArray) open = g_ptr_array_new();
        for (end = i; end < items->len && first->rank; end++) {
            const struct item *item = items->pdata[end];
            if (g_strcmp0(item->rank, first->rank) != 0)
                break;
            if (item->readable && stays_open(run, item))
                g_ptr_array_add(open, (gpointer)item);
        }
        if (!first->rank)
            return; /* those without a rank come last */
        const struct item *next = end < items->len ? items->pdata[end] : NULL;
        struct tie tie = { open, low, next ? next->rank : NULL };
        if (open->len > 1)
            untie(run, &tie);
        low = first->rank;
    }
}
