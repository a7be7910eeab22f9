#include "check_report.h"

#include "check_format.h"
#include "check_tally.h"
#include "check_write.h"
#include "plain.h"
#include "present.h"
#include "present_finding.h"
#include "rulebook.h"

#include <string.h>

/* GitHub drops the summary of a step that is larger. */
#define SUMMARY ((gsize)1024 * 1024)

gboolean check_target_init(struct check_target *target, const struct context *context, const char *format,
                           const char *output, GError **error)
{
    const char *word = format ? format : context->json ? "json" : NULL;
    gboolean actions = g_strcmp0(g_getenv("GITHUB_ACTIONS"), "true") == 0;

    *target = (struct check_target){ .output = output && strcmp(output, "-") != 0 ? output : NULL };
    target->format = actions && !target->output ? REPORT_GITHUB : REPORT_TEXT;
    target->actions = actions && (!word || target->output);
    if (word && !report_format_parse(word, &target->format))
        usage_error(error,
                    "--format: expected text, json, sarif, github, gitlab, junit, rdjsonl or tap, saw %s",
                    word);
    else if (format && context->json && target->format != REPORT_JSON)
        usage_error(error, "choose one of --json and --format %s", format);
    else if (output && !*output)
        usage_error(error, "--output: expected the name of a file, saw none");
    else
        return TRUE;
    return FALSE;
}

/* -- what is shown -- */

/* The findings that are listed, and what is said of the others. */
struct shown {
    const struct check_report *report;
    GPtrArray *findings;         /* borrowed from the report */
    GPtrArray *explanations;     /* the same, one a finding; NULL: none */
    struct report_counts counts; /* of all findings */
    guint advice;                /* notes of advice that are not listed */
    guint advice_items;          /* and on how many items */
    guint items;                 /* that were checked */
    guint ready;                 /* of them, which say that they are ready and hold it */
    guint not_ready;             /* the same, which do not */
    guint raw;                   /* the same, open ones which do not say so */
};

static void select_findings(struct shown *shown)
{
    const struct check_report *report = shown->report;
    const char *last = NULL;

    for (guint i = 0; i < report->findings->len; i++) {
        struct finding *finding = report->findings->pdata[i];
        if (finding->advice && !finding->waived && !report->advice) {
            shown->advice++;
            shown->advice_items += !last || strcmp(last, finding->path) != 0;
            last = finding->path;
            continue;
        }
        g_ptr_array_add(shown->findings, finding);
        if (shown->explanations)
            g_ptr_array_add(shown->explanations, report->explanations->pdata[i]);
    }
}

static void count_item(struct shown *shown, const struct item *item, GHashTable *broken)
{
    shown->items++;
    if (item && rules_claims_ready(item))
        ++*(g_hash_table_contains(broken, item->path) ? &shown->not_ready : &shown->ready);
    else if (item && item->readable && status_is_open(item->status))
        shown->raw++;
}

static void count_items(struct shown *shown)
{
    const struct check_report *report = shown->report;
    const GPtrArray *items = report->scope->backlog->items;
    g_autoptr(GHashTable) broken = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < report->findings->len; i++) {
        const struct finding *finding = report->findings->pdata[i];
        if (report_fails(finding, SEVERITY_ERROR))
            g_hash_table_add(broken, finding->path);
    }
    for (guint i = 0; !report->scope->only && i < items->len; i++)
        count_item(shown, items->pdata[i], broken);
    for (guint i = 0; report->scope->only && report->scope->only[i]; i++)
        count_item(shown, backlog_at(report->scope->backlog, report->scope->only[i]), broken);
}

static void shown_init(struct shown *shown, const struct check_report *report)
{
    *shown = (struct shown){
        .report = report,
        .findings = g_ptr_array_new(),
        .explanations = report->explanations ? g_ptr_array_new() : NULL,
        .counts = report_count(report->findings),
    };
    select_findings(shown);
    count_items(shown);
}

static void shown_clear(struct shown *shown)
{
    g_ptr_array_unref(shown->findings);
    g_clear_pointer(&shown->explanations, g_ptr_array_unref);
}

/* -- text -- */

static void append_number(GString *out, const char *before, guint n, const char *what)
{
    g_string_append_printf(out, "%s%u %s%s", before, n, what, present_plural(n));
}

/* "12 items checked", and against what. */
static void append_checked(GString *out, const struct shown *shown)
{
    g_autofree char *against = check_scope_against(shown->report->scope);
    g_autofree char *plain = against ? plain_escape(against, -1) : NULL;

    append_number(out, "", shown->items, "item");
    g_string_append(out, " checked");
    if (plain)
        g_string_append_printf(out, " against %s", plain);
}

