#include "commit_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A key file, so that an unknown version of it can still be told: group "decision", then "file N" and
 * "entry N". Paths need not be UTF-8 and are kept escaped. */
#define VERSION 1
#define MAX_FILES 100000

static void set_path(GKeyFile *file, const char *group, const char *key, const char *path)
{
    g_autofree char *escaped = path ? g_strescape(path, NULL) : NULL;
    if (escaped)
        g_key_file_set_value(file, group, key, escaped);
}

static char *get_path(GKeyFile *file, const char *group, const char *key)
{
    g_autofree char *escaped = g_key_file_get_value(file, group, key, NULL);
    return escaped ? g_strcompress(escaped) : NULL;
}

static void set_blob(GKeyFile *file, const char *group, const char *key, const struct commit_blob *blob)
{
    char id[GIT_OID_HEXSZ + 1];
    if (blob->there) {
        g_autofree char *text = g_strdup_printf("%o %s", blob->mode, git_oid_tostr(id, sizeof id, &blob->id));
        g_key_file_set_value(file, group, key, text);
    }
}

static gboolean get_blob(GKeyFile *file, const char *group, const char *key, struct commit_blob *blob)
{
    g_autofree char *text = g_key_file_get_value(file, group, key, NULL);
    char id[GIT_OID_HEXSZ + 1];

    if (!text)
        return TRUE;
    blob->there = TRUE;
    return sscanf(text, "%o %40s", &blob->mode, id) == 2 && git_oid_fromstr(&blob->id, id) == 0;
}

static char *print_journal(const struct commit_run *run, gsize *length)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    char id[GIT_OID_HEXSZ + 1];

    g_key_file_set_integer(file, "decision", "version", VERSION);
    if (run->records) {
        set_path(file, "decision", "ref", run->head.ref);
        g_key_file_set_value(file, "decision", "commit", git_oid_tostr(id, sizeof id, &run->commit));
    }
    for (guint i = 0; i < run->n_swaps; i++) {
        const struct file_swap *swap = &run->swaps[i];
        g_autofree char *group = g_strdup_printf("file %u", i);
        set_path(file, group, "path", swap->path);
        set_path(file, group, "before", swap->before);
        set_path(file, group, "after", swap->after);
        set_path(file, group, "temporary", swap->temporary);
        g_key_file_set_boolean(file, group, "beside", swap->beside);
    }
    for (guint i = 0; i < run->targets->len; i++) {
        const struct commit_target *target = &g_array_index(run->targets, struct commit_target, i);
        g_autofree char *group = g_strdup_printf("entry %u", i);
        set_path(file, group, "path", target->path);
        set_blob(file, group, "before", &target->index);
        set_blob(file, group, "after", &target->new_index);
    }
    return g_key_file_to_data(file, length, NULL);
}

