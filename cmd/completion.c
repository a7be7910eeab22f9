#include "completion_shell.h"

#include "nearest.h"

#include <string.h>

/* completion complete SHELL [--] WORD…: what can stand in the place of the last word. */
static int complete(struct context *context, char **arguments, GError **error)
{
    const struct completion_shell *shell = arguments[0] ? completion_shell_find(arguments[0]) : NULL;
    char **words =
        arguments[0] && arguments[1] && strcmp(arguments[1], "--") == 0 ? arguments + 2 : arguments + 1;
    g_autoptr(GString) out = g_string_new(NULL);
    GStrvBuilder *builder = NULL;
    enum completion_paths paths;

    if (!shell || !words[0] || !words[1])
        return usage_error(error, "expected completion complete SHELL -- refine WORD…");
    builder = g_strv_builder_new();
    for (gsize i = 0; words[i]; i++) {
        g_autofree char *word = completion_shell_unquote(shell, words[i]);
        g_strv_builder_add(builder, word);
    }
    g_auto(GStrv) unquoted = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    g_autoptr(Completion) completion =
        completion_of_line(context->global, (const char *const *)unquoted, &paths);
    completion_shell_answer(shell, out, completion, paths, words[g_strv_length(words) - 1],
                            output_width(context->output));
    output_write(context->output, out->str);
    return 0;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    if (strcmp(arguments[0], "complete") == 0)
        return complete(context, arguments + 1, error);
    const struct completion_shell *shell = completion_shell_find(arguments[0]);
    const char *script = shell ? completion_shell_script(shell) : NULL;
    if (!script) {
        g_autofree char *seen = g_utf8_make_valid(arguments[0], -1);
        const char *const shells[] = { "bash", "zsh", "fish", NULL };
        const char *nearest = nearest_name(seen, shells);
        return usage_error(
            error, nearest ? "there is no shell %s; did you mean %s?" : "expected bash, zsh or fish, saw %s",
            seen, nearest);
    }
    if (arguments[1])
        return usage_error(error, "expected one shell, saw %s too", arguments[1]);
    output_write(context->output, script);
    return 0;
}

const struct command command_completion = {
    .name = "completion",
    .arguments = "bash | zsh | fish",
    .summary = "Print a completion script for a shell.",
    .needs = TAKES_PATHS, /* words of a line that is being typed need not be UTF-8 */
    .least = 1,
    .most = G_MAXUINT,
    .run = run,
};
