#include "order_private.h"

#include "rank.h"

#include <string.h>

/* -- what stays -- */

/* The best chains of kept things by their last one; weights are sums. */
struct chains {
    const guint *keys;
    guint n;
    guint64 *best;  /* of the chain that ends with a thing */
    guint *before;  /* the thing before it in that chain, plus 1; 0: it is the first */
    guint *highest; /* a Fenwick tree over keys: the best last thing, plus 1, of the keys of a node */
};

/* Of two things, plus 1, where 0 is none, the better end of a chain: of equals that of the lower key. */
static guint better(const struct chains *chains, guint a, guint b)
{
    if (!a || !b)
        return a ? a : b;
    if (chains->best[a - 1] != chains->best[b - 1])
        return chains->best[a - 1] > chains->best[b - 1] ? a : b;
    return chains->keys[a - 1] <= chains->keys[b - 1] ? a : b;
}

/* The best end, plus 1, among keys below limit. */
static guint find_below(const struct chains *chains, guint limit)
{
    guint found = 0;
    for (guint node = limit; node > 0; node &= node - 1)
        found = better(chains, found, chains->highest[node]);
    return found;
}

static void add_end(struct chains *chains, guint thing)
{
    for (guint node = chains->keys[thing] + 1; node <= chains->n; node += node & (~node + 1))
        chains->highest[node] = better(chains, chains->highest[node], thing + 1);
}

/* The longest increasing subsequence by a Fenwick tree of prefix maxima (Fredman, "On computing the length of
 * longest increasing subsequences", 1975, has the order of growth), by weight. */
gboolean *order_keep(const guint *keys, const gboolean *follows, const guint *weights, guint n)
{
    g_autofree guint64 *best = g_new0(guint64, n + 1);
    g_autofree guint *before = g_new0(guint, n + 1), *highest = g_new0(guint, n + 2);
    struct chains chains = { keys, n, best, before, highest };
    gboolean *kept = g_new0(gboolean, n + 1);
    guint last = 0;

    for (guint i = 0; i < n; i++) {
        if (!weights[i])
            continue;
        guint below = find_below(&chains, keys[i]);
        gboolean joins = i > 0 && weights[i - 1] && follows && follows[i];
        before[i] = joins && (!below || best[i - 1] >= best[below - 1]) ? i : below;
        best[i] = weights[i] + (before[i] ? best[before[i] - 1] : 0);
        add_end(&chains, i);
    }
    for (last = find_below(&chains, n); last; last = before[last - 1])
        kept[last - 1] = TRUE;
    return kept;
}

/* -- ranks -- */

static const struct item *item_at(const GPtrArray *items, guint i)
{
    return items->pdata[i];
}

static gint compare_ranks(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sets keys[i] to which of the different ranks of the first n items that of item i is, in their order. */
static void number_ranks(const GPtrArray *items, guint n, guint *keys)
{
    g_autoptr(GPtrArray) ranks = g_ptr_array_new();
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < n; i++)
        if (item_at(items, i)->rank)
            g_ptr_array_add(ranks, (gpointer)item_at(items, i)->rank);
    g_ptr_array_sort(ranks, compare_ranks);
    for (guint i = 0; i < ranks->len; i++)
        if (!g_hash_table_contains(numbers, ranks->pdata[i]))
            g_hash_table_insert(numbers, ranks->pdata[i], GUINT_TO_POINTER(g_hash_table_size(numbers)));
    for (guint i = 0; i < n; i++)
        if (item_at(items, i)->rank)
            keys[i] = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, item_at(items, i)->rank));
}

/* Which of the first n items, all of which must have a rank, keep theirs. */
static gboolean *keep_ranks(const GPtrArray *items, const guint *weights, guint n)
{
    g_autofree guint *keys = g_new0(guint, n + 1), *own = g_new0(guint, n + 1);
    g_autofree gboolean *follows = g_new0(gboolean, n + 1);

    number_ranks(items, n, keys);
    for (guint i = 0; i < n; i++) {
        own[i] = !item_at(items, i)->rank ? 0 : weights ? weights[i] : 1;
        follows[i] = i > 0 && own[i] && own[i - 1] && keys[i] == keys[i - 1] &&
                     item_compare(item_at(items, i - 1), item_at(items, i)) < 0;
    }
    return order_keep(keys, follows, own, n);
}

/* How many items, of all but those at the end that stay without a rank, must have one. */
static guint count_ranked(const GPtrArray *items, guint many)
{
    guint n = items->len;
    while (n > many && !item_at(items, n - 1)->rank &&
           (n == items->len || item_compare(item_at(items, n - 1), item_at(items, n)) < 0))
        n--;
    return n;
}

GPtrArray *order_ranks(struct random *random, const GPtrArray *items, const guint *weights, guint many)
{
    GPtrArray *ranks = g_ptr_array_new_full(items->len, g_free);
    guint n = count_ranked(items, many);
    g_autofree gboolean *kept = keep_ranks(items, weights, n);

    g_ptr_array_set_size(ranks, (gint)items->len);
    for (guint start = 0, end; start < n; start = end + 1) {
        for (end = start; end < n && !kept[end];)
            end++;
        const char *low = start > 0 ? item_at(items, start - 1)->rank : NULL;
        const char *high = end < n ? item_at(items, end)->rank : NULL;
        if (end == start + 1)
            ranks->pdata[start] = rank_between(random, low, high);
        if (end <= start + 1)
            continue;
        g_autoptr(GPtrArray) run = rank_spread(random, low, high, end - start);
        for (guint i = start; i < end; i++)
            ranks->pdata[i] = g_steal_pointer(&run->pdata[i - start]);
    }
    return ranks;
}

