#include "import_export.h"
#include "import_github.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define PAGE "https://github.com/lib/things/issues/"

/* One issue as gh writes it, with more of its keys. */
#define ISSUE(number, more)                                                                                  \
    "{\"number\":" #number ",\"title\":\"Issue " #number "\",\"state\":\"OPEN\",\"url\":\"" PAGE #number     \
    "\"" more "}"

static const char whole[] =
    "[\n"
    "{\"assignees\":[{\"id\":\"U1\",\"login\":\"ana\",\"name\":\"Ana\"},{\"login\":\"bo\"}],"
    "\"author\":{\"login\":\"cy\"},\"body\":\"Cards get lost.\\r\\n\\r\\n### Acceptance Criteria\\r\\n- [ ] "
    "Blocked\\r\\n\","
    "\"closed\":false,\"closedAt\":null,\"comments\":[{\"author\":{\"login\":\"ana\"},\"body\":\"# Done "
    "when\\n```\\nopen\","
    "\"createdAt\":\"2026-10-02T08:00:00Z\"}],\"createdAt\":\"2026-10-01T09:12:13Z\",\"id\":\"I_1\","
    "\"labels\":[{\"name\":\"enhancement\"},{\"name\":\"desk\"},{\"name\":\"desk\"}],"
    "\"milestone\":{\"number\":3,\"title\":\"Spring\"},\"number\":12,\"state\":\"OPEN\",\"stateReason\":\"\","
    "\"title\":\" Block a\\nlost card \",\"url\":\"" PAGE "12\",\"isPinned\":true,"
    "\"reactionGroups\":[{\"content\":\"HEART\",\"users\":{\"totalCount\":2}}]}\n"
    "]\n";

static struct import *drafted(void **state, const char *text)
{
    return export_drafted(*state, import_github_read, "issues.json", text);
}

static struct import *imported(void **state, const char *text)
{
    return export_imported(*state, import_github_read, "issues.json", text);
}

static char *front_of(const struct import *import, const char *number)
{
    g_autofree char *source = g_strconcat("github.com/lib/things#", number, NULL);
    return project_front(import, source);
}

static void check_field(const char *text, const char *line)
{
    assert_true(fixture_says(text, line));
}

/* -- what becomes of an issue -- */

static void an_issue_of_gh_becomes_an_item(void **state)
{
    g_autoptr(Import) import = drafted(state, whole);
    g_autofree char *text = export_item(import, "github.com/lib/things#12");

    assert_int_equal(import->findings->len, 0);
    assert_string_equal(text, "---\ntitle: Block a lost card\ntype: story\nstatus: new\ncreated: 2026-10-01\n"
                              "owner: ana\nlabels:\n  - enhancement\n  - desk\naliases:\n  - GH-12\n"
                              "x-source: github.com/lib/things#12\nx-assignees:\n  - ana\n  - bo\n"
                              "x-author: cy\nx-created-at: \"2026-10-01T09:12:13Z\"\nx-id: I_1\n"
                              "x-milestone: Spring\nx-url: " PAGE "12\nx-is-pinned: true\n"
                              "x-reaction-groups:\n"
                              "  - \"{\\\"content\\\":\\\"HEART\\\",\\\"users\\\":{\\\"totalCount\\\":2}}\"\n"
                              "---\n\nCards get lost.\n\n### Acceptance Criteria\n- [ ] Blocked\n\n"
                              "## Comments\n\n2026-10-02 ana:\n\n> # Done when\n> ```\n> open\n");
}

