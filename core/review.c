#include "review_private.h"

#include "ident.h"
#include "repo_revision.h"
#include "repo_status.h"

#include <string.h>

void review_free(struct review *review)
{
    if (!review)
        return;
    g_ptr_array_unref(review->items);
    g_clear_pointer(&review->sum.entered, g_ptr_array_unref);
    g_clear_pointer(&review->sum.left, g_ptr_array_unref);
    g_clear_pointer(&review->findings_then, g_ptr_array_unref);
    g_clear_pointer(&review->findings_now, g_ptr_array_unref);
    /* What was lent goes last. */
    backlog_free(review->then);
    backlog_free(review->now);
    g_free(review->base);
    g_free(review);
}

gboolean review_is_empty(const struct review *review)
{
    return review->items->len == 0;
}

char *review_key(const char *path)
{
    g_autofree char *name = g_path_get_basename(path);
    char *id = ident_from_file_name(name);
    return id ? id : g_strdup(path);
}

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
    gboolean nothing = strcmp(range->before, "HEAD") == 0 && repo_is_unborn(repo);
    return g_strdup(nothing ? REPO_EMPTY_TREE : range->before);
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
static GHashTable *clean_objects(const struct backlog *head, GError **error)
{
    const struct policy *policy = head->policy;
    g_autoptr(Repo) repo = repo_open(policy->root, error);
    g_autofree char *prefix = repo ? repo_relative(repo, policy->root, "", error) : NULL;
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

/* Loads the later moment, and the earlier one where it differs. */
static void load_both(struct review_run *run, GHashTable *same)
{
    struct review *review = run->review;
    g_autoptr(GHashTable) lent = g_hash_table_new(g_str_hash, g_str_equal);

    backlog_load(review->now);
    for (guint i = 0; i < review->now->items->len; i++) {
        struct item *item = review->now->items->pdata[i];
        if (item->readable && g_hash_table_contains(same, item->path))
            g_hash_table_insert(lent, (gpointer)item->path, item);
    }
    for (guint i = 0; i < review->now->findings->len; i++)
        g_hash_table_remove(lent, ((struct finding *)review->now->findings->pdata[i])->path);
    backlog_lend(review->then, lent);
    backlog_load(review->then);
    run->now = items_by_path(review->now);
    run->then = items_by_path(review->then);
}

/* -- what was asked for -- */

gboolean review_is_chosen(const struct review_run *run, const char *path)
{
    g_autofree char *key = run->chosen ? review_key(path) : NULL;
    return !run->chosen || g_hash_table_contains(run->chosen, key);
}

/* What the words name, in the later moment or else in the earlier one. */
static GHashTable *choose(struct review *review, const char *const *words, GError **error)
{
    g_autoptr(GHashTable) chosen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (gsize i = 0; words[i]; i++) {
        g_autoptr(GError) cause = NULL;
        const struct entry *entry = backlog_find(review->now, words[i], &cause);
        if (!entry && g_error_matches(cause, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM))
            entry = backlog_find(review->then, words[i], NULL);
        if (!entry) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return NULL;
        }
        g_hash_table_add(chosen, review_key(entry->path));
    }
    return g_steal_pointer(&chosen);
}

/* -- */

static void tell_all(struct review_run *run)
{
    for (guint i = 0; i < run->pairs->len; i++) {
        const struct review_pair *pair = &g_array_index(run->pairs, struct review_pair, i);
        if (!review_is_chosen(run, (pair->after ? pair->after : pair->before)->path))
            continue;
        struct review_item *item = review_item_tell(run, pair);
        if (item)
            g_ptr_array_add(run->review->items, item);
    }
}

static void fill(struct review_run *run)
{
    g_autoptr(GHashTable) ready_then = g_hash_table_new(NULL, NULL), ready_now = g_hash_table_new(NULL, NULL);

    tell_all(run);
    review_place(run->review);
    review_judge(run, ready_then, ready_now);
    review_item_relate(run->review);
    review_sort(run->review);
    review_add_up(run->review, ready_then, ready_now);
}

/* The objects of clean files where one of the moments is the work tree; *head, which has their strings, is
 * then the caller's. FALSE on error. */
static gboolean find_clean(const struct policy *policy, const struct review_range *range,
                           struct backlog **head, GHashTable **clean, GError **error)
{
    if (range->before && range->after)
        return TRUE;
    g_autoptr(Repo) repo = repo_open(policy->root, error);
    if (!repo)
        return FALSE;
    if (repo_is_unborn(repo))
        return TRUE;
    *head = backlog_open(policy, "HEAD", error);
    *clean = *head ? clean_objects(*head, error) : NULL;
    return *clean != NULL;
}

struct review *review_new(const struct policy *policy, const struct review_range *range,
                          const char *const *words, GError **error)
{
    g_autoptr(Review) review = g_new0(struct review, 1);
    g_autoptr(Backlog) head = NULL;
    g_autoptr(GHashTable) clean = NULL, chosen = NULL, then = NULL, now = NULL;
    g_autoptr(GHashTable) same = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) pairs = NULL;

    review->items = g_ptr_array_new_with_free_func(review_item_free);
    if (!open_both(review, policy, range, error) || !find_clean(policy, range, &head, &clean, error))
        return NULL;
    pairs = find_pairs(review, clean, same);
    struct review_run run = { .review = review, .policy = policy, .pairs = pairs };
    load_both(&run, same);
    then = run.then;
    now = run.now;
    if (words && !(chosen = run.chosen = choose(review, words, error)))
        return NULL;
    review->chosen = chosen != NULL;
    fill(&run);
    return g_steal_pointer(&review);
}
