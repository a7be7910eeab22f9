/*
 * Where git keeps what belongs to a work tree, found without libgit2, which takes longer to start than most
 * commands take.
 */
#pragma once

#include <glib.h>

/* The git folder of the work tree at the absolute path top: ".git", or what the file of that name leads to (a
 * linked work tree, a submodule). Newly allocated; NULL where there is none. */
char *git_folder_find(const char *top);

/* The one that all linked work trees of that repository have in common, where branches and configuration are:
 * the same, but for a linked work tree. NULL where there is none. */
char *git_folder_common(const char *top);
