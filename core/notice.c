#include "notice.h"

#include "depends.h"
#include "repo_tag.h"

#include <string.h>

/* -- since when -- */

char *notice_since(const struct policy *policy, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(Repo) repo = repo_open(policy->root, &cause);

    if (repo)
        return repo_last_tag(repo, error);
    if (!g_error_matches(cause, REPO_ERROR, REPO_ERROR_NONE))
        g_propagate_error(error, g_steal_pointer(&cause));
    return NULL;
}

/* -- what is released -- */

/* One of the two moments. */
struct side {
    struct backlog *backlog; /* NULL: there was nothing */
    struct depends *depends;
    GHashTable *splits; /* split item -> whether it is released as a whole, once asked */
};

static void side_init(struct side *side, struct backlog *backlog)
{
    *side = (struct side){ .backlog = backlog };
    if (!backlog)
        return;
    backlog_load(backlog);
    side->depends = depends_new(backlog);
    side->splits = g_hash_table_new(NULL, NULL);
}

static void side_clear(struct side *side)
{
    g_clear_pointer(&side->splits, g_hash_table_unref);
    depends_free(side->depends);
}

/* Whether all parts are released, and there are some. */
static gboolean are_parts_released(const struct side *side, const struct item *item)
{
    g_autoptr(GPtrArray) parts = depends_find(side->depends, item->id);
    guint released = 0;

    for (guint i = 0; i < parts->len; i++) {
        const struct item *part = parts->pdata[i];
        if (part->status != STATUS_RELEASED && part->status != STATUS_DROPPED)
            return FALSE;
        released += part->status == STATUS_RELEASED ? 1 : 0;
    }
    return released > 0;
}

static gboolean is_released(const struct side *side, const struct item *item)
{
    gpointer whole;

    if (item->status != STATUS_SPLIT || !item->id)
        return item->status == STATUS_RELEASED;
    if (!g_hash_table_lookup_extended(side->splits, item, NULL, &whole)) {
        whole = GINT_TO_POINTER(are_parts_released(side, item));
        g_hash_table_insert(side->splits, (gpointer)item, whole);
    }
    return GPOINTER_TO_INT(whole);
}

static gboolean was_released(const struct side *then, const struct item *item)
{
    const struct item *was = then->backlog && item->id ? backlog_item(then->backlog, item->id) : NULL;
    return was && is_released(then, was);
}

/* -- who asked for one item -- */

static void recipient_free(gpointer data)
{
    struct recipient *recipient = data;
    g_ptr_array_unref(recipient->requests);
    g_free(recipient);
}

/* A notice that is being put together. */
struct making {
    const struct side *now;
    const struct demand *demand;
    struct notice *notice;
    GHashTable *seen;    /* items whose askers are in it */
    GHashTable *askers;  /* asker -> struct recipient */
    GPtrArray *children; /* items whose children are still to be looked at */
    GPtrArray *wholes;   /* items the wholes of which are */
};

static void add_request(struct making *making, const struct request *request, enum request_source source)
{
    struct demanded *demanded = g_new(struct demanded, 1);
    struct recipient *recipient = request->asker ? g_hash_table_lookup(making->askers, request->asker) : NULL;

    *demanded = (struct demanded){ request, source };
    if (!recipient) {
        recipient = g_new0(struct recipient, 1);
        recipient->part = TRUE;
        recipient->requests = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(making->notice->recipients, recipient);
        if (request->asker)
            g_hash_table_insert(making->askers, request->asker, recipient);
    }
    recipient->part = recipient->part && source == REQUEST_PARENT;
    g_ptr_array_add(recipient->requests, demanded);
}

/* Adds who asked in the item's own file; FALSE where that was done already. */
static gboolean add_item(struct making *making, const struct item *item, enum request_source source)
{
    const GPtrArray *requests = demand_own(making->demand, item);

    if (!g_hash_table_add(making->seen, (gpointer)item))
        return FALSE;
    for (guint i = 0; requests && i < requests->len; i++)
        add_request(making, requests->pdata[i], source);
    return TRUE;
}

static const struct item *parent_of(const struct making *making, const struct item *item)
{
    const char *name = item_text(item, FIELD_PARENT);
    const struct item *parent = name ? backlog_named(making->now->backlog, name) : NULL;
    const struct item *original = parent ? depends_original(making->now->depends, parent) : NULL;
    return original ? original : parent;
}

/* The same of the item and its duplicates. What a duplicate was a part of has to do with it only where that
 * is split: then this does a part of its work. */
