#include "design.h"

#include "feedback.h"
#include "repo.h"

#include <glib/gstdio.h>
#include <string.h>

/* The path, as seen from folder, from the top of the repository; NULL where it leads out of that. */
static char *path_from_top(const struct policy *policy, const char *folder, const char *path)
{
    g_autofree char *whole = g_canonicalize_filename(path, folder);
    gsize top = strlen(policy->top);

    if (strcmp(policy->top, "/") == 0)
        return g_strdup(whole + 1);
    return g_str_has_prefix(whole, policy->top) && whole[top] == '/' ? g_strdup(whole + top + 1) : NULL;
}

static gboolean has_path(const struct backlog *backlog, const char *folder, const char *path)
{
    g_autofree char *from_top = path_from_top(backlog->policy, folder, path);
    GStatBuf status;

    if (!from_top || backlog->repo)
        return from_top && repo_has(backlog->repo, backlog->revision, from_top);
    g_autofree char *whole = g_build_filename(backlog->policy->top, from_top, NULL);
    return g_lstat(whole, &status) == 0;
}

gboolean design_is_there(const struct backlog *backlog, const struct item *item, const char *design)
{
    const struct policy *policy = backlog->policy;
    g_autofree char *own = g_path_get_dirname(item->path);
    g_autofree char *beside = g_build_filename(policy->root, own, NULL);
    const char *const folders[] = { policy->top, policy->root, beside };
    const char *path = design + strspn(design, "/");
    g_autofree char *file = g_strndup(path, strcspn(path, "#"));

    if (feedback_is_link(design) || g_ascii_strncasecmp(design, "www.", 4) == 0)
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(folders) && *path; i++)
        if (has_path(backlog, folders[i], path) || (*file && has_path(backlog, folders[i], file)))
            return TRUE;
    return FALSE;
}
