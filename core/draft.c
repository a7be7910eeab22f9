#include "draft.h"

#include "clock.h"
#include "file.h"
#include "ident.h"
#include "rank.h"

#include <string.h>

G_DEFINE_QUARK(refine_draft, draft_error)

gboolean draft_refuse(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, DRAFT_ERROR, DRAFT_ERROR_VALUE, message);
    return FALSE;
}

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

struct draft *draft_open_text(struct backlog *backlog, const struct entry *entry, GError **error)
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
    draft->edit = edit_new(draft->before);
    const struct node *id = node_find(edit_document(draft->edit)->front->root, "id");
    draft->id = g_strdup(entry->id ? entry->id : id && id->kind == NODE_SCALAR ? id->text : NULL);
    return g_steal_pointer(&draft);
}

struct draft *draft_open(struct backlog *backlog, const struct entry *entry, GError **error)
{
    g_autoptr(Draft) draft = draft_open_text(backlog, entry, error);
    return draft && check_document(draft, entry, error) ? g_steal_pointer(&draft) : NULL;
}

struct draft *draft_file(struct backlog *backlog, const char *id, const char *path, GBytes *before,
                         GBytes *after, const char *words)
{
    struct draft *draft = g_new0(struct draft, 1);

    draft->backlog = backlog;
    draft->path = g_strdup(path);
    draft->id = g_strdup(id);
    draft->before = before ? g_bytes_ref(before) : NULL;
    draft->edit = after ? edit_new(after) : NULL;
    draft->manner = after ? DRAFT_WHOLE : DRAFT_GOES;
    draft->is_file = TRUE;
    draft->words = g_strdup(words);
    return draft;
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

char *draft_folder(const struct policy *policy, const char *id)
{
    g_autofree char *shard = g_strndup(id, 2);
    if (g_strcmp0(policy_text(policy, "layout"), "sharded") == 0)
        return g_build_filename(policy->folder, shard, NULL);
    return g_strdup(policy->folder);
}

static char *path_for(const struct policy *policy, const char *id, const char *title)
{
    g_autofree char *name = ident_file_name(id, title);
    g_autofree char *folder = draft_folder(policy, id);
    return g_build_filename(folder, name, NULL);
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

gboolean draft_renew(struct draft *draft, GError **error)
{
    const struct entry *entry = backlog_entry(draft->backlog, draft->path);

    if (draft->manner != DRAFT_EDITED || !draft->before || !entry)
        return draft_refuse(error, "it was changed as a whole");
    g_autoptr(GBytes) now = backlog_read(draft->backlog, entry, error);
    g_autoptr(Edit) edit = now ? edit_new(now) : NULL;
    if (!edit || !edit_replay(draft->edit, edit, error))
        return FALSE;
    g_bytes_unref(draft->before);
    draft->before = g_steal_pointer(&now);
    edit_free(draft->edit);
    draft->edit = g_steal_pointer(&edit);
    return TRUE;
}

static const char *front_text(const struct draft *draft, const char *key)
{
    const struct node *node = node_find(edit_document(draft->edit)->front->root, key);
    return node && node->kind == NODE_SCALAR && *node->text ? node->text : NULL;
}

/* Whether another item than the draft's has the id. */
static gboolean is_foreign(const struct draft *draft, const char *id)
{
    const struct item *item = backlog_item(draft->backlog, id);
    return item && strcmp(item->path, draft->path) != 0;
}

gboolean draft_mint(struct draft *draft, struct random *random, GHashTable *taken, const char *rank,
                    GError **error)
{
    struct minting minting = { draft->backlog, taken };
    g_autofree const char **order = field_order();
    const char *own = front_text(draft, "id"), *title = front_text(draft, "title");
    g_autofree char *folder = g_path_get_dirname(draft->path);

    backlog_load(draft->backlog);
    gboolean keeps = ident_is_valid(own) && !is_foreign(draft, own) && !g_hash_table_contains(taken, own);
    g_autofree char *id =
        keeps ? g_strdup(own) : ident_mint(random, draft->backlog->entries->len, is_taken, &minting);
    g_autofree char *name = ident_file_name(id, title ? title : "");
    draft->move_to = g_build_filename(folder, name, NULL);
    g_free(draft->id);
    draft->id = g_strdup(id);
    g_hash_table_add(taken, g_strdup(id));
    return edit_set(draft->edit, "id", id, SCALAR_STRING, order, error) &&
           (rank_is_valid(front_text(draft, "rank")) ||
            edit_set(draft->edit, "rank", rank, SCALAR_STRING, order, error));
}

void draft_name(struct draft *draft)
{
    const char *title = front_text(draft, "title");

    g_assert(!draft->before);
    if (!title)
        return;
    g_free(draft->path);
    draft->path = path_for(draft->backlog->policy, draft->id, title);
}

void draft_free(struct draft *draft)
{
    if (!draft)
        return;
    g_free(draft->path);
    g_free(draft->id);
    g_clear_pointer(&draft->before, g_bytes_unref);
    g_clear_pointer(&draft->companions, g_ptr_array_unref);
    g_free(draft->move_to);
    g_free(draft->moved_from);
    g_free(draft->words);
    g_clear_pointer(&draft->committed, g_bytes_unref);
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

/* -- what came of it -- */

void draft_rewrite(struct draft *draft, GBytes *after)
{
    g_autoptr(GPtrArray) findings = findings_new();

    edit_free(draft->edit);
    draft->edit = edit_new(after);
    draft->manner = draft->before && find_error(draft->before, findings) ? DRAFT_WHOLE : DRAFT_REWRITTEN;
}

GPtrArray *draft_changes_between(const struct draft *draft, GBytes *before, GBytes *after)
{
    gboolean is_item = !draft->is_file;
    g_autoptr(Document) old = is_item && before ? document_new(before, NULL) : NULL;
    g_autoptr(Document) new = is_item &&after ? document_new(after, NULL) : NULL;
    GPtrArray *changes = change_list(draft->backlog->policy, old, new);

    if (draft->is_file) {
        if (!before != !after || (before && !g_bytes_equal(before, after)) || draft->move_to)
            change_add_file(changes, draft->words);
        return changes;
    }

    change_place(changes, draft->from_position, draft->to_position);
    if (changes->len == 0 && before && after && !g_bytes_equal(before, after))
        change_add_layout(changes);
    return changes;
}

GBytes *draft_origin(const struct draft *draft)
{
    return draft->adopted ? draft->committed : draft->before;
}

GBytes *draft_result(const struct draft *draft)
{
    return draft->edit ? edit_bytes(draft->edit) : NULL;
}

GPtrArray *draft_changes(struct draft *draft)
{
    return draft_changes_between(draft, draft_origin(draft), draft_result(draft));
}

gboolean draft_is_changed(const struct draft *draft)
{
    if (!draft->edit)
        return draft->manner == DRAFT_GOES;
    return !draft->before || draft->move_to || !g_bytes_equal(draft->before, edit_bytes(draft->edit));
}

GPtrArray *drafts_all(const GPtrArray *drafts)
{
    GPtrArray *all = g_ptr_array_new();
    for (guint i = 0; i < drafts->len; i++) {
        const struct draft *draft = drafts->pdata[i];
        g_ptr_array_add(all, (gpointer)draft);
        if (draft->companions)
            g_ptr_array_extend(all, draft->companions, NULL, NULL);
    }
    return all;
}

/* Sets an error where the file would be too large to be read again. */
static gboolean check_size(const struct draft *draft, GError **error)
{
    gsize size = draft->edit ? g_bytes_get_size(edit_bytes(draft->edit)) : 0;

    if (size <= FILE_LIMIT)
        return TRUE;
    g_autofree char *path = policy_display(draft->backlog->policy, draft->path);
    g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE,
                "%s: it would have %" G_GSIZE_FORMAT " bytes, over the limit of %d; nothing was written",
                path, size, FILE_LIMIT);
    return FALSE;
}

gboolean drafts_check(const GPtrArray *all, GError **error)
{
    for (guint i = 0; i < all->len; i++)
        if (!check_size(all->pdata[i], error))
            return FALSE;
    return TRUE;
}

gboolean drafts_write(struct backlog *backlog, const GPtrArray *drafts, GError **error)
{
    g_autoptr(GPtrArray) all = drafts_all(drafts);
    g_autofree struct file_change *changes = g_new0(struct file_change, 2 * all->len + 1);
    g_autoptr(GError) cause = NULL;
    guint n = 0, failed = 0;

    if (!drafts_check(all, error))
        return FALSE;
    for (guint i = 0; i < all->len; i++) {
        const struct draft *draft = all->pdata[i];
        if (!draft_is_changed(draft))
            continue;
        GBytes *after = draft_result(draft);
        if (draft->move_to)
            changes[n++] = (struct file_change){ draft->path, draft->before, NULL };
        changes[n++] = (struct file_change){ draft->move_to ? draft->move_to : draft->path,
                                             draft->move_to ? NULL : draft->before, after };
    }
    if (file_change_all(backlog->root, changes, n, &failed, &cause))
        return TRUE;
    g_autofree char *path = policy_display(backlog->policy, changes[failed].path);
    g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE, "%s: %s", path, cause->message);
    return FALSE;
}
