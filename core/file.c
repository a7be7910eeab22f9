#include "file_private.h"

#include "frontmatter.h"
#include "safeguard.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FRONT_STEP 4096
#define MAX_FOLDERS 64

G_DEFINE_QUARK(refine_file, file_error)

gboolean file_fail(GError **error, int saved)
{
    int code = saved == ENOENT || saved == ENOTDIR ? FILE_ERROR_ABSENT
               : saved == ELOOP || saved == EXDEV  ? FILE_ERROR_KIND
               : saved == EEXIST                   ? FILE_ERROR_EXISTS
                                                   : FILE_ERROR_SYSTEM;
    g_set_error(error, FILE_ERROR, code, "%s",
                saved == ELOOP   ? "expected a file, saw a symbolic link"
                : saved == EXDEV ? "the path leads out of the folder"
                                 : g_strerror(saved));
    return FALSE;
}

/* The way down without openat2: one folder at a time. */
static int open_by_steps(int root, const char *path, int flags, mode_t mode)
{
    g_auto(GStrv) steps = g_strsplit(path, "/", -1);
    int folder = root;
    gsize last = g_strv_length(steps) - 1;

    for (gsize i = 0; steps[i]; i++) {
        if (*steps[i] == '\0' || strcmp(steps[i], "..") == 0) {
            if (folder != root)
                close(folder);
            errno = EXDEV;
            return -1;
        }
        int next = i == last ? openat(folder, steps[i], flags | O_NOFOLLOW, mode)
                             : openat(folder, steps[i], O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        int saved = errno;
        if (folder != root)
            close(folder);
        errno = saved;
        if (next < 0)
            return -1;
        folder = next;
    }
    return folder;
}

/* openat that neither follows a link nor leaves root. Without O_NOFOLLOW, which would call a link to a folder
 * no folder before RESOLVE_NO_SYMLINKS can call it a link. */
static int open_below(int root, const char *path, int flags, mode_t mode)
{
    struct open_how how = {
        .flags = (guint64)(flags | O_CLOEXEC),
        .mode = mode,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    int descriptor = SAFEGUARD("nofollow") ? (int)syscall(SYS_openat2, root, path, &how, sizeof how)
                                           : openat(root, path, flags | O_CLOEXEC, mode);
    if (descriptor < 0 && (errno == ENOSYS || errno == EPERM))
        return open_by_steps(root, path, flags | O_CLOEXEC, mode);
    return descriptor;
}

int file_open_root(const char *path, GError **error)
{
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        file_fail(error, errno);
    return descriptor;
}

/* -- reading -- */

static const char *kind_name(mode_t mode)
{
    return S_ISDIR(mode) ? "a folder" : S_ISFIFO(mode) ? "a FIFO" : S_ISSOCK(mode) ? "a socket" : "a device";
}

int file_open_regular(int root, const char *path, gsize limit, struct stat *status, GError **error)
{
    int descriptor = open_below(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);

    if (descriptor < 0 && errno == ENXIO) {
        g_set_error(error, FILE_ERROR, FILE_ERROR_KIND, "expected a file, saw a socket or device");
        return -1;
    }
    if (descriptor < 0 || fstat(descriptor, status) < 0) {
        file_fail(error, errno);
    } else if (!S_ISREG(status->st_mode)) {
        g_set_error(error, FILE_ERROR, FILE_ERROR_KIND, "expected a file, saw %s",
                    kind_name(status->st_mode));
    } else if ((guint64)status->st_size > limit) {
        g_set_error(error, FILE_ERROR, FILE_ERROR_SIZE,
                    "%" G_GINT64_FORMAT " bytes, over the limit of %" G_GSIZE_FORMAT, (gint64)status->st_size,
                    limit);
    } else {
        return descriptor;
    }
    if (descriptor >= 0)
        close(descriptor);
    return -1;
}

/* Reads on from the present offset until *used is wanted or the file ends. */
static gboolean read_up_to(int descriptor, char *buffer, gsize wanted, gsize *used, GError **error)
{
    while (*used < wanted) {
        ssize_t got = read(descriptor, buffer + *used, wanted - *used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return file_fail(error, errno);
        if (got == 0)
            break;
        *used += (gsize)got;
    }
    return TRUE;
}

static GBytes *read_file(int root, const char *path, gboolean front, gsize limit, GError **error)
{
    struct stat status;
    int descriptor = file_open_regular(root, path, limit, &status, error);
    gsize used = 0;
    gboolean good = TRUE;

    if (descriptor < 0)
        return NULL;
    gsize size = (gsize)status.st_size;
    if (front && size > FRONT_STEP) {
        g_autofree char *head = g_malloc(FRONT_STEP);
        good = read_up_to(descriptor, head, FRONT_STEP, &used, error);
        gsize extent = good ? frontmatter_extent(head, used) : 0;
        if (extent > 0) {
            close(descriptor);
            return g_bytes_new(head, extent);
        }
        used = 0;
        good = good && lseek(descriptor, 0, SEEK_SET) == 0;
    }
    /* No more than the size: a file that grows meanwhile is read as it was when it was opened. */
    char *bytes = g_malloc(size + 1);
    good = good && read_up_to(descriptor, bytes, size, &used, error);
    close(descriptor);
    if (!good) {
        g_free(bytes);
        return NULL;
    }
    gsize extent = front ? frontmatter_extent(bytes, used) : 0;
    return g_bytes_new_take(bytes, extent ? extent : used);
}

GBytes *file_read(int root, const char *path, GError **error)
{
    return read_file(root, path, FALSE, FILE_LIMIT, error);
}

GBytes *file_read_limited(int root, const char *path, gsize limit, GError **error)
{
    return read_file(root, path, FALSE, limit, error);
}

GBytes *file_read_front(int root, const char *path, GError **error)
{
    return read_file(root, path, TRUE, FILE_LIMIT, error);
}

/* -- writing -- */

int file_open_parent(int root, const char *path, const char **name, GError **error)
{
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    if (*path == '/') {
        file_fail(error, EXDEV);
        return -1;
    }
    g_autofree char *folder = slash ? g_strndup(path, (gsize)(slash - path)) : g_strdup(".");
    int descriptor = slash ? open_below(root, folder, O_RDONLY | O_DIRECTORY, 0)
                           : openat(root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        file_fail(error, errno);
    return descriptor;
}

static gboolean write_all(int descriptor, GBytes *bytes)
{
    gsize length, done = 0;
    const char *data = g_bytes_get_data(bytes, &length);
    while (done < length) {
        ssize_t wrote = write(descriptor, data + done, length - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return FALSE;
        done += (gsize)wrote;
    }
    return TRUE;
}

int file_begin(int folder, GBytes *bytes, mode_t mode, gboolean exact, char **name, GError **error)
{
    g_autofree char *hidden = g_strdup(*name);
    int descriptor;

    do {
        if (!*name) {
            g_free(hidden);
            hidden = g_strdup_printf(".refine-tmp-%08x", g_random_int());
        }
        descriptor = openat(folder, hidden, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    } while (descriptor < 0 && errno == EEXIST && !*name);
    if (descriptor < 0) {
        file_fail(error, errno);
        return -1;
    }
    if (write_all(descriptor, bytes) && (!exact || fchmod(descriptor, mode) == 0)) {
        if (!*name)
            *name = g_steal_pointer(&hidden);
        return descriptor;
    }
    file_fail(error, errno);
    close(descriptor);
    unlinkat(folder, hidden, 0);
    return -1;
}

gboolean file_sync_folder(int folder, GError **error)
{
    return fsync(folder) == 0 || errno == EINVAL || errno == ENOTSUP || errno == ENOSYS ||
           file_fail(error, errno);
}

void file_hold_signals(sigset_t *before)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, before);
}

void file_release_signals(const sigset_t *before)
{
    pthread_sigmask(SIG_SETMASK, before, NULL);
}

gboolean file_end(int descriptor, GError **error)
{
    gboolean good = fsync(descriptor) == 0;
    int saved = errno;

    if (close(descriptor) < 0 && good) {
        good = FALSE;
        saved = errno;
    }
    return good || file_fail(error, saved);
}

gboolean file_make_folders(int root, const char *path, GError **error)
{
    if (*path == '/')
        return file_fail(error, EXDEV);
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        const char *name;
        g_autofree char *folder = g_strndup(path, (gsize)(slash - path));
        int parent = file_open_parent(root, folder, &name, error);
        if (parent < 0)
            return FALSE;
        gboolean good = mkdirat(parent, name, 0777) == 0 ? file_sync_folder(parent, error)
                                                         : errno == EEXIST || file_fail(error, errno);
        close(parent);
        if (!good)
            return FALSE;
    }
    return TRUE;
}

/* -- walking -- */

/* The kind of an entry, DT_DIR or DT_LNK where it is one of these. */
static unsigned char kind_of(int parent, const struct dirent *entry)
{
    struct stat status;
    if (entry->d_type != DT_UNKNOWN || fstatat(parent, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return entry->d_type;
    return S_ISDIR(status.st_mode) ? DT_DIR : S_ISLNK(status.st_mode) ? DT_LNK : DT_UNKNOWN;
}

/* Tells of an entry that is not looked into. */
static void tell_aside(const struct file_visitor *visitor, const char *folder, const char *name,
                       gboolean is_link)
{
    static const char *const names[] = { ".", "..", ".git", NULL };
    g_autofree char *path = g_strconcat(folder, "/", name, NULL);

    if (visitor->aside && !g_strv_contains(names, name))
        visitor->aside(path, is_link, visitor->data);
}

/* Visits the entries of one folder; those to go into are appended to waiting. */
static gboolean walk_folder(int root, const char *folder, const struct file_visitor *visitor, GQueue *waiting,
                            GError **error)
{
    int descriptor = open_below(root, folder, O_RDONLY | O_DIRECTORY, 0);
    DIR *stream = descriptor < 0 ? NULL : fdopendir(descriptor);

    if (!stream) {
        int saved = errno;
        if (descriptor >= 0)
            close(descriptor);
        return file_fail(error, saved);
    }
    for (struct dirent *entry; (entry = readdir(stream));) {
        unsigned char kind = entry->d_name[0] == '.' ? DT_UNKNOWN : kind_of(descriptor, entry);
        if (entry->d_name[0] == '.' || kind == DT_LNK)
            tell_aside(visitor, folder, entry->d_name, kind == DT_LNK);
        if (entry->d_name[0] == '.')
            continue;
        g_autofree char *path = g_strconcat(folder, "/", entry->d_name, NULL);
        gboolean inside = kind == DT_DIR;
        if (visitor->visit(path, inside, visitor->data) && inside)
            g_queue_push_tail(waiting, g_steal_pointer(&path));
    }
    closedir(stream);
    return TRUE;
}

static guint depth_of(const char *path)
{
    guint depth = 0;
    for (; *path; path++)
        depth += *path == '/';
    return depth;
}

gboolean file_walk(int root, const char *folder, const struct file_visitor *visitor, GError **error)
{
    GQueue waiting = G_QUEUE_INIT;

    if (!walk_folder(root, folder, visitor, &waiting, error))
        return FALSE;
    for (char *path; (path = g_queue_pop_head(&waiting)); g_free(path)) {
        g_autoptr(GError) here = NULL;
        if (depth_of(path) > MAX_FOLDERS)
            visitor->trouble(path, "folders nested too deep", visitor->data);
        else if (!walk_folder(root, path, visitor, &waiting, &here))
            visitor->trouble(path, here->message, visitor->data);
    }
    return TRUE;
}
