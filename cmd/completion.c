#include "command.h"

#include "options.h"

#include <string.h>

/* The names of all commands with a space between. */
static char *command_words(void)
{
    GString *words = g_string_new(NULL);
    for (gsize i = 0; command_table()[i]; i++)
        g_string_append_printf(words, "%s%s", i ? " " : "", command_table()[i]->name);
    return g_string_free(words, FALSE);
}

static void append_options(GString *words, const struct option *table)
{
    for (const struct option *option = table; option && option->name; option++)
        g_string_append_printf(words, "%s--%s", words->len ? " " : "", option->name);
}

/* The arguments that are words to be written as they are, such as "check" and "show" of "[check | show]". */
static char *verb_words(const struct command *command)
{
    GString *words = g_string_new(NULL);
    g_auto(GStrv) parts = g_strsplit_set(command->arguments, " []|", -1);

    for (gsize i = 0; parts[i]; i++)
        if (*parts[i] && parts[i][strspn(parts[i], "abcdefghijklmnopqrstuvwxyz-")] == '\0')
            g_string_append_printf(words, "%s%s", words->len ? " " : "", parts[i]);
    return g_string_free(words, FALSE);
}

static char *option_words(const struct command *command)
{
    g_autofree char *verbs = verb_words(command);
    GString *words = g_string_new(verbs);
    append_options(words, command->options);
    if (command->needs & RECORDS)
        append_options(words, options_record());
    append_options(words, options_common());
    return g_string_free(words, FALSE);
}

/* text between single quotes of a shell. */
static char *quoted(const char *text)
{
    return g_shell_quote(text);
}

/* What may stand before the command. */
static char *global_words(void)
{
    GString *words = g_string_new("-C --version");
    append_options(words, options_common());
    return g_string_free(words, FALSE);
}

static void print_bash(GString *out)
{
    g_autofree char *commands = command_words(), *global = global_words();
    g_string_append_printf(out,
                           "_refine() {\n"
                           "  local word=${COMP_WORDS[COMP_CWORD]} command='' i words='' files=''\n"
                           "  if [ \"${COMP_WORDS[COMP_CWORD-1]}\" = -C ]; then\n"
                           "    compopt -o filenames 2> /dev/null\n"
                           "    mapfile -t COMPREPLY < <(compgen -d -- \"$word\")\n"
                           "    return\n"
                           "  fi\n"
                           "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
                           "    case ${COMP_WORDS[i]} in\n"
                           "    -C | --directory | --color) ((i++)) ;;\n"
                           "    refine | -*) ;;\n"
                           "    *) command=${COMP_WORDS[i]}; break ;;\n"
                           "    esac\n"
                           "  done\n"
                           "  case $command$word in\n"
                           "  -*) words='%s' ;;\n"
                           "  esac\n"
                           "  case $command in\n"
                           "  '') words=${words:-'%s'} ;;\n",
                           global, commands);
    for (gsize i = 0; command_table()[i]; i++) {
        const struct command *command = command_table()[i];
        g_autofree char *words = option_words(command);
        g_string_append_printf(out, "  %s) words='%s'%s ;;\n", command->name,
                               strcmp(command->name, "help") == 0 ? commands : words,
                               command->needs & TAKES_PATHS ? " files=yes" : "");
    }
    g_string_append(out, "  esac\n"
                         "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
                         "  [ -n \"$files\" ] || return 0\n"
                         "  compopt -o filenames 2> /dev/null\n"
                         "  mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- \"$word\")\n"
                         "}\n"
                         "complete -F _refine refine git-refine\n"
                         "_git_refine() { _refine; }\n");
}

static void print_zsh(GString *out)
{
    g_string_append(out, "#compdef refine git-refine\n\n"
                         "_refine_commands() {\n"
                         "  local -a commands=(\n");
    for (gsize i = 0; command_table()[i]; i++) {
        g_autofree char *line =
            g_strdup_printf("%s:%s", command_table()[i]->name, command_table()[i]->summary);
        g_autofree char *word = quoted(line);
        g_string_append_printf(out, "    %s\n", word);
    }
    g_string_append(out, "  )\n"
                         "  _describe command commands\n"
                         "}\n\n"
                         "_refine() {\n"
                         "  local curcontext=$curcontext state line\n"
                         "  _arguments -C '-C[run as if started in DIR]:folder:_files -/' '1: "
                         ":_refine_commands' '*:: :->rest'\n"
                         "  case $line[1] in\n");
    for (gsize i = 0; command_table()[i]; i++) {
        const struct command *command = command_table()[i];
        g_autofree char *words = option_words(command);
        g_string_append_printf(out, "  %s) %s%scompadd -- %s ;;\n", command->name,
                               strcmp(command->name, "help") == 0 ? "_refine_commands; " : "",
                               command->needs & TAKES_PATHS ? "_files; " : "", words);
    }
    g_string_append(out, "  esac\n"
                         "}\n\n"
                         "_refine \"$@\"\n");
}

/* command NULL: everywhere. */
static void append_fish_option(GString *out, const struct command *command, const struct option *option)
{
    g_autofree char *help = quoted(option->summary);

    g_string_append(out, "complete -c refine");
    if (command)
        g_string_append_printf(out, " -n '__fish_seen_subcommand_from %s'", command->name);
    if (option->letter)
        g_string_append_printf(out, " -s %c", option->letter);
    g_string_append_printf(out, " -l %s%s -d %s\n", option->name, option->argument ? " -r" : "", help);
}

static void print_fish(GString *out)
{
    g_string_append(out, "complete -c refine -f\n");
    for (const struct option *option = options_common(); option->name; option++)
        append_fish_option(out, NULL, option);
    for (gsize i = 0; command_table()[i]; i++) {
        const struct command *command = command_table()[i];
        g_autofree char *summary = quoted(command->summary);
        g_string_append_printf(out, "complete -c refine -n __fish_use_subcommand -a %s -d %s\n",
                               command->name, summary);
        if (command->needs & TAKES_PATHS)
            g_string_append_printf(out, "complete -c refine -n '__fish_seen_subcommand_from %s' -F\n",
                                   command->name);
        g_autofree char *verbs = strcmp(command->name, "help") == 0 ? command_words() : verb_words(command);
        if (*verbs)
            g_string_append_printf(out, "complete -c refine -n '__fish_seen_subcommand_from %s' -a '%s'\n",
                                   command->name, verbs);
        for (const struct option *option = command->options; option && option->name; option++)
            append_fish_option(out, command, option);
        if (command->needs & RECORDS)
            for (const struct option *option = options_record(); option->name; option++)
                append_fish_option(out, command, option);
    }
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (strcmp(arguments[0], "bash") == 0)
        print_bash(out);
    else if (strcmp(arguments[0], "zsh") == 0)
        print_zsh(out);
    else if (strcmp(arguments[0], "fish") == 0)
        print_fish(out);
    else
        return usage_error(error, "expected bash, zsh or fish, saw %s", arguments[0]);
    output_write(context->output, out->str);
    return 0;
}

const struct command command_completion = {
    .name = "completion",
    .arguments = "bash | zsh | fish",
    .summary = "Print a completion script for a shell.",
    .least = 1,
    .most = 1,
    .run = run,
};
