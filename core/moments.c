#include "moments.h"

#include "ident.h"
#include "repo.h"
#include "repo_status.h"

#include <string.h>

/* Entries from which on it pays to take from the work tree, which the index knows, what a revision has alike.
 */
#define MANY 256

/* -- which files differ -- */

/* The objects of files of the work tree that are as the last commit has them: path -> 40 digits. The strings
 * are those of head. */
static GHashTable *clean_objects(struct repo *repo, const struct backlog *head, GError **error)
{
    const struct policy *policy = head->policy;
    g_autofree char *prefix = repo_relative(repo, policy->root, "", error);
    g_autofree char *folder = prefix ? g_build_filename(prefix, policy->folder, NULL) : NULL;
    const char *below = folder && strcmp(policy->folder, ".") == 0 ? prefix : folder;
    g_autoptr(GPtrArray) changed = below ? repo_changed(repo, below, NULL, error) : NULL;

    if (!changed)
        return NULL;
    GHashTable *objects = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < head->entries->len; i++) {
        const struct entry *entry = &g_array_index(head->entries, struct entry, i);
        if (!entry->trouble)
            g_hash_table_insert(objects, (gpointer)entry->path, (gpointer)entry->object);
    }
    gsize skip = strlen(prefix) + (*prefix != '\0');
    for (guint i = 0; i < changed->len; i++)
        g_hash_table_remove(objects, (const char *)changed->pdata[i] + skip);
    return objects;
}

/* What a file of one of the two moments holds: the id of an object, or NULL where that is not known. */
static const char *object_of(GHashTable *clean, const struct entry *entry)
{
    return entry->object || !clean ? entry->object : g_hash_table_lookup(clean, entry->path);
}

static void add_pair(GArray *pairs, const struct entry *before, const struct entry *after)
{
    struct moments_pair pair = { before, after };
    g_array_append_val(pairs, pair);
}

/* Files that are only in one of the moments are the same item where their names have one id. */
static void pair_moved(GArray *pairs, const GPtrArray *gone, const GPtrArray *come)
{
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = gone->len; i > 0; i--) {
        const struct entry *entry = gone->pdata[i - 1];
        if (entry->id)
            g_hash_table_insert(by_id, (gpointer)entry->id, (gpointer)entry);
    }
    for (guint i = 0; i < come->len; i++) {
        const struct entry *entry = come->pdata[i];
        const struct entry *before = entry->id ? g_hash_table_lookup(by_id, entry->id) : NULL;
        if (before) {
            g_hash_table_remove(by_id, entry->id);
            g_ptr_array_remove((GPtrArray *)gone, (gpointer)before);
        }
        add_pair(pairs, before, entry);
    }
    for (guint i = 0; i < gone->len; i++)
        add_pair(pairs, gone->pdata[i], NULL);
}

/* The files that may differ. same gets the paths of those that do not. */
static GArray *find_pairs(const struct moments *moments, GHashTable *clean, GHashTable *same)
{
    const GArray *then = moments->then->entries, *now = moments->now->entries;
    g_autoptr(GPtrArray) gone = g_ptr_array_new(), come = g_ptr_array_new();
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(struct moments_pair));

    for (guint i = 0, j = 0; i < then->len || j < now->len;) {
        const struct entry *before = i < then->len ? &g_array_index(then, struct entry, i) : NULL;
        const struct entry *after = j < now->len ? &g_array_index(now, struct entry, j) : NULL;
        int order = !before ? 1 : !after ? -1 : strcmp(before->path, after->path);
        if (order == 0) {
            const char *was = object_of(clean, before), *is = object_of(clean, after);
            if (was && is && strcmp(was, is) == 0 && !before->trouble == !after->trouble)
                g_hash_table_add(same, (gpointer)before->path);
            else
                add_pair(pairs, before, after);
        } else {
            g_ptr_array_add(order < 0 ? gone : come, (gpointer)(order < 0 ? before : after));
        }
        i += order <= 0;
        j += order >= 0;
    }
    pair_moved(pairs, gone, come);
    return pairs;
}

/* -- what is known of the work tree -- */

/* The files of the work tree that are as the last commit has them. */
struct clean {
    struct backlog *head; /* the last commit; NULL: there is none */
    GHashTable *objects;  /* path -> 40 digits, strings of head; NULL: not known */
};

static void clean_clear(struct clean *clean)
{
    g_clear_pointer(&clean->objects, g_hash_table_unref);
    backlog_free(clean->head);
}

static gboolean find_clean(const struct policy *policy, struct clean *clean, GError **error)
{
    g_autoptr(Repo) repo = repo_open(policy->root, error);
    gboolean unborn;

    if (!repo || !repo_is_unborn(repo, &unborn, error))
        return FALSE;
    if (unborn)
        return TRUE;
    clean->head = backlog_open(policy, "HEAD", error);
    clean->objects = clean->head ? clean_objects(repo, clean->head, error) : NULL;
    return clean->objects != NULL;
}

