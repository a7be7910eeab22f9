#include "blame_private.h"

#include "history_item.h"

/* The decision about the item, once for each commit. */
static const struct history_decision *describe(struct objects *objects, const struct mailmap *mailmap,
                                               struct blame *blame, const struct object_id *id,
                                               GError **error)
{
    struct history_decision *decision = g_hash_table_lookup(blame->decisions, id);

    if (decision)
        return decision;
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(history_item_free);
    struct history_item *item = g_new0(struct history_item, 1);
    item->id = g_strdup(blame->id);
    item->changes = g_ptr_array_new();
    g_ptr_array_add(items, item);
    decision = history_describe(objects, mailmap, id, items, error);
    if (decision)
        g_hash_table_insert(blame->decisions, g_memdup2(id, sizeof *id), decision);
    return decision;
}

/* The decision of parts[from] on about one entry: whether a tick or details say nothing new. */
static void set_implied(const GPtrArray *parts, guint wording, guint i)
{
    const struct blame_part *words = parts->pdata[wording];
    struct blame_part *part = parts->pdata[i];

    if (part->aspect == BLAME_WORDING)
        return;
    part->is_implied = part->found == words->found ||
                       (part->aspect == BLAME_TICK && !part->ticked && part->order > words->order);
    for (guint j = wording; j < parts->len && part->aspect == BLAME_TICK && part->kind == BLAME_QUESTION;
         j++) {
        const struct blame_part *answer = parts->pdata[j];
        if (j > i && answer->kind != BLAME_ANSWER)
            break;
        part->is_implied |= answer->kind == BLAME_ANSWER && answer->found == part->found;
    }
}

gboolean blame_tell(struct repo *repo, struct objects *objects, struct blame *blame, GError **error)
{
    g_autoptr(Mailmap) mailmap = mailmap_open(repo);
    guint wording = 0;

    for (guint i = 0; i < blame->parts->len; i++) {
        struct blame_part *part = blame->parts->pdata[i];
        wording = part->aspect == BLAME_WORDING && part->kind != BLAME_ANSWER ? i : wording;
        set_implied(blame->parts, wording, i);
        blame->is_cut |= part->is_boundary;
        if (!part->found)
            continue;
        part->decision = describe(objects, mailmap, blame, &part->found->id, error);
        if (!part->decision)
            return FALSE;
        part->reason = ((struct history_item *)part->decision->items->pdata[0])->reason;
    }
    for (guint i = 0; i < blame->parts->len; i++)
        ((struct blame_part *)blame->parts->pdata[i])->found = NULL;
    return TRUE;
}
