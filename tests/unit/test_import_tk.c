#include "import_tk.h"

#include "import_project.h"

#include <sys/stat.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Writes a ticket of that id, with further lines of front matter and a body. */
static void put(const struct fixture *fixture, const char *id, const char *front, const char *body)
{
    g_autofree char *path = g_strdup_printf("project/.tickets/%s.md", id);
    g_autofree char *text = g_strdup_printf("---\nid: %s\n%s---\n%s", id, front, body);
    fixture_write(fixture, path, text);
}

static struct import *drafted(struct fixture *fixture)
{
    g_autofree char *path = fixture_path(fixture, "project");
    g_autoptr(GError) error = NULL;

    g_setenv("REFINE_SEED", "import", TRUE);
    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
    if (!fixture->policy)
        fixture_policy(fixture, NULL);
    fixture_folder(fixture, "backlog");
    struct import *import = import_tk_read(fixture->policy, path, NULL, &error);
    if (!import || !import_draft(import, fixture_backlog(fixture), NULL, &error))
        fail_msg("%s", error->message);
    return import;
}

static struct import *imported(struct fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    struct import *import = drafted(fixture);

    if (!drafts_write(fixture->backlog, import->drafts, &error))
        fail_msg("%s", error->message);
    return import;
}

/* The body that the ticket gets, without the blank line it begins with; newly allocated. */
static char *body_of(const struct import *import, const char *source)
{
    const struct document *document = edit_document(project_item(import, source)->draft->edit);
    gsize start = document->front->body + 1;
    return g_strndup(document->text + start, document->length - start);
}

static void check_body(struct fixture *fixture, const char *text, const char *expected)
{
    put(fixture, "lt-1a2b", "", text);
    g_autoptr(Import) import = drafted(fixture);
    g_autofree char *body = body_of(import, "lt-1a2b");
    assert_string_equal(body, expected);
}

/* -- front matter -- */

static void every_key_has_its_place(void **state)
{
    put(*state, "lt-1a2b",
        "status: in_progress\ndeps: [lt-77aa]\nlinks: [lt-77aa, lt-9]\ncreated: 2026-10-02T09:12:44Z\n"
        "type: feature\npriority: 0\nassignee: Bo Berg\nexternal-ref: gh-231\nparent: lt-77aa # Papercuts\n"
        "tags: [ui, no, 1e5, ui]\nestimate: {low: 1}\n",
        "# Lend a drill\n");
    put(*state, "lt-77aa", "status: open\ntype: epic\n", "# Papercuts\n");
    g_autoptr(Import) import = drafted(*state);
    g_autofree char *front = project_front(import, "lt-1a2b.md");
    const char *epic = project_item(import, "lt-77aa")->here;
    g_autofree char *expected = g_strdup_printf(
        "title: Lend a drill\ntype: story\nstatus: doing\ncreated: 2026-10-02\nparent: %s\nowner: Bo Berg\n"
        "labels:\n  - ui\n  - \"no\"\n  - \"1e5\"\ndepends:\n  - %s\naliases:\n  - lt-1a2b\n"
        "x-links:\n  - lt-77aa\n  - lt-9\nx-created: 2026-10-02T09:12:44Z\nx-type: feature\nx-priority: 0\n"
        "x-external-ref: gh-231\nx-estimate: \"{low: 1}\"\n",
        epic, epic);
    assert_string_equal(front, expected);
}

