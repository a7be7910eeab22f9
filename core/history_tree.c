#include "history_tree.h"

#include "history_side.h"
#include "ident.h"

#include <string.h>

#define MAX_DEPTH 64

static void version_free(struct version *version)
{
    if (!version)
        return;
    g_clear_pointer(&version->bytes, g_bytes_unref);
    g_free(version->path);
    g_free(version);
}

static void difference_free(gpointer data)
{
    struct difference *difference = data;
    g_free(difference->id);
    version_free(difference->before);
    version_free(difference->after);
    g_free(difference);
}

static struct object_id id_of(const guint8 *raw)
{
    struct object_id id;
    memcpy(id.raw, raw, sizeof id.raw);
    return id;
}

/* -- where things are -- */

char **tree_steps(const struct policy *policy)
{
    g_autoptr(GStrvBuilder) steps = g_strv_builder_new();
    gsize top = strlen(policy->top);
    const char *root = strlen(policy->root) > top ? policy->root + top : "";
    g_autofree char *path = g_strconcat(root, "/", policy->folder, NULL);
    g_auto(GStrv) words = g_strsplit(path, "/", -1);

    for (gsize i = 0; words[i]; i++)
        if (*words[i] && strcmp(words[i], ".") != 0)
            g_strv_builder_add(steps, words[i]);
    return g_strv_builder_end(steps);
}

/* Sets the folder of a commit, once; behind is a commit behind it, or NULL. */
static gboolean resolve(const struct tree_scope *scope, struct walk_commit *commit,
                        const struct walk_commit *behind, GError **error)
{
    struct object_id id = commit->tree;
    gboolean found = TRUE;

    if (commit->is_resolved)
        return TRUE;
    for (gsize i = 0; !scope->sites && scope->steps[i] && found; i++)
        if (!site_step_into(scope->objects, scope->steps[i], TRUE, &id, &found, error))
            return FALSE;
    if (scope->sites) {
        commit->site = sites_find(scope->sites, commit, behind, &id, &found, error);
        if (!commit->site)
            return FALSE;
    }
    commit->is_resolved = TRUE;
    commit->has_folder = found;
    commit->folder = id;
    return TRUE;
}

/* -- what differs -- */

struct pass {
    const struct tree_scope *scope;
    const char *old_folder; /* of the backlog, as paths begin; "" or with a slash at the end */
    const char *new_folder;
    GString *path;      /* of the folder at hand, from the backlog's */
    GPtrArray *out;     /* struct difference */
    GPtrArray *come;    /* struct difference of what is only after; not in out */
    GHashTable *gone;   /* id -> struct difference in out of what is only before */
    GPtrArray *put_off; /* struct pair */
};

/* Folders that differ, in which nothing that is wanted was seen last. */
struct pair {
    struct object_id before;
    struct object_id after;
    char *path;
    guint depth;
};

static void pair_free(gpointer data)
{
    struct pair *pair = data;
    g_free(pair->path);
    g_free(pair);
}

static struct version *version_new(const struct pass *pass, const char *folder,
                                   const struct tree_entry *entry)
{
    struct version *version = g_new0(struct version, 1);

    version->path = g_strconcat(folder, pass->path->str, pass->path->len ? "/" : "", entry->name, NULL);
    version->folder = strlen(folder);
    version->blob = id_of(entry->id);
    version->is_file = entry->is_file;
    return version;
}

/* Takes down what differs at one name: an item file that is there before, after, or both. */
static void add_file(struct pass *pass, const struct tree_entry *before, const struct tree_entry *after)
{
    g_assert(before || after);
    g_autofree char *id = ident_from_file_name(after ? after->name : before->name);

    if (!id || (pass->scope->places && !g_hash_table_contains(pass->scope->places, id)))
        return;
    struct difference *difference = g_new0(struct difference, 1);
    difference->before = before ? version_new(pass, pass->old_folder, before) : NULL;
    difference->after = after ? version_new(pass, pass->new_folder, after) : NULL;
    difference->id = g_steal_pointer(&id);
    g_ptr_array_add(before ? pass->out : pass->come, difference);
    if (before && !after && !g_hash_table_contains(pass->gone, difference->id))
        g_hash_table_insert(pass->gone, difference->id, difference);
}

