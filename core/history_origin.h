/*
 * Which commits brought item files into the history. The history by id (history.h) cannot tell that of two
 * files that have one id: here each file is followed by its path, back through moves and merges.
 *
 *     g_autoptr(Origins) origins = origins_open(policy, &error);
 *     origins_find(origins, paths, n, commits, &error);
 *     if (origins_leads(commits[0], commits[1]))
 *         …                                       the second came later
 *
 * What counts is topology, never a date. In a shallow clone a file that its oldest commits have came with
 * these.
 */
#pragma once

#include "history_walk.h"
#include "policy.h"

struct origins;

/* Reads all commits of the current branch; policy must outlive it. NULL without an error where there is no
 * repository, or no commit yet. */
struct origins *origins_open(const struct policy *policy, GError **error);
void origins_free(struct origins *origins);
typedef struct origins Origins; /* for g_autoptr(Origins) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Origins, origins_free)

/* The item files of the last commit that are called by the id, by path; borrowed strings, relative to the
 * policy's root, in an array that is the caller's. */
GPtrArray *origins_paths(const struct origins *origins, const char *id);

/* Whether the last commit has an item file at the path. */
gboolean origins_has(const struct origins *origins, const char *path);

/* Sets commits, one a path, to those that brought the item files at these paths of the last commit: where two
 * branches brought one alike, the commit that was walked last. NULL where the last commit has none there. */
gboolean origins_find(struct origins *origins, const char *const *paths, guint n,
                      const struct walk_commit **commits, GError **error);

/* The commit that brought the file at the path, whatever it is; it is not followed through moves. NULL where
 * the last commit has none there, and with an error. */
const struct walk_commit *origins_find_file(struct origins *origins, const char *path, GError **error);

/* The commit with these 40 digits, or NULL. */
const struct walk_commit *origins_commit(const struct origins *origins, const char *digits);

/* Whether first is later or one of the commits that it was made on. */
gboolean origins_leads(const struct walk_commit *first, const struct walk_commit *later);
