#include "history_walk.h"

#include "repo_private.h"

#include <git2.h>
#include <string.h>

struct walk {
    struct objects *objects;
    GHashTable *boundary; /* read_boundary */
    GHashTable *commits;  /* by their id */
    GSequence *ready;     /* struct walk_commit of which all children have been walked, latest first */
    GPtrArray *parents;   /* of the commit that is being read */
};

static void commit_free(gpointer data)
{
    struct walk_commit *commit = data;
    if (!commit->only)
        g_free(commit->parents);
    g_free(commit);
}

void walk_free(struct walk *walk)
{
    if (!walk)
        return;
    g_sequence_free(walk->ready);
    g_ptr_array_unref(walk->parents);
    g_hash_table_unref(walk->commits);
    g_hash_table_unref(walk->boundary);
    g_free(walk);
}

/* -- reading -- */

gboolean walk_find(struct repo *repo, const char *revision, struct object_id *id, GError **error)
{
    git_object *object = NULL, *commit = NULL;

    if (git_revparse_single(&object, repo->git, revision) == 0 &&
        git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0)
        memcpy(id->raw, git_object_id(commit)->id, sizeof id->raw);
    else if (strcmp(revision, "HEAD") == 0 && git_repository_head_unborn(repo->git) == 1)
        g_set_error(error, REPO_ERROR, REPO_ERROR_UNBORN, "the current branch has no commit yet");
    else
        g_set_error(error, REPO_ERROR, REPO_ERROR_REVISION, "there is no revision %s", revision);
    gboolean found = commit != NULL;
    git_object_free(commit);
    git_object_free(object);
    return found;
}

/* The commits at which a shallow clone ends (gitformat-shallow): a set of struct object_id, empty elsewhere.
 */
static GHashTable *read_boundary(struct repo *repo)
{
    GHashTable *boundary = g_hash_table_new_full(object_id_hash, object_id_equal, g_free, NULL);
    g_autofree char *path = g_build_filename(git_repository_commondir(repo->git), "shallow", NULL);
    g_autofree char *text = NULL;

    if (!git_repository_is_shallow(repo->git) || !g_file_get_contents(path, &text, NULL, NULL))
        return boundary;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (gsize i = 0; lines[i]; i++) {
        struct object_id id;
        if (object_id_parse(&id, lines[i]))
            g_hash_table_add(boundary, g_memdup2(&id, sizeof id));
    }
    return boundary;
}

/* The commit of that id, to be read later where it is new: then it is added to unread, if that is not NULL.
 */
static struct walk_commit *find_or_add(struct walk *walk, const struct object_id *id, GPtrArray *unread)
{
    struct walk_commit *commit = g_hash_table_lookup(walk->commits, id);

    if (!commit) {
        commit = g_new0(struct walk_commit, 1);
        commit->id = *id;
        g_hash_table_insert(walk->commits, &commit->id, commit);
        if (unread)
            g_ptr_array_add(unread, commit);
    }
    return commit;
}

/* The seconds of "committer NAME <ADDRESS> SECONDS ZONE"; 0 where that is not what is there. */
static gint64 committer_time(const char *text)
{
    const char *line = strstr(text, "\ncommitter ");
    const char *end = line ? strchr(line + 1, '\n') : NULL;
    const char *address = end ? g_strrstr_len(line, end - line, "> ") : NULL;
    return address ? g_ascii_strtoll(address + 2, NULL, 10) : 0;
}

/* Fills commit from "tree ID", "parent ID"…, "author …", "committer …". */
static gboolean parse_commit(struct walk *walk, struct walk_commit *commit, const char *text,
                             GPtrArray *unread)
{
    GPtrArray *parents = walk->parents;
    struct object_id id;

    g_ptr_array_set_size(parents, 0);

    if (!g_str_has_prefix(text, "tree ") || !object_id_parse(&commit->tree, text + 5) || text[45] != '\n')
        return FALSE;
    text += 46;
    while (g_str_has_prefix(text, "parent ")) {
        if (!object_id_parse(&id, text + 7) || text[47] != '\n')
            return FALSE;
        text += 48;
        if (!commit->is_cut)
            g_ptr_array_add(parents, find_or_add(walk, &id, unread));
    }
    commit->time = committer_time(text - 1);
    commit->n_parents = parents->len;
    for (guint i = 0; i < parents->len; i++)
        ((struct walk_commit *)parents->pdata[i])->waiting++;
    commit->only = parents->len == 1 ? parents->pdata[0] : NULL;
    commit->parents =
        commit->only ? &commit->only : g_memdup2(parents->pdata, parents->len * sizeof *commit->parents);
    return TRUE;
}

