/*
 * The tags of the current branch: which release was the last.
 */
#pragma once

#include "repo.h"

/* The newest tag, by the time of its commit, on a commit before HEAD: one on HEAD itself is of now. Of
 * several on one commit the last in natural order, v1.10 behind v1.9. Newly allocated; NULL without an error
 * where there is none, HEAD has no commit, or a shallow clone ends before one is found. */
char *repo_last_tag(struct repo *repo, GError **error);
