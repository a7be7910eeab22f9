#include "manual.h"

#include "alias.h"
#include "external.h"
#include "nearest.h"
#include "plain.h"

#include <string.h>

/* Pages that are no command's, by the word that help takes. */
static const struct guide {
    const char *word;
    struct manual_page page;
} guides[] = {
    { "refine", { "refine", "1" } },    { "tutorial", { "refine-tutorial", "7" } },
    { "item", { "refine-item", "5" } }, { "policy", { "refine-policy", "5" } },
    { "json", { "refine-json", "5" } }, { "rules", { "refine-rules", "7" } },
    { "ci", { "refine-ci", "7" } },
};

static void append_command(GString *out, const struct command *command)
{
    g_string_append_printf(out, "  %-12s %s\n", command->name, command->summary);
}

/* The programs refine-NAME, which say themselves what they do. */
static void append_external(GString *out)
{
    g_auto(GStrv) names = external_names();

    if (names[0])
        g_string_append(out, "\nexternal, from programs refine-NAME on PATH:\n\n");
    for (gsize i = 0; names[i]; i++) {
        g_autofree char *name = plain_escape(names[i], -1);
        g_string_append_printf(out, "  %s\n", name);
    }
}

static char *overview(void)
{
    GString *out =
        g_string_new("usage: refine [-C DIR] [--color WHEN] [--no-pager] [--json] COMMAND …\n\n"
                     "A Product Backlog in the team's git repository: one Markdown file an item.\n\n");
    for (gsize i = 0; command_table()[i]; i++)
        append_command(out, command_table()[i]);
    append_external(out);
    g_string_append(out,
                    "\nrefine COMMAND -h shows the options of a command, refine help COMMAND its page of the "
                    "manual.\nrefine help tutorial is the place to begin; there are pages item, policy, "
                    "json, rules and ci, too.\n");
    return g_string_free(out, FALSE);
}

static const struct guide *find_guide(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(guides); i++)
        if (strcmp(guides[i].word, word) == 0)
            return &guides[i];
    return NULL;
}

/* The nearest guide; else what a command that is not there gets. */
static int unknown(const char *word, GError **error)
{
    const char *words[G_N_ELEMENTS(guides) + 1] = { NULL };

    for (gsize i = 0; i < G_N_ELEMENTS(guides); i++)
        words[i] = guides[i].word;
    const char *nearest = nearest_name(word, words);
    if (!nearest)
        return command_unknown(word, error);
    return usage_error(error, "there is no help on %s; did you mean %s?", word, nearest);
}

/* Of a word that is no command: a program refine-NAME may have a page, an alias stands for a command. */
static int show_foreign(struct output *output, const char *word, GError **error)
{
    g_autofree char *program = external_find(word);
    if (program)
        return external_help(output, program, error);
    g_autofree char *alias = alias_find(word), *name = g_strconcat("refine-", word, NULL);
    const struct manual_page page = { name, "1" };
    if (!alias && name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0' && manual_find(&page))
        return manual_show(output, &page, "", error);
    if (!alias)
        return unknown(word, error);
    g_autofree char *meaning = plain_escape(alias, -1);
    output_write(output, word);
    output_write(output, " is an alias for ");
    output_write(output, meaning);
    output_write(output, "\n");
    return 0;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct command *command = arguments[0] ? command_find(arguments[0]) : NULL;
    const struct guide *guide = arguments[0] && !command ? find_guide(arguments[0]) : NULL;

    if (command)
        return manual_help(context->output, command, HELP_PAGE, error);
    if (arguments[0] && !guide)
        return show_foreign(context->output, arguments[0], error);
    g_autofree char *text = overview();
    if (guide)
        return manual_show(context->output, &guide->page, strcmp(guide->word, "refine") == 0 ? text : "",
                           error);
    output_page(context->output);
    output_write(context->output, text);
    return 0;
}

/* It pages by itself: man does that for its pages. */
const struct command command_help = {
    .name = "help",
    .arguments = "[COMMAND | refine | tutorial | item | policy | json | rules | ci]",
    .summary = "Open the manual, or list the commands.",
    .most = 1,
    .run = run,
};
