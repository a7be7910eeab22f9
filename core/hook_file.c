#include "hook_file.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LEGACY ".legacy"
#define NEW ".refine-new"

/* -- what is there -- */

/* The bytes of a file beside the hook; NULL where it cannot be read as one. */
static GBytes *read_beside(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
    int root = file_open_root(folder, error);
    GBytes *bytes = root < 0 ? NULL : file_read(root, name, error);

    if (root >= 0)
        g_close(root, NULL);
    return bytes;
}

static enum hook_file_state look(const char *path, enum hook_kind kind)
{
    g_autoptr(GError) trouble = NULL;
    g_autofree char *script = hook_script_print(kind);
    struct stat status;

    if (lstat(path, &status) < 0)
        return errno == ENOENT ? HOOK_FILE_NONE : HOOK_FILE_ODD;
    if (!S_ISREG(status.st_mode))
        return HOOK_FILE_ODD;
    g_autoptr(GBytes) bytes = read_beside(path, &trouble);
    if (!bytes || !hook_script_is_ours(bytes))
        return HOOK_FILE_ANOTHER;
    g_autoptr(GBytes) wanted = g_bytes_new(script, strlen(script));
    return g_bytes_equal(bytes, wanted) && access(path, X_OK) == 0 ? HOOK_FILE_OURS : HOOK_FILE_OLD;
}

static gboolean needs_name(const char *path)
{
    g_autoptr(GBytes) bytes = read_beside(path, NULL);
    return bytes && hook_script_needs_name(bytes);
}

void hook_file_init(struct hook_file *file, enum hook_kind kind, const char *path)
{
    g_autofree char *legacy = g_strconcat(path, LEGACY, NULL);

    file->kind = kind;
    file->kept = g_strconcat(path, HOOK_KEPT, NULL);
    file->has_kept = g_file_test(file->kept, G_FILE_TEST_IS_REGULAR);
    file->state = look(path, kind);
    file->path = g_strdup(path);
    if (file->state != HOOK_FILE_ANOTHER)
        return;
    enum hook_file_state moved = look(legacy, kind);
    if (moved == HOOK_FILE_OURS || moved == HOOK_FILE_OLD) {
        file->state = moved;
        g_free(file->path);
        file->path = g_steal_pointer(&legacy);
    }
    file->needs_name = file->state == HOOK_FILE_ANOTHER && needs_name(path);
}

void hook_file_clear(struct hook_file *file)
{
    g_clear_pointer(&file->path, g_free);
    g_clear_pointer(&file->kept, g_free);
}

/* -- changing it -- */

static gboolean fail(GError **error, const char *path, int cause)
{
    g_set_error(error, FILE_ERROR, FILE_ERROR_SYSTEM, "%s: %s", path, g_strerror(cause));
    return FALSE;
}

/* A new file with the script, that only its owner's umask keeps from being executable. */
static gboolean write_new(const char *path, const char *script, GError **error)
{
    gsize length = strlen(script);

    g_unlink(path);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0777);
    if (file < 0)
        return fail(error, path, errno);
    gboolean good = write(file, script, length) == (gssize)length && fsync(file) == 0;
    int cause = errno;
    close(file);
    if (good)
        return TRUE;
    g_unlink(path);
    return fail(error, path, cause);
}

/* Gives the hook that is there a second name; no moment is without a hook. Never over a file. */
static gboolean keep(const struct hook_file *file, GError **error)
{
    if (link(file->path, file->kept) == 0)
        return TRUE;
    if (errno != EEXIST)
        return fail(error, file->kept, errno);
    g_set_error(error, FILE_ERROR, FILE_ERROR_EXISTS,
                "%s is there already, kept from an earlier time: move it away, and the hook %s can be kept",
                file->kept, file->path);
    return FALSE;
}

gboolean hook_file_install(const struct hook_file *file, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(file->path), *new = g_strconcat(file->path, NEW, NULL);
    g_autofree char *script = hook_script_print(file->kind);

    if (file->state == HOOK_FILE_ODD) {
        g_set_error(error, FILE_ERROR, FILE_ERROR_KIND, "%s: expected a file, saw a link or a folder",
                    file->path);
        return FALSE;
    }
    if (file->needs_name) {
        g_set_error(error, FILE_ERROR, FILE_ERROR_KIND,
                    "%s: expected a hook that can be kept under another name, saw one that goes by its name",
                    file->path);
        return FALSE;
    }
    if (g_mkdir_with_parents(folder, 0777) < 0)
        return fail(error, folder, errno);
    if (!write_new(new, script, error))
        return FALSE;
    gboolean keeps = file->state == HOOK_FILE_ANOTHER;
    gboolean good = !keeps || keep(file, error);
    if (good && g_rename(new, file->path) < 0) {
        good = fail(error, file->path, errno);
        if (keeps)
            g_unlink(file->kept);
    }
    if (!good)
        g_unlink(new);
    return good;
}

gboolean hook_file_is_moved(const struct hook_file *file)
{
    return g_str_has_suffix(file->path, LEGACY);
}

gboolean hook_file_leaves_kept(const struct hook_file *file)
{
    g_autoptr(GBytes) bytes =
        file->has_kept && hook_file_is_moved(file) ? read_beside(file->kept, NULL) : NULL;
    gsize length = bytes ? g_bytes_get_size(bytes) : 0;

    return bytes && g_strstr_len(g_bytes_get_data(bytes, NULL), (gssize)length, HOOK_FRAMEWORK);
}

gboolean hook_file_remove(const struct hook_file *file, GError **error)
{
    gboolean restores = file->has_kept && !hook_file_leaves_kept(file);

    if ((restores ? g_rename(file->kept, file->path) : g_unlink(file->path)) < 0)
        return fail(error, file->path, errno);
    return TRUE;
}
