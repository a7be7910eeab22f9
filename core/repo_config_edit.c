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

/* The text with the setting so, as libgit2 writes it; NULL on error. */
static char *write_setting(const char *text, const struct config_setting *setting, GError **error)
{
    struct copy copy = { 0 };
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    char *after = NULL;

    if (copy_open(&copy, bytes, error) && apply(&copy, setting, error))
        g_file_get_contents(copy.path, &after, NULL, error);
    copy_clear(&copy);
    return after;
}

/* -- sections -- */

/* libgit2 writes a value anew that stands on the line of a section's header, once for each change: so it gets
 * the one section alone, and the rest of the file cannot change. */
struct section {
    gsize start;
    gsize end; /* where the next section begins, or the file ends */
};

/* The header of the key's section as git and libgit2 write it: [merge "refine"]. */
static char *header_of(const char *key)
{
    const char *first = strchr(key, '.'), *last = strrchr(key, '.');
    return g_strdup_printf("[%.*s \"%.*s\"]", (int)(first - key), key, (int)(last - first - 1), first + 1);
}

/* Where the next line begins that is not one with this. */
static gsize next_line(const char *text, gsize at)
{
    gsize end;

    do {
        end = at + strcspn(text + at, "\n");
        at = end + (text[end] == '\n');
    } while (end > 0 && text[end - 1] == '\\' && text[at]);
    return at;
}

static gboolean is_header(const char *text, gsize at)
{
    return text[at + strspn(text + at, " \t")] == '[';
}

/* The key's section at or behind a place; FALSE where there is none. */
static gboolean find_section(const char *text, gsize from, const char *key, struct section *section)
{
    g_autofree char *header = header_of(key);
    gsize length = strlen(header), at = from;

    while (text[at] && !(strncmp(text + at, header, length) == 0 && strchr("\r\n", text[at + length])))
        at = next_line(text, at);
    if (!text[at])
        return FALSE;
    section->start = at;
    do
        at = next_line(text, at);
    while (text[at] && !is_header(text, at));
    section->end = at;
    return TRUE;
}

/* Replaces the section by what libgit2 makes of it; by nothing where only its header is left. */
static gboolean edit_section(GString *text, const struct section *section,
                             const struct config_setting *setting, GError **error)
{
    g_autofree char *before = g_strndup(text->str + section->start, section->end - section->start);
    g_autofree char *after = write_setting(before, setting, error);

    if (!after)
        return FALSE;
    gboolean empty = !setting->value && strcmp(before, after) != 0 && after[next_line(after, 0)] == '\0';
    g_string_erase(text, (gssize)section->start, (gssize)(section->end - section->start));
    g_string_insert(text, (gssize)section->start, empty ? "" : after);
    return TRUE;
}

/* Where the section stands several times the last one holds; the others lose the key. */
static gboolean edit_setting(GString *text, const struct config_setting *setting, GError **error)
{
    const struct config_setting gone = { setting->key, NULL };
    struct section section, later;
    gsize at = 0;

    while (find_section(text->str, at, setting->key, &section)) {
        gboolean last = !find_section(text->str, section.end, setting->key, &later);
        gsize rest = text->len - section.end;
        if (!edit_section(text, &section, last ? setting : &gone, error))
            return FALSE;
        if (last)
            return TRUE;
        at = text->len - rest;
    }
    g_autofree char *added = setting->value ? write_setting("", setting, error) : g_strdup("");
    if (!added)
        return FALSE;
    if (*added && text->len && text->str[text->len - 1] != '\n')
        g_string_append_c(text, '\n');
    g_string_append(text, added);
    return TRUE;
}

/* -- */

/* A file that did not end with a newline is not given one, so that taking out gives back what was. */
static void keep_end(GString *text, GBytes *before)
{
    gsize length = g_bytes_get_size(before);
    const char *old = g_bytes_get_data(before, NULL);

    if (length && old[length - 1] != '\n' && text->len && text->str[text->len - 1] == '\n')
        g_string_truncate(text, text->len - 1);
}

/* What libgit2 reads in the end must be what was wanted, whatever else the file says; but where a value goes,
 * another may show that somebody wrote in a place of his own, and that stays. */
static gboolean holds(GBytes *before, GBytes *after, const struct config_setting *setting, GError **error)
{
    g_autoptr(GError) trouble = NULL;
    g_autofree char *was = repo_config_edit_value(before, setting->key, &trouble);
    g_autofree char *value = trouble ? NULL : repo_config_edit_value(after, setting->key, &trouble);
    gboolean good =
        setting->value ? g_strcmp0(value, setting->value) == 0 : !value || g_strcmp0(value, was) != 0;

    if (trouble)
        g_propagate_error(error, g_steal_pointer(&trouble));
    else if (!good)
        g_set_error(error, REPO_ERROR, REPO_ERROR_READ,
                    "%s is written in an unusual way there: change it by hand", setting->key);
    else
        return TRUE;
    return FALSE;
}

GBytes *repo_config_edit(GBytes *bytes, const struct config_setting *settings, gsize n, GError **error)
{
    gsize length = g_bytes_get_size(bytes);
    g_autoptr(GString) text = g_string_new_len(g_bytes_get_data(bytes, NULL), (gssize)length);

    if (strlen(text->str) != length) {
        g_set_error(error, REPO_ERROR, REPO_ERROR_READ, "expected settings, saw a NUL byte");
        return NULL;
    }
    for (gsize i = 0; i < n; i++)
        if (!edit_setting(text, &settings[i], error))
            return NULL;
    keep_end(text, bytes);
    g_autoptr(GBytes) after = g_bytes_new(text->str, text->len);
    for (gsize i = 0; i < n; i++)
        if (!holds(bytes, after, &settings[i], error))
            return NULL;
    return g_steal_pointer(&after);
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
