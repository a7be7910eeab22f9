#include "review_private.h"

#include "rules.h"
#include "stamp.h"

#include <string.h>

void review_item_free(gpointer data)
{
    struct review_item *item = data;
    g_free(item->id);
    g_free(item->path);
    g_free(item->old_path);
    g_free(item->title);
    g_free(item->old_title);
    g_free(item->unreadable_before);
    g_free(item->unreadable_after);
    g_free(item->duplicate_of);
    g_ptr_array_unref(item->changes);
    g_ptr_array_unref(item->children);
    g_ptr_array_unref(item->stale);
    g_ptr_array_unref(item->findings_gained);
    g_ptr_array_unref(item->findings_gone);
    g_free(item);
}

static struct review_item *item_new(enum review_kind kind, const struct item *before,
                                    const struct item *after)
{
    struct review_item *item = g_new0(struct review_item, 1);
    const struct item *any = after ? after : before;

    item->kind = kind;
    item->id = g_strdup(any->id);
    item->path = g_strdup(any->path);
    item->title = g_strdup(*any->title || !before ? any->title : before->title);
    if (before && after && *before->title && strcmp(before->title, item->title) != 0)
        item->old_title = g_strdup(before->title);
    if (before && after && strcmp(before->path, after->path) != 0)
        item->old_path = g_strdup(before->path);
    item->before = before;
    item->after = after;
    item->changes = g_ptr_array_new();
    item->children = g_ptr_array_new();
    item->stale = g_ptr_array_new_with_free_func(g_free);
    item->findings_gained = g_ptr_array_new();
    item->findings_gone = g_ptr_array_new();
    return item;
}

struct review_item *review_item_affected(const struct item *before, const struct item *after)
{
    return item_new(REVIEW_AFFECTED, before, after);
}

/* -- what kind of news it is -- */

const char *review_kind_name(enum review_kind kind)
{
    static const char *const names[] = {
        [REVIEW_SPLIT] = "split",     [REVIEW_ADDED] = "added",     [REVIEW_DROPPED] = "dropped",
        [REVIEW_REMOVED] = "removed", [REVIEW_CHANGED] = "changed", [REVIEW_AFFECTED] = "affected"
    };
    return names[kind];
}

static gboolean became(const struct item *before, const struct item *after, enum status status)
{
    return after->status == status && before->status != status;
}

/* The item that this one is now said to repeat; NULL where that is no news. */
static const char *new_target(const struct item *before, const struct item *after)
{
    const char *target = item_text(after, FIELD_DUPLICATE_OF);
    gboolean news = became(before, after, STATUS_DROPPED) ||
                    g_strcmp0(target, item_text(before, FIELD_DUPLICATE_OF)) != 0;
    return after->status == STATUS_DROPPED && news ? target : NULL;
}

static enum review_kind kind_of(const struct item *before, const struct item *after)
{
    if (!before)
        return REVIEW_ADDED;
    if (!after)
        return REVIEW_REMOVED;
    if (became(before, after, STATUS_SPLIT))
        return REVIEW_SPLIT;
    return became(before, after, STATUS_DROPPED) || new_target(before, after) ? REVIEW_DROPPED
                                                                              : REVIEW_CHANGED;
}

/* -- reading -- */

/* A version of the file; NULL where it cannot be read, with *why, or where there is no entry. */
static struct document *read_version(const struct backlog *backlog, const struct entry *entry, char **why)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(GBytes) bytes = entry ? backlog_read(backlog, entry, &cause) : NULL;
    g_autoptr(Document) document = bytes ? document_new(bytes, findings) : NULL;

    if (document && document->front->root)
        return g_steal_pointer(&document);
    if (document && findings->len) {
        const struct finding *first = findings->pdata[0];
        *why = g_strdup_printf("line %u: %s", first->at.line, first->message);
    } else if (entry) {
        *why = g_strdup(cause ? cause->message : "it has no front matter");
    }
    return NULL;
}

/* Agreed parts that fitted the stamp before and do not after. A stamp that cannot be read says nothing. */
static void find_stale(const struct policy *policy, struct review_item *item, struct document *old,
                       struct document *new)
{
    g_autoptr(GPtrArray) before = stamp_stale(policy, old, NULL);
    g_autoptr(GPtrArray) after = stamp_stale(policy, new, NULL);

    /* Of an item that is refined again nothing is agreed. */
    if (!rules_claims_ready(item->after) || !node_find(old->front->root, "stamp"))
        return;
    for (guint i = 0; before && after && i < after->len; i++)
        if (!g_ptr_array_find_with_equal_func(before, after->pdata[i], g_str_equal, NULL))
            g_ptr_array_add(item->stale, g_strdup(after->pdata[i]));
}

static gboolean is_same_text(const struct document *before, const struct document *after)
{
    return g_bytes_equal(before->bytes, after->bytes);
}

struct review_item *review_item_tell(const struct review_run *run, const struct moments_pair *pair)
{
    const struct moments *moments = run->review->moments;
    const struct item *before =
        pair->before ? g_hash_table_lookup(moments->items_then, pair->before->path) : NULL;
    const struct item *after =
        pair->after ? g_hash_table_lookup(moments->items_now, pair->after->path) : NULL;

    if (!before && !after)
        return NULL;
    struct review_item *item = item_new(kind_of(before, after), before, after);
    g_autoptr(Document) old =
        before ? read_version(run->review->then, pair->before, &item->unreadable_before) : NULL;
    g_autoptr(Document) new =
        after ? read_version(run->review->now, pair->after, &item->unreadable_after) : NULL;
    if (old && new) {
        g_ptr_array_unref(item->changes);
        item->changes = change_list(run->policy, old, new);
        if (item->changes->len == 0 && !is_same_text(old, new))
            change_add_layout(item->changes);
        item->duplicate_of = g_strdup(new_target(before, after));
        find_stale(run->policy, item, old, new);
    }
    gboolean same = old && new && item->changes->len == 0 && !item->old_path;
    if (same)
        g_clear_pointer(&item, review_item_free);
    return item;
}

/* -- relations -- */

static void add_child(struct review *review, GHashTable *split, struct review_item *item)
{
    const char *named = item->after ? item_text(item->after, FIELD_PARENT) : NULL;
    const struct item *parent = named ? backlog_named(review->now, named) : NULL;
    struct review_item *from = parent ? g_hash_table_lookup(split, parent) : NULL;

    if (!from || from == item)
        return;
    item->split_from = from;
    g_ptr_array_add(from->children, item);
}

void review_item_relate(struct review *review)
{
    g_autoptr(GHashTable) split = g_hash_table_new(NULL, NULL);

    for (guint i = 0; i < review->items->len; i++) {
        struct review_item *item = review->items->pdata[i];
        if (item->kind == REVIEW_SPLIT)
            g_hash_table_insert(split, (gpointer)item->after, item);
    }
    for (guint i = 0; i < review->items->len; i++) {
        struct review_item *item = review->items->pdata[i];
        if (item->kind == REVIEW_ADDED)
            add_child(review, split, item);
    }
}
