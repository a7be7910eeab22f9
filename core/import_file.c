#include "import_file.h"

#include "file.h"

#include <glib/gstdio.h>
#include <string.h>

static const char mark[] = "\xef\xbb\xbf";

/* Fails with the place of the first byte that is no text, and says what made it where that is known. */
static gboolean check_text(const char *text, gsize length, const char *path, GError **error)
{
    const char *bad;

    if (length >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0)) {
        g_set_error(error, FILE_ERROR, FILE_ERROR_KIND,
                    "%s:1:1: expected UTF-8, saw UTF-16; convert it with iconv -f UTF-16 -t UTF-8", path);
        return FALSE;
    }
    if (g_utf8_validate_len(text, length, &bad))
        return TRUE;
    struct position at = lines_locate(text, length, (gsize)(bad - text));
    if (*bad == '\0')
        g_set_error(error, FILE_ERROR, FILE_ERROR_KIND,
                    "%s:%u:%u: expected text, saw a NUL byte; export it again", path, at.line, at.column);
    else
        g_set_error(error, FILE_ERROR, FILE_ERROR_KIND,
                    "%s:%u:%u: expected UTF-8, saw the byte 0x%02x; export it as UTF-8, or convert it, for "
                    "example with iconv -f WINDOWS-1252 -t UTF-8",
                    path, at.line, at.column, (guchar)*bad);
    return FALSE;
}

gboolean import_file_read(const char *path, struct import_file *file, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path), *base = g_path_get_basename(path);
    g_autofree char *shown = g_utf8_make_valid(path, -1);
    int root = file_open_root(folder, error);
    g_autoptr(GBytes) bytes = root >= 0 ? file_read_limited(root, base, IMPORT_FILE_LIMIT, error) : NULL;

    if (root >= 0)
        g_close(root, NULL);
    if (!bytes) {
        g_prefix_error(error, "%s: ", shown);
        return FALSE;
    }
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    if (!check_text(text, length, shown, error))
        return FALSE;
    gsize start = length >= strlen(mark) && memcmp(text, mark, strlen(mark)) == 0 ? strlen(mark) : 0;
    file->path = g_steal_pointer(&shown);
    file->name = g_utf8_make_valid(base, -1);
    file->text = text + start;
    file->length = length - start;
    file->bytes = g_steal_pointer(&bytes);
    return TRUE;
}

void import_file_clear(struct import_file *file)
{
    g_clear_pointer(&file->path, g_free);
    g_clear_pointer(&file->name, g_free);
    g_clear_pointer(&file->bytes, g_bytes_unref);
}