static void pages_of_the_api_become_items(void **state)
{
    g_autoptr(Import) import = drafted(
        state, "[{\"url\":\"https://api.github.com/repos/lib/things/issues/7\",\"html_url\":\"" PAGE "7\","
               "\"repository_url\":\"https://api.github.com/repos/lib/things\",\"node_id\":\"I_7\","
               "\"number\":7,\"title\":\"Print\",\"user\":{\"login\":\"cy\",\"id\":1},\"labels\":[\"bug\"],"
               "\"state\":\"closed\",\"state_reason\":\"completed\",\"assignee\":{\"login\":\"bo\"},"
               "\"assignees\":[{\"login\":\"bo\"}],\"comments\":2,\"created_at\":\"2026-10-01T09:12:13Z\","
               "\"closed_at\":\"2026-10-03T09:12:13Z\",\"locked\":false,\"body\":null,"
               "\"reactions\":{\"url\":\"x\",\"total_count\":0,\"+1\":0}},"
               "{\"number\":8,\"title\":\"A pull\",\"pull_request\":{\"url\":\"x\"}}]\n"
               "[" ISSUE(9, "") "][]");
    g_autofree char *text = export_item(import, "github.com/lib/things#7");

    assert_int_equal(import->findings->len, 0);
    assert_int_equal(import->left_out, 1);
    assert_int_equal(import->drafts->len, 2);
    assert_string_equal(text,
                        "---\ntitle: Print\ntype: bug\nstatus: done\ncreated: 2026-10-01\nowner: bo\n"
                        "labels:\n  - bug\naliases:\n  - GH-7\nx-source: github.com/lib/things#7\n"
                        "x-url: " PAGE "7\nx-node-id: I_7\nx-author: cy\nx-comments: 2\n"
                        "x-created-at: \"2026-10-01T09:12:13Z\"\nx-closed-at: \"2026-10-03T09:12:13Z\"\n"
                        "---\n\n## Acceptance criteria\n");
}

static void an_issue_may_mix_both_shapes(void **state)
{
    g_autoptr(Import) import = imported(state, "[" ISSUE(1, ",\"createdAt\":\"2026-10-01T09:12:13Z\","
                                                            "\"created_at\":\"2026-10-02T09:12:13Z\"") "]");
    g_autofree char *front = front_of(import, "1");

    check_field(front, "created: 2026-10-02");
    check_field(front, "x-created-at: \"2026-10-01T09:12:13Z\"");
    check_field(front, "x-created-at-2: \"2026-10-02T09:12:13Z\"");
}

static void issues_may_stand_one_a_line(void **state)
{
    g_autoptr(Import) import = drafted(state, "\xef\xbb\xbf" ISSUE(3, "") "\r\n\r\n" ISSUE(1, "") "\n");
    g_autofree char *order = export_order(import);
    assert_string_equal(order, "GH-1 GH-3");
}

static void pages_may_stand_in_an_array(void **state)
{
    g_autoptr(Import) import = drafted(state, "[[" ISSUE(3, "") "],[],[" ISSUE(1, "") "," ISSUE(2, "") "]]");
    g_autofree char *order = export_order(import);
    assert_string_equal(order, "GH-1 GH-2 GH-3");
}

static void open_ones_come_first_by_number(void **state)
{
    g_autoptr(Import) import =
        drafted(state, "[" ISSUE(10, "") "," ISSUE(
                           9, "") ","
                                  "{\"number\":2,\"title\":\"x\",\"state\":\"CLOSED\"}," ISSUE(1, "") "]");
    g_autofree char *order = export_order(import);
    assert_string_equal(order, "GH-1 GH-9 GH-10 GH-2");
}

static void the_reason_says_whether_it_was_done(void **state)
{
    g_autoptr(Import) import = drafted(
        state, "[" ISSUE(1, ",\"state\":\"OPEN\"") "]" /* the same key twice */
                                                   "[{\"number\":2,\"title\":\"a\",\"state\":\"closed\","
                                                   "\"state_reason\":\"not_planned\"},"
                                                   "{\"number\":3,\"title\":\"a\",\"state\":\"CLOSED\","
                                                   "\"stateReason\":\"DUPLICATE\"},"
                                                   "{\"number\":4,\"title\":\"a\",\"state\":\"closed\","
                                                   "\"state_reason\":null},"
                                                   "{\"number\":5,\"title\":\"a\",\"state\":\"open\",\"state_"
                                                   "reason\":\"reopened\"},"
                                                   "{\"number\":6,\"title\":\"a\",\"state\":\"parked\"}]");
    static const char *const expected[] = {
        "status: dropped\n", "status: dropped\n", "status: done\n", "status: new\n", "status: new\n",
    };
    assert_int_equal(import->refused, 1);
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_autofree char *source = g_strdup_printf("issues.json#%u", i + 2);
        g_autofree char *front = project_front(import, source);
        check_field(front, expected[i]);
    }
    g_autofree char *second = project_front(import, "issues.json#2");
    g_autofree char *last = project_front(import, "issues.json#6");
    check_field(second, "x-state-reason: not_planned\n");
    check_field(last, "x-state: parked\n");
    assert_true(project_reports(import, SEVERITY_WARNING, ":1:410", "expected open or closed, saw parked"));
}

