#include "report_private.h"

#include "json_list.h"

/* https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
void report_gitlab(GString *out, const struct report *report)
{
    static const char *const severities[] = { NULL, "info", "minor", "major" };
    g_autoptr(Json) none = json_new_array();
    struct json_list list;

    json_list_begin(&list, out, none, 2);
    for (guint i = 0; i < report->findings->len; i++) {
        const struct finding *finding = report->findings->pdata[i];
        if (finding->waived)
            continue;
        g_autofree char *words = report_words(finding);
        g_autoptr(Json) one = json_new_object();
        json_add_string(one, "description", words);
        json_add_string(one, "check_name", finding->rule);
        json_add_string(one, "fingerprint", report->fingerprints[i]);
        json_add_string(one, "severity", severities[MAX(finding->severity, SEVERITY_NOTE)]);
        struct json *location = json_add_object(one, "location");
        json_add_string(location, "path", report->paths[i]);
        json_add_integer(json_add_object(location, "lines"), "begin", report_position(finding).line);
        json_list_add(&list, one);
    }
    json_list_end(&list);
    g_string_append_c(out, '\n');
}
