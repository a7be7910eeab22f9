#include "repo_revision.h"

#include "history_walk.h"
#include "repo_private.h"

#include <git2.h>
#include <string.h>

gboolean repo_is_shallow(const struct repo *repo)
{
    return git_repository_is_shallow(repo->git) == 1;
}

char **repo_remotes(const struct repo *repo)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    git_strarray all = { 0 };

    git_remote_list(&all, repo->git);
    for (size_t i = 0; i < all.count; i++)
        g_strv_builder_add(names, all.strings[i]);
    git_strarray_dispose(&all);
    return g_strv_builder_end(names);
}

void repo_no_revision(struct repo *repo, const char *word, GError **error)
{
    gboolean shallow = repo_is_shallow(repo);
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

char *repo_commit_id(struct repo *repo, const char *revision, GError **error)
{
    git_oid id;
    return find_commit(repo, revision, &id, error) ? g_strdup(git_oid_tostr_s(&id)) : NULL;
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

char *repo_meanings(struct repo *repo, const char *revision)
{
    static const char *const kinds[] = { "refs/", "refs/tags/", "refs/heads/", "refs/remotes/" };
    g_autofree char *name = g_strndup(revision, strcspn(revision, "~^:@"));
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    gboolean several = FALSE;
    git_oid first, id;
    guint found = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(kinds) && *name; i++) {
        g_autofree char *full = g_strconcat(kinds[i], name, NULL);
        git_reference *reference = NULL;
        gboolean there = git_reference_lookup(&reference, repo->git, full) == 0;
        git_reference_free(reference);
        if (!there || !find_commit(repo, full, &id, NULL))
            continue;
        g_strv_builder_add(names, full);
        if (found++ == 0)
            first = id;
        several = several || !git_oid_equal(&first, &id);
    }
    g_auto(GStrv) all = g_strv_builder_end(names);
    return several ? g_strjoinv(" and ", all) : NULL;
}

/* The first parent of the commit; FALSE: it has none, or not here. */
static gboolean find_parent(struct repo *repo, const git_oid *id, git_oid *parent)
{
    git_commit *commit = NULL;
    gboolean found = git_commit_lookup(&commit, repo->git, id) == 0 && git_commit_parentcount(commit) > 0;

    if (found)
        git_oid_cpy(parent, git_commit_parent_id(commit, 0));
    git_commit_free(commit);
    return found;
}

char *repo_taken_in(struct repo *repo, const char *tip, const char *commit)
{
    g_autoptr(GArray) line = g_array_new(FALSE, FALSE, sizeof(git_oid));
    git_oid wanted, at;

    if (git_oid_fromstr(&at, tip) < 0 || git_oid_fromstr(&wanted, commit) < 0)
        return g_strdup(tip);
    do {
        if (git_oid_equal(&at, &wanted))
            return g_strdup(commit);
        g_array_append_val(line, at);
    } while (find_parent(repo, &at, &at));
    /* From some commit of the line on, all have it. */
    guint has = 0, lacks = line->len;
    while (lacks - has > 1) {
        guint middle = has + (lacks - has) / 2;
        if (git_graph_descendant_of(repo->git, &g_array_index(line, git_oid, middle), &wanted) == 1)
            has = middle;
        else
            lacks = middle;
    }
    return g_strdup(git_oid_tostr_s(&g_array_index(line, git_oid, has)));
}

/* The ids of a commit and all before it that are here: a set. */
static GHashTable *ancestors_of(struct repo *repo, struct objects *objects, const git_oid *oid,
                                GError **error)
{
    struct object_id id;
    memcpy(id.raw, oid->id, sizeof id.raw);
    g_autoptr(Walk) walk = walk_new(repo, objects, &id, error);
    GHashTable *ids = g_hash_table_new_full(object_id_hash, object_id_equal, g_free, NULL);
    const struct walk_commit *commit;

    while (walk && (commit = walk_next(walk)))
        g_hash_table_add(ids, g_memdup2(&commit->id, sizeof commit->id));
    if (!walk)
        g_clear_pointer(&ids, g_hash_table_unref);
    return ids;
}

/* The merge base in a shallow clone, of which libgit2 does not know where it ends: children come before their
 * parents, so that the first commit that is common is no ancestor of another one that is. NULL, also without
 * error: there is none. */
static char *find_shallow_base(struct repo *repo, const git_oid *left, const git_oid *right, GError **error)
{
    g_autoptr(Objects) objects = objects_new(repo, error);
    g_autoptr(GHashTable) before = objects ? ancestors_of(repo, objects, left, error) : NULL;
    struct object_id id;

    memcpy(id.raw, right->id, sizeof id.raw);
    g_autoptr(Walk) walk = before ? walk_new(repo, objects, &id, error) : NULL;
    const struct walk_commit *commit = walk ? walk_next(walk) : NULL;
    while (commit && !g_hash_table_contains(before, &commit->id))
        commit = walk_next(walk);
    char digits[41];
    if (commit)
        object_id_print(&commit->id, digits);
    return commit ? g_strdup(digits) : NULL;
}

static char *find_base(struct repo *repo, const git_oid *left, const git_oid *right)
{
    git_oid base;
    gboolean found = git_merge_base(&base, repo->git, left, right) == 0;
    return found ? g_strdup(git_oid_tostr_s(&base)) : NULL;
}

char *repo_merge_base(struct repo *repo, const char *one, const char *other, GError **error)
{
    gboolean shallow = repo_is_shallow(repo);
    GError *trouble = NULL;
    git_oid left, right;

    if (!find_commit(repo, one, &left, error) || !find_commit(repo, other, &right, error))
        return NULL;
    char *base = shallow ? find_shallow_base(repo, &left, &right, &trouble) : find_base(repo, &left, &right);
    if (trouble)
        g_propagate_error(error, trouble);
    else if (!base && shallow)
        g_set_error(error, REPO_ERROR, REPO_ERROR_BASE,
                    "%s and %s have no common ancestor in this shallow clone; git fetch --unshallow, or "
                    "--deepen=N, gets it",
                    one, other);
    else if (!base)
        g_set_error(error, REPO_ERROR, REPO_ERROR_BASE,
                    "%s and %s have no common ancestor; %s..%s compares them as they are", one, other, one,
                    other);
    return base;
}

char **repo_other_bases(struct repo *repo, const char *one, const char *other, const char *base)
{
    g_autoptr(GStrvBuilder) others = g_strv_builder_new();
    git_oidarray bases = { 0 };
    git_oid left, right;

    if (!repo_is_shallow(repo) && find_commit(repo, one, &left, NULL) &&
        find_commit(repo, other, &right, NULL) && git_merge_bases(&bases, repo->git, &left, &right) == 0)
        for (size_t i = 0; i < bases.count; i++) {
            const char *digits = git_oid_tostr_s(&bases.ids[i]);
            if (strcmp(digits, base) != 0)
                g_strv_builder_add(others, digits);
        }
    git_oidarray_dispose(&bases);
    return g_strv_builder_end(others);
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
