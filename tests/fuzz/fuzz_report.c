/*
 * Any text as the path, the rule, the message, the help and the reason of findings: every report must be well
 * formed, and no line of it a command to a service.
 */
#include "json.h"
#include "plain.h"
#include "report.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *print(const struct report *report, enum report_format format)
{
    GString *out = g_string_new(NULL);
    report_print(out, format, report);
    g_assert(g_utf8_validate(out->str, (gssize)out->len, NULL));
    return g_string_free(out, FALSE);
}

static void check_json(const struct report *report, enum report_format format)
{
    g_autofree char *text = print(report, format);
    g_autoptr(Json) json = json_parse(text, strlen(text), &json_default_limits, NULL);
    g_assert(json);
    g_assert(!strstr(text, "##"));
}

static void check_xml(const struct report *report)
{
    const GMarkupParser parser = { 0 };
    g_autofree char *text = print(report, REPORT_JUNIT);
    g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&parser, 0, NULL, NULL);

    g_assert(g_markup_parse_context_parse(context, text, -1, NULL));
    g_assert(g_markup_parse_context_end_parse(context, NULL));
}

/* Every line of it begins with one of these, and is fit to be shown. */
static void check_lines(const char *text, const char *const *beginnings)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (guint i = 0; lines[i]; i++) {
        gboolean good = !*lines[i];
        for (guint j = 0; beginnings[j] && !good; j++)
            good = g_str_has_prefix(lines[i], beginnings[j]);
        g_assert(good);
        g_assert(g_str_has_prefix(lines[i], "::") || plain_is_clean(lines[i], -1));
        g_assert(!strstr(lines[i], "##["));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const commands[] = { "::error file=", "::warning file=", NULL };
    static const char *const tests[] = { "TAP version 14", "1..", "ok ", "not ok ", "  ", NULL };
    g_autofree char *text = g_strndup((const char *)data, MIN(size, 5000));
    g_autoptr(GPtrArray) findings = findings_new();
    const struct position at = { 3, 1 };

    for (guint i = 0; i < 3; i++) {
        struct finding *finding =
            finding_add_at(findings, text, i ? SEVERITY_ERROR : SEVERITY_WARNING, at, text, "%s", text);
        finding->waived = i == 2 ? g_strdup(text) : NULL;
    }
    findings_set_path(findings, 0, text);
    g_auto(GStrv) fingerprints = finding_fingerprints(findings, NULL);
    const char *const paths[] = { text, text, text };
    const struct report_rule rule = { text, SEVERITY_ERROR, text, text };
    const struct report_item item = { "backlog/a.md", text, text };
    const struct report report = { findings, paths, (const char *const *)fingerprints,
                                   NULL,     &rule, 1,
                                   &item,    1,     SEVERITY_ERROR,
                                   0,        0,     text };

    check_json(&report, REPORT_SARIF);
    check_json(&report, REPORT_GITLAB);
    check_xml(&report);
    g_autofree char *github = print(&report, REPORT_GITHUB), *tap = print(&report, REPORT_TAP);
    check_lines(github, commands);
    check_lines(tap, tests);
    g_autoptr(GString) summary = g_string_new(NULL);
    report_summary(summary, &report, G_MAXSIZE);
    g_assert(g_utf8_validate(summary->str, (gssize)summary->len, NULL));
    return 0;
}
