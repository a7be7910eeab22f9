#include "review_private.h"

#include "repo_revision.h"
#include "repo_status.h"

#include <string.h>

/* Entries from which on it pays to take from the work tree, which the index knows, what a revision has alike.
 */
#define MANY 256

/* -- the two moments -- */

/* The revision that before stands for, newly allocated; NULL without error is the work tree. */
static char *find_before(struct review *review, const struct policy *policy, const struct review_range *range,
                         GError **error)
{
    if (!range->before || strcmp(range->before, ":") == 0)
        return g_strdup(range->before);
    g_autoptr(Repo) repo = repo_open(policy->root, error);
    if (!repo)
        return NULL;
    if (range->since_base)
        review->base = repo_merge_base(repo, range->before, range->after ? range->after : "HEAD", error);
    if (range->since_base)
        return g_strdup(review->base);
    gboolean unborn = FALSE;
    if (strcmp(range->before, "HEAD") == 0 && !repo_is_unborn(repo, &unborn, error))
        return NULL;
    return g_strdup(unborn ? REPO_EMPTY_TREE : range->before);
}

static gboolean open_both(struct review *review, const struct policy *policy,
                          const struct review_range *range, GError **error)
{
    GError *trouble = NULL;
    g_autofree char *before = find_before(review, policy, range, &trouble);

    if (trouble) {
        g_propagate_error(error, trouble);
        return FALSE;
    }
    review->then = backlog_open(policy, before, error);
    review->now = review->then ? backlog_open(policy, range->after, error) : NULL;
    return review->now != NULL;
}

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
    struct review_pair pair = { before, after };
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
static GArray *find_pairs(const struct review *review, GHashTable *clean, GHashTable *same)
{
    const GArray *then = review->then->entries, *now = review->now->entries;
    g_autoptr(GPtrArray) gone = g_ptr_array_new(), come = g_ptr_array_new();
    GArray *pairs = g_array_new(FALSE, FALSE, sizeof(struct review_pair));

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
static void lend_work_tree(struct review_run *run, GHashTable *clean)
{
    struct review *review = run->review;
    const GArray *entries = review->now->entries;
    GHashTable *lent;

    review->pool = backlog_open(review->now->policy, NULL, NULL);
    if (!review->pool)
        return;
    backlog_load(review->pool);
    lent = run->lent = items_by_path(review->pool);
    drop_found(lent, review->pool);
    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = &g_array_index(entries, struct entry, i);
        const char *object = g_hash_table_lookup(clean, entry->path);
        if (!object || g_strcmp0(object, entry->object) != 0)
            g_hash_table_remove(lent, entry->path);
    }
    backlog_lend(review->now, lent);
}

/* Loads the later moment, and the earlier one where it differs. */
static void load_both(struct review_run *run, GHashTable *same)
{
    struct review *review = run->review;
    g_autoptr(GHashTable) lent = NULL;
    GHashTableIter iter;
    gpointer path;

    backlog_load(review->now);
    run->now = items_by_path(review->now);
    lent = items_by_path(review->now);
    drop_found(lent, review->now);
    g_hash_table_iter_init(&iter, lent);
    while (g_hash_table_iter_next(&iter, &path, NULL))
        if (!g_hash_table_contains(same, path))
            g_hash_table_iter_remove(&iter);
    backlog_lend(review->then, lent);
    backlog_load(review->then);
    run->then = items_by_path(review->then);
}

gboolean review_open(struct review_run *run, const struct review_range *range, GError **error)
{
    struct review *review = run->review;
    g_autoptr(GHashTable) same = g_hash_table_new(g_str_hash, g_str_equal);
    struct clean clean = { 0 };
    gboolean good = open_both(review, run->policy, range, error);

    if (good && (!range->before || !range->after))
        good = find_clean(run->policy, &clean, error);
    else if (good && review->now->entries->len >= MANY)
        find_clean(run->policy, &clean, NULL);
    if (good) {
        run->pairs = find_pairs(review, clean.objects, same);
        if (range->after && clean.objects)
            lend_work_tree(run, clean.objects);
        load_both(run, same);
    }
    clean_clear(&clean);
    return good;
}
