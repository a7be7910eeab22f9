#include "log_arguments.h"
#include "log_format.h"
#include "log_words.h"
#include "present.h"

#include "backlog.h"
#include "clock.h"
#include "history_kind.h"
#include "moment.h"

#include <stddef.h>

struct log_options {
    char *max_count;
    char *since;
    char *until;
    char **by;
    char **fields;
    char **kinds;
    char **labels;
    char **types;
    char *format;
    gboolean oneline;
    gboolean reverse;
};

static const struct option table[] = {
    { "max-count", 'n', OPTION_TEXT, offsetof(struct log_options, max_count), "N",
      "the last N decisions alone" },
    { "since", 0, OPTION_TEXT, offsetof(struct log_options, since), "DATE",
      "what was committed then or later: 2026-11-20, yesterday, 2.weeks" },
    { "until", 0, OPTION_TEXT, offsetof(struct log_options, until), "DATE",
      "what was committed then or earlier" },
    { "by", 0, OPTION_TEXTS, offsetof(struct log_options, by), "WHO",
      "what WHO wrote or took part in; @me is you" },
    { "field", 0, OPTION_TEXTS, offsetof(struct log_options, fields), "PART",
      "what changed a field or section: estimate, criteria, questions" },
    { "kind", 0, OPTION_TEXTS, offsetof(struct log_options, kinds), "CHANGE",
      "changes of a kind: added, moved, estimated, dropped" },
    { "label", 'l', OPTION_TEXTS, offsetof(struct log_options, labels), "LABEL",
      "items that had the label then" },
    { "type", 't', OPTION_TEXTS, offsetof(struct log_options, types), "TYPE",
      "items that were of the type then" },
    { "oneline", 0, OPTION_FLAG, offsetof(struct log_options, oneline), NULL,
      "a line for each item of a decision" },
    { "format", 0, OPTION_TEXT, offsetof(struct log_options, format), "PATTERN",
      "lines of placeholders: \"%h %an %(id) %(changes)\"" },
    { "reverse", 0, OPTION_FLAG, offsetof(struct log_options, reverse), NULL, "the oldest first" },
    { 0 },
};

/* What is being printed. */
struct log {
    struct context *context;
    const struct log_options *options;
    struct log_words words;
    const struct log_format *format; /* NULL: none was given */
    guint printed;                   /* decisions */
};

/* -- as JSON -- */

static void add_item(const struct log *log, struct json *items, const struct history_item *item)
{
    struct json *object = json_add_object(items, NULL);
    g_autofree char *path = policy_display(log->context->policy, item->path);
    g_autoptr(GPtrArray) words = history_item_words(item);

    json_add_string(object, "id", item->id);
    json_add_string(object, "path", path);
    json_add_string(object, "title", item->title);
    struct json *changes = json_add_array(object, "changes");
    for (guint i = 0; i < words->len; i++)
        json_add_string(changes, NULL, words->pdata[i]);
    json_add_string(object, "reason", item->reason);
}

static struct json *json_of(const struct log *log, const struct history_decision *decision)
{
    struct json *object = json_new_object();
    g_autofree char *time = log_time(decision, "%Y-%m-%dT%H:%M:%S%:z");

    json_add_string(object, "commit", decision->commit);
    struct json *author = json_add_object(object, "author");
    json_add_string(author, "name", decision->author_name);
    json_add_string(author, "email", decision->author_email);
    json_add_string(object, "time", time);
    json_add_string(object, "subject", decision->subject);
    struct json *participants = json_add_array(object, "participants");
    for (guint i = 0; i < decision->participants->len; i++)
        json_add_string(participants, NULL, decision->participants->pdata[i]);
    struct json *items = json_add_array(object, "items");
    for (guint i = 0; i < decision->items->len; i++)
        add_item(log, items, decision->items->pdata[i]);
    return object;
}

/* An entry of the array "decisions": printed by itself, for there may be very many. */
static void append_json(const struct log *log, GString *out, const struct history_decision *decision)
{
    g_autoptr(Json) json = json_of(log, decision);
    g_autofree char *printed = json_print(json, 2);
    g_auto(GStrv) lines = g_strsplit(printed, "\n", -1);

    g_string_append(out, log->printed ? "," : "");
    for (gsize i = 0; lines[i]; i++)
        g_string_append_printf(out, "\n    %s", lines[i]);
}

