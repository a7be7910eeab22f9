#include "report_sample.h"

#include "json.h"
#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct json *parse(const char *text)
{
    g_autoptr(GError) error = NULL;
    struct json *json = json_parse(text, strlen(text), &json_default_limits, &error);

    assert_null(error);
    return json;
}

static const char *string_at(const struct json *json, const char *key)
{
    return json_as_string(json_find(json, key));
}

static gint64 number_at(const struct json *json, const char *key)
{
    gint64 value = -1;
    json_as_integer(json_find(json, key), &value);
    return value;
}

static void code_quality_has_what_gitlab_asks_for(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_new();
    g_autofree char *printed = report_sample_print(sample, REPORT_GITLAB);
    g_autoptr(Json) list = parse(printed);

    assert_int_equal(json_count(list), 3);
    const struct json *first = json_at(list, 0), *second = json_at(list, 1);
    assert_string_equal(string_at(first, "severity"), "minor");
    assert_string_equal(string_at(second, "severity"), "major");
    assert_string_equal(string_at(json_at(list, 2), "severity"), "info");
    assert_string_equal(string_at(first, "check_name"), "untestable-wording");
    assert_string_equal(string_at(first, "fingerprint"), sample->fingerprints[0]);
    const struct json *location = json_find(second, "location");
    assert_string_equal(string_at(location, "path"), "backlog/k7q2m-filter orders.md");
    assert_int_equal(number_at(json_find(location, "lines"), "begin"), 1);
}

static void code_quality_without_findings_is_an_empty_list(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_clean();
    g_autofree char *printed = report_sample_print(sample, REPORT_GITLAB);
    assert_string_equal(printed, "[]\n");
}

static const struct json *run_of(const struct json *log)
{
    return json_at(json_find(log, "runs"), 0);
}

static void sarif_has_a_place_a_rule_and_a_fingerprint_for_every_result(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_new();
    g_autofree char *printed = report_sample_print(sample, REPORT_SARIF);
    g_autoptr(Json) log = parse(printed);
    const struct json *results = json_find(run_of(log), "results");
    const struct json *rules = json_find(json_find(json_find(run_of(log), "tool"), "driver"), "rules");

    assert_string_equal(string_at(log, "version"), "2.1.0");
    assert_int_equal(json_count(results), 4);
    for (gsize i = 0; i < json_count(results); i++) {
        const struct json *result = json_at(results, i);
        const struct json *rule = json_at(rules, (gsize)number_at(result, "ruleIndex"));
        assert_string_equal(string_at(result, "ruleId"), string_at(rule, "id"));
        const struct json *physical =
            json_find(json_at(json_find(result, "locations"), 0), "physicalLocation");
        const struct json *artifact = json_find(physical, "artifactLocation");
        assert_string_equal(string_at(artifact, "uri"), "backlog/k7q2m-filter%20orders.md");
        assert_string_equal(string_at(artifact, "uriBaseId"), "%SRCROOT%");
        assert_true(number_at(json_find(physical, "region"), "startLine") >= 1);
        assert_int_equal(strlen(string_at(json_find(result, "partialFingerprints"), "refine/v1")), 32);
        assert_int_equal(json_count(json_find(result, "suppressions")), i == 3);
    }
    const struct json *waived = json_at(json_find(json_at(results, 3), "suppressions"), 0);
    assert_string_equal(string_at(waived, "justification"), "legal wrote it, 100%");
    assert_string_equal(string_at(waived, "kind"), "inSource");
}

static void sarif_lists_rules_with_help(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_clean();
    g_autofree char *printed = report_sample_print(sample, REPORT_SARIF);
    g_autoptr(Json) log = parse(printed);
    const struct json *rules = json_find(json_find(json_find(run_of(log), "tool"), "driver"), "rules");

    assert_int_equal(json_count(json_find(run_of(log), "results")), 0);
    assert_int_equal(json_count(rules), 3);
    const struct json *help = json_find(json_at(rules, 0), "help");
    assert_string_equal(string_at(help, "markdown"), "An item without criteria is never done.\n\nAdd one.");
    assert_string_equal(string_at(json_find(json_at(rules, 1), "help"), "text"),
                        "words that leave open what is meant");
    const struct json *off = json_find(json_at(rules, 2), "defaultConfiguration");
    assert_string_equal(string_at(off, "level"), "none");
    assert_int_equal(json_kind(json_find(off, "enabled")), JSON_KIND_BOOLEAN);
}

