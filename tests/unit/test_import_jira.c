#include "import_export.h"
#include "import_jira.h"
#include "import_jira_date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char whole[] =
    "Summary,Issue key,Issue id,Issue Type,Status,Status Category,Priority,Assignee,Created,Resolution,"
    "Description,Labels,Labels,Sprint,Sprint,Custom field (Story Points),Parent,Custom field (Epic Link),"
    "Outward issue link (Blocks),Inward issue link (Blocks),Comment,Custom field (Acceptance Criteria),"
    "Custom field (Rank),Affects Version/s,Affects Version/s,Custom field (Hint)\r\n"
    "\" Renew a \nloan \",LIB-2,10002,Story,Selected for Development,To Do,High,Bo Larsen,"
    "21/Nov/26 9:00 AM,,\"h2. Why\r\n\r\n* *first*\r\n\",phone,desk,Sprint 3,Sprint 4,5.0,,LIB-1,,10003,"
    "21/Nov/26 10:00 AM;ana;h1. Why?,\"Given a loan\nWhen a call comes\nIt says so\",0|i0002:,1.0,1.1,"
    "\"One\nTwo\"\r\n"
    "Loans,LIB-1,10001,Epic,Open,,,,2026-10-01,,,,,,,,,,,,,,0|i0001:,,,\r\n"
    "Print,LIB-3,10003,Sub-task,Resolved,,,,,Duplicate,,,,,,,10001,,,,,,,,,\r\n";

static struct import *drafted(void **state, const char *text)
{
    return export_drafted(*state, import_jira_read, "jira.csv", text);
}

static struct import *imported(void **state, const char *text)
{
    return export_imported(*state, import_jira_read, "jira.csv", text);
}

static char *front_of(const struct import *import, const char *key)
{
    g_autofree char *source = g_strconcat("jira:", key, NULL);
    return project_front(import, source);
}

static void check_field(const struct import *import, const char *key, const char *line)
{
    g_autofree char *front = front_of(import, key), *padded = g_strconcat("\n", front, NULL);
    g_autofree char *wanted = g_strconcat("\n", line, "\n", NULL);
    assert_true(fixture_says(padded, wanted));
}

/* -- what becomes of an issue -- */

static void a_row_becomes_an_item(void **state)
{
    g_autoptr(Import) import = drafted(state, whole);
    g_autofree char *text = export_item(import, "jira:LIB-2");
    g_autofree char *expected = g_strdup_printf(
        "---\ntitle: Renew a loan\ntype: story\nstatus: refining\ncreated: 2026-11-21\nestimate: 5\n"
        "parent: %s\nowner: Bo Larsen\nsprint: Sprint 4\nlabels:\n  - phone\n  - desk\ndepends:\n  - %s\n"
        "aliases:\n  - LIB-2\nx-source: jira:LIB-2\nx-issue-id: 10002\nx-status: Selected for Development\n"
        "x-status-category: To Do\nx-created: 21/Nov/26 9:00 AM\nx-sprint:\n  - Sprint 3\n  - Sprint 4\n"
        "x-rank: \"0|i0002:\"\nx-priority: High\nx-affects-version-s:\n  - \"1.0\"\n  - \"1.1\"\n---\n\n"
        "## Why\n\n- **first**\n\n## Acceptance criteria\n\n- Given a loan\n  When a call comes\n- It says "
        "so\n"
        "\n## Hint\n\nOne\nTwo\n\n## Comments\n\n2026-11-21 ana:\n\n> # Why?\n",
        project_item(import, "jira:LIB-1")->here, project_item(import, "jira:LIB-3")->here);

    assert_int_equal(import->findings->len, 0);
    assert_string_equal(text, expected);
}

static void subtasks_name_their_parent_by_number(void **state)
{
    g_autoptr(Import) import = drafted(state, whole);
    g_autofree char *line = g_strconcat("parent: ", project_item(import, "jira:LIB-1")->here, NULL);

    check_field(import, "LIB-3", line);
    check_field(import, "LIB-3", "status: dropped");
    check_field(import, "LIB-3", "x-resolution: Duplicate");
    check_field(import, "LIB-3", "type: task");
    check_field(import, "LIB-3", "x-issue-type: Sub-task");
    check_field(import, "LIB-3", "created: 2026-11-21");
}

