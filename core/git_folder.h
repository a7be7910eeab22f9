/*
 * Where git keeps what belongs to a work tree, found without libgit2, which takes longer to start than most
 * commands take.
 */
#pragma once

#include <glib.h>

/* The git folder of the work tree at the absolute path top: ".git", or what the file of that name leads to (a
 * linked work tree, a submodule). Newly allocated; NULL where there is none. */
char *git_folder_find(const char *top);
