#include "commit_hook.h"

#include "commit.h"
#include "repo_config.h"
#include "repo_private.h"

#include <git2.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* core.hooksPath is relative to the top of the work tree. Set to nothing it leads git to the root folder,
 * which is a way to have no hooks. */
static char *find_hook(struct repo *repo, const struct repo_config *config, const char *name)
{
    g_autofree char *set = config ? repo_config_path(config, "core.hookspath") : NULL;
    const char *top = git_repository_workdir(repo->git);

    if (!set)
        return g_build_filename(git_repository_commondir(repo->git), "hooks", name, NULL);
    g_autofree char *folder =
        g_canonicalize_filename(*set ? set : "/", top ? top : git_repository_path(repo->git));
    return g_build_filename(folder, name, NULL);
}

char *commit_hook_path(struct repo *repo, const char *name)
{
    g_autoptr(RepoConfig) config = repo_config_open(repo, NULL);
    return find_hook(repo, config, name);
}

static gboolean is_executable(const char *path)
{
    return g_file_test(path, G_FILE_TEST_IS_REGULAR) && access(path, X_OK) == 0;
}

gboolean commit_hook_exists(struct repo *repo, const char *name)
{
    g_autofree char *path = commit_hook_path(repo, name);
    return is_executable(path);
}

char *commit_hook_ignored(struct repo *repo, const char *name)
{
    g_autoptr(RepoConfig) config = repo_config_open(repo, NULL);
    g_autofree char *path = find_hook(repo, config, name);
    gboolean wanted = TRUE;

    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR) || is_executable(path) || !config ||
        !repo_config_bool(config, "advice.ignoredhook", TRUE, &wanted, NULL) || !wanted)
        return NULL;
    return g_steal_pointer(&path);
}

/* In the hook, before it begins: standard output on standard error, and the signals as they usually are. */
static void prepare_child(gpointer data)
{
    sigset_t none;

    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    dup2(STDERR_FILENO, STDOUT_FILENO);
}

/* Whether .git at the top of the work tree is not the git folder but a file that names it, as in a linked
 * work tree and in a submodule. */
static gboolean is_elsewhere(struct repo *repo)
{
    g_autofree char *link = g_build_filename(git_repository_workdir(repo->git), ".git", NULL);
    return g_file_test(link, G_FILE_TEST_IS_REGULAR);
}

/* What git commit sets: GIT_PREFIX to where the user is, below the top, and GIT_DIR only where the top does
 * not hold it. */
static char **make_environment(struct repo *repo, const char *index, const struct identity *author)
{
    char **all = g_environ_setenv(g_get_environ(), "GIT_EDITOR", ":", TRUE);
    g_autofree char *here = g_get_current_dir(), *below = repo_relative(repo, here, "", NULL);
    g_autofree char *prefix = below && *below ? g_strconcat(below, "/", NULL) : g_strdup("");
    g_autofree char *folder = repo_git_folder(repo);

    all = g_environ_setenv(all, "GIT_INDEX_FILE", index, TRUE);
    all = g_environ_setenv(all, "GIT_PREFIX", prefix, TRUE);
    /* What was relative to the user's folder means another one from the top. */
    all = g_environ_unsetenv(g_environ_unsetenv(all, "GIT_DIR"), "GIT_WORK_TREE");
    if (is_elsewhere(repo))
        all = g_environ_setenv(all, "GIT_DIR", folder, TRUE);
    if (author) {
        g_autofree char *date = identity_print_date(author);
        all = g_environ_setenv(all, "GIT_AUTHOR_NAME", author->name, TRUE);
        all = g_environ_setenv(all, "GIT_AUTHOR_EMAIL", author->email, TRUE);
        all = g_environ_setenv(all, "GIT_AUTHOR_DATE", date, TRUE);
    }
    return all;
}

/* What lets a decision through that the hook does not; git has it for two of them. */
static const char *way_out(const char *name)
{
    return strcmp(name, "pre-commit") == 0 || strcmp(name, "commit-msg") == 0 ? "; --no-verify leaves it out"
                                                                              : "";
}

gboolean commit_hook_run(struct repo *repo, const char *name, const char *const *arguments, const char *index,
                         const struct identity *author, GError **error)
{
    g_autoptr(RepoConfig) config = repo_config_open(repo, error);
    if (!config)
        return FALSE;

    g_autofree char *path = find_hook(repo, config, name);
    if (!is_executable(path))
        return TRUE;
    g_auto(GStrv) environment = make_environment(repo, index, author);
    g_autoptr(GPtrArray) line = g_ptr_array_new();
    g_autoptr(GError) cause = NULL;
    int status = 0;

    g_ptr_array_add(line, path);
    for (gsize i = 0; arguments && arguments[i]; i++)
        g_ptr_array_add(line, (gpointer)arguments[i]);
    g_ptr_array_add(line, NULL);
    if (g_spawn_sync(git_repository_workdir(repo->git), (char **)line->pdata, environment, G_SPAWN_DEFAULT,
                     prepare_child, NULL, NULL, NULL, &status, &cause) &&
        g_spawn_check_wait_status(status, &cause))
        return TRUE;
    g_set_error(error, COMMIT_ERROR, COMMIT_ERROR_REFUSED, "the hook %s refused: %s; nothing was recorded%s",
                name, cause->message, way_out(name));
    return FALSE;
}
