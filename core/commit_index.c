#include "commit_private.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/sys/repository.h>
#include <string.h>
#include <unistd.h>

/* Writes bytes to a new file of that mode, and gives it the times of status. */
static gboolean write_copy(const char *name, const char *bytes, gsize length, const struct stat *status)
{
    struct timespec times[2] = { status->st_atim, status->st_mtim };
    int descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    gsize done = 0;

    if (descriptor < 0)
        return FALSE;
    while (done < length) {
        ssize_t wrote = write(descriptor, bytes + done, length - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            break;
        done += (gsize)wrote;
    }
    gboolean good =
        done == length && fchmod(descriptor, status->st_mode & 0777) == 0 && futimens(descriptor, times) == 0;
    int saved = errno;
    good = close(descriptor) == 0 && good;
    errno = good ? errno : saved;
    return good;
}

/* An entry as new as the index itself can have changed after it was added without its size or its time, in
 * whole seconds, telling: git compares such a file again each time, as long as the index has not been written
 * anew. Without a size it does so ever after. */
static void mark_racy(git_index *index, const struct stat *status)
{
    for (size_t i = 0; i < git_index_entrycount(index) && SAFEGUARD("smudge"); i++) {
        git_index_entry *entry = (git_index_entry *)(gpointer)git_index_get_byindex(index, i);
        if (entry->mode != GIT_FILEMODE_COMMIT && entry->mtime.seconds >= (gint32)status->st_mtim.tv_sec)
            entry->file_size = 0;
    }
}

git_index *commit_index_open(struct commit_run *run, const char *name, GError **error)
{
    g_autoptr(GMappedFile) map = NULL;
    git_index *index = NULL;
    struct stat status;
    gboolean there = stat(run->index_path, &status) == 0;

    if (!there && errno != ENOENT) {
        commit_fail_system(error, run->index_path, errno);
        return NULL;
    }
    /* Only the holder of the lock of processes writes there, or a run in a folder of its own: what is there
     * is of a run that died. */
    g_autofree char *lock = g_strconcat(name, ".lock", NULL);
    unlink(lock);
    unlink(name);
    map = there ? g_mapped_file_new(run->index_path, FALSE, NULL) : NULL;
    if (there && !map) {
        commit_refuse(error, COMMIT_ERROR_SYSTEM, "%s: it cannot be read", run->index_path);
        return NULL;
    }
    if (there && !write_copy(name, g_mapped_file_get_contents(map), g_mapped_file_get_length(map), &status)) {
        commit_fail_system(error, name, errno);
        return NULL;
    }
    if (git_index_open(&index, name) < 0 || git_index_read(index, TRUE) < 0) {
        git_index_free(index);
        commit_state_explain_index(run, error);
        return NULL;
    }
    if (there)
        mark_racy(index, &status);
    return index;
}

struct commit_blob commit_index_blob(git_index *index, const char *path)
{
    const git_index_entry *entry = git_index_get_bypath(index, path, 0);
    struct commit_blob blob = { 0 };

    if (entry && !(entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD)) {
        blob.there = TRUE;
        blob.id = entry->id;
        blob.mode = entry->mode;
    }
    return blob;
}

/* The entry says of the file what status does. */
static void set_status(git_index_entry *entry, const struct stat *status)
{
    entry->ctime.seconds = (gint32)status->st_ctim.tv_sec;
    entry->ctime.nanoseconds = (guint32)status->st_ctim.tv_nsec;
    entry->mtime.seconds = (gint32)status->st_mtim.tv_sec;
    entry->mtime.nanoseconds = (guint32)status->st_mtim.tv_nsec;
    entry->dev = (guint32)status->st_dev;
    entry->ino = (guint32)status->st_ino;
    entry->uid = status->st_uid;
    entry->gid = status->st_gid;
    entry->file_size = (guint32)status->st_size;
}

static gboolean is_same_status(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec && a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
           a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/* What is known of the file that the target's path will have: of the one staged, or the one that is there, if
 * it still holds what it did, for otherwise git would take what was saved meanwhile for committed. */
static gboolean find_status(struct commit_run *run, const struct commit_target *target, struct stat *status)
{
    struct stat later;

    for (guint i = 0; i < run->n_swaps; i++)
        if (strcmp(run->swaps[i].path, target->path) == 0) {
            *status = run->swaps[i].staged;
            return TRUE;
        }
    /* In recovery there is nothing to compare with, and git is to look for itself. */
    if (!target->file || fstatat(run->top, target->path, status, AT_SYMLINK_NOFOLLOW) < 0)
        return FALSE;
    g_autoptr(GBytes) now = file_read(run->top, target->path, NULL);
    return now && g_bytes_equal(now, target->file->after) &&
           fstatat(run->top, target->path, &later, AT_SYMLINK_NOFOLLOW) == 0 &&
           is_same_status(status, &later);
}

static gboolean put(struct commit_run *run, git_index *index, const struct commit_target *target)
{
    const git_index_entry *old = git_index_get_bypath(index, target->path, 0);
    git_index_entry entry = { 0 };
    struct stat status;

    if (!target->new_index.there)
        return !old || git_index_remove(index, target->path, 0) == 0;
    if (old)
        entry = *old;
    entry.flags_extended &= (guint16)~GIT_INDEX_ENTRY_INTENT_TO_ADD;
    entry.path = target->path;
    entry.id = target->new_index.id;
    entry.mode = target->new_index.mode;
    gboolean known = find_status(run, target, &status);
    if (known)
        set_status(&entry, &status);
    if (!known || !target->same)
        entry.file_size = 0;
    return git_index_add(index, &entry) == 0;
}

static gboolean sync_file(const char *name)
{
    int descriptor = open(name, O_RDONLY | O_CLOEXEC);
    gboolean good = descriptor >= 0 && (!SAFEGUARD("fsync") || fsync(descriptor) == 0);
    int saved = errno;

    if (descriptor >= 0)
        close(descriptor);
    errno = saved;
    return good;
}

gboolean commit_index_write(struct commit_run *run, git_index *index, const char *name, GError **error)
{
    struct stat status;
    mode_t mode = stat(run->index_path, &status) == 0 ? status.st_mode & 0777 : 0666 & ~run->shared_umask;

    for (guint i = 0; i < run->targets->len; i++)
        if (!put(run, index, &g_array_index(run->targets, struct commit_target, i)))
            return commit_fail_git(error, "cannot change the index");
    if (git_index_write(index) < 0)
        return commit_fail_git(error, "cannot write the index");
    if (chmod(name, mode) < 0 || !sync_file(name))
        return commit_fail_system(error, "cannot write the index", errno);
    return TRUE;
}

/* What the index knows of a file it also knows when it stands in another, as long as the content is the same.
 */
static void keep_status(git_index *index, git_index *from)
{
    for (size_t i = 0; i < git_index_entrycount(index); i++) {
        git_index_entry *entry = (git_index_entry *)(gpointer)git_index_get_byindex(index, i);
        const git_index_entry *known = git_index_get_bypath(from, entry->path, 0);
        if (!known || !git_oid_equal(&known->id, &entry->id))
            continue;
        entry->ctime = known->ctime;
        entry->mtime = known->mtime;
        entry->dev = known->dev;
        entry->ino = known->ino;
        entry->uid = known->uid;
        entry->gid = known->gid;
        entry->file_size = known->file_size;
    }
}

gboolean commit_index_write_tree(struct commit_run *run, git_index *index, const char *name, GError **error)
{
    git_index *private = NULL;
    git_tree *tree = NULL;
    gboolean good = git_tree_lookup(&tree, run->git, &run->tree) == 0 &&
                    git_index_open(&private, name) == 0 && git_index_read_tree(private, tree) == 0;

    if (good)
        keep_status(private, index);
    good = good && git_index_write(private) == 0;
    git_index_free(private);
    git_tree_free(tree);
    return good || commit_fail_git(error, "cannot write an index for hooks");
}
