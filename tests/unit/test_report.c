#include "report_sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void every_format_is_found_by_its_name(void **state)
{
    for (int i = 0; i < N_REPORT_FORMATS; i++) {
        enum report_format format = N_REPORT_FORMATS;
        assert_true(report_format_parse(report_format_name(i), &format));
        assert_int_equal(format, i);
    }
    enum report_format untouched = REPORT_TAP;
    assert_false(report_format_parse("xml", &untouched));
    assert_false(report_format_parse("", &untouched));
    assert_false(report_format_parse("SARIF", &untouched));
    assert_int_equal(untouched, REPORT_TAP);
}

static void advice_and_waived_findings_are_counted_apart(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_new();
    struct report_counts counts = report_count(sample->findings);

    assert_int_equal(counts.of[SEVERITY_ERROR], 1);
    assert_int_equal(counts.of[SEVERITY_WARNING], 1);
    assert_int_equal(counts.of[SEVERITY_NOTE], 0);
    assert_int_equal(counts.advice, 1);
    assert_int_equal(counts.waived, 1);
}

static void what_makes_a_check_fail_is_no_advice_and_not_waived(void **state)
{
    struct finding finding = { .rule = "parse", .severity = SEVERITY_WARNING };

    assert_false(report_fails(&finding, SEVERITY_ERROR));
    assert_true(report_fails(&finding, SEVERITY_WARNING));
    assert_true(report_fails(&finding, SEVERITY_NOTE));
    finding.advice = TRUE;
    assert_false(report_fails(&finding, SEVERITY_NOTE));
    finding.advice = FALSE;
    finding.waived = (char *)"for a reason";
    assert_false(report_fails(&finding, SEVERITY_NOTE));
}

/* The place of what stands from start to end, as the finding has it. */
static struct report_place place_of(const char *text, gsize start, gsize end)
{
    g_autoptr(GPtrArray) findings = findings_new();
    const struct finding *finding = finding_add(findings, "bad-value", SEVERITY_ERROR, text, strlen(text),
                                                (struct span){ start, end }, NULL, "seen");
    return report_place(text, strlen(text), finding);
}

static void a_place_counts_characters_and_bytes(void **state)
{
    static const char text[] = "---\n# Größe wählen\nund weiter\n";
    gsize start = (gsize)(strstr(text, "wählen") - text), next = (gsize)(strstr(text, "weiter") - text);
    struct report_place place = place_of(text, start, start + 7);

    assert_int_equal(place.start_byte, 11);
    assert_int_equal(place.end_line, 2);
    assert_int_equal(place.end_column, 15);
    assert_int_equal(place.end_byte, 18);
    place = place_of(text, start, next);
    assert_int_equal(place.end_line, 3);
    assert_int_equal(place.end_column, 5);
}

static void a_place_is_not_known_in_another_text(void **state)
{
    static const char text[] = "---\ntitle: a\n---\n";
    g_autoptr(GPtrArray) findings = findings_new();
    const struct finding *finding = finding_add(findings, "bad-value", SEVERITY_ERROR, text, strlen(text),
                                                (struct span){ 11, 12 }, NULL, "seen");
    const struct finding *whole =
        finding_add_at(findings, "parse", SEVERITY_ERROR, (struct position){ 0, 0 }, NULL, "seen");

    assert_int_equal(report_place(text, strlen(text), finding).start_byte, 8);
    assert_int_equal(report_place(text, 10, finding).start_byte, 0);
    assert_int_equal(report_place("---\nti:\na: b\n---\n", 17, finding).start_byte, 0);
    assert_int_equal(report_place(text, strlen(text), whole).start_byte, 0);
}

static void a_byte_order_mark_takes_no_column(void **state)
{
    struct report_place place = place_of("\xef\xbb\xbf---\n", 3, 6);

    assert_int_equal(place.start_byte, 1);
    assert_int_equal(place.end_byte, 4);
    assert_int_equal(place.end_column, 4);
}

static void what_is_far_along_a_line_has_no_place(void **state)
{
    g_autofree char *text = g_strnfill(50000, 'x');

    assert_int_equal(place_of(text, 40000, 40001).start_byte, 0);
    assert_int_equal(place_of(text, 10, 40000).start_byte, 11);
    assert_int_equal(place_of(text, 10, 40000).end_line, 0);
}

/* -- fingerprints -- */

static struct finding *find(GPtrArray *findings, const char *rule, guint line, const char *message)
{
    return finding_add_at(findings, rule, SEVERITY_NOTE, (struct position){ line, 1 }, NULL, "%s", message);
}

static char *print_of(GPtrArray *findings, guint index, const char *id)
{
    g_autofree const char **ids = g_new0(const char *, findings->len + 1);
    ids[index] = id;
    g_auto(GStrv) all = finding_fingerprints(findings, ids);
    return g_strdup(all[index]);
}

static void a_fingerprint_is_32_digits_and_unique(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < 3; i++) {
        find(findings, "rank-tie", 3, "the rank of k7q2m");
        find(findings, "rank-tie", 3, "the rank of c4x9d");
        find(findings, "no-rank", 3, "the rank of k7q2m");
    }
    findings_set_path(findings, 0, "backlog/k7q2m.md");
    g_auto(GStrv) all = finding_fingerprints(findings, NULL);
    for (guint i = 0; all[i]; i++) {
        assert_int_equal(strlen(all[i]), 32);
        assert_int_equal(strspn(all[i], "0123456789abcdef"), 32);
        assert_true(g_hash_table_add(seen, all[i]));
    }
    assert_int_equal(g_hash_table_size(seen), findings->len);
}

static void lines_severity_and_the_path_of_an_item_make_no_difference(void **state)
{
    g_autoptr(GPtrArray) one = findings_new(), other = findings_new();
    find(one, "rank-tie", 3, "tied");
    find(other, "rank-tie", 99, "tied")->severity = SEVERITY_ERROR;
    findings_set_path(one, 0, "backlog/k7q2m.md");
    findings_set_path(other, 0, "backlog/archive/2026/k7q2m.md");

    g_autofree char *a = print_of(one, 0, "k7q2m"), *b = print_of(other, 0, "k7q2m");
    g_autofree char *c = print_of(one, 0, NULL), *d = print_of(other, 0, NULL);
    assert_string_equal(a, b);
    assert_string_not_equal(c, d);
}

static void a_key_stands_for_the_message(void **state)
{
    g_autoptr(GPtrArray) one = findings_new(), other = findings_new();
    find(one, "criteria-count", 3, "11 criteria")->key = g_strdup("count");
    find(other, "criteria-count", 3, "12 criteria")->key = g_strdup("count");

    g_autofree char *a = print_of(one, 0, "k7q2m"), *b = print_of(other, 0, "k7q2m");
    assert_string_equal(a, b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_is_found_by_its_name),
        cmocka_unit_test(advice_and_waived_findings_are_counted_apart),
        cmocka_unit_test(what_makes_a_check_fail_is_no_advice_and_not_waived),
        cmocka_unit_test(a_place_counts_characters_and_bytes),
        cmocka_unit_test(a_place_is_not_known_in_another_text),
        cmocka_unit_test(a_byte_order_mark_takes_no_column),
        cmocka_unit_test(what_is_far_along_a_line_has_no_place),
        cmocka_unit_test(a_fingerprint_is_32_digits_and_unique),
        cmocka_unit_test(lines_severity_and_the_path_of_an_item_make_no_difference),
        cmocka_unit_test(a_key_stands_for_the_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
