#include "review_private.h"

void review_free(struct review *review)
{
    if (!review)
        return;
    g_ptr_array_unref(review->items);
    g_clear_pointer(&review->sum.entered, g_ptr_array_unref);
    g_clear_pointer(&review->sum.left, g_ptr_array_unref);
    g_clear_pointer(&review->findings_then, g_ptr_array_unref);
    g_clear_pointer(&review->findings_now, g_ptr_array_unref);
    moments_free(review->moments);
    g_free(review->base);
    g_free(review);
}

gboolean review_is_empty(const struct review *review)
{
    return review->items->len == 0;
}

/* -- what was asked for -- */

gboolean review_is_chosen(const struct review_run *run, const char *path)
{
    g_autofree char *key = run->chosen ? moments_key(path) : NULL;
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
        g_hash_table_add(chosen, moments_key(entry->path));
    }
    return g_steal_pointer(&chosen);
}

/* -- */

static void tell_all(struct review_run *run)
{
    const GArray *pairs = run->review->moments->pairs;

    for (guint i = 0; i < pairs->len; i++) {
        const struct moments_pair *pair = &g_array_index(pairs, struct moments_pair, i);
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
    g_autoptr(GHashTable) chosen = NULL;
    struct review_run run = { .review = review, .policy = policy };

    review->items = g_ptr_array_new_with_free_func(review_item_free);
    if (!review_open(&run, range, error) || (words && !(chosen = run.chosen = choose(review, words, error))))
        return NULL;
    review->chosen = chosen != NULL;
    fill(&run);
    return g_steal_pointer(&review);
}
