#include "blame_private.h"

#include "history_item.h"

#include <string.h>

/* Parts of an item that have come to a version of its file. */
struct stop {
    guint blame; /* index */
    char *path;  /* as in struct version */
    struct object_id blob;
    struct blame_version *version; /* NULL: its bytes cannot be had */
    GArray *tokens;                /* struct blame_token */
};

/* A commit that parts have come to. */
struct visit {
    struct walk_commit *commit;
    GPtrArray *stops;
    GPtrArray **differences; /* by parent; NULL: not compared yet */
};

struct trace {
    struct blame *const *blames;
    guint n;
    const struct policy *policy;
    struct objects *objects;
    struct walk *walk;
    struct tree_scope scope;
    GHashTable *visits; /* struct walk_commit -> struct visit that is in queue */
    GSequence *queue;   /* struct visit, the latest first */
    guint *left;        /* parts of each blame that are on their way */
    guint decided;
};

static void stop_free(gpointer data)
{
    struct stop *stop = data;
    g_free(stop->path);
    blame_version_unref(stop->version);
    g_array_unref(stop->tokens);
    g_free(stop);
}

static void visit_free(gpointer data)
{
    struct visit *visit = data;
    for (guint i = 0; visit->differences && i < visit->commit->n_parents; i++)
        if (visit->differences[i])
            g_ptr_array_unref(visit->differences[i]);
    g_free(visit->differences);
    g_ptr_array_unref(visit->stops);
    g_free(visit);
}

/* -- on the way -- */

static gint compare_times(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct walk_commit *left = ((const struct visit *)a)->commit;
    const struct walk_commit *right = ((const struct visit *)b)->commit;
    return left->time > right->time ? -1 : left->time < right->time;
}

/* The visit of a commit that has been read; where its clock was wrong it may come twice. */
static struct visit *find_or_add_visit(struct trace *trace, struct walk_commit *commit)
{
    struct visit *visit = g_hash_table_lookup(trace->visits, commit);

    if (visit)
        return visit;
    visit = g_new0(struct visit, 1);
    visit->commit = commit;
    visit->stops = g_ptr_array_new_with_free_func(stop_free);
    g_hash_table_insert(trace->visits, commit, visit);
    g_sequence_insert_sorted(trace->queue, visit, compare_times, NULL);
    return visit;
}

/* Where parts of the item come to, at a file of a commit. */
static struct stop *find_or_add_stop(struct visit *visit, guint blame, const char *path,
                                     const struct object_id *blob)
{
    for (guint i = 0; i < visit->stops->len; i++) {
        struct stop *stop = visit->stops->pdata[i];
        if (stop->blame == blame && strcmp(stop->path, path) == 0)
            return stop;
    }
    struct stop *stop = g_new0(struct stop, 1);
    stop->blame = blame;
    stop->path = g_strdup(path);
    stop->blob = *blob;
    stop->tokens = g_array_new(FALSE, FALSE, sizeof(struct blame_token));
    g_ptr_array_add(visit->stops, stop);
    return stop;
}

/* Of the parts, those which the version of the parent has too go on to it. */
static void pass_some(const struct trace *trace, struct stop *from, struct stop *to)
{
    struct blame_match match = { .subject = trace->blames[from->blame]->version,
                                 .child = from->version,
                                 .parent = to->version };
    guint kept = 0;

    for (guint i = 0; i < from->tokens->len; i++) {
        struct blame_token token = g_array_index(from->tokens, struct blame_token, i);
        if (blame_match_pass(&match, &token))
            g_array_append_val(to->tokens, token);
        else
            g_array_index(from->tokens, struct blame_token, kept++) = token;
    }
    g_array_set_size(from->tokens, kept);
    blame_match_clear(&match);
}

/* All parts go on to a file that is the same. */
static void pass_all(const struct trace *trace, struct stop *from, struct stop *to)
{
    if (!to->version)
        to->version = g_rc_box_acquire(from->version);
    if (to->version != from->version) {
        pass_some(trace, from, to);
        return;
    }
    g_array_append_vals(to->tokens, from->tokens->data, from->tokens->len);
    g_array_set_size(from->tokens, 0);
}