static void a_label_or_the_type_names_the_type(void **state)
{
    static const struct {
        const char *more, *type;
    } cases[] = {
        { "\"labels\":[{\"name\":\"desk\"},{\"name\":\"Bug\"}]", "bug" },
        { "\"labels\":[{\"name\":\"kind/feature\"}]", "story" },
        { "\"labels\":[{\"name\":\"type: epic\"},{\"name\":\"bug\"}]", "epic" },
        { "\"labels\":[{\"name\":\"typeface\"}]", "task" },
        { "\"labels\":[{\"name\":\"bug\"}],\"type\":{\"name\":\"Feature\"}", "story" },
        { "\"labels\":[{\"name\":\"bug\"}],\"issueType\":null", "bug" },
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf("{\"number\":1,\"title\":\"a\",%s}", cases[i].more);
        g_autoptr(Import) import = drafted(state, text);
        g_autofree char *front = project_front(import, "issues.json#1");
        g_autofree char *line = g_strdup_printf("\ntype: %s\n", cases[i].type);
        check_field(front, line);
    }
}

static void a_milestone_can_be_a_goal(void **state)
{
    fixture_policy(*state, "goals:\n  - id: spring\n    says: Ready in spring\n");
    g_autoptr(Import) import = drafted(state, whole);
    g_autofree char *front = front_of(import, "12");
    check_field(front, "goal: spring\n");
    assert_null(strstr(front, "milestone"));
}

static void a_fence_left_open_ends_before_the_comments(void **state)
{
    g_autoptr(Import) import =
        drafted(state, ISSUE(4, ",\"body\":\"Text\\n```\\nopen\",\"comments\":[{\"body\":\"Yes\"}]"));
    g_autofree char *text = export_item(import, "github.com/lib/things#4");
    check_field(text,
                "---\n\nText\n```\nopen\n```\n\n## Acceptance criteria\n\n## Comments\n\nsomebody:\n\n> "
                "Yes\n");
}

static void an_export_without_addresses_is_told_once(void **state)
{
    g_autoptr(Import) import =
        drafted(state, "[{\"number\":1,\"title\":\"a\"},\n{\"number\":2,\"title\":\"b\"}]");
    assert_true(
        project_reports(import, SEVERITY_WARNING, "issues.json:1:2", "no url says of which repository"));
    assert_int_equal(import->findings->len, 1);
}

/* -- links -- */

static void check_line(const struct import *import, const char *from, const char *key, const char *to)
{
    g_autofree char *front = front_of(import, from);
    g_autofree char *source = g_strconcat("github.com/lib/things#", to, NULL);
    g_autofree char *line = g_strconcat(key, project_item(import, source)->here, "\n", NULL);
    check_field(front, line);
}

static void formal_links_become_references(void **state)
{
    g_autoptr(Import) import = drafted(
        state,
        "[" ISSUE(4, ",\"parent\":{\"number\":5},\"blockedBy\":{\"nodes\":[{\"number\":6}]}") "," ISSUE(
            5, ",\"subIssues\":[{\"number\":6,\"url\":\"" PAGE
               "6\"}]") "," ISSUE(6, "") "," ISSUE(7, ",\"parent_issue_url\":\"https://api.github.com/repos/"
                                                      "lib/things/issues/5\","
                                                      "\"blocking\":[{\"number\":4}]") "]");
    assert_int_equal(import->findings->len, 0);
    check_line(import, "4", "parent: ", "5");
    check_line(import, "6", "parent: ", "5");
    check_line(import, "7", "parent: ", "5");
    check_line(import, "4", "depends:\n  - ", "6");
    check_line(import, "4", "  - ", "7");
}

