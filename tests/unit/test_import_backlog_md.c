/* Tasks of Backlog.md: which files, which fields, in which order. */
#include "import_project.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

/* The front matter of a task of which the keys beside title are given. */
static void check_front(struct fixture *fixture, const char *path, const char *front, const char *expected)
{
    g_autofree char *text = g_strconcat("title: Lend a pump\n", front, NULL);
    g_autofree char *name = g_path_get_basename(path);
    project_task(fixture, path, text);
    g_autoptr(Import) import = project_drafted(fixture);
    g_autofree char *seen = project_front(import, name);
    assert_string_equal(seen, expected);
}

/* -- which files -- */

static void tasks_stand_in_five_folders(void **state)
{
    static const char *const paths[] = { "tasks/a.md", "completed/b.md", "drafts/c.md", "archive/tasks/d.md",
                                         "archive/drafts/e.md" };
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++)
        project_task(*state, paths[i], "title: Lend a pump\n");
    fixture_write(*state, "project/tasks/README.md", "Our tasks.\n");
    fixture_write(*state, "project/tasks/notes.txt", "Our notes.\n");
    fixture_write(*state, "project/tasks/.hidden.md", "Nothing.\n");
    fixture_write(*state, "project/tasks/old/f.md", "---\ntitle: An old one\n---\n");
    fixture_write(*state, "project/docs/guide/g.md", "A guide.\n");
    fixture_write(*state, "project/decisions/h.md", "A decision.\n");
    g_autoptr(Import) import = project_read(*state);

    assert_int_equal(import->items->len, G_N_ELEMENTS(paths));
    assert_int_equal(import->refused, 0);
    assert_int_equal(import->left_out, 3);
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++)
        assert_true(g_str_has_suffix(((struct import_item *)import->items->pdata[i])->path, paths[i]));
}

static void the_project_may_be_the_folder_above(void **state)
{
    project_task(*state, "backlog/tasks/a.md", "title: Lend a pump\n");
    g_autoptr(Import) import = project_read(*state);
    assert_int_equal(import->items->len, 1);
}

static void a_folder_without_a_project_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *path = fixture_path(fixture, "project"), *none = fixture_path(fixture, "none");
    g_autoptr(GError) error = NULL, other = NULL;

    fixture_folder(fixture, "project/src");
    assert_null(import_backlog_md_read(fixture_policy(fixture, NULL), path, NULL, &error));
    assert_true(fixture_says(error->message, "expected a folder of Backlog.md"));
    assert_null(import_backlog_md_read(fixture->policy, none, NULL, &other));
    assert_true(fixture_says(other->message, "none: "));
}

static void a_project_in_the_folder_of_our_backlog_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL, other = NULL;

    project_task(fixture, "../backlog/tasks/a.md", "title: Lend a pump\n");
    fixture_policy(fixture, NULL);
    g_autofree char *path = fixture_path(fixture, "backlog");
    assert_null(import_backlog_md_read(fixture->policy, fixture->root, NULL, &error));
    assert_true(fixture_says(error->message, "is the folder of this backlog too"));
    assert_null(import_backlog_md_read(fixture->policy, path, NULL, &other));
    g_autoptr(Import) import =
        import_backlog_md_read(fixture_policy(fixture, "backlog: items\n"), fixture->root, NULL, NULL);
    assert_int_equal(import->items->len, 1);
}

