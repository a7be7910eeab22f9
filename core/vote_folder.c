#include "vote_folder.h"

#include "repo.h"

#include <string.h>

/* What no vote comes near. */
#define VOTE_LIMIT (64 * 1024)

/* Shows what the revision has below folder; what is deeper is a folder there. */
static void walk_revision(const struct backlog *backlog, const char *folder,
                          const struct file_visitor *visitor)
{
    g_autofree char *shown = NULL;
    gsize length = strlen(folder);

    for (guint i = 0; i < backlog->votes->len; i++) {
        const char *path = g_array_index(backlog->votes, struct entry, i).path;
        if (strncmp(path, folder, length) != 0 || path[length] != '/')
            continue;
        const char *deeper = strchr(path + length + 1, '/');
        g_autofree char *name = g_strndup(path, deeper ? (gsize)(deeper - path) : strlen(path));
        if (g_strcmp0(name, shown) == 0)
            continue;
        visitor->visit(name, deeper != NULL, visitor->data);
        g_free(shown);
        shown = g_steal_pointer(&name);
    }
}

gboolean vote_folder_walk(const struct backlog *backlog, const char *id, const struct file_visitor *visitor,
                          GError **error)
{
    g_autofree char *folder = g_build_filename(backlog->policy->folder, "votes", id, NULL);

    if (!backlog->repo)
        return file_walk(backlog->root, folder, visitor, error);
    walk_revision(backlog, folder, visitor);
    return TRUE;
}

GBytes *vote_folder_read(const struct backlog *backlog, const char *path, GError **error)
{
    if (!backlog->repo)
        return file_read_limited(backlog->root, path, VOTE_LIMIT, error);
    for (guint i = 0; i < backlog->votes->len; i++) {
        const struct entry *entry = &g_array_index(backlog->votes, struct entry, i);
        if (strcmp(entry->path, path) != 0)
            continue;
        if (!entry->trouble)
            return repo_read(backlog->repo, entry->object, error);
        g_set_error_literal(error, FILE_ERROR, FILE_ERROR_KIND, entry->trouble);
        return NULL;
    }
    g_set_error(error, FILE_ERROR, FILE_ERROR_ABSENT, "%s is not there", path);
    return NULL;
}