static void open_ones_come_first_by_rank(void **state)
{
    g_autoptr(Import) import =
        drafted(state, "Issue key,Summary,Status,Rank\nA-1,a,To Do,\nA-2,a,Done,0|a:\nA-3,a,To Do,0|i002:\n"
                       "A-4,a,To Do,0|i001:i\nA-5,a,To Do,0|i001:\nA-6,a,To Do,\n");
    g_autofree char *order = export_order(import);
    g_autoptr(Import) old = drafted(state, "Issue key,Summary,Rank\nA-1,a,1000\nA-2,a,99.5\n");
    g_autofree char *old_order = export_order(old);

    assert_string_equal(order, "A-5 A-4 A-3 A-1 A-6 A-2");
    assert_string_equal(old_order, "A-2 A-1");
}

static void the_status_follows_category_name_and_resolution(void **state)
{
    static const struct {
        const char *cells, *status;
    } cases[] = {
        { "To Do,To Do,", "new" },           { "Ready,To Do,", "refining" },
        { "Ready,,", "refining" },           { "Analysis,In Progress,", "doing" },
        { "Open,In Progress,", "doing" },    { "Done,Done,Done", "done" },
        { "Done,Done,Won't Do", "dropped" }, { "Closed,,Fixed", "done" },
        { "Released,Done,", "released" },    { "Rejected,Done,", "dropped" },
        { "Zu erledigen,,", "new" },         { "Waiting,,", "new" },
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf(
            "Summary,Issue key,Status,Status Category,Resolution\na,A-1,%s\n", cases[i].cells);
        g_autofree char *line = g_strconcat("status: ", cases[i].status, NULL);
        g_autoptr(Import) import = drafted(state, text);
        check_field(import, "A-1", line);
        assert_int_equal(import->findings->len, i == G_N_ELEMENTS(cases) - 1);
    }
}

static void points_are_an_estimate_where_the_scale_has_them(void **state)
{
    fixture_policy(*state, "estimate:\n  scale: {S: 1, M: 3, L: 8}\n");
    g_autoptr(Import) named = drafted(state, "Summary,Issue key,Story Points\na,A-1,m\na,A-2,3\n");
    check_field(named, "A-1", "estimate: M");
    check_field(named, "A-2", "x-story-points: 3");
    fixture_policy(*state, "");
    g_autoptr(Import) import = drafted(state, "Summary,Issue key,Story point estimate\na,A-3,13.0\n"
                                              "a,A-4,4\na,A-5,\na,A-6,many\n");
    check_field(import, "A-3", "estimate: 13");
    check_field(import, "A-4", "x-story-points: 4");
    check_field(import, "A-6", "x-story-points: many");
    assert_true(project_reports(import, SEVERITY_WARNING, "jira.csv:3:7", "4 is not on the scale"));
    assert_int_equal(import->findings->len, 2);
}

static void columns_stand_in_any_order_under_any_separator(void **state)
{
    g_autoptr(Import) semicolon =
        drafted(state, "\xef\xbb\xbfissue KEY;Erstellt;\"Summary\"\r\nA-1;\"x;y\";\"a, b\"\r\n\r\n");
    check_field(semicolon, "A-1", "title: a, b");
    check_field(semicolon, "A-1", "x-erstellt: x;y");
    g_autoptr(Import) excel = drafted(state, "sep=;\nSummary;Issue key\na;A-1\n");
    check_field(excel, "A-1", "title: a");
    g_autoptr(Import) tabs = drafted(state, "Summary\tIssue key\na\tA-1\n");
    check_field(tabs, "A-1", "title: a");
    g_autoptr(Import) data = drafted(state, "issuekey,title,description,storypoint\nA-1,a,b,8\n");
    check_field(data, "A-1", "estimate: 8");
    g_autoptr(Import) numbers = drafted(state, "Summary,Issue id\na,10001\n");
    check_field(numbers, "10001", "  - \"10001\"");
}

