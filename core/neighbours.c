#include "neighbours.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Words that are told, of those that most neighbours share. */
#define WORDS 6

/* A weight, and its part in a distribution. */
struct part {
    double weight;
    double share;
};

static void free_word(gpointer data)
{
    struct neighbours_word *word = data;
    g_free(word->word);
    g_free(word);
}

void neighbours_free(struct neighbours *neighbours)
{
    if (!neighbours)
        return;
    g_array_unref(neighbours->nearest);
    g_ptr_array_unref(neighbours->finished);
    g_ptr_array_unref(neighbours->words);
    scale_free(neighbours->scale);
    search_found_free(neighbours->found);
    g_free(neighbours);
}

/* -- finished items -- */

static gboolean is_spike(const struct item *item)
{
    return g_strcmp0(item_text(item, FIELD_TYPE), "spike") == 0;
}

static gboolean weigh(const struct policy *policy, const struct item *item, double *weight)
{
    const char *estimate = item_text(item, FIELD_ESTIMATE);
    return estimate && policy_weight(policy, estimate, weight);
}

/* Whether one has the other as parent. */
static gboolean is_family(const struct backlog *backlog, const struct item *one, const struct item *other)
{
    const char *above = item_text(one, FIELD_PARENT), *below = item_text(other, FIELD_PARENT);
    return (above && backlog_named(backlog, above) == other) ||
           (below && backlog_named(backlog, below) == one);
}

static gboolean could_be(const struct backlog *backlog, const struct item *self, const struct item *item)
{
    double weight;
    return item != self && (item->status == STATUS_DONE || item->status == STATUS_RELEASED) &&
           is_spike(item) == is_spike(self) && weigh(backlog->policy, item, &weight) &&
           !is_family(backlog, self, item);
}

static void find_finished(struct neighbours *neighbours, const struct backlog *backlog,
                          const struct item *self)
{
    for (guint i = 0; i < backlog->items->len; i++)
        if (could_be(backlog, self, backlog->items->pdata[i]))
            g_ptr_array_add(neighbours->finished, backlog->items->pdata[i]);
}

static gboolean find_nearest(struct neighbours *neighbours, struct search *search,
                             const struct backlog *backlog, const struct item *self, GError **error)
{
    g_autoptr(GHashTable) among = g_hash_table_new(NULL, NULL);
    const struct search_wish wish = { .among = among, .limit = NEIGHBOURS_NEAREST };

    for (guint i = 0; i < neighbours->finished->len; i++)
        g_hash_table_add(among, neighbours->finished->pdata[i]);
    neighbours->found = search_like_item(search, self, &wish, error);
    if (!neighbours->found)
        return FALSE;
    for (guint i = 0; i < neighbours->found->hits->len; i++) {
        struct neighbour neighbour = { neighbours->found->hits->pdata[i], NULL, 0 };
        neighbour.estimate = item_text(neighbour.hit->item, FIELD_ESTIMATE);
        policy_weight(backlog->policy, neighbour.estimate, &neighbour.weight);
        g_array_append_val(neighbours->nearest, neighbour);
    }
    return TRUE;
}

/* -- words -- */

static int compare_words(gconstpointer a, gconstpointer b)
{
    const struct neighbours_word *one = *(struct neighbours_word *const *)a,
                                 *other = *(struct neighbours_word *const *)b;
    return one->n != other->n ? (one->n < other->n ? 1 : -1) : strcmp(one->word, other->word);
}

static struct neighbours_word *find_word(const GPtrArray *words, const char *text)
{
    for (guint i = 0; i < words->len; i++) {
        struct neighbours_word *word = words->pdata[i];
        if (strcmp(word->word, text) == 0)
            return word;
    }
    return NULL;
}

static void count_words(struct neighbours *neighbours)
{
    GPtrArray *words = neighbours->words;

    for (guint i = 0; i < neighbours->nearest->len; i++) {
        char **shared = g_array_index(neighbours->nearest, struct neighbour, i).hit->shared;
        for (gsize j = 0; shared && shared[j]; j++) {
            g_autofree char *small = g_utf8_strdown(shared[j], -1);
            struct neighbours_word *word = find_word(words, small);
            if (!word) {
                word = g_new0(struct neighbours_word, 1);
                word->word = g_steal_pointer(&small);
                g_ptr_array_add(words, word);
            }
            word->n++;
        }
    }
    g_ptr_array_sort(words, compare_words);
    while (words->len > WORDS ||
           (words->len && ((struct neighbours_word *)words->pdata[words->len - 1])->n < 2))
        g_ptr_array_set_size(words, (gint)words->len - 1);
}

/* -- distributions -- */

static int compare_parts(gconstpointer a, gconstpointer b)
{
    const struct part *one = a, *other = b;
    return one->weight < other->weight ? -1 : one->weight > other->weight;
}

