#include "report_sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* -- GitHub -- */

static void commands_are_errors_first_and_leave_out_what_is_waived(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_new();
    g_autofree char *printed = report_sample_print(sample, REPORT_GITHUB);

    assert_string_equal(
        printed,
        "::error file=backlog/k7q2m-filter orders.md,line=1,col=1,title=criteria-missing::expected a "
        "criterion,"
        " found none\n"
        "::warning file=backlog/k7q2m-filter orders.md,line=12,col=9,endColumn=15,title=untestable-wording::"
        "\"größer\" leaves open how large; say a number, and its unit\n"
        "::notice file=backlog/k7q2m-filter orders.md,line=15,col=3,title=untestable-wording::"
        "\"easy\" leaves open for whom\n");
}

static void a_command_stays_one_line_whatever_its_parts_hold(void **state)
{
    for (guint i = 0; report_hostile[i]; i++) {
        g_autoptr(ReportSample) sample = report_sample_hostile(report_hostile[i]);
        g_autofree char *printed = report_sample_print(sample, REPORT_GITHUB);
        g_auto(GStrv) lines = g_strsplit(printed, "\n", -1);

        assert_int_equal(g_strv_length(lines), 4);
        for (guint j = 0; j < 3; j++) {
            const char *data = strstr(lines[j] + 2, "::");
            assert_true(g_str_has_prefix(lines[j], "::error file=") ||
                        g_str_has_prefix(lines[j], "::warning file=") ||
                        g_str_has_prefix(lines[j], "::notice file="));
            /* file, line, col, title and no more */
            g_autofree char *head = g_strndup(lines[j], (gsize)(data - lines[j]));
            g_auto(GStrv) properties = g_strsplit(head, ",", -1);
            assert_int_equal(g_strv_length(properties), 4);
            assert_true(g_str_has_prefix(properties[3], "title="));
            assert_null(strstr(lines[j], "##["));
        }
    }
}

/* -- JUnit -- */

static void junit_is_a_suite_an_item_and_a_case_a_rule(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_new();
    g_autofree char *printed = report_sample_print(sample, REPORT_JUNIT);

    assert_non_null(strstr(printed,
                           "<testsuites name=\"refine check\" tests=\"6\" failures=\"1\" errors=\"0\""
                           " skipped=\"0\">\n"));
    assert_non_null(strstr(printed, "  <testsuite name=\"backlog/k7q2m-filter orders.md\" tests=\"3\""
                                    " failures=\"1\" errors=\"0\" skipped=\"0\">\n"));
    assert_non_null(strstr(printed, "value=\"Filter orders by &quot;date&quot; &amp; shop\"/>"));
    assert_non_null(strstr(printed,
                           "<failure type=\"error\" message=\"expected a criterion, found none\">\n"
                           "backlog/k7q2m-filter orders.md:1:1: error: expected a criterion, found none\n"
                           "</failure>"));
    /* a warning alone makes nothing fail, and is said all the same */
    assert_non_null(
        strstr(printed, "<system-out>\nbacklog/k7q2m-filter orders.md:12:9: warning: &quot;größer"));
    assert_non_null(strstr(printed, "<testcase name=\"measure-missing\" classname=\"backlog/c4x9d-print.md\""
                                    " file=\"backlog/c4x9d-print.md\"/>\n"));
}

static void junit_fails_where_the_check_does(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_new();
    sample->report.fail_on = SEVERITY_WARNING;
    g_autofree char *printed = report_sample_print(sample, REPORT_JUNIT);

    assert_non_null(strstr(printed, "tests=\"6\" failures=\"2\""));
    assert_non_null(strstr(printed, "<failure type=\"warning\""));
}

static void junit_skips_what_is_waived_altogether(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_new();
    ((struct finding *)sample->findings->pdata[0])->waived = g_strdup("the brand says so");
    ((struct finding *)sample->findings->pdata[3])->waived = g_strdup("and here");
    g_autofree char *printed = report_sample_print(sample, REPORT_JUNIT);

    assert_non_null(strstr(printed, "tests=\"6\" failures=\"1\" errors=\"0\" skipped=\"1\""));
    assert_non_null(strstr(printed, "<skipped message=\"the brand says so\"/>"));
}

static void junit_of_very_many_items_has_one_case_for_what_is_good(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_new();
    g_autofree struct report_item *items = g_new0(struct report_item, 40000);
    g_autoptr(GStringChunk) strings = g_string_chunk_new(4096);
    for (guint i = 0; i < 40000; i++) {
        g_autofree char *path = g_strdup_printf("backlog/%u.md", i);
        items[i] = (struct report_item){ g_string_chunk_insert(strings, path), "", "" };
    }
    items[7].path = sample->paths->pdata[0];
    sample->report.items = items;
    sample->report.n_items = 40000;
    g_autofree char *printed = report_sample_print(sample, REPORT_JUNIT);

    assert_non_null(strstr(printed, "tests=\"40002\" failures=\"1\""));
    assert_non_null(strstr(printed, "<testcase name=\"every other rule\" classname=\"backlog/39999.md\""));
}

