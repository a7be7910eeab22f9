#include "record.h"

#include "meant.h"

int record_item(struct context *context, const char *word, record_change change, gpointer data,
                GError **error)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    g_autoptr(Backlog) backlog = NULL;
    GError *cause = NULL;

    if (!context->record->dry_run && !record_settle(context, error))
        return -1;
    backlog = backlog_open(context->policy, NULL, error);
    const struct entry *entry = backlog ? meant_find(context, backlog, word, error) : NULL;
    struct draft *draft = entry ? draft_open(backlog, entry, error) : NULL;
    if (!draft)
        return -1;
    g_ptr_array_add(drafts, draft);
    if (change(draft, data, &cause))
        return record_drafts(context, backlog, drafts, error);
    /* An edit that was refused does not say itself of which file it speaks. */
    g_autofree char *path = policy_display(context->policy, draft->path);
    gboolean edit = cause->domain == EDIT_ERROR;
    g_propagate_prefixed_error(error, cause, "%s%s", edit ? path : "", edit ? ": " : "");
    return -1;
}
