#include "repo_config_edit.h"

#include "file.h"
#include "repo_private.h"

#include <errno.h>
#include <fcntl.h>
#include <git2.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME "config"
#define LOCK_NAME "config.lock"

/* -- on a copy -- */

/* A copy of a file of settings, for libgit2 writes files only. */
struct copy {
    char *folder;
    char *path;
    git_config *config;
};

static void copy_clear(struct copy *copy)
{
    git_config_free(copy->config);
    if (copy->path)
        g_unlink(copy->path);
    if (copy->folder)
        g_rmdir(copy->folder);
    g_free(copy->path);
    g_free(copy->folder);
    git_libgit2_shutdown();
}

static gboolean copy_open(struct copy *copy, GBytes *bytes, GError **error)
{
    git_libgit2_init();
    copy->folder = g_dir_make_tmp("refine-XXXXXX", error);
    if (!copy->folder)
        return FALSE;
    copy->path = g_build_filename(copy->folder, FILE_NAME, NULL);
    return g_file_set_contents(copy->path, g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes),
                               error) &&
           (git_config_open_ondisk(&copy->config, copy->path) == 0 ||
            repo_fail(error, REPO_ERROR_READ, "cannot read the repository's settings"));
}

static gboolean apply(struct copy *copy, const struct config_setting *setting, GError **error)
{
    int status = setting->value ? git_config_set_string(copy->config, setting->key, setting->value)
                                : git_config_delete_multivar(copy->config, setting->key, ".*");

    return status == 0 || (!setting->value && status == GIT_ENOTFOUND) ||
           repo_fail(error, REPO_ERROR_READ, setting->key);
}

/* -- what libgit2 leaves -- */

/* The header of the key's section as git and libgit2 write it: [merge "refine"]. */
static char *header_of(const char *key)
{
    const char *first = strchr(key, '.'), *last = strrchr(key, '.');
    return g_strdup_printf("[%.*s \"%.*s\"]", (int)(first - key), key, (int)(last - first - 1), first + 1);
}

/* Whether nothing stands between the line behind a header and the next section. */
static gboolean is_empty_from(const char *at)
{
    at += strspn(at, " \t");
    return *at == '\0' || *at == '[';
}

/* Takes out headers of the key's section under which nothing stands, not even a comment. */
static void drop_empty(GString *text, const char *key)
{
    g_autofree char *header = header_of(key);
    gsize at = 0;

    while (at < text->len) {
        gsize length = strcspn(text->str + at, "\n");
        gsize next = at + length + (text->str[at + length] == '\n');
        if (length == strlen(header) && strncmp(text->str + at, header, length) == 0 &&
            is_empty_from(text->str + next))
            g_string_erase(text, (gssize)at, (gssize)(next - at));
        else
            at = next;
    }
}

/* A file that did not end with a newline is not given one, so that taking out gives back what was. */
static void keep_end(GString *text, GBytes *before)
{
    gsize length = g_bytes_get_size(before);
    const char *old = g_bytes_get_data(before, NULL);

    if (length && old[length - 1] != '\n' && text->len && text->str[text->len - 1] == '\n')
        g_string_truncate(text, text->len - 1);
}

/* -- */

GBytes *repo_config_edit(GBytes *bytes, const struct config_setting *settings, gsize n, GError **error)
{
    struct copy copy = { 0 };
    g_autofree char *text = NULL;
    gsize length = 0;
    gboolean good = copy_open(&copy, bytes, error);

    for (gsize i = 0; good && i < n; i++)
        good = apply(&copy, &settings[i], error);
    good = good && g_file_get_contents(copy.path, &text, &length, error);
    copy_clear(&copy);
    if (!good)
        return NULL;
    GString *out = g_string_new_len(text, (gssize)length);
    for (gsize i = 0; i < n; i++)
        if (!settings[i].value)
            drop_empty(out, settings[i].key);
    keep_end(out, bytes);
    return g_string_free_to_bytes(out);
}

char *repo_config_edit_value(GBytes *bytes, const char *key, GError **error)
{
    struct copy copy = { 0 };
    git_config_entry *entry = NULL;
    char *value = NULL;

    if (copy_open(&copy, bytes, error) && git_config_get_entry(&entry, copy.config, key) == 0)
        value = g_strdup(entry->value ? entry->value : "");
    git_config_entry_free(entry);
    copy_clear(&copy);
    return value;
}

/* -- the file -- */

char *repo_config_file_path(struct repo *repo)
{
    return g_build_filename(git_repository_commondir(repo->git), FILE_NAME, NULL);
}

static gboolean add_path(struct repo *repo, gboolean good, GError **error)
{
    g_autofree char *path = repo_config_file_path(repo);

    if (!good)
        g_prefix_error(error, "%s: ", path);
    return good;
}

GBytes *repo_config_file_read(struct repo *repo, GError **error)
{
    int root = file_open_root(git_repository_commondir(repo->git), error);
    if (root < 0)
        return NULL;
    GBytes *bytes = file_read(root, FILE_NAME, error);
    g_close(root, NULL);
    add_path(repo, bytes != NULL, error);
    return bytes;
}

static gboolean take_lock(int root, GError **error)
{
    int lock = openat(root, LOCK_NAME, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

    if (lock >= 0) {
        close(lock);
        return TRUE;
    }
    if (errno == EEXIST)
        g_set_error(error, REPO_ERROR, REPO_ERROR_READ,
                    "another git process is writing it, or one died: then remove " LOCK_NAME " beside it");
    else
        g_set_error(error, REPO_ERROR, REPO_ERROR_READ, "cannot lock it: %s", g_strerror(errno));
    return FALSE;
}

gboolean repo_config_file_replace(struct repo *repo, GBytes *before, GBytes *after, GError **error)
{
    sigset_t signals;
    int root = file_open_root(git_repository_commondir(repo->git), error);
    if (root < 0)
        return FALSE;

    file_hold_signals(&signals);
    gboolean good = take_lock(root, error);
    if (good) {
        good = file_replace(root, FILE_NAME, before, after, error);
        unlinkat(root, LOCK_NAME, 0);
    }
    file_release_signals(&signals);
    g_close(root, NULL);
    return add_path(repo, good, error);
}