static void exports_may_stand_one_behind_the_other(void **state)
{
    g_autoptr(Import) import = drafted(
        state,
        "Summary,Issue key,Custom field (Rank)\na,A-1,\nSummary,Issue key,Custom field (Rank)\nb,A-2,\n");
    assert_int_equal(import->drafts->len, 2);
    assert_int_equal(import->refused, 0);
}

/* -- dates -- */

static void check_date(const char *text, const char *expected)
{
    g_autofree char *day = NULL;
    enum jira_date seen = import_jira_date(text, &day);

    assert_int_equal(seen == JIRA_DATE_GOOD, day != NULL);
    assert_string_equal(day ? day : seen == JIRA_DATE_AMBIGUOUS ? "two" : "none", expected);
}

static void dates_are_read_in_many_forms(void **state)
{
    check_date("21/Nov/26 9:00 AM", "2026-11-21");
    check_date("1/Jan/70", "1970-01-01");
    check_date("2026-11-21", "2026-11-21");
    check_date("2026-11-21 09:00", "2026-11-21");
    check_date("2026-11-21T09:00:00.000+0000", "2026-11-21");
    check_date("2026/11/21 9:00", "2026-11-21");
    check_date("21.11.2026 09:00", "2026-11-21");
    check_date("01.02.26", "2026-02-01");
    check_date("21. Nov. 2026", "2026-11-21");
    check_date("21-Nov-2026", "2026-11-21");
    check_date("Nov 21, 2026 9:00 AM", "2026-11-21");
    check_date("November 21, 2026", "2026-11-21");
    check_date("21/Dez/26 09:00", "2026-12-21");
    check_date("3/Mär/26", "2026-03-03");
    check_date("14/févr./26", "2026-02-14");
    check_date("14/août/2026", "2026-08-14");
    check_date("21/11/2026", "2026-11-21");
    check_date("11/21/2026", "2026-11-21");
    check_date("05/05/2026", "2026-05-05");
}

static void a_date_that_can_be_two_is_none(void **state)
{
    check_date("01/02/2026", "two");
    check_date("1-2-26 09:00", "two");
}

