#include "commit_private.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long a lock of a ref must have stood still to be that of the process that died. */
#define STILL (300 * 1000)

/* -- what was landed -- */

static gboolean is_same_blob(const struct commit_blob *a, const struct commit_blob *b)
{
    return a->there == b->there && (!a->there || (a->mode == b->mode && git_oid_equal(&a->id, &b->id)));
}

/* Whether the ref moved to the commit, or further since. */
static gboolean find_landed(struct commit_run *run, const struct commit_journal *journal, gboolean *landed,
                            GError **error)
{
    git_oid now;
    int status = git_reference_name_to_id(&now, run->git, journal->ref);

    *landed = FALSE;
    if (status == GIT_ENOTFOUND)
        return TRUE;
    if (status == 0 && git_oid_equal(&now, &journal->commit))
        *landed = TRUE;
    else if (status == 0)
        status = git_graph_descendant_of(run->git, &now, &journal->commit);
    if (status == 1)
        *landed = TRUE;
    /* A commit that is not there cannot have landed. */
    return status >= 0 || status == GIT_ENOTFOUND || commit_fail_git(error, journal->ref);
}

/* Whether the index has an entry of the journal that it did not have before. */
static gboolean is_staged(struct commit_run *run, const struct commit_journal *journal, gboolean *staged,
                          GError **error)
{
    g_autofree char *copy = g_build_filename(run->folder, "tmp", "index", NULL);
    git_index *index = commit_index_open(run, copy, error);

    *staged = FALSE;
    if (!index)
        return FALSE;
    for (guint i = 0; i < journal->entries->len; i++) {
        const struct commit_target *entry = &g_array_index(journal->entries, struct commit_target, i);
        struct commit_blob now = commit_index_blob(index, entry->path);
        if (!is_same_blob(&entry->index, &entry->new_index) && is_same_blob(&now, &entry->new_index))
            *staged = TRUE;
    }
    git_index_free(index);
    return TRUE;
}

/* -- the index -- */

gboolean commit_recover_index(struct commit_run *run, const struct commit_journal *journal, GError **error)
{
    g_autofree char *copy = g_build_filename(run->folder, "tmp", "index", NULL);
    git_index *index = NULL;
    gboolean good;

    if (!commit_lock_index(run, error))
        return FALSE;
    index = commit_index_open(run, copy, error);
    good = index != NULL;
    g_array_set_size(run->targets, 0);
    for (guint i = 0; good && i < journal->entries->len; i++) {
        struct commit_target entry = g_array_index(journal->entries, struct commit_target, i);
        struct commit_blob now = commit_index_blob(index, entry.path);
        if (is_same_blob(&now, &entry.index) && !is_same_blob(&now, &entry.new_index))
            g_array_append_val(run->targets, entry);
    }
    if (good && run->targets->len > 0)
        good = commit_index_write(run, index, copy, error) && commit_lock_fill_index(run, copy, error) &&
               commit_lock_publish_index(run, error);
    g_array_set_size(run->targets, 0);
    git_index_free(index);
    if (run->index_locked && !commit_unlock_index(run) && good)
        good = commit_fail_system(error, run->index_path, errno);
    return good;
}

/* -- locks -- */

/* libgit2 makes the lock of the ref, so its inode is not known. It can be that of the dead process only while
 * that one's lock of HEAD is there, too, and then it is empty or holds the commit. */
static gboolean sweep_ref_lock(struct commit_run *run, const struct commit_journal *journal, GError **error)
{
    g_autofree char *path = commit_head_lock_path(run, journal->ref);
    g_autofree char *bytes = NULL;
    char id[GIT_OID_HEXSZ + 1];
    struct stat before, after;
    gsize length = 0;

    if (!*journal->ref || (strcmp(journal->ref, "HEAD") != 0 && !commit_lock_head_is_stale(run)) ||
        lstat(path, &before) < 0 || !g_file_get_contents(path, &bytes, &length, NULL))
        return TRUE;
    git_oid_tostr(id, sizeof id, &journal->commit);
    if (length > 0 && !g_str_has_prefix(bytes, id))
        return TRUE;
    g_usleep(STILL);
    if (lstat(path, &after) < 0 || before.st_ino != after.st_ino ||
        before.st_mtim.tv_sec != after.st_mtim.tv_sec || before.st_mtim.tv_nsec != after.st_mtim.tv_nsec)
        return TRUE;
    return unlink(path) == 0 || errno == ENOENT || commit_fail_system(error, path, errno);
}

