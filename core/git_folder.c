#include "git_folder.h"

#include <string.h>

char *git_folder_find(const char *top)
{
    g_autofree char *path = g_build_filename(top, ".git", NULL);
    g_autofree char *text = NULL, *target = NULL;

    if (g_file_test(path, G_FILE_TEST_IS_DIR))
        return g_steal_pointer(&path);
    if (!g_file_get_contents(path, &text, NULL, NULL) || !g_str_has_prefix(text, "gitdir: "))
        return NULL;
    g_strchomp(text);
    target = g_canonicalize_filename(text + strlen("gitdir: "), top);
    return g_file_test(target, G_FILE_TEST_IS_DIR) ? g_steal_pointer(&target) : NULL;
}

char *git_folder_common(const char *top)
{
    g_autofree char *folder = git_folder_find(top);
    g_autofree char *path = folder ? g_build_filename(folder, "commondir", NULL) : NULL;
    g_autofree char *text = NULL;

    if (!folder || !g_file_get_contents(path, &text, NULL, NULL))
        return g_steal_pointer(&folder);
    return g_canonicalize_filename(g_strchomp(text), folder);
}