/* Whether the entry cannot be or hold an item: hidden, or the folder of votes. */
static gboolean is_foreign(const struct pass *pass, const struct tree_entry *entry)
{
    return *entry->name == '.' ||
           (entry->is_folder && pass->path->len == 0 && strcmp(entry->name, "votes") == 0);
}

/* Whether one of the wanted items was seen last in the folder at hand, or any are wanted. */
static gboolean may_hold(const struct pass *pass)
{
    GHashTableIter iter;
    gpointer place;

    if (!pass->scope->places)
        return TRUE;
    g_hash_table_iter_init(&iter, pass->scope->places);
    while (g_hash_table_iter_next(&iter, NULL, &place))
        if (place && g_str_has_prefix(place, pass->path->str) && ((char *)place)[pass->path->len] == '/')
            return TRUE;
    return FALSE;
}

static void put_off(struct pass *pass, const guint8 *before, const guint8 *after, guint depth)
{
    struct pair *pair = g_new0(struct pair, 1);

    pair->before = id_of(before);
    pair->after = id_of(after);
    pair->path = g_strdup(pass->path->str);
    pair->depth = depth;
    g_ptr_array_add(pass->put_off, pair);
}

static gboolean compare_folders(struct pass *pass, const guint8 *before, const guint8 *after, guint depth,
                                GError **error);

/* What is at one name in either tree or both, and differs. Both are folders, or neither is. */
static gboolean compare_entries(struct pass *pass, const struct tree_entry *before,
                                const struct tree_entry *after, guint depth, GError **error)
{
    const struct tree_entry *any = after ? after : before;
    gsize length = pass->path->len;
    gboolean good = TRUE;

    if (is_foreign(pass, any))
        return TRUE;
    if (!any->is_folder) {
        add_file(pass, before, after);
        return TRUE;
    }
    if (depth == MAX_DEPTH)
        return TRUE;
    g_string_append_printf(pass->path, "%s%s", length ? "/" : "", any->name);
    if (before && after && !may_hold(pass))
        put_off(pass, before->id, after->id, depth + 1);
    else
        good = compare_folders(pass, before ? before->id : NULL, after ? after->id : NULL, depth + 1, error);
    g_string_truncate(pass->path, length);
    return good;
}

/* -- two trees side by side -- */

static gboolean is_same(const struct tree_entry *before, const struct tree_entry *after)
{
    return memcmp(before->id, after->id, sizeof(struct object_id)) == 0 && before->is_file == after->is_file;
}

static GBytes *read_folder(struct pass *pass, const guint8 *raw, GError **error)
{
    struct object_id id = id_of(raw);
    return objects_tree(pass->scope->objects, &id, error);
}

static gboolean compare_folders(struct pass *pass, const guint8 *before, const guint8 *after, guint depth,
                                GError **error)
{
    g_autoptr(GBytes) old_tree = before ? read_folder(pass, before, error) : NULL;
    g_autoptr(GBytes) new_tree = after && (old_tree || !before) ? read_folder(pass, after, error) : NULL;
    struct tree_side old, new;

    if ((before && !old_tree) || (after && !new_tree))
        return FALSE;
    tree_side_init(&old, old_tree);
    tree_side_init(&new, new_tree);
    tree_sides_skip(&old, &new);
    tree_side_step(&old);
    tree_side_step(&new);
    while (old.more || new.more) {
        int order = !old.more ? 1 : !new.more ? -1 : tree_entry_compare(&old.entry, &new.entry);
        gboolean same = order == 0 && is_same(&old.entry, &new.entry);
        if (!same && !compare_entries(pass, order <= 0 ? &old.entry : NULL, order >= 0 ? &new.entry : NULL,
                                      depth, error))
            return FALSE;
        if (order == 0)
            tree_sides_skip(&old, &new);
        if (order <= 0)
            tree_side_step(&old);
        if (order >= 0)
            tree_side_step(&new);
    }
    return TRUE;
}

/* -- what was put off -- */

/* Whether the commit has a file at the path. What cannot be read is not there. */
static gboolean has_file(const struct pass *pass, const struct walk_commit *commit, const char *path)
{
    g_auto(GStrv) names = g_strsplit(path, "/", -1);
    g_assert(commit);
    struct object_id id = commit->folder;
    gboolean found = TRUE;

    for (gsize i = 0; names[i] && found; i++)
        if (!site_step_into(pass->scope->objects, names[i], names[i + 1] != NULL, &id, &found, NULL))
            return FALSE;
    return found;
}

