#include "repo_tag.h"

#include "history_walk.h"
#include "repo_private.h"

#include <git2.h>
#include <string.h>

/* Tags by the commit that they lead to: 40 digits -> name. */
struct tags {
    struct repo *repo;
    GHashTable *by_commit;
};

static gboolean is_later(const char *name, const char *other)
{
    g_autofree char *one = g_utf8_collate_key_for_filename(name, -1);
    g_autofree char *two = g_utf8_collate_key_for_filename(other, -1);
    return strcmp(one, two) > 0;
}

/* Called for each tag; one that leads to no commit is none of a release. */
static int add_tag(const char *name, git_oid *id, void *data)
{
    struct tags *tags = data;
    git_object *object = NULL, *commit = NULL;
    const char *shown = g_str_has_prefix(name, "refs/tags/") ? name + strlen("refs/tags/") : name;

    if (g_utf8_validate(shown, -1, NULL) &&
        git_object_lookup(&object, tags->repo->git, id, GIT_OBJECT_ANY) == 0 &&
        git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0) {
        char digits[GIT_OID_HEXSZ + 1];
        git_oid_tostr(digits, sizeof digits, git_object_id(commit));
        const char *other = g_hash_table_lookup(tags->by_commit, digits);
        if (!other || is_later(shown, other))
            g_hash_table_insert(tags->by_commit, g_strdup(digits), g_strdup(shown));
    }
    git_object_free(commit);
    git_object_free(object);
    return 0;
}

/* The tag of the first commit behind HEAD that has one. */
static char *walk_to_tag(struct repo *repo, GHashTable *by_commit, GError **error)
{
    g_autoptr(Objects) objects = objects_new(repo, error);
    struct object_id head;

    if (!objects || !walk_find(repo, "HEAD", &head, error))
        return NULL;
    g_autoptr(Walk) walk = walk_new(repo, objects, &head, error);
    const struct walk_commit *commit = walk ? walk_next(walk) : NULL;
    while (commit && (commit = walk_next(walk))) {
        char digits[GIT_OID_HEXSZ + 1];
        object_id_print(&commit->id, digits);
        const char *tag = g_hash_table_lookup(by_commit, digits);
        if (tag)
            return g_strdup(tag);
    }
    return NULL;
}

char *repo_last_tag(struct repo *repo, GError **error)
{
    g_autoptr(GHashTable) by_commit = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    struct tags tags = { repo, by_commit };

    if (git_tag_foreach(repo->git, add_tag, &tags) != 0) {
        repo_fail(error, REPO_ERROR_READ, "the tags cannot be read");
        return NULL;
    }
    gboolean unborn = FALSE;
    if (g_hash_table_size(by_commit) == 0 || !repo_is_unborn(repo, &unborn, error) || unborn)
        return NULL;
    return walk_to_tag(repo, by_commit, error);
}
