#include "draft.h"

#include "clock.h"
#include "file.h"
#include "ident.h"

#include <string.h>

G_DEFINE_QUARK(refine_draft, draft_error)

/* -- opening -- */

/* The first error in bytes, which findings then owns; NULL where they can be read. */
static const struct finding *find_error(GBytes *bytes, GPtrArray *findings)
{
    g_autoptr(Document) document = document_new(bytes, findings);

    document_body(document, findings);
    for (guint i = 0; i < findings->len; i++)
        if (((const struct finding *)findings->pdata[i])->severity >= SEVERITY_ERROR)
            return findings->pdata[i];
    return NULL;
}

static gboolean check_document(const struct draft *draft, const struct entry *entry, GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new();
    const struct finding *finding = find_error(draft->before, findings);

    if (!finding)
        return TRUE;
    g_autofree char *path = policy_display(draft->backlog->policy, entry->path);
    g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE, "%s:%u:%u: %s; mend it in an editor first", path,
                finding->at.line, finding->at.column, finding->message);
    return FALSE;
}

struct draft *draft_open(struct backlog *backlog, const struct entry *entry, GError **error)
{
    g_autoptr(Draft) draft = g_new0(struct draft, 1);
    g_autoptr(GError) cause = NULL;

    draft->backlog = backlog;
    draft->path = g_strdup(entry->path);
    draft->before = backlog_read(backlog, entry, &cause);
    if (!draft->before) {
        g_autofree char *path = policy_display(backlog->policy, entry->path);
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE, "%s: %s", path, cause->message);
        return NULL;
    }
    if (!check_document(draft, entry, error))
        return NULL;
    draft->edit = edit_new(draft->before);
    const struct node *id = node_find(edit_document(draft->edit)->front->root, "id");
    draft->id = g_strdup(entry->id ? entry->id : id && id->kind == NODE_SCALAR ? id->text : NULL);
    return g_steal_pointer(&draft);
}

struct minting {
    struct backlog *backlog;
    GHashTable *taken;
};

static gboolean is_taken(const char *id, gpointer data)
{
    const struct minting *minting = data;
    return g_hash_table_contains(minting->taken, id) || backlog_has_id(id, minting->backlog);
}

static char *path_for(const struct policy *policy, const char *id, const char *title)
{
    g_autofree char *name = ident_file_name(id, title);
    g_autofree char *shard = g_strndup(id, 2);
    if (g_strcmp0(policy_text(policy, "layout"), "sharded") == 0)
        return g_strconcat(policy->folder, "/", shard, "/", name, NULL);
    return g_strconcat(policy->folder, "/", name, NULL);
}

/* Whether a new item could be opened again. */
static gboolean check_readable(const struct draft *draft, GError **error)
{
    g_autoptr(GPtrArray) findings = findings_new();
    const struct finding *finding = find_error(edit_bytes(draft->edit), findings);

    if (finding)
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_VALUE, "the item could not be read again: %s%s%s",
                    finding->message, finding->help ? "; " : "", finding->help ? finding->help : "");
    return !finding;
}

struct draft *draft_new(struct backlog *backlog, struct random *random, GHashTable *taken,
                        const struct draft_texts *texts, GError **error)
{
    g_autoptr(Draft) draft = g_new0(struct draft, 1);
    struct minting minting = { backlog, taken };
    g_autofree char *today = clock_today();
    g_autofree char *text = g_strconcat("---\n---\n", texts->body, NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    gsize size = backlog->entries->len + g_hash_table_size(taken);

    draft->backlog = backlog;
    draft->id = ident_mint(random, size, is_taken, &minting);
    draft->path = path_for(backlog->policy, draft->id, texts->title);
    draft->edit = edit_new(bytes);
    g_hash_table_add(taken, g_strdup(draft->id));

    g_autofree const char **order = field_order();
    const struct edit_pair pairs[] = {
        { "title", texts->title, SCALAR_STRING },
        { "id", draft->id, SCALAR_STRING },
        { "rank", texts->rank, SCALAR_STRING },
        { "type", texts->type, SCALAR_STRING },
        { "status", texts->status ? texts->status : "new", SCALAR_STRING },
        { "created", texts->created ? texts->created : today, SCALAR_TYPED },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++)
        if (pairs[i].value &&
            !edit_set(draft->edit, pairs[i].key, pairs[i].value, pairs[i].type, order, error))
            return NULL;
    return check_readable(draft, error) ? g_steal_pointer(&draft) : NULL;
}

void draft_free(struct draft *draft)
{
    if (!draft)
        return;
    g_free(draft->path);
    g_free(draft->id);
    g_clear_pointer(&draft->before, g_bytes_unref);
    g_clear_pointer(&draft->companions, g_ptr_array_unref);
    edit_free(draft->edit);
    g_free(draft);
}

const struct criterion *draft_criterion(const GPtrArray *criteria, guint number, GError **error)
{
    if (number >= 1 && number <= criteria->len)
        return criteria->pdata[number - 1];
    if (criteria->len == 0)
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_VALUE, "there is no criterion %u: the item has none",
                    number);
    else
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_VALUE, "there is no criterion %u: they go from 1 to %u",
                    number, criteria->len);
    return NULL;
}

