#include "editor.h"
#include "merge3.h"
#include "present.h"
#include "record.h"
#include "rewrite.h"

/* One item on its way through the editor. */
struct session {
    struct context *context;
    struct backlog *backlog;
    const struct entry *entry;
    struct buffer *buffer;
    struct draft *draft; /* of the file as it was read last */
    GBytes *text;        /* what the editor gets next */
};

static const struct merge_labels labels = { .ours = "your text", .theirs = "the item as it is" };

static void session_clear(struct session *session)
{
    g_clear_pointer(&session->text, g_bytes_unref);
    g_clear_pointer(&session->draft, draft_free);
    g_clear_pointer(&session->buffer, buffer_free);
}

static void set_text(struct session *session, GBytes *text)
{
    GBytes *taken = g_bytes_ref(text);
    g_clear_pointer(&session->text, g_bytes_unref);
    session->text = taken;
}

/* What messages call the item. */
static char *name_of(const struct session *session)
{
    return session->draft->id ? g_strdup(session->draft->id)
                              : present_path(session->context->policy, session->entry->path);
}

static gboolean check_item(const struct session *session, GError **error)
{
    if (session->entry->id || edit_document(session->draft->edit)->front->present)
        return TRUE;
    g_autofree char *name = name_of(session);
    usage_error(error, "%s is no item: it has no front matter; any editor will do for it", name);
    return FALSE;
}

/* Opens the file of the text: it goes by the id, or by the path of an item to be. */
static gboolean open_buffer(struct session *session, GError **error)
{
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, session->entry->path, -1);
    digest[8] = '\0';
    g_autofree char *name =
        session->draft->id ? g_strdup(session->draft->id) : g_strconcat("item-", digest, NULL);
    session->buffer = buffer_open(session->context, name, error);
    return session->buffer != NULL;
}

/* A text from last time with what was done to the file since; where that conflicts, both are marked in it. */
static gboolean merge_kept(struct session *session, GBytes *base, GBytes *kept, GError **error)
{
    GBytes *now = session->draft->before;
    g_autoptr(GBytes) clean = merge3_text(base, kept, now, NULL);
    g_autoptr(GBytes) merged = merge3_marked(base, kept, now, &labels, error);

    if (!merged)
        return FALSE;
    if (!clean)
        output_hint(session->context->output, "the item was changed since in the same lines: choose between "
                                              "<<<<<<< and >>>>>>>");
    else if (!g_bytes_equal(base, now))
        output_hint(session->context->output, "the item was changed since; that is in the text too");
    set_text(session, merged);
    return TRUE;
}

static gboolean find_text(struct session *session, GError **error)
{
    GBytes *kept = buffer_kept(session->buffer), *base = buffer_kept_base(session->buffer);
    g_autofree char *name = name_of(session);

    set_text(session, kept ? kept : session->draft->before);
    if (!kept)
        return TRUE;
    output_hint(session->context->output, "your last text of %s is kept; opening it", name);
    if (base)
        return merge_kept(session, base, kept, error);
    output_hint(session->context->output, "it may be older than the item: look over all of it");
    return TRUE;
}

/* Merges what was saved with what was done to the file meanwhile. Where it cannot be, the user is asked, and
 * then gets both. */
static enum attempt merge_saved(struct session *session, GBytes *now, GBytes **saved, GError **error)
{
    g_autofree char *name = name_of(session);
    g_autoptr(GError) cause = NULL;
    GBytes *before = session->draft->before;
    GBytes *merged = merge3_text(before, *saved, now, &cause);

    if (merged) {
        if (!g_bytes_equal(merged, now))
            output_hint(session->context->output,
                        "%s was changed while the editor was open; both changes are in it", name);
        g_bytes_unref(*saved);
        *saved = merged;
        return ATTEMPT_TAKEN;
    }
    g_autoptr(GBytes) marked = merge3_marked(before, *saved, now, &labels, NULL);
    output_hint(session->context->output, "%s was changed while the editor was open: %s", name,
                cause->message);
    if (marked && editor_ask_again(session->context->output)) {
        g_bytes_unref(*saved);
        *saved = g_steal_pointer(&marked);
        return ATTEMPT_AGAIN;
    }
    g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_FILE, "nothing was written; refine edit %s opens both texts",
                name);
    return ATTEMPT_REFUSED;
}

/* Reads the file again, since somebody may have changed it while the editor was open. */
static enum attempt take_changes(struct session *session, GBytes **saved, GError **error)
{
    struct draft *draft = draft_open_text(session->backlog, session->entry, error);
    enum attempt taken = draft ? ATTEMPT_TAKEN : ATTEMPT_REFUSED;

    if (draft && !g_bytes_equal(draft->before, session->draft->before))
        taken = merge_saved(session, draft->before, saved, error);
    if (taken == ATTEMPT_REFUSED) {
        draft_free(draft);
        return taken;
    }
    draft_free(session->draft);
    session->draft = draft;
    return taken;
}

static int record(struct session *session, GError **error)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new();

    g_ptr_array_add(drafts, session->draft);
    return record_drafts(session->context, session->backlog, drafts, error);
}

/* One time through the editor; *status gets the exit status where that is the end of it. */
static enum attempt edit_once(struct session *session, int *status, GError **error)
{
    g_autoptr(GBytes) saved = buffer_edit(session->buffer, session->draft->before, session->text, error);

    if (!saved)
        return ATTEMPT_REFUSED;
    if (buffer_is_blank(saved)) {
        output_hint(session->context->output, "the text is empty, so nothing was changed");
        *status = 1;
        return ATTEMPT_TAKEN;
    }
    enum attempt taken = take_changes(session, &saved, error);
    if (taken == ATTEMPT_TAKEN && !g_bytes_equal(saved, session->draft->before))
        taken = rewrite_take(session->context, session->buffer, session->draft, saved, error);
    set_text(session, saved);
    if (taken != ATTEMPT_TAKEN)
        return taken;
    *status = record(session, error);
    return *status < 0 ? ATTEMPT_REFUSED : ATTEMPT_TAKEN;
}

static int edit_item(struct session *session, GError **error)
{
    enum attempt attempt;
    int status = 0;

    session->draft = draft_open_text(session->backlog, session->entry, error);
    if (!session->draft || !check_item(session, error) || !open_buffer(session, error))
        return -1;
    if (!find_text(session, error))
        return buffer_refuse(session->buffer, error);
    do {
        attempt = edit_once(session, &status, error);
    } while (attempt == ATTEMPT_AGAIN);
    if (attempt == ATTEMPT_REFUSED)
        return buffer_refuse(session->buffer, error);
    if (!session->context->record->dry_run)
        buffer_done(session->buffer);
    else if (buffer_keeps(session->buffer))
        output_hint(session->context->output, "your text is kept, and opened by the next refine edit");
    return status;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    const struct entry *entry = backlog ? backlog_find(backlog, arguments[0], error) : NULL;
    struct session session = { .context = context, .backlog = backlog, .entry = entry };

    if (!entry)
        return -1;
    int status = edit_item(&session, error);
    session_clear(&session);
    return status;
}

const struct command command_edit = {
    .name = "edit",
    .arguments = "ID",
    .summary = "Edit an item in your editor.",
    .needs = NEEDS_POLICY | RECORDS,
    .least = 1,
    .most = 1,
    .run = run,
};
