#include "output.h"

#include "plain.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include <cmocka.h>

/* A process with a terminal of so many columns as its own; standard output and error are that terminal or
 * pipes. */
enum place { PIPES, TERMINAL, TERMINAL_FOR_ERRORS };

struct ended {
    char *terminal; /* what each of them got */
    char *out;
    char *err;
    int status; /* of waitpid */
};

static void become(enum place place, int slave, int out, int err, const char *const *environment)
{
    static const char *const names[] = { "NO_COLOR",
                                         "COLUMNS",
                                         "REFINE_PAGER",
                                         "GIT_PAGER",
                                         "PAGER",
                                         "LESS",
                                         "LV",
                                         "TMUX",
                                         "STY",
                                         "TERM_PROGRAM",
                                         "VTE_VERSION",
                                         "WT_SESSION",
                                         "KITTY_WINDOW_ID",
                                         "KONSOLE_VERSION",
                                         "FORCE_HYPERLINK" };

    login_tty(slave);
    if (place != TERMINAL)
        dup2(out, STDOUT_FILENO);
    if (place == PIPES)
        dup2(err, STDERR_FILENO);
    for (int i = 3; i < 64; i++)
        close(i);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        g_unsetenv(names[i]);
    g_setenv("TERM", "xterm", TRUE);
    /* No settings of git but those that a test gives. */
    g_setenv("GIT_CONFIG_GLOBAL", "/dev/null", TRUE);
    g_setenv("GIT_CONFIG_NOSYSTEM", "1", TRUE);
    if (chdir("/") != 0)
        exit(99);
    for (gsize i = 0; environment && environment[i]; i += 2)
        g_setenv(environment[i], environment[i + 1], TRUE);
}

static void read_all(const int *from, GString *const *to, gsize count)
{
    struct pollfd polls[3];
    char buffer[4096];
    gsize open = count;

    for (gsize i = 0; i < count; i++)
        polls[i] = (struct pollfd){ from[i], POLLIN, 0 };
    while (open && poll(polls, count, 20000) > 0) {
        for (gsize i = 0; i < count; i++) {
            gssize got = polls[i].revents ? read(polls[i].fd, buffer, sizeof buffer) : -2;
            if (got > 0)
                g_string_append_len(to[i], buffer, got);
            if (got == 0 || got == -1) { /* a terminal whose other side is closed gives EIO */
                polls[i].fd = -1;
                open--;
            }
        }
    }
}

static struct ended run(enum place place, guint columns, const char *const *environment, int (*body)(void))
{
    struct winsize size = { .ws_row = 24, .ws_col = (unsigned short)columns };
    struct termios raw = { 0 };
    int master, slave, out[2], err[2], status;

    cfmakeraw(&raw);
    if (openpty(&master, &slave, NULL, &raw, &size) != 0)
        skip(); /* a container without /dev/pts */
    assert_int_equal(pipe(out) + pipe(err), 0);
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        become(place, slave, out[1], err[1], environment);
        exit(body());
    }
    close(slave);
    close(out[1]);
    close(err[1]);
    const int from[] = { master, out[0], err[0] };
    GString *const to[] = { g_string_new(NULL), g_string_new(NULL), g_string_new(NULL) };
    read_all(from, to, 3);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    for (gsize i = 0; i < G_N_ELEMENTS(from); i++)
        close(from[i]); /* not before: a terminal that goes away hangs up its processes */
    return (struct ended){ g_string_free(to[0], FALSE), g_string_free(to[1], FALSE),
                           g_string_free(to[2], FALSE), status };
}

static void clear(struct ended *ended)
{
    g_free(ended->terminal);
    g_free(ended->out);
    g_free(ended->err);
}

static void check(enum place place, guint columns, const char *const *environment, int (*body)(void),
                  const char *terminal, const char *out, const char *err)
{
    struct ended ended = run(place, columns, environment, body);
    assert_string_equal(ended.terminal, terminal);
    assert_string_equal(ended.out, out);
    assert_string_equal(ended.err, err);
    assert_int_equal(ended.status, 0);
    clear(&ended);
}

/* Ends like main: 0, or 2 with the error on a line. */
static int end(struct output *output)
{
    g_autoptr(GError) error = NULL;
    if (output_close(output, &error))
        return 0;
    output_error("%s", error->message);
    return 2;
}

