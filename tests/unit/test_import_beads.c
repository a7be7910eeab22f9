#include "import_beads.h"

#include "import_export.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct import *drafted(struct fixture *fixture, const char *text)
{
    return export_drafted(fixture, import_beads_read, "issues.jsonl", text);
}

/* What would be written for the only issue, of id bd-1: the lines of front matter from x-priority on, or the
 * body; newly allocated. */
static char *written(struct fixture *fixture, const char *members, const char *from)
{
    g_autofree char *line = g_strdup_printf("{\"id\":\"bd-1\",\"title\":\"Lend\"%s}\n", members);
    g_autoptr(Import) import = drafted(fixture, line);
    g_autofree char *item = export_item(import, "beads:bd-1");
    const char *found = strstr(item, from);

    if (!found)
        fail_msg("%s is not in %s", from, item);
    return g_strdup(found + strlen(from));
}

static void check_front(struct fixture *fixture, const char *members, const char *expected)
{
    g_autofree char *front = written(fixture, members, "---\ntitle: Lend\n");
    *strstr(front, "\n---\n") = '\0';
    assert_string_equal(front, expected);
}

static void check_body(struct fixture *fixture, const char *members, const char *expected)
{
    g_autofree char *body = written(fixture, members, "\n---\n\n");
    assert_string_equal(body, expected);
}

/* -- fields -- */

#define REST "aliases:\n  - bd-1\nx-source: beads:bd-1"

static void every_field_has_its_place(void **state)
{
    check_front(
        *state,
        ",\"status\":\"in_progress\",\"priority\":0,\"issue_type\":\"feature\",\"assignee\":\"@bo\","
        "\"labels\":[\"ui\",\"no\",\"\",\"1e5\",\"ui\"],\"created_at\":\"2026-10-02T09:12:44Z\","
        "\"estimated_minutes\":90,\"external_ref\":\"gh-9\",\"close_reason\":\"\",\"pinned\":false,"
        "\"waiters\":[\"ana\",\"bo\"],\"gate\":{\"kind\":\"all\"},\"score\":0.5,\"x\":[[1]],\"y\":null",
        "type: story\nstatus: doing\ncreated: 2026-10-02\nowner: bo\nlabels:\n  - ui\n  - \"no\"\n"
        "  - \"1e5\"\n" REST "\nx-priority: 0\nx-issue-type: feature\nx-created-at: "
        "\"2026-10-02T09:12:44Z\"\nx-estimated-minutes: 90\nx-external-ref: gh-9\n"
        "x-waiters:\n  - ana\n  - bo\nx-gate: \"{\\\"kind\\\":\\\"all\\\"}\"\nx-score: 0.5\n"
        "x-x: \"[[1]]\"");
}

