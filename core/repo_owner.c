#include "repo_owner.h"

#include "repo_config.h"
#include "repo_private.h"

#include <errno.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Root counts what is of the user who became root by sudo as its own. */
static gboolean is_of_sudo_user(uid_t owner)
{
    const char *text = g_getenv("SUDO_UID");
    guint64 user = 0;
    return geteuid() == 0 && text && g_ascii_string_to_unsigned(text, 10, 0, G_MAXUINT32, &user, NULL) &&
           owner == (uid_t)user;
}

/* What is not there, such as the .git of a work tree that core.worktree names, is nobody else's. */
static gboolean is_own(const char *path)
{
    struct stat status;
    if (!path || lstat(path, &status) < 0)
        return !path || errno == ENOENT;
    return status.st_uid == geteuid() || is_of_sudo_user(status.st_uid);
}

/* A path without slashes at its end, as git names folders. */
static char *trim(const char *path)
{
    gsize length = path ? strlen(path) : 0;
    while (length > 1 && path[length - 1] == '/')
        length--;
    return path ? g_strndup(path, length) : NULL;
}

static gboolean allows(const char *value, const char *path)
{
    g_autofree char *wanted = repo_config_expand(value);
    gboolean below = wanted && g_str_has_suffix(wanted, "/*");

    if (strcmp(value, "*") == 0)
        return TRUE;
    if (!wanted || *wanted != '/')
        return FALSE;
    if (below)
        wanted[strlen(wanted) - 1] = '\0';
    g_autofree char *folder = trim(wanted), *real = realpath(folder, NULL);
    const char *allowed = real ? real : folder;
    gsize length = strlen(allowed);
    if (!below)
        return strcmp(allowed, path) == 0;
    return g_str_has_prefix(path, allowed) && (length == 1 || path[length] == '/');
}

static gboolean is_allowed(const char *path, gboolean *allowed, GError **error)
{
    g_autoptr(RepoConfig) config = repo_config_open_outside(error);
    if (!config)
        return FALSE;

    g_auto(GStrv) values = repo_config_texts(config, "safe.directory");
    *allowed = FALSE;
    for (gsize i = 0; values[i]; i++)
        *allowed = *values[i] && (*allowed || allows(values[i], path));
    return TRUE;
}

gboolean repo_owner_check(struct repo *repo, GError **error)
{
    g_autofree char *folder = trim(git_repository_path(repo->git));
    g_autofree char *top = trim(git_repository_workdir(repo->git));
    g_autofree char *link = top ? g_build_filename(top, ".git", NULL) : NULL;
    const char *path = top ? top : folder;
    gboolean allowed = FALSE;

    if (is_own(top) && is_own(link) && is_own(folder))
        return TRUE;
    if (!is_allowed(path, &allowed, error))
        return FALSE;
    if (!allowed) {
        g_autofree char *quoted = g_shell_quote(path);
        g_set_error(error, REPO_ERROR, REPO_ERROR_OPEN,
                    "the repository %s belongs to another user; if you trust it: "
                    "git config --global --add safe.directory %s",
                    path, strpbrk(path, " '\"\\$`*?[]();&|<>#~!\t\n") ? quoted : path);
    }
    return allowed;
}
