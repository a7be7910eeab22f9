#include "depends_edit.h"

#include "depend_show.h"
#include "meant.h"
#include "record.h"

#include <stddef.h>
#include <string.h>

struct depend_options {
    char **on;
    char **off;
    char *external;
    char *owner;
    char *due;
    gboolean none;
};

static const struct option table[] = {
    { "on", 0, OPTION_TEXTS, offsetof(struct depend_options, on), "ID", "it depends on that item, too" },
    { "off", 0, OPTION_TEXTS, offsetof(struct depend_options, off), "ID",
      "it no longer does; or the name of what lies outside" },
    { "external", 0, OPTION_TEXT, offsetof(struct depend_options, external), "WHAT",
      "it depends on what lies outside of the backlog" },
    { "owner", 0, OPTION_TEXT, offsetof(struct depend_options, owner), "WHO", "who sees to that" },
    { "due", 0, OPTION_TEXT, offsetof(struct depend_options, due), "DAY", "when it is due, YYYY-MM-DD" },
    { "none", 0, OPTION_FLAG, offsetof(struct depend_options, none), NULL, "it depends on nothing" },
    { 0 },
};

static gboolean is_change(const struct depend_options *given)
{
    return given->on || given->off || given->external || given->none;
}

static gboolean check_options(const struct context *context, const struct depend_options *given,
                              const char *id, GError **error)
{
    const char *recording = record_given(context->record);

    if ((given->owner || given->due) && !given->external)
        return usage_error(error, "--owner and --due go with --external WHAT") == 0;
    if (given->none && (given->on || given->external))
        return usage_error(error, "--none says that there is nothing: leave --on and --external out") == 0;
    if (is_change(given) && !id)
        return usage_error(error, "expected the id of the item that depends: refine depend ID --on ID") == 0;
    if (recording && !is_change(given))
        return usage_error(error, "%s goes with a change: to look records nothing", recording) == 0;
    return TRUE;
}

/* -- changes -- */

/* What has to be known of an item that waits for others, and of one that is waited for. */
static void hint_status(struct context *context, const struct draft *draft, const struct entry *entry)
{
    const struct item *own = backlog_at(draft->backlog, draft->path);
    const struct item *item = backlog_at(draft->backlog, entry->path);

    if (own && own->id && !status_is_open(own->status))
        output_hint(context->output, "%s is %s, so %s", own->id, status_names()[own->status],
                    own->status == STATUS_SPLIT ? "what its parts depend on counts" : "it waits for nothing");
    if (item && item->id && item->status == STATUS_DROPPED)
        output_hint(context->output, "%s was dropped: nothing will come of it", item->id);
    else if (item && item->id && item->status == STATUS_SPLIT)
        output_hint(context->output, "%s was split: its parts are meant", item->id);
}

static gboolean add_items(struct context *context, struct draft *draft, char **words, GError **error)
{
    backlog_load(draft->backlog);
    for (gsize i = 0; words && words[i]; i++) {
        const struct entry *entry = meant_find(context, draft->backlog, words[i], error);
        const char *id = entry ? backlog_id(draft->backlog, entry) : NULL;
        if (!entry || !draft_assign(draft, "depends", DRAFT_ADD, id ? id : words[i], error))
            return FALSE;
        hint_status(context, draft, entry);
    }
    return TRUE;
}

/* What is taken away goes first, so that the rest stands in its place. */
static gboolean change(struct context *context, struct draft *draft, const struct depend_options *given,
                       GError **error)
{
    for (gsize i = 0; given->off && given->off[i]; i++)
        if (!depends_remove(draft, given->off[i], error))
            return FALSE;
    if (given->none && !depends_set_none(draft, error))
        return FALSE;
    return add_items(context, draft, given->on, error) &&
           (!given->external ||
            depends_set_external(draft, given->external, given->owner, given->due, error));
}

static int record(struct context *context, struct backlog *backlog, const struct entry *entry,
                  const struct depend_options *given, GError **error)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    struct draft *draft = draft_open(backlog, entry, error);

    if (!draft)
        return -1;
    g_ptr_array_add(drafts, draft);
    return change(context, draft, given, error) ? record_drafts(context, backlog, drafts, error) : -1;
}

/* -- */

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct depend_options *given = options;
    const char *word = arguments[0];

    if (!check_options(context, given, word, error))
        return -1;
    if (is_change(given) && !context->record->dry_run && !record_settle(context, error))
        return -1;
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    const struct entry *entry = backlog && word ? meant_find(context, backlog, word, error) : NULL;
    if (!backlog || (word && !entry))
        return -1;
    if (is_change(given))
        return record(context, backlog, entry, given, error);
    if (entry)
        return depend_show_item(context, backlog, entry, error);
    depend_show_external(context, backlog);
    return 0;
}

const struct command command_depend = {
    .name = "depend",
    .arguments = "[ID]",
    .summary = "Show what an item depends on and who on it, or change that; or list what lies outside.",
    .needs = NEEDS_POLICY | NEEDS_PAGER | RECORDS | SETTLES,
    .options_size = sizeof(struct depend_options),
    .options = table,
    .most = 1,
    .run = run,
};