/* -- loading -- */

static GHashTable *items_by_path(const struct backlog *backlog)
{
    GHashTable *items = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < backlog->items->len; i++) {
        struct item *item = backlog->items->pdata[i];
        g_hash_table_insert(items, (gpointer)item->path, item);
    }
    return items;
}

/* Takes out of items those of which reading said something: that is to be said of the borrower too. */
static void drop_found(GHashTable *items, const struct backlog *lender)
{
    GHashTableIter iter;
    gpointer item;

    g_hash_table_iter_init(&iter, items);
    while (g_hash_table_iter_next(&iter, NULL, &item))
        if (!((const struct item *)item)->readable)
            g_hash_table_iter_remove(&iter);
    for (guint i = 0; i < lender->findings->len; i++)
        g_hash_table_remove(items, ((const struct finding *)lender->findings->pdata[i])->path);
}

/* Takes what a revision has as the work tree has it from there, which takes a tenth of the time. */
static void lend_work_tree(struct moments *moments, GHashTable *clean)
{
    const GArray *entries = moments->now->entries;
    GHashTable *lent;

    moments->pool = backlog_open(moments->now->policy, NULL, NULL);
    if (!moments->pool)
        return;
    backlog_load(moments->pool);
    lent = moments->lent = items_by_path(moments->pool);
    drop_found(lent, moments->pool);
    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = &g_array_index(entries, struct entry, i);
        const char *object = g_hash_table_lookup(clean, entry->path);
        if (!object || g_strcmp0(object, entry->object) != 0)
            g_hash_table_remove(lent, entry->path);
    }
    backlog_lend(moments->now, lent);
}

/* Loads the later moment, and the earlier one where it differs. */
static void load_both(struct moments *moments, GHashTable *same)
{
    g_autoptr(GHashTable) lent = NULL;
    GHashTableIter iter;
    gpointer path;

    backlog_load(moments->now);
    moments->items_now = items_by_path(moments->now);
    lent = items_by_path(moments->now);
    drop_found(lent, moments->now);
    g_hash_table_iter_init(&iter, lent);
    while (g_hash_table_iter_next(&iter, &path, NULL))
        if (!g_hash_table_contains(same, path))
            g_hash_table_iter_remove(&iter);
    backlog_lend(moments->then, lent);
    backlog_lend_facts(moments->then, moments->now);
    backlog_load(moments->then);
    moments->items_then = items_by_path(moments->then);
}

/* -- */

struct moments *moments_open(const struct policy *policy, const char *before, const char *after,
                             GError **error)
{
    struct backlog *now = backlog_open(policy, after, error);
    return now ? moments_open_with(backlog_open(policy, before, error), now, error) : NULL;
}

struct moments *moments_open_with(struct backlog *then, struct backlog *now, GError **error)
{
    g_autoptr(Moments) moments = g_new0(struct moments, 1);
    g_autoptr(GHashTable) same = g_hash_table_new(g_str_hash, g_str_equal);
    struct clean clean = { 0 };
    gboolean revision = now->revision != NULL, good = TRUE;

    moments->now = now;
    moments->then = then;
    if (!then)
        return NULL;
    if (!then->revision || !revision)
        good = find_clean(now->policy, &clean, error);
    else if (now->entries->len >= MANY)
        find_clean(now->policy, &clean, NULL);
    if (good) {
        moments->pairs = find_pairs(moments, clean.objects, same);
        if (revision && clean.objects)
            lend_work_tree(moments, clean.objects);
        load_both(moments, same);
    }
    clean_clear(&clean);
    return good ? g_steal_pointer(&moments) : NULL;
}

void moments_free(struct moments *moments)
{
    if (!moments)
        return;
    /* What was lent goes last. */
    backlog_free(moments->then);
    backlog_free(moments->now);
    backlog_free(moments->pool);
    g_clear_pointer(&moments->pairs, g_array_unref);
    g_clear_pointer(&moments->items_then, g_hash_table_unref);
    g_clear_pointer(&moments->items_now, g_hash_table_unref);
    g_clear_pointer(&moments->lent, g_hash_table_unref);
    g_free(moments);
}

GPtrArray *moments_changed(const struct moments *moments, gboolean after)
{
    GPtrArray *paths = g_ptr_array_new();
    for (guint i = 0; i < moments->pairs->len; i++) {
        const struct moments_pair *pair = &g_array_index(moments->pairs, struct moments_pair, i);
        const struct entry *entry = after ? pair->after : pair->before;
        if (entry)
            g_ptr_array_add(paths, (gpointer)entry->path);
    }
    g_ptr_array_add(paths, NULL);
    return paths;
}

char *moments_key(const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    char *id = ident_from_file_name(name);
    return id ? id : g_strdup(path);
}
