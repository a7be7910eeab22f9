#include "split_editor.h"

#include "buffer.h"
#include "editor.h"
#include "present.h"
#include "record.h"
#include "split_tell.h"
#include "split_text.h"

/* One item on its way through the editor. */
struct editing {
    struct context *context;
    const char *id;
    struct split *split; /* as the options have it, without children */
    struct buffer *buffer;
    GBytes *base; /* the text to begin with, for the item as it was when text was made */
    GBytes *text; /* what the editor gets next */
};

static void set_bytes(GBytes **place, GBytes *bytes)
{
    GBytes *taken = g_bytes_ref(bytes);
    g_clear_pointer(place, g_bytes_unref);
    *place = taken;
}

/* Reads the parent as it is now: its parts, and the text to begin with. */
static GBytes *read_parent(struct backlog *backlog, const struct entry *entry, struct split_parts *parts,
                           const struct split *split, GError **error)
{
    g_autoptr(Draft) draft = split_may(backlog, entry, error) ? draft_open(backlog, entry, error) : NULL;

    if (!draft)
        return NULL;
    split_parts_init(parts, edit_document(draft->edit), backlog->policy);
    return split_text_print(backlog_at(backlog, entry->path), parts, split);
}

/* Takes over what was done to the item since the text was made. */
static void follow(struct editing *editing, GBytes *now, GBytes **saved)
{
    if (split_text_has_same(editing->base, now))
        return;
    GBytes *text = split_text_follow(*saved, editing->base, now);
    g_bytes_unref(*saved);
    *saved = text;
    set_bytes(&editing->base, now);
    output_hint(editing->context->output,
                "%s was changed meanwhile; the numbers in your text were brought up to "
                "date",
                editing->id);
}

/* A split like that of the options, for one attempt. */
static struct split *begin_split(const struct editing *editing)
{
    struct split *split = split_new();

    split->keep = editing->split->keep;
    split->stage = editing->split->stage;
    split->pattern = editing->split->pattern;
    split->names = editing->split->names;
    split->reason = g_strdup(editing->split->reason);
    return split;
}

static enum attempt refuse(struct editing *editing, GBytes *saved, const GPtrArray *findings, GError **error)
{
    g_autoptr(GBytes) again = split_text_complain(saved, findings);

    buffer_complain(editing->buffer, findings);
    set_bytes(&editing->text, again);
    if (editor_ask_again(editing->context->output))
        return ATTEMPT_AGAIN;
    g_set_error(error, SPLIT_ERROR, SPLIT_ERROR_PART, "the text has %u error%s, so nothing was split",
                findings->len, present_plural(findings->len));
    return ATTEMPT_REFUSED;
}

/* The backlog is read anew: it may have gone on while the editor was open. */
static enum attempt take(struct editing *editing, GBytes **saved, int *status, GError **error)
{
    struct context *context = editing->context;
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    const struct entry *entry = backlog ? backlog_find(backlog, editing->id, error) : NULL;
    g_autoptr(Split) split = begin_split(editing);
    g_autoptr(GPtrArray) findings = findings_new();
    struct split_parts parts = { 0 };
    g_autoptr(GBytes) now = entry ? read_parent(backlog, entry, &parts, editing->split, error) : NULL;
    enum attempt attempt = ATTEMPT_REFUSED;

    if (now) {
        follow(editing, now, saved);
        if (split_text_read(*saved, &parts, split, findings)) {
            *status = split_record(context, backlog, entry, split, error);
            attempt = *status < 0 ? ATTEMPT_REFUSED : ATTEMPT_TAKEN;
        } else {
            attempt = refuse(editing, *saved, findings, error);
        }
    }
    split_parts_clear(&parts);
    return attempt;
}

/* One time through the editor; *status gets the exit status where that is the end of it. */
static enum attempt edit_once(struct editing *editing, int *status, GError **error)
{
    g_autoptr(GBytes) base = g_bytes_ref(editing->base);
    GBytes *saved = buffer_edit(editing->buffer, base, editing->text, error);
    enum attempt attempt = ATTEMPT_TAKEN;

    if (!saved)
        return ATTEMPT_REFUSED;
    if (split_text_is_empty(saved) || g_bytes_equal(saved, base)) {
        output_hint(editing->context->output, "%s, so nothing was split",
                    split_text_is_empty(saved) ? "there are no lines" : "the text is as it was");
        buffer_done(editing->buffer);
        *status = 1;
    } else {
        attempt = take(editing, &saved, status, error);
    }
    g_bytes_unref(saved);
    return attempt;
}

/* A text from last time, for the item as it is now, with what is wrong in it. */
static void reopen(struct editing *editing, const struct split_parts *parts, GBytes *now)
{
    GBytes *kept = buffer_kept(editing->buffer), *base = buffer_kept_base(editing->buffer);
    g_autoptr(GBytes) text = kept ? g_bytes_ref(kept) : NULL;
    g_autoptr(Split) split = begin_split(editing);
    g_autoptr(GPtrArray) findings = findings_new();

    set_bytes(&editing->base, kept && base ? base : now);
    set_bytes(&editing->text, now);
    if (!kept)
        return;
    output_hint(editing->context->output, "your last split of %s is kept; opening it", editing->id);
    follow(editing, now, &text);
    split_text_read(text, parts, split, findings);
    g_autoptr(GBytes) told = split_text_complain(text, findings);
    set_bytes(&editing->text, told);
}

static int edit(struct editing *editing, GError **error)
{
    enum attempt attempt;
    int status = 0;

    do {
        attempt = edit_once(editing, &status, error);
    } while (attempt == ATTEMPT_AGAIN);
    if (attempt == ATTEMPT_REFUSED)
        return buffer_refuse(editing->buffer, error);
    if (!editing->context->record->dry_run)
        buffer_done(editing->buffer);
    else if (status == 0 && buffer_keeps(editing->buffer))
        output_hint(editing->context->output, "your text is kept, and opened by the next refine split %s",
                    editing->id);
    return status;
}

int split_edit(struct context *context, struct backlog *backlog, const struct entry *entry,
               struct split *split, GError **error)
{
    struct split_parts parts = { 0 };
    g_autoptr(GBytes) now = read_parent(backlog, entry, &parts, split, error);
    const char *id = now ? backlog_id(backlog, entry) : NULL;
    g_autofree char *name = g_strdup_printf("split-%s", id ? id : "");
    g_autoptr(Buffer) buffer = now ? buffer_open(context, name, error) : NULL;
    struct editing editing = { .context = context, .id = id, .split = split, .buffer = buffer };
    int status = -1;

    if (buffer) {
        reopen(&editing, &parts, now);
        status = edit(&editing, error);
    }
    g_clear_pointer(&editing.base, g_bytes_unref);
    g_clear_pointer(&editing.text, g_bytes_unref);
    split_parts_clear(&parts);
    return status;
}