struct xml_count {
    guint elements;
    guint bad; /* characters that XML 1.0 has not */
};

static void count_bad(struct xml_count *count, const char *text)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        count->bad += (character < 0x20 && character != '\n' && character != '\t') || character == 0xfffe ||
                      character == 0xffff;
    }
}

static void open_element(GMarkupParseContext *context, const char *name, const char **names,
                         const char **values, gpointer data, GError **error)
{
    struct xml_count *count = data;
    count->elements++;
    for (guint i = 0; values[i]; i++)
        count_bad(count, values[i]);
}

static void read_text(GMarkupParseContext *context, const char *text, gsize length, gpointer data,
                      GError **error)
{
    g_autofree char *whole = g_strndup(text, length);
    count_bad(data, whole);
}

static void junit_is_xml_whatever_is_in_it(void **state)
{
    const GMarkupParser parser = { .start_element = open_element, .text = read_text };

    for (guint i = 0; report_hostile[i]; i++) {
        g_autoptr(ReportSample) sample = report_sample_hostile(report_hostile[i]);
        g_autofree char *printed = report_sample_print(sample, REPORT_JUNIT);
        g_autoptr(GError) error = NULL;
        struct xml_count count = { 0 };
        g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&parser, 0, &count, NULL);

        assert_null(strstr(printed, "&#x"));
        assert_null(strstr(printed, "##["));
        g_markup_parse_context_parse(context, printed, -1, &error);
        assert_null(error);
        assert_true(g_markup_parse_context_end_parse(context, &error));
        assert_true(count.elements > 3);
        assert_int_equal(count.bad, 0);
    }
}

/* -- TAP -- */

static void tap_has_a_test_a_finding_and_one_an_item_without(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_new();
    g_autofree char *printed = report_sample_print(sample, REPORT_TAP);

    assert_true(g_str_has_prefix(printed,
                                 "TAP version 14\n1..5\n"
                                 "ok 1 - backlog/k7q2m-filter orders.md:12:9: warning: \"größer\" leaves"
                                 " open how large [untestable-wording]\n  ---\n"
                                 "  message: \"\\\"größer\\\" leaves open how large\"\n"
                                 "  help: \"say a number, and its unit\"\n"));
    assert_non_null(
        strstr(printed, "\nnot ok 2 - backlog/k7q2m-filter orders.md:1:1: error: expected a criterion,"));
    assert_non_null(strstr(printed,
                           "\nnot ok 3 - backlog/k7q2m-filter orders.md:14:3: warning: \"fast\" leaves"
                           " open how fast [untestable-wording] # TODO waived: legal wrote it, 100%\n"));
    assert_non_null(strstr(printed, "\nok 4 - "));
    assert_true(g_str_has_suffix(printed, "\nok 5 - backlog/c4x9d-print.md\n"));
}

static void tap_of_an_empty_backlog_is_skipped(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_clean();
    sample->report.n_items = 0;
    g_autofree char *printed = report_sample_print(sample, REPORT_TAP);
    assert_string_equal(printed, "TAP version 14\n1..0 # SKIP no item to check\n");
}

static void no_text_is_a_directive_of_tap(void **state)
{
    for (guint i = 0; report_hostile[i]; i++) {
        g_autoptr(ReportSample) sample = report_sample_hostile(report_hostile[i]);
        g_autofree char *printed = report_sample_print(sample, REPORT_TAP);
        g_auto(GStrv) lines = g_strsplit(printed, "\n", -1);
        guint todo = 0;

        for (guint j = 2; lines[j][0]; j++) {
            /* as readers look for it that know no backslash */
            todo += g_regex_match_simple("^(not )?ok.*#\\s*todo", lines[j], G_REGEX_CASELESS, 0);
            assert_false(g_regex_match_simple("^(not )?ok.*#\\s*skip", lines[j], G_REGEX_CASELESS, 0));
            assert_true(g_str_has_prefix(lines[j], "ok ") || g_str_has_prefix(lines[j], "not ok ") ||
                        g_str_has_prefix(lines[j], "  "));
        }
        assert_int_equal(todo, 1); /* the one that is waived */
    }
}

/* -- the summary -- */

static char *summary_of(const struct report_sample *sample)
{
    GString *out = g_string_new(NULL);
    assert_true(report_summary(out, &sample->report, 1024 * 1024));
    return g_string_free(out, FALSE);
}

