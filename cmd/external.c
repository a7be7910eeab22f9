#include "external.h"

#include "command.h"
#include "manual.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PREFIX "refine-"

/* -- looking -- */

static gboolean is_program(const char *path)
{
    return g_file_test(path, G_FILE_TEST_IS_REGULAR) && access(path, X_OK) == 0;
}

static char **search_folders(void)
{
    const char *path = g_getenv("PATH");
    return g_strsplit(path ? path : "", G_SEARCHPATH_SEPARATOR_S, -1);
}

static gboolean may_be_external(const char *name)
{
    return *name && *name != '-' && !strchr(name, '/') && !command_find(name);
}

char *external_find(const char *name)
{
    g_auto(GStrv) folders = search_folders();
    g_autofree char *file = g_strconcat(PREFIX, name, NULL);

    for (gsize i = 0; may_be_external(name) && folders[i]; i++) {
        g_autofree char *path = g_build_filename(folders[i], file, NULL);
        if (g_path_is_absolute(path) && is_program(path))
            return g_steal_pointer(&path);
    }
    return NULL;
}

static void add_names(GHashTable *names, const char *folder)
{
    g_autoptr(GDir) entries = g_path_is_absolute(folder) ? g_dir_open(folder, 0, NULL) : NULL;

    for (const char *file; entries && (file = g_dir_read_name(entries));) {
        const char *name = file + strlen(PREFIX);
        if (!g_str_has_prefix(file, PREFIX) || !may_be_external(name))
            continue;
        g_autofree char *path = g_build_filename(folder, file, NULL);
        if (is_program(path))
            g_hash_table_add(names, g_strdup(name));
    }
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **external_names(void)
{
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) folders = search_folders();

    for (gsize i = 0; folders[i]; i++)
        add_names(names, folders[i]);
    guint count = 0;
    g_autofree char **keys = (char **)g_hash_table_get_keys_as_array(names, &count);
    char **sorted = g_strdupv(keys);
    qsort(sorted, count, sizeof(char *), compare_names);
    return sorted;
}

/* -- running -- */

int external_run(const char *program, const char *const *arguments, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();

    g_ptr_array_add(all, (gpointer)program);
    for (gsize i = 0; arguments[i]; i++)
        g_ptr_array_add(all, (gpointer)arguments[i]);
    g_ptr_array_add(all, NULL);
    /* What output_open has set would outlive the exec. */
    signal(SIGPIPE, SIG_DFL);
    execvp(program, (char **)all->pdata);
    int cause = errno;
    signal(SIGPIPE, SIG_IGN);
    /* It was there a moment ago. */
    gboolean interpreter = cause == ENOENT && is_program(program);
    g_set_error(error, G_FILE_ERROR, (gint)g_file_error_from_errno(cause), "cannot run %s: %s", program,
                interpreter ? "the interpreter in its first line is not there" : g_strerror(cause));
    return -1;
}

int external_help(struct output *output, const char *program, GError **error)
{
    g_autofree char *name = g_path_get_basename(program);
    const struct manual_page page = { name, "1" };

    if (manual_find(&page))
        return manual_show(output, &page, "", error);
    return external_run(program, (const char *[]){ "--help", NULL }, error);
}