static void append_advice(GString *out, const char *before, guint n)
{
    append_number(out, before, n, "note");
    g_string_append(out, " of advice");
}

static void append_end(GString *out, const struct shown *shown)
{
    const guint *of = shown->counts.of;
    guint listed = shown->report->advice ? shown->counts.advice : 0;

    if (shown->items == 0 && shown->report->findings->len == 0) {
        g_string_append(out, "the backlog is empty, nothing to check\n");
        return;
    }
    append_checked(out, shown);
    if (of[SEVERITY_ERROR] + of[SEVERITY_WARNING] + of[SEVERITY_NOTE] > 0) {
        append_number(out, ": ", of[SEVERITY_ERROR], "error");
        append_number(out, ", ", of[SEVERITY_WARNING], "warning");
        append_number(out, ", ", of[SEVERITY_NOTE], "note");
        if (listed)
            append_advice(out, "; ", listed);
    } else if (listed) {
        append_advice(out, ": ", listed);
    } else if (shown->report->scope->gate->since) {
        g_string_append(out, ", nothing new found");
    } else {
        g_string_append_printf(out, " against %u rules, nothing found",
                               check_format_count(shown->report->scope->backlog, shown->report->health));
    }
    if (shown->counts.waived)
        g_string_append_printf(out, "; %u waived", shown->counts.waived);
    g_autofree char *policy = check_scope_policy(shown->report->scope);
    g_string_append_printf(out, "%s%s\n", policy ? "; by " : "", policy ? policy : "");
}

/* That there is advice which is not listed: of a branch what it adds, else for whatever is not ready yet, so
 * that nobody has to look for it. */
static void append_left_out(GString *out, const struct shown *shown)
{
    gboolean since = shown->report->scope->gate->since != NULL;
    guint items = since ? shown->advice_items : shown->raw;

    if (shown->report->advice || shown->report->health || items == 0)
        return;
    if (since)
        append_advice(out, "", shown->advice);
    append_number(out, since ? " on " : "", items, "item");
    const char *are = items == 1 ? "is" : "are";
    if (since)
        g_string_append_printf(out, " that %s not ready yet; refine check --advice lists %s\n", are,
                               shown->advice == 1 ? "it" : "them");
    else
        g_string_append_printf(out, " %s not ready yet; refine check --advice looks at %s, too\n", are,
                               items == 1 ? "it" : "them");
}

/* What is waived is only counted. */
static void append_findings(GString *out, struct context *context, struct output *output,
                            const struct shown *shown)
{
    g_autoptr(GPtrArray) findings = g_ptr_array_new();
    g_autoptr(GPtrArray) explanations = g_ptr_array_new();

    for (guint i = 0; i < shown->findings->len; i++) {
        struct finding *finding = shown->findings->pdata[i];
        if (finding->waived)
            continue;
        g_ptr_array_add(findings, finding);
        g_ptr_array_add(explanations, shown->explanations ? shown->explanations->pdata[i] : NULL);
    }
    present_findings_explained(out, output, findings, explanations, context->policy);
}

/* With output NULL without colour, for a file. */
static void print_text(GString *out, struct context *context, struct output *output,
                       const struct shown *shown)
{
    append_findings(out, context, output, shown);
    append_end(out, shown);
    check_tally_print(out, output, shown->findings);
    append_left_out(out, shown);
}

/* -- JSON -- */

/* Against what was checked, and by whose policy, where that was asked for. */
static void add_gate(struct json *json, const struct gate *gate)
{
    if (gate->since) {
        struct json *since = json_add_object(json, "since");
        json_add_string(since, "revision", gate->since);
        json_add_string(since, "base", gate->base);
    }
    if (!gate->since && !gate->ruling)
        return;
    struct json *policy = json_add_object(json, "policy");
    if (gate->ruling)
        json_add_string(policy, "commit", gate->ruling);
    json_add_boolean(policy, "default", gate->absent);
}

