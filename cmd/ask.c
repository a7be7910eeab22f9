#include "present.h"
#include "record.h"
#include "sheet.h"

#include "plain.h"
#include "question.h"

#include <stddef.h>
#include <string.h>

struct ask_options {
    char *to;
};

static const struct option table[] = {
    { "to", 0, OPTION_TEXT, offsetof(struct ask_options, to), "WHOM",
      "whom it is put to: a handle or a role of the team; of a list, theirs alone, or @me" },
    { 0 },
};

/* -- lists -- */

struct listing {
    struct context *context;
    char **names;  /* whom questions are to be put to; NULL: anybody */
    gboolean open; /* open ones alone, under the heading of their item */
    GString *text;
    struct json *items;
    guint questions;
};

static gboolean is_listed(const struct listing *listing, const struct question *question)
{
    if (listing->open && question->answered)
        return FALSE;
    for (gsize i = 0; listing->names && listing->names[i]; i++)
        if (question_is_for(question, listing->context->policy, listing->names[i]))
            return TRUE;
    return !listing->names;
}

static void append_question(struct listing *listing, const struct asked *asked)
{
    const struct question *question = asked->question;
    struct output *output = listing->context->output;
    g_autofree char *to = question->to ? plain_escape(question->to, -1) : NULL;
    g_autofree char *text = plain_escape(question->text, -1);
    GString *out = listing->text;

    g_string_append_printf(out, "%2u ", question->number);
    if (!listing->open)
        g_string_append(out, question->answered ? "[x] " : "[ ] ");
    if (to)
        g_string_append_printf(out, "%s@%s%s ", output_sgr(output, TABLE_CYAN), to,
                               output_sgr(output, TABLE_PLAIN));
    g_string_append_printf(out, "%s\n", text);
    for (guint i = 0; i < asked->answers->len; i++) {
        g_autofree char *answer = plain_escape(((const struct answer *)asked->answers->pdata[i])->text, -1);
        g_string_append_printf(out, "%s%s\n", listing->open ? "     " : "         ", answer);
    }
}

static void add_question(struct json *list, const struct asked *asked)
{
    const struct question *question = asked->question;
    struct json *object = json_add_object(list, NULL);

    json_add_integer(object, "number", question->number);
    json_add_string(object, "to", question->to);
    json_add_string(object, "text", question->text);
    json_add_boolean(object, "answered", question->answered);
    json_add_integer(object, "line", question->at.line);
    struct json *answers = json_add_array(object, "answers");
    for (guint i = 0; i < asked->answers->len; i++) {
        const struct answer *answer = asked->answers->pdata[i];
        present_remark(json_add_object(answers, NULL), answer->text, &answer->remark);
    }
}

static void visit(const struct sheet *sheet, gpointer data)
{
    struct listing *listing = data;
    g_autoptr(GPtrArray) questions = questions_read(sheet->document, listing->context->policy);
    struct json *list = NULL;
    guint before = listing->questions;

    for (guint i = 0; i < questions->len; i++) {
        const struct asked *asked = questions->pdata[i];
        if (!is_listed(listing, asked->question))
            continue;
        if (listing->questions++ == before && listing->open) {
            g_string_append(listing->text, listing->text->len ? "\n" : "");
            sheet_heading(listing->text, listing->context, sheet);
        }
        if (!list)
            list = json_add_array(sheet_json(listing->items, listing->context->policy, sheet), "questions");
        append_question(listing, asked);
        add_question(list, asked);
    }
    if (!list && !listing->open)
        json_add_array(sheet_json(listing->items, listing->context->policy, sheet), "questions");
}

static gboolean has_open(struct backlog *backlog, const struct item *item)
{
    const struct facts *facts = item->position ? backlog_facts(backlog, item) : NULL;
    return facts && facts_open_questions(facts) > 0;
}

static gboolean visit_all(struct context *context, struct listing *listing, GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    g_autoptr(GPtrArray) open = g_ptr_array_new();

    if (!backlog)
        return FALSE;
    backlog_load(backlog);
    for (guint i = 0; i < backlog->items->len; i++)
        if (((const struct item *)backlog->items->pdata[i])->position)
            g_ptr_array_add(open, backlog->items->pdata[i]);
    backlog_facts_load(backlog, open);
    sheets_visit(backlog, has_open, visit, listing);
    return TRUE;
}

/* What to say where there is none; a name that nobody has could be a slip of the pen. */
static gboolean say_none(struct context *context, const struct listing *listing, const char *id,
                         const char *to, GError **error)
{
    g_autofree char *known = to && *to ? question_addressee(context->policy, to, error) : NULL;

    if (to && !known)
        return FALSE;
    if (!context->json && to)
        output_hint(context->output, "no %squestion is put to %s", listing->open ? "open " : "", known);
    else if (!context->json && id)
        output_hint(context->output, "%s has no questions; refine ask %s QUESTION asks the first", id, id);
    else if (!context->json)
        output_hint(context->output, "no question is open");
    return TRUE;
}

static int list(struct context *context, const char *id, const char *to, GError **error)
{
    const char *given = record_given(context->record);
    g_auto(GStrv) names = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(Json) json = json_new_object();

    if (given)
        return usage_error(error, "%s goes with a question: a list records nothing", given);
    if (to && strcmp(to, "@me") == 0 && !(names = people_me(context->policy, error)))
        return -1;
    if (to && !names)
        names = g_strdupv((char *[]){ (char *)to, NULL });
    json_add_integer(json, "version", 1);
    struct listing listing = {
        .context = context, .names = names, .open = !id, .text = text, .items = json_add_array(json, "items")
    };
    if (!(id ? sheet_visit(context, id, visit, &listing, error) : visit_all(context, &listing, error)) ||
        (listing.questions == 0 && !say_none(context, &listing, id, to, error)))
        return -1;
    if (context->json)
        present_json(context, json);
    else
        output_write(context->output, text->str);
    return 0;
}

/* -- asking -- */

struct asking {
    const char *to;
    const char *text;
};

static gboolean ask(struct draft *draft, gpointer data, GError **error)
{
    const struct asking *asking = data;
    return question_ask(draft, asking->to, asking->text, error);
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct ask_options *given = options;
    struct asking asking = { given->to, arguments[0] ? arguments[1] : NULL };

    return asking.text ? record_item(context, arguments[0], ask, &asking, error)
                       : list(context, arguments[0], given->to, error);
}

const struct command command_ask = {
    .name = "ask",
    .arguments = "[ID [QUESTION]]",
    .summary = "Ask a question about an item, or list the open questions.",
    .needs = NEEDS_POLICY | NEEDS_PAGER | RECORDS | SETTLES,
    .options_size = sizeof(struct ask_options),
    .options = table,
    .most = 2,
    .run = run,
};
