#include "present.h"
#include "record.h"
#include "sheet.h"

#include "assumption.h"
#include "plain.h"
#include "remark.h"

#include <stddef.h>
#include <string.h>

struct assume_options {
    char *test;
    gboolean confirmed;
    gboolean refuted;
    char *evidence;
};

static const struct option table[] = {
    { "test", 0, OPTION_TEXT, offsetof(struct assume_options, test), "TEXT",
      "how to find out whether the belief holds" },
    { "confirmed", 0, OPTION_FLAG, offsetof(struct assume_options, confirmed), NULL,
      "assumption N turned out to hold" },
    { "refuted", 0, OPTION_FLAG, offsetof(struct assume_options, refuted), NULL,
      "assumption N turned out not to hold" },
    { "evidence", 0, OPTION_TEXT, offsetof(struct assume_options, evidence), "TEXT",
      "what was found; it is kept with the day and who says so" },
    { 0 },
};

/* -- lists -- */

struct listing {
    struct context *context;
    gboolean open; /* open ones alone, under the heading of their item */
    GString *text;
    struct json *items;
    guint assumptions;
};

static void append_detail(GString *out, const char *name, const char *text)
{
    g_autofree char *shown = text ? plain_escape(text, -1) : NULL;
    if (shown)
        g_string_append_printf(out, "     %s%s\n", name, shown);
}

static void append_assumption(struct listing *listing, const struct assumption *assumption)
{
    static const enum table_style styles[] = { [ASSUMPTION_OPEN] = TABLE_YELLOW,
                                               [ASSUMPTION_CONFIRMED] = TABLE_GREEN,
                                               [ASSUMPTION_REFUTED] = TABLE_RED };
    struct output *output = listing->context->output;
    g_autofree char *belief = plain_escape(assumption->belief, -1);
    GString *out = listing->text;

    g_string_append_printf(out, "%2u ", assumption->number);
    if (!listing->open)
        g_string_append_printf(out, "%s%s%s: ", output_sgr(output, styles[assumption->result]),
                               assumption_results()[assumption->result], output_sgr(output, TABLE_PLAIN));
    g_string_append_printf(out, "%s\n", *belief ? belief : "(no belief)");
    append_detail(out, "test: ", assumption->test);
    append_detail(out, "", assumption->evidence);
}

static void add_assumption(struct json *list, const struct assumption *assumption)
{
    struct json *object = json_add_object(list, NULL);
    struct remark remark = { 0 };
    gboolean dated = assumption->evidence && remark_parse(assumption->evidence, &remark);

    json_add_integer(object, "number", assumption->number);
    json_add_string(object, "belief", assumption->belief);
    json_add_string(object, "test", assumption->test);
    json_add_string(object, "result", assumption_results()[assumption->result]);
    json_add_integer(object, "line", assumption->at.line);
    if (assumption->evidence)
        present_remark(json_add_object(object, "evidence"), assumption->evidence, &remark);
    else
        json_add_null(object, "evidence");
    if (dated)
        remark_clear(&remark);
}

static void visit(const struct sheet *sheet, gpointer data)
{
    struct listing *listing = data;
    g_autoptr(GPtrArray) assumptions = assumptions_read(sheet->document);
    struct json *list = NULL;
    guint before = listing->assumptions;

    for (guint i = 0; i < assumptions->len; i++) {
        const struct assumption *assumption = assumptions->pdata[i];
        if (listing->open && assumption->result != ASSUMPTION_OPEN)
            continue;
        if (listing->assumptions++ == before && listing->open) {
            g_string_append(listing->text, listing->text->len ? "\n" : "");
            sheet_heading(listing->text, listing->context, sheet);
        }
        if (!list)
            list = json_add_array(sheet_json(listing->items, listing->context->policy, sheet), "assumptions");
        append_assumption(listing, assumption);
        add_assumption(list, assumption);
    }
    if (!list && !listing->open)
        json_add_array(sheet_json(listing->items, listing->context->policy, sheet), "assumptions");
}

/* What was released may still be found out about; what was dropped or split stands for nothing. */
static gboolean is_wanted(struct backlog *backlog, const struct item *item)
{
    return item->status != STATUS_DROPPED && item->status != STATUS_SPLIT &&
           item_field(item, FIELD_ASSUMPTIONS);
}