static void files_that_cannot_be_read_do_not_hide_the_others(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *pipe = fixture_path(fixture, "project/tasks/pipe.md");
    g_autofree char *large = g_strnfill(1024 * 1024, 'x');

    project_task(fixture, "tasks/good.md", "title: Lend a pump\n");
    fixture_link(fixture, "good.md", "project/tasks/link.md");
    assert_return_code(mkfifo(pipe, 0600), 0);
    project_task(fixture, "tasks/large.md", large);
    fixture_write(fixture, "project/tasks/latin1.md", "---\ntitle: Lend\n---\n\nCaf\xe9\n");
    fixture_write(fixture, "project/tasks/plain.md", "no front matter\n");
    project_task(fixture, "tasks/quote.md", "title: ok\nlabels: [\"a\n");
    project_task(fixture, "tasks/nul.md", "title: \"a\\0b\"\n");
    fixture_link(fixture, "/tmp", "project/completed");
    g_autoptr(Import) import = project_drafted(fixture);

    assert_int_equal(import->items->len, 1);
    assert_int_equal(import->refused, 8);
    assert_true(project_reports(import, SEVERITY_ERROR, "tasks/link.md", "symbolic link"));
    assert_true(project_reports(import, SEVERITY_ERROR, "tasks/pipe.md", "FIFO"));
    assert_true(project_reports(import, SEVERITY_ERROR, "tasks/large.md", "over the limit"));
    assert_true(project_reports(import, SEVERITY_ERROR, "tasks/latin1.md:5:4", "0xe9"));
    assert_true(project_reports(import, SEVERITY_ERROR, "tasks/plain.md:1:1", "front matter"));
    assert_true(project_reports(import, SEVERITY_ERROR, "tasks/quote.md:3:10", ""));
    assert_true(project_reports(import, SEVERITY_ERROR, "tasks/nul.md:2:8", "U+0000"));
    assert_true(project_reports(import, SEVERITY_ERROR, "project/completed", "the folder cannot be read"));
}

static void a_byte_order_mark_and_crlf_are_taken_off(void **state)
{
    fixture_write(
        *state, "project/tasks/a.md",
        "\xef\xbb\xbf---\r\ntitle: Lend\r\nlabels:\r\n  - a\r\n---\r\n\r\n## Acceptance Criteria\r\n\r\n"
        "- [ ] #1 x");
    g_autoptr(Import) import = project_drafted(*state);
    g_autofree char *front = project_front(import, "a.md");
    const struct document *document = edit_document(project_item(import, "a.md")->draft->edit);

    assert_string_equal(front, "title: Lend\ntype: task\nstatus: new\ncreated: 2026-11-21\nlabels:\n  - a\n");
    g_autofree char *text = g_strndup(document->text, document->length);
    assert_true(g_str_has_suffix(text, "---\n\n## Acceptance Criteria\n\n- [ ] x\n"));
    assert_null(strchr(text, '\r'));
}

/* -- fields -- */

static void each_key_goes_where_it_belongs(void **state)
{
    check_front(
        *state, "tasks/a.md",
        "id: lib-7\nstatus: In Progress\nassignee:\n  - '@ana'\ncreated_date: '2026-01-05 10:30'\n"
        "updated_date: 2026-02-01\nlabels: [a, \"b c\", a]\npriority: high\nmilestone: m-1\nordinal: 1000\n"
        "reporter: '@bo'\nreferences: []\nmodified_files:\n  - src/a b.c\n  - 'yes'\nnotes: \"two\\n"
        "lines\"\nempty:\n",
        "title: Lend a pump\ntype: task\nstatus: doing\ncreated: 2026-01-05\nowner: ana\nlabels:\n"
        "  - a\n  - b c\n"
        "aliases:\n  - LIB-7\nx-created-date: \"2026-01-05 10:30\"\nx-updated-date: 2026-02-01\n"
        "x-priority: high\n"
        "x-milestone: m-1\nx-ordinal: 1000\nx-reporter: \"@bo\"\nx-modified-files:\n  - src/a b.c\n"
        "  - \"yes\"\n"
        "x-notes: \"two\\nlines\"\n");
}

static void keys_without_a_value_say_nothing(void **state)
{
    check_front(*state, "tasks/a.md",
                "id:\nstatus: ~\ntype: null\nassignee: []\ncreated_date: ''\nlabels: [~, '']\ndependencies:\n"
                "parent_task_id:\n"
                "priority:\nordinal:\nnotes: {}\n",
                "title: Lend a pump\ntype: task\nstatus: new\ncreated: 2026-11-21\n");
}

static void several_assignees_are_kept_beside_the_owner(void **state)
{
    check_front(*state, "tasks/a.md", "assignee: ['@ana', bo]\n",
                "title: Lend a pump\ntype: task\nstatus: new\ncreated: 2026-11-21\nowner: ana\nx-assignee:\n"
                "  - \"@ana\"\n"
                "  - bo\n");
}

