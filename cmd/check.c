#include "check_report.h"
#include "check_scope.h"
#include "record.h"

#include "health.h"
#include "rules.h"

#include <stddef.h>
#include <string.h>

struct check_options {
    char *format;
    char *output;
    char *fail_on;
    char *since;
    char *policy;
    gboolean all, as_ready;
    gboolean advice;
    gboolean fix;
    gboolean health;
    gboolean by_person;
};

static const struct option table[] = {
    { "format", 0, OPTION_TEXT, offsetof(struct check_options, format), "FORMAT",
      "text, json, sarif, github, gitlab, junit, rdjsonl or tap" },
    { "output", 0, OPTION_TEXT, offsetof(struct check_options, output), "FILE",
      "write the report there, and the text here" },
    { "fail-on", 0, OPTION_TEXT, offsetof(struct check_options, fail_on), "LEVEL",
      "error (the default), warning or note: status 1 from there" },
    { "since", 0, OPTION_TEXT, offsetof(struct check_options, since), "REV",
      "only what is new since this branch left REV, by the policy of that time" },
    { "policy", 0, OPTION_TEXT, offsetof(struct check_options, policy), "REV",
      "by the policy of REV; \"" GATE_OWN "\" is that of the work tree" },
    { "all", 0, OPTION_FLAG, offsetof(struct check_options, all), NULL,
      "hold every open item to the rules of ready ones" },
    { "as-ready", 0, OPTION_FLAG, offsetof(struct check_options, as_ready), NULL,
      "hold the items named, or every open one, as if they were ready" },
    { "advice", 0, OPTION_FLAG, offsetof(struct check_options, advice), NULL,
      "list what is only advice, on items that do not claim to be ready" },
    { "fix", 0, OPTION_FLAG, offsetof(struct check_options, fix), NULL,
      "mend what can be mended without a guess, as one decision, and check again" },
    { "health", 0, OPTION_FLAG, offsetof(struct check_options, health), NULL,
      "the backlog as a whole in place of each item: how the team refines" },
    { "by-person", 0, OPTION_FLAG, offsetof(struct check_options, by_person), NULL,
      "with --health: names, and not roles alone" },
    { 0 },
};

static gboolean parse_level(const char *text, enum severity *severity)
{
    for (*severity = SEVERITY_NOTE; *severity <= SEVERITY_ERROR; ++*severity)
        if (strcmp(text, severity_name(*severity)) == 0)
            return TRUE;
    return FALSE;
}

/* Whether a service runs this: nobody comes back to an index that it would write. */
static gboolean is_ci(void)
{
    const char *ci = g_getenv("CI");
    return ci && *ci && strcmp(ci, "false") != 0;
}

/* Refuses options that only --fix has a use for. */
static gboolean check_record(const struct record_options *record, GError **error)
{
    const char *given = record_given(record);
    if (given)
        usage_error(error, "%s goes with --fix: a check alone records nothing", given);
    return !given;
}

/* Checks what is asked about, and prints what it finds. */
static int report_on(struct context *context, const struct check_options *given, struct check_scope *scope,
                     const struct fix *fix, GError **error)
{
    g_autoptr(GPtrArray) explanations = NULL;
    enum severity level = SEVERITY_ERROR;
    struct check_target target;

    if (!check_target_init(&target, context, given->format, given->output, error))
        return -1;
    const struct health_wish wish = { given->by_person };
    const struct check_wishes wishes = {
        .all = given->all,
        .as_ready = given->as_ready,
        .advice = given->advice || given->all || given->as_ready || scope->only || scope->since || fix ||
                  target.format != REPORT_TEXT || target.actions,
    };
    g_autoptr(GPtrArray) findings =
        given->health ? health_check(scope->backlog, &wish, error) : check_scope_run(scope, &wishes);
    if (!findings || (fix && !(explanations = mend_explain(scope->backlog, findings, error))))
        return -1;
    if (given->fail_on)
        parse_level(given->fail_on, &level);
    const struct check_report report = {
        .scope = scope,
        .findings = findings,
        .explanations = explanations,
        .fix = fix,
        .advice = scope->only || given->advice || given->all || given->as_ready,
        .health = given->health,
        .fail_on = level,
    };
    if (!check_report_print(context, &target, &report, error))
        return -1;
    return check_report_fails(&report);
}

/* The same after mending: what is checked is what the files hold then. */
static int fix_and_report(struct context *context, const struct check_options *given,
                          const struct check_scope *scope, GError **error)
{
    struct check_scope after;
    struct fix fix;

    if (!fix_backlog(context, scope->backlog, scope->only, &fix, error))
        return -1;
    g_autoptr(GPtrArray) now = scope->only ? fix_paths(&fix, scope->only) : NULL;
    gboolean open = check_scope_open(&after, context, NULL, NULL, !is_ci(), error);
    if (now)
        after.only = (const char *const *)now->pdata;
    int status = open ? report_on(context, given, &after, &fix, error) : -1;
    check_scope_clear(&after);
    fix_clear(context, &fix);
    return status;
}

/* Refuses options that do not go together. */
static gboolean check_together(const struct context *context, const struct check_options *given,
                               GError **error)
{
    if (!given->fix)
        return check_record(context->record, error);
    if (!given->since && !given->policy)
        return TRUE;
    usage_error(error, "--fix mends the work tree by its own policy, and does not go with --%s",
                given->since ? "since" : "policy");
    return FALSE;
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
    else if (given->since && !*given->since)
        usage_error(error, "--since: expected a revision such as origin/main, saw none");
    else if (given->policy && !*given->policy)
        usage_error(error, "--policy: expected a revision, or \"" GATE_OWN "\", saw none");
    else
        return check_together(context, given, error);
    return FALSE;
}

/* Refuses what has no meaning for the backlog as a whole. */
static gboolean check_health(const struct check_options *given, char **arguments, GError **error)
{
    const char *other = arguments[0]                    ? "items"
                        : given->fix                    ? "--fix"
                        : given->since                  ? "--since"
                        : given->all || given->as_ready ? "--all or --as-ready"
                        : given->advice                 ? "--advice"
                                                        : NULL;

    if (given->by_person && !given->health)
        usage_error(error, "--by-person goes with --health");
    else if (given->health && other)
        usage_error(error, "--health is about the backlog as a whole, and takes no %s", other);
    else
        return TRUE;
    return FALSE;
}

/* A rule that is misspelt in the policy of the work tree is not switched off, which nobody would notice. */
static void warn_of_policy(const struct context *context)
{
    g_autofree char *path = policy_display(context->policy, POLICY_FILE);

    for (guint i = 0; i < context->policy->findings->len; i++) {
        const struct finding *finding = context->policy->findings->pdata[i];
        output_warning(context->output, "%s:%u:%u: %s%s%s", path, finding->at.line, finding->at.column,
                       finding->message, finding->help ? "; " : "", finding->help ? finding->help : "");
    }
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct check_options *given = options;

    if (!check_options(context, given, error) || !check_health(given, arguments, error))
        return -1;
    /* Hooks and signing programs, which a decision may call, want the terminal for themselves. */
    if (!given->fix)
        output_page(context->output);
    warn_of_policy(context);
    struct check_scope scope;
    int status = -1;
    if (check_scope_open(&scope, context, given->since, given->policy, given->fix && !is_ci(), error) &&
        check_scope_choose(&scope, arguments, error))
        status = given->fix ? fix_and_report(context, given, &scope, error)
                            : report_on(context, given, &scope, NULL, error);
    check_scope_clear(&scope);
    return status;
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
