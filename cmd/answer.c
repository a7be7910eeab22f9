#include "record.h"

#include "question.h"

#include <stddef.h>

struct answer_options {
    char *as;
};

static const struct option table[] = {
    { "as", 0, OPTION_TEXT, offsetof(struct answer_options, as), "WHO",
      "who said it: somebody of the team, or a name; you by default" },
    { 0 },
};

struct answering {
    struct context *context;
    const char *as;
    guint number;
    const char *text;
    gboolean further; /* the question was answered already */
};

static gboolean answer(struct draft *draft, gpointer data, GError **error)
{
    struct answering *answering = data;
    g_autofree char *name = question_answerer(answering->context->policy, answering->as, error);

    return name &&
           question_answer(draft, answering->number, name, answering->text, &answering->further, error);
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct answer_options *given = options;
    struct answering answering = { context, given->as, 0, arguments[2], FALSE };
    guint64 number;

    if (!g_ascii_string_to_unsigned(arguments[1], 10, 1, G_MAXINT, &number, NULL))
        return usage_error(error, "expected the number of a question, as refine ask %s shows it, saw %s",
                           arguments[0], *arguments[1] ? arguments[1] : "none");
    answering.number = (guint)number;
    int status = record_item(context, arguments[0], answer, &answering, error);
    if (status == 0 && answering.further && !context->json)
        output_hint(context->output, "question %u was answered already: this stands below that",
                    answering.number);
    return status;
}

const struct command command_answer = {
    .name = "answer",
    .arguments = "ID N TEXT",
    .summary = "Answer a question of an item, and tick it.",
    .needs = NEEDS_POLICY | RECORDS | SETTLES,
    .options_size = sizeof(struct answer_options),
    .options = table,
    .least = 3,
    .most = 3,
    .run = run,
};
