/*
 * The one file that an export is: JSON, JSON Lines or CSV, as text.
 *
 *     struct import_file file;
 *     if (import_file_read(path, &file, &error)) … import_file_clear(&file);
 *
 * What is in it is valid UTF-8 without NUL and at most IMPORT_FILE_LIMIT bytes; links are not followed, and
 * nothing but a regular file is opened.
 */
#pragma once

#include "lines.h"

/* 64 MiB: tens of thousands of issues with their texts. */
#define IMPORT_FILE_LIMIT ((gsize)64 << 20)

struct import_file {
    char *path;       /* as a person would write it */
    char *name;       /* the last part of it */
    const char *text; /* borrowed from bytes, behind a byte order mark; not ended by a NUL */
    gsize length;
    GBytes *bytes;
};

/* Reads the file. FALSE with a message that begins with the path, and with the place where there is one;
 * there is nothing to clear then. */
gboolean import_file_read(const char *path, struct import_file *file, GError **error);
void import_file_clear(struct import_file *file);
typedef struct import_file ImportFile; /* for g_auto(ImportFile) */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ImportFile, import_file_clear)