static gboolean read_commit(struct walk *walk, struct walk_commit *commit, GPtrArray *unread, GError **error)
{
    g_autoptr(GBytes) bytes = objects_commit(walk->objects, &commit->id, error);
    char digits[41];
    gsize length;

    if (!bytes)
        return FALSE;
    const char *data = g_bytes_get_data(bytes, &length);
    g_autofree char *text = g_strndup(data, length);
    commit->is_cut = g_hash_table_contains(walk->boundary, &commit->id);
    commit->is_read = parse_commit(walk, commit, text, unread);
    if (commit->is_read)
        return TRUE;
    object_id_print(&commit->id, digits);
    g_set_error(error, REPO_ERROR, REPO_ERROR_READ, "%s: expected the head of a commit", digits);
    return FALSE;
}

static gint compare_times(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct walk_commit *left = a, *right = b;
    return left->time > right->time ? -1 : left->time < right->time;
}

struct walk *walk_new_unread(struct repo *repo, struct objects *objects)
{
    struct walk *walk = g_new0(struct walk, 1);

    walk->objects = objects;
    walk->boundary = read_boundary(repo);
    walk->commits = g_hash_table_new_full(object_id_hash, object_id_equal, NULL, commit_free);
    walk->ready = g_sequence_new(NULL);
    walk->parents = g_ptr_array_new();
    return walk;
}

/* Hides the commits at which a range ends, and all before them. */
static void hide(struct walk *walk, const GArray *ends)
{
    g_autoptr(GPtrArray) left = g_ptr_array_new();

    for (guint i = 0; i < ends->len; i++)
        g_ptr_array_add(left, g_hash_table_lookup(walk->commits, &g_array_index(ends, struct object_id, i)));
    while (left->len) {
        struct walk_commit *commit = g_ptr_array_steal_index_fast(left, left->len - 1);
        if (commit->is_hidden)
            continue;
        commit->is_hidden = TRUE;
        for (guint i = 0; i < commit->n_parents; i++)
            g_ptr_array_add(left, commit->parents[i]);
    }
}

/* Makes those commits ready that no other of them leads to. */
static void begin(struct walk *walk, const GArray *starts)
{
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < starts->len; i++) {
        struct walk_commit *commit =
            g_hash_table_lookup(walk->commits, &g_array_index(starts, struct object_id, i));
        if (commit->waiting == 0 && !commit->is_hidden && g_hash_table_add(known, commit))
            g_sequence_insert_sorted(walk->ready, commit, compare_times, NULL);
    }
}

static void add_unread(struct walk *walk, const GArray *ids, GPtrArray *unread)
{
    for (guint i = 0; i < ids->len; i++)
        find_or_add(walk, &g_array_index(ids, struct object_id, i), unread);
}

struct walk *walk_new_range(struct repo *repo, struct objects *objects, const struct range *range,
                            GError **error)
{
    g_autoptr(Walk) walk = walk_new_unread(repo, objects);
    g_autoptr(GPtrArray) unread = g_ptr_array_new();

    add_unread(walk, range->starts, unread);
    add_unread(walk, range->ends, unread);
    while (unread->len) {
        struct walk_commit *commit = g_ptr_array_steal_index_fast(unread, unread->len - 1);
        if (!read_commit(walk, commit, unread, error))
            return NULL;
    }
    hide(walk, range->ends);
    begin(walk, range->starts);
    return g_steal_pointer(&walk);
}

struct walk *walk_new(struct repo *repo, struct objects *objects, const struct object_id *start,
                      GError **error)
{
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof *start);
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof *start);
    const struct range range = { starts, ends };

    g_array_append_val(starts, *start);
    return walk_new_range(repo, objects, &range, error);
}

struct walk_commit *walk_read(struct walk *walk, const struct object_id *id, GError **error)
{
    struct walk_commit *commit = find_or_add(walk, id, NULL);
    return commit->is_read || read_commit(walk, commit, NULL, error) ? commit : NULL;
}

/* -- walking -- */

struct walk_commit *walk_newest(struct walk *walk)
{
    GSequenceIter *first = g_sequence_get_begin_iter(walk->ready);
    return g_sequence_iter_is_end(first) ? NULL : g_sequence_get(first);
}

struct walk_commit *walk_next(struct walk *walk)
{
    GSequenceIter *first = g_sequence_get_begin_iter(walk->ready);

    if (g_sequence_iter_is_end(first))
        return NULL;
    struct walk_commit *commit = g_sequence_get(first);
    g_sequence_remove(first);
    for (guint i = 0; i < commit->n_parents; i++)
        if (--commit->parents[i]->waiting == 0 && !commit->parents[i]->is_hidden)
            g_sequence_insert_sorted(walk->ready, commit->parents[i], compare_times, NULL);
    return commit;
}
