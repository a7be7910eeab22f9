#include "log_words.h"
#include "present.h"

#include "history.h"
#include "ident.h"

#include <stddef.h>

struct log_options {
    char *max_count;
    gboolean oneline;
    gboolean reverse;
};

static const struct option table[] = {
    { "max-count", 'n', OPTION_TEXT, offsetof(struct log_options, max_count), "N",
      "the last N decisions alone" },
    { "oneline", 0, OPTION_FLAG, offsetof(struct log_options, oneline), NULL,
      "a line for each item of a decision" },
    { "reverse", 0, OPTION_FLAG, offsetof(struct log_options, reverse), NULL, "the oldest first" },
    { 0 },
};

/* What is being printed. */
struct log {
    struct context *context;
    const struct log_options *options;
    struct log_words words;
    guint printed; /* decisions */
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

static void print(struct log *log, const struct history_decision *decision)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (log->context->json)
        append_json(log, out, decision);
    else if (log->options->oneline)
        log_words_lines(&log->words, out, decision);
    else
        log_words_decision(&log->words, out, decision);
    if (log->printed && !log->context->json && !log->options->oneline)
        output_write(log->context->output, "\n");
    output_write(log->context->output, out->str);
    log->printed++;
}

/* Where the history of a shallow clone ends, in the place where that is. */
static void print_cut(const struct log *log)
{
    struct output *output = log->context->output;

    if (log->context->json || log->options->oneline)
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

static void print_json_end(const struct log *log, gboolean complete)
{
    struct output *output = log->context->output;
    output_write(output, log->printed ? "\n  ],\n" : "],\n");
    output_write(output, complete ? "  \"complete\": true\n}\n" : "  \"complete\": false\n}\n");
}

/* That there is nothing, or less than there was. */
static void say_rest(const struct log *log, const struct history *history, char **ids)
{
    struct output *output = log->context->output;

    if (history_is_cut(history))
        output_hint(output, "the history is that of a shallow clone; git fetch --unshallow gets the rest");
    else if (log->printed == 0 && ids)
        output_hint(output, "no decision yet; history begins with the first commit of an item");
    else if (log->printed == 0)
        output_hint(output, "no decision yet; history begins with the first commit of the backlog");
}

/* -- arguments -- */

/* The id that a word names: of an item, or, whole, of one that is no longer there. */
static char *resolve(struct context *context, struct backlog *backlog, const char *word, gboolean *gone,
                     GError **error)
{
    g_autoptr(GError) cause = NULL;
    const struct entry *entry = backlog_find(backlog, word, &cause);
    g_autofree char *lower = g_ascii_strdown(word, -1);

    if (entry && entry->id)
        return g_strdup(entry->id);
    if (entry) {
        g_autofree char *path = policy_display(context->policy, entry->path);
        g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM,
                    "%s: expected an id in the name, by which history follows a file", path);
        return NULL;
    }
    if (g_error_matches(cause, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM) && ident_is_valid(lower)) {
        *gone = TRUE;
        return g_steal_pointer(&lower);
    }
    g_propagate_error(error, g_steal_pointer(&cause));
    return NULL;
}

/* The ids of the arguments; sets *gone where one names no item. NULL on error. */
static char **resolve_all(struct context *context, char **arguments, gboolean *gone, GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    g_autoptr(GStrvBuilder) ids = g_strv_builder_new();

    for (gsize i = 0; backlog && arguments[i]; i++) {
        g_autofree char *id = resolve(context, backlog, arguments[i], gone, error);
        if (!id)
            return NULL;
        g_strv_builder_add(ids, id);
    }
    return backlog ? g_strv_builder_end(ids) : NULL;
}

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

/* -- */

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    struct log log = { context, options, { context->output, arguments[0] == NULL }, 0 };
    g_auto(GStrv) ids = NULL;
    gboolean gone = FALSE;
    guint most;

    if (!parse_count(log.options->max_count, &most, error))
        return -1;
    if (arguments[0] && !(ids = resolve_all(context, arguments, &gone, error)))
        return -1;
    g_autoptr(History) history = history_open(context->policy, "HEAD", (const char *const *)ids, error);
    if (!history)
        return -1;
    if (context->json)
        output_write(context->output, "{\n  \"version\": 1,\n  \"decisions\": [");
    gboolean good = print_all(&log, history, most, error);
    if (context->json)
        print_json_end(&log, good && !history_is_cut(history));
    if (!good)
        return -1;
    if (gone && log.printed == 0 && most > 0) {
        g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM, "no item is or was called %s%s",
                    arguments[0],
                    history_is_cut(history) ? " since the history of this shallow clone begins" : "");
        return -1;
    }
    if (!context->json && most > 0)
        say_rest(&log, history, ids);
    return 0;
}

const struct command command_log = {
    .name = "log",
    .arguments = "[ID…]",
    .summary = "Show what was decided, when, by whom and why.",
    .needs = NEEDS_POLICY | NEEDS_PAGER,
    .options_size = sizeof(struct log_options),
    .options = table,
    .most = G_MAXUINT,
    .run = run,
};
