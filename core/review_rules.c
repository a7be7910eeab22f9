#include "review_private.h"

#include "rules.h"

#include <string.h>

/* -- what is checked -- */

/* The paths, NULL-terminated, of one of the moments' files that differ. */
static GPtrArray *changed_paths(const struct review_run *run, gboolean after)
{
    GPtrArray *paths = g_ptr_array_new();
    for (guint i = 0; i < run->pairs->len; i++) {
        const struct review_pair *pair = &g_array_index(run->pairs, struct review_pair, i);
        const struct entry *entry = after ? pair->after : pair->before;
        if (entry)
            g_ptr_array_add(paths, (gpointer)entry->path);
    }
    g_ptr_array_add(paths, NULL);
    return paths;
}

/* What lies between items, and in the files that differ: what the others hold is the same before and after.
 */
static GPtrArray *check(const struct review_run *run, struct backlog *backlog, gboolean after)
{
    g_autoptr(GPtrArray) paths = changed_paths(run, after);
    const struct rules_options options = { .files = (const char *const *)paths->pdata };
    return rules_check(backlog, &options);
}

/* -- readiness -- */

/* How many errors findings has for each path. */
static GHashTable *count_errors(const GPtrArray *findings)
{
    GHashTable *errors = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (finding->severity < SEVERITY_ERROR)
            continue;
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(errors, finding->path));
        g_hash_table_insert(errors, finding->path, GUINT_TO_POINTER(count + 1));
    }
    return errors;
}

/* Errors in the files themselves of those items that are ready and did not change: they are the same before
 * and after. */
static GPtrArray *check_unchanged(const struct review_run *run)
{
    g_autoptr(GPtrArray) differ = changed_paths(run, TRUE), paths = g_ptr_array_new();
    g_autoptr(GHashTable) changed = g_hash_table_new(g_str_hash, g_str_equal);
    struct backlog *now = run->review->now;

    for (guint i = 0; differ->pdata[i]; i++)
        g_hash_table_add(changed, differ->pdata[i]);
    for (guint i = 0; i < now->items->len; i++) {
        const struct item *item = now->items->pdata[i];
        if (rules_claims_ready(item) && !g_hash_table_contains(changed, item->path))
            g_ptr_array_add(paths, (gpointer)item->path);
    }
    g_ptr_array_add(paths, NULL);
    const struct rules_options options = { .only = (const char *const *)paths->pdata };
    return paths->len > 1 ? rules_check(now, &options) : findings_new();
}

/* Adds the items that claim to be ready and have no error. own are errors that the check of findings has not
 * found. */
static void find_ready(const struct backlog *backlog, const GPtrArray *findings, GHashTable *own,
                       GHashTable *ready)
{
    g_autoptr(GHashTable) errors = count_errors(findings);
    for (guint i = 0; i < backlog->items->len; i++) {
        struct item *item = backlog->items->pdata[i];
        if (rules_claims_ready(item) && !g_hash_table_contains(errors, item->path) &&
            !g_hash_table_contains(own, item->path))
            g_hash_table_add(ready, item);
    }
}

/* Takes out of errors as many as findings has of the same path. */
static void subtract(GHashTable *errors, const GPtrArray *findings)
{
    g_autoptr(GHashTable) known = count_errors(findings);
    GHashTableIter iter;
    gpointer path, count;

    g_hash_table_iter_init(&iter, errors);
    while (g_hash_table_iter_next(&iter, &path, &count))
        if (GPOINTER_TO_UINT(count) <= GPOINTER_TO_UINT(g_hash_table_lookup(known, path)))
            g_hash_table_iter_remove(&iter);
}

static void set_readiness(const struct review *review, GHashTable *ready_then, GHashTable *ready_now)
{
    for (guint i = 0; i < review->items->len; i++) {
        struct review_item *item = review->items->pdata[i];
        gboolean was = item->before && g_hash_table_contains(ready_then, item->before);
        gboolean is = item->after && g_hash_table_contains(ready_now, item->after);
        if (!was && is)
            item->readiness = REVIEW_READINESS_GAINED;
        else if (was && !is && item->after && status_is_open(item->after->status))
            item->readiness = REVIEW_READINESS_LOST;
    }
}