/* Adds the weights of the neighbours, or of all finished items, each with that share. */
static void add_near(GArray *parts, const struct neighbours *neighbours, double share)
{
    for (guint i = 0; i < neighbours->nearest->len; i++) {
        struct part part = { g_array_index(neighbours->nearest, struct neighbour, i).weight, share };
        g_array_append_val(parts, part);
    }
}

static void add_all(GArray *parts, const struct neighbours *neighbours, const struct policy *policy,
                    double share)
{
    for (guint i = 0; i < neighbours->finished->len; i++) {
        struct part part = { 0, share };
        weigh(policy, neighbours->finished->pdata[i], &part.weight);
        g_array_append_val(parts, part);
    }
}

static double total(const GArray *parts)
{
    double sum = 0;
    for (guint i = 0; i < parts->len; i++)
        sum += g_array_index(parts, struct part, i).share;
    return sum;
}

/* The smallest weight that such a portion of the distribution, which is sorted, does not pass. */
static double quantile(const GArray *parts, double portion)
{
    double aim = total(parts) * portion - 1e-9, sum = 0;

    for (guint i = 0; i < parts->len; i++) {
        sum += g_array_index(parts, struct part, i).share;
        if (sum >= aim)
            return g_array_index(parts, struct part, i).weight;
    }
    return 0;
}

/* How far a guess is from the distribution on average. */
static double mean_error(const GArray *parts, double guess)
{
    double sum = 0;

    for (guint i = 0; i < parts->len; i++) {
        const struct part *part = &g_array_index(parts, struct part, i);
        sum += part->share * fabs(part->weight - guess);
    }
    return sum / total(parts);
}

/* Of parts that have the same share. */
static struct neighbours_spread spread_of(GArray *parts)
{
    struct neighbours_spread spread = { .n = parts->len };

    if (!parts->len)
        return spread;
    g_array_sort(parts, compare_parts);
    spread.low = quantile(parts, 0.1);
    spread.high = quantile(parts, 0.9);
    spread.median = (g_array_index(parts, struct part, (parts->len - 1) / 2).weight +
                     g_array_index(parts, struct part, parts->len / 2).weight) /
                    2;
    return spread;
}

static void measure(struct neighbours *neighbours, const struct policy *policy)
{
    g_autoptr(GArray) near = g_array_new(FALSE, FALSE, sizeof(struct part));
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct part));

    add_near(near, neighbours, 1);
    add_all(all, neighbours, policy, 1);
    neighbours->near = spread_of(near);
    neighbours->all = spread_of(all);
}

/* -- the suggestion -- */

static void suggest(struct neighbours *neighbours, const struct policy *policy)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(struct part));
    const struct scale *scale = neighbours->scale;

    if (neighbours->all.n < NEIGHBOURS_FINISHED || !scale->n)
        return;
    const struct scale_step *usual = scale_nearest(scale, neighbours->all.median);
    add_all(parts, neighbours, policy, 1.0 / neighbours->all.n);
    neighbours->suggested = usual;
    neighbours->source = NEIGHBOURS_STRANGER;
    if (neighbours->near.n >= NEIGHBOURS_ALIKE) {
        add_near(parts, neighbours, 1.0 / MAX(neighbours->near.n, NEIGHBOURS_FEW));
        g_array_sort(parts, compare_parts);
        const struct scale_step *both = scale_nearest(scale, quantile(parts, 0.5));
        gboolean better =
            mean_error(parts, both->weight) <= (1 - NEIGHBOURS_GAIN) * mean_error(parts, usual->weight);
        neighbours->source = both != usual && better                                  ? NEIGHBOURS_DIFFER
                             : scale_nearest(scale, neighbours->near.median) == usual ? NEIGHBOURS_CONFIRM
                                                                                      : NEIGHBOURS_DISAGREE;
        if (neighbours->source == NEIGHBOURS_DIFFER)
            neighbours->suggested = both;
    }
    neighbours->off = mean_error(parts, neighbours->suggested->weight);
}

struct neighbours *neighbours_find(struct backlog *backlog, struct search *search, const struct item *item,
                                   GError **error)
{
    g_autoptr(Neighbours) neighbours = g_new0(struct neighbours, 1);

    neighbours->nearest = g_array_new(FALSE, FALSE, sizeof(struct neighbour));
    neighbours->finished = g_ptr_array_new();
    neighbours->words = g_ptr_array_new_with_free_func(free_word);
    neighbours->scale = scale_new(backlog->policy);
    find_finished(neighbours, backlog, item);
    if (!find_nearest(neighbours, search, backlog, item, error))
        return NULL;
    measure(neighbours, backlog->policy);
    count_words(neighbours);
    suggest(neighbours, backlog->policy);
    return g_steal_pointer(&neighbours);
}

const char *neighbours_source_name(enum neighbours_source source)
{
    static const char *const names[] = { "too-few", "stranger", "disagree", "confirm", "differ" };
    return names[source];
}

gboolean neighbours_is_outlier(const struct neighbours *neighbours, double weight)
{
    return neighbours->near.n >= NEIGHBOURS_ALIKE &&
           (weight < neighbours->near.low || weight > neighbours->near.high);
}
