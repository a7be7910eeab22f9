#include "gate.h"

#include "backlog.h"
#include "nearest.h"
#include "repo_revision.h"

#include <string.h>

G_DEFINE_QUARK(refine_gate, gate_error)

static void base_free(gpointer data)
{
    struct gate_base *base = data;
    policy_free(base->policy);
    g_free(base->place);
    g_free(base->commit);
    g_free(base);
}

void gate_free(struct gate *gate)
{
    if (!gate)
        return;
    g_free(gate->since);
    g_free(gate->base);
    g_free(gate->ruling);
    g_free(gate->place);
    g_free(gate->former);
    g_ptr_array_unref(gate->others);
    policy_free(gate->of_base);
    policy_free(gate->of_ruling);
    g_free(gate);
}

/* -- what to fetch -- */

/* The remote, one of remotes, whose branch word is as a clone calls it ("origin/main"); NULL: none. */
static const char *remote_of(const char *const *remotes, const char *word)
{
    for (gsize i = 0; remotes[i]; i++) {
        gsize length = strlen(remotes[i]);
        if (strncmp(word, remotes[i], length) == 0 && word[length] == '/' && word[length + 1])
            return remotes[i];
    }
    return NULL;
}

/* A revision that is there and could be meant by word: the same branch of a remote, or a name that is nearly
 * it. NULL: none. */
static const char *meant_by(const char *const *revisions, const char *word)
{
    g_autofree char *ending = g_strconcat("/", word, NULL);

    for (gsize i = 0; revisions[i]; i++)
        if (g_str_has_suffix(revisions[i], ending))
            return revisions[i];
    return nearest_name(word, revisions);
}

/* Says that there is no such revision, and what would bring it: a clone for CI often has one branch alone. */
static void set_no_revision(struct repo *repo, const char *word, GError **error)
{
    g_auto(GStrv) remotes = repo_remotes(repo), revisions = repo_revisions(repo);
    const char *remote = remote_of((const char *const *)remotes, word);
    const char *meant = meant_by((const char *const *)revisions, word);
    const char *branch = remote ? word + strlen(remote) + 1 : NULL;
    const char *deep = repo_is_shallow(repo) ? "--unshallow " : "";

    if (strstr(word, "..") || strchr(word, ':'))
        g_set_error(error, GATE_ERROR, GATE_ERROR_REVISION,
                    "expected one commit, such as the branch to be merged into, saw %s", word);
    else if (remote)
        g_set_error(error, GATE_ERROR, GATE_ERROR_REVISION,
                    "there is no revision %s here; git fetch %s%s %s:refs/remotes/%s gets it (in GitHub "
                    "Actions: fetch-depth: 0 for actions/checkout)",
                    word, deep, remote, branch, word);
    else if (meant)
        g_set_error(error, GATE_ERROR, GATE_ERROR_REVISION, "there is no revision %s here; did you mean %s?",
                    word, meant);
    else if (*deep)
        g_set_error(
            error, GATE_ERROR, GATE_ERROR_REVISION,
            "there is no revision %s here, and this clone is shallow; git fetch --unshallow gets what "
            "it lacks (in GitHub Actions: fetch-depth: 0 for actions/checkout)",
            word);
    else
        g_set_error(error, GATE_ERROR, GATE_ERROR_REVISION,
                    "there is no revision %s here; git branch --all lists the branches that there are", word);
}

static void set_no_base(struct repo *repo, const char *word, GError **error)
{
    if (repo_is_shallow(repo))
        g_set_error(error, GATE_ERROR, GATE_ERROR_BASE,
                    "where this branch began is not in this shallow clone: %s and HEAD have no commit in "
                    "common here; git fetch --unshallow, or --deepen=N, gets it (in GitHub Actions: "
                    "fetch-depth: 0 for actions/checkout)",
                    word);
    else
        g_set_error(error, GATE_ERROR, GATE_ERROR_BASE,
                    "%s and HEAD have no commit in common, so that nothing says what is new; refine check "
                    "without --since checks all",
                    word);
}

/* -- the commits -- */

static struct repo *open_repository(const struct policy *policy, GError **error)
{
    GError *cause = NULL;
    struct repo *repo = repo_open(policy->root, &cause);

