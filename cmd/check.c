#include "check_report.h"
#include "record.h"

#include "rules.h"

#include <stddef.h>
#include <string.h>

struct check_options {
    char *format;
    char *output;
    char *fail_on;
    gboolean all;
    gboolean fix;
};

static const struct option table[] = {
    { "format", 0, OPTION_TEXT, offsetof(struct check_options, format), "FORMAT",
      "text, json, sarif, github, gitlab, junit, rdjsonl or tap" },
    { "output", 0, OPTION_TEXT, offsetof(struct check_options, output), "FILE",
      "write the report there, and the text here" },
    { "fail-on", 0, OPTION_TEXT, offsetof(struct check_options, fail_on), "LEVEL",
      "error (the default), warning or note: status 1 from there" },
    { "all", 0, OPTION_FLAG, offsetof(struct check_options, all), NULL,
      "hold every open item to the rules of ready ones" },
    { "fix", 0, OPTION_FLAG, offsetof(struct check_options, fix), NULL,
      "mend what can be mended without a guess, as one decision, and check again" },
    { 0 },
};

static gboolean parse_level(const char *text, enum severity *severity)
{
    for (*severity = SEVERITY_NOTE; *severity <= SEVERITY_ERROR; ++*severity)
        if (strcmp(text, severity_name(*severity)) == 0)
            return TRUE;
    return FALSE;
}

/* The paths of the items named; NULL with an error where one is not there. */
static GPtrArray *paths_of(struct backlog *backlog, char **words, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    for (gsize i = 0; words[i]; i++) {
        const struct entry *entry = backlog_find(backlog, words[i], error);
        if (!entry)
            return NULL;
        if (!g_ptr_array_find_with_equal_func(paths, entry->path, g_str_equal, NULL))
            g_ptr_array_add(paths, (gpointer)entry->path);
    }
    g_ptr_array_add(paths, NULL);
    return g_steal_pointer(&paths);
}

/* Whether a service runs this: nobody comes back to an index that it would write. */
static gboolean is_ci(void)
{
    const char *ci = g_getenv("CI");
    return ci && *ci && strcmp(ci, "false") != 0;
}

static struct backlog *open_backlog(struct context *context, GError **error)
{
    struct backlog *backlog = backlog_open(context->policy, NULL, error);
    if (backlog && is_ci())
        backlog_keep_index(backlog);
    return backlog;
}

/* The items asked about. */
struct selection {
    const char *const *paths; /* NULL-terminated; NULL: all */
    guint n;
};

/* Refuses options that only --fix has a use for. */
static gboolean check_record(const struct record_options *record, GError **error)
{
    const char *given = record_given(record);
    if (given)
        usage_error(error, "%s goes with --fix: a check alone records nothing", given);
    return !given;
}

/* Checks the backlog, or of it the items at paths (n of them; NULL: all), and prints what it finds. */
static int report_on(struct context *context, const struct check_options *given, struct backlog *backlog,
                     const struct selection *selection, const struct fix *fix, GError **error)
{
    g_autoptr(GPtrArray) explanations = NULL;
    enum severity level = SEVERITY_ERROR;
    struct check_target target;

    const struct rules_options wanted = { given->all, selection->paths };
    g_autoptr(GPtrArray) findings = rules_check(backlog, &wanted);
    if (fix && !(explanations = mend_explain(backlog, findings, error)))
        return -1;
    if (given->fail_on)
        parse_level(given->fail_on, &level);
    const struct check_report report = {
        .backlog = backlog,
        .findings = findings,
        .explanations = explanations,
        .fix = fix,
        .only = selection->paths,
        .advice = selection->paths != NULL,
        .fail_on = level,
    };
    if (!check_target_init(&target, context, given->format, given->output, error) ||
        !check_report_print(context, &target, &report, error))
        return -1;
    return check_report_fails(&report);
}

/* The same after mending: what is checked is what the files hold then. */
static int fix_and_report(struct context *context, const struct check_options *given, struct backlog *backlog,
                          const struct selection *selection, GError **error)
{
    struct fix fix;

    if (!fix_backlog(context, backlog, selection->paths, &fix, error))
        return -1;
    g_autoptr(GPtrArray) now = selection->paths ? fix_paths(&fix, selection->paths) : NULL;
    g_autoptr(Backlog) after = open_backlog(context, error);
    const struct selection moved = { now ? (const char *const *)now->pdata : NULL, selection->n };
    int status = after ? report_on(context, given, after, &moved, &fix, error) : -1;
    fix_clear(context, &fix);
    return status;
}

static gboolean check_options(const struct context *context, const struct check_options *given,
                              GError **error)
{
    struct check_target target;
    enum severity level;

    if (!check_target_init(&target, context, given->format, given->output, error))
        return FALSE;
    if (given->fail_on && !parse_level(given->fail_on, &level))
        usage_error(error, "--fail-on: expected error, warning or note, saw %s", given->fail_on);
    else
        return given->fix || check_record(context->record, error);
    return FALSE;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct check_options *given = options;

    if (!check_options(context, given, error))
        return -1;
    /* Hooks and signing programs, which a decision may call, want the terminal for themselves. */
    if (!given->fix)
        output_page(context->output);
    g_autoptr(Backlog) backlog = open_backlog(context, error);
    g_autoptr(GPtrArray) only = backlog ? paths_of(backlog, arguments, error) : NULL;
    if (!only)
        return -1;
    const struct selection selection = { arguments[0] ? (const char *const *)only->pdata : NULL,
                                         only->len - 1 };
    return given->fix ? fix_and_report(context, given, backlog, &selection, error)
                      : report_on(context, given, backlog, &selection, NULL, error);
}

const struct command command_check = {
    .name = "check",
    .arguments = "[ID…]",
    .summary = "Check items against the rules.",
    .needs = NEEDS_POLICY | RECORDS | SETTLES,
    .options_size = sizeof(struct check_options),
    .options = table,
    .most = G_MAXUINT,
    .run = run,
};