static void status_and_type_become_those_of_the_policy(void **state)
{
    static const char *const cases[][2] = {
        { "\"status\":\"open\",\"issue_type\":\"bug\"", "bug\nstatus: new" },
        { "\"status\":\"closed\",\"issue_type\":\"epic\"", "epic\nstatus: done" },
        { "\"status\":null,\"issue_type\":null", "task\nstatus: new" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *members = g_strconcat(",", cases[i][0], NULL);
        g_autofree char *expected = g_strdup_printf("type: %s\ncreated: 2026-11-21\n" REST, cases[i][1]);
        check_front(*state, members, expected);
    }
    check_front(*state, ",\"status\":\"blocked\",\"issue_type\":\"chore\"",
                "type: task\nstatus: new\ncreated: 2026-11-21\n" REST
                "\nx-status: blocked\nx-issue-type: chore");
}

static void dependencies_become_what_they_mean(void **state)
{
    g_autoptr(Import) import = drafted(
        *state,
        "{\"id\":\"bd-1\",\"title\":\"Lend\",\"dependencies\":["
        "{\"issue_id\":\"bd-1\",\"depends_on_id\":\"bd-2\",\"type\":\"blocks\"},"
        "{\"issue_id\":\"bd-1\",\"depends_on_id\":\"bd-3\",\"type\":\"parent-child\"},"
        "{\"issue_id\":\"bd-1\",\"depends_on_id\":\"bd-4\",\"type\":\"related\",\"created_by\":\"ana\"},"
        "{\"issue_id\":\"bd-1\",\"depends_on_id\":\"bd-5\",\"type\":\"discovered-from\"},"
        "{\"issue_id\":\"bd-1\",\"depends_on_id\":\"bd-6\",\"type\":\"related\"},"
        "{\"issue_id\":\"bd-1\",\"depends_on_id\":\"bd-\xc3\xa9\"}]}\n"
        "{\"id\":\"bd-2\",\"title\":\"Two\"}\n{\"id\":\"bd-3\",\"title\":\"Three\",\"issue_type\":\"epic\"}"
        "\n");
    g_autofree char *item = export_item(import, "beads:bd-1");
    g_autofree char *expected = g_strdup_printf(
        "parent: %s\ndepends:\n  - %s\n  - bd-\xc3\xa9\n" REST "\nx-discovered-from:\n  - bd-5\n"
        "x-related:\n  - bd-4\n  - bd-6\nx-dependencies:\n  - \"{\\\"issue_id\\\":\\\"bd-1\\\","
        "\\\"depends_on_id\\\":\\\"bd-4\\\",\\\"type\\\":\\\"related\\\",\\\"created_by\\\":\\\"ana\\\"}\"\n-"
        "--\n",
        project_item(import, "beads:bd-3")->here, project_item(import, "beads:bd-2")->here);

    assert_true(fixture_says(item, expected));
    assert_true(project_reports(import, SEVERITY_WARNING, "issues.jsonl:1:376", "bd-\xc3\xa9 names nothing"));
}

static void a_second_parent_is_told(void **state)
{
    check_front(*state,
                ",\"dependencies\":[{\"depends_on_id\":\"a\",\"type\":\"parent-child\"},"
                "{\"depends_on_id\":\"b\",\"type\":\"parent-child\"}]",
                "type: task\nstatus: new\ncreated: 2026-11-21\n" REST
                "\nx-parent-child:\n  - b\nx-parent: a");
}

static void the_words_of_a_sister_are_known(void **state)
{
    g_autofree char *item =
        written(*state,
                ",\"pinned\":false,\"dependencies\":[{\"depends_on_id\":\"a\",\"dep_type\":"
                "\"related\"}],\"comments\":[{\"author\":\"Ana\",\"body\":\"Yes\"}]",
                "x-source: beads:bd-1\n");
    assert_string_equal(item,
                        "x-related:\n  - a\n---\n\n## Acceptance criteria\n\n## Comments\n\nAna:\n\n> Yes\n");
}

static void circles_are_told_once(void **state)
{
    g_autoptr(Import) import = drafted(
        *state, "{\"id\":\"bd-1\",\"title\":\"One\",\"dependencies\":[{\"depends_on_id\":\"bd-2\"}]}\n"
                "{\"id\":\"bd-2\",\"title\":\"Two\",\"dependencies\":[{\"depends_on_id\":\"bd-1\"}]}\n"
                "{\"id\":\"bd-3\",\"title\":\"Three\",\"dependencies\":[{\"depends_on_id\":\"bd-3\",\"type\":"
                "\"parent-child\"}]}\n");
    assert_int_equal(import->drafts->len, 3);
    assert_int_equal(import->findings->len, 2);
    assert_true(
        project_reports(import, SEVERITY_WARNING, "issues.jsonl:1:44", "in a circle, bd-1 -> bd-2 -> bd-1"));
    assert_true(project_reports(import, SEVERITY_WARNING, "issues.jsonl:3:46", "in a circle, bd-3 -> bd-3"));
}

static void priority_and_time_make_the_order(void **state)
{
    g_autoptr(Import) import =
        drafted(*state, "{\"id\":\"a\",\"title\":\"A\",\"status\":\"closed\",\"priority\":0}\n"
                        "{\"id\":\"b\",\"title\":\"B\",\"priority\":4}\n"
                        "{\"id\":\"c\",\"title\":\"C\",\"created_at\":\"2026-10-02\"}\n"
                        "{\"id\":\"d\",\"title\":\"D\",\"created_at\":\"2026-10-01\"}\n"
                        "{\"id\":\"e\",\"title\":\"E\",\"priority\":0.0}\n"
                        "{\"id\":\"f\",\"title\":\"F\",\"priority\":5,\"created_at\":\"now\"}\n");
    g_autofree char *order = export_order(import);
    assert_string_equal(order, "e d c f b a");
    assert_true(project_reports(import, SEVERITY_WARNING, "issues.jsonl:6:34", "expected 0 to 4, saw 5"));
    assert_true(project_reports(import, SEVERITY_WARNING, "issues.jsonl:6:49", "saw now"));
}

static void what_is_no_issue_is_left_out(void **state)
{
    g_autoptr(Import) import =
        drafted(*state, "{\"id\":\"a\",\"title\":\"\",\"status\":\"tombstone\"}\n\n  \n"
                        "{\"id\":\"b\",\"title\":\"B\",\"deleted_at\":\"2026-10-02T09:12:44Z\"}\n"
                        "{\"_type\":\"memory\",\"key\":\"k\",\"value\":\"v\"}\n"
                        "{\"_type\":\"issue\",\"id\":\"c\",\"title\":\"C\",\"deleted_at\":null}");
    g_autofree char *item = export_item(import, "beads:c");
    assert_null(strstr(item, "type: issue"));
    assert_int_equal(import->drafts->len, 1);
    assert_int_equal(import->left_out, 3);
    assert_int_equal(import->refused, 0);
}

/* -- texts -- */

static void each_text_has_its_section(void **state)
{
    check_body(*state,
               ",\"description\":\"To members\\r\\n## Why\\r\\nThey ask\",\"design\":\"# Two\\ntables\","
               "\"acceptance_criteria\":\"Lent\\nfor a day\\n\\n* Back\",\"notes\":\"Ana has one\"",
               "## Context\n\nTo members\n### Why\nThey ask\n\n## Acceptance criteria\n\n- [ ] Lent\n"
               "  for a day\n\n* Back\n\n## Approach\n\n### Two\ntables\n\n## Notes\n\nAna has one\n");
    check_body(*state, "", "## Acceptance criteria\n");
    check_body(*state, ",\"notes\":\"N\"", "## Acceptance criteria\n\n## Notes\n\nN\n");
    check_body(*state, ",\"description\":\"## Lend\\n\\nNow\"", "## Lend\n\nNow\n\n## Acceptance criteria\n");
}

static void criteria_of_the_description_come_second(void **state)
{
    check_body(*state,
               ",\"description\":\"## Acceptance Criteria\\n\\n- Lent\",\"acceptance_criteria\":\"Back\"",
               "## Acceptance criteria\n\n- [ ] Back\n\n## Acceptance Criteria\n\n- Lent\n");
    check_body(*state, ",\"description\":\"## Acceptance Criteria\\n\\n- Lent\"",
               "## Acceptance Criteria\n\n- Lent\n");
}

static void comments_say_who_and_when(void **state)
{
    check_body(
        *state,
        ",\"comments\":[{\"id\":7,\"issue_id\":\"bd-1\",\"author\":\"Ana\",\"text\":\"# Seen\\n- [ ] twice\","
        "\"created_at\":\"2026-10-02T09:12:44Z\"},{\"text\":\"Yes\"}]",
        "## Acceptance criteria\n\n## Comments\n\n2026-10-02T09:12:44Z Ana:\n\n> # Seen\n> - [ ] twice\n\n"
        "somebody:\n\n> Yes\n");
    check_front(*state, ",\"comments\":[{\"id\":7,\"issue_id\":\"bd-9\",\"author\":5,\"text\":\"A\"}]",
                "type: task\nstatus: new\ncreated: 2026-11-21\n" REST
                "\nx-comments: \"id: 7, issue_id: \\\"bd-9\\\", author: 5\"");
}

static void the_policy_names_the_sections(void **state)
{
    fixture_policy(*state, "sections:\n  why: [Reason]\n  criteria: [Done when]\n  approach: [Sketch]\n");
    check_body(*state, ",\"description\":\"D\",\"design\":\"T\",\"acceptance_criteria\":\"C\"",
               "## Reason\n\nD\n\n## Done when\n\n- [ ] C\n\n## Sketch\n\nT\n");
}

/* -- hostile -- */

static void a_bad_line_hides_no_other(void **state)
{
    static const char *const lines[][3] = {
        { "{\"id\":\"a\",\"title\":5}", "issues.jsonl:1:19", "title: expected a string, saw an integer" },
        { "{\"id\":\"a\",\"title\":null}", "issues.jsonl:1:19", "title: expected text, saw null" },
        { "{\"id\":\"a\",\"title\":\" \\n\"}", "issues.jsonl:1:19",
          "title: expected text, saw an empty string" },
        { "{\"id\":\"a\"}", "issues.jsonl:1:1", "title: expected text, saw nothing" },
        { "{\"title\":\"A\"}", "issues.jsonl:1:1", "id: expected text, saw nothing" },
        { "{\"id\":[1],\"title\":\"A\"}", "issues.jsonl:1:7", "id: expected a string, saw an array" },
        { "{\"id\":\"a\",\"title\":\"A\",\"title\":\"B\"}", "issues.jsonl:1:29", "duplicate object key" },
        { "{\"id\":\"a\",\"title\":\"A\",\"n\":1e999}", "issues.jsonl:1:31", "real number overflow" },
        { "{\"id\":\"a\",\"title\":\"A\",\"n\":99999999999999999999}", "issues.jsonl:1:46",
          "too big integer" },
        { "{\"id\":\"a\",\"title\":\"A\\u0000\"}", "issues.jsonl:1:27", "U+0000 is not allowed" },
        { "{\"id\":\"a\",\"title\":\"Caf\xe9\"}", "issues.jsonl:1:23", "saw the byte 0xe9" },
        { "{\"id\":\"a\",\"title\":\"A\",\"labels\":\"ui\"}", "issues.jsonl:1:32",
          "labels: expected an array" },
        { "{\"id\":\"a\",\"title\":\"A\",\"labels\":[{}]}", "issues.jsonl:1:32", "labels: expected strings" },
        { "{\"id\":\"a\",\"title\":\"A\",\"priority\":\"high\"}", "issues.jsonl:1:34",
          "priority: expected an" },
        { "{\"id\":\"a\",\"title\":\"A\",\"notes\":{}}", "issues.jsonl:1:31", "notes: expected a string" },
        { "{\"id\":\"a\",\"title\":\"A\",\"dependencies\":{}}", "issues.jsonl:1:38", "expected an array" },
        { "{\"id\":\"a\",\"title\":\"A\",\"dependencies\":[{\"depends_on_id\":\"b\"},5]}",
          "issues.jsonl:1:61", "expected an object with depends_on_id, saw an integer" },
        { "{\"id\":\"a\",\"title\":\"A\",\"comments\":[{}]}", "issues.jsonl:1:34", "objects with a text" },
        { "null", "issues.jsonl:1:1", "expected an object, an issue of beads, saw null" },
        { "<<<<<<< HEAD", "issues.jsonl:1:1", "invalid token" },
        { "{\"id\":\"a\",\"title\":\"A\"", "issues.jsonl:1:21", "'}' expected" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autofree char *text =
            g_strconcat(lines[i][0], "\r\n{\"id\":\"good\",\"title\":\"Lend\"}\r\n", NULL);
        g_autoptr(Import) import = drafted(*state, text);
        assert_int_equal(import->drafts->len, 1);
        assert_int_equal(import->refused, 1);
        assert_true(project_reports(import, SEVERITY_ERROR, lines[i][1], lines[i][2]));
    }
}

static void what_is_too_large_is_refused(void **state)
{
    g_autofree char *title = g_strnfill(100 << 10, 't'), *long_line = g_strnfill(1 << 20, 'x');
    g_autofree char *deep = g_strnfill(100000, '['), *notes = g_strnfill(70 << 10, 'n');
    g_autofree char *text = g_strconcat(
        "{\"id\":\"a\",\"title\":\"", title, "\"}\n{\"id\":\"b\",\"title\":\"B\",\"n\":\"", long_line,
        "\"}\n{\"id\":\"c\",\"title\":\"C\",\"n\":", deep, "}\n{\"id\":\"d\",\"title\":\"D\",\"unknown\":\"",
        notes, "\"}\n{\"id\":\"e\",\"title\":\"E\"}\n", NULL);
    g_autoptr(Import) import = drafted(*state, text);

    assert_int_equal(import->drafts->len, 1);
    assert_int_equal(import->refused, 4);
    assert_true(
        project_reports(import, SEVERITY_ERROR, "issues.jsonl:1:19", "at most 1000 bytes, saw 102400"));
    assert_true(project_reports(import, SEVERITY_ERROR, "issues.jsonl:2:1", "a line of at most 1048576"));
    assert_true(project_reports(import, SEVERITY_ERROR, "issues.jsonl:3:90", "at most 64 arrays"));
    assert_true(project_reports(import, SEVERITY_ERROR, "issues.jsonl:4:1", "could not be read"));
}

static void of_two_issues_with_one_id_neither_is_believed(void **state)
{
    g_autoptr(Import) import =
        drafted(*state, "{\"id\":\"a\",\"title\":\"A\"}\n{\"id\":\"b\",\"title\":\"B\"}\n"
                        "{\"id\":\"a\",\"title\":\"A\"}\n{\"id\":\"b\",\"title\":\"C\"}\n");
    g_autofree char *order = export_order(import);

    assert_string_equal(order, "a");
    assert_int_equal(import->refused, 2);
    assert_int_equal(import->left_out, 1);
    assert_true(project_reports(import, SEVERITY_WARNING, "issues.jsonl:3:1", "repeats line 1"));
    assert_true(project_reports(import, SEVERITY_ERROR, "issues.jsonl:2:7", "b is the id of line 4 too"));
    assert_true(project_reports(import, SEVERITY_ERROR, "issues.jsonl:4:7", "b is the id of line 2 too"));
}

static void odd_ids_and_bytes_are_only_text(void **state)
{
    g_autoptr(Import) import = drafted(
        *state, "\xef\xbb\xbf{\"id\":\"../../etc/passwd\",\"title\":\"a\\u001b[31m \\u202e\\tb\",\"labels\":"
                "[\"null\",\"yes\"],\"x: y\\n- z\":\"1\\n2\",\"x-source\":\"me\"}\r\n");
    g_autofree char *item = export_item(import, "beads:../../etc/passwd");
    assert_true(fixture_says(item, "title: \"a\\x1b[31m \\u202e b\"\n"));
    assert_true(fixture_says(item,
                             "labels:\n  - \"null\"\n  - \"yes\"\naliases:\n  - ../../etc/passwd\n"
                             "x-source: beads:../../etc/passwd\nx-x--y---z: \"1\\n2\"\nx-source-2: me\n"));
}

/* -- files -- */

static void a_folder_stands_for_the_file_in_it(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, NULL);
    g_autofree char *project = fixture_path(fixture, "project"), *empty = fixture_path(fixture, "empty");
    g_autofree char *beads = fixture_path(fixture, "project/.beads");
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, "project/.beads/beads.jsonl", "{\"id\":\"old\",\"title\":\"Old\"}\n");
    g_autoptr(Import) old = import_beads_read(policy, project, NULL, NULL);
    fixture_write(fixture, "project/.beads/issues.jsonl", "{\"id\":\"new\",\"title\":\"New\"}\n");
    g_autoptr(Import) new = import_beads_read(policy, beads, NULL, NULL);
    fixture_folder(fixture, "empty");

    assert_string_equal(project_item(old, "beads:old")->title, "Old");
    assert_string_equal(project_item(new, "beads:new")->title, "New");
    assert_int_equal(new->items->len, 1);
    assert_true(project_reports(new, SEVERITY_WARNING, "beads.jsonl", "left out"));
    assert_null(import_beads_read(policy, empty, NULL, &error));
    assert_true(fixture_says(error->message, "expected issues.jsonl or beads.jsonl"));
}

