#include "feedback_demand.h"
#include "feedback_list.h"
#include "feedback_notify.h"
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
    gboolean all;
    gboolean notify;
    char *since;
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
    { "all", 'a', OPTION_FLAG, offsetof(struct feedback_options, all), NULL,
      "of --demand: closed items too" },
    { "notify", 0, OPTION_FLAG, offsetof(struct feedback_options, notify), NULL,
      "show whom to tell about what was released" },
    { "since", 0, OPTION_TEXT, offsetof(struct feedback_options, since), "REV",
      "of --notify: since a revision; the last tag by default" },
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

/* A request for what is no longer on the list is to be answered, or a reason to look at that again. */
static void say_status(struct context *context, struct draft *draft)
{
    enum status status = status_of(draft);
    const char *name = draft->id ? draft->id : draft->path;

    if (status == STATUS_RELEASED)
        output_hint(context->output, "%s is released: whoever asks can be told now", name);
    else if (status == STATUS_DROPPED)
        output_hint(context->output, "%s was dropped: --demand leaves it out but with --all", name);
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
    say_status(context, draft);
    return TRUE;
}

static int add(struct context *context, const char *word, const struct feedback_options *options,
               GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    const struct entry *entry = backlog ? meant_find(context, backlog, word, error) : NULL;
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func((GDestroyNotify)draft_free);
    struct draft *draft = entry ? draft_open(backlog, entry, error) : NULL;

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
    const char *list = options->demand ? "demand" : options->notify ? "notify" : NULL;

    if (beside && !options->from)
        return usage_error(error, "--%s goes with --from ASKER: who asked", beside) >= 0;
    if (options->from && list)
        return usage_error(error, "choose one of --from and --%s", list) >= 0;
    if (options->demand && options->notify)
        return usage_error(error, "choose one of --demand and --notify") >= 0;
    if (options->since && !options->notify)
        return usage_error(error, "--since goes with --notify") >= 0;
    if (options->all && !options->demand)
        return usage_error(error, "--all goes with --demand") >= 0;
    if (options->from && options->format)
        return usage_error(error, "--format is for lists of requests, not with --from") >= 0;
    if (options->notify && arguments[0])
        return usage_error(error, "--notify is of all that was released, saw %s", arguments[0]) >= 0;
    if (!list && !arguments[0])
        return usage_error(error, "expected the id of an item, --demand or --notify") >= 0;
    if (!list && arguments[1])
        return usage_error(error, "expected one id, saw %s too", arguments[1]) >= 0;
    return TRUE;
}

static int show_demand(struct context *context, const struct feedback_options *options,
                       enum feedback_format format, char **terms, GError **error)
{
    const struct feedback_wish wish = { (const char *const *)terms, options->all };
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);

    if (!backlog)
        return -1;
    backlog_load(backlog);
    if (!feedback_demand(context, backlog, &wish, format, error))
        return -1;
    return feedback_is_whole(context, backlog) ? 0 : 1;
}

static int show_item(struct context *context, enum feedback_format format, const char *word, GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    const struct entry *entry = backlog ? meant_find(context, backlog, word, error) : NULL;

    if (!entry)
        return -1;
    backlog_load(backlog);
    const struct item *item = backlog_at(backlog, entry->path);
    /* Whoever would edit it is told why it cannot be read. */
    g_autoptr(Draft) draft = item->readable ? NULL : draft_open(backlog, entry, error);
    if (!item->readable && !draft)
        return -1;
    feedback_list(context, backlog, item, format);
    return feedback_is_whole(context, backlog) ? 0 : 1;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct feedback_options *given = options;
    enum feedback_format format;

    if (!check_options(given, arguments, error))
        return -1;
    if (given->from)
        return add(context, arguments[0], given, error);
    if (!feedback_format_parse(context, given->format, &format, error))
        return -1;
    output_page(context->output);
    return given->demand   ? show_demand(context, given, format, arguments, error)
           : given->notify ? feedback_notify(context, given->since, format, error)
                           : show_item(context, format, arguments[0], error);
}

const struct command command_feedback = {
    .name = "feedback",
    .arguments = "[ID | QUERY…]",
    .summary = "Note who asked for an item, show who did, rank items by demand, tell of releases.",
    .needs = NEEDS_POLICY | RECORDS,
    .options_size = sizeof(struct feedback_options),
    .options = table,
    .most = G_MAXUINT,
    .run = run,
};
