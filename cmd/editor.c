#include "editor.h"

#include "repo_config.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

G_DEFINE_QUARK(refine_editor, editor_error)

/* -- which -- */

static gboolean is_dumb(void)
{
    const char *term = g_getenv("TERM");
    return !term || strcmp(term, "dumb") == 0;
}

static char *take(const char *value)
{
    return value && *value ? g_strdup(value) : NULL;
}

/* The first that is set; NULL where it could only be vi, and vi needs more than a dumb terminal. */
static char *choose_editor(struct repo *repo)
{
    char *editor = take(g_getenv("GIT_EDITOR"));
    if (!editor)
        editor = repo_config_read(repo, "refine.editor");
    if (!editor)
        editor = repo_config_read(repo, "core.editor");
    if (!editor && !is_dumb())
        editor = take(g_getenv("VISUAL"));
    if (!editor)
        editor = take(g_getenv("EDITOR"));
    return editor || is_dumb() ? editor : g_strdup("vi");
}

/* -- running -- */

static gboolean start(const char *editor, const char *path, GPid *pid, GError **error)
{
    /* A ^C that is meant for the editor reaches the shell around it too, which must not die of it when the
     * editor has ended; programs that a shell starts get the default back where it has a trap. */
    g_autofree char *script = g_strconcat("trap : INT QUIT; ", editor, " \"$@\"", NULL);
    const char *const argv[] = { "/bin/sh", "-c", script, editor, path, NULL };
    g_autoptr(GError) cause = NULL;

    if (g_spawn_async(NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_CHILD_INHERITS_STDIN,
                      NULL, NULL, pid, &cause))
        return TRUE;
    g_set_error(error, EDITOR_ERROR, EDITOR_ERROR_FAILED, "the editor '%s' does not start: %s", editor,
                cause->message);
    return FALSE;
}

/* Waits with what the terminal sends on ^C and ^\ ignored, as the shell would: the editor has its own use for
 * it. Returns a status as of waitpid; -1 where there is none. */
static int wait_for(GPid pid)
{
    const struct sigaction ignore = { .sa_handler = SIG_IGN };
    struct sigaction interrupt, quit;
    int status = 0;
    pid_t ended;

    sigaction(SIGINT, &ignore, &interrupt);
    sigaction(SIGQUIT, &ignore, &quit);
    do {
        ended = waitpid(pid, &status, 0);
    } while (ended < 0 && errno == EINTR);
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGQUIT, &quit, NULL);
    g_spawn_close_pid(pid);
    return ended < 0 ? -1 : status;
}

static gboolean check_status(const char *editor, int status, GError **error)
{
    if (status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return TRUE;
    if (status >= 0 && WIFSIGNALED(status))
        g_set_error(error, EDITOR_ERROR, EDITOR_ERROR_FAILED, "the editor '%s' was ended by a signal (%s)",
                    editor, g_strsignal(WTERMSIG(status)));
    else if (status >= 0 && WEXITSTATUS(status) == 127)
        /* POSIX, Shell Command Language, 2.8.2 */
        g_set_error(error, EDITOR_ERROR, EDITOR_ERROR_FAILED, "the editor '%s' is not there", editor);
    else
        g_set_error(error, EDITOR_ERROR, EDITOR_ERROR_FAILED, "the editor '%s' failed (status %d)", editor,
                    status < 0 ? status : WEXITSTATUS(status));
    return FALSE;
}

gboolean editor_run(struct output *output, struct repo *repo, const char *path, GError **error)
{
    g_autofree char *editor = choose_editor(repo);
    gboolean says = isatty(STDERR_FILENO);
    GPid pid;

    if (!editor) {
        g_set_error(error, EDITOR_ERROR, EDITOR_ERROR_NONE,
                    "the terminal is dumb, so an editor must be named: set GIT_EDITOR or EDITOR");
        return FALSE;
    }
    output_flush(output);
    if (says)
        fprintf(stderr, "hint: Waiting for your editor to close the file...%c", is_dumb() ? '\n' : ' ');
    fflush(stderr);
    gboolean started = start(editor, path, &pid, error);
    int status = started ? wait_for(pid) : 0;
    /* The hint has done its work, and what comes next needs the line. */
    if (says && !is_dumb())
        fputs("\r\x1b[K", stderr);
    return started && check_status(editor, status, error);
}

gboolean editor_ask_again(struct output *output)
{
    char *line = NULL;
    size_t size = 0;

    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return FALSE;
    output_flush(output);
    fputs("edit again? [Y/n] ", stderr);
    fflush(stderr);
    gboolean answered = getline(&line, &size, stdin) >= 0;
    if (!answered)
        fputc('\n', stderr);
    gboolean no = !answered || g_ascii_strncasecmp(line, "n", 1) == 0;
    free(line);
    return !no;
}
