/* What becomes of foreign items: references, names, what is there already, what is written. */
#include "import_project.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* -- references -- */

/* Whether the item has a line that begins so and ends with the id of the other. */
static void check_reference(const struct import *import, const char *from, const char *key, const char *to)
{
    g_autofree char *front = project_front(import, from);
    g_autofree char *line = g_strconcat(key, project_item(import, to)->here, "\n", NULL);
    assert_true(fixture_says(front, line));
}

static void references_become_ids_wherever_the_task_stands(void **state)
{
    project_task(*state, "tasks/lib-1.md",
                 "id: LIB-1\ntitle: One\nparent_task_id: task-3\ndependencies: [LIB-3.02, 12, draft-1]\n");
    project_task(*state, "tasks/lib-3.md", "id: LIB-3\ntitle: Three\ndependencies: LIB-0012\n");
    project_task(*state, "tasks/lib-3.02.md", "id: LIB-3.02\ntitle: Part\nparent_task_id: '3'\n");
    project_task(*state, "tasks/lib-3.2.md", "id: LIB-3.2\ntitle: Another part\n");
    project_task(*state, "archive/tasks/task-12.md", "id: task-12\ntitle: Twelve\n");
    project_task(*state, "drafts/draft-1.md", "id: DRAFT-1\ntitle: A draft\n");
    g_autoptr(Import) import = project_drafted(*state);

    assert_int_equal(import->findings->len, 0);
    check_reference(import, "lib-1.md", "parent: ", "lib-3.md");
    check_reference(import, "lib-1.md", "depends:\n  - ", "lib-3.02.md");
    check_reference(import, "lib-1.md", "  - ", "task-12.md");
    check_reference(import, "lib-1.md", "  - ", "draft-1.md");
    check_reference(import, "lib-3.md", "depends:\n  - ", "task-12.md");
    check_reference(import, "lib-3.02.md", "parent: ", "lib-3.md");
}

static void the_settings_may_know_another_prefix(void **state)
{
    fixture_write(*state, "project/config.yml", "\xef\xbb\xbftask_prefix: shelf\n");
    project_task(*state, "tasks/lib-1.md", "id: LIB-1\ntitle: One\n");
    project_task(*state, "tasks/lib-2.md", "id: LIB-2\ntitle: Two\ndependencies: [SHELF-1]\n");
    g_autoptr(Import) import = project_drafted(*state);
    assert_int_equal(import->findings->len, 0);
    check_reference(import, "lib-2.md", "depends:\n  - ", "lib-1.md");
}

static void a_reference_that_stands_twice_is_written_once(void **state)
{
    project_task(*state, "tasks/lib-1.md", "id: LIB-1\ntitle: One\n");
    project_task(*state, "tasks/lib-2.md",
                 "id: LIB-2\ntitle: Two\ndependencies: [LIB-1, task-1, '9', '9']\n");
    g_autoptr(Import) import = project_drafted(*state);
    g_autofree char *front = project_front(import, "lib-2.md");
    g_autofree char *lines =
        g_strdup_printf("depends:\n  - %s\n  - \"9\"\naliases", project_item(import, "lib-1.md")->here);
    assert_true(fixture_says(front, lines));
}

static void a_reference_to_nothing_is_kept_and_reported(void **state)
{
    project_task(*state, "tasks/lib-1.md",
                 "id: LIB-1\ntitle: One\ndependencies:\n  - task-0\n  - LIB-2\nparent_task_id: Lib-99\n");
    project_task(*state, "tasks/lib-2.md",
                 "id: LIB-2\ntitle: Two\nx_parent_task_id: mine\nparent_task_id: task-98\n");
    g_autoptr(Import) import = project_drafted(*state);
    g_autofree char *front = project_front(import, "lib-1.md"), *other = project_front(import, "lib-2.md");

    assert_true(fixture_says(front, "depends:\n  - task-0\n"));
    assert_true(fixture_says(front, "x-parent-task-id: Lib-99\n"));
    assert_null(strstr(front, "\nparent:"));
    assert_true(fixture_says(other, "x-x-parent-task-id: mine\nx-parent-task-id: task-98\n"));
    assert_true(project_reports(import, SEVERITY_WARNING, "tasks/lib-1.md:5:5",
                                "dependencies: task-0 names nothing"));
    assert_true(project_reports(import, SEVERITY_WARNING, "tasks/lib-1.md:7:17",
                                "parent_task_id: Lib-99 names nothing"));
    assert_int_equal(import->findings->len, 3);
}