/* -- drafts -- */

static struct draft *open_item(struct backlog *backlog, const struct item *item, const char *rank,
                               GError **error)
{
    g_autoptr(Draft) draft = draft_open(backlog, backlog_entry(backlog, item->path), error);
    if (!draft || (rank && !draft_place(draft, rank, error)))
        return NULL;
    return g_steal_pointer(&draft);
}

/* Adds drafts of the items that get a rank, but for those of a set (NULL: none). */
static gboolean add_drafts(struct backlog *backlog, const GPtrArray *items, const GPtrArray *ranks,
                           GHashTable *but, GPtrArray *drafts, GError **error)
{
    for (guint i = 0; i < items->len; i++) {
        if (!ranks->pdata[i] || (but && g_hash_table_contains(but, items->pdata[i])))
            continue;
        struct draft *draft = open_item(backlog, items->pdata[i], ranks->pdata[i], error);
        if (!draft)
            return FALSE;
        g_ptr_array_add(drafts, draft);
    }
    return TRUE;
}

GPtrArray *order_drafts(struct backlog *backlog, const GPtrArray *items, GError **error)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    g_autoptr(Random) random = random_new();
    g_autoptr(GPtrArray) ranks = order_ranks(random, items, NULL, 0);

    return add_drafts(backlog, items, ranks, NULL, drafts, error) ? g_steal_pointer(&drafts) : NULL;
}

/* -- a block of items -- */

/* The item by which the place is told; NULL for an end, or with an error. */
static const struct item *find_anchor(struct backlog *backlog, GHashTable *block, const char *where,
                                      GError **error)
{
    const char *colon = strchr(where, ':');
    const struct entry *entry = colon ? backlog_find(backlog, colon + 1, error) : NULL;
    const struct item *item = entry ? backlog_at(backlog, entry->path) : NULL;

    if (!entry)
        return NULL;
    if (item && g_hash_table_contains(block, item)) {
        draft_refuse(error, "an item cannot stand before or after itself");
        return NULL;
    }
    if (item && item->rank)
        return item;
    g_autofree char *path = policy_display(backlog->policy, entry->path);
    draft_refuse(error, "%s has no rank to go by; give it one first", entry->id ? entry->id : path);
    return NULL;
}

/* How many of others stand before the place. */
static guint find_place(const GPtrArray *others, const struct item *anchor, const char *where)
{
    guint index = 0;

    if (anchor) {
        while (others->pdata[index] != anchor)
            index++;
        return index + g_str_has_prefix(where, "after:");
    }
    while (strcmp(where, "top") != 0 && index < others->len && item_at(others, index)->rank)
        index++;
    return index;
}

/* The items of entries, each once; block gets the set of them. */
static GPtrArray *find_items(struct backlog *backlog, const GPtrArray *entries, GHashTable *block,
                             GError **error)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = entries->pdata[i];
        const struct item *item = backlog_at(backlog, entry->path);
        if (!item) {
            g_autofree char *path = policy_display(backlog->policy, entry->path);
            draft_refuse(error, "%s is no item: it has no front matter", path);
            return NULL;
        }
        if (g_hash_table_add(block, (gpointer)item))
            g_ptr_array_add(items, (gpointer)item);
    }
    return g_steal_pointer(&items);
}

/* Where others could make room for the block, and the block for the others, the block moves. */
static GPtrArray *rank_block(const GPtrArray *items, GHashTable *block, guint many)
{
    g_autoptr(Random) random = random_new();
    g_autofree guint *weights = g_new(guint, items->len + 1);

    for (guint i = 0; i < items->len; i++)
        weights[i] = g_hash_table_contains(block, items->pdata[i]) ? 1 : items->len + 1;
    return order_ranks(random, items, weights, many);
}

GPtrArray *order_place(struct backlog *backlog, const GPtrArray *entries, const char *where, GError **error)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    g_autoptr(GPtrArray) wanted = g_ptr_array_new();
    g_autoptr(GHashTable) block = g_hash_table_new(NULL, NULL);

    backlog_load(backlog);
    g_autoptr(GPtrArray) items = find_items(backlog, entries, block, error);
    const struct item *anchor = items ? find_anchor(backlog, block, where, error) : NULL;
    if (!items || (strchr(where, ':') && !anchor))
        return NULL;
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = item_at(backlog->items, i);
        if ((item->position || item == anchor) && !g_hash_table_contains(block, item))
            g_ptr_array_add(wanted, (gpointer)item);
    }
    guint index = find_place(wanted, anchor, where);
    for (guint i = 0; i < items->len; i++)
        g_ptr_array_insert(wanted, (gint)(index + i), items->pdata[i]);

    g_autoptr(GPtrArray) ranks = rank_block(wanted, block, index + items->len);
    for (guint i = 0; i < items->len; i++) {
        struct draft *draft = open_item(backlog, items->pdata[i], ranks->pdata[index + i], error);
        if (!draft)
            return NULL;
        g_ptr_array_add(drafts, draft);
    }
    return add_drafts(backlog, wanted, ranks, block, drafts, error) ? g_steal_pointer(&drafts) : NULL;
}