/* -- printing -- */

/* Whether nothing but what is asked for is to stand in the output: no blank line, no remark. */
static gboolean is_lines(const struct log *log)
{
    return log->context->json || log->options->oneline || log->format;
}

static void print(struct log *log, const struct history_decision *decision)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (log->context->json)
        append_json(log, out, decision);
    else if (log->format)
        log_format_print(log->format, out, log->context->policy, decision);
    else if (log->options->oneline)
        log_words_lines(&log->words, out, decision);
    else
        log_words_decision(&log->words, out, decision);
    if (log->printed && !is_lines(log))
        output_write(log->context->output, "\n");
    output_write_bytes(log->context->output, out->str, out->len);
    log->printed++;
}

/* Where the history of a shallow clone ends, in the place where that is. */
static void print_cut(const struct log *log)
{
    struct output *output = log->context->output;

    if (is_lines(log))
        return;
    output_write(output, log->printed ? "\n" : "");
    output_write(output, output_sgr(output, TABLE_DIM));
    output_write(output, "history ends here: shallow clone");
    output_write(output, output_sgr(output, TABLE_PLAIN));
    output_write(output, log->options->reverse ? "\n\n" : "\n");
}

/* Prints the newest first as they come, or, to turn them round, at the end. A reader that has seen enough
 * ends it. FALSE on an error, after what came before it. */
static gboolean print_all(struct log *log, struct history *history, guint most, GError **error)
{
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func((GDestroyNotify)history_decision_free);
    GError *trouble = NULL;

    for (guint i = 0; i < most && !output_is_broken(log->context->output); i++) {
        g_autoptr(HistoryDecision) decision = history_next(history, &trouble);
        if (!decision)
            break;
        if (log->options->reverse)
            g_ptr_array_add(kept, g_steal_pointer(&decision));
        else
            print(log, decision);
    }
    if (history_is_cut(history) && log->options->reverse)
        print_cut(log);
    for (guint i = kept->len; i > 0; i--)
        print(log, kept->pdata[i - 1]);
    if (history_is_cut(history) && !log->options->reverse)
        print_cut(log);
    if (trouble)
        g_propagate_error(error, trouble);
    return !trouble;
}

static void print_json_end(const struct log *log, const struct history_wanted *wanted, gboolean complete)
{
    struct output *output = log->context->output;
    gboolean narrowed = wanted->ids || history_is_narrowed(wanted);

    output_write(output, log->printed ? "\n  ],\n" : "],\n");
    output_write(output, narrowed ? "  \"narrowed\": true,\n" : "  \"narrowed\": false,\n");
    output_write(output, complete ? "  \"complete\": true\n}\n" : "  \"complete\": false\n}\n");
}

/* That the filters left nothing; of a part that nobody has by name, which was probably meant. */
static void say_nothing_matches(const struct log *log, const struct history_wanted *wanted)
{
    struct output *output = log->context->output;

    for (gsize i = 0; wanted->fields && wanted->fields[i]; i++) {
        const char *nearest = part_nearest(log->context->policy, wanted->fields[i]);
        if (nearest)
            output_hint(output, "%s is neither a field nor a section of the policy; did you mean %s?",
                        wanted->fields[i], nearest);
    }
    output_hint(output, "no decision matches");
}

/* That there is nothing, or less than there was. */
static void say_rest(const struct log *log, const struct history *history,
                     const struct history_wanted *wanted)
{
    struct output *output = log->context->output;

    if (history_is_cut(history))
        output_hint(output, "the history is that of a shallow clone; git fetch --unshallow gets the rest");
    else if (log->printed == 0 && (wanted->revisions || history_is_narrowed(wanted)))
        say_nothing_matches(log, wanted);
    else if (log->printed == 0 && wanted->ids)
        output_hint(output, "no decision yet; history begins with the first commit of an item");
    else if (log->printed == 0)
        output_hint(output, "no decision yet; history begins with the first commit of the backlog");
}

