#include "commit_private.h"

#include "commit_hook.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* -- the repository -- */

/* What git is in the middle of, and what gets it out; NULL where a decision can be made. */
static const char *describe_state(int state)
{
    switch (state) {
    case GIT_REPOSITORY_STATE_MERGE:
        return "a merge is in progress: finish it with git commit, or leave it with git merge --abort";
    case GIT_REPOSITORY_STATE_REVERT:
    case GIT_REPOSITORY_STATE_REVERT_SEQUENCE:
        return "a revert is in progress: git revert --continue, or git revert --abort";
    case GIT_REPOSITORY_STATE_CHERRYPICK:
    case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE:
        return "a cherry-pick is in progress: git cherry-pick --continue, or git cherry-pick --abort";
    case GIT_REPOSITORY_STATE_REBASE:
    case GIT_REPOSITORY_STATE_REBASE_INTERACTIVE:
    case GIT_REPOSITORY_STATE_REBASE_MERGE:
        return "a rebase is in progress: git rebase --continue, or git rebase --abort";
    case GIT_REPOSITORY_STATE_APPLY_MAILBOX:
    case GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE:
        return "patches are being applied: git am --continue, or git am --abort";
    default:
        return NULL;
    }
}

/* Whether both name the same folder or file. */
static gboolean is_same_place(const char *a, const char *b)
{
    g_autofree char *first = realpath(a, NULL);
    g_autofree char *second = realpath(b, NULL);
    return g_strcmp0(first, second) == 0;
}

/* A hook of git works on an index of its own, and a repository from the environment need not be this one. */
static gboolean check_environment(struct commit_run *run, GError **error)
{
    const char *folder = g_getenv("GIT_DIR"), *tree = g_getenv("GIT_WORK_TREE");

    if (g_getenv("GIT_INDEX_FILE"))
        return commit_refuse(
            error, COMMIT_ERROR_REFUSED,
            "GIT_INDEX_FILE is set, as in a git hook: decisions are recorded outside of hooks; "
            "nothing was changed");
    if ((folder && !is_same_place(folder, git_repository_path(run->git))) ||
        (tree && !is_same_place(tree, git_repository_workdir(run->git))))
        return commit_refuse(error, COMMIT_ERROR_REFUSED,
                             "%s names another repository than the one of this folder; unset it",
                             folder ? "GIT_DIR" : "GIT_WORK_TREE");
    return TRUE;
}

gboolean commit_state_check(struct commit_run *run, GError **error)
{
    int state = git_repository_state(run->git);
    const char *busy = describe_state(state);

    if (git_repository_is_bare(run->git))
        return commit_refuse(error, COMMIT_ERROR_REFUSED, "the repository has no work tree");
    if (!check_environment(run, error))
        return FALSE;
    if (busy)
        return commit_refuse(error, COMMIT_ERROR_REFUSED, "%s; nothing was changed", busy);
    return TRUE;
}

static void warn_of_hooks(struct commit_run *run)
{
    static const char *const names[] = { "pre-commit", "commit-msg", "prepare-commit-msg", "post-commit" };
    guint skipped = run->request->no_verify ? 2 : 0;

    for (guint i = skipped; !run->request->stage && i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = commit_hook_ignored(run->repo, names[i]);
        if (path)
            g_ptr_array_add(run->outcome->warnings,
                            g_strdup_printf("the hook %s is not executable, and was left out", path));
    }
}

void commit_state_warn(struct commit_run *run)
{
    warn_of_hooks(run);
    if (git_repository_head_detached(run->git) == 1)
        g_ptr_array_add(run->outcome->warnings,
                        g_strdup_printf("%s: the decision is on no branch, and git branch NAME keeps it",
                                        git_repository_state(run->git) == GIT_REPOSITORY_STATE_BISECT
                                            ? "a bisect is in progress"
                                            : "HEAD is detached"));
}

/* -- the index -- */

/* The signature of an extension that the index must be read with: "link" of a split one, "sdir" of a sparse
 * one (git's Documentation/gitformat-index); NULL for neither. Extensions that must be understood begin with
 * a lower-case letter. */
