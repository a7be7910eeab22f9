#include "history_place.h"

#include "history_site.h"

#include <string.h>

/* Reads a commit and finds the backlog in it; behind is a commit of which that is known, or NULL. */
static struct walk_commit *find_in(struct repo *repo, struct walk *walk, struct sites *sites,
                                   const char *revision, const struct walk_commit *behind)
{
    struct object_id id;
    struct walk_commit *commit = walk_find(repo, revision, &id, NULL) ? walk_read(walk, &id, NULL) : NULL;
    gboolean found = FALSE;

    if (!commit)
        return NULL;
    commit->site = sites_find(sites, commit, behind, &commit->folder, &found, NULL);
    commit->has_folder = commit->site && found;
    return commit;
}

char *history_place(const struct policy *policy, struct repo *repo, const char *revision)
{
    g_autoptr(Objects) objects = objects_new(repo, NULL);
    g_autoptr(Walk) walk = objects ? walk_new_unread(repo, objects) : NULL;
    struct sites *sites = walk ? sites_new(policy, objects) : NULL;
    struct walk_commit *last = sites ? find_in(repo, walk, sites, "HEAD", NULL) : NULL;
    struct walk_commit *commit = last ? find_in(repo, walk, sites, revision, last) : NULL;
    char *folder = NULL;

    if (commit && commit->has_folder) {
        const char *below = strcmp(commit->site->folder, ".") == 0 ? NULL : commit->site->folder;
        folder = *commit->site->root ? g_build_filename(commit->site->root, below, NULL)
                                     : g_strdup(below ? below : "");
    }
    sites_free(sites);
    return folder;
}