static void a_link_to_nothing_is_kept_and_told(void **state)
{
    g_autoptr(Import) import = drafted(
        state, ISSUE(4, ",\"parent\":{\"number\":50},\"blockedBy\":[51,{\"number\":52,\"url\":"
                        "\"https://github.com/lib/other/issues/52\"}],\"blocking\":[53],\"subIssues\":"
                        "[54,4]"));
    g_autofree char *front = front_of(import, "4");

    check_field(front, "depends:\n  - GH-51\n  - lib/other#52\n");
    check_field(front, "x-blocking: GH-53\nx-sub-issues: GH-54\nx-parent: GH-50\n");
    assert_true(project_reports(import, SEVERITY_WARNING, "issues.json:1:102", "GH-50 names nothing"));
    assert_true(project_reports(import, SEVERITY_WARNING, "", "GH-4 names itself"));
    assert_int_equal(import->findings->len, 6);
}

static void circles_are_taken_as_they_are(void **state)
{
    g_autoptr(Import) import =
        imported(state, "[" ISSUE(4, ",\"parent\":{\"number\":5},\"blockedBy\":[5]") "," ISSUE(
                            5, ",\"parent\":{\"number\":4},\"blockedBy\":[4]") "]");
    check_line(import, "4", "parent: ", "5");
    check_line(import, "5", "parent: ", "4");
}

/* -- again -- */

static void a_second_run_makes_nothing_and_a_later_one_what_is_new(void **state)
{
    g_autoptr(Import) first = imported(state, whole);
    g_autoptr(Import) second = imported(state, whole);
    g_autoptr(Import) third = imported(state, "[" ISSUE(12, "") "," ISSUE(13, ",\"parent\":12") "]");
    g_autofree char *front = front_of(third, "13");
    g_autofree char *parent =
        g_strdup_printf("parent: %s\n", project_item(first, "github.com/lib/things#12")->here);

    assert_int_equal(second->drafts->len, 0);
    assert_int_equal(second->present, 1);
    assert_int_equal(third->drafts->len, 1);
    check_field(front, parent);
}

static void two_repositories_do_not_meet(void **state)
{
    g_autoptr(Import) import =
        drafted(state, "[" ISSUE(1, "") ",{\"number\":1,\"title\":\"Other\",\"url\":"
                                        "\"https://git.example.com/lib/other/issues/1\"}]");
    g_autofree char *other = project_front(import, "git.example.com/lib/other#1");

    assert_int_equal(import->drafts->len, 2);
    assert_null(strstr(other, "aliases"));
    assert_true(project_reports(import, SEVERITY_WARNING, "", "GH-1 is the id of"));
}

static void an_issue_that_stands_twice_is_taken_once(void **state)
{
    g_autoptr(Import) import =
        drafted(state, "[" ISSUE(1, "") ",\n" ISSUE(1, "") ",\n" ISSUE(1, ",\"body\":\"x\"") "]");
    assert_int_equal(import->drafts->len, 1);
    assert_int_equal(import->left_out, 1);
    assert_int_equal(import->refused, 1);
    assert_true(project_reports(import, SEVERITY_NOTE, ":2:11", "GH-1 stands at line 1 already"));
    assert_true(project_reports(import, SEVERITY_ERROR, ":3:11", "says something else"));
}

/* -- what is refused -- */

static void check_bad(void **state, const char *issue, const char *place, const char *message)
{
    g_autofree char *text = g_strdup_printf("[" ISSUE(1, "") ",\n%s,\n" ISSUE(2, "") "]", issue);
    g_autoptr(Import) import = drafted(state, text);

    assert_true(project_reports(import, SEVERITY_ERROR, place, message));
    assert_int_equal(import->refused, 1);
    assert_int_equal(import->drafts->len, 2);
}