static int print_id(void)
{
    struct output *output = output_open();
    if (!output_configure(output, g_getenv("TEST_COLOR"), FALSE, NULL))
        return 3;
    g_autofree char *text = g_strdup_printf("%sk7q2m%s %u\n", output_sgr(output, TABLE_YELLOW),
                                            output_sgr(output, TABLE_PLAIN), output_width(output));
    output_write(output, text);
    return end(output);
}

static void colour_is_for_terminals(void **state)
{
    check(TERMINAL, 90, NULL, print_id, "\x1b[33mk7q2m\x1b[m 90\n", "", "");
    check(PIPES, 90, NULL, print_id, "", "k7q2m 0\n", "");
    check(TERMINAL_FOR_ERRORS, 90, NULL, print_id, "", "k7q2m 0\n", "");
}

static void colour_follows_the_environment(void **state)
{
    check(TERMINAL, 90, (const char *[]){ "NO_COLOR", "1", NULL }, print_id, "k7q2m 90\n", "", "");
    check(TERMINAL, 90, (const char *[]){ "NO_COLOR", "", NULL }, print_id, "\x1b[33mk7q2m\x1b[m 90\n", "",
          "");
    check(TERMINAL, 90, (const char *[]){ "TERM", "dumb", NULL }, print_id, "k7q2m 90\n", "", "");
}

static void an_option_for_colour_wins(void **state)
{
    check(PIPES, 90, (const char *[]){ "TEST_COLOR", "always", "NO_COLOR", "1", NULL }, print_id, "",
          "\x1b[33mk7q2m\x1b[m 0\n", "");
    check(TERMINAL, 90, (const char *[]){ "TEST_COLOR", "never", NULL }, print_id, "k7q2m 90\n", "", "");
    check(PIPES, 90, (const char *[]){ "TEST_COLOR", "auto", NULL }, print_id, "", "k7q2m 0\n", "");
}

static int configure_wrongly(void)
{
    g_autoptr(GError) error = NULL;
    struct output *output = output_open();
    if (output_configure(output, "sometimes", FALSE, &error))
        return 1;
    output_write(output, error->message);
    return end(output);
}

static void an_unknown_colour_is_refused(void **state)
{
    check(PIPES, 80, NULL, configure_wrongly, "", "expected auto, always or never for --color, saw sometimes",
          "");
}

static void width_is_columns_or_of_the_terminal(void **state)
{
    check(TERMINAL, 0, NULL, print_id, "\x1b[33mk7q2m\x1b[m 80\n", "", "");
    check(TERMINAL, 90, (const char *[]){ "COLUMNS", "57", NULL }, print_id, "\x1b[33mk7q2m\x1b[m 57\n", "",
          "");
    check(PIPES, 90, (const char *[]){ "COLUMNS", "57", NULL }, print_id, "", "k7q2m 57\n", "");
    check(PIPES, 90, (const char *[]){ "COLUMNS", "wide", NULL }, print_id, "", "k7q2m 0\n", "");
    check(PIPES, 90, (const char *[]){ "COLUMNS", "0", NULL }, print_id, "", "k7q2m 0\n", "");
}

static int open_after_closing(void)
{
    const char *mask = g_getenv("TEST_CLOSED");
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "refine-output-XXXXXX", NULL);

    for (int i = 0; i < 3; i++)
        if (mask[i] == '1')
            close(i);
    if (!output_guard_descriptors())
        return 1;
    int file = mkstemp(path);
    unlink(path);
    struct output *output = output_open();
    output_write(output, "k7q2m\n");
    output_warning(output, "t2h8k");
    int status = end(output);
    gboolean untouched = lseek(file, 0, SEEK_END) == 0;
    close(file);
    return file < 3 ? 2 : untouched ? status : 4;
}

static void closed_descriptors_are_never_reused(void **state)
{
    for (int closed = 0; closed < 8; closed++) {
        g_autofree char *mask = g_strdup_printf("%d%d%d", closed & 1, closed >> 1 & 1, closed >> 2 & 1);
        check(PIPES, 80, (const char *[]){ "TEST_CLOSED", mask, NULL }, open_after_closing, "",
              closed & 2 ? "" : "k7q2m\n", closed & 4 ? "" : "refine: warning: t2h8k\n");
    }
}

