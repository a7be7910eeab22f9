#include "pager.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

struct pager {
    char *command;
    char **argv;
    int links; /* whether it passes them; -1 until asked */
    GPid pid;
    FILE *stream;
    struct sigaction interrupt; /* what an interrupt did before */
};

gboolean pager_is_chosen(void)
{
    return g_getenv("REFINE_PAGER") || g_getenv("GIT_PAGER");
}

/* NULL where the user chose none. */
static const char *chosen_command(const char *configured)
{
    if (g_getenv("REFINE_PAGER"))
        return g_getenv("REFINE_PAGER");
    if (g_getenv("GIT_PAGER"))
        return g_getenv("GIT_PAGER");
    return configured ? configured : g_getenv("PAGER");
}

/* A command with words and quotes alone is run as it is; one that needs a shell gets one, as from git. */
static char **command_argv(const char *command, GError **error)
{
    char **argv = NULL;

    if (strpbrk(command, "|&;<>()$`*?[]{}#~=%!\n")) {
        const char *const shell[] = { "/bin/sh", "-c", command, NULL };
        return g_strdupv((char **)shell);
    }
    g_shell_parse_argv(command, NULL, &argv, error);
    return argv;
}

static char **pager_environment(void)
{
    char **environment = g_get_environ();
    environment = g_environ_setenv(environment, "LESS", "FRX", FALSE);
    environment = g_environ_setenv(environment, "LV", "-c", FALSE);
    environment = g_environ_unsetenv(environment, "LESSOPEN");
    return g_environ_unsetenv(environment, "LESSCLOSE");
}

struct pager *pager_open(const char *configured, GError **error)
{
    const char *chosen = chosen_command(configured), *command = chosen ? chosen : "less";
    g_autoptr(GError) problem = NULL;
    GPid pid;
    int input;

    if (!*command || strcmp(command, "cat") == 0)
        return NULL;
    g_auto(GStrv) argv = command_argv(command, &problem);
    g_auto(GStrv) environment = pager_environment();
    if (!argv ||
        !g_spawn_async_with_pipes(NULL, argv, environment,
                                  G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CLOEXEC_PIPES,
                                  NULL, NULL, &pid, &input, NULL, NULL, &problem)) {
        g_assert(problem);
        if (chosen)
            g_set_error(error, problem->domain, problem->code, "the pager '%s' does not start: %s", command,
                        problem->message);
        return NULL;
    }

    struct pager *pager = g_new0(struct pager, 1);
    const struct sigaction ignore = { .sa_handler = SIG_IGN };
    pager->command = g_strdup(command);
    pager->argv = g_steal_pointer(&argv);
    pager->links = -1;
    pager->pid = pid;
    pager->stream = fdopen(input, "w");
    sigaction(SIGINT, &ignore, &pager->interrupt);
    return pager;
}

FILE *pager_stream(const struct pager *pager)
{
    return pager->stream;
}

/* -- less and hyperlinks -- */

#define FIRST_WITH_LINKS 581

/* Whether a word of the options of less is, or holds, -R or -r. */
static gboolean is_raw(const char *word)
{
    if (g_str_has_prefix(word, "--"))
        return g_ascii_strcasecmp(word, "--raw-control-chars") == 0;
    return strpbrk(word, "Rr") != NULL;
}

static gboolean shows_sequences(const struct pager *pager)
{
    const char *less = g_getenv("LESS");
    g_auto(GStrv) words = g_strsplit(less ? less : "FRX", " ", -1);
    gboolean raw = FALSE;

    for (gsize i = 0; words[i]; i++)
        raw = raw || is_raw(words[i]);
    for (gsize i = 1; pager->argv[i]; i++)
        raw = raw || (pager->argv[i][0] == '-' && is_raw(pager->argv[i]));
    return raw;
}

/* The number in "less 590 (GNU regular expressions)"; 0 where it says something else. */
static guint64 ask_version(const char *program)
{
    const char *const argv[] = { program, "--version", NULL };
    g_autofree char *said = NULL;

    if (!g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                      &said, NULL, NULL, NULL) ||
        !g_str_has_prefix(said, "less "))
        return 0;
    return g_ascii_strtoull(said + strlen("less "), NULL, 10);
}

gboolean pager_passes_links(struct pager *pager)
{
    g_autofree char *name = g_path_get_basename(pager->argv[0]);

    if (pager->links < 0)
        pager->links = strcmp(name, "less") == 0 && shows_sequences(pager) &&
                       ask_version(pager->argv[0]) >= FIRST_WITH_LINKS;
    return pager->links > 0;
}

gboolean pager_close(struct pager *pager, GError **error)
{
    int status = 0;
    pid_t ended;

    fclose(pager->stream);
    do {
        ended = waitpid(pager->pid, &status, 0);
    } while (ended < 0 && errno == EINTR);
    sigaction(SIGINT, &pager->interrupt, NULL);

    /* POSIX, Shell Command Language, 2.8.2: not found, or found and not to be executed */
    gboolean missing =
        ended > 0 && WIFEXITED(status) && (WEXITSTATUS(status) == 126 || WEXITSTATUS(status) == 127);
    if (missing)
        g_set_error(error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT,
                    "the shell could not run the pager '%s' (status %d), so nothing was shown",
                    pager->command, WEXITSTATUS(status));
    g_spawn_close_pid(pager->pid);
    g_free(pager->command);
    g_strfreev(pager->argv);
    g_free(pager);
    return !missing;
}
