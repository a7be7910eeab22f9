#include "duplicate.h"

#include "circle.h"
#include "depends.h"
#include "remark.h"

#include <string.h>

void duplicates_free(struct duplicates *duplicates)
{
    if (!duplicates)
        return;
    g_ptr_array_unref(duplicates->drafts);
    g_ptr_array_unref(duplicates->gaps);
    g_free(duplicates);
}

/* -- what cannot be -- */

/* One decision on its way. */
struct marking {
    struct backlog *backlog;
    const struct duplicate_options *options;
    struct depends *depends;
    struct graph *parents, *waits; /* depends_graph of both kinds, as the backlog is before the decision */
    GPtrArray *items;              /* struct item: the duplicates */
    const struct item *original;
    struct duplicates *made;
};

static gboolean check_status(const struct marking *marking, const struct item *item, GError **error)
{
    const char *id = item_name(item), *of = item_name(marking->original);

    if (item == marking->original)
        return draft_refuse(error, "%s cannot be a duplicate of itself", id);
    if (item->status == STATUS_SPLIT)
        return draft_refuse(error, "%s is split, so its children carry the work: mark those that repeat %s",
                            id, of);
    if (item->status != STATUS_DONE && item->status != STATUS_RELEASED)
        return TRUE;
    return draft_refuse(error, "%s is %s, which no duplicate is; the other way round it would be %s --of %s",
                        id, status_names()[item->status], of, id);
}

/* The original would become a part of itself. */
static gboolean check_parents(const struct marking *marking, const struct item *item, GError **error)
{
    const struct item *original = marking->original;
    g_autoptr(GArray) above = graph_reach(marking->parents, backlog_index(marking->backlog, original));

    for (guint i = 0; i < above->len; i++)
        if (marking->backlog->items->pdata[g_array_index(above, guint, i)] == item)
            return draft_refuse(error,
                                "%s is a part of %s, so that cannot be its duplicate; give it "
                                "another parent first: refine set %s parent=",
                                item_name(original), item_name(item), item_name(original));
    return TRUE;
}

/* Whoever waits for the duplicate would wait for the original: which must not be the original itself, nor
 * anybody that waits for that. */
static gboolean check_depends(const struct marking *marking, const struct item *item, GError **error)
{
    g_autoptr(GPtrArray) targets = depends_find(marking->depends, marking->original->id);

    for (guint i = 0; i < targets->len; i++) {
        g_autoptr(GArray) circle = targets->pdata[i] == item
                                       ? NULL
                                       : graph_closes(marking->waits, backlog_index(marking->backlog, item),
                                                      backlog_index(marking->backlog, targets->pdata[i]));
        g_autoptr(GPtrArray) items = g_ptr_array_new();
        for (guint j = 0; circle && j < circle->len; j++)
            g_ptr_array_add(items, marking->backlog->items->pdata[g_array_index(circle, guint, j)]);
        if (items->len == 0)
            continue;
        const struct item *last = items->pdata[items->len - 1];
        g_autofree char *path = circle_print(items);
        return draft_refuse(error,
                            "%s cannot be a duplicate of %s, which depends on it: %s; first refine "
                            "depend %s --off %s",
                            item_name(item), item_name(marking->original), path, item_name(last),
                            item_name(item));
    }
    return TRUE;
}

/* -- drafts -- */

static struct draft *find_draft(const struct duplicates *made, const char *path)
{
    for (guint i = 0; i < made->drafts->len; i++) {
        struct draft *draft = made->drafts->pdata[i];
        if (strcmp(draft->path, path) == 0)
            return draft;
    }
    return NULL;
}

/* The draft of an item, made where there is none yet; the marking's. */
static struct draft *open_draft(const struct marking *marking, const struct item *item, GError **error)
{
    struct draft *draft = find_draft(marking->made, item->path);

    if (draft)
        return draft;
    draft = draft_open(marking->backlog, backlog_entry(marking->backlog, item->path), error);
    if (draft)
        g_ptr_array_add(marking->made->drafts, draft);
    return draft;
}

static gboolean drop(const struct marking *marking, const struct item *item, GError **error)
{
    struct draft *draft = open_draft(marking, item, error);

    if (!draft)
        return FALSE;
    /* One that leads to the original through another duplicate keeps to that. */
    if (depends_original(marking->depends, item) == marking->original)
        return TRUE;
    if (!draft_assign(draft, "status", DRAFT_SET, "dropped", error) ||
        !draft_assign(draft, "duplicate-of", DRAFT_SET, marking->original->id, error))
        return FALSE;
    return !duplicate_needs_remark(draft, marking->options->reason) ||
           duplicate_remark(draft, marking->options->names, marking->options->reason, error);
}

/* What is a part of the duplicate becomes one of the original, so that no work hangs below what was dropped.
 */
static gboolean hand_over(const struct marking *marking, const struct item *duplicate, GError **error)
{
    for (guint i = 0; i < marking->backlog->items->len; i++) {
        const struct item *item = marking->backlog->items->pdata[i];
        const char *parent = item_text(item, FIELD_PARENT);
        if (!parent || backlog_named(marking->backlog, parent) != duplicate ||
            item->status == STATUS_DROPPED || g_ptr_array_find(marking->items, item, NULL))
            continue;
        struct draft *draft = open_draft(marking, item, error);
        if (!draft || !draft_assign(draft, "parent", DRAFT_SET, marking->original->id, error))
            return FALSE;
    }
    return TRUE;
}

/* -- what the original lacks -- */

