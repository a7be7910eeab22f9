#include "commit_private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* How long to wait for another process: ours end, or the system drops their lock; git can have died. */
#define PATIENCE_OURS (60 * G_USEC_PER_SEC)
#define PATIENCE_GIT (10 * G_USEC_PER_SEC)

/* A lock file is made in staging first and linked to its place: while the first name is there, any process
 * can tell by the inode that the lock is ours, and, once it holds the lock of processes, that its owner died.
 */
#define INDEX_LOCK "lock-index"
#define HEAD_LOCK "lock-head"

/* A signal that the user had ignored, by nohup for one, does not end us when it is held. */
static gboolean is_ignored(int signal)
{
    struct sigaction action;
    return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

int commit_lock_signal(void)
{
    static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
    sigset_t pending;

    if (sigpending(&pending) < 0)
        return 0;
    for (gsize i = 0; i < G_N_ELEMENTS(signals); i++)
        if (sigismember(&pending, signals[i]) == 1 && !is_ignored(signals[i]))
            return signals[i];
    return 0;
}

/* Sleeps, longer from turn to turn; FALSE where it is no use to go on. */
static gboolean wait_on(gint64 start, gint64 patience, guint *turn, const char *what, GError **error)
{
    guint longest = MIN(5u << MIN(*turn, 5u), 100u);

    if (commit_lock_signal())
        return commit_refuse(error, COMMIT_ERROR_INTERRUPTED, "interrupted; nothing was changed");
    if (g_get_monotonic_time() - start > patience)
        return commit_refuse(error, COMMIT_ERROR_LOCKED, "%s", what);
    g_usleep((gulong)g_random_int_range(2, (gint32)longest + 1) * 1000);
    ++*turn;
    return TRUE;
}

gboolean commit_lock_processes(struct commit_run *run, GError **error)
{
    g_autofree char *folder = g_build_filename(git_repository_commondir(run->git), "refine", NULL);
    g_autofree char *path = g_build_filename(folder, "lock", NULL);
    gint64 start = g_get_monotonic_time();
    guint turn = 0;

    if (run->processes >= 0)
        return TRUE;
    g_mkdir(folder, 0777);
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (descriptor < 0)
        return commit_fail_system(error, path, errno);
    while (flock(descriptor, LOCK_EX | LOCK_NB) < 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            int saved = errno;
            close(descriptor);
            return commit_fail_system(error, path, saved);
        }
        if (!wait_on(start, PATIENCE_OURS, &turn,
                     "another refine has been writing here for a minute; nothing was changed", error)) {
            close(descriptor);
            return FALSE;
        }
    }
    run->processes = descriptor;
    return TRUE;
}

void commit_unlock_processes(struct commit_run *run)
{
    if (run->processes >= 0)
        close(run->processes);
    run->processes = -1;
}

/* -- lock files -- */

/* Takes the lock, or fails with errno: EEXIST where somebody has it. */
static int take(struct commit_run *run, const char *mine, const char *path, mode_t mode)
{
    int descriptor = openat(run->staging, mine, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);

    if (descriptor < 0 || close(descriptor) < 0)
        return -1;
    if (linkat(run->staging, mine, AT_FDCWD, path, 0) == 0)
        return 0;
    if (errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK || errno == EXDEV) {
        /* No links here: a lock like git's own, which a crash leaves behind. */
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (descriptor >= 0)
            return close(descriptor);
    }
    int saved = errno;
    unlinkat(run->staging, mine, 0);
    errno = saved;
    return -1;
}

static gboolean lock_file(struct commit_run *run, const char *mine, const char *path, mode_t mode,
                          GError **error)
{
    g_autofree char *what =
        g_strdup_printf("%s has been there for ten seconds: another git program is at work here, or one has "
                        "died; when none is running, remove that file and try again; nothing was changed",
                        path);
    gint64 start = g_get_monotonic_time();
    guint turn = 0;

    while (take(run, mine, path, mode) < 0) {
        if (errno != EEXIST)
            return commit_fail_system(error, path, errno);
        if (!wait_on(start, PATIENCE_GIT, &turn, what, error))
            return FALSE;
    }
    return TRUE;
}

