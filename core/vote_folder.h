/*
 * The folder of votes of a backlog, whether it is that of the work tree or of a revision.
 */
#pragma once

#include "backlog.h"
#include "file.h"

/* Shows the visitor what is in the folder of the votes on an item, or, with id NULL, in that of all: as
 * file_walk, but that no folder is gone into. */
gboolean vote_folder_walk(const struct backlog *backlog, const char *id, const struct file_visitor *visitor,
                          GError **error);

/* The bytes of a file there. */
GBytes *vote_folder_read(const struct backlog *backlog, const char *path, GError **error);