static void add_with_duplicates(struct making *making, const struct item *item, enum request_source source)
{
    const GPtrArray *duplicates = depends_duplicates(making->now->depends, item);

    if (!add_item(making, item, source))
        return;
    if (source != REQUEST_PARENT)
        g_ptr_array_add(making->children, (gpointer)item);
    for (guint i = 0; duplicates && i < duplicates->len; i++) {
        const struct item *parent = parent_of(making, duplicates->pdata[i]);
        add_item(making, duplicates->pdata[i], source == REQUEST_OWN ? REQUEST_DUPLICATE : source);
        if (parent && parent->status == STATUS_SPLIT && source != REQUEST_CHILD)
            g_ptr_array_add(making->wholes, (gpointer)parent);
    }
    const struct item *whole = source != REQUEST_CHILD ? parent_of(making, item) : NULL;
    if (whole)
        g_ptr_array_add(making->wholes, (gpointer)whole);
}

/* Children that are done and have no notice of their own. */
static void add_children(struct making *making)
{
    for (guint i = 0; i < making->children->len; i++) {
        const GPtrArray *parts = depends_children(making->now->depends, making->children->pdata[i]);
        for (guint j = 0; parts && j < parts->len; j++) {
            const struct item *part = parts->pdata[j];
            if (is_released(making->now, part) || part->status == STATUS_DROPPED)
                continue;
            if (part->status == STATUS_DONE)
                add_with_duplicates(making, part, REQUEST_CHILD);
            else if (g_hash_table_add(making->seen, (gpointer)part))
                g_ptr_array_add(making->children, (gpointer)part);
        }
    }
}

/* What it is a part of, unless that is told of by itself. */
static void add_wholes(struct making *making)
{
    for (guint i = 0; i < making->wholes->len; i++)
        if (!is_released(making->now, making->wholes->pdata[i]))
            add_with_duplicates(making, making->wholes->pdata[i], REQUEST_PARENT);
}

/* -- in order -- */

static const struct demanded *latest_of(const struct recipient *recipient)
{
    return recipient->requests->pdata[0];
}

/* Those who asked for one and the same whole stand together. */
static int compare_recipients(gconstpointer a, gconstpointer b)
{
    const struct recipient *one = *(const struct recipient *const *)a;
    const struct recipient *other = *(const struct recipient *const *)b;
    const struct demanded *left = latest_of(one), *right = latest_of(other);

    if (one->part != other->part)
        return one->part ? 1 : -1;
    if (one->part && left->request->item != right->request->item)
        return strcmp(left->request->item->path, right->request->item->path);
    return demanded_compare(&left, &right);
}

static void order(struct notice *notice)
{
    for (guint i = 0; i < notice->recipients->len; i++) {
        struct recipient *recipient = notice->recipients->pdata[i];
        g_ptr_array_sort(recipient->requests, demanded_compare);
        recipient->from = latest_of(recipient)->request->from;
    }
    g_ptr_array_sort(notice->recipients, compare_recipients);
}

/* -- all of them -- */

static void notice_free(gpointer data)
{
    struct notice *notice = data;
    g_ptr_array_unref(notice->recipients);
    g_free(notice);
}

static struct notice *make_notice(const struct side *now, const struct demand *demand,
                                  const struct item *item)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL),
                          askers = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) children = g_ptr_array_new(), wholes = g_ptr_array_new();
    struct notice *notice = g_new0(struct notice, 1);
    struct making making = { now, demand, notice, seen, askers, children, wholes };

    notice->item = item;
    notice->whole = item->status == STATUS_SPLIT;
    notice->recipients = g_ptr_array_new_with_free_func(recipient_free);
    add_with_duplicates(&making, item, REQUEST_OWN);
    add_children(&making);
    add_wholes(&making);
    order(notice);
    return notice;
}

static void make_all(struct notices *notices, const struct side *then, const struct side *now)
{
    for (guint i = 0; i < notices->now->items->len; i++) {
        const struct item *item = notices->now->items->pdata[i];
        if (!item->readable || !is_released(now, item) || was_released(then, item))
            continue;
        struct notice *notice = make_notice(now, notices->demand, item);
        notices->released++;
        if (notice->recipients->len)
            g_ptr_array_add(notices->list, notice);
        else
            notice_free(notice);
    }
}

struct notices *notices_new(const struct policy *policy, const char *since, GError **error)
{
    g_autoptr(Backlog) before = since ? backlog_open(policy, since, error) : NULL;
    g_autoptr(Backlog) after = before || !since ? backlog_open(policy, NULL, error) : NULL;
    struct side then = { 0 }, now = { 0 };

    if (!after)
        return NULL;
    struct notices *notices = g_new0(struct notices, 1);
    side_init(&then, before);
    side_init(&now, after);
    notices->list = g_ptr_array_new_with_free_func(notice_free);
    notices->now = g_steal_pointer(&after);
    notices->demand = demand_new(notices->now);
    make_all(notices, &then, &now);
    side_clear(&then);
    side_clear(&now);
    return notices;
}

void notices_free(struct notices *notices)
{
    if (!notices)
        return;
    g_ptr_array_unref(notices->list);
    demand_free(notices->demand);
    backlog_free(notices->now);
    g_free(notices);
}
