#include "staged.h"

#include "ident.h"
#include "repo.h"
#include "rules.h"

#include <stdlib.h>
#include <string.h>

#define INDEX ":"

/* What staged_read goes by. */
struct reading {
    struct repo *repo;
    char *top;
    GPtrArray *parents; /* revisions; none before the first commit */
    struct staged *staged;
};

static void staged_item_free(gpointer data)
{
    struct staged_item *item = data;
    g_free(item->name);
    g_free(item->summary);
    if (item->changes)
        g_ptr_array_unref(item->changes);
    g_free(item);
}

static void staged_backlog_free(gpointer data)
{
    struct staged_backlog *backlog = data;
    policy_free(backlog->policy);
    g_ptr_array_unref(backlog->items);
    g_ptr_array_unref(backlog->parents);
    g_ptr_array_unref(backlog->paths);
    g_free(backlog);
}

void staged_free(struct staged *staged)
{
    if (!staged)
        return;
    g_ptr_array_unref(staged->backlogs);
    g_free(staged);
}

/* -- what the commit will come after -- */

/* Whether git has that revision; FALSE also before the first commit. */
static gboolean has_revision(struct repo *repo, const char *revision)
{
    g_autoptr(GPtrArray) files = repo_list(repo, revision, POLICY_FILE, NULL);
    return files != NULL;
}

/* HEAD, and the other sides of a merge. */
static GPtrArray *find_parents(struct repo *repo)
{
    GPtrArray *parents = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = repo_git_folder(repo), *path = g_build_filename(folder, "MERGE_HEAD", NULL);
    g_autofree char *text = NULL;

    if (has_revision(repo, "HEAD"))
        g_ptr_array_add(parents, g_strdup("HEAD"));
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return parents;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (gsize i = 0; lines[i]; i++)
        if (*lines[i] && has_revision(repo, lines[i]))
            g_ptr_array_add(parents, g_strdup(lines[i]));
    return parents;
}

/* -- items -- */

static struct document *read_document(const struct backlog *backlog, const struct entry *entry)
{
    g_autoptr(GBytes) bytes = entry ? backlog_read(backlog, entry, NULL) : NULL;
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;

    return document && document->front->root ? g_steal_pointer(&document) : NULL;
}

static char *summary_of(const struct entry *old, const struct entry *new, const GPtrArray *changes,
                        gboolean readable)
{
    g_autofree char *summary = readable ? change_summary(changes) : g_strdup("changed, unreadable");

    if (!old || !new || strcmp(old->path, new->path) == 0)
        return g_steal_pointer(&summary);
    return readable && changes->len == 0 ? g_strdup_printf("moved to %s", new->path)
                                         : g_strdup_printf("%s, moved to %s", summary, new->path);
}

/* One item as the commit before and the index have it, either of which may be NULL. */
static void add_item(struct staged_backlog *into, const struct backlog *before, const struct entry *old,
                     const struct backlog *now, const struct entry *new)
{
    g_autoptr(Document) was = read_document(before, old), is = read_document(now, new);
    gboolean readable = (!old || was) && (!new || is);
    const struct entry *entry = new ? new : old;

    /* Without an id in its name only front matter makes it an item. */
    if (!entry->id && !was && !is)
        return;
    struct staged_item *item = g_new0(struct staged_item, 1);
    item->name = g_strdup(entry->id ? entry->id : entry->path);
    item->is_new = old == NULL;
    item->changes = readable ? change_list(into->policy, was, is) : g_ptr_array_new();
    item->summary = summary_of(old, new, item->changes, readable);
    if (old)
        g_ptr_array_add(into->paths, g_strdup(old->path));
    if (new)
        g_ptr_array_add(into->paths, g_strdup(new->path));
    g_ptr_array_add(into->items, item);
}

static gboolean is_same(const struct entry *a, const struct entry *b)
{
    return g_strcmp0(a->object, b->object) == 0;
}

static const struct entry *entry_of(const struct backlog *backlog, guint i)
{
    return &g_array_index(backlog->entries, struct entry, i);
}

/* Files that are gone, by the id of their name: that of an item which was moved is among them. */
static GHashTable *find_gone(const struct backlog *before, const struct backlog *now)
{
    GHashTable *gone = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; before && i < before->entries->len; i++) {
        const struct entry *old = entry_of(before, i);
        if (!backlog_entry(now, old->path))
            g_hash_table_insert(gone, (gpointer)(old->id ? old->id : old->path), (gpointer)old);
    }
    return gone;
}

