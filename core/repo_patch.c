#include "repo_patch.h"

#include "repo_private.h"

#include <git2.h>
#include <string.h>

/* The head of a patch as git writes it; libgit2 makes its own from paths alone, without that of a move. */
static void add_head(GPtrArray *lines, const char *old_path, const char *new_path, gboolean goes)
{
    const char *old = old_path ? old_path : new_path;

    g_ptr_array_add(lines, g_strdup_printf("diff --git a/%s b/%s", old, new_path));
    if (!old_path)
        g_ptr_array_add(lines, g_strdup("new file mode 100644"));
    else if (goes)
        g_ptr_array_add(lines, g_strdup("deleted file mode 100644"));
    else if (strcmp(old, new_path) != 0) {
        g_ptr_array_add(lines, g_strdup_printf("rename from %s", old));
        g_ptr_array_add(lines, g_strdup_printf("rename to %s", new_path));
    }
}

/* The hunks, from the first "@@" on. */
static void add_hunks(GPtrArray *lines, const char *text)
{
    const char *hunks = g_str_has_prefix(text, "@@") ? text : strstr(text, "\n@@");
    g_auto(GStrv) each = g_strsplit(hunks ? hunks + (*hunks == '\n') : "", "\n", -1);

    for (gsize i = 0; each[i]; i++)
        if (*each[i])
            g_ptr_array_add(lines, g_strdup(each[i]));
}

GPtrArray *repo_patch_lines(const char *old_path, const char *new_path, GBytes *before, GBytes *after,
                            GError **error)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    git_diff_options options = GIT_DIFF_OPTIONS_INIT;
    git_patch *patch = NULL;
    git_buf text = GIT_BUF_INIT;
    gsize old_size = 0, new_size = 0;
    const char *old = before ? g_bytes_get_data(before, &old_size) : NULL;
    const char *new = after ? g_bytes_get_data(after, &new_size) : NULL;

    options.flags |= GIT_DIFF_FORCE_TEXT;
    if (git_libgit2_init() < 0) {
        repo_fail(error, REPO_ERROR_OPEN, "cannot start libgit2");
        return NULL;
    }
    int status = git_patch_from_buffers(&patch, old ? old : "", old_size, "a", new ? new : "", new_size, "b",
                                        &options);
    if (status == 0)
        status = git_patch_to_buf(&text, patch);
    if (status < 0) {
        repo_fail(error, REPO_ERROR_READ, new_path);
        g_clear_pointer(&lines, g_ptr_array_unref);
    } else {
        add_head(lines, old_path, new_path, !after);
        if (text.size > 0) {
            g_ptr_array_add(lines,
                            old_path ? g_strdup_printf("--- a/%s", old_path) : g_strdup("--- /dev/null"));
            g_ptr_array_add(lines, after ? g_strdup_printf("+++ b/%s", new_path) : g_strdup("+++ /dev/null"));
            add_hunks(lines, text.ptr);
        }
    }
    git_buf_dispose(&text);
    git_patch_free(patch);
    git_libgit2_shutdown();
    return g_steal_pointer(&lines);
}
