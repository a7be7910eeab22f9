#include "history_origin.h"

#include "history_tree.h"
#include "repo_private.h"

#include <git2.h>
#include <string.h>

struct origins {
    const struct policy *policy;
    struct repo *repo;
    struct objects *objects;
    struct walk *walk;
    struct tree_scope scope;
    GPtrArray *commits; /* struct walk_commit, children first; the walk's */
    GHashTable *by_id;  /* object_id -> struct walk_commit */
    GPtrArray *present; /* struct difference: the files of the last commit */
};

void origins_free(struct origins *origins)
{
    if (!origins)
        return;
    g_clear_pointer(&origins->present, g_ptr_array_unref);
    g_ptr_array_unref(origins->commits);
    g_hash_table_unref(origins->by_id);
    g_strfreev((char **)origins->scope.steps);
    walk_free(origins->walk);
    objects_free(origins->objects);
    repo_close(origins->repo);
    g_free(origins);
}

/* -- opening -- */

/* Opens the repository; FALSE without an error where there is none, or no commit. */
static gboolean open_repository(struct origins *origins, struct object_id *head, GError **error)
{
    g_autoptr(GError) cause = NULL;
    gboolean unborn;
    git_oid id;

    origins->repo = repo_open(origins->policy->root, &cause);
    if (!origins->repo) {
        if (!g_error_matches(cause, REPO_ERROR, REPO_ERROR_NONE))
            g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (!repo_is_unborn(origins->repo, &unborn, error) || unborn)
        return FALSE;
    if (git_reference_name_to_id(&id, origins->repo->git, "HEAD") < 0)
        return repo_fail(error, REPO_ERROR_REVISION, "HEAD");
    memcpy(head->raw, id.id, sizeof head->raw);
    return TRUE;
}

static gboolean read_commits(struct origins *origins, const struct object_id *head, GError **error)
{
    struct walk_commit *commit;

    origins->objects = objects_new(origins->repo, error);
    origins->walk = origins->objects ? walk_new(origins->repo, origins->objects, head, error) : NULL;
    if (!origins->walk)
        return FALSE;
    while ((commit = walk_next(origins->walk))) {
        g_ptr_array_add(origins->commits, commit);
        g_hash_table_insert(origins->by_id, &commit->id, commit);
    }
    origins->scope.objects = origins->objects;
    origins->scope.folder = origins->policy->folder;
    origins->scope.steps = (const char *const *)tree_steps(origins->policy);
    origins->present = tree_differences(&origins->scope, NULL, origins->commits->pdata[0], error);
    return origins->present != NULL;
}

struct origins *origins_open(const struct policy *policy, GError **error)
{
    g_autoptr(Origins) origins = g_new0(struct origins, 1);
    struct object_id head;

    origins->policy = policy;
    origins->commits = g_ptr_array_new();
    origins->by_id = g_hash_table_new(object_id_hash, object_id_equal);
    if (!open_repository(origins, &head, error) || !read_commits(origins, &head, error))
        return NULL;
    return g_steal_pointer(&origins);
}

/* -- the last commit -- */

GPtrArray *origins_paths(const struct origins *origins, const char *id)
{
    GPtrArray *paths = g_ptr_array_new();
    for (guint i = 0; i < origins->present->len; i++) {
        const struct difference *file = origins->present->pdata[i];
        if (strcmp(file->id, id) == 0)
            g_ptr_array_add(paths, file->after->path);
    }
    return paths;
}

gboolean origins_has(const struct origins *origins, const char *path)
{
    for (guint i = 0; i < origins->present->len; i++)
        if (strcmp(((const struct difference *)origins->present->pdata[i])->after->path, path) == 0)
            return TRUE;
    return FALSE;
}

/* -- following files -- */

/* Where n files are in each commit that is yet to be looked at. */
struct following {
    guint n;
    GHashTable *paths; /* struct walk_commit -> char *[n]: NULL where it is not, or has not come yet */
};

static char **paths_at(struct following *following, const struct walk_commit *commit)
{
    char **paths = g_hash_table_lookup(following->paths, commit);
    if (!paths) {
        paths = g_new0(char *, following->n);
        g_hash_table_insert(following->paths, (gpointer)commit, paths);
    }
    return paths;
}

static void clear_paths(char **paths, guint n)
{
    for (guint i = 0; i < n; i++)
        g_free(paths[i]);
    g_free(paths);
}

/* Where the file at path was before the differences were made; NULL where it was not. */
static const char *path_before(const GPtrArray *differences, const char *path)
{
    for (guint i = 0; i < differences->len; i++) {
        const struct difference *difference = differences->pdata[i];
        if (difference->after && strcmp(difference->after->path, path) == 0)
            return difference->before ? difference->before->path : NULL;
    }
    return path;
}

/* Hands the files of a commit on to its parents; those that none has came with it. */
static gboolean hand_on(struct origins *origins, struct following *following, struct walk_commit *commit,
                        char *const *here, const struct walk_commit **commits, GError **error)
{
    g_autofree gboolean *came = g_new0(gboolean, following->n);

    for (guint i = 0; i < following->n; i++)
        came[i] = here[i] != NULL;
    for (guint p = 0; p < commit->n_parents; p++) {
        g_autoptr(GPtrArray) differences =
            tree_differences(&origins->scope, commit->parents[p], commit, error);
        if (!differences)
            return FALSE;
        char **there = paths_at(following, commit->parents[p]);
        for (guint i = 0; i < following->n; i++) {
            const char *path = here[i] ? path_before(differences, here[i]) : NULL;
            came[i] = came[i] && !path;
            if (path && !there[i])
                there[i] = g_strdup(path);
        }
    }
    for (guint i = 0; i < following->n; i++)
        if (came[i])
            commits[i] = commit;
    return TRUE;
}

static gboolean has_any(char *const *paths, guint n)
{
    for (guint i = 0; i < n; i++)
        if (paths[i])
            return TRUE;
    return FALSE;
}

gboolean origins_find(struct origins *origins, const char *const *paths, guint n,
                      const struct walk_commit **commits, GError **error)
{
    g_autoptr(GHashTable) table = g_hash_table_new(NULL, NULL);
    struct following following = { n, table };
    char **first = paths_at(&following, origins->commits->pdata[0]);
    gboolean good = TRUE;

    for (guint i = 0; i < n; i++) {
        commits[i] = NULL;
        first[i] = origins_has(origins, paths[i]) ? g_strdup(paths[i]) : NULL;
    }
    for (guint i = 0; i < origins->commits->len && g_hash_table_size(table); i++) {
        struct walk_commit *commit = origins->commits->pdata[i];
        char **here = g_hash_table_lookup(table, commit);
        if (!here)
            continue;
        g_hash_table_remove(table, commit);
        good = good && (!has_any(here, n) || hand_on(origins, &following, commit, here, commits, error));
        clear_paths(here, n);
    }
    return good;
}

/* -- any file -- */

static gboolean is_there(struct origins *origins, const struct walk_commit *commit, const char *path,
                         gboolean *there, GError **error)
{
    GError *cause = NULL;
    char digits[41];

    object_id_print(&commit->id, digits);
    g_autoptr(GBytes) bytes = repo_read_at(origins->repo, digits, path, &cause);
    *there = bytes != NULL;
    if (cause)
        g_propagate_error(error, cause);
    return !cause;
}

const struct walk_commit *origins_find_file(struct origins *origins, const char *path, GError **error)
{
    g_autofree char *from_top = repo_relative(origins->repo, origins->policy->root, path, error);
    g_autoptr(GHashTable) having = g_hash_table_new(NULL, NULL);
    const struct walk_commit *found = NULL;
    gboolean there;

    if (!from_top || !is_there(origins, origins->commits->pdata[0], from_top, &there, error))
        return NULL;
    if (there)
        g_hash_table_add(having, origins->commits->pdata[0]);
    for (guint i = 0; i < origins->commits->len; i++) {
        struct walk_commit *commit = origins->commits->pdata[i];
        gboolean came = TRUE;
        if (!g_hash_table_remove(having, commit))
            continue;
        for (guint p = 0; p < commit->n_parents; p++) {
            if (!is_there(origins, commit->parents[p], from_top, &there, error))
                return NULL;
            came = came && !there;
            if (there)
                g_hash_table_add(having, commit->parents[p]);
        }
        found = came ? commit : found;
    }
    return found;
}

/* -- commits -- */

const struct walk_commit *origins_commit(const struct origins *origins, const char *digits)
{
    struct object_id id;
    return object_id_parse(&id, digits) ? g_hash_table_lookup(origins->by_id, &id) : NULL;
}

gboolean origins_leads(const struct walk_commit *first, const struct walk_commit *later)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) open = g_ptr_array_new();

    g_ptr_array_add(open, (gpointer)later);
    while (open->len) {
        const struct walk_commit *commit = g_ptr_array_steal_index_fast(open, open->len - 1);
        if (commit == first)
            return TRUE;
        for (guint p = 0; p < commit->n_parents; p++)
            if (g_hash_table_add(seen, commit->parents[p]))
                g_ptr_array_add(open, commit->parents[p]);
    }
    return FALSE;
}
