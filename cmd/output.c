#include "output.h"

#include "output_links.h"
#include "pager.h"
#include "plain.h"
#include "preference.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define PROGRESS_DELAY (G_USEC_PER_SEC / 2)
#define PROGRESS_INTERVAL (G_USEC_PER_SEC / 10)
#define USUAL_WIDTH 80

struct progress {
    gboolean allowed;
    gboolean shown; /* there is a line to clear */
    gint64 begun;   /* monotonic microseconds; 0 between tasks */
    gint64 drawn;
};

struct output {
    char *promise; /* of output_promise; NULL: none */
    FILE *stream;  /* stdout, or the pager's input */
    struct pager *pager;
    gboolean paging;
    gboolean terminal; /* stdout is one */
    gboolean color;
    gboolean undecided;            /* color is what it is unless git's configuration says otherwise */
    gboolean bare;                 /* no escape sequence at all */
    int links;                     /* -1 until asked */
    struct preference *preference; /* NULL until asked for */
    guint width;
    int failure; /* errno of the first write that failed */
    struct progress progress;
};

gboolean output_guard_descriptors(void)
{
    int descriptor;
    do {
        descriptor = open("/dev/null", O_RDWR);
    } while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    if (descriptor >= 0)
        close(descriptor);
    return descriptor >= 0;
}

static gboolean is_dumb(void)
{
    const char *term = g_getenv("TERM");
    return !term || strcmp(term, "dumb") == 0;
}

static gboolean automatic_color(gboolean terminal)
{
    const char *no_color = g_getenv("NO_COLOR");
    return terminal && !(no_color && *no_color) && !is_dumb();
}

static guint terminal_width(int descriptor)
{
    struct winsize size = { 0 };
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return USUAL_WIDTH;
    return size.ws_col;
}

static guint find_width(gboolean terminal)
{
    const char *columns = g_getenv("COLUMNS");
    guint64 width;
    if (columns && g_ascii_string_to_unsigned(columns, 10, 1, G_MAXUINT16, &width, NULL))
        return (guint)width;
    return terminal ? terminal_width(STDOUT_FILENO) : 0;
}

struct output *output_open(void)
{
    struct output *output = g_new0(struct output, 1);

    signal(SIGPIPE, SIG_IGN);
    output->stream = stdout;
    output->links = -1;
    output->paging = TRUE;
    output->terminal = isatty(STDOUT_FILENO);
    output->color = output->undecided = automatic_color(output->terminal);
    output->width = find_width(output->terminal);
    output->progress.allowed = isatty(STDERR_FILENO) && !is_dumb();
    return output;
}

gboolean output_configure(struct output *output, const char *color, gboolean no_pager, GError **error)
{
    gboolean on;

    if (!color || strcmp(color, "auto") == 0) {
        on = automatic_color(output->terminal);
    } else if (strcmp(color, "always") == 0 || strcmp(color, "never") == 0) {
        on = strcmp(color, "always") == 0;
    } else {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                    "expected auto, always or never for --color, saw %s", color);
        return FALSE;
    }
    output->color = on;
    output->undecided = on && (!color || strcmp(color, "auto") == 0);
    output->bare = color && strcmp(color, "never") == 0;
    output->paging = !no_pager;
    return TRUE;
}

static void note_failure(struct output *output)
{
    if (!output->failure)
        output->failure = errno ? errno : EIO;
}

static void clear_progress(struct output *output)
{
    if (output->progress.shown)
        fputs("\r\x1b[K", stderr);
    output->progress.shown = FALSE;
}

static const struct preference *preference_of(struct output *output)
{
    if (!output->preference)
        output->preference = preference_read();
    return output->preference;
}

void output_page(struct output *output)
{
    g_autoptr(GError) error = NULL;

    if (output->pager || !output->paging || !output->terminal)
        return;
    clear_progress(output);
    output_flush(output);
    output->pager = pager_open(pager_is_chosen() ? NULL : preference_of(output)->pager, &error);
    if (output->pager) {
        output->stream = pager_stream(output->pager);
        output->progress.allowed = FALSE;
    } else if (error) {
        output_warning(output, "%s", error->message);
    }
}

gboolean output_may_page(const struct output *output)
{
    return output->paging;
}

void output_write_bytes(struct output *output, const char *bytes, gsize length)
{
    if (output->failure)
        return;
    if (output->terminal)
        clear_progress(output);
    errno = 0;
    if (fwrite(bytes, 1, length, output->stream) != length)
        note_failure(output);
}

void output_write(struct output *output, const char *text)
{
    output_write_bytes(output, text, strlen(text));
}

guint output_width(const struct output *output)
{
    return output->width;
}