static void a_file_that_is_none_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    export_check_refused(fixture, import_beads_read, "list.json", " [\n{}]", 6,
                         "list.json:1:1: expected one JSON");
    fixture_link(fixture, "list.json", "link.jsonl");
    g_autofree char *link = fixture_path(fixture, "link.jsonl"), *none = fixture_path(fixture, "none.jsonl");
    g_autoptr(GError) error = NULL, other = NULL;
    assert_null(import_beads_read(fixture->policy, link, NULL, &error));
    assert_true(fixture_says(error->message, "symbolic link"));
    assert_null(import_beads_read(fixture->policy, none, NULL, &other));
    g_autoptr(Import) empty = drafted(fixture, "");
    assert_int_equal(empty->items->len + empty->findings->len, 0);
}

static void a_later_run_adds_what_is_new(void **state)
{
    static const char one[] = "{\"id\":\"a\",\"title\":\"A\"}\n",
                      more[] =
                          "{\"id\":\"a\",\"title\":\"Changed\"}\n"
                          "{\"id\":\"b\",\"title\":\"B\",\"dependencies\":[{\"depends_on_id\":\"a\"}]}\n";
    g_autoptr(Import) first = export_imported(*state, import_beads_read, "issues.jsonl", one);
    g_autofree char *names = fixture_names(*state, "backlog");
    g_autoptr(Import) second = export_imported(*state, import_beads_read, "beads.jsonl", one);
    g_autofree char *names_after = fixture_names(*state, "backlog");
    g_autoptr(Import) third = export_imported(*state, import_beads_read, "issues.jsonl", more);
    g_autofree char *item = export_item(third, "beads:b");
    g_autofree char *depends = g_strdup_printf("depends:\n  - %s\n", project_item(first, "beads:a")->here);

    assert_int_equal(second->present, 1);
    assert_string_equal(names, names_after);
    assert_int_equal(third->drafts->len, 1);
    assert_true(fixture_says(item, depends));
}