static void compare(struct staged_backlog *into, const struct backlog *before, const struct backlog *now)
{
    g_autoptr(GHashTable) gone = find_gone(before, now);

    for (guint i = 0; i < now->entries->len; i++) {
        const struct entry *new = entry_of(now, i);
        const struct entry *old = before ? backlog_entry(before, new->path) : NULL;
        if (!old && new->id && (old = g_hash_table_lookup(gone, new->id)))
            g_hash_table_remove(gone, new->id);
        if (!old || strcmp(old->path, new->path) != 0 || !is_same(old, new))
            add_item(into, before, old, now, new);
    }
    for (guint i = 0; before && i < before->entries->len; i++) {
        const struct entry *old = entry_of(before, i);
        if (g_hash_table_lookup(gone, old->id ? old->id : old->path) == old)
            add_item(into, before, old, now, NULL);
    }
}

/* -- backlogs -- */

/* Whether the commit before has the policy file otherwise. */
static gboolean is_policy_staged(const struct reading *reading, const struct repo_file *file)
{
    g_autoptr(GBytes) was =
        reading->parents->len ? repo_read_at(reading->repo, "HEAD", file->path, NULL) : NULL;
    g_autoptr(GBytes) is = repo_read(reading->repo, file->object, NULL);

    return !was || !is || !g_bytes_equal(was, is);
}

/* Reads the backlog of a policy file of the index; file NULL: that of the defaults, at the top. */
static gboolean read_backlog(const struct reading *reading, const struct repo_file *file, GError **error)
{
    g_autofree char *below = file ? g_path_get_dirname(file->path) : g_strdup(".");
    g_autofree char *root =
        strcmp(below, ".") == 0 ? g_strdup(reading->top) : g_build_filename(reading->top, below, NULL);
    g_autoptr(GBytes) bytes = file ? repo_read(reading->repo, file->object, error) : NULL;
    g_autoptr(GError) absent = NULL;

    if (file && !bytes)
        return FALSE;
    /* Of a sparse work tree there need not be the folder. */
    if (!g_file_test(root, G_FILE_TEST_IS_DIR))
        return TRUE;
    struct staged_backlog *backlog = g_new0(struct staged_backlog, 1);
    backlog->policy = policy_new(root, reading->top, bytes);
    backlog->items = g_ptr_array_new_with_free_func(staged_item_free);
    backlog->parents = g_ptr_array_ref(reading->parents);
    backlog->paths = g_ptr_array_new_null_terminated(0, g_free, TRUE);
    backlog->policy_staged = file && is_policy_staged(reading, file);
    g_ptr_array_add(reading->staged->backlogs, backlog);
    g_autoptr(Backlog) now = backlog_open(backlog->policy, INDEX, error);
    g_autoptr(Backlog) before =
        now && reading->parents->len ? backlog_open(backlog->policy, "HEAD", &absent) : NULL;
    if (absent)
        g_propagate_error(error, g_steal_pointer(&absent));
    if (!now || (reading->parents->len && !before))
        return FALSE;
    compare(backlog, before, now);
    if (backlog->items->len == 0 && !backlog->policy_staged)
        g_ptr_array_remove(reading->staged->backlogs, backlog);
    return TRUE;
}

static gboolean is_policy(const char *path)
{
    const char *name = strrchr(path, '/');
    return strcmp(name ? name + 1 : path, POLICY_FILE) == 0;
}

static gboolean read_all(const struct reading *reading, const GPtrArray *files, GError **error)
{
    gboolean at_top = FALSE, defaults = FALSE;

    for (guint i = 0; i < files->len; i++) {
        const struct repo_file *file = files->pdata[i];
        at_top = at_top || strcmp(file->path, POLICY_FILE) == 0;
        defaults = defaults || g_str_has_prefix(file->path, "backlog/");
        if (is_policy(file->path) && file->is_file && !read_backlog(reading, file, error))
            return FALSE;
    }
    return at_top || !defaults || read_backlog(reading, NULL, error);
}

/* -- what else -- */

