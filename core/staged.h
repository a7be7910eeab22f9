/*
 * What is staged of the backlogs of a repository: the items of the index, which is the one that
 * GIT_INDEX_FILE names, that differ from those of the last commit. A hook of git asks this; nothing is
 * written, and the work tree is not looked at.
 *
 *     struct staged *staged = staged_read(folder, &error);
 *     for each of staged->backlogs: its items and what changes in them, staged_errors
 *
 * The policies are those of the index, too. Where none is at the top, and there is a folder "backlog", that
 * is a backlog with all defaults.
 */
#pragma once

#include "backlog.h"
#include "change.h"

struct staged_item {
    char *name;    /* its id, or the path of one without */
    char *summary; /* of the changes, as change_summary prints them, and of a move */
    gboolean is_new;
    GPtrArray *changes; /* struct change */
};

struct staged_backlog {
    struct policy *policy;
    gboolean policy_staged; /* the policy itself differs */
    GPtrArray *items;       /* struct staged_item; at least one, but where policy_staged */
    /* private */
    GPtrArray *parents; /* revisions, as repo_list takes them */
    GPtrArray *paths;   /* of the items, as they are and as they were */
};

struct staged {
    GPtrArray *backlogs; /* struct staged_backlog, of those of which something is staged */
    gboolean merges;     /* a merge is being committed: what is staged was decided elsewhere as well */
    gboolean mixed;      /* files of no backlog are staged too; known where there are backlogs */
};

/* folder is absolute, in the work tree. REPO_ERROR_NONE where there is no repository, or
 * GIT_DIR, as git sets it for hooks, names another. */
struct staged *staged_read(const char *folder, GError **error);
void staged_free(struct staged *staged);
typedef struct staged Staged; /* for g_autoptr(Staged) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Staged, staged_free)

/* The errors that the policy staged has, and those that the whole backlog gets by what is staged: of the
 * rules, by that policy, that it has in none of the commits that will be the parents. The caller's. */
GPtrArray *staged_errors(const struct staged_backlog *backlog, GError **error);