static int write_to_a_full_disk(void)
{
    g_autofree char *text = g_strnfill((gsize)atoi(g_getenv("TEST_BYTES")), 'x');
    int full = open("/dev/full", O_WRONLY);
    dup2(full, STDOUT_FILENO);
    close(full);
    struct output *output = output_open();
    output_write(output, text);
    output_write(output, text);
    output_flush(output);
    if (output_is_broken(output))
        return 5;
    return end(output);
}

static void a_full_disk_is_an_error(void **state)
{
    static const char *const sizes[] = { "1", "100000" };
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        struct ended ended =
            run(PIPES, 80, (const char *[]){ "TEST_BYTES", sizes[i], NULL }, write_to_a_full_disk);
        assert_string_equal(ended.err, "refine: cannot write the output: No space left on device\n");
        assert_true(WIFEXITED(ended.status));
        assert_int_equal(WEXITSTATUS(ended.status), 2);
        clear(&ended);
    }
}

static int write_to_nobody(void)
{
    int ends[2];
    if (pipe(ends) != 0)
        return 1;
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    struct output *output = output_open();
    output_write(output, "k7q2m\n");
    if (output_is_broken(output))
        return 2;
    output_flush(output);
    output_warning(output, output_is_broken(output) ? "broken" : "whole");
    output_write(output, "t2h8k\n");
    return end(output);
}

static void a_reader_that_went_away_is_a_quiet_end(void **state)
{
    check(PIPES, 80, NULL, write_to_nobody, "", "", "refine: warning: broken\n");
}

static int warn(void)
{
    struct output *output = output_open();
    output_warning(output, "%s: branch '%s'", "a\nb", "\x1b[31mx\xe2\x80\xae");
    output_hint(output, "%s ##[error]", "::error::x");
    int status = end(output);
    output_error("%s", "caf\xe9");
    return status;
}

static void messages_are_one_line_and_escaped(void **state)
{
    static const char *const lines = "refine: warning: a\\nb: branch '\\x1b[31mx\\u202e'\n"
                                     "hint: \\u003a:error::x #\\u0023[error]\nrefine: caf\\xe9\n";
    check(PIPES, 80, NULL, warn, "", "", lines);
    check(TERMINAL, 80, NULL, warn, lines, "", "");
}

static int page_items(void)
{
    struct output *output = output_open();
    if (!output_configure(output, "never", g_getenv("TEST_NO_PAGER") != NULL, NULL))
        return 3;
    output_write(output, "first\n");
    output_page(output);
    output_page(output);
    output_write(output, "k7q2m\nt2h8k\n");
    return end(output);
}

static void the_pager_gets_what_follows(void **state)
{
    check(TERMINAL, 80, (const char *[]){ "REFINE_PAGER", "sed -n l", NULL }, page_items,
          "first\nk7q2m$\nt2h8k$\n", "", "");
    check(TERMINAL, 80, (const char *[]){ "REFINE_PAGER", "tr 'k' \"K\"", NULL }, page_items,
          "first\nK7q2m\nt2h8K\n", "", "");
    check(TERMINAL, 80, (const char *[]){ "REFINE_PAGER", "tr k K | tr t T", NULL }, page_items,
          "first\nK7q2m\nT2h8K\n", "", "");
}

static void the_pager_is_the_users_choice(void **state)
{
    check(TERMINAL, 80,
          (const char *[]){ "REFINE_PAGER", "tr k R", "GIT_PAGER", "tr k G", "PAGER", "tr k P", NULL },
          page_items, "first\nR7q2m\nt2h8R\n", "", "");
    check(TERMINAL, 80, (const char *[]){ "GIT_PAGER", "tr k G", "PAGER", "tr k P", NULL }, page_items,
          "first\nG7q2m\nt2h8G\n", "", "");
    check(TERMINAL, 80, (const char *[]){ "PAGER", "tr k P", NULL }, page_items, "first\nP7q2m\nt2h8P\n", "",
          "");
    check(TERMINAL, 80, (const char *[]){ "REFINE_PAGER", "", "PAGER", "tr k P", NULL }, page_items,
          "first\nk7q2m\nt2h8k\n", "", "");
    check(TERMINAL, 80, (const char *[]){ "REFINE_PAGER", "cat", NULL }, page_items, "first\nk7q2m\nt2h8k\n",
          "", "");
}