static int open_folder(const struct commit_run *run)
{
    return open(run->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static gboolean sync_descriptor(int descriptor)
{
    return !SAFEGUARD("fsync") || fsync(descriptor) == 0;
}

gboolean commit_journal_write(struct commit_run *run, GError **error)
{
    gsize length = 0, done = 0;
    g_autofree char *text = print_journal(run, &length);
    int folder = open_folder(run);
    int descriptor = openat(run->staging, "journal", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    gboolean good = folder >= 0 && descriptor >= 0;

    while (good && done < length) {
        ssize_t wrote = write(descriptor, text + done, length - done);
        good = wrote >= 0 || errno == EINTR;
        done += wrote > 0 ? (gsize)wrote : 0;
    }
    good = good && sync_descriptor(descriptor);
    int saved = errno;
    if (descriptor >= 0 && close(descriptor) < 0 && good) {
        good = FALSE;
        saved = errno;
    }
    if (good && SAFEGUARD("journal")) {
        good = renameat(run->staging, "journal", folder, "journal") == 0 && sync_descriptor(folder);
        saved = errno;
    }
    if (folder >= 0)
        close(folder);
    return good || commit_fail_system(error, "cannot write the journal", saved);
}

gboolean commit_journal_remove(struct commit_run *run)
{
    g_autofree char *path = g_build_filename(run->folder, "journal", NULL);
    return unlink(path) == 0 || errno == ENOENT;
}

/* -- reading -- */

void commit_journal_free(struct commit_journal *journal)
{
    if (!journal)
        return;
    for (guint i = 0; i < journal->swaps->len; i++)
        file_swap_clear(&g_array_index(journal->swaps, struct file_swap, i));
    for (guint i = 0; i < journal->entries->len; i++)
        g_free((char *)(gpointer)g_array_index(journal->entries, struct commit_target, i).path);
    g_array_unref(journal->swaps);
    g_array_unref(journal->entries);
    g_free(journal->ref);
    g_free(journal);
}

/* A name that this program gave, so that nothing else is renamed or removed for what a file says. */
static gboolean is_temporary(const char *name)
{
    return g_str_has_prefix(name, ".refine-tmp-") && !strchr(name, '/') && strlen(name) < 64;
}

static gboolean read_swap(GKeyFile *file, const char *group, struct commit_journal *journal)
{
    struct file_swap swap = { 0 };

    swap.path = get_path(file, group, "path");
    swap.before = get_path(file, group, "before");
    swap.after = get_path(file, group, "after");
    swap.temporary = get_path(file, group, "temporary");
    swap.beside = g_key_file_get_boolean(file, group, "beside", NULL);
    g_array_append_val(journal->swaps, swap);
    return swap.path && swap.temporary && is_temporary(swap.temporary);
}

static gboolean read_entry(GKeyFile *file, const char *group, struct commit_journal *journal)
{
    struct commit_target target = { 0 };

    target.path = get_path(file, group, "path");
    gboolean good = target.path && get_blob(file, group, "before", &target.index) &&
                    get_blob(file, group, "after", &target.new_index);
    g_array_append_val(journal->entries, target);
    return good;
}

static gboolean parse(GKeyFile *file, struct commit_journal *journal)
{
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    g_autofree char *id = g_key_file_get_value(file, "decision", "commit", NULL);
    gboolean good = TRUE;

    journal->ref = get_path(file, "decision", "ref");
    if (!journal->ref)
        journal->ref = g_strdup("");
    if (*journal->ref)
        good = id && git_oid_fromstr(&journal->commit, id) == 0;
    for (gsize i = 0; groups[i] && good && i < MAX_FILES; i++) {
        if (g_str_has_prefix(groups[i], "file "))
            good = read_swap(file, groups[i], journal);
        else if (g_str_has_prefix(groups[i], "entry "))
            good = read_entry(file, groups[i], journal);
    }
    return good;
}

struct commit_journal *commit_journal_read(struct commit_run *run, GError **error)
{
    g_autofree char *path = g_build_filename(run->folder, "journal", NULL);
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) cause = NULL;

    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &cause)) {
        if (!g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            commit_refuse(error, COMMIT_ERROR_SYSTEM,
                          "%s: %s; it says what an earlier refine left undone: look at "
                          "git status, then remove it",
                          path, cause->message);
        return NULL;
    }
    int version = g_key_file_get_integer(file, "decision", "version", NULL);
    if (version > VERSION) {
        commit_refuse(error, COMMIT_ERROR_REFUSED,
                      "%s: a newer refine was interrupted here; let that version finish", path);
        return NULL;
    }
    struct commit_journal *journal = g_new0(struct commit_journal, 1);
    journal->swaps = g_array_new(FALSE, TRUE, sizeof(struct file_swap));
    journal->entries = g_array_new(FALSE, TRUE, sizeof(struct commit_target));
    if (version == VERSION && parse(file, journal))
        return journal;
    commit_journal_free(journal);
    commit_refuse(
        error, COMMIT_ERROR_SYSTEM,
        "%s: it cannot be read; it says what an earlier refine left undone: look at git status, then "
        "remove it",
        path);
    return NULL;
}
