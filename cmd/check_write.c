#include "check_write.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than any report. */
#define LIMIT ((gsize)1 << 30)

static gboolean fail(GError **error)
{
    int number = errno;
    g_set_error_literal(error, G_FILE_ERROR, (gint)g_file_error_from_errno(number), g_strerror(number));
    return FALSE;
}

static gboolean write_all(int descriptor, const GString *text, GError **error)
{
    for (gsize done = 0; done < text->len;) {
        gssize written = write(descriptor, text->str + done, text->len - done);
        if (written < 0 && errno != EINTR)
            return fail(error);
        done += written > 0 ? (gsize)written : 0;
    }
    return TRUE;
}

static gboolean write_to(const char *path, int flags, const GString *text, GError **error)
{
    int descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | flags);
    if (descriptor < 0)
        return fail(error);
    gboolean good = write_all(descriptor, text, error);
    return g_close(descriptor, good ? error : NULL) && good;
}

/* -- a file -- */

static gboolean replace(int root, const char *name, GBytes *bytes, GError **error)
{
    g_autoptr(GError) none = NULL;
    g_autoptr(GBytes) before = file_read_limited(root, name, LIMIT, &none);

    if (before)
        return g_bytes_equal(before, bytes) || file_replace(root, name, before, bytes, error);
    if (g_error_matches(none, FILE_ERROR, FILE_ERROR_ABSENT))
        return file_create(root, name, bytes, error);
    g_propagate_error(error, g_steal_pointer(&none));
    return FALSE;
}

static gboolean replace_at(const char *path, const GString *text, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
    g_autoptr(GBytes) bytes = g_bytes_new_static(text->str, text->len);
    int root = file_open_root(folder, error);

    if (root < 0)
        return FALSE;
    gboolean good = replace(root, name, bytes, error);
    g_close(root, NULL);
    return good;
}

gboolean check_write(const char *folder, const char *path, const GString *text, GError **error)
{
    g_autofree char *named = g_canonicalize_filename(path, folder);
    g_autofree char *parent = g_path_get_dirname(named);
    char *real = realpath(named, NULL); /* where a link leads */
    g_autofree char *whole = g_strdup(real ? real : named);
    GStatBuf status;
    gboolean there = g_stat(whole, &status) == 0;
    gboolean good;

    free(real);
    if (g_str_has_suffix(path, "/") && !there) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                    "%s: expected the name of a file, saw a folder's", path);
        return FALSE;
    }
    if (!g_file_test(parent, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s: there is no such folder; create it first",
                    path);
        return FALSE;
    }
    if (there && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
        good = write_to(whole, 0, text, error);
    else
        good = replace_at(whole, text, error);
    if (!good)
        g_prefix_error(error, "%s: the report cannot be written: ", path);
    return good;
}

/* -- a summary -- */

gboolean check_measure(const char *path, gsize *size, GError **error)
{
    GStatBuf status;

    if (g_stat(path, &status) != 0)
        return fail(error);
    if (!S_ISREG(status.st_mode)) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "it is no file");
        return FALSE;
    }
    *size = (gsize)status.st_size;
    return TRUE;
}

gboolean check_append(const char *path, const GString *text, GError **error)
{
    return write_to(path, O_APPEND, text, error);
}
