/*
 * Which item files differ between two commits: trees are compared by the names of their objects, and what is
 * equal is never looked into. Files are the same item by the id in their names, so that a file that was
 * renamed or archived has moved and is not a new one. An item has not moved where the backlog has, and it is
 * where it was in that.
 */
#pragma once

#include "history_site.h"
#include "policy.h"

/* A version of an item file. */
struct version {
    char *path;   /* relative to the policy's root */
    gsize folder; /* bytes of path that are the backlog's folder, with the slash */
    struct object_id blob;
    gboolean is_file; /* FALSE: a link or a submodule */
    GBytes *bytes;    /* NULL until somebody loads them, and where they cannot be read */
};

/* An item of which the file differs: another blob, another path, or both. */
struct difference {
    char *id;
    struct version *before; /* NULL: it was not there */
    struct version *after;  /* NULL: it is no longer there */
};

/* What to compare of the commits of a repository. All is borrowed. */
struct tree_scope {
    struct objects *objects;
    const char *folder;       /* of the backlog, relative to the policy's root */
    const char *const *steps; /* tree_steps */
    GHashTable *places;       /* wanted ids -> path where the file was seen last, or NULL; NULL: all items.
                                 from the backlog's folder. Kept by tree_differences, to look where a file is
                                 before looking everywhere */
    struct sites *sites;      /* to follow the backlog where it was elsewhere; NULL: it never was */
};

/* The folders on the way from the top of the repository to the backlog of the policy. Free with g_strfreev.
 */
char **tree_steps(const struct policy *policy);

/* The differences from before to after (either may be NULL: nothing), by path: an array that owns them. */
GPtrArray *tree_differences(const struct tree_scope *scope, struct walk_commit *before,
                            struct walk_commit *after, GError **error);