/* Whether the path is the policy of one of the backlogs, or in the folder of one. */
static gboolean is_theirs(const struct staged *staged, const char *full)
{
    for (guint i = 0; i < staged->backlogs->len; i++) {
        const struct policy *policy = ((const struct staged_backlog *)staged->backlogs->pdata[i])->policy;
        g_autofree char *folder = g_build_filename(policy->root, policy->folder, "", NULL);
        g_autofree char *file = g_build_filename(policy->root, POLICY_FILE, NULL);
        if (g_str_has_prefix(full, folder) || strcmp(full, file) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Whether files of no backlog differ between the commit before and the index. */
static gboolean is_mixed(const struct reading *reading, const GPtrArray *now)
{
    g_autoptr(GPtrArray) before = reading->parents->len ? repo_list(reading->repo, "HEAD", "", NULL) : NULL;
    g_autoptr(GHashTable) objects = g_hash_table_new(g_str_hash, g_str_equal);
    gboolean mixed = FALSE;

    for (guint i = 0; before && i < before->len; i++) {
        const struct repo_file *file = before->pdata[i];
        g_hash_table_insert(objects, file->path, (gpointer)file->object);
    }
    for (guint i = 0; i < now->len && !mixed; i++) {
        const struct repo_file *file = now->pdata[i];
        g_autofree char *full = g_build_filename(reading->top, file->path, NULL);
        const char *was = g_hash_table_lookup(objects, file->path);
        mixed = g_strcmp0(was, file->object) != 0 && !is_theirs(reading->staged, full);
        g_hash_table_remove(objects, file->path);
    }
    GHashTableIter rest;
    gpointer path;
    g_hash_table_iter_init(&rest, objects);
    while (!mixed && g_hash_table_iter_next(&rest, &path, NULL)) {
        g_autofree char *full = g_build_filename(reading->top, path, NULL);
        mixed = !is_theirs(reading->staged, full);
    }
    return mixed;
}

/* -- */

/* Whether git, which started the hook, is at work on this repository and not on one that --git-dir names. */
static gboolean is_meant(const struct repo *repo, GError **error)
{
    const char *named = g_getenv("GIT_DIR");
    g_autofree char *meant = named ? realpath(named, NULL) : NULL, *folder = repo_git_folder(repo);
    g_autofree char *found = realpath(folder, NULL);

    if (!meant || g_strcmp0(meant, found) == 0)
        return TRUE;
    g_set_error(error, REPO_ERROR, REPO_ERROR_NONE, "GIT_DIR names another repository, %s", named);
    return FALSE;
}

struct staged *staged_read(const char *folder, GError **error)
{
    g_autoptr(Repo) repo = repo_open(folder, error);
    g_autofree char *top = repo && is_meant(repo, error) ? repo_top(repo, error) : NULL;
    g_autoptr(GPtrArray) files = top ? repo_list(repo, INDEX, "", error) : NULL;

    if (!files)
        return NULL;
    g_autoptr(Staged) staged = g_new0(struct staged, 1);
    g_autoptr(GPtrArray) parents = find_parents(repo);
    const struct reading reading = { repo, top, parents, staged };
    staged->backlogs = g_ptr_array_new_with_free_func(staged_backlog_free);
    staged->merges = parents->len > 1;
    if (!read_all(&reading, files, error))
        return NULL;
    staged->mixed = staged->backlogs->len > 0 && is_mixed(&reading, files);
    return g_steal_pointer(&staged);
}

/* -- findings -- */

/* What makes two findings of two moments the same: not where in the file it stands. */
static char *key_of(const struct finding *finding)
{
    g_autofree char *name = finding->path ? g_path_get_basename(finding->path) : NULL;
    g_autofree char *id = name ? ident_from_file_name(name) : NULL;

    return g_strdup_printf("%s\n%s\n%s", finding->rule, id ? id : finding->path, finding->message);
}

/* The errors of fact that the backlog of a moment has in the files that differ, and between all items; NULL
 * where it cannot be read. */
static GPtrArray *errors_at(const struct staged_backlog *staged, const char *revision, GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(staged->policy, revision, error);
    const struct rules_options options = { .files = (const char *const *)staged->paths->pdata };
    g_autoptr(GPtrArray) findings = backlog ? rules_check(backlog, &options) : NULL;

    /* What was agreed may be taken back by a commit: that is for the gate to say. */
    for (guint i = findings ? findings->len : 0; i > 0; i--) {
        const struct finding *finding = findings->pdata[i - 1];
        const struct rule *rule = rule_find(finding->rule);
        if (finding->severity < SEVERITY_ERROR || !rule || !rule_is_fact(rule))
            g_ptr_array_remove_index(findings, i - 1);
    }
    return g_steal_pointer(&findings);
}

/* Takes out of findings what the backlog had in that commit already. */
static gboolean drop_known(GPtrArray *findings, const struct staged_backlog *staged, const char *revision,
                           GError **error)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) old = errors_at(staged, revision, error);

    if (!old)
        return FALSE;
    for (guint i = 0; i < old->len; i++)
        g_hash_table_add(known, key_of(old->pdata[i]));
    for (guint i = findings->len; i > 0; i--) {
        g_autofree char *key = key_of(findings->pdata[i - 1]);
        if (g_hash_table_contains(known, key))
            g_ptr_array_remove_index(findings, i - 1);
    }
    return TRUE;
}

GPtrArray *staged_errors(const struct staged_backlog *backlog, GError **error)
{
    const struct policy *policy = backlog->policy;

    if (findings_gravest(policy->findings) == SEVERITY_ERROR)
        return backlog->policy_staged ? g_ptr_array_ref(policy->findings) : findings_new();
    g_autoptr(GPtrArray) findings = errors_at(backlog, INDEX, error);
    for (guint i = 0; findings && findings->len > 0 && i < backlog->parents->len; i++)
        if (!drop_known(findings, backlog, backlog->parents->pdata[i], error))
            return NULL;
    return g_steal_pointer(&findings);
}