static void print_json(GString *out, struct context *context, const struct shown *shown)
{
    g_autoptr(Json) json = json_new_object();
    const struct report_counts *counts = &shown->counts;
    struct json_list list;

    json_add_integer(json, "version", 1);
    if (shown->report->fix)
        fix_print_json(context, json, shown->report->fix);
    add_gate(json, shown->report->scope->gate);
    json_add_integer(json, "items", shown->items);
    json_add_integer(json, "ready", shown->ready);
    json_add_integer(json, "not-ready", shown->not_ready);
    json_add_integer(json, "errors", counts->of[SEVERITY_ERROR]);
    json_add_integer(json, "warnings", counts->of[SEVERITY_WARNING]);
    json_add_integer(json, "notes", counts->of[SEVERITY_NOTE]);
    json_add_integer(json, "advice", counts->advice);
    json_add_integer(json, "waived", counts->waived);
    json_add_array(json, "findings");
    json_list_begin(&list, out, json, 2);
    present_findings_json_list(&list, shown->findings, shown->explanations, context->policy);
    json_list_end(&list);
    g_string_append_c(out, '\n');
}

/* -- services -- */

/* Behind what others wrote, to whom a heading may be no heading without a blank line. */
static gboolean append_summary(const char *path, const struct report *report, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gsize size;

    if (!check_measure(path, &size, error))
        return FALSE;
    if (size)
        g_string_append_c(text, '\n');
    if (size >= SUMMARY || !report_summary(text, report, SUMMARY - size - text->len)) {
        g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
                            "GitHub takes 1 MiB a step, and there is no room left");
        return FALSE;
    }
    return check_append(path, text, error);
}

/* The summary of a step is a courtesy: where it cannot be written, the check still is what it is. */
static void write_summary(struct context *context, const struct report *report)
{
    const char *path = g_getenv("GITHUB_STEP_SUMMARY");
    g_autoptr(GError) error = NULL;

    if (path && *path && !append_summary(path, report, &error))
        output_warning(context->output, "the summary of the step cannot be written to %s: %s", path,
                       error->message);
}

/* Appends the report in that format, and writes the summary where summary says so. */
static void print_format(GString *out, struct context *context, enum report_format format,
                         const struct shown *shown, gboolean summary)
{
    struct check_format made;

    check_format_init(&made, shown->report->scope->backlog, shown->findings, shown->report->scope->only,
                      shown->report->health);
    made.report.fail_on = shown->report->fail_on;
    made.report.advice = shown->advice;
    made.report.advice_items = shown->advice_items;
    report_print(out, format, &made.report);
    if (summary)
        write_summary(context, &made.report);
    check_format_clear(&made);
}

/* -- */

/* Who checks a backlog for the first time did not make what is found in so many items. */
static void hint_at_beginning(struct context *context, const struct shown *shown)
{
    const struct check_scope *scope = shown->report->scope;
    const char *last = NULL;
    guint failing = 0;

    for (guint i = 0; i < shown->findings->len; i++) {
        const struct finding *finding = shown->findings->pdata[i];
        if (!report_fails(finding, shown->report->fail_on) || g_strcmp0(last, finding->path) == 0)
            continue;
        failing++;
        last = finding->path;
    }
    if (failing > CHECK_TALLY_ABOVE && !scope->only && !scope->gate->since && !shown->report->health)
        output_hint(context->output, "refine check --since REV tells only what a branch adds to this; refine "
                                     "help ci says how to begin");
}

/* What standard output gets unless something else is wanted there: text, and in GitHub Actions the commands
 * behind it. */
static void print_here(struct context *context, const struct check_target *target, const struct shown *shown)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (shown->report->fix)
        fix_print(context, shown->report->fix);
    print_text(out, context, context->output, shown);
    if (target->actions)
        print_format(out, context, REPORT_GITHUB, shown, TRUE);
    output_write(context->output, out->str);
    hint_at_beginning(context, shown);
}

static void print_report(GString *out, struct context *context, const struct check_target *target,
                         const struct shown *shown)
{
    switch (target->format) {
    case REPORT_TEXT:
        print_text(out, context, NULL, shown);
        break;
    case REPORT_JSON:
        print_json(out, context, shown);
        break;
    default:
        print_format(out, context, target->format, shown, FALSE);
    }
}

gboolean check_report_print(struct context *context, const struct check_target *target,
                            const struct check_report *report, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    gboolean here = !target->output && (target->format == REPORT_TEXT || target->actions);
    struct shown shown;

    shown_init(&shown, report);
    if (here || target->output)
        print_here(context, target, &shown);
    if (!here)
        print_report(out, context, target, &shown);
    shown_clear(&shown);
    if (target->output)
        return check_write(context->folder, target->output, out, error);
    output_write(context->output, out->str);
    return TRUE;
}

gboolean check_report_fails(const struct check_report *report)
{
    for (guint i = 0; i < report->findings->len; i++)
        if (report_fails(report->findings->pdata[i], report->fail_on))
            return TRUE;
    return FALSE;
}
