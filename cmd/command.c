#include "command.h"

#include "alias.h"
#include "external.h"
#include "nearest.h"

#include <string.h>

extern const struct command command_init, command_add, command_show, command_list, command_search,
    command_similar, command_edit, command_set, command_criteria, command_order, command_split,
    command_estimate, command_duplicate, command_depend, command_ask, command_answer, command_decide,
    command_assume, command_feedback, command_ready, command_check, command_explain, command_commit,
    command_undo, command_archive, command_log, command_blame, command_diff, command_hook, command_import,
    command_config, command_completion, command_merge_driver, command_help;

static const struct command *const table[] = {
    &command_init,    &command_add,        &command_show,         &command_list,     &command_search,
    &command_similar, &command_edit,       &command_set,          &command_criteria, &command_order,
    &command_split,   &command_estimate,   &command_duplicate,    &command_depend,   &command_ask,
    &command_answer,  &command_decide,     &command_assume,       &command_feedback, &command_ready,
    &command_check,   &command_explain,    &command_commit,       &command_undo,     &command_archive,
    &command_log,     &command_blame,      &command_diff,         &command_hook,     &command_import,
    &command_config,  &command_completion, &command_merge_driver, &command_help,     NULL,
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

/* What a word in the place of a command can be. */
static GPtrArray *all_names(void)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    char **external = external_names(), **aliases = alias_names();

    for (gsize i = 0; table[i]; i++)
        g_ptr_array_add(names, g_strdup(table[i]->name));
    for (gsize i = 0; external[i]; i++)
        g_ptr_array_add(names, external[i]);
    for (gsize i = 0; aliases[i]; i++)
        g_ptr_array_add(names, aliases[i]);
    g_ptr_array_add(names, NULL);
    g_free(external);
    g_free(aliases);
    return names;
}

int command_unknown(const char *name, GError **error)
{
    if (!*name)
        return usage_error(error, "expected a command, saw an empty word; refine help lists them");
    g_autoptr(GPtrArray) names = all_names();
    const char *nearest = nearest_name(name, (const char *const *)names->pdata);
    return usage_error(error,
                       nearest ? "there is no command %s; did you mean %s?"
                               : "there is no command %s; refine help lists them",
                       name, nearest);
}
