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

/* Whether the ref was at the commit once, and was moved elsewhere since, by an amend for one: the reflog then
 * says that it came from there. That it went there is written before it does. */
static gboolean was_landed(struct commit_run *run, const struct commit_journal *journal)
{
    git_reflog *log = NULL;
    gboolean found = FALSE;

    if (git_reflog_read(&log, run->git, journal->ref) < 0)
        return FALSE;
    for (size_t i = 0; i < git_reflog_entrycount(log) && !found; i++)
        found = git_oid_equal(git_reflog_entry_id_old(git_reflog_entry_byindex(log, i)), &journal->commit);
    git_reflog_free(log);
    return found;
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
    if (status < 0)
        return commit_fail_git(error, journal->ref);
    *landed = git_oid_equal(&now, &journal->commit);
    if (*landed)
        return TRUE;
    status = git_graph_descendant_of(run->git, &now, &journal->commit);
    /* A commit that is not there cannot have landed. */
    if (status < 0 && status != GIT_ENOTFOUND)
        return commit_fail_git(error, journal->ref);
    *landed = status == 1 || was_landed(run, journal);
    return TRUE;
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
    g_autoptr(GError) cause = NULL;
    char id[GIT_OID_HEXSZ + 1];
    struct stat before, after;
    gsize length = 0;

    if (!*journal->ref || (strcmp(journal->ref, "HEAD") != 0 && !commit_lock_head_is_stale(run)))
        return TRUE;
    if (lstat(path, &before) < 0)
        return errno == ENOENT || errno == ENOTDIR || commit_fail_system(error, path, errno);
    /* One that cannot be read now is not left for ever: the journal stays, and the next command tries again.
     */
    if (!g_file_get_contents(path, &bytes, &length, &cause))
        return g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
               commit_refuse(
                   error, COMMIT_ERROR_SYSTEM,
                   "an earlier refine was interrupted, and its lock cannot be read now: %s; nothing "
                   "was changed, try again",
                   cause->message);
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

/* The files that are not as they were before the process began that died: somebody changed them since. */
static char *list_left(struct commit_run *run, const struct commit_journal *journal)
{
    g_autoptr(GPtrArray) left = g_ptr_array_new();

    for (guint i = 0; i < journal->swaps->len; i++) {
        const struct file_swap *swap = &g_array_index(journal->swaps, struct file_swap, i);
        g_autoptr(GBytes) now = file_read(run->top, swap->path, NULL);
        g_autofree char *digest = file_digest(now);
        if (g_strcmp0(digest, swap->before) != 0)
            g_ptr_array_add(left, swap->path);
    }
    g_ptr_array_add(left, NULL);
    return left->len > 1 ? g_strjoinv(", ", (char **)left->pdata) : NULL;
}

static void tell(struct commit_run *run, gboolean landed, const char *left)
{
    GPtrArray *warnings = run->outcome->warnings;

    if (landed)
        g_ptr_array_add(warnings, g_strdup("an earlier refine was interrupted; its decision was finished"));
    else if (!left)
        g_ptr_array_add(warnings,
                        g_strdup("an earlier refine was interrupted; what it had begun was undone"));
    else
        g_ptr_array_add(
            warnings,
            g_strdup_printf("an earlier refine was interrupted, and its decision is not recorded; changed "
                            "since, and left as it is: %s; git diff shows what is in there",
                            left));
}

static gboolean settle(struct commit_run *run, const struct commit_journal *journal, GError **error)
{
    const struct file_swap *swaps = (const struct file_swap *)(gpointer)journal->swaps->data;
    g_autofree char *kept = NULL, *left = NULL;
    gboolean landed = FALSE;

    if (*journal->ref ? !find_landed(run, journal, &landed, error) : !is_staged(run, journal, &landed, error))
        return FALSE;
    if (landed && !commit_recover_index(run, journal, error))
        return FALSE;
    if (!landed && !file_swaps_revert(run->top, run->staging, swaps, journal->swaps->len))
        return commit_refuse(error, COMMIT_ERROR_SYSTEM,
                             "an earlier refine was interrupted, and what it changed cannot be put back now; "
                             "nothing was changed, try again");
    left = landed ? NULL : list_left(run, journal);
    if (!file_swaps_finish(run->top, run->staging, swaps, journal->swaps->len, &kept))
        return commit_refuse(
            error, COMMIT_ERROR_SYSTEM,
            "an earlier refine was interrupted, and what it left in %s/tmp cannot be removed now; "
            "nothing else was changed, try again",
            run->folder);
    commit_warn_kept(run, kept);
    tell(run, landed, left);
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