static void status_and_type_become_those_of_the_policy(void **state)
{
    static const char *const cases[][3] = {
        { "status: open\ntype: bug\n", "bug\nstatus: new\n", "" },
        { "status: closed\ntype: chore\n", "task\nstatus: done\n", "x-type: chore\n" },
        { "status: needs_testing\ntype: Task\n", "task\nstatus: doing\n", "x-status: needs_testing\n" },
        { "status: someday\ntype: workstream\n", "task\nstatus: new\n",
          "x-status: someday\nx-type: workstream\n" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        put(*state, "lt-1", cases[i][0], "# Lend\n");
        g_autoptr(Import) import = drafted(*state);
        g_autofree char *front = project_front(import, "lt-1.md");
        g_autofree char *expected = g_strdup_printf(
            "title: Lend\ntype: %screated: 2026-11-21\naliases:\n  - lt-1\n%s", cases[i][1], cases[i][2]);
        assert_string_equal(front, expected);
    }
}

static void priority_and_time_make_the_order(void **state)
{
    static const char *const order[] = { "lt-4", "lt-2", "lt-3", "lt-5", "lt-1" };
    put(*state, "lt-1", "status: closed\npriority: 0\n", "# Closed\n");
    put(*state, "lt-2", "priority: 1\ncreated: 2026-10-02T09:00:00Z\n", "# Older\n");
    put(*state, "lt-3", "priority: 1\ncreated: 2026-10-02T10:00:00Z\n", "# Newer\n");
    put(*state, "lt-4", "priority: 0\ncreated: 2026-10-03T10:00:00Z\n", "# First\n");
    put(*state, "lt-5", "priority: high\n", "# Odd\n");
    g_autoptr(Import) import = drafted(*state);
    for (guint i = 0; i < G_N_ELEMENTS(order); i++)
        assert_int_equal(project_item(import, order[i])->place, i);
    assert_true(project_reports(import, SEVERITY_WARNING, "lt-5.md:3:11", "expected 0 to 4, saw high"));
}

static void references_name_files_or_ids(void **state)
{
    put(*state, "lt-1", "deps: [lt-2, gone, lt-9]\nparent: nobody\n", "# One\n");
    fixture_write(*state, "project/.tickets/lt-2.md", "---\nid: lt-9\n---\n# Two\n");
    g_autoptr(Import) import = drafted(*state);
    g_autofree char *front = project_front(import, "lt-1.md");
    g_autofree char *depends =
        g_strdup_printf("depends:\n  - %s\n  - gone\naliases:", project_item(import, "lt-2")->here);
    assert_true(fixture_says(front, depends));
    assert_true(fixture_says(front, "x-parent: nobody\n"));
    assert_true(project_reports(import, SEVERITY_WARNING, "lt-1.md:3:14", "gone names nothing"));
    assert_true(project_reports(import, SEVERITY_WARNING, "lt-1.md:4:9", "kept under x-parent"));
}

static void an_id_that_stands_twice_is_told(void **state)
{
    put(*state, "lt-1", "", "# One\n");
    fixture_write(*state, "project/.tickets/lt-2.md", "---\nid: LT-1\n---\n# Two\n");
    g_autoptr(Import) import = drafted(*state);
    g_autofree char *front = project_front(import, "lt-2.md");
    assert_null(strstr(front, "aliases"));
    assert_true(project_reports(import, SEVERITY_WARNING, "lt-2.md:2:5", "lt-1.md:2:5"));
}

/* -- text -- */

static void the_title_goes_out_of_the_text(void **state)
{
    check_body(*state, "# Lend `drills` in C# #\n\nTo members.\n",
               "## Context\n\nTo members.\n\n## Acceptance criteria\n");
    g_autoptr(Import) import = drafted(*state);
    assert_string_equal(project_item(import, "lt-1a2b")->title, "Lend `drills` in C# #");
    check_body(*state, "Before.\n\n# Title\nAfter.\n",
               "## Context\n\nBefore.\n\nAfter.\n\n## Acceptance criteria\n");
    check_body(*state, "", "## Acceptance criteria\n");
}

static void the_name_of_the_file_stands_for_a_title(void **state)
{
    static const char *const bodies[] = { "", "#\n", "## Design\n\nTwo tables.\n", "```\n# code\n```\n" };
    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        put(*state, "lt-1a2b", "", bodies[i]);
        g_autoptr(Import) import = drafted(*state);
        assert_string_equal(project_item(import, "lt-1a2b")->title, "lt-1a2b");
        assert_true(project_reports(import, SEVERITY_WARNING, "lt-1a2b.md", "there is no title"));
    }
}

static void sections_stay_and_criteria_become_a_list(void **state)
{
    check_body(*state,
               "# Lend\n\nTo members.\n\n## Design\n\nTwo tables.\n\n## Acceptance Criteria\n\n"
               "A drill is lent\nfor a day\n\n- [x] It comes back\n\n## Notes\n\n**2026-10-03T08:00:00Z**\n\n"
               "Ana has one.\n",
               "## Context\n\nTo members.\n\n## Design\n\nTwo tables.\n\n## Acceptance Criteria\n\n"
               "- [ ] A drill is lent\n  for a day\n\n- [x] It comes back\n\n## Notes\n\n"
               "**2026-10-03T08:00:00Z**\n\nAna has one.\n");
    check_body(*state, "# Lend\n\n## Design\n\nTwo tables.\n",
               "## Acceptance criteria\n\n## Design\n\nTwo tables.\n");
}

static void the_policy_names_the_sections(void **state)
{
    fixture_policy(*state, "sections:\n  why: [Reason]\n  criteria: [Done when]\n  approach: [Sketch]\n");
    check_body(*state, "# Lend\n\nTo members.\n\n## Design\n\nTwo.\n\n## Acceptance Criteria\n\nLent\n",
               "## Reason\n\nTo members.\n\n## Sketch\n\nTwo.\n\n## Done when\n\n- [ ] Lent\n");
}

/* -- hostile -- */

