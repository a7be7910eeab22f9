#include "blame_private.h"

#include <string.h>

void stop_free(gpointer data)
{
    struct stop *stop = data;
    g_free(stop->place);
    blame_version_unref(stop->version);
    g_array_unref(stop->tokens);
    g_free(stop);
}

void visit_free(gpointer data)
{
    struct visit *visit = data;
    for (guint i = 0; visit->differences && i < visit->commit->n_parents; i++)
        if (visit->differences[i])
            g_ptr_array_unref(visit->differences[i]);
    g_free(visit->differences);
    g_ptr_array_unref(visit->stops);
    g_free(visit);
}

static gint compare_times(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct walk_commit *left = ((const struct visit *)a)->commit;
    const struct walk_commit *right = ((const struct visit *)b)->commit;
    return left->time > right->time ? -1 : left->time < right->time;
}

/* Where a clock was wrong, a commit is visited again. */
struct visit *trace_visit(struct trace *trace, struct walk_commit *commit)
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

struct stop *visit_stop(struct visit *visit, guint blame, const char *place, const struct object_id *blob)
{
    for (guint i = 0; i < visit->stops->len; i++) {
        struct stop *stop = visit->stops->pdata[i];
        if (stop->blame == blame && strcmp(stop->place, place) == 0)
            return stop;
    }
    struct stop *stop = g_new0(struct stop, 1);
    stop->blame = blame;
    stop->place = g_strdup(place);
    stop->blob = *blob;
    stop->tokens = g_array_new(FALSE, FALSE, sizeof(struct blame_token));
    g_ptr_array_add(visit->stops, stop);
    return stop;
}

/* Of the parts, those which the other version has too, so near, go on to it. */
static void pass_some(struct blame_match *match, enum blame_nearness nearness, struct stop *from,
                      struct stop *to)
{
    guint kept = 0;

    for (guint i = 0; i < from->tokens->len; i++) {
        struct blame_token token = g_array_index(from->tokens, struct blame_token, i);
        if (blame_match_pass(match, nearness, &token))
            g_array_append_val(to->tokens, token);
        else
            g_array_index(from->tokens, struct blame_token, kept++) = token;
    }
    g_array_set_size(from->tokens, kept);
}

void stop_pass_on(const struct trace *trace, struct stop *from, const GPtrArray *ways)
{
    g_autofree struct blame_match *matches = g_new0(struct blame_match, ways->len + 1);

    for (guint i = 0; i < ways->len; i++)
        matches[i] = (struct blame_match){ .subject = trace->blames[from->blame]->version,
                                           .child = from->version,
                                           .parent = ((struct stop *)ways->pdata[i])->version };
    for (guint nearness = ways->len > 1 ? BLAME_WHOLE : BLAME_ALIKE; nearness < N_NEARNESSES; nearness++)
        for (guint i = 0; i < ways->len && from->tokens->len; i++)
            pass_some(&matches[i], nearness, from, ways->pdata[i]);
    for (guint i = 0; i < ways->len; i++)
        blame_match_clear(&matches[i]);
}

void stop_pass_all(const struct trace *trace, struct stop *from, struct stop *to)
{
    g_autoptr(GPtrArray) way = g_ptr_array_new();

    if (!to->version)
        to->version = g_rc_box_acquire(from->version);
    if (to->version == from->version) {
        g_array_append_vals(to->tokens, from->tokens->data, from->tokens->len);
        g_array_set_size(from->tokens, 0);
        return;
    }
    g_ptr_array_add(way, to);
    stop_pass_on(trace, from, way);
}

const char *version_place(const struct version *version)
{
    return version->path + version->folder;
}

gboolean stop_load(const struct trace *trace, struct stop *stop)
{
    g_autoptr(GBytes) bytes = stop->version ? NULL : objects_file(trace->objects, &stop->blob);

    if (bytes)
        stop->version = blame_version_new(trace->policy, bytes);
    return stop->version != NULL;
}

/* Where the item is need not be looked for any more, if nobody else asks. */
static void forget(struct trace *trace, guint blame)
{
    const char *id = trace->blames[blame]->id;

    for (guint i = 0; i < trace->n; i++)
        if (trace->left[i] && strcmp(trace->blames[i]->id, id) == 0)
            return;
    g_hash_table_remove(trace->scope.places, id);
}

void stop_settle(struct trace *trace, struct stop *stop, struct walk_commit *commit)
{
    for (guint i = 0; i < stop->tokens->len; i++) {
        struct blame_part *part = g_array_index(stop->tokens, struct blame_token, i).part;
        part->found = commit;
        part->is_boundary = commit && (commit->is_cut || stop->is_cut);
        part->order = trace->decided;
    }
    trace->decided += stop->tokens->len;
    trace->left[stop->blame] -= stop->tokens->len;
    g_array_set_size(stop->tokens, 0);
    if (trace->left[stop->blame] == 0)
        forget(trace, stop->blame);
}

/* -- from a commit to its parents -- */

/* Tells the comparison to look where the files are; for an item of which two files are asked about, a mistake
 * of two branches, everywhere. */
static void point_out(const struct trace *trace, const struct visit *visit)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < visit->stops->len; i++) {
        const struct stop *stop = visit->stops->pdata[i];
        const char *id = trace->blames[stop->blame]->id, *other = g_hash_table_lookup(seen, id);
        gboolean apart = other && strcmp(other, stop->place) != 0;
        if (stop->tokens->len == 0)
            continue;
        g_hash_table_insert(seen, (gpointer)id, stop->place);
        g_hash_table_insert(trace->scope.places, g_strdup(id), apart ? NULL : g_strdup(stop->place));
    }
}

static gboolean differ(struct trace *trace, struct visit *visit, guint parent, GError **error)
{
    struct walk_commit *commit = visit->commit;

    if (visit->differences[parent])
        return TRUE;
    if (!walk_read(trace->walk, &commit->parents[parent]->id, error))
        return FALSE;
    point_out(trace, visit);
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
        if (one->after && strcmp(one->id, id) == 0 && strcmp(version_place(one->after), stop->place) == 0)
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
        struct visit *next = trace_visit(trace, visit->commit->parents[i]);
        stop_pass_all(
            trace, stop,
            visit_stop(next, stop->blame, before ? version_place(before) : stop->place, &stop->blob));
        *passed = TRUE;
    }
    return TRUE;
}

static void pass_to_others(struct trace *trace, const struct visit *visit, struct stop *stop)
{
    g_autoptr(GPtrArray) ways = g_ptr_array_new();

    for (guint i = 0; i < visit->commit->n_parents; i++) {
        const struct difference *one = find_difference(trace, visit, stop, i);
        if (!one || !one->before || !one->before->is_file)
            continue;
        struct visit *next = trace_visit(trace, visit->commit->parents[i]);
        struct stop *to = visit_stop(next, stop->blame, version_place(one->before), &one->before->blob);
        if (stop_load(trace, to))
            g_ptr_array_add(ways, to);
        else
            stop->is_cut = TRUE;
    }
    stop_pass_on(trace, stop, ways);
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
        stop_settle(trace, stop, visit->commit);
    }
    return TRUE;
}

gboolean trace_walk(struct trace *trace, GError **error)
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
