/*
 * Where the backlog was in the past: its folder may have gone by another name, and policy and folder may have
 * stood elsewhere in the repository. What the policy of a commit says holds for it; where that leads nowhere,
 * the backlog of the commit before is the one, of all that stand beside a policy or are called as by default,
 * that has most items in common with the backlog of the commit behind, and has gone from its place there.
 */
#pragma once

#include "history_walk.h"
#include "policy.h"

/* A place; lives as long as the sites it is of. */
struct site {
    char *root;   /* of the policy, from the top of the repository; "" is the top */
    char *folder; /* of the backlog, from root; "." is root */
    char *shown;  /* the folder as paths have it: from the root of the policy of now; "" is that */
};

struct sites;

/* All is borrowed. */
struct sites *sites_new(const struct policy *policy, struct objects *objects);
void sites_free(struct sites *sites);
typedef struct sites Sites; /* for g_autoptr(Sites) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sites, sites_free)

/* Sets *folder to the tree of the backlog in a commit, *found being FALSE where it has none; behind is a
 * commit behind it of which that is known, NULL where there is none. Returns where the backlog is, or would
 * be; NULL on error. */
const struct site *sites_find(struct sites *sites, const struct walk_commit *commit,
                              const struct walk_commit *behind, struct object_id *folder, gboolean *found,
                              GError **error);

/* Sets *id, that of a tree, to the folder or file called name in it; *found is FALSE where there is none. */
gboolean site_step_into(struct objects *objects, const char *name, gboolean is_folder, struct object_id *id,
                        gboolean *found, GError **error);