static void what_is_no_date_is_none(void **state)
{
    static const char *const texts[] = {
        "",          "soon",      "2026",       "21/Xyz/26",  "32/Jan/26", "2026-13-01",      "13/13/2026",
        "1/Jan/123", "1/2/3/4/5", "Jan/Feb/26", "2026-02-30", "0/0/0",     "99999999999-1-1",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        check_date(texts[i], "none");
}

static void an_ambiguous_date_is_kept_and_told(void **state)
{
    g_autoptr(Import) import = drafted(state, "Summary,Issue key,Created\na,A-1,01/02/2026\na,A-2,soon\n");
    check_field(import, "A-1", "x-created: 01/02/2026");
    check_field(import, "A-1", "created: 2026-11-21");
    assert_true(project_reports(import, SEVERITY_WARNING, "jira.csv:2:7", "can be read as two days"));
    assert_true(project_reports(import, SEVERITY_WARNING, "jira.csv:3:7", "expected a date, saw soon"));
}

/* -- links -- */

static void links_to_nothing_are_kept_and_told(void **state)
{
    g_autoptr(Import) import = drafted(
        state, "Summary,Issue key,Parent,Epic Link,Inward issue link (Blocks),Outward issue link (Blocks)\n"
               "a,A-1,A-8,A-9,A-7,A-6\nb,A-2,A-8,A-1,A-2,\nc,A-3,,,,a-1\n");
    g_autofree char *parent = g_strconcat("parent: ", project_item(import, "jira:A-1")->here, NULL);
    g_autofree char *third = g_strconcat("  - ", project_item(import, "jira:A-3")->here, NULL);

    check_field(import, "A-1", "x-parent: A-8");
    check_field(import, "A-1", "x-epic-link: A-9");
    check_field(import, "A-1", "  - A-7");
    check_field(import, "A-1", "x-outward-issue-link-blocks: A-6");
    check_field(import, "A-1", third);
    check_field(import, "A-2", parent);
    check_field(import, "A-2", "x-parent: A-8");
    assert_true(project_reports(import, SEVERITY_WARNING, "jira.csv:2:7", "A-8 names nothing"));
    assert_true(project_reports(import, SEVERITY_WARNING, "jira.csv:2:19", "A-6 is not in the export"));
    assert_true(project_reports(import, SEVERITY_WARNING, "jira.csv:3:15", "A-2 names itself"));
}

static void circles_are_taken_as_they_are(void **state)
{
    g_autoptr(Import) import = imported(
        state, "Summary,Issue key,Parent,Inward issue link (Blocks)\na,A-1,A-2,A-2\nb,A-2,A-1,A-1\n");
    g_autofree char *line = g_strconcat("parent: ", project_item(import, "jira:A-1")->here, NULL);
    check_field(import, "A-2", line);
}

/* -- again -- */

static void a_second_run_makes_nothing_and_a_later_one_what_is_new(void **state)
{
    g_autoptr(Import) first = imported(state, whole);
    g_autoptr(Import) second = imported(state, whole);
    g_autofree char *more = g_strconcat(whole, "New,LIB-4,10004", ",,,,,,,,,,,,,,10002,,,,,,,,,", "\n", NULL);
    g_autoptr(Import) third = imported(state, more);
    g_autofree char *parent = g_strconcat("parent: ", project_item(first, "jira:LIB-2")->here, NULL);

    assert_int_equal(first->drafts->len, 3);
    assert_int_equal(second->drafts->len, 0);
    assert_int_equal(second->present, 3);
    assert_int_equal(third->drafts->len, 1);
    check_field(third, "LIB-4", parent);
}

/* -- what is refused -- */

static void check_bad(void **state, const char *row, const char *place, const char *message)
{
    g_autofree char *text = g_strdup_printf("Summary,Issue key,Assignee,Note\na,A-1,,\n%s\nb,A-2,,\n", row);
    g_autoptr(Import) import = drafted(state, text);

    assert_true(project_reports(import, SEVERITY_ERROR, place, message));
    assert_int_equal(import->refused, 1);
    assert_int_equal(import->drafts->len, 2);
}

static void a_bad_row_hides_no_other(void **state)
{
    g_autofree char *wide = g_strnfill(100000, 'x'), *huge = g_strnfill((1 << 20) + 1, 'x');
    g_autofree char *wide_row = g_strdup_printf("%s,A-3,,", wide);
    g_autofree char *owner_row = g_strdup_printf("x,A-3,%s,", wide);
    g_autofree char *huge_row = g_strdup_printf("x,A-3,,\"%s\"", huge);

    check_bad(state, ",A-3,,", "jira.csv:3:1", "A-3: expected a title, saw nothing");
    check_bad(state, "\" \n\",A-3,,", ":3:1", "A-3: expected a title");
    check_bad(state, "x,,,", ":3:3", "expected the key of an issue");
    check_bad(state, "x,A-3", ":3:1", "expected 4 cells as in the header, saw 2");
    check_bad(state, "x,A-3,,,5", ":3:1", "expected 4 cells as in the header, saw 5");
    check_bad(state, "x,a-1,,", ":3:3", "a-1 stands at line 2 already");
    check_bad(state, wide_row, ":3:1", "Summary: expected at most 1000 bytes, saw 100000");
    check_bad(state, owner_row, ":3:7", "Assignee: expected at most 1000 bytes");
    check_bad(state, huge_row, ":3:8", "Note: 1048577 bytes, over the limit of 1048576");
}

static void a_file_that_is_no_export_is_refused(void **state)
{
#define REFUSED(name, text, message)                                                                         \
    export_check_refused(*state, import_jira_read, name, text, strlen(text), message)
    export_check_files(*state, import_jira_read);
    REFUSED("empty.csv", "", "empty.csv:1:1: expected the header of a CSV export, saw an empty file");
    REFUSED("blank.csv", "\r\n\n", "saw an empty file");
    REFUSED("prose.csv", "Dear all,\nhello\n", "prose.csv:1:1: expected a header with a column Summary");
    REFUSED("nokey.csv", "\n\nSummary,Status\na,b\n",
            "nokey.csv:3:1: expected a header with a column Issue key");
    REFUSED("quote.csv", "Summary,Issue key\na,A-1\n\"b,A-2\n", "quote.csv:3:1: expected a closing quote");
    REFUSED("stray.csv", "Summary,Issue key\na \"b\",A-1\n", "stray.csv:2:3: expected quotes around");
    REFUSED("behind.csv", "Summary,Issue key\n\"a\"b,A-1\n", "behind.csv:2:4: expected a separator");
    REFUSED("odd.csv", "Su\"mmary,Issue key\n", "odd.csv:1:3: expected quotes around the whole cell");
    REFUSED("json.csv", "[{\"key\": \"A-1\"}]", "json.csv:1:");
    g_autoptr(Import) none = drafted(state, "Summary,Issue key\n");
    assert_int_equal(none->items->len, 0);
    assert_int_equal(none->refused, 0);
}

static void what_has_too_many_mistakes_is_no_export(void **state)
{
    g_autoptr(GString) text = g_string_new("Summary,Issue key\n");
    for (guint i = 0; i < 10001; i++)
        g_string_append(text, "a\n");
    export_check_refused(*state, import_jira_read, "ones.csv", text->str, text->len,
                         "ones.csv: more than 10000 entries cannot be taken over");
}

static void formulas_and_control_bytes_are_text(void **state)
{
    g_autoptr(Import) import = drafted(
        state,
        "Summary,Issue key,Assignee,=HYPERLINK(),Description,Comment,日本\n"
        "=cmd|' /C calc'!A0,A-1,\"@a\nb\",\x1b[31m,<!-- x,\"21/Nov/26;# Acceptance criteria\n;{code}\",v\n");
    g_autofree char *text = export_item(import, "jira:A-1");

    assert_true(fixture_says(text, "title: =cmd|' /C calc'!A0\n"));
    assert_true(fixture_says(text, "owner: \"@a b\"\n"));
    assert_true(fixture_says(text, "x-hyperlink: \"\\x1b[31m\"\n"));
    assert_true(fixture_says(text, "x-column-7: v\n"));
    assert_true(fixture_says(text, "\n\\<!-- x\n"));
    assert_null(strstr(text, "\n# Acceptance"));
}

static void many_columns_cost_no_more_than_their_cells(void **state)
{
    g_autoptr(GString) text = g_string_new("Summary,Issue key");
    gint64 start = g_get_monotonic_time();

    for (guint i = 0; i < 5000; i++)
        g_string_append_printf(text, ",Column %u", i % 2500);
    for (guint i = 0; i < 200; i++) {
        g_string_append_printf(text, "\na,A-%u", i);
        for (guint c = 0; c < 5000; c++)
            g_string_append_c(text, ',');
    }
    g_autoptr(Import) import = drafted(state, text->str);
    assert_int_equal(import->drafts->len, 200);
    assert_true(g_get_monotonic_time() - start < 60 * G_USEC_PER_SEC);
}

static void mutations_never_crash(void **state)
{
    export_mutate(*state, import_jira_read, whole, 2000);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_row_becomes_an_item),
        TEST(subtasks_name_their_parent_by_number),
        TEST(open_ones_come_first_by_rank),
        TEST(the_status_follows_category_name_and_resolution),
        TEST(points_are_an_estimate_where_the_scale_has_them),
        TEST(columns_stand_in_any_order_under_any_separator),
        TEST(exports_may_stand_one_behind_the_other),
        cmocka_unit_test(dates_are_read_in_many_forms),
        cmocka_unit_test(a_date_that_can_be_two_is_none),
        cmocka_unit_test(what_is_no_date_is_none),
        TEST(an_ambiguous_date_is_kept_and_told),
        TEST(links_to_nothing_are_kept_and_told),
        TEST(circles_are_taken_as_they_are),
        TEST(a_second_run_makes_nothing_and_a_later_one_what_is_new),
        TEST(a_bad_row_hides_no_other),
        TEST(a_file_that_is_no_export_is_refused),
        TEST(what_has_too_many_mistakes_is_no_export),
        TEST(formulas_and_control_bytes_are_text),
        TEST(many_columns_cost_no_more_than_their_cells),
        TEST(mutations_never_crash),
    };
    return cmocka_run_group_tests_name("import_jira", tests, NULL, NULL);
}
