#include "repo_commit.h"

#include "repo_private.h"

#include <git2.h>
#include <string.h>

void repo_commit_free(struct repo_commit *commit)
{
    if (!commit)
        return;
    g_free(commit->short_id);
    g_free(commit->subject);
    g_ptr_array_unref(commit->parents);
    g_free(commit);
}

/* -- one commit -- */

static git_commit *find(struct repo *repo, const char *revision, GError **error)
{
    git_object *object = NULL, *commit = NULL;
    int status = git_revparse_single(&object, repo->git, revision);

    if (status == 0)
        status = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
    if (status == GIT_EAMBIGUOUS)
        g_set_error(error, REPO_ERROR, REPO_ERROR_REVISION,
                    "%s could be several commits; write more of the id", revision);
    else if (status < 0 && object)
        g_set_error(error, REPO_ERROR, REPO_ERROR_REVISION, "%s is no commit", revision);
    else if (status < 0 && strcmp(revision, "HEAD") == 0 && git_repository_head_unborn(repo->git) == 1)
        g_set_error(error, REPO_ERROR, REPO_ERROR_REVISION, "the current branch has no commit yet");
    else if (status < 0 && strstr(revision, ".."))
        g_set_error(error, REPO_ERROR, REPO_ERROR_REVISION, "expected one commit, saw the range %s",
                    revision);
    else if (status < 0)
        g_set_error(error, REPO_ERROR, REPO_ERROR_REVISION, "there is no commit %s%s", revision,
                    git_repository_is_shallow(repo->git) == 1
                        ? "; this clone is shallow, git fetch gets what it lacks"
                        : "");
    git_object_free(object);
    return (git_commit *)commit;
}

static char *short_name(const git_commit *commit, const char *id)
{
    git_buf name = GIT_BUF_INIT;
    char *copy =
        git_object_short_id(&name, (const git_object *)commit) == 0 ? g_strdup(name.ptr) : g_strndup(id, 12);
    git_buf_dispose(&name);
    return copy;
}

static char *subject_of(const git_commit *commit)
{
    g_autofree char *text = g_utf8_make_valid(git_commit_message(commit), -1);
    const char *start = text + strspn(text, "\r\n");
    return g_strchomp(g_strndup(start, strcspn(start, "\n")));
}

struct repo_commit *repo_commit_read(struct repo *repo, const char *revision, GError **error)
{
    git_commit *found = find(repo, revision, error);
    char digits[GIT_OID_HEXSZ + 1];

    if (!found)
        return NULL;
    struct repo_commit *commit = g_new0(struct repo_commit, 1);
    git_oid_tostr(commit->id, sizeof commit->id, git_commit_id(found));
    commit->short_id = short_name(found, commit->id);
    commit->subject = subject_of(found);
    commit->parents = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < git_commit_parentcount(found); i++)
        g_ptr_array_add(commit->parents,
                        g_strdup(git_oid_tostr(digits, sizeof digits, git_commit_parent_id(found, i))));
    git_commit_free(found);
    return commit;
}

/* -- and others -- */

static git_commit *look_up(struct repo *repo, const char *id)
{
    git_commit *commit = NULL;
    git_oid oid;
    return git_oid_fromstr(&oid, id) == 0 && git_commit_lookup(&commit, repo->git, &oid) == 0 ? commit : NULL;
}

gboolean repo_has_commit(struct repo *repo, const char *id)
{
    git_commit *commit = look_up(repo, id);
    git_commit_free(commit);
    return commit != NULL;
}

gboolean repo_is_ancestor(struct repo *repo, const char *ancestor, const char *commit)
{
    git_oid one, other;

    if (strcmp(ancestor, commit) == 0)
        return TRUE;
    return git_oid_fromstr(&one, ancestor) == 0 && git_oid_fromstr(&other, commit) == 0 &&
           git_graph_descendant_of(repo->git, &other, &one) == 1;
}

/* -- files -- */

/* The tree of a commit; NULL with *status set where it cannot be read, and where id is NULL. */
static git_tree *tree_of(struct repo *repo, const char *id, int *status)
{
    git_commit *commit = id ? look_up(repo, id) : NULL;
    git_tree *tree = NULL;

    if (id)
        *status = commit ? git_commit_tree(&tree, commit) : GIT_ENOTFOUND;
    git_commit_free(commit);
    return tree;
}

static int add_path(const git_diff_delta *delta, float progress, void *data)
{
    g_ptr_array_add(data, g_strdup(delta->new_file.path));
    return 0;
}

GPtrArray *repo_commit_paths(struct repo *repo, const char *before, const char *after, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    git_diff *diff = NULL;
    int status = 0;
    git_tree *old = tree_of(repo, before, &status);
    git_tree *new = status == 0 ? tree_of(repo, after, &status) : NULL;

    if (status == 0)
        status = git_diff_tree_to_tree(&diff, repo->git, old, new, NULL);
    if (status == 0)
        status = git_diff_foreach(diff, add_path, NULL, NULL, NULL, paths);
    git_diff_free(diff);
    git_tree_free(old);
    git_tree_free(new);
    if (status < 0) {
        repo_fail(error, REPO_ERROR_READ, after);
        return NULL;
    }
    return g_steal_pointer(&paths);
}

GBytes *repo_checkout_bytes(struct repo *repo, const char *path, GBytes *bytes, GError **error)
{
    git_filter_list *filters = NULL;
    git_buf out = GIT_BUF_INIT;
    GBytes *result = NULL;

    if (git_filter_list_load(&filters, repo->git, NULL, path, GIT_FILTER_TO_WORKTREE, GIT_FILTER_DEFAULT) <
        0) {
        repo_fail(error, REPO_ERROR_READ, path);
        return NULL;
    }
    if (!filters)
        return g_bytes_ref(bytes);
    if (git_filter_list_apply_to_buffer(&out, filters, g_bytes_get_data(bytes, NULL),
                                        g_bytes_get_size(bytes)) == 0)
        result = g_bytes_new(out.ptr, out.size);
    else
        repo_fail(error, REPO_ERROR_READ, path);
    git_buf_dispose(&out);
    git_filter_list_free(filters);
    return result;
}
