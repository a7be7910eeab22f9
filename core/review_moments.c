#include "review_private.h"

#include "repo_revision.h"

#include <string.h>

/* The revision that before stands for, newly allocated; NULL without error is the work tree. */
static char *find_before(struct review *review, const struct policy *policy, const struct review_range *range,
                         GError **error)
{
    if (!range->before || strcmp(range->before, ":") == 0)
        return g_strdup(range->before);
    g_autoptr(Repo) repo = repo_open(policy->root, error);
    if (!repo)
        return NULL;
    if (range->since_base)
        review->base = repo_merge_base(repo, range->before, range->after ? range->after : "HEAD", error);
    if (range->since_base)
        return g_strdup(review->base);
    gboolean unborn = FALSE;
    if (strcmp(range->before, "HEAD") == 0 && !repo_is_unborn(repo, &unborn, error))
        return NULL;
    return g_strdup(unborn ? REPO_EMPTY_TREE : range->before);
}

gboolean review_open(struct review_run *run, const struct review_range *range, GError **error)
{
    GError *trouble = NULL;
    g_autofree char *before = find_before(run->review, run->policy, range, &trouble);

    if (trouble) {
        g_propagate_error(error, trouble);
        return FALSE;
    }
    struct moments *moments = moments_open(run->policy, before, range->after, error);
    run->review->moments = moments;
    run->review->then = moments ? moments->then : NULL;
    run->review->now = moments ? moments->now : NULL;
    return moments != NULL;
}