static void a_bad_ticket_hides_no_other(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *title = g_strnfill(100 << 10, 't');
    g_autofree char *wide = g_strconcat("# ", title, "\n", NULL), *deep = g_strnfill(100000, '[');
    g_autofree char *links = g_strconcat("links: ", deep, "\n", NULL);
    g_autofree char *fifo = fixture_path(fixture, "project/.tickets/a-fifo.md");

    put(fixture, "good", "", "# Lend\n");
    fixture_write(fixture, "project/.tickets/latin1.md", "---\nid: a\n---\n# Caf\xe9\n");
    fixture_write(fixture, "project/.tickets/quote.md", "---\nid: \"a\n---\n# A\n");
    fixture_write(fixture, "project/.tickets/twice.md", "---\nid: a\nid: b\n---\n# A\n");
    fixture_write(fixture, "project/.tickets/empty.md", "");
    fixture_write_bytes(fixture, "project/.tickets/nul.md", "---\nid: a\n---\n# A\0B\n", 19);
    put(fixture, "wide", "", wide);
    put(fixture, "deep", links, "# A\n");
    fixture_link(fixture, "good.md", "project/.tickets/a-link.md");
    fixture_folder(fixture, "project/.tickets/folder.md");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    g_autoptr(Import) import = drafted(fixture);

    assert_int_equal(import->drafts->len, 1);
    assert_int_equal(import->refused, 9);
    assert_true(project_reports(import, SEVERITY_ERROR, "latin1.md:4:6", "0xe9"));
    assert_true(project_reports(import, SEVERITY_ERROR, "quote.md:2:5", "not valid YAML"));
    assert_true(project_reports(import, SEVERITY_ERROR, "twice.md:3:1", "id"));
    assert_true(project_reports(import, SEVERITY_ERROR, "empty.md:1:1", "front matter"));
    assert_true(project_reports(import, SEVERITY_ERROR, "nul.md:4:4", "NUL"));
    assert_true(project_reports(import, SEVERITY_ERROR, "wide.md:4:1", "at most 1000 bytes, saw 102400"));
    assert_true(project_reports(import, SEVERITY_ERROR, "deep.md:2:1", "over the limit"));
    assert_true(project_reports(import, SEVERITY_ERROR, "a-link.md", "symbolic link"));
    assert_true(project_reports(import, SEVERITY_ERROR, "a-fifo.md", "FIFO"));
}

static void odd_bytes_are_read_as_they_are(void **state)
{
    fixture_write(*state, "project/.tickets/dots.md",
                  "\xef\xbb\xbf---\r\nid: ../../etc\r\nassignee: @ana\r\ntags: \"\\e[31m\"\r\n---\r\n# "
                  "Lend\r\n\r\nNow\r\n");
    g_autoptr(Import) import = drafted(*state);
    g_autofree char *front = project_front(import, "dots.md"), *body = body_of(import, "dots.md");
    assert_string_equal(front, "title: Lend\ntype: task\nstatus: new\ncreated: 2026-11-21\nowner: ana\n"
                               "labels:\n  - \"\\x1b[31m\"\naliases:\n  - ../../etc\n");
    assert_string_equal(body, "## Context\n\nNow\n\n## Acceptance criteria\n");
    assert_true(project_reports(import, SEVERITY_NOTE, "dots.md:3:11", "in quotes"));
}

static void values_that_are_none_are_kept_once(void **state)
{
    fixture_write(*state, "project/.tickets/lt-1.md",
                  "---\nid: \"  \"\ncreated: {day: 1}\nlinks: []\nparent: ~\n---\n# Lend\n");
    g_autoptr(Import) import = drafted(*state);
    g_autofree char *front = project_front(import, "lt-1.md");
    assert_string_equal(front,
                        "title: Lend\ntype: task\nstatus: new\ncreated: 2026-11-21\naliases:\n  - lt-1\n"
                        "x-created: \"{day: 1}\"\n");
}

static void a_folder_without_tickets_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, NULL);
    g_autofree char *none = fixture_path(fixture, "none"), *empty = fixture_path(fixture, "empty");
    g_autofree char *file = fixture_path(fixture, "file"), *backlog = fixture_path(fixture, "backlog");
    g_autofree char *tickets = fixture_path(fixture, "some/.tickets");
    const char *const paths[] = { none, empty, file, backlog };
    static const char *const messages[] = { "none: ", "expected tickets of tk",
                                            "file: ", "folder of this backlog" };

    fixture_folder(fixture, "empty");
    fixture_folder(fixture, "some/.tickets");
    fixture_write(fixture, "file", "text\n");
    fixture_write(fixture, "backlog/README.md", "text\n");
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(import_tk_read(policy, paths[i], NULL, &error));
        assert_true(fixture_says(error->message, messages[i]));
    }
    g_autoptr(Import) import = import_tk_read(policy, tickets, NULL, NULL);
    assert_int_equal(import->items->len, 0);
}