static void a_summary_counts_and_lists_the_gravest_first(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_new();
    sample->report.advice = 12;
    g_autofree char *printed = summary_of(sample);

    assert_string_equal(
        printed,
        "### refine check\n\n"
        "2 items checked against 3 rules: 1 error, 1 warning, 0 notes; 1 waived.\n"
        "13 notes of advice on what does not claim to be ready.\n"
        "\n| Severity | Where | What | Rule |\n| --- | --- | --- | --- |\n"
        "| error | backlog/k7q2m-filter orders.md | expected a criterion, found none | criteria-missing |\n"
        "| warning | backlog/k7q2m-filter orders.md:12 | \"größer\" leaves open how large; say a number, and "
        "its"
        " unit | untestable-wording |\n"
        "| advice | backlog/k7q2m-filter orders.md:15 | \"easy\" leaves open for whom | untestable-wording "
        "|\n");
}

static void a_summary_of_what_is_good_says_what_was_checked(void **state)
{
    g_autoptr(ReportSample) sample = report_sample_clean();
    g_autofree char *good = summary_of(sample);
    sample->report.n_items = 0;
    g_autofree char *empty = summary_of(sample);

    assert_string_equal(good, "### refine check\n\n2 items checked against 3 rules: nothing found.\n");
    assert_string_equal(empty, "### refine check\n\nThe backlog is empty, nothing to check.\n");
}

/* A sample with so many and such findings that no summary has room for all. */
static struct report_sample *make_large_sample(char *text)
{
    struct report_sample *sample = report_sample_clean();
    for (guint i = 0; i < 10000; i++) {
        finding_add_at(sample->findings, "parse", SEVERITY_ERROR, (struct position){ i + 1, 1 }, NULL, "%s",
                       text);
        g_ptr_array_add(sample->paths, text);
    }
    sample->report.paths = (const char *const *)sample->paths->pdata;
    return sample;
}

static void a_summary_stays_below_what_a_step_may_write(void **state)
{
    g_autofree char *text = g_strnfill(10000, '|');
    g_autoptr(ReportSample) sample = make_large_sample(text);
    g_autofree char *printed = summary_of(sample);

    assert_true(strlen(printed) <= 512 * 1024);
    assert_true(g_str_has_suffix(printed, " more findings are not shown.\n"));
}

static void a_summary_takes_no_more_than_the_room_that_is_left(void **state)
{
    g_autofree char *text = g_strnfill(10000, '|');
    g_autoptr(ReportSample) sample = make_large_sample(text);
    gsize least = 0;

    for (gsize room = 0; room < 30000; room += room < 500 ? 1 : 997) {
        g_autoptr(GString) out = g_string_new("before\n");
        gboolean fits = report_summary(out, &sample->report, room);
        assert_true(out->len <= strlen("before\n") + room);
        assert_true(g_str_has_suffix(out->str, fits ? " more findings are not shown.\n" : "before\n"));
        assert_true(fits || !least);
        if (fits && !least)
            least = room;
    }
    assert_in_range(least, 100, 300);
}

static void every_row_of_a_summary_has_four_cells(void **state)
{
    for (guint i = 0; report_hostile[i]; i++) {
        g_autoptr(ReportSample) sample = report_sample_hostile(report_hostile[i]);
        g_autofree char *printed = summary_of(sample);
        g_auto(GStrv) lines = g_strsplit(printed, "\n", -1);

        assert_int_equal(g_strv_length(lines), 10);
        for (guint j = 4; j < 9; j++) {
            g_auto(GStrv) cells = g_strsplit(lines[j], "|", -1);
            assert_int_equal(g_strv_length(cells), 6);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_are_errors_first_and_leave_out_what_is_waived),
        cmocka_unit_test(a_command_stays_one_line_whatever_its_parts_hold),
        cmocka_unit_test(junit_is_a_suite_an_item_and_a_case_a_rule),
        cmocka_unit_test(junit_fails_where_the_check_does),
        cmocka_unit_test(junit_skips_what_is_waived_altogether),
        cmocka_unit_test(junit_of_very_many_items_has_one_case_for_what_is_good),
        cmocka_unit_test(junit_is_xml_whatever_is_in_it),
        cmocka_unit_test(tap_has_a_test_a_finding_and_one_an_item_without),
        cmocka_unit_test(tap_of_an_empty_backlog_is_skipped),
        cmocka_unit_test(no_text_is_a_directive_of_tap),
        cmocka_unit_test(a_summary_counts_and_lists_the_gravest_first),
        cmocka_unit_test(a_summary_of_what_is_good_says_what_was_checked),
        cmocka_unit_test(a_summary_stays_below_what_a_step_may_write),
        cmocka_unit_test(a_summary_takes_no_more_than_the_room_that_is_left),
        cmocka_unit_test(every_row_of_a_summary_has_four_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
