/*
 * The user's hooks, run as git commit runs them: from the top of the work tree, with GIT_INDEX_FILE and the
 * author in the environment, without input, and with what they print on standard error. They are the
 * executable files under core.hooksPath, else in the folder "hooks" of the repository, and never of the work
 * tree unless git's own configuration says so.
 */
#pragma once

#include "commit_identity.h"

/* The absolute path at which git looks for such a hook, whether it is there or not. Newly allocated. */
char *commit_hook_path(struct repo *repo, const char *name);

/* Whether there is such a hook and it is executable. */
gboolean commit_hook_exists(struct repo *repo, const char *name);

/* The path of such a hook that is there but not executable, which git leaves out, too, and says so unless
 * advice.ignoredHook is false; NULL otherwise. Newly allocated. */
char *commit_hook_ignored(struct repo *repo, const char *name);

/* Runs the hook with arguments (NULL-terminated; NULL is none) and waits for it; one that is not there is
 * fine. index is the index that it sees, absolute; author may be NULL. FALSE with an error where it does not
 * start or ends with another status than 0. */
gboolean commit_hook_run(struct repo *repo, const char *name, const char *const *arguments, const char *index,
                         const struct identity *author, GError **error);
