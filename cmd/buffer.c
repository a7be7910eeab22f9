#include "buffer.h"

#include "editor.h"
#include "file.h"
#include "plain.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define EDIT_FOLDER "refine/edit"

/* How many errors of one text are printed. */
#define MAX_TOLD 20

struct buffer {
    struct context *context;
    struct repo *repo; /* NULL: there is none */
    char *folder;      /* of the two files; its own and temporary without a repository */
    char *text_path;
    char *base_path;
    int lock; /* of the file at base_path */
    GBytes *kept;
    GBytes *base; /* what the text is compared with; NULL: nothing */
    gboolean done;
};

/* -- opening -- */

static gboolean fail(GError **error, int saved, const char *what, const char *path)
{
    g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(saved), "%s %s: %s", what, path,
                g_strerror(saved));
    return FALSE;
}

/* "NAME" of the backlog at the top of the work tree, else with what tells the backlog apart. */
static char *name_in(const struct policy *policy, const char *name)
{
    gsize length = strlen(policy->top);
    gboolean is_below = strlen(policy->root) > length && strncmp(policy->root, policy->top, length) == 0;

    if (!is_below)
        return g_strdup(name);
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, policy->root + length, -1);
    digest[8] = '\0';
    return g_strconcat(name, "-", digest, NULL);
}

static char *make_folder(const struct repo *repo, GError **error)
{
    if (!repo)
        return g_dir_make_tmp("refine-XXXXXX", error);
    g_autofree char *git = repo_git_folder(repo);
    g_autofree char *folder = g_build_filename(git, EDIT_FOLDER, NULL);
    if (g_mkdir_with_parents(folder, 0700) == 0)
        return g_steal_pointer(&folder);
    fail(error, errno, "cannot make the folder", folder);
    return NULL;
}

/* As the user would write it: relative where it is below the current folder. */
static char *display(const struct buffer *buffer)
{
    const char *here = buffer->context->folder;
    gsize length = strlen(here);

    if (length > 1 && strncmp(buffer->text_path, here, length) == 0 && buffer->text_path[length] == '/')
        return g_strdup(buffer->text_path + length + 1);
    return g_strdup(buffer->text_path);
}