static void a_task_that_was_refused_is_nothing(void **state)
{
    g_autofree char *wide = g_strnfill(1001, 'x');
    g_autofree char *front = g_strdup_printf("id: LIB-2\ntitle: Two\nlabels: [%s]\n", wide);
    project_task(*state, "tasks/lib-1.md", "id: LIB-1\ntitle: One\ndependencies: [LIB-2]\n");
    project_task(*state, "tasks/lib-2.md", front);
    g_autoptr(Import) import = project_drafted(*state);
    assert_int_equal(import->refused, 1);
    assert_true(project_reports(import, SEVERITY_WARNING, "lib-1.md:4:16", "LIB-2 names nothing"));
}

/* As many references as the front matter of a task has room for, which need more in ours. */
static void an_item_that_would_not_be_readable_is_refused(void **state)
{
    g_autoptr(GString) front = g_string_new("id: LIB-2\ntitle: Two\ndependencies: [0");
    for (int i = 1; i < 9000; i++)
        g_string_append_printf(front, ",%d", i + 100);
    g_string_append(front, "]\n");
    project_task(*state, "tasks/lib-1.md", "id: LIB-1\ntitle: One\ndependencies: [LIB-2]\n");
    project_task(*state, "tasks/lib-2.md", front->str);
    g_autoptr(Import) import = project_imported(*state);

    assert_int_equal(import->refused, 1);
    assert_int_equal(import->drafts->len, 1);
    assert_true(project_reports(import, SEVERITY_ERROR, "tasks/lib-2.md", "its item could not be read"));
    assert_true(project_reports(import, SEVERITY_WARNING, "lib-1.md:4:16", "LIB-2 names nothing"));
}

/* -- names -- */

static void an_id_that_stands_twice_stays_with_the_first(void **state)
{
    project_task(*state, "archive/tasks/a.md", "id: lib-9\ntitle: Old nine\n");
    project_task(*state, "completed/b.md", "title: Nine\nid: LIB-9\n");
    project_task(*state, "tasks/c.md", "id: LIB-1\ntitle: One\ndependencies: [lib-9]\n");
    g_autoptr(Import) import = project_drafted(*state);
    g_autofree char *old = project_front(import, "a.md"), *first = project_front(import, "b.md");

    assert_true(fixture_says(first, "aliases:\n  - LIB-9\n"));
    assert_null(strstr(old, "aliases"));
    check_reference(import, "c.md", "depends:\n  - ", "b.md");
    assert_true(project_reports(import, SEVERITY_WARNING, "archive/tasks/a.md:2:5", "completed/b.md:3:5"));
    assert_int_equal(import->findings->len, 1);
}

static void an_alias_that_the_backlog_has_stays_there(void **state)
{
    fixture_write(*state, "backlog/k7q2m-pump.md", "---\ntitle: Pump\nid: k7q2m\naliases: [lib-1]\n---\n");
    project_task(*state, "tasks/a.md", "id: LIB-1\ntitle: One\n");
    project_task(*state, "tasks/b.md", "id: LIB-2\ntitle: Two\ndependencies: [LIB-1]\n");
    g_autoptr(Import) import = project_drafted(*state);
    g_autofree char *front = project_front(import, "a.md");

    assert_null(strstr(front, "aliases"));
    assert_true(project_reports(import, SEVERITY_WARNING, "a.md:2:5", "backlog/k7q2m-pump.md"));
    check_reference(import, "b.md", "depends:\n  - ", "a.md");
}

/* An alias that the backlog has may be that of another project's item. */
static void a_reference_does_not_reach_beyond_the_project(void **state)
{
    fixture_write(*state, "backlog/k7q2m-pump.md", "---\ntitle: Pump\nid: k7q2m\naliases: [LIB-8]\n---\n");
    project_task(*state, "tasks/a.md", "id: LIB-1\ntitle: One\ndependencies: [LIB-8]\n");
    g_autoptr(Import) import = project_drafted(*state);
    g_autofree char *front = project_front(import, "a.md");
    assert_true(fixture_says(front, "depends:\n  - LIB-8\n"));
}

