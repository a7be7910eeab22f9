/*
 * What of a folder is not as the last commit has it.
 */
#pragma once

#include "repo.h"

/* Paths, relative to the top of the work tree, that the work tree has otherwise than HEAD, in order: files
 * that are new, ignored ones left out, or changed. removed, which may be NULL, gets those that the work tree
 * lacks. Both own their strings. folder is relative to the top; "" is all. */
GPtrArray *repo_changed(struct repo *repo, const char *folder, GPtrArray *removed, GError **error);
