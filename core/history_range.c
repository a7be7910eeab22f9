#include "history_range.h"

#include "repo_private.h"

#include <git2.h>
#include <string.h>

void range_free(struct range *range)
{
    if (!range)
        return;
    g_array_unref(range->starts);
    g_array_unref(range->ends);
    g_free(range);
}

static void add_id(GArray *ids, const git_oid *oid)
{
    struct object_id id;
    memcpy(id.raw, oid->id, sizeof id.raw);
    g_array_append_val(ids, id);
}

/* Adds the commit that an object is or points to; FALSE where it is none. */
static gboolean add_commit(GArray *ids, const git_object *object)
{
    git_object *commit = NULL;

    if (!object || git_object_peel(&commit, object, GIT_OBJECT_COMMIT) < 0)
        return FALSE;
    add_id(ids, git_object_id(commit));
    git_object_free(commit);
    return TRUE;
}

/* Hides what both sides of the range that was added last have: theirs are all the merge bases. */
static gboolean add_bases(struct repo *repo, struct range *range)
{
    git_oidarray bases = { 0 };
    git_oid left, right;
    const struct object_id *starts = (const struct object_id *)(gpointer)range->starts->data;

    if (git_oid_fromraw(&left, starts[range->starts->len - 2].raw) < 0 ||
        git_oid_fromraw(&right, starts[range->starts->len - 1].raw) < 0)
        return FALSE;
    int code = git_merge_bases(&bases, repo->git, &left, &right);
    for (size_t i = 0; code == 0 && i < bases.count; i++)
        add_id(range->ends, &bases.ids[i]);
    git_oidarray_dispose(&bases);
    return code == 0 || code == GIT_ENOTFOUND;
}

static gboolean add_word(struct repo *repo, struct range *range, const char *word, GError **error)
{
    git_revspec spec = { 0 };
    gboolean hidden = *word == '^', good = FALSE;

    if (git_revparse(&spec, repo->git, word + hidden) == 0) {
        gboolean both = (spec.flags & GIT_REVSPEC_MERGE_BASE) != 0, single = spec.flags & GIT_REVSPEC_SINGLE;
        good = (single || !hidden) &&
               add_commit(hidden || (!single && !both) ? range->ends : range->starts, spec.from) &&
               (single || add_commit(range->starts, spec.to)) && (!both || add_bases(repo, range));
    }
    git_object_free(spec.from);
    git_object_free(spec.to);
    if (!good && strcmp(word, "HEAD") == 0 && git_repository_head_unborn(repo->git) == 1)
        g_set_error(error, REPO_ERROR, REPO_ERROR_UNBORN, "the current branch has no commit yet");
    else if (!good)
        g_set_error(error, REPO_ERROR, REPO_ERROR_REVISION, "there is no revision %s", word);
    return good;
}

struct range *range_new(struct repo *repo, const char *const *words, GError **error)
{
    g_autoptr(Range) range = g_new0(struct range, 1);

    range->starts = g_array_new(FALSE, FALSE, sizeof(struct object_id));
    range->ends = g_array_new(FALSE, FALSE, sizeof(struct object_id));
    for (gsize i = 0; words && words[i]; i++)
        if (!add_word(repo, range, words[i], error))
            return NULL;
    if (range->starts->len == 0 && !add_word(repo, range, "HEAD", error))
        return NULL;
    return g_steal_pointer(&range);
}
