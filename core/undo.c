#include "undo_private.h"

#include "frontmatter.h"

#include <string.h>

G_DEFINE_QUARK(refine_undo, undo_error)

static void conflict_free(gpointer data)
{
    struct undo_conflict *conflict = data;
    g_free(conflict->id);
    g_free(conflict->path);
    g_free(conflict->what);
    g_free(conflict->text);
    g_free(conflict->words);
    g_free(conflict);
}

static struct undo *undo_new(struct repo_commit *commit)
{
    struct undo *undo = g_new0(struct undo, 1);

    undo->commit = commit;
    undo->drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    undo->conflicts = g_ptr_array_new_with_free_func(conflict_free);
    undo->later = g_ptr_array_new_with_free_func((GDestroyNotify)history_decision_free);
    undo->findings = findings_new();
    undo->others = g_ptr_array_new_with_free_func(g_free);
    return undo;
}

void undo_free(struct undo *undo)
{
    if (!undo)
        return;
    repo_commit_free(undo->commit);
    g_ptr_array_unref(undo->drafts);
    g_ptr_array_unref(undo->conflicts);
    g_ptr_array_unref(undo->later);
    g_ptr_array_unref(undo->findings);
    g_ptr_array_unref(undo->others);
    g_free(undo);
}

gboolean undo_is_clear(const struct undo *undo)
{
    return undo->conflicts->len == 0 && undo->findings->len == 0;
}

gboolean undo_changes(const struct undo *undo)
{
    return undo->drafts->len > 0;
}

/* -- which commit, and against which parent -- */

static gboolean refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean refuse(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, UNDO_ERROR, UNDO_ERROR_COMMIT, message);
    return FALSE;
}

/* Sets *base to the commit to go back to; NULL: to nothing. */
static gboolean choose_parent(struct repo *repo, const struct repo_commit *commit, guint parent,
                              const char **base, GError **error)
{
    guint count = commit->parents->len;

    *base = NULL;
    if (count > 1 && parent == 0)
        return refuse(error,
                      "%s is a merge: name one of the decisions that it brought, or with --mainline the "
                      "parent (1 to %u) to go back to",
                      commit->short_id, count);
    if (parent > count)
        return refuse(error, "%s has %u parent%s, so there is no mainline %u", commit->short_id, count,
                      count == 1 ? "" : "s", parent);
    if (count == 0)
        return TRUE;
    *base = commit->parents->pdata[parent ? parent - 1 : 0];
    return repo_has_commit(repo, *base) ||
           refuse(
               error,
               "%s is the end of a shallow clone, and what was before it is not here; git fetch --deepen=1 "
               "gets it",
               commit->short_id);
}

/* -- which items -- */

/* Whether the entry is an item; without an id in its name it is one to be, or else a note. */
static gboolean is_item(const struct backlog *backlog, const struct entry *entry)
{
    g_autoptr(GBytes) bytes = entry->id ? NULL : backlog_read(backlog, entry, NULL);
    return entry->id ||
           (bytes && frontmatter_extent(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) > 0);
}

/* The entries of one backlog that the other has not at the same path with the same bytes. */
static GPtrArray *list_different(const struct backlog *backlog, const struct backlog *other)
{
    GPtrArray *entries = g_ptr_array_new();

    for (guint i = 0; backlog && i < backlog->entries->len; i++) {
        const struct entry *entry = &g_array_index(backlog->entries, struct entry, i);
        const struct entry *same = other ? backlog_entry(other, entry->path) : NULL;
        if ((!same || strcmp(same->object, entry->object) != 0) && is_item(backlog, entry))
            g_ptr_array_add(entries, (gpointer)entry);
    }
    return entries;
}

/* Takes from entries the one that is the same item: at the same path, else with the same id where nothing is
 * at the same path in the other backlog. */
static const struct entry *take_same(GHashTable *by_path, GHashTable *by_id, const struct backlog *other,
                                     const struct entry *wanted)
{
    const struct entry *found = g_hash_table_lookup(by_path, wanted->path);

    if (!found && wanted->id) {
        found = g_hash_table_lookup(by_id, wanted->id);
        if (found && backlog_entry(other, found->path))
            found = NULL;
    }
    if (found) {
        g_hash_table_remove(by_path, found->path);
        if (found->id && g_hash_table_lookup(by_id, found->id) == found)
            g_hash_table_remove(by_id, found->id);
    }
    return found;
}

static gint compare_taken(gconstpointer a, gconstpointer b)
{
    const struct taken *left = a, *right = b;
    return strcmp((left->after ? left->after : left->before)->path,
                  (right->after ? right->after : right->before)->path);
}

/* What the commit did, by path: an array of struct taken. */
static GArray *list_taken(const struct undoing *undoing)
{
    g_autoptr(GPtrArray) gone = list_different(undoing->before, undoing->after);
    g_autoptr(GPtrArray) come = list_different(undoing->after, undoing->before);
    g_autoptr(GHashTable) by_path = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct taken));

    for (guint i = 0; i < gone->len; i++) {
        struct entry *entry = gone->pdata[i];
        g_hash_table_insert(by_path, (gpointer)entry->path, entry);
        /* One that stays at its path is no source of a move. */
        if (entry->id && !backlog_entry(undoing->after, entry->path))
            g_hash_table_insert(by_id, (gpointer)entry->id, entry);
    }
    for (guint i = 0; i < come->len; i++) {
        struct taken taken = { .after = come->pdata[i] };
        taken.before = take_same(by_path, by_id, undoing->after, taken.after);
        g_array_append_val(all, taken);
    }
    for (guint i = 0; i < gone->len; i++) {
        struct taken taken = { .before = gone->pdata[i] };
        if (g_hash_table_lookup(by_path, taken.before->path) == taken.before)
            g_array_append_val(all, taken);
    }
    g_array_sort(all, compare_taken);
    return all;
}

