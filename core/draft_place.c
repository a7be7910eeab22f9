#include "draft.h"

#include "rank.h"

#include <string.h>

/* The items with a rank, in order, but for the draft's own. */
static GPtrArray *ranked_others(const struct draft *draft)
{
    GPtrArray *others = g_ptr_array_new();
    for (guint i = 0; i < draft->backlog->items->len; i++) {
        struct item *item = draft->backlog->items->pdata[i];
        if (item->rank && strcmp(item->path, draft->path) != 0)
            g_ptr_array_add(others, item);
    }
    return others;
}

/* Sets *index to how many of others stand before the place. */
static gboolean find_place(const struct draft *draft, const GPtrArray *others, const char *where,
                           guint *index, GError **error)
{
    gboolean before = g_str_has_prefix(where, "before:"), after = g_str_has_prefix(where, "after:");

    if (!before && !after) {
        *index = strcmp(where, "bottom") == 0 ? others->len : 0;
        return strcmp(where, "bottom") == 0 || strcmp(where, "top") == 0 ||
               draft_refuse(error, "rank can be top, bottom, before:ID, after:ID or a rank, not %s", where);
    }
    const struct entry *entry = backlog_find(draft->backlog, strchr(where, ':') + 1, error);
    if (!entry)
        return FALSE;
    for (*index = 0; *index < others->len; ++*index)
        if (strcmp(((struct item *)others->pdata[*index])->path, entry->path) == 0) {
            *index += after;
            return TRUE;
        }
    g_autofree char *path = policy_display(draft->backlog->policy, entry->path);
    const char *id = backlog_id(draft->backlog, entry);
    return strcmp(entry->path, draft->path) == 0
               ? draft_refuse(error, "an item cannot stand before or after itself")
               : draft_refuse(error, "%s has no rank to go by; give it one first", id ? id : path);
}

/* Whether the item stands there already, behind that many of the others. */
static gboolean is_there(const struct draft *draft, const GPtrArray *others, guint index)
{
    const struct item *own = backlog_at(draft->backlog, draft->path);
    const struct node *rank = node_find(edit_document(draft->edit)->front->root, "rank");

    if (!own || !own->rank || !rank || g_strcmp0(own->rank, rank->text) != 0)
        return FALSE;
    return (index == 0 || item_compare(others->pdata[index - 1], own) < 0) &&
           (index == others->len || item_compare(own, others->pdata[index]) < 0);
}

static gboolean set_rank(struct draft *draft, const char *rank, GError **error)
{
    g_autofree const char **order = field_order();
    return edit_set(draft->edit, "rank", rank, SCALAR_STRING, order, error);
}

static gboolean add_companion(struct draft *draft, const struct item *item, const char *rank, GError **error)
{
    g_autoptr(Draft) companion = draft_open(draft->backlog, backlog_entry(draft->backlog, item->path), error);
    if (!companion || !set_rank(companion, rank, error))
        return FALSE;
    if (!draft->companions)
        draft->companions = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    g_ptr_array_add(draft->companions, g_steal_pointer(&companion));
    return TRUE;
}

gboolean draft_place(struct draft *draft, const char *where, GError **error)
{
    g_autoptr(Random) random = random_new();
    guint index, tied = 0;

    g_clear_pointer(&draft->companions, g_ptr_array_unref);
    if (rank_is_valid(where))
        return set_rank(draft, where, error);
    backlog_load(draft->backlog);
    g_autoptr(GPtrArray) others = ranked_others(draft);
    if (!find_place(draft, others, where, &index, error))
        return FALSE;
    if (is_there(draft, others, index)) {
        /* Other versions of the file are to have it too. */
        const struct node *rank = node_find(edit_document(draft->edit)->front->root, "rank");
        return set_rank(draft, rank->text, error);
    }

    const struct item *low = index > 0 ? others->pdata[index - 1] : NULL;
    while (low && index + tied < others->len &&
           strcmp(((struct item *)others->pdata[index + tied])->rank, low->rank) == 0)
        tied++;
    g_assert(low || tied == 0);
    const struct item *high = index + tied < others->len ? others->pdata[index + tied] : NULL;
    g_autoptr(GPtrArray) ranks = tied ? rank_spread(random, low->rank, high ? high->rank : NULL, tied + 1)
                                      : g_ptr_array_new_with_free_func(g_free);
    if (!tied)
        g_ptr_array_add(ranks, rank_between(random, low ? low->rank : NULL, high ? high->rank : NULL));
    for (guint i = 0; i < tied; i++)
        if (!add_companion(draft, others->pdata[index + i], ranks->pdata[i + 1], error))
            return FALSE;
    return set_rank(draft, ranks->pdata[0], error);
}
