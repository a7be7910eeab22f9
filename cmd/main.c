#include "command.h"

#include "foreign.h"
#include "glance.h"
#include "manual.h"
#include "pasted.h"
#include "record.h"
#include "safeguard.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#ifndef REFINE_VERSION
#error "the build names the version"
#endif

/* Exit status of trouble: usage, policy, files. */
#define TROUBLE 2

struct global_options {
    struct common_options common;
    char **folders;
    gboolean version;
};

static const struct option global_table[] = {
    { "directory", 'C', OPTION_TEXTS, offsetof(struct global_options, folders), "DIR",
      "run as if started in DIR" },
    { "version", 0, OPTION_FLAG, offsetof(struct global_options, version), NULL, "print the version" },
    { "json", 0, OPTION_FLAG, offsetof(struct global_options, common.json), NULL, "print JSON" },
    { "color", 0, OPTION_TEXT, offsetof(struct global_options, common.color), "WHEN",
      "auto, always or never" },
    { "no-pager", 0, OPTION_FLAG, offsetof(struct global_options, common.no_pager), NULL,
      "print straight to the terminal" },
    { "help", 'h', OPTION_HELP, offsetof(struct global_options, common.help), NULL,
      "print this (-h), or open the manual page (--help)" },
    { 0 },
};

static gboolean change_folders(char **folders, GError **error)
{
    for (gsize i = 0; folders && folders[i]; i++) {
        if (*folders[i] && g_chdir(folders[i]) == 0)
            continue;
        usage_error(error, "cannot change to the folder %s: %s", *folders[i] ? folders[i] : "without a name",
                    g_strerror(*folders[i] ? errno : ENOENT));
        return FALSE;
    }
    return TRUE;
}

static gboolean check_arguments(const struct command *command, char **arguments, GError **error)
{
    guint count = g_strv_length(arguments);

    for (gsize i = 0; arguments[i] && !(command->needs & TAKES_PATHS); i++)
        if (!g_utf8_validate(arguments[i], -1, NULL)) {
            usage_error(error, "argument %" G_GSIZE_FORMAT ": expected UTF-8", i + 1);
            return FALSE;
        }
    if (count >= command->least && count <= command->most)
        return TRUE;
    if (count < command->least)
        usage_error(error, "expected refine %s %s", command->name, command->arguments);
    else
        usage_error(error, "expected refine %s %s, and no %s", command->name, command->arguments,
                    arguments[command->most]);
    return FALSE;
}

static int run_with_policy(const struct command *command, struct context *context, const void *options,
                           char **arguments, GError **error)
{
    g_autoptr(Policy) policy = policy_find(context->folder, NULL, error);
    if (!policy)
        return -1;
    context->policy = policy;
    gboolean ready = !context->record || context->record->dry_run || command->needs & SETTLES ||
                     record_settle(context, error);
    int status = ready ? command->run(context, options, arguments, error) : -1;
    context->policy = NULL;
    return status;
}

static int run_command(const struct command *command, struct output *output,
                       const struct common_options *common, const void *options, char **arguments,
                       GError **error)
{
    g_autofree char *folder = g_get_current_dir();
    struct context context = {
        .output = output,
        .folder = folder,
        .json = common->json,
        .word = command->name,
        .global = global_table,
        .record = command->needs & RECORDS ? &common->record : NULL,
    };

    if (common->help)
        return manual_help(output, command, common->help, error);
    if (!check_arguments(command, arguments, error))
        return -1;
    if (command->needs & NEEDS_PAGER)
        output_page(output);
    if (command->needs & NEEDS_POLICY)
        return run_with_policy(command, &context, options, arguments, error);
    return command->run(&context, options, arguments, error);
}

/* Reads what stands behind the command's name (NULL: there is none) and runs it. */
static int dispatch(const char *word, char ***arguments, const struct global_options *global,
                    struct output *output, GError **error)
{
    const struct command *command = word ? command_find(word) : &glance_command;
    struct common_options common = global->common;

    common.color = NULL;
    if (!command)
        return command_unknown(word, error);
    gpointer options = g_malloc0(command->options_size + 1);
    int status = -1;
    if (pasted_check(command, *arguments, error) &&
        options_parse(command, arguments, options, &common, error) &&
        output_configure(output, common.color ? common.color : global->common.color, common.no_pager, error))
        status = run_command(command, output, &common, options, *arguments, error);
    options_free(command->options, options);
    options_clear_common(&common);
    return status;
}

/* Reads what stands before the command. What stood before an alias holds for what it expands to. */
static gboolean read_global(char ***arguments, struct global_options *global, GError **error)
{
    g_autofree char *color = g_steal_pointer(&global->common.color);
    gboolean good = options_parse_global(global_table, arguments, global, error) &&
                    change_folders(global->folders, error);

    g_clear_pointer(&global->folders, g_strfreev);
    if (color) {
        g_free(global->common.color);
        global->common.color = g_steal_pointer(&color);
    }
    return good;
}

/* What the words mean to dispatch: --help in front of them asks for the page of the first, or of the whole.
 */
static char **words_of(char **given, enum help help)
{
    const char *const whole[] = { "help", "refine", NULL }, *const none[] = { "help", NULL };

    if (!given[0])
        return g_strdupv((char **)(help == HELP_PAGE ? whole : none));
    if (help != HELP_PAGE)
        return g_strdupv(given);
    g_autoptr(GStrvBuilder) words = g_strv_builder_new();
    g_strv_builder_add(words, "help");
    g_strv_builder_addv(words, (const char **)given);
    return g_strv_builder_end(words);
}

static int start(char ***arguments, struct global_options *global, struct output *output, GError **error)
{
    g_autoptr(GPtrArray) trail = g_ptr_array_new_with_free_func(g_free);

    do {
        if (!read_global(arguments, global, error))
            return -1;
        if (global->version) {
            output_write(output, "refine " REFINE_VERSION "\n");
            return 0;
        }
    } while (!global->common.help && (*arguments)[0] && !command_find((*arguments)[0]) &&
             foreign_replace(arguments, &global->common, output, trail, error));
    if (*error)
        return -1;
    gboolean bare = global->common.help == HELP_NONE && !(*arguments)[0];
    g_auto(GStrv) words = words_of(*arguments, global->common.help);
    if (global->common.help == HELP_PAGE || !(*arguments)[0])
        global->common.help = HELP_NONE;
    g_strfreev(*arguments);
    *arguments = g_strdupv(words + 1);
    return dispatch(bare ? NULL : words[0], arguments, global, output, error);
}

int main(int argc, char **argv)
{
    if (SAFEGUARD("descriptors"))
        output_guard_descriptors();

    struct output *output = output_open();
    struct global_options *global = g_new0(struct global_options, 1);
    g_auto(GStrv) arguments = g_strdupv(argv + (argc > 0));
    g_autoptr(GError) error = NULL, closing = NULL;
    int status = start(&arguments, global, output, &error);

    options_free(global_table, global);
    gboolean closed = output_close(output, &closing);
    if (error)
        output_error("%s", error->message);
    else if (!closed)
        output_error("%s", closing->message);
    if (error && g_error_matches(error, USAGE_ERROR, USAGE_ERROR_WRONG))
        status = TROUBLE;
    return status < 0 || !closed ? TROUBLE : status;
}
