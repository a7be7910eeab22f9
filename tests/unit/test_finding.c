#include "finding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char item[] = "---\ntitle: Größe wählen\n---\n";

static struct finding *add(GPtrArray *findings, const char *rule, enum severity severity, gsize start)
{
    return finding_add(findings, rule, severity, item, strlen(item), (struct span){ start, start + 1 }, NULL,
                       "%s", rule);
}

static void a_finding_knows_line_and_column(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    gsize start = (gsize)(strstr(item, "wählen") - item);
    const struct finding *finding =
        finding_add(findings, "bad-value", SEVERITY_ERROR, item, strlen(item),
                    (struct span){ start, start + 7 }, "choose a size", "expected a size, saw %s", "wählen");

    assert_int_equal(findings->len, 1);
    assert_ptr_equal(findings->pdata[0], finding);
    assert_string_equal(finding->rule, "bad-value");
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    assert_int_equal(finding->span.start, start);
    assert_int_equal(finding->span.end, start + 7);
    assert_int_equal(finding->at.line, 2);
    assert_int_equal(finding->at.column, 14);
    assert_string_equal(finding->message, "expected a size, saw wählen");
    assert_string_equal(finding->help, "choose a size");
    assert_null(finding->path);
}

static void a_finding_can_be_given_its_place(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    const struct position cell = { 12, 4 }, whole = { 0, 0 };
    const struct finding *one = finding_add_at(findings, "import", SEVERITY_WARNING, cell, "write 3",
                                               "expected points, saw %s", "a\tfew");
    const struct finding *other = finding_add_at(findings, "parse", SEVERITY_ERROR, whole, NULL, "no access");

    assert_int_equal(findings->len, 2);
    assert_string_equal(one->rule, "import");
    assert_int_equal(one->severity, SEVERITY_WARNING);
    assert_int_equal(one->at.line, 12);
    assert_int_equal(one->at.column, 4);
    assert_string_equal(one->message, "expected points, saw a\\tfew");
    assert_string_equal(one->help, "write 3");
    assert_int_equal(other->at.line, 0);
    assert_null(other->help);
}

static void a_finding_about_the_whole_file_has_no_line(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    const struct finding *finding =
        finding_add(findings, "file-name", SEVERITY_WARNING, NULL, 0, (struct span){ 0, 0 }, NULL,
                    "the name does not begin with the id");
    assert_int_equal(finding->at.line, 0);
    assert_int_equal(finding->at.column, 0);
    assert_null(finding->help);
}

static void help_is_copied(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    char help[] = "did you mean labels?";
    const struct finding *finding = finding_add(findings, "unknown-key", SEVERITY_WARNING, item, strlen(item),
                                                (struct span){ 4, 9 }, help, "unknown key");
    help[0] = '\0';
    assert_string_equal(finding->help, "did you mean labels?");
}

static void a_message_is_one_line_that_no_terminal_obeys(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    const struct finding *finding =
        finding_add(findings, "bad-value", SEVERITY_ERROR, item, strlen(item), (struct span){ 0, 0 }, NULL,
                    "saw %s", "a\n::error::b \x1b[31m");
    assert_string_equal(finding->message, "saw a\\n::error::b \\x1b[31m");
}

static void a_parser_adds_errors_where_somebody_wants_them(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    finding_add_parse(findings, item, strlen(item), 4, "write it out", "expected a key, saw %d", 7);
    finding_add_parse(NULL, item, strlen(item), 4, "write it out", "expected a key, saw %d", 8);

    assert_int_equal(findings->len, 1);
    const struct finding *finding = findings->pdata[0];
    assert_string_equal(finding->rule, "parse");
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    assert_int_equal(finding->at.line, 2);
    assert_int_equal(finding->at.column, 1);
    assert_true(span_is_empty(finding->span));
    assert_string_equal(finding->message, "expected a key, saw 7");
    assert_string_equal(finding->help, "write it out");
}

static void a_path_is_set_once_and_only_from_first_on(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    const struct finding *one = add(findings, "parse", SEVERITY_ERROR, 0);
    const struct finding *two = add(findings, "parse", SEVERITY_ERROR, 4);
    findings_set_path(findings, 1, "backlog/k7q2m.md");
    assert_null(one->path);
    assert_string_equal(two->path, "backlog/k7q2m.md");

    findings_set_path(findings, 0, "backlog/t2h8k.md");
    assert_string_equal(one->path, "backlog/t2h8k.md");
    assert_string_equal(two->path, "backlog/k7q2m.md");
}

static void findings_are_sorted_as_a_person_reads(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    const char *const expected[] = { "parse", "a-rule", "b-rule", "late", "other-file" };

    add(findings, "other-file", SEVERITY_ERROR, 0);
    findings_set_path(findings, 0, "backlog/t2h8k.md");
    add(findings, "late", SEVERITY_NOTE, 10);
    add(findings, "b-rule", SEVERITY_ERROR, 6);
    add(findings, "a-rule", SEVERITY_WARNING, 6);
    add(findings, "parse", SEVERITY_ERROR, 0);
    findings_set_path(findings, 0, "backlog/k7q2m.md");
    findings_sort(findings);

    for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
        assert_string_equal(((struct finding *)findings->pdata[i])->rule, expected[i]);
}

static void equal_findings_stay_in_order(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    for (guint i = 0; i < 40; i++)
        add(findings, "parse", SEVERITY_ERROR, 4)->span.end = i;
    findings_sort(findings);
    for (guint i = 0; i < 40; i++)
        assert_int_equal(((struct finding *)findings->pdata[i])->span.end, i);
}

static void findings_without_a_path_come_first(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    add(findings, "a-rule", SEVERITY_ERROR, 0);
    findings_set_path(findings, 0, "backlog/k7q2m.md");
    add(findings, "b-rule", SEVERITY_ERROR, 9);
    findings_sort(findings);
    assert_string_equal(((struct finding *)findings->pdata[0])->rule, "b-rule");
}

static void the_gravest_counts(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    assert_int_equal(findings_gravest(findings), SEVERITY_OFF);
    add(findings, "a-rule", SEVERITY_NOTE, 0);
    assert_int_equal(findings_gravest(findings), SEVERITY_NOTE);
    add(findings, "b-rule", SEVERITY_ERROR, 0);
    add(findings, "c-rule", SEVERITY_WARNING, 0);
    assert_int_equal(findings_gravest(findings), SEVERITY_ERROR);
}

static void severities_have_names(void **state)
{
    assert_string_equal(severity_name(SEVERITY_OFF), "off");
    assert_string_equal(severity_name(SEVERITY_NOTE), "note");
    assert_string_equal(severity_name(SEVERITY_WARNING), "warning");
    assert_string_equal(severity_name(SEVERITY_ERROR), "error");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_knows_line_and_column),
        cmocka_unit_test(a_finding_can_be_given_its_place),
        cmocka_unit_test(a_finding_about_the_whole_file_has_no_line),
        cmocka_unit_test(help_is_copied),
        cmocka_unit_test(a_message_is_one_line_that_no_terminal_obeys),
        cmocka_unit_test(a_parser_adds_errors_where_somebody_wants_them),
        cmocka_unit_test(a_path_is_set_once_and_only_from_first_on),
        cmocka_unit_test(findings_are_sorted_as_a_person_reads),
        cmocka_unit_test(equal_findings_stay_in_order),
        cmocka_unit_test(findings_without_a_path_come_first),
        cmocka_unit_test(the_gravest_counts),
        cmocka_unit_test(severities_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
