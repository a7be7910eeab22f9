/*
 * The difference of two texts as a patch that git apply takes.
 */
#pragma once

#include <glib.h>

/* The lines of the patch from old_path (NULL: a new file) to new_path, without their endings; after NULL: a
 * file that goes. Paths are shown behind a/ and b/. NULL on error. */
GPtrArray *repo_patch_lines(const char *old_path, const char *new_path, GBytes *before, GBytes *after,
                            GError **error);
