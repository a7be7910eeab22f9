/*
 * Revisions: which words name one, and where two lines of history meet.
 */
#pragma once

#include "repo.h"

/* The id of the tree without entries, which every repository has: a revision that holds nothing. */
#define REPO_EMPTY_TREE "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

/* Whether the word names a revision here, and not only a commit far away. */
gboolean repo_has_revision(struct repo *repo, const char *word);

/* The branches, those of remotes too, and tags, by the names that people give them, sorted; NULL-terminated
 * and newly allocated. */
char **repo_revisions(struct repo *repo);

/* Sets a REPO_ERROR_REVISION, that there is no such revision; in a shallow clone with what to do. */
void repo_no_revision(struct repo *repo, const char *word, GError **error);

/* The commit that a revision names, 40 digits, newly allocated. NULL with REPO_ERROR_REVISION where it names
 * none. */
char *repo_commit_id(struct repo *repo, const char *revision, GError **error);

/* The full names of the branches and tags that the revision can mean, with " and " between, where they are of
 * different commits; newly allocated. NULL where it is clear. */
char *repo_meanings(struct repo *repo, const char *revision);

/* The first commit on the main line of tip, that of first parents, that has commit, an ancestor of it, in its
 * history: commit itself, or the merge that brought it in. 40 digits, newly allocated; tip where that cannot
 * be told. Both are 40 digits. */
char *repo_taken_in(struct repo *repo, const char *tip, const char *commit);

/* Whether the clone lacks history (git clone --depth). */
gboolean repo_is_shallow(const struct repo *repo);

/* The names of the remotes; NULL-terminated and newly allocated. */
char **repo_remotes(const struct repo *repo);

/* The best common ancestor of two revisions, 40 digits, newly allocated. NULL with REPO_ERROR_REVISION where
 * one is none, and with REPO_ERROR_BASE where they have no ancestor in common; the message then says whether
 * a shallow clone only lacks it, and what to fetch. */
char *repo_merge_base(struct repo *repo, const char *one, const char *other, GError **error);

/* The best common ancestors of two commits but for base, which is one of them: those of lines that were
 * merged crosswise. NULL-terminated, each 40 digits, newly allocated. */
char **repo_other_bases(struct repo *repo, const char *one, const char *other, const char *base);

enum revision_kind {
    REVISION_NONE,
    REVISION_DIGITS, /* the digits of a commit alone: any short word of such letters may be that one day */
    REVISION_NAMED,  /* a branch, a tag, a range, HEAD~3 */
};

/* How word names a commit, or, with "^" or "..", commits. */
enum revision_kind repo_revision_kind(struct repo *repo, const char *word);