gboolean output_color(struct output *output)
{
    if (output->undecided)
        output->color = !preference_is_off(preference_of(output)->color);
    output->undecided = FALSE;
    return output->color;
}

const char *output_sgr(struct output *output, enum table_style style)
{
    return output && output_color(output) ? table_sgr(style) : "";
}

gboolean output_links(struct output *output)
{
    int forced = output->links < 0 ? output_links_forced() : 0;

    if (output->links < 0 && (forced || output->bare))
        output->links = forced > 0 && !output->bare;
    else if (output->links < 0)
        output->links =
            output->terminal && output_links_known() && (!output->pager || pager_passes_links(output->pager));
    return output->links > 0;
}

char *output_file_link(struct output *output, const char *path)
{
    return output_links(output) ? g_filename_to_uri(path, g_get_host_name(), NULL) : NULL;
}

gboolean output_is_utf8(void)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    gboolean utf8 = locale && strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0;
    if (locale)
        freelocale(locale);
    return utf8;
}

/* In one write: unbuffered as standard error is, other programs' lines would come between the parts. */
static void say(const char *prefix, const char *format, va_list arguments) G_GNUC_PRINTF(2, 0);

static void say(const char *prefix, const char *format, va_list arguments)
{
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    g_autofree char *shown = plain_escape(message, -1);
    g_autofree char *line = g_strconcat(prefix, shown, "\n", NULL);

    fwrite(line, 1, strlen(line), stderr);
}

void output_warning(struct output *output, const char *format, ...)
{
    va_list arguments;

    output_flush(output);
    clear_progress(output);
    va_start(arguments, format);
    say("refine: warning: ", format, arguments);
    va_end(arguments);
}

void output_hint(struct output *output, const char *format, ...)
{
    va_list arguments;

    output_flush(output);
    clear_progress(output);
    va_start(arguments, format);
    say("hint: ", format, arguments);
    va_end(arguments);
}

void output_error(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say("refine: ", format, arguments);
    va_end(arguments);
}

static void draw_progress(struct output *output, const char *what, guint64 done, guint64 total)
{
    pid_t foreground = tcgetpgrp(STDERR_FILENO);
    if (foreground > 0 && foreground != getpgrp())
        return;

    g_autoptr(GString) text = g_string_new(what);
    g_string_append_printf(text, " %" G_GUINT64_FORMAT, done);
    if (total)
        g_string_append_printf(text, "/%" G_GUINT64_FORMAT " (%d%%)", total,
                               (int)(100.0 * (double)done / (double)total));
    g_autofree char *shown = plain_escape(text->str, -1);
    g_autofree char *cut = plain_truncate(shown, terminal_width(STDERR_FILENO) - 1);
    g_autofree char *line = g_strconcat("\r", cut, "\x1b[K", NULL);
    fwrite(line, 1, strlen(line), stderr);
    output->progress.shown = TRUE;
}

void output_progress(struct output *output, const char *what, guint64 done, guint64 total)
{
    struct progress *progress = &output->progress;

    if (!progress->allowed)
        return;
    if (!what || (total && done >= total)) {
        clear_progress(output);
        progress->begun = 0;
        return;
    }
    gint64 now = g_get_monotonic_time();
    if (!progress->begun)
        progress->begun = now;
    if (now - progress->begun < PROGRESS_DELAY || now - progress->drawn < PROGRESS_INTERVAL)
        return;
    progress->drawn = now;
    draw_progress(output, what, done, total);
}

void output_flush(struct output *output)
{
    errno = 0;
    if (!output->failure && fflush(output->stream) != 0)
        note_failure(output);
}

gboolean output_is_broken(const struct output *output)
{
    return output->failure == EPIPE;
}

/* Some file systems (NFS, quotas) report a failed write only when a descriptor is closed; a copy will do. */
static void check_by_closing(struct output *output)
{
    int copy = dup(STDOUT_FILENO);
    if (copy >= 0 && close(copy) != 0 && errno != EINTR)
        note_failure(output);
}

void output_promise(struct output *output, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_free(output->promise);
    output->promise = g_strdup_vprintf(format, arguments);
    va_end(arguments);
}

gboolean output_close(struct output *output, GError **error)
{
    gboolean shown = TRUE;

    clear_progress(output);
    output_flush(output);
    if (output->pager)
        shown = pager_close(output->pager, error);
    else
        check_by_closing(output);
    if (shown && output->failure && !output_is_broken(output)) {
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(output->failure),
                    "cannot write the output: %s%s%s", g_strerror(output->failure),
                    output->promise ? "; " : "", output->promise ? output->promise : "");
        shown = FALSE;
    }
    preference_free(output->preference);
    g_free(output->promise);
    g_free(output);
    return shown;
}