/* What git -c hands on. */
#define SETTING(key, value) "GIT_CONFIG_COUNT", "1", "GIT_CONFIG_KEY_0", key, "GIT_CONFIG_VALUE_0", value

static void gits_setting_of_a_pager_goes_before_the_general_one(void **state)
{
    check(TERMINAL, 80, (const char *[]){ SETTING("core.pager", "tr k C"), "PAGER", "tr k P", NULL },
          page_items, "first\nC7q2m\nt2h8C\n", "", "");
    check(TERMINAL, 80, (const char *[]){ SETTING("core.pager", "tr k C"), "GIT_PAGER", "tr k G", NULL },
          page_items, "first\nG7q2m\nt2h8G\n", "", "");
    check(TERMINAL, 80, (const char *[]){ SETTING("core.pager", ""), "PAGER", "tr k P", NULL }, page_items,
          "first\nk7q2m\nt2h8k\n", "", "");
    check(PIPES, 80, (const char *[]){ SETTING("core.pager", "tr k C"), NULL }, page_items, "",
          "first\nk7q2m\nt2h8k\n", "");
}

static void gits_setting_switches_colour_off(void **state)
{
    static const char *const on = "\x1b[33mk7q2m\x1b[m 90\n", *const off = "k7q2m 90\n";
    check(TERMINAL, 90, (const char *[]){ SETTING("refine.color", "never"), NULL }, print_id, off, "", "");
    check(TERMINAL, 90, (const char *[]){ SETTING("color.ui", "false"), NULL }, print_id, off, "", "");
    check(TERMINAL, 90, (const char *[]){ SETTING("color.ui", "auto"), NULL }, print_id, on, "", "");
    check(TERMINAL, 90, (const char *[]){ SETTING("color.ui", "never"), "TEST_COLOR", "always", NULL },
          print_id, on, "", "");
    check(PIPES, 90, (const char *[]){ SETTING("color.ui", "always"), NULL }, print_id, "", "k7q2m 0\n", "");
    check(TERMINAL, 90,
          (const char *[]){ "GIT_CONFIG_COUNT", "2", "GIT_CONFIG_KEY_0", "color.ui", "GIT_CONFIG_VALUE_0",
                            "never", "GIT_CONFIG_KEY_1", "refine.color", "GIT_CONFIG_VALUE_1", "auto", NULL },
          print_id, on, "", "");
}

static int print_link(void)
{
    struct output *output = output_open();
    if (!output_configure(output, g_getenv("TEST_COLOR"), !g_getenv("TEST_PAGE"), NULL))
        return 3;
    output_page(output);
    g_autofree char *link = output_file_link(output, "/srv/a b.md");
    gboolean right = link && g_str_has_prefix(link, "file://") && g_str_has_suffix(link, "/srv/a%20b.md");
    output_write(output, right ? "linked\n" : link ? "wrong\n" : "bare\n");
    return end(output);
}

static void links_are_for_terminals_that_are_known_to_have_them(void **state)
{
    static const char *const known[][2] = { { "VTE_VERSION", "6800" },       { "TERM_PROGRAM", "iTerm.app" },
                                            { "TERM_PROGRAM", "vscode" },    { "KITTY_WINDOW_ID", "1" },
                                            { "KONSOLE_VERSION", "220401" }, { "WT_SESSION", "a-b" },
                                            { "TERM", "foot-extra" } };
    static const char *const others[][2] = { { "VTE_VERSION", "4205" },
                                             { "TERM_PROGRAM", "Apple_Terminal" },
                                             { "KONSOLE_VERSION", "200400" },
                                             { "TERM", "xterm-256color" } };
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        check(TERMINAL, 80, (const char *[]){ known[i][0], known[i][1], NULL }, print_link, "linked\n", "",
              "");
        check(PIPES, 80, (const char *[]){ known[i][0], known[i][1], NULL }, print_link, "", "bare\n", "");
    }
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        check(TERMINAL, 80, (const char *[]){ others[i][0], others[i][1], NULL }, print_link, "bare\n", "",
              "");
    check(TERMINAL, 80, (const char *[]){ "VTE_VERSION", "6800", "TMUX", "/tmp/tmux", NULL }, print_link,
          "bare\n", "", "");
    check(TERMINAL, 80, (const char *[]){ "VTE_VERSION", "6800", "TERM", "screen-256color", NULL },
          print_link, "bare\n", "", "");
}

