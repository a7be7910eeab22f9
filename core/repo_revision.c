#include "repo_revision.h"

#include "repo_private.h"

#include <git2.h>
#include <string.h>

void repo_no_revision(struct repo *repo, const char *word, GError **error)
{
    gboolean shallow = git_repository_is_shallow(repo->git) == 1;
    g_set_error(error, REPO_ERROR, REPO_ERROR_REVISION, "there is no revision %s%s", word,
                shallow ? "; this clone is shallow, git fetch gets what it lacks" : "");
}

static gboolean find_commit(struct repo *repo, const char *revision, git_oid *id, GError **error)
{
    git_object *object = NULL, *commit = NULL;
    gboolean found = git_revparse_single(&object, repo->git, revision) == 0 &&
                     git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0;

    if (found)
        git_oid_cpy(id, git_object_id(commit));
    else
        repo_no_revision(repo, revision, error);
    git_object_free(commit);
    git_object_free(object);
    return found;
}

gboolean repo_has_revision(struct repo *repo, const char *word)
{
    git_object *object = NULL;
    gboolean found = git_revparse_single(&object, repo->git, word) == 0;

    git_object_free(object);
    return found;
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **repo_revisions(struct repo *repo)
{
    static const char *const kinds[] = { "refs/heads/", "refs/tags/", "refs/remotes/" };
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    git_strarray all = { 0 };

    git_reference_list(&all, repo->git);
    for (size_t i = 0; i < all.count; i++)
        for (gsize j = 0; j < G_N_ELEMENTS(kinds); j++)
            if (g_str_has_prefix(all.strings[i], kinds[j]))
                g_ptr_array_add(names, g_strdup(all.strings[i] + strlen(kinds[j])));
    git_strarray_dispose(&all);
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_steal(names, NULL);
}

char *repo_merge_base(struct repo *repo, const char *one, const char *other, GError **error)
{
    git_oid left, right, base;

    if (!find_commit(repo, one, &left, error) || !find_commit(repo, other, &right, error))
        return NULL;
    if (git_merge_base(&base, repo->git, &left, &right) == 0)
        return g_strdup(git_oid_tostr_s(&base));
    /* libgit2 does not know where a shallow clone ends: it fails at the first commit that is not there. */
    if (git_repository_is_shallow(repo->git) == 1)
        g_set_error(error, REPO_ERROR, REPO_ERROR_BASE,
                    "%s and %s have no common ancestor in this shallow clone; git fetch --unshallow, or "
                    "--deepen=N, gets it",
                    one, other);
    else
        g_set_error(error, REPO_ERROR, REPO_ERROR_BASE,
                    "%s and %s have no common ancestor; %s..%s compares them as they are", one, other, one,
                    other);
    return NULL;
}

static gboolean is_commit(const git_object *object)
{
    git_object *commit = NULL;
    gboolean good = object && git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0;

    git_object_free(commit);
    return good;
}

static gboolean is_reference(struct repo *repo, const char *word)
{
    git_reference *reference = NULL;
    gboolean good = git_reference_dwim(&reference, repo->git, word) == 0;

    git_reference_free(reference);
    return good;
}

enum revision_kind repo_revision_kind(struct repo *repo, const char *word)
{
    git_revspec spec = { 0 };
    gboolean hidden = *word == '^', good = FALSE;

    if (git_revparse(&spec, repo->git, word + hidden) == 0)
        good = is_commit(spec.from) && (spec.flags & GIT_REVSPEC_SINGLE || (!hidden && is_commit(spec.to)));
    git_object_free(spec.from);
    git_object_free(spec.to);
    if (!good)
        return REVISION_NONE;
    gboolean digits = strspn(word, "0123456789abcdefABCDEF") == strlen(word);
    return digits && !is_reference(repo, word) ? REVISION_DIGITS : REVISION_NAMED;
}
