/*
 * A library to be preloaded that makes one call of a program go wrong: the call of a given number among those
 * that change something (or read, with FAULT_READS), those of its libraries included.
 *
 *     LD_PRELOAD=libinject.so FAULT_LIST=points refine set k7q2m status=doing
 *     LD_PRELOAD=libinject.so FAULT_AT=17 FAULT_KIND=kill refine set k7q2m status=doing
 *
 * FAULT_LIST     file that gets a line "CALL PATH [PATH]" for each point
 * FAULT_AT       number of the point, from 1; without it nothing goes wrong
 * FAULT_CALL     only calls whose line matches this pattern are points: "@(link|rename) *index.lock"
 * FAULT_READS    opening for reading, and reading, are points too, each a "read PATH"
 * FAULT_KIND     kill: SIGKILL before the call
 *                power: the same, when every file written since its last fsync has been cut to nothing (names
 * and folders that were not synced are kept: that is not modelled) short: a write that writes half run:
 * FAULT_RUN, a command for the shell, is run before the call ENOSPC, EIO, ...: the call fails so
 * FAULT_LASTING  all points from there on fail so
 * FAULT_WITHOUT  calls that match always fail, and are no points: the file system does not have them
 *
 * What the program starts runs without the library. Descriptors 0 to 2 and what lies under /dev are no
 * points.
 */
#undef _FILE_OFFSET_BITS /* else the headers rename open to open64; both are defined here */
#undef _FORTIFY_SOURCE   /* else they define it */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MOST_FILES = 1024, FIRST_OWN = 500 };

enum verdict { GO, FAIL, HALF };

static struct {
    bool ready, reads, lasting;
    long at, seen;
    int list;  /* descriptor of FAULT_LIST, or -1 */
    int error; /* what the call fails with, or 0 */
    const char *kind, *call, *run, *without;
} fault = { .list = -1 };

/* The files written to, for power, each with a descriptor of our own. */
static struct written {
    dev_t device;
    ino_t inode;
    int descriptor;
    bool dirty;
    off_t safe; /* how much of it was on the disk before */
} written[MOST_FILES];
static int n_written;

static long (*kernel)(long, ...);

static int error_called(const char *name)
{
    static const struct {
        const char *name;
        int number;
    } errors[] = {
        { "EACCES", EACCES }, { "EDQUOT", EDQUOT }, { "EINTR", EINTR },   { "EINVAL", EINVAL },
        { "EIO", EIO },       { "EMFILE", EMFILE }, { "ENOSPC", ENOSPC }, { "ENOSYS", ENOSYS },
        { "EPERM", EPERM },   { "EROFS", EROFS },   { "EXDEV", EXDEV },   { "EOPNOTSUPP", EOPNOTSUPP },
    };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(errors[i].name, name) == 0)
            return errors[i].number;
    return 0;
}

/* Other libraries may call before this one was started. */
__attribute__((constructor)) static void start(void)
{
    if (fault.ready)
        return;
    fault.ready = true;
    *(void **)&kernel = dlsym(RTLD_NEXT, "syscall");
    const char *at = getenv("FAULT_AT"), *kind = getenv("FAULT_KIND"), *list = getenv("FAULT_LIST");
    fault.at = at ? atol(at) : 0;
    fault.kind = kind ? kind : "kill";
    fault.error = error_called(fault.kind);
    fault.call = getenv("FAULT_CALL");
    fault.run = getenv("FAULT_RUN");
    fault.without = getenv("FAULT_WITHOUT");
    fault.reads = getenv("FAULT_READS") != NULL;
    fault.lasting = getenv("FAULT_LASTING") != NULL;
    if (list)
        fault.list = (int)kernel(SYS_openat, AT_FDCWD, list, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    unsetenv("LD_PRELOAD");
}

/* The path that a call was given, or that of its descriptor. */
static void describe(char *line, int folder, const char *path)
{
    char link[64], base[PATH_MAX] = "";

    if (folder >= 0 && !(path && *path == '/')) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t length = readlink(link, base, sizeof base - 1);
        base[length > 0 ? length : 0] = '\0';
    }
    snprintf(line + strlen(line), 2 * PATH_MAX - strlen(line), " %s%s%s", base, *base && path ? "/" : "",
             path ? path : "");
}

static void lose_power(void)
{
    for (int i = 0; i < n_written; i++)
        if (written[i].dirty)
            kernel(SYS_ftruncate, written[i].descriptor, written[i].safe);
}

/* Every point comes by here, before the call is made: errno is set where it must FAIL. */
static enum verdict meet_two(const char *name, int folder, const char *path, int other, const char *target)
{
    char line[2 * PATH_MAX + 32] = "";

