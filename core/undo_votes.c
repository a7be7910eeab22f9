#include "undo_private.h"

#include "file.h"
#include "vote_file.h"

#include <string.h>

/* The file of a vote as the commit found and left it, and as it is. */
struct vote_undone {
    char *id;   /* of the item */
    char *path; /* relative to the policy's root */
    char *words;
    GBytes *before, *after, *now; /* NULL: nothing */
};

static void vote_undone_clear(struct vote_undone *vote)
{
    g_free(vote->id);
    g_free(vote->path);
    g_free(vote->words);
    g_clear_pointer(&vote->before, g_bytes_unref);
    g_clear_pointer(&vote->after, g_bytes_unref);
    g_clear_pointer(&vote->now, g_bytes_unref);
}

/* The bytes of a revision as they would be in the work tree; NULL, without error, where it has none. */
static gboolean read_at(const struct undoing *undoing, const char *revision, const char *path, GBytes **bytes,
                        GError **error)
{
    GError *cause = NULL;
    g_autoptr(GBytes) kept = revision ? repo_read_at(undoing->repo, revision, path, &cause) : NULL;

    *bytes = kept ? repo_checkout_bytes(undoing->repo, path, kept, &cause) : NULL;
    if (cause)
        g_propagate_error(error, cause);
    return !cause;
}

/* Of the path of a file from the top on, below those of votes ("ID/ROUND-WHO"), what it is; FALSE: no vote.
 */
static gboolean parse_path(const struct policy *policy, const char *below, struct vote_undone *vote)
{
    g_auto(GStrv) steps = g_strsplit(below, "/", 2);
    g_autofree char *who = NULL;
    guint round;

    if (!steps[0] || !steps[1] || !vote_parse_name(steps[1], &round, &who))
        return FALSE;
    vote->id = g_strdup(steps[0]);
    vote->path = g_build_filename(policy->folder, "votes", below, NULL);
    vote->words = who ? g_strdup_printf("vote of %s taken back", who)
                      : g_strdup_printf("end of round %u taken back", round);
    return TRUE;
}

static gboolean is_same(GBytes *one, GBytes *other)
{
    return one && other ? g_bytes_equal(one, other) : one == other;
}

/* Adds the draft by which the file is as it was, or the conflict that it changed since. */
static void add(const struct undoing *undoing, const struct vote_undone *vote)
{
    struct undo *undo = undoing->undo;

    if (is_same(vote->now, vote->before))
        return;
    if (is_same(vote->now, vote->after)) {
        g_ptr_array_add(undo->drafts, draft_file(undoing->backlog, vote->id, vote->path, vote->now,
                                                 vote->before, vote->words));
        return;
    }
    struct undo_conflict *conflict = g_new0(struct undo_conflict, 1);
    conflict->path = g_strdup(vote->path);
    conflict->what = g_strdup("vote");
    conflict->words = g_strdup(vote->now ? "voted again since" : "removed since");
    g_ptr_array_add(undo->conflicts, conflict);
}

static gboolean is_below(const char *folder, const char *path)
{
    return g_str_has_prefix(path, folder) && path[strlen(folder)] == '/';
}

/* *is_vote: whether the file at path, from the top of the work tree on, is one. */
static gboolean undo_vote(const struct undoing *undoing, const char *base, const char *prefix,
                          const char *path, gboolean *is_vote, GError **error)
{
    struct vote_undone vote = { 0 };

    *is_vote =
        is_below(prefix, path) && parse_path(undoing->backlog->policy, path + strlen(prefix) + 1, &vote);
    if (!*is_vote)
        return TRUE;
    gboolean good = read_at(undoing, base, path, &vote.before, error) &&
                    read_at(undoing, undoing->undo->commit->id, path, &vote.after, error);
    vote.now = good ? file_read(undoing->backlog->root, vote.path, NULL) : NULL;
    if (good)
        add(undoing, &vote);
    vote_undone_clear(&vote);
    return good;
}

gboolean undo_votes(struct undoing *undoing, const char *base, guint *n, GError **error)
{
    const struct policy *policy = undoing->backlog->policy;
    GPtrArray *others = undoing->undo->others;
    g_autofree char *folder = g_build_filename(policy->folder, "votes", NULL);
    g_autofree char *prefix = repo_relative(undoing->repo, policy->root, folder, error);

    *n = 0;
    for (guint i = 0; prefix && i < others->len;) {
        gboolean is_vote;
        if (!undo_vote(undoing, base, prefix, others->pdata[i], &is_vote, error))
            return FALSE;
        if (is_vote)
            g_ptr_array_remove_index(others, i);
        *n += is_vote;
        i += !is_vote;
    }
    return prefix != NULL;
}

/* -- the last -- */

/* *votes: whether the commit, whose parent is base, changed files of votes. */
static gboolean changes_votes(struct repo *repo, const char *prefix, const char *base, const char *commit,
                              gboolean *votes, GError **error)
{
    g_autoptr(GPtrArray) paths = repo_commit_paths(repo, base, commit, error);

    *votes = FALSE;
    for (guint i = 0; paths && i < paths->len; i++)
        *votes = *votes || is_below(prefix, paths->pdata[i]);
    return paths != NULL;
}

gboolean undo_last_vote(const struct policy *policy, const char *decision, struct repo_commit **commit,
                        GError **error)
{
    g_autofree char *folder = g_build_filename(policy->folder, "votes", NULL), *next = g_strdup("HEAD");
    g_autoptr(Repo) repo = repo_open(policy->root, error);
    g_autofree char *prefix = repo ? repo_relative(repo, policy->root, folder, error) : NULL;
    gboolean votes = FALSE;

    *commit = NULL;
    if (!prefix)
        return FALSE;
    while (next && strcmp(next, decision) != 0) {
        g_autoptr(RepoCommit) at = repo_commit_read(repo, next, error);
        if (!at)
            return FALSE;
        const char *base = at->parents->len ? at->parents->pdata[0] : NULL;
        if (strcmp(at->id, decision) == 0 || !repo_is_ancestor(repo, decision, at->id) ||
            (base && !repo_has_commit(repo, base)))
            return TRUE;
        if (at->parents->len == 1 && !changes_votes(repo, prefix, base, at->id, &votes, error))
            return FALSE;
        if (votes) {
            *commit = g_steal_pointer(&at);
            return TRUE;
        }
        g_free(next);
        next = g_strdup(base);
    }
    return TRUE;
}
