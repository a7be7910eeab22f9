#include "pager.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

struct pager {
    char *command;
    GPid pid;
    FILE *stream;
    struct sigaction interrupt; /* what an interrupt did before */
};

/* NULL where the user chose none of the three variables. */
static const char *chosen_command(void)
{
    static const char *const names[] = { "REFINE_PAGER", "GIT_PAGER", "PAGER" };
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_getenv(names[i]))
            return g_getenv(names[i]);
    return NULL;
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

struct pager *pager_open(GError **error)
{
    const char *chosen = chosen_command(), *command = chosen ? chosen : "less";
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
        if (chosen)
            g_set_error(error, problem->domain, problem->code, "the pager '%s' does not start: %s", command,
                        problem->message);
        return NULL;
    }

    struct pager *pager = g_new0(struct pager, 1);
    const struct sigaction ignore = { .sa_handler = SIG_IGN };
    pager->command = g_strdup(command);
    pager->pid = pid;
    pager->stream = fdopen(input, "w");
    sigaction(SIGINT, &ignore, &pager->interrupt);
    return pager;
}

FILE *pager_stream(const struct pager *pager)
{
    return pager->stream;
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
    g_free(pager);
    return !missing;
}