/* Reads the version; FALSE where its bytes cannot be had. */
static gboolean load(const struct trace *trace, struct stop *stop)
{
    g_autoptr(GBytes) bytes = stop->version ? NULL : objects_file(trace->objects, &stop->blob);

    if (bytes)
        stop->version = blame_version_new(trace->policy, bytes);
    return stop->version != NULL;
}

/* The parts that are still there were decided in the commit. */
static void settle(struct trace *trace, struct stop *stop, struct walk_commit *commit)
{
    for (guint i = 0; i < stop->tokens->len; i++) {
        struct blame_part *part = g_array_index(stop->tokens, struct blame_token, i).part;
        part->found = commit;
        part->is_boundary = commit && commit->is_cut;
        part->order = trace->decided;
    }
    trace->decided += stop->tokens->len;
    trace->left[stop->blame] -= stop->tokens->len;
    g_array_set_size(stop->tokens, 0);
}

/* -- from a commit to its parents -- */

static gboolean differ(struct trace *trace, struct visit *visit, guint parent, GError **error)
{
    struct walk_commit *commit = visit->commit;

    if (visit->differences[parent])
        return TRUE;
    if (!walk_read(trace->walk, &commit->parents[parent]->id, error))
        return FALSE;
    visit->differences[parent] = tree_differences(&trace->scope, commit->parents[parent], commit, error);
    return visit->differences[parent] != NULL;
}

/* What became of the file of the stop since the parent; NULL: nothing. */
static const struct difference *find_difference(const struct trace *trace, const struct visit *visit,
                                                const struct stop *stop, guint parent)
{
    const GPtrArray *all = visit->differences[parent];
    const char *id = trace->blames[stop->blame]->id;

    for (guint i = 0; i < all->len; i++) {
        const struct difference *one = all->pdata[i];
        if (one->after && strcmp(one->id, id) == 0 && strcmp(one->after->path, stop->path) == 0)
            return one;
    }
    return NULL;
}

/* A parent that has the very same file has all of it; TRUE then. */
static gboolean pass_to_same(struct trace *trace, struct visit *visit, struct stop *stop, gboolean *passed,
                             GError **error)
{
    *passed = FALSE;
    for (guint i = 0; i < visit->commit->n_parents && !*passed; i++) {
        if (!differ(trace, visit, i, error))
            return FALSE;
        const struct difference *one = find_difference(trace, visit, stop, i);
        const struct version *before = one ? one->before : NULL;
        if (one && (!before || !before->is_file || !object_id_equal(&before->blob, &stop->blob)))
            continue;
        struct visit *next = find_or_add_visit(trace, visit->commit->parents[i]);
        pass_all(trace, stop,
                 find_or_add_stop(next, stop->blame, before ? before->path : stop->path, &stop->blob));
        *passed = TRUE;
    }
    return TRUE;
}

static void pass_to_others(struct trace *trace, const struct visit *visit, struct stop *stop)
{
    for (guint i = 0; i < visit->commit->n_parents && stop->tokens->len; i++) {
        const struct difference *one = find_difference(trace, visit, stop, i);
        if (!one || !one->before || !one->before->is_file)
            continue;
        struct visit *next = find_or_add_visit(trace, visit->commit->parents[i]);
        struct stop *to = find_or_add_stop(next, stop->blame, one->before->path, &one->before->blob);
        if (load(trace, to))
            pass_some(trace, stop, to);
    }
}

/* Nobody asks any more where the item is. */
static void forget(struct trace *trace, guint blame)
{
    const char *id = trace->blames[blame]->id;

    for (guint i = 0; i < trace->n; i++)
        if (trace->left[i] && strcmp(trace->blames[i]->id, id) == 0)
            return;
    g_hash_table_remove(trace->scope.places, id);
}