/* Only the holder of the lock of processes has files in staging: what is there now nobody needs, but what was
 * rescued. */
static gboolean sweep_staging(struct commit_run *run)
{
    int descriptor = openat(run->staging, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = descriptor < 0 ? NULL : fdopendir(descriptor);
    gboolean good = stream != NULL;

    if (!stream && descriptor >= 0)
        close(descriptor);
    for (struct dirent *entry; stream && (entry = readdir(stream));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            !g_str_has_prefix(entry->d_name, "refine-kept-"))
            good =
                (unlinkat(run->staging, entry->d_name, 0) == 0 || errno == EISDIR || errno == ENOENT) && good;
    if (stream)
        closedir(stream);
    return good;
}

/* Folders of runs that died before they locked anything; one that old is nobody's any more. */
#define OLD (24 * 60 * 60)

static void sweep_runs(struct commit_run *run)
{
    g_autoptr(GDir) entries = g_dir_open(run->folder, 0, NULL);
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    struct stat status;

    for (const char *name; entries && (name = g_dir_read_name(entries));) {
        g_autofree char *path = g_build_filename(run->folder, name, NULL);
        if (g_str_has_prefix(name, "run-") && lstat(path, &status) == 0 && S_ISDIR(status.st_mode) &&
            now - status.st_mtim.tv_sec > OLD)
            commit_folder_remove(path);
    }
}

/* -- all of it -- */

static gboolean settle(struct commit_run *run, const struct commit_journal *journal, GError **error)
{
    const struct file_swap *swaps = (const struct file_swap *)(gpointer)journal->swaps->data;
    g_autofree char *kept = NULL;
    gboolean landed = FALSE;

    if (*journal->ref && !find_landed(run, journal, &landed, error))
        return FALSE;
    /* The index gets its new entries last: where it has them, what HEAD did since does not matter. */
    if (!landed && !is_staged(run, journal, &landed, error))
        return FALSE;
    if (landed && !commit_recover_index(run, journal, error))
        return FALSE;
    if (!landed && !file_swaps_revert(run->top, run->staging, swaps, journal->swaps->len))
        return commit_refuse(error, COMMIT_ERROR_SYSTEM,
                             "an earlier refine was interrupted, and what it changed cannot be put back now; "
                             "nothing was changed, try again");
    if (!file_swaps_finish(run->top, run->staging, swaps, journal->swaps->len, &kept))
        return commit_refuse(
            error, COMMIT_ERROR_SYSTEM,
            "an earlier refine was interrupted, and what it left in %s/tmp cannot be removed now; "
            "nothing else was changed, try again",
            run->folder);
    if (kept)
        g_ptr_array_add(
            run->outcome->warnings,
            g_strdup_printf("what another program wrote while an earlier refine was interrupted is in %s",
                            kept));
    g_ptr_array_add(run->outcome->warnings,
                    g_strdup(landed ? "an earlier refine was interrupted; its decision was finished"
                                    : "an earlier refine was interrupted; what it had begun was undone"));
    return TRUE;
}

gboolean commit_recover_run(struct commit_run *run, GError **error)
{
    GError *cause = NULL;
    struct commit_journal *journal = commit_journal_read(run, &cause);
    gboolean good = !cause;

    if (cause)
        g_propagate_error(error, cause);
    if (journal) {
        good = sweep_ref_lock(run, journal, error) && commit_lock_sweep(run, error) &&
               settle(run, journal, error);
        if (good && !commit_journal_remove(run))
            good = commit_fail_system(error, "cannot remove the journal", errno);
    } else if (good) {
        good = commit_lock_sweep(run, error);
    }
    commit_journal_free(journal);
    if (good) {
        sweep_staging(run);
        sweep_runs(run);
    }
    return good;
}
