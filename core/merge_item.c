#include "merge_item.h"

static void conflict_free(gpointer data)
{
    struct merge_conflict *conflict = data;
    g_free(conflict->what);
    g_free(conflict->base);
    g_free(conflict->ours);
    g_free(conflict->theirs);
    g_free(conflict);
}

void item_merge_free(struct item_merge *merge)
{
    if (!merge)
        return;
    g_clear_pointer(&merge->bytes, g_bytes_unref);
    g_ptr_array_unref(merge->conflicts);
    g_free(merge);
}

static void add_conflict(struct item_merge *merge, const char *what)
{
    struct merge_conflict *conflict = g_new0(struct merge_conflict, 1);
    conflict->what = g_strdup(what);
    g_ptr_array_add(merge->conflicts, conflict);
}

static gboolean merge_lines(struct item_merge *merge, GBytes *base, GBytes *ours, GBytes *theirs,
                            const struct merge_labels *labels, GError **error)
{
    merge->by_lines = TRUE;
    merge->bytes = merge3_text(base, ours, theirs, NULL);
    if (merge->bytes)
        return TRUE;
    add_conflict(merge, "lines");
    merge->bytes = merge3_marked(base, ours, theirs, labels, error);
    return merge->bytes != NULL;
}

struct item_merge *item_merge_new(const struct policy *policy, GBytes *base, GBytes *ours, GBytes *theirs,
                                  const struct merge_labels *labels, GError **error)
{
    g_autoptr(ItemMerge) merge = g_new0(struct item_merge, 1);

    merge->conflicts = g_ptr_array_new_with_free_func(conflict_free);
    return merge_lines(merge, base, ours, theirs, labels, error) ? g_steal_pointer(&merge) : NULL;
}