/* -- writing -- */

static void a_second_run_makes_nothing(void **state)
{
    project_task(*state, "tasks/a.md", "id: LIB-1\ntitle: One\ndependencies: [LIB-7]\n");
    project_task(*state, "completed/b.md", "id: LIB-1\ntitle: Two\n");
    g_autoptr(Import) first = project_imported(*state);
    g_autofree char *names = fixture_names(*state, "backlog");
    g_autoptr(Import) second = project_imported(*state);
    g_autofree char *names_after = fixture_names(*state, "backlog");

    assert_int_equal(first->drafts->len, 2);
    assert_int_equal(first->findings->len, 2);
    assert_int_equal(second->drafts->len, 0);
    assert_int_equal(second->present, 2);
    assert_int_equal(second->findings->len, 0);
    assert_string_equal(names, names_after);
}

static void a_later_run_adds_what_is_new(void **state)
{
    project_task(*state, "tasks/b.md", "id: LIB-2\ntitle: Two\n");
    g_autoptr(Import) first = project_imported(*state);
    project_task(*state, "tasks/a.md", "id: LIB-1\ntitle: One\ndependencies: [LIB-2]\n");
    project_task(*state, "tasks/b.md", "id: LIB-2\ntitle: Changed meanwhile\n");
    project_task(*state, "archive/tasks/c.md", "id: LIB-2\ntitle: Two again\n");
    g_autoptr(Import) second = project_imported(*state);
    g_autofree char *front = project_front(second, "a.md"), *twice = project_front(second, "c.md");
    g_autofree char *line = g_strdup_printf("depends:\n  - %s\n", project_item(first, "b.md")->here);

    assert_int_equal(second->present, 1);
    assert_int_equal(second->drafts->len, 2);
    assert_true(fixture_says(front, line));
    assert_null(strstr(twice, "aliases"));
    /* New ones stand behind those that are there. */
    struct backlog *backlog = fixture_loaded(*state);
    assert_string_equal(((struct item *)backlog->items->pdata[0])->title, "Two");
    assert_string_equal(((struct item *)backlog->items->pdata[1])->title, "One");
}

static void an_item_that_cannot_be_read_may_be_one_of_them(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;

    project_task(fixture, "tasks/a.md", "id: LIB-1\ntitle: One\n");
    g_autoptr(Import) first = project_imported(fixture);
    fixture_write(fixture, "backlog/k7q2m-pump.md", "---\ntitle: \"Pump\n---\n");
    g_autoptr(Import) nothing_new = project_drafted(fixture);
    assert_int_equal(nothing_new->present, 1);
    project_task(fixture, "tasks/b.md", "id: LIB-2\ntitle: Two\n");
    g_autoptr(Import) second = project_read(fixture);
    assert_false(import_draft(second, fixture_backlog(fixture), NULL, &error));
    assert_true(fixture_says(error->message, "backlog/k7q2m-pump.md: "));
    assert_true(fixture_says(error->message, "mend it first"));
}

static void drafting_writes_nothing(void **state)
{
    project_task(*state, "tasks/a.md", "id: LIB-1\ntitle: One\n");
    g_autoptr(Import) import = project_drafted(*state);
    g_autofree char *names = fixture_names(*state, "backlog");
    assert_int_equal(import->drafts->len, 1);
    assert_string_equal(names, "");
}