static void hostile_bytes_never_harm(void **state)
{
    export_mutate(
        *state, import_beads_read,
        "{\"id\":\"bd-1\",\"title\":\"Lend \\u00e9\",\"description\":\"## Why\\n```c\\nint a;\",\"design\":"
        "\"# Two\\ntables\",\"acceptance_criteria\":\"1. Lent\\n\\nBack\",\"notes\":\"<!-- no\","
        "\"status\":\"open\",\"priority\":1,\"issue_type\":\"bug\",\"labels\":[\"ui\",\"no\"],"
        "\"created_at\":\"2026-10-02T09:12:44Z\",\"dependencies\":[{\"issue_id\":\"bd-1\","
        "\"depends_on_id\":\"bd-2\",\"type\":\"blocks\",\"created_by\":\"ana\"},{\"depends_on_id\":\"bd-3\","
        "\"type\":\"related\"}],\"comments\":[{\"id\":1,\"author\":\"Bo\",\"text\":\"Yes\\n# No\"}]}\n"
        "{\"id\":\"bd-2\",\"title\":\"Two\",\"x\":{\"a\":[1,null,true]},\"deleted_at\":null}\n"
        "{\"id\":\"bd-3\",\"title\":\"Three\",\"status\":\"tombstone\"}\n",
        2000);
}