/* -- writing -- */

GPtrArray *draft_changes(struct draft *draft)
{
    g_autoptr(Document) before = draft->before ? document_new(draft->before, NULL) : NULL;
    return change_list(draft->backlog->policy, before, edit_document(draft->edit));
}

static gboolean is_changed(const struct draft *draft)
{
    return !draft->before || !g_bytes_equal(draft->before, edit_bytes(draft->edit));
}

static gboolean write_one(const struct backlog *backlog, const struct draft *draft, GError **error)
{
    GBytes *after = edit_bytes(draft->edit);
    gsize size = g_bytes_get_size(after);

    if (size > FILE_LIMIT) {
        g_set_error(error, FILE_ERROR, FILE_ERROR_SIZE,
                    "it would have %" G_GSIZE_FORMAT " bytes, over the limit of %d; nothing was written",
                    size, FILE_LIMIT);
        return FALSE;
    }
    if (!draft->before)
        return file_create(backlog->root, draft->path, after, error);
    return file_replace(backlog->root, draft->path, draft->before, after, error);
}

/* Puts back what was written; a file that somebody changed since stays as it is. */
static void take_back(const struct backlog *backlog, const GPtrArray *written)
{
    for (guint i = written->len; i-- > 0;) {
        const struct draft *draft = written->pdata[i];
        if (draft->before)
            file_replace(backlog->root, draft->path, edit_bytes(draft->edit), draft->before, NULL);
        else
            file_remove(backlog->root, draft->path, edit_bytes(draft->edit), NULL);
    }
}

/* All drafts that changed something, companions included. */
static GPtrArray *changed_drafts(const GPtrArray *drafts)
{
    GPtrArray *all = g_ptr_array_new();
    for (guint i = 0; i < drafts->len; i++) {
        const struct draft *draft = drafts->pdata[i];
        if (is_changed(draft))
            g_ptr_array_add(all, (gpointer)draft);
        if (draft->companions)
            g_ptr_array_extend(all, draft->companions, NULL, NULL);
    }
    return all;
}

static gboolean write_all(struct backlog *backlog, const GPtrArray *drafts, GError **error)
{
    g_autoptr(GPtrArray) all = changed_drafts(drafts), written = g_ptr_array_new();

    for (guint i = 0; i < all->len; i++) {
        const struct draft *draft = all->pdata[i];
        g_autoptr(GError) cause = NULL;
        if (write_one(backlog, draft, &cause)) {
            g_ptr_array_add(written, (gpointer)draft);
            continue;
        }
        /* This one too: it may hold the new bytes though the disk did not confirm them. */
        g_ptr_array_add(written, (gpointer)draft);
        take_back(backlog, written);
        g_autofree char *path = policy_display(backlog->policy, draft->path);
        g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE, "%s: %s", path, cause->message);
        return FALSE;
    }
    return TRUE;
}

gboolean drafts_write(struct backlog *backlog, const GPtrArray *drafts, GError **error)
{
    sigset_t signals;

    file_hold_signals(&signals);
    gboolean done = write_all(backlog, drafts, error);
    file_release_signals(&signals);
    return done;
}