static gboolean takes_any(const struct duplicate_options *options)
{
    for (gsize part = 0; part < DUPLICATE_PARTS; part++)
        if (options->take[part])
            return TRUE;
    return FALSE;
}

/* Looks into one duplicate, after what those before brought. */
static gboolean fill_gaps(const struct marking *marking, struct draft *target, const struct item *item,
                          GError **error)
{
    const struct policy *policy = marking->backlog->policy;
    struct draft *draft = find_draft(marking->made, item->path);
    struct document *document = edit_document(draft->edit);
    GPtrArray *gaps = marking->made->gaps;

    for (enum duplicate_part part = 0; part < DUPLICATE_PARTS; part++) {
        guint first = gaps->len;
        duplicate_find_gaps(gaps, item_name(item), document, edit_document(target->edit), policy, part);
        for (guint i = first; i < gaps->len && marking->options->take[part]; i++) {
            struct duplicate_gap *gap = gaps->pdata[i];
            if (!gap->like && !duplicate_take(target, document, gap, error))
                return FALSE;
        }
    }
    return TRUE;
}

static gboolean look_for_gaps(const struct marking *marking, GError **error)
{
    const struct item *original = marking->original;
    gboolean takes = takes_any(marking->options);

    if (!status_is_open(original->status))
        return !takes || draft_refuse(error, "%s is %s, so it takes no criteria or questions",
                                      item_name(original), status_names()[original->status]);
    /* Where nothing is taken, one that cannot be read is nobody's trouble. */
    g_autoptr(GError) unreadable = NULL;
    g_autoptr(Draft) target = draft_open(marking->backlog, backlog_entry(marking->backlog, original->path),
                                         takes ? error : &unreadable);
    if (!target)
        return !takes;
    for (guint i = 0; i < marking->items->len; i++)
        if (!fill_gaps(marking, target, marking->items->pdata[i], error))
            return FALSE;
    if (draft_is_changed(target))
        g_ptr_array_add(marking->made->drafts, g_steal_pointer(&target));
    return TRUE;
}

/* -- */

static gboolean mark(struct marking *marking, const GPtrArray *entries, GError **error)
{
    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = entries->pdata[i];
        const struct item *item = backlog_at(marking->backlog, entry->path);
        /* What cannot be read is refused with its place. */
        if (!item || !item->readable) {
            g_autoptr(Draft) draft = draft_open(marking->backlog, entry, error);
            return draft && draft_refuse(error, "%s is not loaded", entry->path);
        }
        g_ptr_array_add(marking->items, (gpointer)item);
        if (!check_status(marking, item, error) || !check_parents(marking, item, error) ||
            !check_depends(marking, item, error))
            return FALSE;
    }
    for (guint i = 0; i < marking->items->len; i++)
        if (!drop(marking, marking->items->pdata[i], error))
            return FALSE;
    for (guint i = 0; i < marking->items->len; i++)
        if (!hand_over(marking, marking->items->pdata[i], error))
            return FALSE;
    return look_for_gaps(marking, error);
}

struct duplicates *duplicate_mark(struct backlog *backlog, const GPtrArray *entries,
                                  const struct entry *original, const struct duplicate_options *options,
                                  GError **error)
{
    g_autoptr(Duplicates) made = g_new(struct duplicates, 1);

    made->drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    made->gaps = g_ptr_array_new();
    backlog_load(backlog);
    const struct item *target = backlog_at(backlog, original->path);
    if (!target || !target->id) {
        g_autofree char *path = policy_display(backlog->policy, original->path);
        draft_refuse(error, "%s has no id yet, so no duplicate can name it; refine commit gives it one",
                     path);
        return NULL;
    }
    g_autoptr(Depends) depends = depends_new(backlog);
    g_autoptr(Graph) parents = depends_graph(backlog, TRUE), waits = depends_graph(backlog, FALSE);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    struct marking marking = { backlog, options, depends, parents, waits, items, target, made };
    return mark(&marking, entries, error) ? g_steal_pointer(&made) : NULL;
}

/* -- the line under Decisions -- */

/* The text of a key, or NULL. */
static const char *text_of(const struct document *document, const char *key)
{
    const struct node *node = node_find(document->front->root, key);
    return node && node->kind == NODE_SCALAR && !node_is_null(node) ? node->text : NULL;
}

gboolean duplicate_needs_remark(struct draft *draft, const char *reason)
{
    g_autoptr(Document) before = draft->before ? document_new(draft->before, NULL) : NULL;
    const struct document *after = edit_document(draft->edit);
    const char *of = text_of(after, "duplicate-of");
    gboolean was = before && status_parse(text_of(before, "status")) == STATUS_DROPPED;
    gboolean same = before && g_strcmp0(text_of(before, "duplicate-of"), of) == 0;
    g_autofree char *why = remark_line(reason ? reason : "");

    return status_parse(text_of(after, "status")) == STATUS_DROPPED && (!was || (of && !same)) &&
           (of || *why);
}

gboolean duplicate_remark(struct draft *draft, const char *names, const char *reason, GError **error)
{
    const char *of = text_of(edit_document(draft->edit), "duplicate-of");
    g_autofree char *what = of ? g_strdup_printf("duplicate of %s", of) : g_strdup("dropped");
    g_autofree char *why = remark_line(reason ? reason : "");
    g_autofree char *text = *why ? g_strdup_printf("%s: %s", what, why) : g_strdup(what);

    return remark_decide(draft, names, text, NULL, error);
}