static void sarif_keeps_to_what_code_scanning_takes(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_clean();
    GPtrArray *findings = sample->findings;
    for (guint i = 0; i < 25003; i++) {
        finding_add_at(findings, "criteria-missing", i == 25002 ? SEVERITY_ERROR : SEVERITY_NOTE,
                       (struct position){ i + 1, 1 }, NULL, "no %u", i);
        g_ptr_array_add(sample->paths, (gpointer) "backlog/a.md");
    }
    findings_set_path(findings, 0, "backlog/a.md");
    g_auto(GStrv) prints = finding_fingerprints(findings, NULL);
    sample->report.fingerprints = (const char *const *)prints;
    sample->report.paths = (const char *const *)sample->paths->pdata;
    sample->report.places = NULL;
    g_autofree char *printed = report_sample_print(sample, REPORT_SARIF);
    g_autoptr(Json) log = parse(printed);
    const struct json *results = json_find(run_of(log), "results");

    assert_int_equal(json_count(results), 25000);
    assert_string_equal(string_at(json_at(results, 0), "level"), "error");
    const struct json *invocation = json_at(json_find(run_of(log), "invocations"), 0);
    const struct json *note = json_at(json_find(invocation, "toolExecutionNotifications"), 0);
    assert_true(g_str_has_prefix(string_at(json_find(note, "message"), "text"), "3 findings are left out"));
}

static void sarif_counts_characters_where_columns_have_many(void **state)
{
    g_autoptr(GString) marks = g_string_new("x");
    for (guint i = 0; i < 5000; i++)
        g_string_append(marks, "\xcc\x81");
    g_autoptr(ReportSample) sample = report_sample_hostile(marks->str);
    g_autofree char *printed = report_sample_print(sample, REPORT_SARIF);
    g_autoptr(Json) log = parse(printed);
    const struct json *rules = json_find(json_find(json_find(run_of(log), "tool"), "driver"), "rules");
    const struct json *results = json_find(run_of(log), "results");

    for (gsize i = 0; i < json_count(rules); i++) {
        const struct json *text = json_find(json_at(rules, i), "fullDescription");
        assert_in_range(g_utf8_strlen(string_at(text, "text"), -1), 1, 1024);
    }
    for (gsize i = 0; i < json_count(results); i++) {
        const struct json *text = json_find(json_at(results, i), "message");
        assert_in_range(g_utf8_strlen(string_at(text, "text"), -1), 1, 1000);
    }
}

static void reviewdog_gets_columns_in_bytes_where_they_are_known(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_new();
    g_autofree char *printed = report_sample_print(sample, REPORT_RDJSONL);
    g_auto(GStrv) lines = g_strsplit(printed, "\n", -1);

    assert_int_equal(g_strv_length(lines), 4);
    assert_string_equal(lines[3], "");
    g_autoptr(Json) first = parse(lines[0]), second = parse(lines[1]);
    const struct json *range = json_find(json_find(first, "location"), "range");
    assert_int_equal(number_at(json_find(range, "start"), "line"), 12);
    assert_int_equal(number_at(json_find(range, "start"), "column"), 10);
    assert_int_equal(number_at(json_find(range, "end"), "column"), 18);
    assert_string_equal(string_at(json_find(first, "code"), "value"), "untestable-wording");
    assert_string_equal(string_at(first, "severity"), "WARNING");
    range = json_find(json_find(second, "location"), "range");
    assert_int_equal(number_at(json_find(range, "start"), "line"), 1);
    assert_null(json_find(json_find(range, "start"), "column"));
    assert_null(json_find(range, "end"));
}

static void json_can_be_read_whatever_is_in_it(void **state)
{
    for (guint i = 0; report_hostile[i]; i++) {
        g_autoptr(ReportSample) sample = report_sample_hostile(report_hostile[i]);
        g_autofree char *gitlab = report_sample_print(sample, REPORT_GITLAB);
        g_autofree char *sarif = report_sample_print(sample, REPORT_SARIF);
        g_autofree char *lines = report_sample_print(sample, REPORT_RDJSONL);
        g_autoptr(Json) one = parse(gitlab), other = parse(sarif);
        g_auto(GStrv) split = g_strsplit(lines, "\n", -1);

        assert_int_equal(g_strv_length(split), 4);
        for (guint j = 0; j < 3; j++) {
            g_autoptr(Json) line = parse(split[j]);
            assert_true(plain_is_clean(string_at(line, "message"), -1));
        }
        assert_int_equal(json_count(one), 3);
        assert_int_equal(json_count(json_find(run_of(other), "results")), 4);
        assert_null(strstr(gitlab, "##["));
        assert_null(strstr(sarif, "##["));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_quality_has_what_gitlab_asks_for),
        cmocka_unit_test(code_quality_without_findings_is_an_empty_list),
        cmocka_unit_test(sarif_has_a_place_a_rule_and_a_fingerprint_for_every_result),
        cmocka_unit_test(sarif_lists_rules_with_help),
        cmocka_unit_test(sarif_keeps_to_what_code_scanning_takes),
        cmocka_unit_test(sarif_counts_characters_where_columns_have_many),
        cmocka_unit_test(reviewdog_gets_columns_in_bytes_where_they_are_known),
        cmocka_unit_test(json_can_be_read_whatever_is_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