static gboolean visit_all(struct context *context, struct listing *listing, GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);

    if (!backlog)
        return FALSE;
    backlog_load(backlog);
    sheets_visit(backlog, is_wanted, visit, listing);
    return TRUE;
}

static int list(struct context *context, const char *id, GError **error)
{
    const char *given = record_given(context->record);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(Json) json = json_new_object();

    if (given)
        return usage_error(error, "%s goes with an assumption: a list records nothing", given);
    json_add_integer(json, "version", 1);
    struct listing listing = { context, !id, text, json_add_array(json, "items"), 0 };
    if (!(id ? sheet_visit(context, id, visit, &listing, error) : visit_all(context, &listing, error)))
        return -1;
    if (context->json)
        present_json(context, json);
    else
        output_write(context->output, text->str);
    if (listing.assumptions == 0 && !context->json)
        output_hint(context->output,
                    id ? "%s has no assumptions; refine assume %s BELIEF --test TEXT adds the first"
                       : "no assumption is open",
                    id, id);
    return 0;
}

/* -- assuming -- */

struct assuming {
    struct context *context;
    const struct assume_options *options;
    const char *belief;
    guint number;
};

static gboolean add(struct draft *draft, gpointer data, GError **error)
{
    const struct assuming *assuming = data;
    return assumption_add(draft, assuming->belief, assuming->options->test, error);
}

static gboolean settle(struct draft *draft, gpointer data, GError **error)
{
    const struct assuming *assuming = data;
    const struct record_options *record = assuming->context->record;
    enum assumption_result result = assuming->options->confirmed ? ASSUMPTION_CONFIRMED : ASSUMPTION_REFUTED;
    g_autofree char *names = remark_names(draft->backlog->policy, (const char *const *)record->with, error);

    return names &&
           assumption_settle(draft, assuming->number, result, names, assuming->options->evidence, error);
}

static gboolean is_number(const char *text)
{
    return g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT, NULL, NULL);
}

/* What the options do not go with. */
static int check(const struct assume_options *given, const char *id, const char *word, GError **error)
{
    gboolean settles = given->confirmed || given->refuted;
    const char *alone = given->test        ? "--test"
                        : given->confirmed ? "--confirmed"
                        : given->refuted   ? "--refuted"
                        : given->evidence  ? "--evidence"
                                           : NULL;

    if (given->confirmed && given->refuted)
        return usage_error(error, "choose one of --confirmed and --refuted");
    if (!word && alone)
        return usage_error(error, "%s goes with an assumption: expected refine assume %s %s %s", alone,
                           id ? id : "ID", given->test ? "BELIEF" : "N", alone);
    if (given->evidence && !settles)
        return usage_error(error, "--evidence goes with --confirmed or --refuted");
    if (given->test && settles)
        return usage_error(error, "--test goes with a new belief, and not with %s",
                           given->confirmed ? "--confirmed" : "--refuted");
    if (word && settles && (!is_number(word) || strtoul(word, NULL, 10) == 0))
        return usage_error(error,
                           "expected the number of an assumption, as refine assume %s shows it, saw %s", id,
                           *word ? word : "none");
    if (word && !settles && is_number(word))
        return usage_error(error, "what became of assumption %s? --confirmed or --refuted says it", word);
    if (word && !settles && !given->test)
        return usage_error(error, "expected --test TEXT: how to find out whether the belief holds");
    return 0;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct assume_options *given = options;
    const char *id = arguments[0], *word = id ? arguments[1] : NULL;
    struct assuming assuming = { context, given, word, 0 };
    gboolean settles = given->confirmed || given->refuted;

    if (check(given, id, word, error) < 0)
        return -1;
    if (!word)
        return list(context, id, error);
    if (settles)
        assuming.number = (guint)strtoul(word, NULL, 10);
    return record_item(context, id, settles ? settle : add, &assuming, error);
}

const struct command command_assume = {
    .name = "assume",
    .arguments = "[ID [BELIEF | N]]",
    .summary = "Write down what is believed and how to test it, and what was found, or list it.",
    .needs = NEEDS_POLICY | NEEDS_PAGER | RECORDS | SETTLES,
    .options_size = sizeof(struct assume_options),
    .options = table,
    .most = 2,
    .run = run,
};