/* Many lines in one file: what is imported can be read as an item. */
static void hostile_lines_become_items_or_errors(void **state)
{
    static const char seed[] =
        "{\"id\":\"bd-%d\",\"title\":\"Lend \\u00e9\",\"description\":\"A\\n```c\\nint "
        "a;\",\"acceptance_criteria\":"
        "\"Lent\\n\\n- Back\",\"notes\":\"<!-- no\\n# No\",\"labels\":[\"ui\",\"no\"],\"x\":{\"a\":[1,null]},"
        "\"dependencies\":[{\"depends_on_id\":\"bd-%d\",\"type\":\"blocks\",\"created_by\":\"ana\"}]}";
    static const char odd[] = "\0\r\t \"\\{}[],:#-@&*!|>%`~<\x1b\x7f\xc3\xff"
                              "019eu";
    g_autoptr(GRand) random = g_rand_new_with_seed(2026);
    struct fixture *fixture = *state;

    for (int round = 0; round < 20; round++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (int i = 0; i < 100; i++) {
            g_autoptr(GString) line = g_string_new(NULL);
            g_string_printf(line, seed, i, i / 2);
            for (int n = g_rand_int_range(random, 0, 3); n > 0; n--)
                line->str[g_rand_int_range(random, 0, (gint32)line->len)] =
                    odd[g_rand_int_range(random, 0, sizeof odd - 1)];
            g_string_append_len(text, line->str, (gssize)line->len);
            g_string_append_c(text, '\n');
        }
        fixture_write_bytes(fixture, "many.jsonl", text->str, text->len);
        fixture_folder(fixture, "backlog");
        g_autofree char *path = fixture_path(fixture, "many.jsonl");
        g_autoptr(Import) import = import_beads_read(fixture_policy(fixture, NULL), path, NULL, NULL);
        assert_true(import_draft(import, fixture_backlog(fixture), NULL, NULL));
        assert_int_equal(import->drafts->len + import->refused + import->left_out, 100);
        assert_true(import->drafts->len > 30);
        for (guint i = 0; i < import->drafts->len; i++) {
            const struct draft *draft = import->drafts->pdata[i];
            g_autoptr(GPtrArray) findings = findings_new();
            g_autoptr(Document) document = document_new(edit_bytes(draft->edit), findings);
            document_body(document, findings);
            assert_non_null(document->front->root);
            assert_true(findings_gravest(findings) < SEVERITY_ERROR);
        }
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(every_field_has_its_place),
        TEST(status_and_type_become_those_of_the_policy),
        TEST(dependencies_become_what_they_mean),
        TEST(a_second_parent_is_told),
        TEST(the_words_of_a_sister_are_known),
        TEST(circles_are_told_once),
        TEST(priority_and_time_make_the_order),
        TEST(what_is_no_issue_is_left_out),
        TEST(each_text_has_its_section),
        TEST(criteria_of_the_description_come_second),
        TEST(comments_say_who_and_when),
        TEST(the_policy_names_the_sections),
        TEST(a_bad_line_hides_no_other),
        TEST(what_is_too_large_is_refused),
        TEST(of_two_issues_with_one_id_neither_is_believed),
        TEST(odd_ids_and_bytes_are_only_text),
        TEST(a_folder_stands_for_the_file_in_it),
        TEST(a_file_that_is_none_is_an_error),
        TEST(a_later_run_adds_what_is_new),
        TEST(hostile_bytes_never_harm),
        TEST(hostile_lines_become_items_or_errors),
    };
    return cmocka_run_group_tests_name("import_beads", tests, NULL, NULL);
}