static void a_bad_issue_hides_no_other(void **state)
{
    g_autofree char *wide = g_strnfill(100000, 'x');
    g_autofree char *wide_title = g_strdup_printf("{\"number\":3,\"title\":\"%s\"}", wide);

    check_bad(state, "{\"number\":3,\"title\":null}", "issues.json:2:21",
              "title: expected a string, saw null");
    check_bad(state, "{\"number\":3,\"title\":7}", ":2:21", "title: expected a string, saw an integer");
    check_bad(state, "{\"number\":3}", ":2:1", "title: expected a string, saw nothing");
    check_bad(state, "{\"number\":3,\"title\":\" \\n\"}", ":2:21", "saw only white space");
    check_bad(state, wide_title, ":2:21", "title: expected at most 1000 bytes, saw 100000");
    check_bad(state, "{\"number\":\"3\",\"title\":\"a\"}", ":2:11", "saw a string");
    check_bad(state, "{\"number\":0,\"title\":\"a\"}", ":2:11", "1 or more");
    check_bad(state, "{\"title\":\"a\"}", ":2:1", "number: expected the number of an issue");
    check_bad(state, "{\"number\":3,\"title\":\"a\",\"labels\":\"bug\"}", ":2:34",
              "labels: expected an array, saw a string");
    check_bad(state, "{\"number\":3,\"title\":\"a\",\"labels\":[[]]}", ":2:34", "objects with a name");
    check_bad(state, "{\"number\":3,\"title\":\"a\",\"body\":[]}", ":2:32", "body: expected a string");
    check_bad(state, "{\"number\":3,\"title\":\"a\",\"comments\":[1]}", ":2:36", "objects with a body");
    check_bad(state, "{\"number\":3,\"title\":\"a\",\"parent\":true}", ":2:34", "issues with a number");
    check_bad(state, "{\"number\":3,\"title\":\"a\",\"title\":\"b\"}", ":2:31", "duplicate object key");
    check_bad(state, "{\"number\":3,\"title\":\"a\\u0000\"}", ":2:29", "U+0000");
    check_bad(state, "[1]", ":2:2", "expected an issue as an object, saw an integer");
    check_bad(state, "null", ":2:1", "expected an issue as an object, saw null");
    check_bad(state, "", ":2:1", "");
    check_bad(state, "{\"number\" 3}", ":2:11", "':' expected");
}

static void brackets_without_end_are_refused(void **state)
{
    g_autofree char *open = g_strnfill(100000, '['), *close = g_strnfill(100000, ']');
    g_autofree char *nested = g_strdup_printf("{\"number\":3,\"title\":\"a\",\"x\":%s%s}", open, close);

    check_bad(state, nested, ":2:92", "at most 64 arrays and objects in each other");
    g_autofree char *text = g_strconcat("[" ISSUE(1, "") ",", open, NULL);
    g_autoptr(Import) import = drafted(state, text);
    assert_int_equal(import->drafts->len, 1);
    assert_true(import->refused > 0);
}

static void an_export_that_is_cut_off_gives_what_it_has(void **state)
{
    g_autoptr(Import) import = drafted(state, "[" ISSUE(1, "") ",\n" ISSUE(2, "") ",\n{\"number\":3,\"tit");
    assert_int_equal(import->drafts->len, 2);
    assert_true(project_reports(import, SEVERITY_ERROR, "", "the export is cut off"));
    assert_int_equal(import->refused, 1);
    g_autoptr(Import) between = drafted(state, "[" ISSUE(1, "") ",\n" ISSUE(2, ""));
    assert_int_equal(between->drafts->len, 2);
    assert_int_equal(between->refused, 1);
    g_autoptr(Import) other = drafted(state, "[" ISSUE(1, "") "]\nrubbish");
    assert_true(project_reports(other, SEVERITY_ERROR, ":2:1", "saw other text"));
    g_autoptr(Import) wrong = drafted(state, "[" ISSUE(1, "") "}]");
    assert_true(project_reports(wrong, SEVERITY_ERROR, "", "expected a comma or ]"));
    assert_int_equal(wrong->drafts->len, 1);
}

