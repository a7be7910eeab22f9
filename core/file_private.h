/*
 * What the files of file share: the steps of writing. No other file includes this.
 */
#pragma once

#include "file.h"

#include <sys/stat.h>

/* Sets the error that errno was; returns FALSE. */
gboolean file_fail(GError **error, int saved);

/* Opens a regular file of at most limit bytes; -1 on error. */
int file_open_regular(int root, const char *path, gsize limit, struct stat *status, GError **error);

/* The folder of path, open, and the last part of its name; -1 on error. */
int file_open_parent(int root, const char *path, const char **name, GError **error);

/* Makes the folders on the way to path, as far as they are missing. */
gboolean file_make_folders(int root, const char *path, GError **error);

/* Writes bytes to a new hidden file in folder; with exact its mode is that mode whatever the umask. *name is
 * its name, or NULL, and then gets one, which is the caller's. Returns its descriptor; -1 on error, and no
 * file then. */
int file_begin(int folder, GBytes *bytes, mode_t mode, gboolean exact, char **name, GError **error);

/* Waits until the file is on the disk, and closes it. */
gboolean file_end(int descriptor, GError **error);

/* Waits until the names in an open folder are on the disk; where a file system cannot, that is as good as it
 * gets. */
gboolean file_sync_folder(int folder, GError **error);
