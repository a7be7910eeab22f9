#include "decision_private.h"

#include <string.h>

/* What git has, opened when the first reference asks for it. */
struct asking {
    const struct making *making;
    gboolean stage;
    gboolean tried;
    struct backlog *recorded; /* NULL: there is none, as before the first commit */
};

static gboolean is_drafted(const struct making *making, const char *id)
{
    for (guint i = 0; i < making->drafts->len; i++) {
        const struct draft *draft = making->drafts->pdata[i];
        if (!draft->is_file && g_strcmp0(draft->id, id) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Also where a person moved its file, or where the name of that does not tell the id. */
static gboolean is_recorded(const struct asking *asking, const struct entry *entry, const char *id)
{
    const GArray *entries = asking->recorded->entries;

    if (backlog_entry(asking->recorded, entry->path))
        return TRUE;
    for (guint i = 0; i < entries->len; i++)
        if (g_strcmp0(g_array_index(entries, struct entry, i).id, id) == 0)
            return TRUE;
    return FALSE;
}

/* Whether git will have what the draft names, or what the vote is on. What nobody has, here or there, is no
 * news: a check finds it.
 */
static gboolean check_reference(struct asking *asking, const struct draft *draft, const char *id,
                                GError **error)
{
    struct backlog *backlog = asking->making->backlog;
    const struct entry *entry = is_drafted(asking->making, id) ? NULL : backlog_find(backlog, id, NULL);

    if (entry && !asking->tried)
        asking->recorded = backlog_open(backlog->policy, asking->stage ? ":" : "HEAD", NULL);
    asking->tried = asking->tried || entry;
    if (!entry || !asking->recorded || is_recorded(asking, entry, id))
        return TRUE;
    if (draft->is_file)
        g_set_error(error, DECISION_ERROR, DECISION_ERROR_ABSENT,
                    "%s: git does not have it yet; refine commit %s records it first", id, id);
    else
        g_set_error(error, DECISION_ERROR, DECISION_ERROR_ABSENT,
                    "%s would name %s, which git does not have yet; refine commit %s records that first",
                    draft->id ? draft->id : draft->path, id, id);
    return FALSE;
}

static gboolean had(const struct node *before, const char *id)
{
    if (before && before->kind == NODE_SCALAR)
        return strcmp(before->text, id) == 0;
    for (const struct node *node = before && before->kind == NODE_SEQUENCE ? before->first : NULL; node;
         node = node->next)
        if (node->kind == NODE_SCALAR && strcmp(node->text, id) == 0)
            return TRUE;
    return FALSE;
}

/* Of one field: those that the version before has not. */
static gboolean check_field(struct asking *asking, const struct draft *draft, const struct node *before,
                            const struct node *after, GError **error)
{
    if (after && after->kind == NODE_SCALAR)
        return node_is_null(after) || had(before, after->text) ||
               check_reference(asking, draft, after->text, error);
    for (const struct node *node = after && after->kind == NODE_SEQUENCE ? after->first : NULL; node;
         node = node->next)
        if (node->kind == NODE_SCALAR && !had(before, node->text) &&
            !check_reference(asking, draft, node->text, error))
            return FALSE;
    return TRUE;
}

static gboolean check_draft(struct asking *asking, const struct draft *draft, GError **error)
{
    static const char *const keys[] = { "parent", "depends", "duplicate-of" };
    g_autoptr(Document) before = draft->before ? document_new(draft->before, NULL) : NULL;
    const struct document *after = edit_document(draft->edit);

    for (gsize i = 0; i < G_N_ELEMENTS(keys) && after->front; i++) {
        const struct node *old = before && before->front ? node_find(before->front->root, keys[i]) : NULL;
        if (!check_field(asking, draft, old, node_find(after->front->root, keys[i]), error))
            return FALSE;
    }
    return TRUE;
}

gboolean decision_check_references(const struct making *making, gboolean stage, GError **error)
{
    struct asking asking = { .making = making, .stage = stage };
    gboolean good = TRUE;

    /* What was written by hand, or in an editor, is recorded as it is. */
    for (guint i = 0; i < making->drafts->len && good; i++) {
        const struct draft *draft = making->drafts->pdata[i];
        if (draft->is_file)
            good = !draft->id || !draft_result(draft) || check_reference(&asking, draft, draft->id, error);
        else if (draft->edit && !draft->adopted && (draft->manner == DRAFT_EDITED || !draft->before))
            good = check_draft(&asking, draft, error);
    }
    g_clear_pointer(&asking.recorded, backlog_free);
    return good;
}
