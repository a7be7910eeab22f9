#include "order.h"

#include "buffer.h"
#include "editor.h"
#include "meant.h"
#include "place.h"
#include "present.h"
#include "record.h"

#include <stddef.h>
#include <string.h>

static const struct option table[] = {
    { "top", 0, OPTION_FLAG, offsetof(struct place_options, top), NULL, "put the items first" },
    { "bottom", 0, OPTION_FLAG, offsetof(struct place_options, bottom), NULL, "put them last" },
    { "before", 0, OPTION_TEXT, offsetof(struct place_options, before), "ID", "put them before an item" },
    { "after", 0, OPTION_TEXT, offsetof(struct place_options, after), "ID", "put them behind an item" },
    { 0 },
};

/* -- some items -- */

/* The place as it was said, but beside the item that is meant where that of a duplicate was. */
static char *find_place(struct context *context, struct backlog *backlog, const char *where, GError **error)
{
    const char *colon = strchr(where, ':');
    const struct entry *entry = colon ? meant_find(context, backlog, colon + 1, error) : NULL;
    const char *id = entry ? backlog_id(backlog, entry) : NULL;

    if (colon && !entry)
        return NULL;
    return id ? g_strdup_printf("%.*s:%s", (int)(colon - where), where, id) : g_strdup(where);
}

static int place_items(struct context *context, const struct place_options *options, char **ids,
                       GError **error)
{
    g_autofree char *given = place_text(options, NULL, error);
    g_autoptr(Backlog) backlog = given ? backlog_open(context->policy, NULL, error) : NULL;
    g_autofree char *where = backlog ? find_place(context, backlog, given, error) : NULL;
    g_autoptr(GPtrArray) entries = g_ptr_array_new();

    if (!where)
        return -1;
    for (gsize i = 0; ids[i]; i++) {
        const struct entry *entry = meant_find(context, backlog, ids[i], error);
        if (!entry)
            return -1;
        g_ptr_array_add(entries, (gpointer)entry);
    }
    g_autoptr(GPtrArray) drafts = order_place(backlog, entries, where, error);
    return drafts ? record_drafts(context, backlog, drafts, error) : -1;
}

/* -- all of them -- */

static const char head[] =
    "# The open items, the first on top. Move lines: the order of the lines becomes that\n"
    "# of the backlog, and what was moved is the decision.\n"
    "#\n"
    "# A line counts by the id that it begins with; the rest is for reading. No line may\n"
    "# be added or left out. Remove them all, and everything stays as it is.\n";

/* The order as the editor gets it. */
static GBytes *print_order(struct backlog *backlog)
{
    g_autoptr(GPtrArray) items = order_items(backlog);
    g_autofree char *lines = order_print(items);
    GString *text = g_string_new(head);
    guint open = 0;

    for (guint i = 0; i < backlog->items->len; i++)
        open += ((struct item *)backlog->items->pdata[i])->position != 0;
    if (open > items->len)
        g_string_append_printf(text, "#\n# Not listed, for want of an id of their own: %u.\n",
                               open - items->len);
    g_string_append_printf(text, "\n%s", lines);
    return g_string_free_to_bytes(text);
}

/* Does what was done to base. The backlog is that of now: it may have gone on while the editor was open. */
static int replay(struct context *context, GBytes *base, GBytes *saved, GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    g_autoptr(GPtrArray) items = backlog ? order_replay(backlog, base, saved) : NULL;
    g_autoptr(GPtrArray) drafts = items ? order_drafts(backlog, items, error) : NULL;

    if (!drafts)
        return -1;
    if (drafts->len == 0 && !context->json)
        output_write(context->output, "no change\n");
    return record_drafts(context, backlog, drafts, error);
}

/* One time through the editor with *text, which may be replaced; *status gets the exit status where that is
 * the end of it. */
static enum attempt edit_once(struct context *context, struct buffer *buffer, GBytes *base, GBytes **text,
                              int *status, GError **error)
{
    g_autoptr(GBytes) saved = buffer_edit(buffer, base, *text, error);
    g_autoptr(GPtrArray) findings = findings_new();

    if (!saved)
        return ATTEMPT_REFUSED;
    if (order_is_empty(saved)) {
        output_hint(context->output, "there are no lines, so nothing was moved");
        *status = 1;
        return ATTEMPT_TAKEN;
    }
    if (order_check(base, saved, findings)) {
        *status = replay(context, base, saved, error);
        return *status < 0 ? ATTEMPT_REFUSED : ATTEMPT_TAKEN;
    }
    buffer_complain(buffer, findings);
    if (editor_ask_again(context->output)) {
        g_bytes_unref(*text);
        *text = g_steal_pointer(&saved);
        return ATTEMPT_AGAIN;
    }
    g_set_error(error, DRAFT_ERROR, DRAFT_ERROR_VALUE, "the order has %u error%s, so nothing was moved",
                findings->len, findings->len == 1 ? "" : "s");
    return ATTEMPT_REFUSED;
}

static int edit_order(struct context *context, GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    g_autoptr(GBytes) now = backlog ? print_order(backlog) : NULL;
    g_autoptr(Buffer) buffer = NULL;
    enum attempt attempt;
    int status = 0;

    if (!now)
        return -1;
    if (order_is_empty(now)) {
        output_hint(context->output, "there is no open item to be put into order");
        return replay(context, now, now, error);
    }
    buffer = buffer_open(context, "order", error);
    if (!buffer)
        return -1;
    GBytes *kept = buffer_kept(buffer), *kept_base = buffer_kept_base(buffer);
    g_autoptr(GBytes) base = g_bytes_ref(kept_base ? kept_base : now);
    g_autoptr(GBytes) text = g_bytes_ref(kept ? kept : now);
    if (kept)
        output_hint(context->output, "your last order is kept; opening it");
    do {
        attempt = edit_once(context, buffer, base, &text, &status, error);
    } while (attempt == ATTEMPT_AGAIN);
    if (attempt == ATTEMPT_REFUSED)
        return buffer_refuse(buffer, error);
    if (!context->record->dry_run)
        buffer_done(buffer);
    return status;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct place_options *place = options;

    if (arguments[0])
        return place_items(context, place, arguments, error);
    if (place->top || place->bottom || place->before || place->after)
        return usage_error(error, "expected one or more ids to be put there");
    return edit_order(context, error);
}

const struct command command_order = {
    .name = "order",
    .arguments = "[ID…]",
    .summary = "Put items before or behind others, or all into another order in your editor.",
    .needs = NEEDS_POLICY | RECORDS,
    .options_size = sizeof(struct place_options),
    .options = table,
    .most = G_MAXUINT,
    .run = run,
};
