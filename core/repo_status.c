#include "repo_status.h"

#include "repo_private.h"

#include <git2.h>
#include <string.h>

struct collecting {
    GPtrArray *changed;
    GPtrArray *removed;
};

static int collect(const git_diff_delta *delta, float progress, void *data)
{
    struct collecting *collecting = data;

    if (delta->status == GIT_DELTA_DELETED)
        g_ptr_array_add(collecting->removed, g_strdup(delta->old_file.path));
    else if (delta->status != GIT_DELTA_UNMODIFIED && delta->status != GIT_DELTA_IGNORED)
        g_ptr_array_add(collecting->changed, g_strdup(delta->new_file.path));
    return 0;
}

/* What only the index has otherwise: the work tree may have been put back, or the file taken out of git
 * alone. */
static int collect_staged(const git_diff_delta *delta, float progress, void *data)
{
    struct collecting *collecting = data;

    if (delta->status != GIT_DELTA_UNMODIFIED)
        g_ptr_array_add(collecting->changed, g_strdup(delta->new_file.path));
    return 0;
}

/* The tree of HEAD; NULL, without error, on a branch without commits. */
static git_tree *head_tree(git_repository *git, int *status)
{
    git_object *tree = NULL;

    *status = git_revparse_single(&tree, git, "HEAD^{tree}");
    if (*status == GIT_ENOTFOUND && git_repository_head_unborn(git) == 1)
        *status = 0;
    return (git_tree *)tree;
}

GPtrArray *repo_changed(struct repo *repo, const char *folder, GPtrArray *removed, GError **error)
{
    g_autoptr(GPtrArray) changed = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) unwanted = g_ptr_array_new_with_free_func(g_free);
    struct collecting collecting = { changed, removed ? removed : unwanted };
    git_diff_options options = GIT_DIFF_OPTIONS_INIT;
    char *paths[] = { (char *)(gpointer)folder };
    git_diff *diff = NULL;
    int status;

    options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS |
                    GIT_DIFF_DISABLE_PATHSPEC_MATCH | GIT_DIFF_INCLUDE_TYPECHANGE;
    options.pathspec = (git_strarray){ paths, *folder ? 1 : 0 };
    git_tree *tree = head_tree(repo->git, &status);
    if (status == 0)
        status = git_diff_tree_to_workdir_with_index(&diff, repo->git, tree, &options);
    if (status == 0)
        status = git_diff_foreach(diff, collect, NULL, NULL, NULL, &collecting);
    git_diff_free(diff);
    diff = NULL;
    if (status == 0)
        status = git_diff_tree_to_index(&diff, repo->git, tree, NULL, &options);
    if (status == 0)
        status = git_diff_foreach(diff, collect_staged, NULL, NULL, NULL, &collecting);
    git_diff_free(diff);
    git_tree_free(tree);
    if (status < 0) {
        repo_fail(error, REPO_ERROR_READ, "cannot compare the work tree with the last commit");
        return NULL;
    }
    return g_steal_pointer(&changed);
}
