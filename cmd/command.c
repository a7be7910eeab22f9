#include "command.h"

#include "nearest.h"

#include <string.h>

extern const struct command command_init, command_add, command_show, command_list, command_edit, command_set,
    command_criteria, command_order, command_commit, command_archive, command_log, command_check,
    command_import, command_config, command_completion, command_help;

static const struct command *const table[] = {
    &command_init,     &command_add,    &command_show,       &command_list,    &command_edit, &command_set,
    &command_criteria, &command_order,  &command_commit,     &command_archive, &command_log,  &command_check,
    &command_import,   &command_config, &command_completion, &command_help,    NULL,
};

G_DEFINE_QUARK(refine_usage, usage_error)

const struct command *const *command_table(void)
{
    return table;
}

const struct command *command_find(const char *name)
{
    for (gsize i = 0; table[i]; i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}

int usage_error(GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_WRONG, message);
    return -1;
}

int command_unknown(const char *name, GError **error)
{
    const char *names[G_N_ELEMENTS(table)] = { NULL };
    if (!*name)
        return usage_error(error, "expected a command, saw an empty word; refine help lists them");
    for (gsize i = 0; table[i]; i++)
        names[i] = table[i]->name;
    const char *nearest = nearest_name(name, names);
    return usage_error(error,
                       nearest ? "there is no command %s; did you mean %s?"
                               : "there is no command %s; refine help lists them",
                       name, nearest);
}
