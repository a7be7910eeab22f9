/*
 * Runs a fuzz target over every file of the folders given as arguments, in order of their names, and prints
 * TAP. A target says what is wrong by aborting, so that the line of the file at fault is the one that is
 * missing.
 */
#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static gint by_name(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(char *const *)a, *(char *const *)b);
}

static gboolean list_files(const char *folder, GPtrArray *paths)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) files = g_dir_open(folder, 0, &error);

    if (!files) {
        printf("Bail out! %s\n", error->message);
        return FALSE;
    }
    for (const char *name; (name = g_dir_read_name(files));)
        g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
    return TRUE;
}

static gboolean replay(guint number, const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = NULL;
    gsize length;
    gboolean good = g_file_get_contents(path, &text, &length, &error);
    /* No byte behind the last, which the function above puts there: a sanitizer sees who reads it. */
    g_autofree char *exact = good ? g_malloc(MAX(length, 1)) : NULL;

    if (good)
        LLVMFuzzerTestOneInput(memcpy(exact, text, length), length);
    printf("%s %u - %s\n", good ? "ok" : "not ok", number, path);
    if (!good)
        printf("# %s\n", error->message);
    return good;
}

int main(int argc, char **argv)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    gboolean good = argc > 1;

    for (int i = 1; i < argc; i++)
        if (!list_files(argv[i], paths))
            return 1;
    g_ptr_array_sort(paths, by_name);
    printf("1..%u\n", paths->len);
    for (guint i = 0; i < paths->len; i++) {
        good &= replay(i + 1, paths->pdata[i]);
        fflush(stdout);
    }
    return good && paths->len > 0 ? 0 : 1;
}
