#include "mend_private.h"

#include "ident.h"

#include <string.h>

/* Whether another item, or the name of another file, has the id. */
static gboolean is_foreign(const struct mend_run *run, const struct item *item, const char *id)
{
    const struct item *named = backlog_item(run->backlog, id);

    if (named && named != item)
        return TRUE;
    for (guint i = 0; i < run->backlog->entries->len; i++) {
        const struct entry *entry = &g_array_index(run->backlog->entries, struct entry, i);
        if (g_strcmp0(entry->id, id) == 0 && strcmp(entry->path, item->path) != 0)
            return TRUE;
    }
    return FALSE;
}

static void set_id(struct mend_run *run, const struct item *item, const char *rule, const char *id)
{
    const struct value *value = item_field(item, FIELD_ID);
    const char *own = value && value->count ? value->texts[0] : NULL;
    gsize offset = value ? value->offset : 0;
    struct draft *draft = mend_draft(run, item);
    GError *cause = NULL;

    if (!draft || !mend_try(run, rule, item, offset,
                            edit_set(draft->edit, "id", id, SCALAR_STRING, run->order, &cause), &cause))
        return;
    if (own && *own)
        mend_say(run, rule, item, offset, "id: %s is %s now", own, id);
    else
        mend_say(run, rule, item, offset, "the front matter says id: %s now, as the name of the file does",
                 id);
}

/* The file is called by the id of another item, and its own id by nothing: a copy that got an id of its own,
 * but no name. */
static void rename_file(struct mend_run *run, const struct item *item)
{
    const struct value *value = item_field(item, FIELD_ID);
    struct draft *draft = mend_draft(run, item);
    g_autofree char *folder = g_path_get_dirname(item->path), *name = g_path_get_basename(item->path);
    g_autofree char *renamed = g_strconcat(item->id, name + strlen(item->file_id), NULL);

    if (!draft)
        return;
    draft->move_to = g_build_filename(folder, renamed, NULL);
    g_free(draft->id);
    draft->id = g_strdup(item->id);
    g_autofree char *path = policy_display(run->backlog->policy, draft->move_to);
    mend_say(run, "file-name", item, value->offset, "the file has the name of another item; it is %s now",
             path);
}

static void mend_name(struct mend_run *run, const struct item *item)
{
    const char *own = item_text(item, FIELD_ID);
    g_autofree char *lower = own ? g_ascii_strdown(own, -1) : NULL;

    if (!own && item->file_id && mend_is_due(run, "no-id", item) && !is_foreign(run, item, item->file_id))
        set_id(run, item, "no-id", item->file_id);
    else if (own && !ident_is_valid(own) && ident_is_valid(lower) && mend_is_due(run, "bad-value", item) &&
             (item->file_id ? strcmp(lower, item->file_id) == 0 : !is_foreign(run, item, lower)))
        set_id(run, item, "bad-value", lower);
    else if (own && item->file_id && ident_is_valid(own) && strcmp(own, item->file_id) != 0 &&
             mend_is_due(run, "file-name", item) && is_foreign(run, item, item->file_id) &&
             !is_foreign(run, item, own))
        rename_file(run, item);
}

void mend_names(struct mend_run *run)
{
    for (guint i = 0; i < run->backlog->items->len; i++) {
        const struct item *item = run->backlog->items->pdata[i];
        if (!g_hash_table_contains(run->named, item))
            mend_name(run, item);
    }
}
