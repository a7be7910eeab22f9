#include "index_private.h"

#include "git_folder.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether path is a folder of this user, and no link to one. */
static gboolean is_own_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid();
}

/* The folder of ours in an own folder above, without links; NULL where there is none and none can be made. */
static char *folder_in(const char *above, gboolean make, mode_t mode)
{
    g_autofree char *real = realpath(above, NULL);
    if (!real || !is_own_folder(real))
        return NULL;
    g_autofree char *folder = g_build_filename(real, "refine", NULL);
    if (make)
        g_mkdir(folder, (int)mode);
    return is_own_folder(folder) ? g_steal_pointer(&folder) : NULL;
}

/* "NAME-DIGEST.db", of what tells one backlog from others that share the folder. */
static char *name_for(const char *path)
{
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, path, -1);
    return g_strdup_printf("index-%.16s.db", digest);
}

char *index_place_find(const struct policy *policy, gboolean make, char **path)
{
    g_autofree char *git = git_folder_find(policy->top), *folder = NULL, *name = NULL;
    gsize length = strlen(policy->top);

    if (git) {
        gboolean below = g_str_has_prefix(policy->root, policy->top);
        folder = folder_in(git, make, 0777);
        name = name_for(below ? policy->root + length : policy->root);
    } else {
        if (make)
            g_mkdir_with_parents(g_get_user_cache_dir(), 0700);
        folder = folder_in(g_get_user_cache_dir(), make, 0700);
        name = name_for(policy->root);
    }
    if (folder)
        *path = g_build_filename(folder, name, NULL);
    return g_steal_pointer(&folder);
}
