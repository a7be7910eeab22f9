#include "feedback_demand.h"
#include "feedback_list.h"
#include "meant.h"
#include "record.h"

#include "feedback.h"
#include "people.h"

#include <stddef.h>
#include <string.h>

struct feedback_options {
    char *from;
    char *on;
    char *says;
    char *via;
    gboolean demand;
    char *format;
};

static const struct option table[] = {
    { "from", 0, OPTION_TEXT, offsetof(struct feedback_options, from), "ASKER",
      "note a request, and who asked: somebody, a company, a place" },
    { "on", 0, OPTION_TEXT, offsetof(struct feedback_options, on), "DATE", "when; today by default" },
    { "says", 0, OPTION_TEXT, offsetof(struct feedback_options, says), "TEXT", "what for, in their words" },
    { "via", 0, OPTION_TEXT, offsetof(struct feedback_options, via), "URL",
      "where it is to be read: a link, or a path of the repository" },
    { "demand", 0, OPTION_FLAG, offsetof(struct feedback_options, demand), NULL,
      "rank items by how many asked" },
    { "format", 0, OPTION_TEXT, offsetof(struct feedback_options, format), "FORMAT",
      "text, tsv, csv, json, jsonl or markdown" },
    { 0 },
};

/* -- noting a request -- */

/* An address is personal data, which a commit keeps for good. It is for the user to decide. Returns whether
 * there was one that is nobody's of the team. */
static gboolean warn_of_address(struct context *context, const char *option, const char *text)
{
    g_autofree char *address = text ? feedback_address(text) : NULL;
    struct person person = { 0 };

    if (!address)
        return FALSE;
    output_warning(context->output, "--%s: %s is an e-mail address, which git keeps for good", option,
                   address);
    if (!people_find(context->policy, address, &person) || (!person.handle && !person.name))
        return TRUE;
    output_hint(context->output, "write %s, which the policy has for it",
                person.handle ? person.handle : person.name);
    return FALSE;
}

static void warn(struct context *context, const struct feedback_options *options, gboolean leads)
{
    gboolean from = warn_of_address(context, "from", options->from);
    gboolean says = warn_of_address(context, "says", options->says);
    gboolean via = warn_of_address(context, "via", options->via);

    if (from || says || via)
        output_hint(context->output,
                    "write what only you can look up: a handle, a company, a customer number; "
                    "PERSONAL DATA in refine-feedback(1) has how to take it back");
    if (options->via && !leads)
        output_warning(context->output,
                       "--via: %s is neither a link such as https://… nor a file of the repository",
                       options->via);
}

static char *trim(const char *text)
{
    return text ? g_strstrip(g_strdup(text)) : NULL;
}

static enum status status_of(struct draft *draft)
{
    const struct node *status = node_find(edit_document(draft->edit)->front->root, "status");
    return status && status->kind == NODE_SCALAR ? status_parse(status->text) : STATUS_UNKNOWN;
}

static gboolean fill_draft(struct context *context, struct draft *draft,
                           const struct feedback_options *options, GError **error)
{
    g_autofree char *from = trim(options->from), *says = trim(options->says), *given = trim(options->via);
    g_autofree char *on = feedback_day(options->on ? options->on : "today", error);
    gboolean leads = TRUE;
    g_autofree char *via =
        given && *given ? feedback_via(context->policy, context->folder, given, &leads) : g_strdup(given);
    const struct feedback_texts texts = { .from = from, .on = on, .says = says, .via = via };

    if (!on || !feedback_add(draft, &texts, error)) {
        if (error && g_error_matches(*error, DRAFT_ERROR, DRAFT_ERROR_VALUE))
            g_prefix_error(error, "--");
        return FALSE;
    }
    warn(context, options, leads);
    if (status_of(draft) == STATUS_RELEASED)
        output_hint(context->output, "%s is released: whoever asks can be told now",
                    draft->id ? draft->id : draft->path);
    return TRUE;
}

static int add(struct context *context, struct backlog *backlog, const struct entry *entry,
               const struct feedback_options *options, GError **error)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    struct draft *draft = draft_open(backlog, entry, error);

    if (!draft)
        return -1;
    g_ptr_array_add(drafts, draft);
    return fill_draft(context, draft, options, error) ? record_drafts(context, backlog, drafts, error) : -1;
}

/* -- -- */

/* What the command is to do is told by its options; others must not stand beside these. */
static gboolean check_options(const struct feedback_options *options, char **arguments, GError **error)
{
    const char *beside = options->on ? "on" : options->says ? "says" : options->via ? "via" : NULL;

    if (beside && !options->from)
        return usage_error(error, "--%s goes with --from WHO: who asked", beside) >= 0;
    if (options->from && options->demand)
        return usage_error(error, "choose one of --from and --demand") >= 0;
    if (options->from && options->format)
        return usage_error(error, "--format is for lists of requests, not with --from") >= 0;
    if (options->demand || (arguments[0] && !arguments[1]))
        return TRUE;
    return usage_error(error,
                       arguments[0] ? "expected one id, saw %s too"
                                    : "expected the id of an item, or --demand%s",
                       arguments[0] ? arguments[1] : "") >= 0;
}

static int show(struct context *context, struct backlog *backlog, const struct feedback_options *options,
                char **arguments, GError **error)
{
    enum feedback_format format;

    if (!feedback_format_parse(context, options->format, &format, error))
        return -1;
    output_page(context->output);
    if (options->demand) {
        backlog_load(backlog);
        if (!feedback_demand(context, backlog, (const char *const *)arguments, format, error))
            return -1;
    } else {
        const struct entry *entry = meant_find(context, backlog, arguments[0], error);
        if (!entry)
            return -1;
        backlog_load(backlog);
        feedback_list(context, backlog, backlog_at(backlog, entry->path), format);
    }
    return feedback_is_whole(context, backlog) ? 0 : 1;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct feedback_options *given = options;

    if (!check_options(given, arguments, error))
        return -1;
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    if (!backlog)
        return -1;
    if (!given->from)
        return show(context, backlog, given, arguments, error);
    const struct entry *entry = meant_find(context, backlog, arguments[0], error);
    return entry ? add(context, backlog, entry, given, error) : -1;
}

const struct command command_feedback = {
    .name = "feedback",
    .arguments = "[ID | QUERY…]",
    .summary = "Note who asked for an item, show who did, or rank items by demand.",
    .needs = NEEDS_POLICY | RECORDS,
    .options_size = sizeof(struct feedback_options),
    .options = table,
    .most = G_MAXUINT,
    .run = run,
};