static void what_was_imported_can_be_edited_there_and_back(void **state)
{
    static const char *const title = "Another title: \"quoted\"";
    project_task(*state, "tasks/a.md", "id: LIB-1\ntitle: 'no'\nassignee: ['@ana', '@bo']\n");
    fixture_write(*state, "project/tasks/b.md",
                  "---\ntitle: 'Why: @ana?'\n---\n## Description\n\n```\nnot closed");
    fixture_write(*state, "project/tasks/c.md", "---\ntitle: \"a\\tb\\u00e9\"\n---\n");
    fixture_write(*state, "project/tasks/d.md",
                  "---\ntitle: A comment\n---\n<!-- not closed\n\n- [ ] nothing\n");
    g_autoptr(Import) import = project_imported(*state);
    struct backlog *backlog = fixture_loaded(*state);
    struct edit_section criteria = policy_edit_section(backlog->policy, SECTION_CRITERIA);
    g_autofree const char **order = field_order();

    for (guint i = 0; i < backlog->entries->len; i++) {
        g_autoptr(Draft) draft = draft_open(backlog, &g_array_index(backlog->entries, struct entry, i), NULL);
        g_autofree char *was = g_strdup(node_find(edit_document(draft->edit)->front->root, "title")->text);
        assert_true(edit_set(draft->edit, "title", title, SCALAR_STRING, order, NULL));
        assert_true(edit_set(draft->edit, "title", was, SCALAR_STRING, order, NULL));
        assert_true(edit_entry_add(draft->edit, "labels", "urgent", order, NULL));
        assert_true(edit_entry_remove(draft->edit, "labels", "urgent", NULL));
        assert_true(edit_list_add(draft->edit, &criteria, "It comes back", NULL));
        g_autoptr(GPtrArray) list = criteria_read(edit_document(draft->edit), backlog->policy);
        const struct criterion *added = draft_criterion(list, list->len, NULL);
        assert_string_equal(added->text, "It comes back");
        assert_true(edit_list_tick(draft->edit, added->item, TRUE, NULL));
        assert_true(edit_list_remove(draft->edit, added->item, NULL));
        assert_true(g_bytes_equal(draft->before, edit_bytes(draft->edit)));
    }
}

static void a_name_that_is_taken_undoes_all(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;

    project_task(fixture, "tasks/a.md", "id: LIB-1\ntitle: One\n");
    project_task(fixture, "tasks/b.md", "id: LIB-2\ntitle: Two\n");
    g_autoptr(Import) import = project_drafted(fixture);
    const char *path = ((struct draft *)import->drafts->pdata[1])->path;
    fixture_write(fixture, path, "Somebody was faster.\n");
    assert_false(drafts_write(fixture->backlog, import->drafts, &error));

    g_autofree char *name = g_path_get_basename(path), *names = fixture_names(fixture, "backlog");
    assert_string_equal(names, name);
    assert_true(fixture_says(error->message, path));
}

/* -- progress -- */

static void count(const char *what, guint done, guint total, gpointer data)
{
    guint *calls = data;
    (*calls)++;
    assert_true(done <= total);
}

static void progress_is_told_for_every_item(void **state)
{
    struct fixture *fixture = *state;
    guint calls = 0;
    const struct import_progress progress = { count, &calls };
    g_autofree char *path = fixture_path(fixture, "project");

    fixture_folder(fixture, "backlog");
    for (int i = 0; i < 20; i++) {
        g_autofree char *name = g_strdup_printf("tasks/lib-%d.md", i);
        project_task(fixture, name, "title: Lend a pump\n");
    }
    g_autoptr(Import) import = import_backlog_md_read(fixture_policy(fixture, NULL), path, &progress, NULL);
    assert_true(calls >= 20);
    assert_true(import_draft(import, fixture_backlog(fixture), &progress, NULL));
    assert_true(calls >= 40);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(references_become_ids_wherever_the_task_stands),
        TEST(the_settings_may_know_another_prefix),
        TEST(a_reference_that_stands_twice_is_written_once),
        TEST(a_reference_to_nothing_is_kept_and_reported),
        TEST(a_task_that_was_refused_is_nothing),
        TEST(an_item_that_would_not_be_readable_is_refused),
        TEST(an_id_that_stands_twice_stays_with_the_first),
        TEST(an_alias_that_the_backlog_has_stays_there),
        TEST(a_reference_does_not_reach_beyond_the_project),
        TEST(a_second_run_makes_nothing),
        TEST(a_later_run_adds_what_is_new),
        TEST(an_item_that_cannot_be_read_may_be_one_of_them),
        TEST(drafting_writes_nothing),
        TEST(what_was_imported_can_be_edited_there_and_back),
        TEST(a_name_that_is_taken_undoes_all),
        TEST(progress_is_told_for_every_item),
    };
    return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
