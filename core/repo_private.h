/*
 * What the files that speak to libgit2 share: the open repository and its last error. Only core/repo*.c,
 * core/commit*.c and core/history*.c include this.
 */
#pragma once

#include "repo.h"

struct repo {
    struct git_repository *git; /* a git_repository of libgit2 */
};

/* Sets an error of REPO_ERROR: "WHAT: " and what libgit2 said last. Returns FALSE. */
gboolean repo_fail(GError **error, enum repo_error code, const char *what);
