#include "command.h"

#include "alias.h"
#include "external.h"
#include "options.h"
#include "plain.h"

static void append_command(GString *out, const struct command *command)
{
    g_string_append_printf(out, "  %-10s %s\n", command->name, command->summary);
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
    g_string_append(out, "\nrefine help COMMAND, or man refine-COMMAND, says more.\n");
    return g_string_free(out, FALSE);
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct command *command = arguments[0] ? command_find(arguments[0]) : NULL;
    g_autofree char *text = NULL;

    if (arguments[0] && !command) {
        g_autofree char *alias = alias_find(arguments[0]);
        if (!alias)
            return command_unknown(arguments[0], error);
        g_autofree char *meaning = plain_escape(alias, -1);
        text = g_strdup_printf("%s is an alias for %s\n", arguments[0], meaning);
    } else {
        text = command ? options_usage(command) : overview();
    }
    output_write(context->output, text);
    return 0;
}

const struct command command_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .summary = "Say what a command does, or which there are.",
    .needs = NEEDS_PAGER,
    .most = 1,
    .run = run,
};