    start();
    if (path && strncmp(path, "/dev/", 5) == 0 && strncmp(path, "/dev/shm/", 9) != 0)
        return GO;
    if (fault.call || fault.without || fault.list >= 0) {
        strcpy(line, name);
        describe(line, folder, path);
        if (target)
            describe(line, other, target);
        if (fault.without && fnmatch(fault.without, line, FNM_EXTMATCH) == 0) {
            errno = EOPNOTSUPP;
            return FAIL;
        }
        if (fault.call && fnmatch(fault.call, line, FNM_EXTMATCH) != 0)
            return GO;
        if (fault.list >= 0) {
            strcat(line, "\n");
            kernel(SYS_write, fault.list, line, strlen(line));
        }
    }
    long number = __atomic_add_fetch(&fault.seen, 1, __ATOMIC_RELAXED);
    if (!fault.at || number < fault.at || (number > fault.at && !fault.lasting))
        return GO;
    if (fault.error) {
        errno = fault.error;
        return FAIL;
    }
    if (strcmp(fault.kind, "short") == 0)
        return HALF;
    if (strcmp(fault.kind, "run") == 0) {
        if (system(fault.run) != 0)
            abort();
        return GO;
    }
    if (strcmp(fault.kind, "power") == 0)
        lose_power();
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

static enum verdict meet(const char *name, int folder, const char *path)
{
    return meet_two(name, folder, path, -1, NULL);
}

static bool is_writable(int fd)
{
    struct stat status;
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY && fstat(fd, &status) == 0 &&
           S_ISREG(status.st_mode);
}

/* What is about to be written at offset (-1: where the descriptor stands) is not on the disk until it is
 * synced; all behind it is taken for lost, too. */
static void writes(int fd, off_t offset)
{
    struct stat status;
    int i = 0;

    if (strcmp(fault.kind, "power") != 0 || fstat(fd, &status) < 0 || !S_ISREG(status.st_mode))
        return;
    while (i < n_written && (written[i].device != status.st_dev || written[i].inode != status.st_ino))
        i++;
    if (i == MOST_FILES)
        abort();
    if (i == n_written)
        written[n_written++] =
            (struct written){ status.st_dev, status.st_ino, fcntl(fd, F_DUPFD_CLOEXEC, FIRST_OWN), false, 0 };
    if (!written[i].dirty)
        written[i].safe = status.st_size;
    written[i].dirty = true;
    if (offset < 0)
        offset = fcntl(fd, F_GETFL) & O_APPEND ? status.st_size : lseek(fd, 0, SEEK_CUR);
    if (offset < written[i].safe)
        written[i].safe = offset;
}

static void synced(int fd, bool all)
{
    struct stat status;

    for (int i = 0; i < n_written && fstat(fd, &status) == 0; i++)
        if (all || (written[i].device == status.st_dev && written[i].inode == status.st_ino))
            written[i].dirty = false;
}

static bool changes(int flags)
{
    return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
}

static bool opens(int folder, const char *path, int flags)
{
    start();
    return changes(flags) ? meet("open", folder, path) != FAIL
                          : !fault.reads || meet("read", folder, path) != FAIL;
}

static size_t part(enum verdict verdict, size_t size)
{
    return verdict == HALF ? (size + 1) / 2 : size;
}

/*
 * The calls, each form by way of one that the kernel has on every machine.
 */
#define CALL(name, parameters, point, ...)                                                                   \
    int name parameters                                                                                      \
    {                                                                                                        \
        return point == FAIL ? -1 : (int)kernel(__VA_ARGS__);                                                \
    }
#define SAME(result, name, parameters, expression)                                                           \
    result name parameters                                                                                   \
    {                                                                                                        \
        return expression;                                                                                   \
    }

CALL(linkat, (int folder, const char *from, int other, const char *to, int flags),
     meet_two("link", folder, from, other, to), SYS_linkat, folder, from, other, to, flags)
CALL(mkdirat, (int folder, const char *path, mode_t mode), meet("mkdir", folder, path), SYS_mkdirat, folder,
     path, mode)
CALL(chmod, (const char *path, mode_t mode), meet("chmod", AT_FDCWD, path), SYS_fchmodat, AT_FDCWD, path,
     mode)
CALL(fchmod, (int fd, mode_t mode), meet("chmod", fd, NULL), SYS_fchmod, fd, mode)
CALL(flock, (int fd, int operation), meet("flock", fd, NULL), SYS_flock, fd, operation)
CALL(utimensat, (int folder, const char *path, const struct timespec times[2], int flags),
     meet("utimes", folder, path), SYS_utimensat, folder, path, times, flags)
CALL(futimens, (int fd, const struct timespec times[2]), meet("utimes", fd, NULL), SYS_utimensat, fd, NULL,
     times, 0)

int renameat2(int folder, const char *from, int other, const char *to, unsigned flags)
{
    const char *name = flags & RENAME_EXCHANGE ? "exchange" : flags & RENAME_NOREPLACE ? "place" : "rename";
    enum verdict verdict = meet_two(name, folder, from, other, to);
    return verdict == FAIL ? -1 : (int)kernel(SYS_renameat2, folder, from, other, to, flags);
}

int unlinkat(int folder, const char *path, int flags)
{
    enum verdict verdict = meet(flags & AT_REMOVEDIR ? "rmdir" : "unlink", folder, path);
    return verdict == FAIL ? -1 : (int)kernel(SYS_unlinkat, folder, path, flags);
}

SAME(int, renameat, (int folder, const char *from, int other, const char *to),
     renameat2(folder, from, other, to, 0))
SAME(int, rename, (const char *from, const char *to), renameat2(AT_FDCWD, from, AT_FDCWD, to, 0))
SAME(int, link, (const char *from, const char *to), linkat(AT_FDCWD, from, AT_FDCWD, to, 0))
SAME(int, unlink, (const char *path), unlinkat(AT_FDCWD, path, 0))
SAME(int, rmdir, (const char *path), unlinkat(AT_FDCWD, path, AT_REMOVEDIR))
SAME(int, mkdir, (const char *path, mode_t mode), mkdirat(AT_FDCWD, path, mode))

int utimes(const char *path, const struct timeval times[2])
{
    struct timespec exact[2];
    for (int i = 0; times && i < 2; i++)
        exact[i] = (struct timespec){ times[i].tv_sec, times[i].tv_usec * 1000 };
    return utimensat(AT_FDCWD, path, times ? exact : NULL, 0);
}

static bool has_mode(int flags)
{
    return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
}

int openat(int folder, const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    mode_t mode = has_mode(flags) ? va_arg(list, mode_t) : 0;
    va_end(list);
    return opens(folder, path, flags) ? (int)kernel(SYS_openat, folder, path, flags, mode) : -1;
}

int open(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    mode_t mode = has_mode(flags) ? va_arg(list, mode_t) : 0;
    va_end(list);
    return openat(AT_FDCWD, path, flags, mode);
}

SAME(int, creat, (const char *path, mode_t mode), openat(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode))

int close(int fd)
{
    start();
    enum verdict verdict = fd > 2 && is_writable(fd) ? meet("close", fd, NULL) : GO;
    int error = errno, result = (int)kernel(SYS_close, fd); /* one that fails closes too */
    errno = verdict == FAIL ? error : errno;
    return verdict == FAIL ? -1 : result;
}

ssize_t read(int fd, void *buffer, size_t size)
{
    start();
    if (fd > 2 && fault.reads && meet("read", fd, NULL) == FAIL)
        return -1;
    return kernel(SYS_read, fd, buffer, size);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    start();
    enum verdict verdict = fd > 2 ? meet("write", fd, NULL) : GO;
    writes(fd, -1);
    return verdict == FAIL ? -1 : kernel(SYS_write, fd, bytes, part(verdict, size));
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    enum verdict verdict = meet("write", fd, NULL);
    writes(fd, offset);
    return verdict == FAIL ? -1 : kernel(SYS_pwrite64, fd, bytes, part(verdict, size), offset);
}

ssize_t writev(int fd, const struct iovec *parts, int n)
{
    start();
    enum verdict verdict = fd > 2 ? meet("write", fd, NULL) : GO;
    writes(fd, -1);
    return verdict == FAIL ? -1 : kernel(SYS_writev, fd, parts, (int)part(verdict, (size_t)n));
}

int ftruncate(int fd, off_t size)
{
    enum verdict verdict = meet("ftruncate", fd, NULL);
    writes(fd, size);
    return verdict == FAIL ? -1 : (int)kernel(SYS_ftruncate, fd, size);
}

static int sync_by(long number, int fd)
{
    if (meet("fsync", fd, NULL) == FAIL)
        return -1;
    int result = (int)kernel(number, fd);
    if (result == 0)
        synced(fd, number == SYS_syncfs);
    return result;
}

SAME(int, fsync, (int fd), sync_by(SYS_fsync, fd))
SAME(int, fdatasync, (int fd), sync_by(SYS_fdatasync, fd))
SAME(int, syncfs, (int fd), sync_by(SYS_syncfs, fd))

/* What the C library has no function for, or had none for long. */
long syscall(long number, ...)
{
    long a[6];
    va_list list;
    va_start(list, number);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(list, long);
    va_end(list);
    start();
    if (number == SYS_renameat2)
        return renameat2((int)a[0], (const char *)a[1], (int)a[2], (const char *)a[3], (unsigned)a[4]);
    if (number == SYS_openat2 &&
        !opens((int)a[0], (const char *)a[1], (int)((const struct open_how *)a[2])->flags))
        return -1;
    return kernel(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* The names in programs that were built for large files. */
int openat64(int folder, const char *path, int flags, ...) __attribute__((alias("openat")));
int open64(const char *path, int flags, ...) __attribute__((alias("open")));
int creat64(const char *path, mode_t mode) __attribute__((alias("creat")));
int ftruncate64(int fd, off64_t size) __attribute__((alias("ftruncate")));
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) __attribute__((alias("pwrite")));
