#include "blame_private.h"

#include <string.h>

/* The part of a path that is behind the backlog's folder. */
static const char *place_of(const struct policy *policy, const char *path)
{
    gsize length = strlen(policy->folder);
    return g_str_has_prefix(path, policy->folder) && path[length] == '/' ? path + length + 1 : path;
}

/* What the version is, and the parts that somebody asks for. */
static struct stop *begin(const struct trace *trace, guint blame)
{
    const struct blame *one = trace->blames[blame];
    struct stop *stop = g_new0(struct stop, 1);

    stop->blame = blame;
    stop->place = g_strdup(place_of(trace->policy, one->path));
    stop->version = g_rc_box_acquire(one->version);
    stop->tokens = g_array_new(FALSE, FALSE, sizeof(struct blame_token));
    for (guint i = 0; i < one->parts->len; i++) {
        struct blame_part *part = one->parts->pdata[i];
        struct blame_token token = { part, part->index };
        g_array_append_val(stop->tokens, token);
    }
    trace->left[blame] = stop->tokens->len;
    return stop;
}

/* The file of the item in a commit, of several that have its id the one at the place. */
static const struct version *find_file(const GPtrArray *present, const char *id, const char *place)
{
    const struct version *found = NULL;

    for (guint i = 0; i < present->len; i++) {
        const struct difference *one = present->pdata[i];
        if (strcmp(one->id, id) != 0 || !one->after->is_file)
            continue;
        if (!found || strcmp(version_place(one->after), place) == 0)
            found = one->after;
    }
    return found;
}

/* Finds the files of the stops in a commit that they follow on; each is added to the ways of its stop. */
static gboolean enter(struct trace *trace, const GPtrArray *stops, GPtrArray *const *ways,
                      const struct object_id *id, GError **error)
{
    struct walk_commit *commit = walk_read(trace->walk, id, error);
    g_autoptr(GPtrArray) present = commit ? tree_differences(&trace->scope, NULL, commit, error) : NULL;

    for (guint i = 0; present && i < stops->len; i++) {
        const struct stop *stop = stops->pdata[i];
        const struct version *file = find_file(present, trace->blames[i]->id, stop->place);
        if (!file || stop->tokens->len == 0)
            continue;
        struct stop *to =
            visit_stop(trace_visit(trace, commit), stop->blame, version_place(file), &file->blob);
        if (stop_load(trace, to))
            g_ptr_array_add(ways[i], to);
    }
    return present != NULL;
}

/* The parts of a version that a commit has as it is, are that one's. */
static void pass_first(const struct trace *trace, struct stop *stop, const GPtrArray *ways)
{
    for (guint i = 0; i < ways->len; i++) {
        struct stop *to = ways->pdata[i];
        if (!g_bytes_equal(to->version->bytes, stop->version->bytes))
            continue;
        stop_pass_all(trace, stop, to);
        return;
    }
    stop_pass_on(trace, stop, ways);
}

/* The commits that are being merged; what is no name there is passed over. */
static GArray *read_merged(const struct repo *repo)
{
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(struct object_id));
    g_autofree char *folder = repo_git_folder(repo);
    g_autofree char *path = g_build_filename(folder, "MERGE_HEAD", NULL);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return ids;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (gsize i = 0; lines[i]; i++) {
        struct object_id id;
        if (object_id_parse(&id, lines[i]))
            g_array_append_val(ids, id);
    }
    return ids;
}

/* The commits that a version of the revision follows on; none before the first commit. */
static GArray *find_starts(struct repo *repo, const char *revision, GError **error)
{
    gboolean later = !revision || strcmp(revision, ":") == 0;
    g_autoptr(GArray) starts =
        later ? read_merged(repo) : g_array_new(FALSE, FALSE, sizeof(struct object_id));
    g_autoptr(GError) cause = NULL;
    struct object_id id;

    if (walk_find(repo, later ? "HEAD" : revision, &id, &cause)) {
        g_array_prepend_val(starts, id);
    } else if (!g_error_matches(cause, REPO_ERROR, REPO_ERROR_UNBORN)) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return NULL;
    }
    return g_steal_pointer(&starts);
}

static gboolean enter_all(struct trace *trace, const GPtrArray *stops, const GArray *starts, GError **error)
{
    g_autoptr(GPtrArray) ways = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);

    for (guint i = 0; i < stops->len; i++)
        g_ptr_array_add(ways, g_ptr_array_new());
    for (guint i = 0; i < starts->len; i++)
        if (!enter(trace, stops, (GPtrArray *const *)ways->pdata, &g_array_index(starts, struct object_id, i),
                   error))
            return FALSE;
    for (guint i = 0; i < stops->len; i++) {
        pass_first(trace, stops->pdata[i], ways->pdata[i]);
        stop_settle(trace, stops->pdata[i], NULL);
    }
    return TRUE;
}

static gboolean trace_from(struct trace *trace, struct repo *repo, const char *revision, GError **error)
{
    g_autoptr(GArray) starts = find_starts(repo, revision, error);
    g_autoptr(GPtrArray) stops = g_ptr_array_new_with_free_func(stop_free);

    if (!starts)
        return FALSE;
    for (guint i = 0; i < trace->n; i++) {
        const struct blame *blame = trace->blames[i];
        struct stop *stop = begin(trace, i);
        if (stop->tokens->len)
            g_hash_table_insert(trace->scope.places, g_strdup(blame->id), g_strdup(stop->place));
        g_ptr_array_add(stops, stop);
    }
    return enter_all(trace, stops, starts, error) && trace_walk(trace, error);
}

gboolean blame_trace(struct blame *const *blames, guint n, const char *revision, GError **error)
{
    if (n == 0)
        return TRUE;
    const struct policy *policy = blames[0]->version->policy;
    g_autoptr(Repo) repo = repo_open(policy->root, error);
    g_autoptr(Objects) objects = repo ? objects_new(repo, error) : NULL;
    if (!objects)
        return FALSE;
    g_auto(GStrv) steps = tree_steps(policy);
    g_autoptr(Walk) walk = walk_new_unread(repo, objects);
    g_autoptr(Sites) sites = sites_new(policy, objects);
    g_autoptr(GHashTable) places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) visits = g_hash_table_new(NULL, NULL);
    g_autoptr(GSequence) queue = g_sequence_new(visit_free);
    g_autofree guint *left = g_new0(guint, n);
    struct trace trace = {
        .blames = blames,
        .n = n,
        .policy = policy,
        .objects = objects,
        .walk = walk,
        .scope = { objects, policy->folder, (const char *const *)steps, places, sites },
        .visits = visits,
        .queue = queue,
        .left = left,
    };
    gboolean good = trace_from(&trace, repo, revision, error);
    for (guint i = 0; good && i < n; i++)
        good = blame_tell(repo, objects, blames[i], error);
    return good;
}
