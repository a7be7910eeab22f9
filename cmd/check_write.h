/*
 * Where a report goes that is no conversation: a file, and the summary of a step of GitHub Actions.
 */
#pragma once

#include <glib.h>

/* Puts text into the file at path, relative to folder: the file is there with all of it, or as it was. What
 * is no file, such as a pipe or a terminal, is written to. */
gboolean check_write(const char *folder, const char *path, const GString *text, GError **error);

/* The bytes of the file at path, which must be one. */
gboolean check_measure(const char *path, gsize *size, GError **error);

/* Appends text to that file. */
gboolean check_append(const char *path, const GString *text, GError **error);