    if (g_error_matches(cause, REPO_ERROR, REPO_ERROR_NONE)) {
        g_set_error(error, GATE_ERROR, GATE_ERROR_REPOSITORY,
                    "a revision is asked for, and there is no git repository here; clone one, or check the "
                    "files as they are, without --since and --policy");
        g_clear_error(&cause);
    } else if (cause) {
        g_propagate_error(error, cause);
    }
    return repo;
}

/* The commit that word names, 40 digits. */
static char *find_commit(struct repo *repo, const char *word, GError **error)
{
    gboolean unborn;

    if (!repo_is_unborn(repo, &unborn, error))
        return NULL;
    g_autofree char *meanings = repo_meanings(repo, word);
    if (meanings) {
        g_set_error(error, GATE_ERROR, GATE_ERROR_REVISION,
                    "%s can mean different commits here: %s; give the whole name of the one that is meant",
                    word, meanings);
        return NULL;
    }
    char *commit = repo_commit_id(repo, word, NULL);
    if (!commit && unborn)
        g_set_error(error, GATE_ERROR, GATE_ERROR_REVISION,
                    "the current branch has no commit yet, so that there is no %s to go by", word);
    else if (!commit)
        set_no_revision(repo, word, error);
    return commit;
}

static char *find_base(struct repo *repo, const char *since, GError **error)
{
    g_autofree char *commit = find_commit(repo, since, error);
    g_autofree char *head = commit ? find_commit(repo, "HEAD", error) : NULL;
    GError *cause = NULL;
    char *base = head ? repo_merge_base(repo, commit, head, &cause) : NULL;

    if (g_error_matches(cause, REPO_ERROR, REPO_ERROR_BASE)) {
        set_no_base(repo, since, error);
        g_clear_error(&cause);
    } else if (cause) {
        g_propagate_error(error, cause);
    }
    return base;
}

/* -- the policies -- */

/* The policy as the commit has it, for the same folder; *absent: it has none, and these are the defaults. */
static struct policy *policy_at(struct repo *repo, const struct policy *own, const char *commit,
                                gboolean *absent, GError **error)
{
    g_autofree char *path = repo_relative(repo, own->root, POLICY_FILE, error);
    GError *cause = NULL;
    g_autoptr(GBytes) bytes = path ? repo_read_at(repo, commit, path, &cause) : NULL;

    if (!path)
        return NULL;
    if (cause) {
        g_propagate_prefixed_error(error, cause, "the policy at %.7s cannot be read: ", commit);
        return NULL;
    }
    *absent = bytes == NULL;
    return policy_new(own->root, own->top, bytes);
}

static gboolean check_usable(const struct policy *policy, const char *commit, GError **error)
{
    GError *cause = NULL;

    if (policy_check_usable(policy, &cause))
        return TRUE;
    g_set_error(error, POLICY_ERROR, POLICY_ERROR_BROKEN,
                "the policy at %.7s, which is to rule, cannot be used: %s (--policy " GATE_OWN
                " goes by that of the work tree)",
                commit, cause->message);
    g_clear_error(&cause);
    return FALSE;
}

/* Whether the policy's folder of the work tree holds an item. */
static gboolean has_items(const struct policy *policy)
{
    g_autoptr(Backlog) backlog = backlog_open(policy, NULL, NULL);
    gboolean found = FALSE;

    for (guint i = 0; backlog && i < backlog->entries->len && !found; i++)
        found = g_array_index(backlog->entries, struct entry, i).id != NULL;
    return found;
}

static void follow_folder(struct policy *ruling, const struct policy *own)
{
    if (strcmp(ruling->folder, own->folder) == 0 || (!has_items(own) && has_items(ruling)))
        return;
    g_free(ruling->folder);
    ruling->folder = g_strdup(own->folder);
}

/* Whether the commit has a policy in the folder, from the top, or by default a backlog. */
static gboolean is_root(struct repo *repo, const char *commit, const char *folder)
{
    g_autofree char *policy = g_build_filename(folder, POLICY_FILE, NULL);
    g_autofree char *backlog = g_build_filename(folder, "backlog", NULL);
    return repo_has(repo, commit, policy) || repo_has(repo, commit, backlog);
}

