/*
 * The commits that a revision is made of, children before their parents; of branches side by side the later
 * commit first. A shallow clone ends where its boundary says, which libgit2's own walk does not know.
 */
#pragma once

#include "history_object.h"

struct walk_commit {
    struct object_id id;
    struct object_id tree;
    gint64 time;     /* of the committer */
    gboolean is_cut; /* of a shallow clone: it has parents, which are not here */
    guint n_parents;
    struct walk_commit **parents;
    /* For whoever compares: the backlog's folder in tree. */
    gboolean is_resolved, has_folder;
    struct object_id folder;
    guint waiting; /* private: children that have not been walked */
};

struct walk;

/* Reads all commits from start back. */
struct walk *walk_new(struct repo *repo, struct objects *objects, const struct object_id *start,
                      GError **error);
void walk_free(struct walk *walk);
typedef struct walk Walk; /* for g_autoptr(Walk) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Walk, walk_free)

/* The commit that the walk starts from; only before the first walk_next. */
struct walk_commit *walk_newest(struct walk *walk);

/* The next commit, owned by the walk; NULL after the last. */
struct walk_commit *walk_next(struct walk *walk);
