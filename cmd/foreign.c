#include "foreign.h"

#include "alias.h"
#include "external.h"

#include <string.h>

/* Runs a program refine-NAME. What may stand before or behind a command is handed on as if it stood behind.
 */
static void run(const char *program, char **rest, const struct common_options *common, struct output *output,
                GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    g_autofree char *color = common->color ? g_strconcat("--color=", common->color, NULL) : NULL;

    if (common->json)
        g_ptr_array_add(all, (gpointer) "--json");
    if (common->no_pager)
        g_ptr_array_add(all, (gpointer) "--no-pager");
    if (color)
        g_ptr_array_add(all, color);
    if (all->len == 0 && rest[0] && strcmp(rest[0], "--help") == 0) {
        external_help(output, program, error);
        return;
    }
    for (gsize i = 0; rest[i]; i++)
        g_ptr_array_add(all, rest[i]);
    g_ptr_array_add(all, NULL);
    external_run(program, (const char *const *)all->pdata, error);
}

gboolean foreign_replace(char ***arguments, const struct common_options *common, struct output *output,
                         GPtrArray *trail, GError **error)
{
    g_autofree char *program = external_find((*arguments)[0]);
    gboolean found = FALSE;

    if (program) {
        run(program, *arguments + 1, common, output, error);
        return FALSE;
    }
    if (alias_expand(arguments, trail, &found, error))
        return TRUE;
    if (!found) {
        command_unknown((*arguments)[0], error);
        if (trail->len > 0)
            g_prefix_error(error, "the alias %s: ", (const char *)trail->pdata[0]);
    }
    return FALSE;
}
