#include "ready.h"

#include "remark.h"

#include <string.h>

/* -- what is declared -- */

/* Sets what the item says of itself when it is ready. */
static gboolean declare(struct draft *draft, const struct item *item, const char *stamp, GError **error)
{
    g_autofree const char **order = field_order();

    return (item->status == STATUS_DOING ||
            edit_set(draft->edit, "status", status_names()[STATUS_READY], SCALAR_TYPED, order, error)) &&
           edit_set(draft->edit, "stamp", stamp, SCALAR_STRING, order, error);
}

/* The stamp is of the text that is judged: where git has another, it would be none of its own. */
static gboolean check_recorded(struct backlog *recorded, const struct draft *draft, const char *stamp,
                               GError **error)
{
    const struct entry *entry = recorded ? backlog_entry(recorded, draft->path) : NULL;
    g_autoptr(GBytes) bytes = entry ? backlog_read(recorded, entry, NULL) : NULL;

    if (!bytes)
        return TRUE;
    g_autoptr(Document) document = document_new(bytes, NULL);
    g_autofree char *theirs = stamp_print(draft->backlog->policy, document);
    return strcmp(theirs, stamp) == 0 ||
           draft_refuse(error,
                        "%s has changes of what is agreed on that are not recorded: refine commit %s first",
                        draft->id, draft->id);
}

static gboolean add_declared(const struct ready *ready, const struct ready_item *each,
                             struct backlog *recorded, GPtrArray *drafts, GError **error)
{
    struct draft *draft = draft_open(ready->backlog, backlog_entry(ready->backlog, each->path), error);

    if (!draft)
        return FALSE;
    g_ptr_array_add(drafts, draft);
    g_autofree char *stamp = stamp_print(ready->backlog->policy, edit_document(draft->edit));
    return check_recorded(recorded, draft, stamp, error) && declare(draft, each->item, stamp, error);
}

GPtrArray *ready_declare(const struct ready *ready, const char *revision, GError **error)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    struct backlog *recorded = backlog_open(ready->backlog->policy, revision, NULL);
    gboolean good = TRUE;

    g_assert(ready->missing == 0);
    for (guint i = 0; i < ready->items->len && good; i++) {
        const struct ready_item *each = ready->items->pdata[i];
        if (each->state != READY_ALREADY)
            good = add_declared(ready, each, recorded, drafts, error);
    }
    g_clear_pointer(&recorded, backlog_free);
    return good ? g_steal_pointer(&drafts) : NULL;
}

/* -- what is taken back -- */

static enum status status_in(const struct document *document)
{
    const struct node *status = node_find(document->front->root, "status");
    return status && status->kind == NODE_SCALAR ? status_parse(status->text) : STATUS_UNKNOWN;
}

gboolean ready_is_skipped(struct draft *draft)
{
    g_autoptr(Document) before = draft->before ? document_new(draft->before, NULL) : NULL;
    const struct document *after = edit_document(draft->edit);

    return status_in(after) == STATUS_DOING && node_is_null(node_find(after->front->root, "stamp")) &&
           !(before && status_in(before) == STATUS_DOING);
}

gboolean ready_needs_remark(struct draft *draft, const char *reason)
{
    g_autoptr(Document) before = draft->before ? document_new(draft->before, NULL) : NULL;
    enum status was = before ? status_in(before) : STATUS_UNKNOWN, is = status_in(edit_document(draft->edit));
    g_autofree char *why = remark_line(reason ? reason : "");

    return *why && (was == STATUS_READY || was == STATUS_DOING) &&
           (is == STATUS_NEW || is == STATUS_REFINING);
}

gboolean ready_remark(struct draft *draft, const char *names, const char *reason, GError **error)
{
    g_autofree char *why = remark_line(reason);
    g_autofree char *text = g_strdup_printf("%s: %s", CHANGE_REVOKED, why);
    return remark_decide(draft, names, text, NULL, error);
}

static gboolean take_back(struct draft *draft, const char *names, const char *reason, GError **error)
{
    enum status status = status_in(edit_document(draft->edit));

    if (status != STATUS_READY && status != STATUS_DOING)
        return draft_refuse(error, "%s is %s, not ready: there is nothing to revoke",
                            draft->id ? draft->id : draft->path,
                            status == STATUS_UNKNOWN ? "without a status" : status_names()[status]);
    return draft_assign(draft, "status", DRAFT_SET, status_names()[STATUS_REFINING], error) &&
           ready_remark(draft, names, reason, error);
}

GPtrArray *ready_revoke(struct backlog *backlog, const GPtrArray *entries, const char *names,
                        const char *reason, GError **error)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    g_autofree char *why = remark_line(reason ? reason : "");

    if (!*why) {
        draft_refuse(error, "expected the reason why it is not ready any more: -m REASON gives it");
        return NULL;
    }
    for (guint i = 0; i < entries->len; i++) {
        struct draft *draft = draft_open(backlog, entries->pdata[i], error);
        if (!draft)
            return NULL;
        g_ptr_array_add(drafts, draft);
        if (!take_back(draft, names, reason, error))
            return NULL;
    }
    return g_steal_pointer(&drafts);
}