/* Which other policy ruled at the base where the user is: a policy nearer to them that a branch adds, or one
 * that it takes away, would have another backlog checked in place of that one. */
static char *find_former(const struct gate *gate, struct repo *repo)
{
    g_autofree char *here = g_get_current_dir();
    g_autofree char *folder = repo_relative(repo, here, "", NULL);
    g_autofree char *own = folder ? repo_relative(repo, gate->own->root, "", NULL) : NULL;

    GString *shown = g_string_new(".");

    while (own && *folder && !is_root(repo, gate->base, folder)) {
        char *slash = strrchr(folder, '/');
        folder[slash ? slash - folder : 0] = '\0';
        g_string_append(shown, strcmp(shown->str, ".") == 0 ? "." : "/..");
    }
    gboolean other = own && strcmp(folder, own) != 0 && is_root(repo, gate->base, folder);
    return g_string_free(shown, !other);
}

/* The folder that the base's policy, which may be none, calls the backlog. A slip there, which nobody could
 * check anything by, is no reason to take all items for new. */
static char *find_place(struct repo *repo, const struct policy *policy, const char *commit)
{
    g_autofree char *place = repo_relative(repo, policy->root, policy->folder, NULL);
    gboolean there = place && policy_check_usable(policy, NULL) && repo_has(repo, commit, place);

    return there ? g_steal_pointer(&place) : NULL;
}

static void find_others(struct gate *gate, struct repo *repo)
{
    g_auto(GStrv) commits = repo_other_bases(repo, gate->since, "HEAD", gate->base);
    gboolean absent;

    for (gsize i = 0; commits[i]; i++) {
        struct policy *policy = policy_at(repo, gate->own, commits[i], &absent, NULL);
        struct gate_base *base = policy ? g_new(struct gate_base, 1) : NULL;
        if (!base)
            continue;
        *base = (struct gate_base){ g_strdup(commits[i]), find_place(repo, policy, commits[i]), policy };
        g_ptr_array_add(gate->others, base);
    }
}

/* The commit of which the policy was agreed on where the base is: a branch that was merged may have had
 * another one on the way, and whoever begins there shall not have it. */
static char *find_agreed(const struct gate *gate, struct repo *repo)
{
    g_autofree char *tip = repo_commit_id(repo, gate->since, NULL);
    return tip ? repo_taken_in(repo, tip, gate->base) : g_strdup(gate->base);
}

/* Which policy rules: word is what the caller chose, or NULL. */
static gboolean find_ruling(struct gate *gate, struct repo *repo, const char *word, GError **error)
{
    struct policy *ruling = gate->of_base;

    if (word && strcmp(word, GATE_OWN) == 0)
        return TRUE;
    gate->ruling = word ? find_commit(repo, word, error) : find_agreed(gate, repo);
    if (gate->ruling && g_strcmp0(gate->ruling, gate->base) != 0)
        ruling = gate->of_ruling = policy_at(repo, gate->own, gate->ruling, &gate->absent, error);
    if (!ruling || !gate->ruling || !check_usable(ruling, gate->ruling, error))
        return FALSE;
    follow_folder(ruling, gate->own);
    gate->policy = ruling;
    return TRUE;
}

struct gate *gate_open(const struct policy *own, const char *since, const char *policy, GError **error)
{
    g_autoptr(Gate) gate = g_new0(struct gate, 1);

    gate->own = own;
    gate->policy = own;
    gate->others = g_ptr_array_new_with_free_func(base_free);
    gate->since = g_strdup(since);
    if (!since && (!policy || strcmp(policy, GATE_OWN) == 0))
        return g_steal_pointer(&gate);
    g_autoptr(Repo) repo = open_repository(own, error);
    if (!repo || (since && !(gate->base = find_base(repo, since, error))))
        return NULL;
    if (since && !(gate->of_base = policy_at(repo, own, gate->base, &gate->absent, error)))
        return NULL;
    if (since) {
        gate->place = find_place(repo, gate->of_base, gate->base);
        find_others(gate, repo);
        gate->former = find_former(gate, repo);
    }
    return find_ruling(gate, repo, policy, error) ? g_steal_pointer(&gate) : NULL;
}
