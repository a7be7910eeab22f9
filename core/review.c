#include "review_private.h"

#include "ident.h"

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
    backlog_free(review->pool);
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

struct review *review_new(const struct policy *policy, const struct review_range *range,
                          const char *const *words, GError **error)
{
    g_autoptr(Review) review = g_new0(struct review, 1);
    g_autoptr(GHashTable) chosen = NULL, then = NULL, now = NULL, lent = NULL;
    g_autoptr(GArray) pairs = NULL;
    struct review_run run = { .review = review, .policy = policy };

    review->items = g_ptr_array_new_with_free_func(review_item_free);
    gboolean good = review_open(&run, range, error);
    pairs = run.pairs;
    then = run.then;
    now = run.now;
    lent = run.lent;
    if (!good || (words && !(chosen = run.chosen = choose(review, words, error))))
        return NULL;
    review->chosen = chosen != NULL;
    fill(&run);
    return g_steal_pointer(&review);
}