static const char *find_extension(const char *bytes, gsize length)
{
    static const char *const names[] = { "link", "sdir" };

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        for (gsize at = 12; at + 4 <= length; at++)
            if (memcmp(bytes + at, names[i], 4) == 0)
                return names[i];
    return NULL;
}

gboolean commit_state_explain_index(struct commit_run *run, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;

    if (!g_file_get_contents(run->index_path, &bytes, &length, NULL))
        return commit_fail_git(error, "cannot read the index");
    const git_error *last = git_error_last();
    const char *extension = last && strstr(last->message, "extension") ? find_extension(bytes, length) : NULL;
    gboolean no_hash = length > 32;
    for (gsize i = length > 20 ? length - 20 : 0; i < length; i++)
        no_hash = no_hash && bytes[i] == 0;
    if (g_strcmp0(extension, "link") == 0)
        return commit_refuse(error, COMMIT_ERROR_REFUSED,
                             "the index is split, which refine cannot read: git config core.splitIndex false "
                             "&& git update-index --no-split-index");
    if (g_strcmp0(extension, "sdir") == 0)
        return commit_refuse(error, COMMIT_ERROR_REFUSED,
                             "the index is sparse, which refine cannot read: git sparse-checkout reapply "
                             "--no-sparse-index");
    if (no_hash)
        return commit_refuse(error, COMMIT_ERROR_REFUSED,
                             "the index has no checksum, which refine needs: git config index.skipHash false "
                             "&& git update-index --force-write-index");
    return commit_fail_git(error, "cannot read the index");
}

/* -- a path -- */

static gboolean check_attribute(struct commit_run *run, const char *path, const char *name, GError **error)
{
    const char *value = NULL;

    if (git_attr_get(&value, run->git, GIT_ATTR_CHECK_FILE_THEN_INDEX, path, name) < 0)
        return commit_fail_git(error, path);
    if (git_attr_value(value) != GIT_ATTR_VALUE_TRUE && git_attr_value(value) != GIT_ATTR_VALUE_STRING)
        return TRUE;
    return commit_refuse(
        error, COMMIT_ERROR_REFUSED,
        "%s: .gitattributes gives it %s%s%s, which only git can apply; take items out with a "
        "line \"%s -%s\" behind it, or set decisions.commit to off and commit with git",
        path, name, git_attr_value(value) == GIT_ATTR_VALUE_STRING ? "=" : "",
        git_attr_value(value) == GIT_ATTR_VALUE_STRING ? value : "", path, name);
}

/* Whether the path runs through a submodule. */
static gboolean check_submodules(git_index *index, const char *path, GError **error)
{
    for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        g_autofree char *folder = g_strndup(path, (gsize)(slash - path));
        const git_index_entry *entry = git_index_get_bypath(index, folder, 0);
        if (entry && entry->mode == GIT_FILEMODE_COMMIT)
            return commit_refuse(error, COMMIT_ERROR_REFUSED,
                                 "%s: it is in the submodule %s; run refine in there", path, folder);
        if (entry)
            return commit_refuse(error, COMMIT_ERROR_REFUSED,
                                 "%s: git has a file %s where a folder should be", path, folder);
    }
    return TRUE;
}

gboolean commit_state_check_path(struct commit_run *run, git_index *index, const char *path, GError **error)
{
    const git_index_entry *entry = git_index_get_bypath(index, path, 0);
    int ignored = 0;

    for (int stage = 1; stage <= 3; stage++)
        if (git_index_get_bypath(index, path, stage))
            return commit_refuse(error, COMMIT_ERROR_REFUSED,
                                 "%s: a merge has left several versions of it: resolve them, git add %s, and "
                                 "git commit",
                                 path, path);
    if (entry && (entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE))
        return commit_refuse(error, COMMIT_ERROR_REFUSED,
                             "%s: it is left out of this sparse checkout: git sparse-checkout add its folder",
                             path);
    if (!entry && git_ignore_path_is_ignored(&ignored, run->git, path) == 0 && ignored)
        return commit_refuse(
            error, COMMIT_ERROR_REFUSED,
            "%s: git ignores it by .gitignore: take it out of there, or set decisions.commit "
            "to off",
            path);
    return check_submodules(index, path, error) && check_attribute(run, path, "filter", error) &&
           check_attribute(run, path, "working-tree-encoding", error);
}