static void links_follow_their_own_variable_and_are_no_colour(void **state)
{
    check(PIPES, 80, (const char *[]){ "FORCE_HYPERLINK", "1", NULL }, print_link, "", "linked\n", "");
    check(TERMINAL, 80, (const char *[]){ "FORCE_HYPERLINK", "0", "VTE_VERSION", "6800", NULL }, print_link,
          "bare\n", "", "");
    check(TERMINAL, 80,
          (const char *[]){ "FORCE_HYPERLINK", "", "VTE_VERSION", "6800", "NO_COLOR", "1", NULL }, print_link,
          "linked\n", "", "");
    check(TERMINAL, 80, (const char *[]){ "FORCE_HYPERLINK", "1", "TEST_COLOR", "never", NULL }, print_link,
          "bare\n", "", "");
}

/* A less of a version, which shows what it gets. */
static void check_less(const char *version, const char *command, const char *options, const char *expected)
{
    g_autofree char *folder = g_dir_make_tmp("refine-less-XXXXXX", NULL),
                    *less = g_build_filename(folder, "less", NULL);
    g_autofree char *path = g_strconcat(folder, ":", g_getenv("PATH"), NULL);
    g_autofree char *script =
        g_strdup_printf("#!/bin/sh\n[ \"$1\" = --version ] && echo \"%s\" && exit\ncat\n", version);

    assert_true(g_file_set_contents_full(less, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
    check(TERMINAL, 80,
          (const char *[]){ "PATH", path, "VTE_VERSION", "6800", "TEST_PAGE", "1", "REFINE_PAGER", command,
                            "LESS", options, NULL },
          print_link, expected, "", "");
    unlink(less);
    rmdir(folder);
}

static void links_go_through_a_pager_that_passes_them(void **state)
{
    check_less("less 590 (GNU regular expressions)", "less", "FRX", "linked\n");
    check_less("less 581.2 (POSIX regular expressions)", "less -R", "FRX", "linked\n");
    check_less("less 551 (GNU regular expressions)", "less", "FRX", "bare\n");
    check_less("BusyBox v1.35", "less", "FRX", "bare\n");
    check(TERMINAL, 80,
          (const char *[]){ "VTE_VERSION", "6800", "TEST_PAGE", "1", "REFINE_PAGER", "sed s/x/y/", NULL },
          print_link, "bare\n", "", "");
    check_less("less 590 (GNU regular expressions)", "less -F", "-FX", "bare\n");
}

static void no_pager_without_terminal_or_with_the_option(void **state)
{
    check(PIPES, 80, (const char *[]){ "REFINE_PAGER", "tr k R", NULL }, page_items, "",
          "first\nk7q2m\nt2h8k\n", "");
    check(TERMINAL_FOR_ERRORS, 80, (const char *[]){ "REFINE_PAGER", "tr k R", NULL }, page_items, "",
          "first\nk7q2m\nt2h8k\n", "");
    check(TERMINAL, 80, (const char *[]){ "REFINE_PAGER", "tr k R", "TEST_NO_PAGER", "1", NULL }, page_items,
          "first\nk7q2m\nt2h8k\n", "", "");
}

static void less_is_the_default_and_may_be_missing(void **state)
{
    struct ended ended = run(TERMINAL, 80, NULL, page_items);
    assert_int_equal(ended.status, 0);
    assert_non_null(strstr(ended.terminal, "first\n"));
    assert_non_null(strstr(ended.terminal, "k7q2m"));
    clear(&ended);
    check(TERMINAL, 80, (const char *[]){ "PATH", "/nowhere", NULL }, page_items, "first\nk7q2m\nt2h8k\n", "",
          "");
}

static void a_pager_that_does_not_start_is_a_warning(void **state)
{
    static const char *const commands[] = { "no-such-pager-here -R", "'unfinished" };
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++) {
        struct ended ended =
            run(TERMINAL, 80, (const char *[]){ "REFINE_PAGER", commands[i], NULL }, page_items);
        g_autofree char *begin =
            g_strdup_printf("first\nrefine: warning: the pager '%s' does not start: ", commands[i]);
        assert_true(g_str_has_prefix(ended.terminal, begin));
        assert_true(g_str_has_suffix(ended.terminal, "\nk7q2m\nt2h8k\n"));
        assert_int_equal(ended.status, 0);
        clear(&ended);
    }
}

static void a_pager_that_the_shell_does_not_find_is_an_error(void **state)
{
    struct ended ended =
        run(TERMINAL, 80, (const char *[]){ "REFINE_PAGER", "no-such-pager-here $X", NULL }, page_items);
    assert_non_null(strstr(ended.terminal,
                           "refine: the shell could not run the pager 'no-such-pager-here $X' (status 127)"));
    assert_int_equal(WEXITSTATUS(ended.status), 2);
    clear(&ended);
}

static void the_pager_has_a_fit_environment(void **state)
{
    const char *show = "echo \"$LESS $LV ${LESSOPEN-none} ${LESSCLOSE-none}\"; cat >/dev/null";
    check(TERMINAL, 80, (const char *[]){ "PAGER", show, "LESSOPEN", "|touch pwned", "LESSCLOSE", "x", NULL },
          page_items, "first\nFRX -c none none\n", "", "");
    check(TERMINAL, 80, (const char *[]){ "PAGER", show, "LESS", "-S", "LV", "", NULL }, page_items,
          "first\n-S  none none\n", "", "");
}

static void the_pager_does_not_inherit_our_signals(void **state)
{
    /* SIGINT is bit 1 and SIGPIPE bit 12 of the mask; what whoever runs the test ignores is left out. */
    const char *show =
        "while read -r key mask rest; do [ $key != SigIgn: ] || echo $((0x$mask & 0x1002)); done "
        "</proc/self/status; cat >/dev/null";
    check(TERMINAL, 80, (const char *[]){ "PAGER", show, NULL }, page_items, "first\n0\n", "", "");
}

static int print_much_to_the_pager(void)
{
    struct output *output = output_open();
    output_page(output);
    for (int i = 0; i < 100000; i++)
        output_write(output, "k7q2m Filter search results\n");
    output_flush(output);
    gboolean broken = output_is_broken(output);
    int status = end(output);
    output_error(broken ? "broken" : "whole");
    return status;
}

static void a_pager_that_is_quit_is_a_quiet_end(void **state)
{
    check(TERMINAL, 80, (const char *[]){ "PAGER", "head -n 1", NULL }, print_much_to_the_pager,
          "k7q2m Filter search results\nrefine: broken\n", "", "");
}

static int interrupt_while_paging(void)
{
    struct sigaction after;
    struct output *output = output_open();
    output_page(output);
    raise(SIGINT);
    output_write(output, "k7q2m\n");
    int status = end(output);
    sigaction(SIGINT, NULL, &after);
    return after.sa_handler == SIG_DFL ? status : 4;
}

static void an_interrupt_is_the_pagers(void **state)
{
    check(TERMINAL, 80, (const char *[]){ "PAGER", "tr k K", NULL }, interrupt_while_paging, "K7q2m\n", "",
          "");
}

static int import_for_a_while(void)
{
    gint64 until = g_get_monotonic_time() + atoi(g_getenv("TEST_MS")) * 1000;
    const char *finish = g_getenv("TEST_FINISH");
    struct output *output = output_open();

    output_page(output);
    for (guint64 done = 1; g_get_monotonic_time() < until; done++) {
        output_progress(output, "importing BACK\x1b-37", done, 10000);
        g_usleep(1000);
    }
    if (strcmp(finish, "task") == 0)
        output_progress(output, "importing BACK\x1b-37", 10000, 10000);
    if (strcmp(finish, "write") == 0)
        output_write(output, "done\n");
    if (strcmp(finish, "warn") == 0)
        output_warning(output, "done");
    return end(output);
}

static void check_progress(const char *shown, guint columns, const char *after)
{
    g_auto(GStrv) parts = g_strsplit(shown, "\r", -1);
    guint count = g_strv_length(parts);
    assert_in_range(count, 3, 8);
    assert_string_equal(parts[0], "");
    for (guint i = 1; i + 1 < count; i++) {
        assert_true(g_str_has_prefix(parts[i], "importing BACK\\x1b-"));
        assert_true(g_str_has_suffix(parts[i], "\x1b[K"));
        parts[i][strlen(parts[i]) - 3] = '\0';
        assert_true(plain_width(parts[i]) < columns);
    }
    g_autofree char *last = g_strconcat("\x1b[K", after, NULL);
    assert_string_equal(parts[count - 1], last);
}

static void progress_is_drawn_at_times_and_cleared(void **state)
{
    static const char *const finishes[][2] = {
        { "task", "" }, { "write", "done\n" }, { "warn", "refine: warning: done\n" }, { "close", "" }
    };
    for (gsize i = 0; i < G_N_ELEMENTS(finishes); i++) {
        struct ended ended =
            run(TERMINAL, 60,
                (const char *[]){ "TEST_MS", "1000", "TEST_FINISH", finishes[i][0], "PAGER", "", NULL },
                import_for_a_while);
        assert_int_equal(ended.status, 0);
        check_progress(ended.terminal, 60, finishes[i][1]);
        clear(&ended);
    }
}

static void progress_fits_the_line(void **state)
{
    struct ended ended =
        run(TERMINAL_FOR_ERRORS, 22, (const char *[]){ "TEST_MS", "1000", "TEST_FINISH", "task", NULL },
            import_for_a_while);
    check_progress(ended.terminal, 22, "");
    assert_non_null(strstr(ended.terminal, "…"));
    clear(&ended);
}

static void progress_of_short_tasks_is_not_drawn(void **state)
{
    check(TERMINAL, 80, (const char *[]){ "TEST_MS", "300", "TEST_FINISH", "write", "PAGER", "", NULL },
          import_for_a_while, "done\n", "", "");
}

static void progress_is_only_for_terminals_without_pager(void **state)
{
    check(PIPES, 80, (const char *[]){ "TEST_MS", "700", "TEST_FINISH", "write", NULL }, import_for_a_while,
          "", "done\n", "");
    check(TERMINAL, 80, (const char *[]){ "TEST_MS", "700", "TEST_FINISH", "write", "PAGER", "tr d D", NULL },
          import_for_a_while, "Done\n", "", "");
    check(TERMINAL, 80,
          (const char *[]){ "TEST_MS", "700", "TEST_FINISH", "write", "TERM", "dumb", "PAGER", "", NULL },
          import_for_a_while, "done\n", "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colour_is_for_terminals),
        cmocka_unit_test(colour_follows_the_environment),
        cmocka_unit_test(an_option_for_colour_wins),
        cmocka_unit_test(an_unknown_colour_is_refused),
        cmocka_unit_test(width_is_columns_or_of_the_terminal),
        cmocka_unit_test(closed_descriptors_are_never_reused),
        cmocka_unit_test(a_full_disk_is_an_error),
        cmocka_unit_test(a_reader_that_went_away_is_a_quiet_end),
        cmocka_unit_test(messages_are_one_line_and_escaped),
        cmocka_unit_test(the_pager_gets_what_follows),
        cmocka_unit_test(the_pager_is_the_users_choice),
        cmocka_unit_test(gits_setting_of_a_pager_goes_before_the_general_one),
        cmocka_unit_test(gits_setting_switches_colour_off),
        cmocka_unit_test(links_are_for_terminals_that_are_known_to_have_them),
        cmocka_unit_test(links_follow_their_own_variable_and_are_no_colour),
        cmocka_unit_test(links_go_through_a_pager_that_passes_them),
        cmocka_unit_test(no_pager_without_terminal_or_with_the_option),
        cmocka_unit_test(less_is_the_default_and_may_be_missing),
        cmocka_unit_test(a_pager_that_does_not_start_is_a_warning),
        cmocka_unit_test(a_pager_that_the_shell_does_not_find_is_an_error),
        cmocka_unit_test(the_pager_has_a_fit_environment),
        cmocka_unit_test(the_pager_does_not_inherit_our_signals),
        cmocka_unit_test(a_pager_that_is_quit_is_a_quiet_end),
        cmocka_unit_test(an_interrupt_is_the_pagers),
        cmocka_unit_test(progress_is_drawn_at_times_and_cleared),
        cmocka_unit_test(progress_fits_the_line),
        cmocka_unit_test(progress_of_short_tasks_is_not_drawn),
        cmocka_unit_test(progress_is_only_for_terminals_without_pager),
    };
    /* A shell ignores them for what it runs in the background. */
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