/* -- what is said otherwise -- */

/* A finding, whatever its place. */
static char *finding_key(const struct finding *finding)
{
    g_autofree char *item = review_key(finding->path);
    return g_strjoin("\n", finding->rule, item, finding->message, NULL);
}

static GHashTable *gravest_by_key(const GPtrArray *findings)
{
    GHashTable *gravest = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < findings->len; i++) {
        struct finding *finding = findings->pdata[i];
        char *key = finding_key(finding);
        const struct finding *other = g_hash_table_lookup(gravest, key);
        if (!other || other->severity < finding->severity)
            g_hash_table_insert(gravest, key, finding);
        else
            g_free(key);
    }
    return gravest;
}

/* The findings that other does not have, or not so grave, in order. */
static GPtrArray *news(const GPtrArray *findings, const GPtrArray *others)
{
    g_autoptr(GHashTable) known = gravest_by_key(others);
    GPtrArray *found = g_ptr_array_new();

    for (guint i = 0; i < findings->len; i++) {
        struct finding *finding = findings->pdata[i];
        g_autofree char *key = finding_key(finding);
        const struct finding *other = g_hash_table_lookup(known, key);
        if (!other || other->severity < finding->severity)
            g_ptr_array_add(found, finding);
    }
    return found;
}

/* The item of the review that a finding is about, added where it is only affected; NULL where nobody asked
 * for it, or it is no item. */
static struct review_item *item_for(const struct review_run *run, GHashTable *by_key,
                                    const struct finding *finding)
{
    g_autofree char *key = review_key(finding->path);
    struct review_item *item = g_hash_table_lookup(by_key, key);
    const struct item *before = g_hash_table_lookup(run->then, finding->path);
    const struct item *after = g_hash_table_lookup(run->now, finding->path);

    if (item || !before || !after || !review_is_chosen(run, finding->path))
        return item;
    item = review_item_affected(before, after);
    g_ptr_array_add(run->review->items, item);
    g_hash_table_insert(by_key, g_steal_pointer(&key), item);
    return item;
}

static GHashTable *items_by_key(const struct review *review)
{
    GHashTable *by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < review->items->len; i++) {
        struct review_item *item = review->items->pdata[i];
        g_hash_table_insert(by_key, review_key(item->path), item);
    }
    return by_key;
}

/* What is no longer open is no longer checked: that is no news. */
static gboolean is_open_after(const struct review_item *item)
{
    return item->after && status_is_open(item->after->status);
}

static void share_out(const struct review_run *run)
{
    const struct review *review = run->review;
    g_autoptr(GHashTable) by_key = items_by_key(review);
    g_autoptr(GPtrArray) gained = news(review->findings_now, review->findings_then);
    g_autoptr(GPtrArray) gone = news(review->findings_then, review->findings_now);

    for (guint i = 0; i < gained->len; i++) {
        struct review_item *item = item_for(run, by_key, gained->pdata[i]);
        if (item)
            g_ptr_array_add(item->findings_gained, gained->pdata[i]);
    }
    for (guint i = 0; i < gone->len; i++) {
        struct review_item *item = item_for(run, by_key, gone->pdata[i]);
        if (item && is_open_after(item))
            g_ptr_array_add(item->findings_gone, gone->pdata[i]);
    }
}

void review_judge(struct review_run *run, GHashTable *ready_then, GHashTable *ready_now)
{
    struct review *review = run->review;

    review->findings_now = check(run, review->now, TRUE);
    review->findings_then = check(run, review->then, FALSE);
    g_autoptr(GPtrArray) unchanged = check_unchanged(run);
    g_autoptr(GHashTable) own = count_errors(unchanged);
    subtract(own, review->findings_now);
    find_ready(review->then, review->findings_then, own, ready_then);
    find_ready(review->now, review->findings_now, own, ready_now);
    share_out(run);
    set_readiness(review, ready_then, ready_now);
}