/* -- again -- */

static void a_later_run_adds_what_is_new(void **state)
{
    put(*state, "lt-1", "deps: [lt-2]\n", "# One\n");
    put(*state, "lt-2", "", "# Two\n");
    g_autoptr(Import) first = imported(*state);
    g_autofree char *names = fixture_names(*state, "backlog");
    g_autoptr(Import) second = imported(*state);
    g_autofree char *names_after = fixture_names(*state, "backlog");
    put(*state, "lt-1", "status: closed\n", "# Changed meanwhile\n");
    put(*state, "lt-3", "deps: [lt-1]\n", "# Three\n");
    g_autoptr(Import) third = imported(*state);
    g_autofree char *front = project_front(third, "lt-3.md");
    g_autofree char *depends = g_strdup_printf("depends:\n  - %s\n", project_item(first, "lt-1")->here);

    assert_int_equal(first->drafts->len, 2);
    assert_int_equal(second->drafts->len, 0);
    assert_int_equal(second->present, 2);
    assert_string_equal(names, names_after);
    assert_int_equal(third->drafts->len, 1);
    assert_true(fixture_says(front, depends));
}

/* Any bytes: what is imported can be read as an item, and the rest is refused with a reason. */
static void hostile_bytes_never_harm(void **state)
{
    static const char seed[] =
        "---\nid: lt-1a2b\nstatus: open\ndeps: [lt-77aa, \"b\"]\nlinks: []\ncreated: 2026-10-02T09:12:44Z\n"
        "type: bug\npriority: 2\nassignee: @bo\ntags:\n  - ui\n---\n# Lend a drill\n\nTo *members*.\n\n"
        "## Design\n\n```c\nint a;\n```\n\n## Acceptance Criteria\n\nIt is lent\nto Ana\n\n- [ ] and back\n\n"
        "<!-- hidden -->\n\n## Notes\n\n**2026-10-03**\n\nDone.\n";
    static const char odd[] = "\0\n\r\t \"'[]{}:#-@&*!|>%`~<\x1b\x7f\xc3\xa9\xff\xe2\x80\xa8";
    struct fixture *fixture = *state;
    g_autoptr(GRand) random = g_rand_new_with_seed(2026);

    for (int i = 0; i < 2000; i += 100) {
        for (int j = 0; j < 100; j++) {
            g_autoptr(GString) text = g_string_new(seed);
            g_autofree char *path = g_strdup_printf("project/.tickets/lt-%02d.md", j);
            for (int n = g_rand_int_range(random, 1, 6); n > 0; n--) {
                gsize at = (gsize)g_rand_int_range(random, 0, (gint32)text->len);
                gsize length = (gsize)g_rand_int_range(random, 1, 9);
                if (g_rand_boolean(random))
                    text->str[at] = odd[g_rand_int_range(random, 0, sizeof odd - 1)];
                else
                    g_string_erase(text, (gssize)at, (gssize)MIN(length, text->len - at));
            }
            fixture_write_bytes(fixture, path, text->str, text->len);
        }
        g_autoptr(Import) import = drafted(fixture);
        assert_int_equal(import->drafts->len + import->refused, 100);
        for (guint k = 0; k < import->drafts->len; k++) {
            g_autoptr(GPtrArray) findings = findings_new();
            const struct draft *draft = import->drafts->pdata[k];
            g_autoptr(Document) document = document_new(edit_bytes(draft->edit), findings);
            document_body(document, findings);
            assert_non_null(document->front->root);
            assert_int_not_equal(findings_gravest(findings), SEVERITY_ERROR);
        }
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(every_key_has_its_place),
        TEST(status_and_type_become_those_of_the_policy),
        TEST(priority_and_time_make_the_order),
        TEST(references_name_files_or_ids),
        TEST(an_id_that_stands_twice_is_told),
        TEST(the_title_goes_out_of_the_text),
        TEST(the_name_of_the_file_stands_for_a_title),
        TEST(sections_stay_and_criteria_become_a_list),
        TEST(the_policy_names_the_sections),
        TEST(a_bad_ticket_hides_no_other),
        TEST(odd_bytes_are_read_as_they_are),
        TEST(values_that_are_none_are_kept_once),
        TEST(a_folder_without_tickets_is_an_error),
        TEST(a_later_run_adds_what_is_new),
        TEST(hostile_bytes_never_harm),
    };
    return cmocka_run_group_tests_name("import_tk", tests, NULL, NULL);
}
