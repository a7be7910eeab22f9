/*
 * Attributes of paths, as .gitattributes of the work tree, the git folder and the user's settings give them.
 */
#pragma once

#include "repo.h"

/* The value of the attribute for the path, relative to the top of the work tree and there or not: its text,
 * "set" or "unset"; NULL where nothing is said of it. Newly allocated. */
char *repo_attribute(struct repo *repo, const char *path, const char *name);
