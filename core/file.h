/*
 * Files of the work tree, by paths relative to an open folder ("root"), which nothing can lead out of.
 *
 * No call follows a symbolic link at any step of the path or leaves root, opens anything but a regular file,
 * or waits for a FIFO. Reading has a limit. Replacing proves that the file is still what was read and puts
 * the new bytes in place in one step, so that a reader sees the old file or the new one, and a crash leaves
 * one of them.
 */
#pragma once

#include <glib.h>
#include <signal.h>

#define FILE_ERROR file_error_quark()
GQuark file_error_quark(void);

enum file_error {
    FILE_ERROR_ABSENT,  /* no such file or folder */
    FILE_ERROR_KIND,    /* a link, a folder, a FIFO, a device, more than one name, or outside root */
    FILE_ERROR_SIZE,    /* over the limit */
    FILE_ERROR_CHANGED, /* no longer what was read; nothing was written */
    FILE_ERROR_EXISTS,  /* should have been created, but is there */
    FILE_ERROR_SYSTEM,  /* anything else the system says */
};

/* The largest item or policy, in bytes. */
#define FILE_LIMIT (1024 * 1024)

/* A descriptor of the folder at path, to be closed by the caller (g_close); -1 on error. */
int file_open_root(const char *path, GError **error);

/* The bytes of a regular file of at most FILE_LIMIT; NULL on error. Messages say what it is, not which: the
 * caller knows the path. */
GBytes *file_read(int root, const char *path, GError **error);

/* The same of a file of at most limit bytes: for what is larger than any item, such as an export. */
GBytes *file_read_limited(int root, const char *path, gsize limit, GError **error);

/* The same, but at most up to the end of the front matter (frontmatter_extent); a file without one is read
 * whole. */
GBytes *file_read_front(int root, const char *path, GError **error);

/* Between the two, SIGINT, SIGTERM and SIGHUP wait: for what writes several files, and leaves no temporary
 * behind. before keeps which signals were blocked. */
void file_hold_signals(sigset_t *before);
void file_release_signals(const sigset_t *before);

/* Replaces the file, which must hold before, by after, with the same mode, and waits until it is on the disk.
 * On failure the file is as it was found. */
gboolean file_replace(int root, const char *path, GBytes *before, GBytes *after, GError **error);

/* Creates the file, and the folders on the way, and waits until it is on the disk; never overwrites. */
gboolean file_create(int root, const char *path, GBytes *bytes, GError **error);

/* Creates a file of that name in the folder root, which this user alone can read, and waits until it is on
 * the disk. A crash can leave part of it. */
gboolean file_create_secret(int root, const char *name, GBytes *bytes, GError **error);

/* One file that changes. */
struct file_change {
    const char *path;
    GBytes *before; /* what it must hold; NULL: it must not be there */
    GBytes *after;  /* NULL: it goes */
};

/* Changes all n files or none, and waits for the disk once for many of them, so that a thousand take little
 * longer than a few. *failed is the index of the one that an error is about. */
gboolean file_change_all(int root, const struct file_change *changes, guint n, guint *failed, GError **error);

/* Removes the file, which must hold expected. */
gboolean file_remove(int root, const char *path, GBytes *expected, GError **error);

/* How file_walk speaks. visit gets every entry with its path relative to root; for a folder it says whether
 * to go in. trouble gets a folder that cannot be read, and why. aside, which may be NULL, gets what is not
 * looked into: hidden entries but for ".git", and links, which visit gets as well. */
struct file_visitor {
    gboolean (*visit)(const char *path, gboolean is_folder, gpointer data);
    void (*trouble)(const char *path, const char *message, gpointer data);
    gpointer data;
    void (*aside)(const char *path, gboolean is_link, gpointer data);
};

/* Walks folder and its sub-folders; hidden entries are left out, and links are not followed. Entries come in
 * no order. FALSE only where folder itself cannot be read. */
gboolean file_walk(int root, const char *folder, const struct file_visitor *visitor, GError **error);