/* -- arguments -- */

static gboolean parse_count(const char *text, guint *most, GError **error)
{
    guint64 number = 0;

    *most = G_MAXUINT;
    if (!text)
        return TRUE;
    if (!g_ascii_string_to_unsigned(text, 10, 0, G_MAXINT, &number, NULL)) {
        usage_error(error, "--max-count: expected a number, saw %s", text);
        return FALSE;
    }
    *most = (guint)number;
    return TRUE;
}

/* Sets when the wanted time begins and ends. */
static gboolean parse_times(const struct log_options *options, struct history_wanted *wanted, GError **error)
{
    g_autoptr(GDateTime) now = clock_now();
    const char *texts[] = { options->since, options->until };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        gint64 first = 0, last = 0;
        if (texts[i] && !moment_parse(texts[i], now, &first, &last)) {
            usage_error(error, "--%s: expected a date such as 2026-11-20, yesterday or 2.weeks, saw %s",
                        i ? "until" : "since", texts[i]);
            return FALSE;
        }
        *(i ? &wanted->until : &wanted->since) = i ? last : first;
    }
    wanted->has_since = options->since != NULL;
    wanted->has_until = options->until != NULL;
    return TRUE;
}

/* Sets what is wanted, borrowed from the options and what was read of the arguments. */
static gboolean set_wanted(const struct log_options *options, const struct log_arguments *read,
                           struct history_wanted *wanted, GError **error)
{
    wanted->revisions = (const char *const *)read->revisions;
    wanted->ids = (const char *const *)read->ids;
    wanted->persons = (const char *const *)options->by;
    wanted->fields = (const char *const *)options->fields;
    wanted->kinds = (const char *const *)options->kinds;
    wanted->labels = (const char *const *)options->labels;
    wanted->types = (const char *const *)options->types;
    return parse_times(options, wanted, error);
}

/* -- */

/* That a word is that of no item, ever. */
static gboolean check_gone(const struct log *log, const struct history *history,
                           const struct history_wanted *wanted, GError **error)
{
    if (log->printed || wanted->revisions || history_is_narrowed(wanted))
        return TRUE;
    g_assert(wanted->ids);
    g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM, "no item is or was called %s%s", wanted->ids[0],
                history_is_cut(history) ? " since the history of this shallow clone begins" : "");
    return FALSE;
}

static gboolean show(struct log *log, const struct history_wanted *wanted, gboolean gone, GError **error)
{
    struct context *context = log->context;
    guint most;

    if (!parse_count(log->options->max_count, &most, error))
        return FALSE;
    g_autoptr(History) history = history_open_wanted(context->policy, wanted, error);
    if (!history)
        return FALSE;
    if (context->json)
        output_write(context->output, "{\n  \"version\": 1,\n  \"decisions\": [");
    gboolean good = print_all(log, history, most, error);
    if (context->json)
        print_json_end(log, wanted, good && !history_is_cut(history));
    if (!good || (gone && most > 0 && !check_gone(log, history, wanted, error)))
        return FALSE;
    if (!context->json && most > 0)
        say_rest(log, history, wanted);
    return TRUE;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    struct log log = { .context = context, .options = options };
    struct log_arguments read = { 0 };
    struct history_wanted wanted = { 0 };
    g_autoptr(LogFormat) format = NULL;

    if (log.options->format && !(format = log_format_new(log.options->format, error)))
        return -1;
    log.format = format;
    gboolean good = log_arguments_read(context, arguments, &read, error) &&
                    set_wanted(log.options, &read, &wanted, error);
    log.words = (struct log_words){ context->output, wanted.ids == NULL };
    good = good && show(&log, &wanted, read.gone, error);
    log_arguments_clear(&read);
    return good ? 0 : -1;
}

const struct command command_log = {
    .name = "log",
    .arguments = "[ID…]",
    .summary = "Show what was decided, when, by whom and why.",
    .needs = NEEDS_POLICY | NEEDS_PAGER | TAKES_DASHES,
    .options_size = sizeof(struct log_options),
    .options = table,
    .most = G_MAXUINT,
    .run = run,
};
