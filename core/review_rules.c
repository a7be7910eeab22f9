#include "review_private.h"

#include "rules.h"

#include <string.h>

/* -- what is checked -- */

/* What lies between items, and in the files that differ: what the others hold is the same before and after.
 */
static GPtrArray *check(const struct review_run *run, struct backlog *backlog, gboolean after)
{
    g_autoptr(GPtrArray) paths = moments_changed(run->review->moments, after);
    const struct rules_options options = { .files = (const char *const *)paths->pdata };
    GPtrArray *findings = rules_check(backlog, &options);

    /* Of an item that nobody says is ready, what it lacks is no news. */
    for (guint i = findings->len; i-- > 0;)
        if (((const struct finding *)findings->pdata[i])->advice)
            g_ptr_array_remove_index(findings, i);
    return findings;
}

/* -- readiness -- */

/* Adds the paths of which findings has errors. */
static void add_erroneous(GHashTable *paths, const GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (finding_blocks(finding))
            g_hash_table_add(paths, g_strdup(finding->path));
    }
}

static void add_own(struct backlog *backlog, GPtrArray *paths, GHashTable *own)
{
    g_ptr_array_add(paths, NULL);
    const struct rules_options options = { .only = (const char *const *)paths->pdata, .alone = TRUE };
    g_autoptr(GPtrArray) findings = paths->len > 1 ? rules_check(backlog, &options) : findings_new();

    add_erroneous(own, findings);
}

/* The paths of items that are ready and did not change, but have an error in the file itself: before and
 * after. What the work tree has alike is looked up there, which the index knows. */
static GHashTable *check_unchanged(const struct review_run *run)
{
    g_autoptr(GPtrArray) differ = moments_changed(run->review->moments, TRUE), lent = g_ptr_array_new(),
                         paths = g_ptr_array_new();
    g_autoptr(GHashTable) changed = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTable *own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const struct review *review = run->review;
    GHashTable *lent_paths = review->moments->lent;

    for (guint i = 0; differ->pdata[i]; i++)
        g_hash_table_add(changed, differ->pdata[i]);
    for (guint i = 0; i < review->now->items->len; i++) {
        const struct item *item = review->now->items->pdata[i];
        gboolean there = lent_paths && g_hash_table_contains(lent_paths, item->path);
        if (rules_claims_ready(item) && !g_hash_table_contains(changed, item->path))
            g_ptr_array_add(there ? lent : paths, (gpointer)item->path);
    }
    add_own(review->now, paths, own);
    if (review->moments->pool)
        add_own(review->moments->pool, lent, own);
    return own;
}

/* Adds the items that claim to be ready and have no error: in findings, or among the paths of own, which were
 * not checked for them. */
static void find_ready(const struct backlog *backlog, const GPtrArray *findings, GHashTable *own,
                       GHashTable *ready)
{
    g_autoptr(GHashTable) errors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    add_erroneous(errors, findings);
    for (guint i = 0; i < backlog->items->len; i++) {
        struct item *item = backlog->items->pdata[i];
        if (rules_claims_ready(item) && !g_hash_table_contains(errors, item->path) &&
            !g_hash_table_contains(own, item->path))
            g_hash_table_add(ready, item);
    }
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
    g_autofree char *item = moments_key(finding->path);
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
    g_autofree char *key = moments_key(finding->path);
    struct review_item *item = g_hash_table_lookup(by_key, key);
    const struct item *before = g_hash_table_lookup(run->review->moments->items_then, finding->path);
    const struct item *after = g_hash_table_lookup(run->review->moments->items_now, finding->path);

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
        g_hash_table_insert(by_key, moments_key(item->path), item);
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
    g_autoptr(GHashTable) own = check_unchanged(run);
    find_ready(review->then, review->findings_then, own, ready_then);
    find_ready(review->now, review->findings_now, own, ready_now);
    share_out(run);
    set_readiness(review, ready_then, ready_now);
}