/* The name in staging goes last: as long as it is there, the lock can be told to be ours. */
static gboolean release(struct commit_run *run, const char *mine, const char *path)
{
    if (unlink(path) < 0 && errno != ENOENT)
        return FALSE;
    unlinkat(run->staging, mine, 0);
    return TRUE;
}

static char *index_lock_path(const struct commit_run *run)
{
    return g_strconcat(run->index_path, ".lock", NULL);
}

static char *head_lock_path(const struct commit_run *run)
{
    return g_build_filename(git_repository_path(run->git), "HEAD.lock", NULL);
}

gboolean commit_lock_index(struct commit_run *run, GError **error)
{
    g_autofree char *path = index_lock_path(run);
    struct stat status;
    mode_t mode = stat(run->index_path, &status) == 0 ? status.st_mode & 0777 : 0666;

    run->index_locked = !SAFEGUARD("index-lock") || lock_file(run, INDEX_LOCK, path, mode, error);
    return run->index_locked;
}

gboolean commit_unlock_index(struct commit_run *run)
{
    g_autofree char *path = index_lock_path(run);
    if (!run->index_locked)
        return TRUE;
    run->index_locked = FALSE;
    return release(run, INDEX_LOCK, path);
}

gboolean commit_lock_head(struct commit_run *run, GError **error)
{
    g_autofree char *path = head_lock_path(run);
    run->head_locked = lock_file(run, HEAD_LOCK, path, 0666, error);
    return run->head_locked;
}

gboolean commit_unlock_head(struct commit_run *run)
{
    g_autofree char *path = head_lock_path(run);
    if (!run->head_locked)
        return TRUE;
    run->head_locked = FALSE;
    return release(run, HEAD_LOCK, path);
}

gboolean commit_lock_fill_index(struct commit_run *run, const char *name, GError **error)
{
    g_autofree char *path = index_lock_path(run);

    /* First the name by which the lock can be told to be ours, then the lock. */
    unlinkat(run->staging, INDEX_LOCK "-full", 0);
    if (linkat(AT_FDCWD, name, run->staging, INDEX_LOCK "-full", 0) < 0 && errno != EPERM &&
        errno != EOPNOTSUPP && errno != EMLINK)
        return commit_fail_system(error, path, errno);
    return rename(name, path) == 0 || commit_fail_system(error, path, errno);
}

gboolean commit_lock_publish_index(struct commit_run *run, GError **error)
{
    g_autofree char *path = index_lock_path(run);
    g_autofree char *folder = g_path_get_dirname(run->index_path);

    if (rename(path, run->index_path) < 0)
        return commit_fail_system(error, run->index_path, errno);
    run->index_locked = FALSE;
    unlinkat(run->staging, INDEX_LOCK, 0);
    unlinkat(run->staging, INDEX_LOCK "-full", 0);
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    gboolean good = descriptor >= 0 && (!SAFEGUARD("fsync") || fsync(descriptor) == 0);
    int saved = errno;
    if (descriptor >= 0)
        close(descriptor);
    return good || commit_fail_system(error, folder, saved);
}

/* -- of the dead -- */

static gboolean is_mine(struct commit_run *run, const char *mine, const char *path)
{
    struct stat here, there;
    return fstatat(run->staging, mine, &here, AT_SYMLINK_NOFOLLOW) == 0 && lstat(path, &there) == 0 &&
           here.st_dev == there.st_dev && here.st_ino == there.st_ino;
}

gboolean commit_lock_head_is_stale(struct commit_run *run)
{
    g_autofree char *path = head_lock_path(run);
    return is_mine(run, HEAD_LOCK, path);
}

gboolean commit_lock_sweep(struct commit_run *run, GError **error)
{
    g_autofree char *index = index_lock_path(run);
    g_autofree char *head = head_lock_path(run);

    if ((is_mine(run, INDEX_LOCK, index) || is_mine(run, INDEX_LOCK "-full", index)) && unlink(index) < 0)
        return commit_fail_system(error, index, errno);
    if (is_mine(run, HEAD_LOCK, head) && unlink(head) < 0)
        return commit_fail_system(error, head, errno);
    return TRUE;
}