/* -- the rest of the commit -- */

/* Adds the path of an entry from the top of the work tree, as the commit has it; nothing for no entry. */
static gboolean add_path(const struct undoing *undoing, GHashTable *paths, const struct backlog *backlog,
                         const struct entry *entry, GError **error)
{
    const struct policy *policy = undoing->backlog->policy;

    if (!backlog || !entry)
        return TRUE;
    char *path = backlog->elsewhere
                     ? g_build_filename(backlog->elsewhere, entry->path + strlen(policy->folder), NULL)
                     : repo_relative(undoing->repo, policy->root, entry->path, error);
    if (path)
        g_hash_table_add(paths, path);
    return path != NULL;
}

/* Fills undo->others. */
static gboolean list_others(struct undoing *undoing, const GArray *all, const char *base, GError **error)
{
    const struct undo *undo = undoing->undo;
    g_autoptr(GPtrArray) paths = repo_commit_paths(undoing->repo, base, undo->commit->id, error);
    g_autoptr(GHashTable) items = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; paths && i < all->len; i++) {
        const struct taken *taken = &g_array_index(all, struct taken, i);
        if (!add_path(undoing, items, undoing->before, taken->before, error) ||
            !add_path(undoing, items, undoing->after, taken->after, error))
            return FALSE;
    }
    for (guint i = 0; paths && i < paths->len; i++)
        if (!g_hash_table_contains(items, paths->pdata[i]))
            g_ptr_array_add(undo->others, g_strdup(paths->pdata[i]));
    return paths != NULL;
}

/* A commit that changed no item has nothing for us: what it did change shows that it is the wrong one. */
static gboolean refuse_empty(const struct undo *undo, GError **error)
{
    const char *id = undo->commit->short_id;
    const GPtrArray *others = undo->others;

    if (others->len == 0)
        return refuse(error, "%s changed no file at all", id);
    g_autofree char *more = others->len == 1   ? g_strdup("")
                            : others->len == 2 ? g_strdup_printf(" and %s", (const char *)others->pdata[1])
                                               : g_strdup_printf(" and %u other files", others->len - 1);
    return refuse(error, "%s changed no item, but %s%s: git revert %s takes that back", id,
                  (const char *)others->pdata[0], more, id);
}

/* -- all of it in order -- */

static gboolean open_backlogs(struct undoing *undoing, const char *base, GError **error)
{
    const struct policy *policy = undoing->backlog->policy;

    undoing->after = backlog_open(policy, undoing->undo->commit->id, error);
    undoing->before = undoing->after && base ? backlog_open(policy, base, error) : NULL;
    if (!undoing->after || (base && !undoing->before))
        return FALSE;
    undoing->head = backlog_open(policy, "HEAD", error);
    /* Where the index cannot be read, it is the commit that says so. */
    undoing->index = undoing->head ? backlog_open(policy, ":", NULL) : NULL;
    return undoing->head != NULL;
}

static gboolean undo_all(struct undoing *undoing, guint parent, GError **error)
{
    const char *base;
    guint votes;

    if (!choose_parent(undoing->repo, undoing->undo->commit, parent, &base, error) ||
        !open_backlogs(undoing, base, error))
        return FALSE;
    g_autoptr(GArray) all = list_taken(undoing);
    if (!list_others(undoing, all, base, error))
        return FALSE;
    for (guint i = 0; i < all->len; i++)
        if (!undo_item(undoing, &g_array_index(all, struct taken, i), error))
            return FALSE;
    if (!undo_votes(undoing, base, &votes, error))
        return FALSE;
    if (all->len == 0 && !votes)
        return refuse_empty(undoing->undo, error);
    return undoing->undo->conflicts->len ? undo_since(undoing, error) : undo_refer(undoing, error);
}

/* The work tree's entries by their ids. */
static GHashTable *entries_by_id(const struct backlog *backlog)
{
    GHashTable *by_id = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = backlog->entries->len; i > 0; i--) {
        struct entry *entry = &g_array_index(backlog->entries, struct entry, i - 1);
        if (entry->id)
            g_hash_table_insert(by_id, (gpointer)entry->id, entry);
    }
    return by_id;
}

struct undo *undo_open(struct backlog *backlog, const char *revision, guint parent, GError **error)
{
    g_autoptr(Repo) repo = repo_open(backlog->policy->root, error);
    struct repo_commit *commit = repo ? repo_commit_read(repo, revision, error) : NULL;

    if (!commit)
        return NULL;
    g_autoptr(Undo) undo = undo_new(commit);
    g_autoptr(GHashTable) by_id = entries_by_id(backlog);
    struct undoing undoing = { .undo = undo, .backlog = backlog, .by_id = by_id, .repo = repo };
    gboolean good = undo_all(&undoing, parent, error);
    backlog_free(undoing.before);
    backlog_free(undoing.after);
    backlog_free(undoing.head);
    backlog_free(undoing.index);
    return good ? g_steal_pointer(&undo) : NULL;
}
