#include "manual.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Only a path counts as found: where the pages were left out to save space, a stand-in for man says so and
 * ends with 0. */
gboolean manual_find(const struct manual_page *page)
{
    const char *const argv[] = { "man", "-w", page->section, page->name, NULL };
    g_autofree char *path = NULL;
    int status = 0;

    return g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                        NULL, &path, NULL, &status, NULL) &&
           g_spawn_check_wait_status(status, NULL) && *path == '/';
}

/* Returns only where man does not start. */
static void become_man(struct output *output, const struct manual_page *page, GError **error)
{
    const char *const argv[] = { "man", page->section, page->name, NULL };

    output_flush(output);
    if (!output_may_page(output))
        g_setenv("MANPAGER", "cat", TRUE);
    void (*ignored)(int) = signal(SIGPIPE, SIG_DFL);
    execvp(argv[0], (char **)argv);
    int failure = errno;
    signal(SIGPIPE, ignored);
    g_set_error(error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED, "man does not start: %s", g_strerror(failure));
}

int manual_show(struct output *output, const struct manual_page *page, const char *text, GError **error)
{
    if (manual_find(page)) {
        become_man(output, page, error);
        return -1;
    }
    output_write(output, text);
    output_flush(output);
    output_hint(output,
                "man does not find %s(%s); it is man/%s.%s of the source, and MANPATH says where to look",
                page->name, page->section, page->name, page->section);
    return *text ? 0 : 1;
}

int manual_help(struct output *output, const struct command *command, enum help kind, GError **error)
{
    g_autofree char *usage = options_usage(command), *name = g_strconcat("refine-", command->name, NULL);
    const struct manual_page page = { name, "1" };

    if (kind == HELP_PAGE)
        return manual_show(output, &page, usage, error);
    output_write(output, usage);
    return 0;
}
