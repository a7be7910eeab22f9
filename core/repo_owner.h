/*
 * Whose a repository is. git reads nothing of one that another user owns, for its settings could make
 * programs run, unless safe.directory lists it; so do we.
 */
#pragma once

#include "repo.h"

/* Whether the work tree, its .git and the git folder belong to this user (for root also to who called sudo),
 * or safe.directory allows it: "*", the path of the work tree, or of a folder above with "/" and "*" behind;
 * an empty value forgets those before. The repository's own settings have no say. REPO_ERROR_OPEN with the
 * command that allows it. */
gboolean repo_owner_check(struct repo *repo, GError **error);