static void a_bare_name_is_read_and_noted(void **state)
{
    project_task(*state, "tasks/a.md", "id: LIB-1\nassignee: @ana\nreporter:  @bo # \"lead\"\ntitle: Lend\n");
    g_autoptr(Import) import = project_drafted(*state);
    g_autofree char *front = project_front(import, "a.md");
    assert_string_equal(front, "title: Lend\ntype: task\nstatus: new\ncreated: 2026-11-21\nowner: ana\n"
                               "aliases:\n  - LIB-1\nx-reporter: \"@bo # \\\"lead\\\"\"\n");
    assert_true(project_reports(import, SEVERITY_NOTE, "a.md:3:11", "in quotes"));
    assert_true(project_reports(import, SEVERITY_NOTE, "a.md:4:12", "in quotes"));
    assert_int_equal(import->findings->len, 2);
}

static void a_title_is_one_line(void **state)
{
    project_task(*state, "tasks/a.md", "title: >-\n  Lend:\n\n  a   pump\n");
    project_task(*state, "tasks/lib-3 - No-title.md", "id: LIB-3\n");
    g_autoptr(Import) import = project_drafted(*state);
    assert_string_equal(project_item(import, "a.md")->title, "Lend: a pump");
    assert_string_equal(project_item(import, "lib-3")->title, "lib-3 - No-title");
    assert_true(project_reports(import, SEVERITY_WARNING, "lib-3 - No-title.md", "there is no title"));
    assert_true(project_reports(import, SEVERITY_WARNING, "a.md", "there is no id"));
}

static void a_date_that_is_none_is_kept_and_reported(void **state)
{
    project_task(*state, "tasks/a.md", "title: Lend\ncreated_date: 05.01.2026\n");
    project_task(*state, "tasks/b.md", "title: Lend\ncreated_date: 2026-02-30\n");
    project_task(*state, "tasks/c.md", "title: Lend\ncreated_date: 2026-02-2812\n");
    g_autoptr(Import) import = project_drafted(*state);
    static const char *const names[] = { "a.md", "b.md", "c.md" };
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *place = g_strconcat(names[i], ":3:15", NULL);
        g_autofree char *front = project_front(import, names[i]);
        assert_non_null(strstr(front, "created: 2026-11-21\nx-created-date: "));
        assert_true(project_reports(import, SEVERITY_WARNING, place, "expected a day"));
    }
}

static void what_is_nested_is_kept_as_text(void **state)
{
    project_task(*state, "tasks/a.md",
                 "title: Lend\nlinks: [a, {b: c}]\nowner: {name: ana}\nlabels: {x: y}\npriority: [high]\n");
    g_autoptr(Import) import = project_drafted(*state);
    g_autofree char *front = project_front(import, "a.md");
    assert_string_equal(
        front,
        "title: Lend\ntype: task\nstatus: new\ncreated: 2026-11-21\nx-links: \"{b: c}\"\nx-links-2:\n  - a\n"
        "x-owner: \"{name: ana}\"\nx-labels: \"{x: y}\"\nx-priority: \"[high]\"\n");
    assert_true(project_reports(import, SEVERITY_NOTE, "a.md:3:12", "links: a map is kept as text"));
    assert_true(project_reports(import, SEVERITY_NOTE, "a.md:4:8", "owner: a map"));
    assert_true(project_reports(import, SEVERITY_NOTE, "a.md:5:9", "labels: a map"));
    assert_true(project_reports(import, SEVERITY_NOTE, "a.md:6:11", "priority: a list"));
}

static void keys_that_come_out_alike_are_told_apart(void **state)
{
    check_front(
        *state, "tasks/a.md", "source: shelf\na_b: 1\na.b: 2\n\"a b\": 3\nx-own: 4\n",
        "title: Lend a pump\ntype: task\nstatus: new\ncreated: 2026-11-21\nx-source-2: shelf\nx-a-b: 1\n"
        "x-a-b-2: 2\n"
        "x-a-b-3: 3\nx-own: 4\n");
}

