/*
 * The commits that a revision is made of, children before their parents; of branches side by side the later
 * commit first. A shallow clone ends where its boundary says, which libgit2's own walk does not know.
 */
#pragma once

#include "history_range.h"

struct walk_commit {
    struct object_id id;
    struct object_id tree;
    struct object_id folder; /* for whoever compares: the backlog's folder in tree */
    guint n_parents;
    gint64 time; /* of the committer */
    struct walk_commit **parents;
    const struct site *site;  /* where the folder is; NULL: where it always was */
    gboolean is_cut : 1;      /* of a shallow clone: it has parents, which are not here */
    gboolean is_resolved : 1; /* folder and site are known */
    gboolean has_folder : 1;
    gboolean is_read : 1;     /* private */
    gboolean is_hidden : 1;   /* private: the range is without it */
    guint waiting;            /* private: children that have not been walked */
    struct walk_commit *only; /* private: the parent, where there is one */
};

/* Sets *id to the commit that a revision names. */
gboolean walk_find(struct repo *repo, const char *revision, struct object_id *id, GError **error);

struct walk;

/* Reads all commits from start back. Both are borrowed. */
struct walk *walk_new(struct repo *repo, struct objects *objects, const struct object_id *start,
                      GError **error);

/* The same from several commits, without some others and all before these. */
struct walk *walk_new_range(struct repo *repo, struct objects *objects, const struct range *range,
                            GError **error);
void walk_free(struct walk *walk);
typedef struct walk Walk; /* for g_autoptr(Walk) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Walk, walk_free)

/* The commit that the walk starts from; only before the first walk_next. NULL where there is nothing to walk.
 */
struct walk_commit *walk_newest(struct walk *walk);

/* The next commit, owned by the walk; NULL after the last. */
struct walk_commit *walk_next(struct walk *walk);

/* Reads none, for whoever goes a way of his own and seldom to the end: walk_read instead of walk_next. */
struct walk *walk_new_unread(struct repo *repo, struct objects *objects);

/* The commit of that id, owned by the walk. Of its parents nothing is there but the id, until they are read
 * too. */
struct walk_commit *walk_read(struct walk *walk, const struct object_id *id, GError **error);