static gboolean leave(struct trace *trace, struct visit *visit, GError **error)
{
    gboolean passed;

    visit->differences = g_new0(GPtrArray *, visit->commit->n_parents + 1);
    for (guint i = 0; i < visit->stops->len; i++) {
        struct stop *stop = visit->stops->pdata[i];
        if (stop->tokens->len == 0)
            continue;
        if (!pass_to_same(trace, visit, stop, &passed, error))
            return FALSE;
        if (!passed)
            pass_to_others(trace, visit, stop);
        settle(trace, stop, visit->commit);
    }
    for (guint i = 0; i < visit->stops->len; i++)
        if (trace->left[((struct stop *)visit->stops->pdata[i])->blame] == 0)
            forget(trace, ((struct stop *)visit->stops->pdata[i])->blame);
    return TRUE;
}

static gboolean walk_back(struct trace *trace, GError **error)
{
    gboolean good = TRUE;

    while (good && !g_sequence_is_empty(trace->queue)) {
        GSequenceIter *first = g_sequence_get_begin_iter(trace->queue);
        struct visit *visit = g_sequence_get(first);
        g_hash_table_remove(trace->visits, visit->commit);
        good = leave(trace, visit, error);
        g_sequence_remove(first);
    }
    return good;
}

/* -- the first step -- */

/* What the version is, and the parts that somebody asks for. */
static struct stop *begin(const struct trace *trace, guint blame)
{
    const struct blame *one = trace->blames[blame];
    struct stop *stop = g_new0(struct stop, 1);

    stop->blame = blame;
    stop->path = g_strdup(one->path);
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

/* The file of the item in a commit, of several that have its id the one at the path. */
static const struct version *find_file(const GPtrArray *present, const char *id, const char *path)
{
    const struct version *found = NULL;

    for (guint i = 0; i < present->len; i++) {
        const struct difference *one = present->pdata[i];
        if (strcmp(one->id, id) != 0 || !one->after->is_file)
            continue;
        if (!found || strcmp(one->after->path, path) == 0)
            found = one->after;
    }
    return found;
}

/* From the versions to a commit that they follow on. */
static gboolean enter(struct trace *trace, const GPtrArray *stops, const struct object_id *id, GError **error)
{
    struct walk_commit *commit = walk_read(trace->walk, id, error);
    g_autoptr(GPtrArray) present = commit ? tree_differences(&trace->scope, NULL, commit, error) : NULL;

    for (guint i = 0; present && i < stops->len; i++) {
        struct stop *stop = stops->pdata[i];
        const struct version *file = find_file(present, trace->blames[stop->blame]->id, stop->path);
        if (!file || stop->tokens->len == 0)
            continue;
        struct visit *visit = find_or_add_visit(trace, commit);
        struct stop *to = find_or_add_stop(visit, stop->blame, file->path, &file->blob);
        if (!load(trace, to))
            continue;
        if (g_bytes_equal(to->version->bytes, stop->version->bytes)) {
            blame_version_unref(to->version);
            to->version = g_rc_box_acquire(stop->version);
        }
        pass_all(trace, stop, to);
    }
    return present != NULL;
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

static gboolean trace_from(struct trace *trace, struct repo *repo, const char *revision, GError **error)
{
    g_autoptr(GArray) starts = find_starts(repo, revision, error);
    g_autoptr(GPtrArray) stops = g_ptr_array_new_with_free_func(stop_free);

    for (guint i = 0; starts && i < trace->n; i++) {
        const struct blame *blame = trace->blames[i];
        g_hash_table_insert(trace->scope.places, g_strdup(blame->id), g_strdup(blame->path));
        g_ptr_array_add(stops, begin(trace, i));
    }
    for (guint i = 0; starts && i < starts->len; i++)
        if (!enter(trace, stops, &g_array_index(starts, struct object_id, i), error))
            return FALSE;
    for (guint i = 0; i < stops->len; i++)
        settle(trace, stops->pdata[i], NULL);
    return starts && walk_back(trace, error);
}

/* -- who, when and why -- */

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

static gboolean describe_all(struct repo *repo, struct objects *objects, struct blame *blame, GError **error)
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

/* -- */

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
        .scope = { objects, policy->folder, (const char *const *)steps, places },
        .visits = visits,
        .queue = queue,
        .left = left,
    };
    gboolean good = trace_from(&trace, repo, revision, error);
    for (guint i = 0; good && i < n; i++)
        good = describe_all(repo, objects, blames[i], error);
    return good;
}
