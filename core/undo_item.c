#include "undo_private.h"

#include "merge_item.h"

#include <string.h>

/* -- finding and reading -- */

const struct entry *undo_find(const struct backlog *backlog, GHashTable *by_id, const struct entry *like)
{
    const struct entry *at = backlog ? backlog_entry(backlog, like->path) : NULL;

    if (at || !backlog || !like->id)
        return at;
    if (by_id)
        return g_hash_table_lookup(by_id, like->id);
    for (guint i = 0; i < backlog->entries->len; i++) {
        const struct entry *entry = &g_array_index(backlog->entries, struct entry, i);
        if (g_strcmp0(entry->id, like->id) == 0)
            return entry;
    }
    return NULL;
}

GBytes *undo_read(const struct undoing *undoing, const struct backlog *backlog, const struct entry *entry,
                  GError **error)
{
    g_assert(entry);
    g_autoptr(GError) cause = NULL;
    g_autoptr(GBytes) bytes = backlog_read(backlog, entry, &cause);
    g_autofree char *path =
        bytes ? repo_relative(undoing->repo, backlog->policy->root, entry->path, error) : NULL;

    if (!bytes)
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE, "%s, as the commit or the one before has it: %s",
                    entry->path, cause->message);
    return path ? repo_checkout_bytes(undoing->repo, path, bytes, error) : NULL;
}

/* -- what stands against it -- */

static struct undo_conflict *add_conflict(const struct undoing *undoing, const struct entry *entry,
                                          const char *what, char *words)
{
    struct undo_conflict *conflict = g_new0(struct undo_conflict, 1);

    conflict->id = g_strdup(entry->id);
    conflict->path = g_strdup(entry->path);
    conflict->what = g_strdup(what);
    conflict->words = words;
    g_ptr_array_add(undoing->undo->conflicts, conflict);
    return conflict;
}

/* Whether a conflict of the item, those from first on, is of that already. */
static gboolean has_conflict(const struct undoing *undoing, guint first, const char *what)
{
    const GPtrArray *conflicts = undoing->undo->conflicts;
    for (guint i = first; i < conflicts->len; i++)
        if (strcmp(((const struct undo_conflict *)conflicts->pdata[i])->what, what) == 0)
            return TRUE;
    return FALSE;
}

static GPtrArray *changes_between(const struct undoing *undoing, GBytes *before, GBytes *after)
{
    g_autoptr(Document) old = document_new(before, NULL), new = document_new(after, NULL);
    return change_list(undoing->backlog->policy, old, new);
}

/* Of one field there is one value: where two were decided, no merge chooses, as it may between two branches
 * (of two ranks, of two stamps). */
static void add_fields(const struct undoing *undoing, const struct entry *entry, GBytes *base, GBytes *ours,
                       GBytes *theirs)
{
    g_autoptr(GPtrArray) since = changes_between(undoing, base, ours);
    g_autoptr(GPtrArray) back = changes_between(undoing, base, theirs);

    for (guint i = 0; i < back->len; i++)
        for (guint j = 0; j < since->len; j++) {
            const struct change *one = back->pdata[i], *other = since->pdata[j];
            if (one->kind == CHANGE_FIELD && other->kind == CHANGE_FIELD &&
                strcmp(one->name, other->name) == 0 && g_strcmp0(one->after, other->after) != 0)
                add_conflict(undoing, entry, one->name, NULL);
        }
}

/* What the criterion of a conflict says, without its box; NULL: it is of something else. */
static char *criterion_of(const struct merge_conflict *conflict)
{
    const char *line = conflict->ours ? conflict->ours : conflict->base;

    if (!line || !g_str_has_prefix(conflict->what, "criterion "))
        return NULL;
    gboolean has_box = g_str_has_prefix(line, "[ ] ") || g_str_has_prefix(line, "[x] ");
    return g_strdup(line + (has_box ? 4 : 0));
}

/* Where nothing that is read has changed since in what the conflicts from first on are of, nobody decided it
 * anew. */