static void texts_that_are_too_long_are_refused(void **state)
{
    static const char *const keys[] = {
        "title", "id", "labels", "dependencies", "parent_task_id", "assignee"
    };
    g_autofree char *longest = g_strnfill(1000, 'x');

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autofree char *fits = g_strdup_printf("%s: %s\n", keys[i], longest);
        g_autofree char *wide = g_strdup_printf("%s: %sx\n", keys[i], longest);
        g_autofree char *place = g_strdup_printf("b.md:2:%zu", strlen(keys[i]) + 3);
        project_task(*state, "tasks/a.md", fits);
        project_task(*state, "tasks/b.md", wide);
        g_autoptr(Import) import = project_drafted(*state);
        assert_int_equal(import->items->len, 1);
        assert_int_equal(import->refused, 1);
        assert_true(project_reports(import, SEVERITY_ERROR, place, "at most 1000 bytes, saw 1001"));
    }
}

/* -- status and type -- */

static void check_status(struct fixture *fixture, const char *path, const char *word, const char *status,
                         const char *kept)
{
    g_autofree char *front = *word ? g_strdup_printf("status: %s\n", word) : g_strdup("");
    g_autofree char *line = kept ? g_strdup_printf("x-status: %s\n", kept) : g_strdup("");
    g_autofree char *expected =
        g_strdup_printf("title: Lend a pump\ntype: task\nstatus: %s\ncreated: 2026-11-21\n%s", status, line);
    g_autofree char *full = fixture_path(fixture, "project");
    check_front(fixture, path, front, expected);
    g_autofree char *file = g_build_filename(full, path, NULL);
    g_unlink(file);
}

static void a_status_is_mapped_and_kept_where_its_word_is_lost(void **state)
{
    fixture_write(*state, "project/config.yml",
                  "project_name: \"Library\"\nstatuses: [Wish, \"To Do\", In review, \"Shipped\"]\n");
    check_status(*state, "tasks/a.md", "To Do", "new", NULL);
    check_status(*state, "tasks/a.md", "to do", "new", NULL);
    check_status(*state, "tasks/a.md", "In Progress", "doing", NULL);
    check_status(*state, "tasks/a.md", "DONE", "done", NULL);
    check_status(*state, "drafts/a.md", "Draft", "new", "Draft");
    check_status(*state, "tasks/a.md", "Won't Do", "dropped", "Won't Do");
    check_status(*state, "tasks/a.md", "Cancelled", "dropped", "Cancelled");
    check_status(*state, "tasks/a.md", "wish", "new", "wish");
    check_status(*state, "tasks/a.md", "In review", "doing", "In review");
    check_status(*state, "tasks/a.md", "shipped", "done", "shipped");
    check_status(*state, "tasks/a.md", "Elsewhere", "new", "Elsewhere");
    check_status(*state, "tasks/a.md", "", "new", NULL);
}

static void what_is_archived_and_not_done_is_dropped(void **state)
{
    check_status(*state, "archive/tasks/a.md", "To Do", "dropped", "To Do");
    check_status(*state, "archive/drafts/a.md", "Draft", "dropped", "Draft");
    check_status(*state, "archive/tasks/a.md", "Done", "done", NULL);
    check_status(*state, "archive/tasks/a.md", "", "dropped", NULL);
}

static void check_type(struct fixture *fixture, const char *word, const char *type, const char *kept)
{
    g_autofree char *front = g_strdup_printf("type: %s\n", word);
    g_autofree char *line = kept ? g_strdup_printf("x-type: %s\n", kept) : g_strdup("");
    g_autofree char *expected =
        g_strdup_printf("title: Lend a pump\ntype: %s\nstatus: new\ncreated: 2026-11-21\n%s", type, line);
    check_front(fixture, "tasks/a.md", front, expected);
}

