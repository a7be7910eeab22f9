/*
 * One commit of the repository, and what it changed beside the backlog: for what takes a commit by name.
 */
#pragma once

#include "repo.h"

struct repo_commit {
    char id[41];        /* hexadecimal, NUL-terminated */
    char *short_id;     /* the shortest that names it, at least 7 digits or as core.abbrev has it */
    char *subject;      /* the first line of its message, valid UTF-8, not fit for a terminal */
    GPtrArray *parents; /* char, 40 digits each, in order */
};

/* The commit that a revision names: a branch, a tag, HEAD~2, the beginning of an id. NULL with
 * REPO_ERROR_REVISION where it names none, or several. */
struct repo_commit *repo_commit_read(struct repo *repo, const char *revision, GError **error);
void repo_commit_free(struct repo_commit *commit);
typedef struct repo_commit RepoCommit; /* for g_autoptr(RepoCommit) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RepoCommit, repo_commit_free)

/* Whether the repository has the commit with that id: of its last ones a shallow clone lacks the parents. */
gboolean repo_has_commit(struct repo *repo, const char *id);

/* Whether a commit is among those that another is made of, or is that one; ids of 40 digits. */
gboolean repo_is_ancestor(struct repo *repo, const char *ancestor, const char *commit);

/* Paths, from the top of the work tree on and in order, of the files that differ between two commits; before
 * NULL: from nothing. A file that moved has both. */
GPtrArray *repo_commit_paths(struct repo *repo, const char *before, const char *after, GError **error);

/* The bytes that git would write to the work tree for what it keeps as bytes of the file at path, from the
 * top on: with the line endings that attributes and core.autocrlf want. No program is run for it. */
GBytes *repo_checkout_bytes(struct repo *repo, const char *path, GBytes *bytes, GError **error);