static void mark_layout(const struct undoing *undoing, guint first, GBytes *base, GBytes *ours)
{
    const GPtrArray *conflicts = undoing->undo->conflicts;
    g_autoptr(GPtrArray) since = conflicts->len > first ? changes_between(undoing, base, ours) : NULL;

    for (guint i = first; i < conflicts->len; i++) {
        struct undo_conflict *conflict = conflicts->pdata[i];
        g_autofree char *words = undo_words(since, conflict);
        conflict->is_layout = !words;
        if (!words)
            conflict->words = g_strcmp0(conflict->what, "layout") == 0
                                  ? g_strdup("layout changed")
                                  : g_strdup_printf("%s, in its comments or layout", conflict->what);
    }
}

/* The file without the commit's change, or conflicts and NULL; an error is neither. */
static GBytes *merge(const struct undoing *undoing, const struct entry *entry, GBytes *base, GBytes *ours,
                     GBytes *theirs, GError **error)
{
    const struct merge_labels labels = { .ours = "now", .theirs = "before" };
    guint first = undoing->undo->conflicts->len;

    if (g_bytes_equal(ours, base) || g_bytes_equal(ours, theirs))
        return g_bytes_ref(theirs);
    add_fields(undoing, entry, base, ours, theirs);
    g_autoptr(ItemMerge) merged =
        item_merge_new(undoing->backlog->policy, base, ours, theirs, &labels, error);
    gboolean known = merged && merged->by_lines && undoing->undo->conflicts->len > first;
    for (guint i = 0; merged && !known && i < merged->conflicts->len; i++) {
        const struct merge_conflict *conflict = merged->conflicts->pdata[i];
        if (!has_conflict(undoing, first, conflict->what))
            add_conflict(undoing, entry, conflict->what, NULL)->text = criterion_of(conflict);
    }
    if (merged && !merged->by_lines)
        mark_layout(undoing, first, base, ours);
    return merged && undoing->undo->conflicts->len == first ? g_bytes_ref(merged->bytes) : NULL;
}

/* -- an item that the commit changed -- */

/* The draft goes back to where the file was, if it is where the commit moved it. */
static void move_back(const struct undoing *undoing, const struct taken *taken, const struct entry *now,
                      struct draft *draft)
{
    const char *from = taken->before->path, *to = taken->after->path;

    if (strcmp(from, to) == 0 || strcmp(now->path, from) == 0)
        return;
    if (strcmp(now->path, to) == 0)
        draft->move_to = g_strdup(from);
    else
        add_conflict(undoing, now, "place", g_strdup_printf("moved to %s", now->path));
}

/* Whether the last commit's version still has what the work tree's has no longer. */
static gboolean is_unrecorded(const struct undoing *undoing, const struct entry *now, GBytes *base,
                              GBytes *ours, GBytes *theirs)
{
    const struct merge_labels labels = { 0 };
    const struct entry *entry = undo_find(undoing->head, NULL, now);
    g_autoptr(GBytes) head = entry ? undo_read(undoing, undoing->head, entry, NULL) : NULL;

    if (!head || g_bytes_equal(head, ours))
        return !head;
    g_autoptr(ItemMerge) merged = item_merge_new(undoing->backlog->policy, base, head, theirs, &labels, NULL);
    return !merged || merged->conflicts->len > 0 || !g_bytes_equal(merged->bytes, head);
}

static gboolean undo_change(struct undoing *undoing, const struct taken *taken, const struct entry *now,
                            GError **error)
{
    g_autoptr(GBytes) base = undo_read(undoing, undoing->after, taken->after, error);
    g_autoptr(GBytes) theirs = base ? undo_read(undoing, undoing->before, taken->before, error) : NULL;
    g_autoptr(Draft) draft = theirs ? draft_open_text(undoing->backlog, now, error) : NULL;
    GError *cause = NULL;

    if (!draft)
        return FALSE;
    g_autoptr(GBytes) result = merge(undoing, now, base, draft->before, theirs, &cause);
    if (cause) {
        g_propagate_error(error, cause);
        return FALSE;
    }
    move_back(undoing, taken, now, draft);
    if (result && !g_bytes_equal(result, draft->before)) {
        draft_rewrite(draft, result);
        draft->manner = DRAFT_MERGED;
    } else if (result) {
        undoing->undo->unrecorded |= is_unrecorded(undoing, now, base, draft->before, theirs);
    }
    if (result && draft_is_changed(draft))
        g_ptr_array_add(undoing->undo->drafts, g_steal_pointer(&draft));
    return TRUE;
}

/* -- one that it added -- */

