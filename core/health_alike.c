#include "health_private.h"

#include "facts.h"
#include "search.h"

#include <string.h>

/* Items from which on a share of them means something. */
#define ENOUGH 10

/* The share of estimates of one value from which on they tell nothing apart. */
#define MOST 0.8

/* The share of titles and wishes that say how from which on it is a habit. */
#define HABIT 0.3

/* Items that are compared with all others: those near the top. */
#define COMPARED 40

/* Likeness, and words in common, from which on two items may well be one: of two short titles with one word
 * in common each is half of the other. */
#define ALIKE 0.5
#define COMMON 3

/* -- estimates -- */

static void check_estimates(struct health_run *run)
{
    g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
    guint all = 0, most = 0;
    const char *value = NULL;

    for (guint i = 0; i < run->backlog->items->len; i++) {
        const struct item *item = run->backlog->items->pdata[i];
        const char *estimate = item->position ? item_text(item, FIELD_ESTIMATE) : NULL;
        if (!estimate)
            continue;
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, estimate)) + 1;
        g_hash_table_insert(counts, (gpointer)estimate, GUINT_TO_POINTER(count));
        value = count > most ? estimate : value;
        most = MAX(most, count);
        all++;
    }
    if (all >= ENOUGH && most >= MOST * all)
        health_report(run, "estimate-theatre", NULL, "estimate",
                      "compare items with each other, or stop estimating and count them",
                      "%u of %u estimates are %s: they tell no item from another", most, all, value);
}

/* -- how, in place of what -- */

static gboolean says_how(struct health_run *run, const struct item *item)
{
    const struct facts *facts = backlog_facts(run->backlog, item);

    for (guint i = 0; facts && i < facts->findings->len; i++)
        if (strcmp(((const struct finding *)facts->findings->pdata[i])->rule, "solution-in-story") == 0)
            return TRUE;
    return FALSE;
}

/* Of the open items that say when they were made, those of the time looked at against the earlier ones. */
static void check_solutions(struct health_run *run)
{
    g_autoptr(GDateTime) since = g_date_time_add_days(run->now, -(gint)run->days);
    g_autofree char *day = g_date_time_format(since, "%Y-%m-%d");
    g_autoptr(GPtrArray) recent = g_ptr_array_new();
    guint n[2] = { 0, 0 }, how[2] = { 0, 0 };

    for (guint i = 0; i < run->backlog->items->len; i++) {
        struct item *item = run->backlog->items->pdata[i];
        const char *made = item->position ? item_text(item, FIELD_CREATED) : NULL;
        if (!made)
            continue;
        gboolean late = strcmp(made, day) >= 0, says = says_how(run, item);
        n[late]++;
        how[late] += says;
        if (late && says)
            g_ptr_array_add(recent, item);
    }
    gboolean more = n[0] < ENOUGH || (double)how[1] * n[0] > 1.5 * how[0] * n[1];
    if (n[1] < ENOUGH || how[1] < HABIT * n[1] || !more)
        return;
    g_autofree char *which = health_names(recent);
    health_report(run, "solution-trend", recent->pdata[0], NULL,
                  "ask who wants it and what for; refine explain solution-in-story",
                  "%u of the %u items of the last %u days say how and not what, before that %u of %u: %s",
                  how[1], n[1], run->days, how[0], n[0], which);
}

/* -- two that may be one -- */

/* Adds the pairs in which the item is the first, by the order of the backlog, as a sentence has them. */
static guint add_pairs(struct search *search, const struct item *item, GString *pairs, GError **error)
{
    const struct search_wish wish = { .open_only = TRUE, .limit = 3 };
    g_autoptr(SearchFound) found = search_like_item(search, item, &wish, error);
    guint count = 0;

    for (guint i = 0; found && i < found->hits->len; i++) {
        const struct search_hit *hit = found->hits->pdata[i];
        if (hit->relation != SEARCH_UNRELATED || hit->likeness < ALIKE ||
            g_strv_length(hit->shared) < COMMON ||
            (hit->item->position && hit->item->position < item->position))
            continue;
        count++;
        g_string_append_printf(pairs, "%s%s and %s (%d%%)", pairs->len ? ", " : "",
                               item->id ? item->id : item->path,
                               hit->item->id ? hit->item->id : hit->item->path, (int)(100 * hit->likeness));
    }
    return count;
}

static gboolean check_twins(struct health_run *run, GError **error)
{
    g_autoptr(GString) pairs = g_string_new(NULL);
    g_autoptr(Search) search = NULL;
    const struct item *first = NULL;
    g_autoptr(GError) cause = NULL;
    guint count = 0;

    if (run->horizon->open.items < 2)
        return TRUE;
    search = search_open(run->backlog, error);
    if (!search)
        return FALSE;
    for (guint i = 0; i < run->backlog->items->len && count < HEALTH_NAMED; i++) {
        const struct item *item = run->backlog->items->pdata[i];
        if (!item->position || item->position > COMPARED)
            continue;
        guint more = add_pairs(search, item, pairs, &cause);
        /* An item without a word of its own is like no other. */
        if (g_error_matches(cause, SEARCH_ERROR, SEARCH_ERROR_WORDS))
            g_clear_error(&cause);
        if (cause) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return FALSE;
        }
        first = more && !first ? item : first;
        count += more;
    }
    if (count)
        health_report(run, "likely-duplicate", first, NULL,
                      count == 1
                          ? "read both; refine duplicate ID --of ID closes one and keeps what was asked"
                          : "read each pair; refine duplicate ID --of ID closes one and keeps what was "
                            "asked",
                      "%s may ask for the same: %s", count == 1 ? "two items" : "some items", pairs->str);
    return TRUE;
}

gboolean health_check_alike(struct health_run *run, GError **error)
{
    check_estimates(run);
    check_solutions(run);
    return check_twins(run, error);
}