/* Whether nothing that is wanted can be in what was put off: each item is where it was seen last, and so it
 * was before, for nothing has come or gone. */
static gboolean is_settled(const struct pass *pass, const struct walk_commit *after)
{
    GHashTableIter iter;
    gpointer place;

    if (pass->put_off->len == 0)
        return TRUE;
    if (pass->come->len || g_hash_table_size(pass->gone))
        return FALSE;
    g_hash_table_iter_init(&iter, pass->scope->places);
    while (g_hash_table_iter_next(&iter, NULL, &place))
        if (!place || !has_file(pass, after, place))
            return FALSE;
    return TRUE;
}

/* Compares what was put off, and what that puts off. */
static gboolean compare_rest(struct pass *pass, GError **error)
{
    for (guint i = 0; i < pass->put_off->len; i++) {
        const struct pair *pair = pass->put_off->pdata[i];
        g_string_assign(pass->path, pair->path);
        if (!compare_folders(pass, pair->before.raw, pair->after.raw, pair->depth, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean compare_commits(struct pass *pass, const struct walk_commit *before,
                                const struct walk_commit *after, GError **error)
{
    const guint8 *old = before && before->has_folder ? before->folder.raw : NULL;
    const guint8 *new = after && after->has_folder ? after->folder.raw : NULL;

    if (old && new ? memcmp(old, new, sizeof(struct object_id)) == 0 : old == new)
        return TRUE;
    return compare_folders(pass, old, new, 0, error) &&
           (is_settled(pass, after) || compare_rest(pass, error));
}

/* -- */

/* A file that is new where one of that id is gone has moved. */
static void pair_moves(struct pass *pass)
{
    for (guint i = 0; i < pass->come->len; i++) {
        struct difference *come = pass->come->pdata[i];
        struct difference *gone = g_hash_table_lookup(pass->gone, come->id);
        if (gone) {
            g_hash_table_remove(pass->gone, come->id);
            gone->after = g_steal_pointer(&come->after);
            difference_free(come);
        } else {
            g_ptr_array_add(pass->out, come);
        }
    }
    g_ptr_array_set_free_func(pass->come, NULL);
}

/* Older commits have an item where it was before; where it came from nothing, nowhere. */
static void keep_places(const struct pass *pass)
{
    for (guint i = 0; pass->scope->places && i < pass->out->len; i++) {
        const struct difference *difference = pass->out->pdata[i];
        const struct version *seen = difference->before ? difference->before : difference->after;
        g_hash_table_insert(pass->scope->places, g_strdup(difference->id),
                            g_strdup(seen->path + seen->folder));
    }
}

static gint compare_paths(gconstpointer a, gconstpointer b)
{
    const struct difference *left = *(const struct difference *const *)a;
    const struct difference *right = *(const struct difference *const *)b;
    return strcmp((left->after ? left->after : left->before)->path,
                  (right->after ? right->after : right->before)->path);
}

/* How paths in the backlog of a commit begin. */
static char *folder_of(const struct tree_scope *scope, const struct walk_commit *commit)
{
    const char *folder = commit && commit->site            ? commit->site->shown
                         : strcmp(scope->folder, ".") == 0 ? ""
                                                           : scope->folder;
    return g_strconcat(folder, *folder ? "/" : "", NULL);
}

GPtrArray *tree_differences(const struct tree_scope *scope, struct walk_commit *before,
                            struct walk_commit *after, GError **error)
{
    g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(difference_free);
    g_autoptr(GPtrArray) come = g_ptr_array_new_with_free_func(difference_free);
    g_autoptr(GPtrArray) later = g_ptr_array_new_with_free_func(pair_free);
    g_autoptr(GHashTable) gone = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GString) path = g_string_new(NULL);

    if ((after && !resolve(scope, after, NULL, error)) || (before && !resolve(scope, before, after, error)))
        return NULL;
    g_autofree char *old = folder_of(scope, before), *new = folder_of(scope, after);
    struct pass pass = { scope, old, new, path, out, come, gone, later };
    if (!compare_commits(&pass, before, after, error))
        return NULL;
    pair_moves(&pass);
    keep_places(&pass);
    g_ptr_array_sort(out, compare_paths);
    return g_steal_pointer(&out);
}