static void what_no_item_can_hold_is_refused(void **state)
{
    g_autofree char *wide = g_strnfill(1 << 20, 'x');
    g_autofree char *body = g_strdup_printf("{\"number\":3,\"title\":\"a\",\"body\":\"%s\"}", wide);
    g_autofree char *key = g_strdup_printf("{\"number\":3,\"title\":\"a\",\"note\":\"%.70000s\"}", wide);

    check_bad(state, body, "issues.json", "its item could not be read: larger than 1 MiB");
    check_bad(state, key, "issues.json", "its item could not be read");
}

static void files_that_hold_no_issues_are_refused(void **state)
{
    export_check_files(*state, import_github_read);
    export_check_refused(*state, import_github_read, "empty", "", 0, "saw an empty file");
    export_check_refused(*state, import_github_read, "blank", " \n", 2, "saw an empty file");
    export_check_refused(*state, import_github_read, "page", "<html>", 6,
                         "page:1:1: expected issues as JSON");
    g_autoptr(Import) none = drafted(state, "[]");
    assert_int_equal(none->items->len, 0);
}

static void what_has_too_many_mistakes_is_no_export(void **state)
{
    g_autoptr(GString) text = g_string_new("[0");
    for (guint i = 0; i < 30000; i++)
        g_string_append(text, ",0");
    export_check_refused(*state, import_github_read, "zeros", text->str, text->len,
                         "zeros: more than 10000 entries cannot be taken over");
    g_string_truncate(text, 0);
    for (guint i = 0; i < 10001; i++)
        g_string_append(text, "{}\n");
    export_check_refused(*state, import_github_read, "lines", text->str, text->len,
                         "lines: more than 10000 entries cannot be taken over");
}

static void control_bytes_go_nowhere_raw(void **state)
{
    g_autoptr(Import) import = drafted(
        state, "{\"number\":1,\"title\":\"Red \\u001b[31m \\u202e\",\"assignees\":[{\"login\":\"a\\nb\"}],"
               "\"labels\":[{\"name\":\"x\\ny: z\"}],\"evil\\nkey\":\"v\",\"comments\":[{\"author\":"
               "{\"login\":\"# Acceptance criteria\\n\"},\"body\":\"t\"}]}");
    g_autofree char *text = export_item(import, "issues.json#1");

    check_field(text, "title: \"Red \\x1b[31m \\u202e\"\n");
    check_field(text, "owner: \"a\\nb\"\n");
    check_field(text, "  - \"x\\ny: z\"\n");
    check_field(text, "x-evil-key: v\n");
    assert_null(strstr(text, "\n# Acceptance"));
}

static void mutations_never_crash(void **state)
{
    export_mutate(*state, import_github_read, whole, 2000);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_issue_of_gh_becomes_an_item),
        TEST(pages_of_the_api_become_items),
        TEST(an_issue_may_mix_both_shapes),
        TEST(issues_may_stand_one_a_line),
        TEST(pages_may_stand_in_an_array),
        TEST(open_ones_come_first_by_number),
        TEST(the_reason_says_whether_it_was_done),
        TEST(a_label_or_the_type_names_the_type),
        TEST(a_milestone_can_be_a_goal),
        TEST(a_fence_left_open_ends_before_the_comments),
        TEST(an_export_without_addresses_is_told_once),
        TEST(formal_links_become_references),
        TEST(a_link_to_nothing_is_kept_and_told),
        TEST(circles_are_taken_as_they_are),
        TEST(a_second_run_makes_nothing_and_a_later_one_what_is_new),
        TEST(two_repositories_do_not_meet),
        TEST(an_issue_that_stands_twice_is_taken_once),
        TEST(a_bad_issue_hides_no_other),
        TEST(brackets_without_end_are_refused),
        TEST(an_export_that_is_cut_off_gives_what_it_has),
        TEST(what_no_item_can_hold_is_refused),
        TEST(files_that_hold_no_issues_are_refused),
        TEST(what_has_too_many_mistakes_is_no_export),
        TEST(control_bytes_go_nowhere_raw),
        TEST(mutations_never_crash),
    };
    return cmocka_run_group_tests_name("import_github", tests, NULL, NULL);
}
