#include "merge_item_private.h"

#include <string.h>

/* The texts of one merge, as they came and as they were read. */
struct task {
    const struct policy *policy;
    const struct merge_labels *labels;
    GBytes *bytes[N_SIDES];
    struct version versions[N_SIDES];
    struct piece *files[N_SIDES];
};

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

/* -- by lines -- */

static void add_conflict(struct item_merge *merge, const char *what)
{
    struct merge_conflict *conflict = g_new0(struct merge_conflict, 1);
    conflict->what = g_strdup(what);
    g_ptr_array_add(merge->conflicts, conflict);
}

/* Whether the versions are items, and this lines' merge of them is one that lost nothing. */
static gboolean lines_hold(const struct task *task, GBytes *merged)
{
    struct version read[N_SIDES] = { 0 };
    GBytes *const alone[] = { merged, merged, merged };
    gboolean good = versions_read(read, alone);

    if (good) {
        g_autoptr(GString) text = g_string_new_len(read[0].document->text, (gssize)read[0].document->length);
        good = merge_is_proved(task->policy, task->versions, text, NULL, SIDE_BASE);
    }
    versions_clear(read);
    return good;
}

/* readable: the versions are items, which a merge by lines may break without a word. */
static gboolean merge_lines(struct item_merge *merge, const struct task *task, gboolean readable,
                            GError **error)
{
    GBytes *const *bytes = task->bytes;
    gsize length;

    merge->by_lines = TRUE;
    merge->bytes = merge3_text(bytes[SIDE_BASE], bytes[SIDE_OURS], bytes[SIDE_THEIRS], NULL);
    if (merge->bytes) {
        if (readable && !lines_hold(task, merge->bytes))
            add_conflict(merge, "item");
        return TRUE;
    }
    for (int side = 0; side < N_SIDES && !merge->bytes; side++) {
        const char *text = g_bytes_get_data(bytes[side], &length);
        if (length && memchr(text, '\0', length))
            merge->bytes = g_bytes_ref(bytes[SIDE_OURS]);
    }
    add_conflict(merge, merge->bytes ? "bytes" : "lines");
    if (!merge->bytes)
        merge->bytes =
            merge3_marked(bytes[SIDE_BASE], bytes[SIDE_OURS], bytes[SIDE_THEIRS], task->labels, error);
    return merge->bytes != NULL;
}

/* -- by pieces -- */

static gboolean split_all(struct task *task)
{
    for (int side = 0; side < N_SIDES; side++) {
        struct document *document = task->versions[side].document;
        if (document && !(task->files[side] = piece_split(document, task->policy)))
            return FALSE;
    }
    return TRUE;
}

static void put(struct merging *merging, const struct task *task, enum choice choice, GPtrArray *conflicts)
{
    const struct trio files = { { task->files[SIDE_BASE], task->files[SIDE_OURS],
                                  task->files[SIDE_THEIRS] } };

    merging_init(merging, task->policy, task->labels, choice);
    merging->conflicts = conflicts;
    merging_put(merging, &files);
}

/* Whether the merge reads as meant whichever side of its conflicts is chosen. */
static gboolean holds(const struct task *task, enum choice choice)
{
    struct merging merging;

    put(&merging, task, choice, NULL);
    gboolean good = merge_is_proved(task->policy, task->versions, merging.out, merging.outline,
                                    choice == CHOICE_OURS ? SIDE_OURS : SIDE_THEIRS);
    merging_clear(&merging);
    return good;
}

static gboolean merge_pieces(struct item_merge *merge, struct task *task)
{
    struct merging merging;
    gboolean good;

    if (!task->files[SIDE_OURS] || !task->files[SIDE_THEIRS])
        return FALSE;
    put(&merging, task, CHOICE_MARK, merge->conflicts);
    if (merge->conflicts->len == 0)
        good = merge_is_proved(task->policy, task->versions, merging.out, merging.outline, SIDE_BASE);
    else
        good = holds(task, CHOICE_OURS) && holds(task, CHOICE_THEIRS);
    if (good)
        merge->bytes = versions_lay_out(task->versions, merging.out);
    merging_clear(&merging);
    return good;
}

/* The version that stands where at most one side changed something, or both did the same; else NULL. */
static GBytes *find_only(GBytes *const *bytes)
{
    if (g_bytes_equal(bytes[SIDE_BASE], bytes[SIDE_THEIRS]) ||
        g_bytes_equal(bytes[SIDE_OURS], bytes[SIDE_THEIRS]))
        return bytes[SIDE_OURS];
    return g_bytes_equal(bytes[SIDE_BASE], bytes[SIDE_OURS]) ? bytes[SIDE_THEIRS] : NULL;
}

static gboolean merge_task(struct item_merge *merge, struct task *task, GError **error)
{
    GBytes *only = find_only(task->bytes);

    if (only) {
        merge->bytes = g_bytes_ref(only);
        return TRUE;
    }
    gboolean readable = versions_read(task->versions, task->bytes);
    gboolean good = readable && split_all(task) && merge_pieces(merge, task);
    if (!good)
        g_ptr_array_set_size(merge->conflicts, 0);
    return good || merge_lines(merge, task, readable, error);
}

struct item_merge *item_merge_new(const struct policy *policy, GBytes *base, GBytes *ours, GBytes *theirs,
                                  const struct merge_labels *labels, GError **error)
{
    g_autoptr(ItemMerge) merge = g_new0(struct item_merge, 1);
    g_autoptr(Policy) defaults = policy ? NULL : policy_new("/", "/", NULL);
    struct task task = { policy ? policy : defaults, labels, { base, ours, theirs } };

    merge->conflicts = g_ptr_array_new_with_free_func(conflict_free);
    gboolean good = merge_task(merge, &task, error);
    for (int side = 0; side < N_SIDES; side++)
        piece_free(task.files[side]);
    versions_clear(task.versions);
    return good ? g_steal_pointer(&merge) : NULL;
}