/* Whether a backlog of git has the item as the commit had it. */
static gboolean holds(const struct backlog *backlog, const struct entry *after)
{
    const struct entry *entry = backlog ? backlog_entry(backlog, after->path) : NULL;
    return entry && strcmp(entry->object, after->object) == 0;
}

/* What became of it since, in words. */
static char *describe_since(const struct undoing *undoing, const struct entry *now, const struct entry *after,
                            GBytes *base, GBytes *ours)
{
    g_autoptr(GPtrArray) changes = changes_between(undoing, base, ours);

    if (changes->len == 0 && !g_bytes_equal(base, ours))
        change_add_layout(changes);
    if (strcmp(now->path, after->path) == 0)
        return changes->len ? change_summary(changes) : g_strdup("changed");
    g_autofree char *summary = changes->len ? change_summary(changes) : NULL;
    return g_strdup_printf("%s%smoved to %s", summary ? summary : "", summary ? ", " : "", now->path);
}

/* The file goes, where it and git's versions of it are just what was added. */
static gboolean undo_addition(struct undoing *undoing, const struct taken *taken, const struct entry *now,
                              GError **error)
{
    g_autoptr(GBytes) base = undo_read(undoing, undoing->after, taken->after, error);
    g_autoptr(Draft) draft = base ? draft_open_text(undoing->backlog, now, error) : NULL;

    if (!draft)
        return FALSE;
    if (strcmp(now->path, taken->after->path) != 0 || !g_bytes_equal(draft->before, base) ||
        !holds(undoing->head, taken->after) || (undoing->index && !holds(undoing->index, taken->after))) {
        char *words = describe_since(undoing, now, taken->after, base, draft->before);
        /* As in the last commit: it may differ in the index alone. */
        add_conflict(undoing, now, "item", words)->by_hand = holds(undoing->head, taken->after);
        return TRUE;
    }
    edit_free(g_steal_pointer(&draft->edit));
    draft->manner = DRAFT_GOES;
    g_ptr_array_add(undoing->undo->drafts, g_steal_pointer(&draft));
    return TRUE;
}

/* -- one that it removed -- */

static gboolean undo_removal(struct undoing *undoing, const struct taken *taken, GError **error)
{
    g_assert(taken->before);
    g_autoptr(GBytes) text = undo_read(undoing, undoing->before, taken->before, error);

    if (!text)
        return FALSE;
    struct draft *draft = g_new0(struct draft, 1);
    draft->backlog = undoing->backlog;
    draft->path = g_strdup(taken->before->path);
    draft->id = g_strdup(taken->before->id);
    draft->edit = edit_new(text);
    draft->manner = DRAFT_WHOLE;
    g_ptr_array_add(undoing->undo->drafts, draft);
    return TRUE;
}

/* It is there: put back already, or added anew. */
static gboolean compare_restored(struct undoing *undoing, const struct taken *taken, const struct entry *now,
                                 GError **error)
{
    g_autoptr(GBytes) text = undo_read(undoing, undoing->before, taken->before, error);
    g_autoptr(GBytes) bytes = text ? backlog_read(undoing->backlog, now, error) : NULL;

    if (!bytes)
        return FALSE;
    if (g_bytes_equal(text, bytes))
        undoing->undo->unrecorded |= !undo_find(undoing->head, NULL, now);
    else
        add_conflict(undoing, now, "item", g_strdup("added again"));
    return TRUE;
}

/* -- */

gboolean undo_item(struct undoing *undoing, const struct taken *taken, GError **error)
{
    const struct entry *then = taken->after ? taken->after : taken->before;
    const struct entry *now = undo_find(undoing->backlog, undoing->by_id, then);

    if (!now && taken->before && taken->after)
        now = undo_find(undoing->backlog, undoing->by_id, taken->before);
    if (now && taken->before && taken->after)
        return undo_change(undoing, taken, now, error);
    if (now && taken->after)
        return undo_addition(undoing, taken, now, error);
    if (now)
        return compare_restored(undoing, taken, now, error);
    if (!taken->after)
        return undo_removal(undoing, taken, error);
    const struct entry *head = undo_find(undoing->head, NULL, then);
    if (taken->before || head)
        add_conflict(undoing, head ? head : then, "item", g_strdup("removed"));
    return TRUE;
}
