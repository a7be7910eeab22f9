#include "health_private.h"

#include "clock.h"

#include <string.h>

char *health_names(const GPtrArray *items)
{
    GString *out = g_string_new(NULL);
    guint shown = MIN(items->len, HEALTH_NAMED);

    for (guint i = 0; i < shown; i++) {
        const struct item *item = items->pdata[i];
        const char *glue = i == 0 ? "" : i + 1 == items->len ? " and " : ", ";
        g_string_append_printf(out, "%s%s", glue, item->id ? item->id : item->path);
    }
    if (items->len > shown)
        g_string_append_printf(out, " and %u more", items->len - shown);
    return g_string_free(out, FALSE);
}

/* Where the setting stands in the policy's file; its first line where it does not say it. */
static struct position setting_place(const struct policy *policy, const char *setting)
{
    const struct node *node = policy_sets(policy, setting) ? policy_get(policy, setting) : NULL;
    gsize length;
    const char *text = g_bytes_get_data(policy->bytes, &length);

    return node ? lines_locate(text, length, node->key ? node->key->span.start : node->span.start)
                : (struct position){ 1, 1 };
}

void health_report(struct health_run *run, const char *name, const struct item *item, const char *setting,
                   const char *help, const char *format, ...)
{
    const struct policy *policy = run->backlog->policy;
    const struct rule *rule = rule_find(name);
    enum severity severity = rulebook_severity(backlog_book(run->backlog), rule, rule->severity, NULL, FALSE);
    const struct item *about =
        item || policy->written || !run->backlog->items->len ? item : run->backlog->items->pdata[0];
    struct position at = about ? (struct position){ 1, 1 } : setting_place(policy, setting);
    va_list arguments;

    if (severity == SEVERITY_OFF)
        return;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    struct finding *finding = finding_add_at(run->findings, rule->name, severity, at, help, "%s", message);
    finding->path = g_strdup(about ? about->path : POLICY_FILE);
    /* The numbers change from day to day. */
    finding->key = g_strdup(rule->name);
}

/* Whole days of so many sprints, and never none. */
static guint days_of(const struct policy *policy)
{
    const char *days = policy_text(policy, "sprint.days");
    guint64 sprint = days ? g_ascii_strtoull(days, NULL, 10) : 0;
    return HEALTH_SPRINTS * (guint)CLAMP(sprint, 1, 366);
}

GPtrArray *health_check(struct backlog *backlog, const struct health_wish *wish, GError **error)
{
    backlog_load(backlog);
    g_autoptr(Readiness) readiness = readiness_new(backlog, backlog->items);
    g_autoptr(Horizon) horizon = horizon_new(backlog, readiness);
    g_autoptr(GDateTime) now = clock_now();
    struct health_run run = {
        .backlog = backlog,
        .wish = wish,
        .horizon = horizon,
        .now = now,
        .days = days_of(backlog->policy),
        .findings = findings_new(),
    };

    health_check_order(&run);
    if (!health_check_past(&run, error) || !health_check_alike(&run, error)) {
        g_ptr_array_unref(run.findings);
        return NULL;
    }
    findings_sort(run.findings);
    return run.findings;
}