/* Locks the file of the base, which may be removed by its owner between opening and locking it. */
static gboolean lock_base(struct buffer *buffer, GError **error)
{
    struct stat status;

    for (;;) {
        buffer->lock = open(buffer->base_path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (buffer->lock < 0)
            return fail(error, errno, "cannot write", buffer->base_path);
        if (flock(buffer->lock, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK) {
            g_autofree char *path = display(buffer);
            g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN, "another editor is open on %s", path);
            g_close(buffer->lock, NULL);
            buffer->lock = -1;
            return FALSE;
        }
        /* A file system without locks is no reason not to edit. */
        if (fstat(buffer->lock, &status) < 0 || status.st_nlink > 0)
            return TRUE;
        g_close(buffer->lock, NULL);
    }
}

/* The bytes of one of the two files; NULL where there is none. */
static GBytes *read_one(const struct buffer *buffer, const char *path, GError **error)
{
    g_autofree char *name = g_path_get_basename(path);
    int root = file_open_root(buffer->folder, error);
    GBytes *bytes = root < 0 ? NULL : file_read(root, name, error);

    if (root >= 0)
        g_close(root, NULL);
    return bytes;
}

static gboolean open_files(struct buffer *buffer, const char *name, GError **error)
{
    g_autofree char *full = name_in(buffer->context->policy, name);
    g_autofree char *text = g_strconcat(full, ".md", NULL), *base = g_strconcat(full, ".base", NULL);

    buffer->text_path = g_build_filename(buffer->folder, text, NULL);
    buffer->base_path = g_build_filename(buffer->folder, base, NULL);
    if (!lock_base(buffer, error))
        return FALSE;
    buffer->kept = read_one(buffer, buffer->text_path, NULL);
    buffer->base = read_one(buffer, buffer->base_path, NULL);
    if (buffer->base && g_bytes_get_size(buffer->base) == 0)
        g_clear_pointer(&buffer->base, g_bytes_unref);
    if (buffer->kept && buffer->base && g_bytes_equal(buffer->kept, buffer->base))
        g_clear_pointer(&buffer->kept, g_bytes_unref);
    return TRUE;
}

struct buffer *buffer_open(struct context *context, const char *name, GError **error)
{
    g_autoptr(Buffer) buffer = g_new0(struct buffer, 1);

    buffer->context = context;
    buffer->lock = -1;
    buffer->repo = repo_open(context->policy->root, NULL);
    buffer->folder = make_folder(buffer->repo, error);
    return buffer->folder && open_files(buffer, name, error) ? g_steal_pointer(&buffer) : NULL;
}

GBytes *buffer_kept(const struct buffer *buffer)
{
    return buffer->kept;
}

GBytes *buffer_kept_base(const struct buffer *buffer)
{
    return buffer->kept ? buffer->base : NULL;
}

gboolean buffer_is_blank(GBytes *bytes)
{
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    gsize i = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    while (i < length && g_ascii_isspace(text[i]))
        i++;
    return i == length;
}

/* -- editing -- */

/* In place, for the lock is on the file and not on its name. */
static gboolean write_base(struct buffer *buffer, GBytes *base, GError **error)
{
    gsize length = 0, done = 0;
    const char *bytes = base ? g_bytes_get_data(base, &length) : NULL;

    if (ftruncate(buffer->lock, 0) < 0)
        return fail(error, errno, "cannot write", buffer->base_path);
    while (done < length) {
        ssize_t wrote = pwrite(buffer->lock, bytes + done, length - done, (off_t)done);
        if (wrote < 0 && errno != EINTR)
            return fail(error, errno, "cannot write", buffer->base_path);
        done += wrote > 0 ? (gsize)wrote : 0;
    }
    return TRUE;
}

static gboolean write_text(struct buffer *buffer, GBytes *text, GError **error)
{
    gsize length;
    const char *bytes = g_bytes_get_data(text, &length);

    return g_file_set_contents_full(buffer->text_path, bytes ? bytes : "", (gssize)length,
                                    G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

GBytes *buffer_edit(struct buffer *buffer, GBytes *base, GBytes *text, GError **error)
{
    g_autoptr(GError) cause = NULL;
    GBytes *before = base ? g_bytes_ref(base) : NULL;

    /* The text first: with the base of another text it would be told as changed, and with none it is kept. */
    if (!write_text(buffer, text, error) || !write_base(buffer, base, error)) {
        g_clear_pointer(&before, g_bytes_unref);
        return NULL;
    }
    g_clear_pointer(&buffer->base, g_bytes_unref);
    g_clear_pointer(&buffer->kept, g_bytes_unref);
    buffer->base = before;
    if (!editor_run(buffer->context->output, buffer->repo, buffer->text_path, error))
        return NULL;
    GBytes *saved = read_one(buffer, buffer->text_path, &cause);
    if (!saved)
        g_set_error(error, cause->domain, cause->code, "what the editor left cannot be read: %s",
                    cause->message);
    return saved;
}

/* -- refusing -- */

gboolean buffer_keeps(const struct buffer *buffer)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(GBytes) text = read_one(buffer, buffer->text_path, &cause);

    if (!text)
        return !g_error_matches(cause, FILE_ERROR, FILE_ERROR_ABSENT);
    return !buffer->base || !g_bytes_equal(text, buffer->base);
}

void buffer_complain(const struct buffer *buffer, const GPtrArray *findings)
{
    g_autofree char *path = display(buffer), *shown = plain_escape(path, -1);
    g_autoptr(GString) out = g_string_new(NULL);
    guint told = 0;

    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (finding->severity < SEVERITY_ERROR || ++told > MAX_TOLD)
            continue;
        g_autofree char *message = plain_escape(finding->message, -1);
        g_autofree char *help = plain_escape(finding->help ? finding->help : "", -1);
        g_string_append(out, shown);
        if (finding->at.line)
            g_string_append_printf(out, ":%u:%u", finding->at.line, finding->at.column);
        g_string_append_printf(out, ": error: %s%s%s\n", message, *help ? "; " : "", help);
    }
    if (told > MAX_TOLD)
        g_string_append_printf(out, "%s: and %u more\n", shown, told - MAX_TOLD);
    output_flush(buffer->context->output);
    fputs(out->str, stderr);
}

int buffer_refuse(struct buffer *buffer, GError **error)
{
    if (!error || !*error || !buffer_keeps(buffer))
        return -1;
    g_autofree char *path = display(buffer);
    g_autoptr(GError) cause = g_steal_pointer(error);
    g_set_error(error, cause->domain, cause->code, "%s; your text is kept in %s", cause->message, path);
    return -1;
}

void buffer_done(struct buffer *buffer)
{
    buffer->done = TRUE;
}

void buffer_free(struct buffer *buffer)
{
    if (!buffer)
        return;
    if (buffer->lock >= 0 && (buffer->done || !buffer_keeps(buffer))) {
        g_unlink(buffer->text_path);
        g_unlink(buffer->base_path);
    }
    if (!buffer->repo && buffer->folder)
        g_rmdir(buffer->folder);
    if (buffer->lock >= 0)
        g_close(buffer->lock, NULL);
    g_clear_pointer(&buffer->kept, g_bytes_unref);
    g_clear_pointer(&buffer->base, g_bytes_unref);
    repo_close(buffer->repo);
    g_free(buffer->folder);
    g_free(buffer->text_path);
    g_free(buffer->base_path);
    g_free(buffer);
}