static void a_type_is_mapped_and_kept_where_its_word_is_lost(void **state)
{
    check_type(*state, "bug", "bug", NULL);
    check_type(*state, "Bug", "bug", NULL);
    check_type(*state, "feature", "story", "feature");
    check_type(*state, "enhancement", "story", "enhancement");
    check_type(*state, "research", "spike", "research");
    check_type(*state, "epic", "epic", NULL);
    check_type(*state, "chore", "task", "chore");
    check_type(*state, "docs", "task", "docs");
    check_type(*state, "", "task", NULL);
}

static void a_type_that_the_policy_lacks_is_its_task(void **state)
{
    fixture_policy(*state, "types: [feature, task]\n");
    check_type(*state, "bug", "task", "bug");
    check_type(*state, "feature", "feature", NULL);
    fixture_policy(*state, "types: [work, bug]\n");
    check_type(*state, "enhancement", "work", "enhancement");
    check_type(*state, "", "work", NULL);
}

static void settings_that_cannot_be_read_are_only_odd(void **state)
{
    fixture_write(*state, "project/config.yml", "statuses: [a\n");
    project_task(*state, "tasks/a.md", "title: Lend\nstatus: Done\n");
    g_autoptr(Import) import = project_drafted(*state);
    assert_int_equal(import->refused, 0);
    assert_int_equal(import->drafts->len, 1);
    assert_true(project_reports(import, SEVERITY_WARNING, "config.yml:1:11", ""));
}

/* -- order -- */

static void open_tasks_come_first_by_ordinal_priority_and_number(void **state)
{
    static const char *const titles[] = { "first", "second", "third", "fourth", "fifth", "sixth", "seventh" };
    project_task(*state, "tasks/lib-2.md", "id: LIB-2\ntitle: fifth\n");
    project_task(*state, "tasks/lib-10.md", "id: LIB-10\ntitle: sixth\n");
    project_task(*state, "tasks/lib-11.md", "id: LIB-11\ntitle: fourth\npriority: low\n");
    project_task(*state, "tasks/lib-12.md", "id: LIB-12\ntitle: third\npriority: high\n");
    project_task(*state, "tasks/lib-13.md", "id: LIB-13\ntitle: second\nordinal: 20.5\n");
    project_task(*state, "drafts/draft-1.md", "id: DRAFT-1\ntitle: first\nordinal: 3\npriority: low\n");
    project_task(*state, "tasks/lib-1.md",
                 "id: LIB-1\ntitle: seventh\nstatus: Done\nordinal: 1\npriority: high\n");
    g_autoptr(Import) import = project_imported(*state);
    struct backlog *backlog = fixture_loaded(*state);

    assert_int_equal(backlog->items->len, G_N_ELEMENTS(titles));
    for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
        assert_string_equal(((struct item *)backlog->items->pdata[i])->title, titles[i]);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(tasks_stand_in_five_folders),
        TEST(the_project_may_be_the_folder_above),
        TEST(a_folder_without_a_project_is_an_error),
        TEST(a_project_in_the_folder_of_our_backlog_is_an_error),
        TEST(files_that_cannot_be_read_do_not_hide_the_others),
        TEST(a_byte_order_mark_and_crlf_are_taken_off),
        TEST(each_key_goes_where_it_belongs),
        TEST(keys_without_a_value_say_nothing),
        TEST(several_assignees_are_kept_beside_the_owner),
        TEST(a_bare_name_is_read_and_noted),
        TEST(a_title_is_one_line),
        TEST(a_date_that_is_none_is_kept_and_reported),
        TEST(what_is_nested_is_kept_as_text),
        TEST(keys_that_come_out_alike_are_told_apart),
        TEST(texts_that_are_too_long_are_refused),
        TEST(a_status_is_mapped_and_kept_where_its_word_is_lost),
        TEST(what_is_archived_and_not_done_is_dropped),
        TEST(a_type_is_mapped_and_kept_where_its_word_is_lost),
        TEST(a_type_that_the_policy_lacks_is_its_task),
        TEST(settings_that_cannot_be_read_are_only_odd),
        TEST(open_tasks_come_first_by_ordinal_priority_and_number),
    };
    return cmocka_run_group_tests_name("import_backlog_md", tests, NULL, NULL);
}
