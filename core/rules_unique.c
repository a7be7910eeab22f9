#include "rules_private.h"

#include <string.h>

/* The one of two items that a finding about both is reported on: the second, unless only the first is asked
 * about. */
static const struct item *about_which(const struct rules_run *run, const struct item *second,
                                      const struct item *first)
{
    return !rules_is_wanted(run, second->path) && rules_is_wanted(run, first->path) ? first : second;
}

void rules_check_duplicates(struct rules_run *run)
{
    g_autoptr(GHashTable) first = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < run->backlog->items->len; i++) {
        const struct item *item = run->backlog->items->pdata[i];
        const struct item *other = item->id ? g_hash_table_lookup(first, item->id) : NULL;
        if (other) {
            const struct item *about = about_which(run, item, other);
            const struct value *id = item_field(about, FIELD_ID);
            g_autofree char *path =
                policy_display(run->backlog->policy, about == item ? other->path : item->path);
            rules_report(run, "duplicate-id", about, id ? id->offset : 0, TRUE, "give one of them a new id",
                         "the id %s is that of %s too", item->id, path);
        } else if (item->id) {
            g_hash_table_insert(first, (gpointer)item->id, (gpointer)item);
        }
    }
}

void rules_check_ties(struct rules_run *run)
{
    const struct item *last = NULL;
    for (guint i = 0; i < run->backlog->items->len; i++) {
        const struct item *item = run->backlog->items->pdata[i];
        if (!item->position || !item->rank)
            continue;
        if (last && strcmp(last->rank, item->rank) == 0 && g_strcmp0(last->id, item->id) != 0) {
            const struct item *about = about_which(run, item, last), *other = about == item ? last : item;
            rules_report(run, "rank-tie", about, item_field(about, FIELD_RANK)->offset, TRUE, NULL,
                         "its rank %s is that of %s too; the ids decide", item->rank,
                         other->id ? other->id : other->path);
        }
        last = item;
    }
}
