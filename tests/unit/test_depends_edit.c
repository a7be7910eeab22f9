/* What an item depends on: changes of the list, what lies outside, and the trees of it. */
#include "depends_edit.h"

#include "depends_tree.h"
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void write_item(struct fixture *fixture, const char *id, const char *status, const char *more)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text = g_strdup_printf("---\ntitle: A\nid: %s\nstatus: %s\n%s---\n", id, status, more);
    fixture_write(fixture, path, text);
}

static int setup(void **state)
{
    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
    fixture_setup(state);
    write_item(*state, "bcg32", "new", "aliases: [BACK-37]\n");
    write_item(*state, "c4x9d", "split", "");
    write_item(*state, "c5x9d", "new", "parent: c4x9d\n");
    write_item(*state, "d4hgd", "dropped", "duplicate-of: bcg32\n");
    return 0;
}

/* -- the list -- */

static const char *first = "---\ntitle: Filter\nid: k7q2m\nstatus: new\n";

static struct draft *open_with(struct fixture *fixture, const char *depends)
{
    g_autofree char *text = g_strconcat(first, depends, "---\n", NULL);
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, "backlog/k7q2m.md", text);
    struct backlog *backlog = fixture_backlog(fixture);
    struct draft *draft = draft_open(backlog, fixture_entry(fixture, "backlog/k7q2m.md"), &error);
    assert_null(error);
    return draft;
}

static void check_text(const struct draft *draft, gboolean good, GError *error, const char *depends)
{
    GBytes *bytes = edit_bytes(draft->edit);
    g_autofree char *expected = g_strconcat(first, depends, "---\n", NULL);
    g_autofree char *seen = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));

    if (!good)
        fail_msg("%s", error->message);
    assert_string_equal(seen, expected);
}

static void check_removed(struct fixture *fixture, const char *before, const char *word, const char *after)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Draft) draft = open_with(fixture, before);
    gboolean good = depends_remove(draft, word, &error);
    check_text(draft, good, error, after);
}

static void check_not_removed(struct fixture *fixture, const char *before, const char *word, const char *says)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Draft) draft = open_with(fixture, before);
    assert_false(depends_remove(draft, word, &error));
    assert_true(fixture_says(error->message, says));
}

static void an_item_is_taken_off_by_any_name(void **state)
{
    check_removed(*state, "depends: [bcg32, c5x9d]\n", "bcg", "depends: [c5x9d]\n");
    check_removed(*state, "depends:\n  - BACK-37\n", "bcg32", "");
    check_removed(*state, "depends:\n  - back-37\n", "BACK-37", "");
    check_removed(*state, "depends: [d4hgd, c5x9d, bcg32]\n", "bcg32", "depends: [c5x9d]\n");
    check_removed(*state, "depends: [d4hgd, bcg32]\n", "d4h", "depends: [bcg32]\n");
    check_removed(*state, "depends: [zzzzz]\n", "zzzzz", "depends: []\n");
    check_removed(*state, "depends: [bcg32]\n", "c5x9d", "depends: [bcg32]\n");
    check_removed(*state, "depends: none\n", "c5x9d", "depends: none\n");
    check_removed(*state, "", "c5x9d", "");
}

static void what_cannot_be_meant_is_refused(void **state)
{
    check_not_removed(*state, "depends: [c4x9d]\n", "c5x9d",
                      "k7q2m depends on c5x9d by c4x9d, which was split");
    check_not_removed(*state, "depends: [bcg32]\n", "wxyz", "k7q2m does not depend on wxyz");
    check_not_removed(*state, "", "c", "c could be c4x9d");
}

static void what_lies_outside_is_taken_off_by_its_name(void **state)
{
    check_removed(*state, "depends:\n  - bcg32\n  - external: Éclair key\n    due: 2026-12-01\n",
                  "ÉCLAIR KEY", "depends:\n  - bcg32\n");
    check_removed(*state, "depends:\n  - external: bcg32\n  - bcg32\n", "bcg32", "depends:\n  - bcg32\n");
}

static void check_set(struct fixture *fixture, const char *before, const char *owner, const char *due,
                      const char *after)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Draft) draft = open_with(fixture, before);
    gboolean good = depends_set_external(draft, "A key", owner, due, &error);
    check_text(draft, good, error, after);
}

static void what_lies_outside_is_added_or_changed(void **state)
{
    check_set(*state, "", "Bo", "2026-12-01",
              "depends:\n  - external: A key\n    owner: Bo\n    due: 2026-12-01\n");
    check_set(*state, "depends: none\n", NULL, NULL, "depends:\n  - external: A key\n");
    check_set(*state, "depends:\n  - bcg32\n", NULL, "2026-12-01",
              "depends:\n  - bcg32\n  - external: A key\n    due: 2026-12-01\n");
    check_set(*state, "depends:\n  - external: a KEY # of theirs\n    due: 2026-11-01\n    note: x\n", "Bo",
              "2026-12-01",
              "depends:\n  - external: a KEY # of theirs\n    owner: Bo\n    due: 2026-12-01\n    note: x\n");
    check_set(*state, "depends:\n  - external: A key\n    owner: Bo\n", "Bo", NULL,
              "depends:\n  - external: A key\n    owner: Bo\n");
}

static void check_not_set(struct fixture *fixture, const char *what, const char *owner, const char *due,
                          const char *says)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Draft) draft = open_with(fixture, "");
    assert_false(depends_set_external(draft, what, owner, due, &error));
    assert_true(fixture_says(error->message, says));
}

static void what_lies_outside_is_one_line_and_due_on_a_day(void **state)
{
    check_not_set(*state, "", NULL, NULL, "external: expected one line");
    check_not_set(*state, "a\nb", NULL, NULL, "external: expected one line");
    check_not_set(*state, "a", "\x1b[31m", NULL, "owner: expected one line");
    check_not_set(*state, "a", NULL, "soon", "due: expected a day as YYYY-MM-DD, saw soon");
}

static void none_takes_no_entry_away(void **state)
{
    g_autoptr(GError) error = NULL, refused = NULL;
    g_autoptr(Draft) empty = open_with(*state, "depends: []\n");
    gboolean good = depends_set_none(empty, &error);
    check_text(empty, good, error, "depends: none\n");
    g_autoptr(Draft) full = open_with(*state, "depends: [bcg32]\n");
    assert_false(depends_set_none(full, &refused));
    assert_true(fixture_says(refused->message, "k7q2m depends on 1 other: take them away with --off"));
}

/* -- what lies outside, of all -- */

static void what_lies_outside_comes_by_day(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GString) seen = g_string_new(NULL);

    write_item(fixture, "f6g7h", "done", "depends:\n  - external: Done\n    due: 2026-01-01\n");
    write_item(fixture, "g7h8j", "new",
               "depends:\n  - external: Never\n  - external: Later\n    due: 2026-11-21\n"
               "  - external: Soon\n    due: soon\n  - owner: Bo\n");
    write_item(fixture, "h8j9k", "new", "depends:\n  - external: Late\n    due: 2026-11-20\n    owner: Bo\n");
    g_autoptr(GPtrArray) all = external_all(fixture_backlog(fixture));
    for (guint i = 0; i < all->len; i++) {
        const struct external *external = all->pdata[i];
        g_string_append_printf(seen, "%s%s%s ", external->what, external->overdue ? "!" : "",
                               external->owner ? external->owner : "");
    }
    assert_string_equal(seen->str, "Late!Bo Later Never Soon ");
}

/* -- trees -- */

/* "  id", indented by depth, a line each; "." behind the last of brothers. */
static void check_tree(struct fixture *fixture, const char *id, enum depends_direction direction,
                       const char *expected)
{
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Depends) depends = depends_new(backlog);
    g_autoptr(GPtrArray) nodes = depends_tree(backlog, depends, backlog_item(backlog, id), direction);
    g_autoptr(GString) seen = g_string_new(NULL);

    for (guint i = 0; i < nodes->len; i++) {
        const struct depends_node *node = nodes->pdata[i];
        g_string_append_printf(seen, "%*s%s", (int)node->depth * 2, "",
                               node->item       ? node->item->id
                               : node->external ? node->external->what
                                                : node->missing);
        if (node->by)
            g_string_append_printf(seen, " for %s", node->by->id);
        g_string_append_printf(seen, "%s%s%s\n", node->above ? " above" : "", node->circle ? " circle" : "",
                               node->last ? "." : "");
    }
    assert_string_equal(seen->str, expected);
}

static void references_are_resolved_in_the_tree(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "f6g7h", "new", "depends:\n  - c4x9d\n  - d4hgd\n  - zzzzz\n  - external: A key\n");
    write_item(fixture, "g7h8j", "new", "depends: [f6g7h, BACK-37]\n");
    write_item(fixture, "h8j9k", "done", "depends: [g7h8j]\n");
    write_item(fixture, "j9k3m", "dropped", "depends: [g7h8j]\n");
    check_tree(fixture, "g7h8j", DEPENDS_DOWN,
               "f6g7h\n  c5x9d for c4x9d\n  bcg32 for d4hgd\n  zzzzz\n  A key.\nbcg32.\n");
    check_tree(fixture, "bcg32", DEPENDS_UP, "f6g7h for d4hgd\n  g7h8j.\n    h8j9k.\ng7h8j above.\n");
}

static void circles_are_cut(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "f6g7h", "new", "depends: [g7h8j, f6g7h]\n");
    write_item(fixture, "g7h8j", "new", "depends: [h8j9k]\n");
    write_item(fixture, "h8j9k", "new", "depends: [f6g7h, g7h8j]\n");
    write_item(fixture, "j9k3m", "new", "depends: [h8j9k, g7h8j]\n");
    check_tree(fixture, "f6g7h", DEPENDS_DOWN,
               "g7h8j\n  h8j9k.\n    f6g7h circle\n    g7h8j circle.\nf6g7h circle.\n");
    check_tree(fixture, "j9k3m", DEPENDS_DOWN,
               "h8j9k\n  f6g7h\n    g7h8j\n      h8j9k circle.\n    f6g7h circle.\n  g7h8j above.\n"
               "g7h8j above.\n");
}

static void below_what_is_over_nothing_is_shown(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "f6g7h", "done", "depends: [g7h8j]\n");
    write_item(fixture, "g7h8j", "done", "depends: [h8j9k]\n");
    write_item(fixture, "h8j9k", "new", "");
    check_tree(fixture, "f6g7h", DEPENDS_DOWN, "g7h8j.\n");
    check_tree(fixture, "h8j9k", DEPENDS_UP, "g7h8j.\n");
}

static void what_leads_to_nothing_stands_itself(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "f6g7h", "split", "");
    write_item(fixture, "g7h8j", "new", "depends: [f6g7h, none]\n");
    check_tree(fixture, "g7h8j", DEPENDS_DOWN, "f6g7h.\n");
    check_tree(fixture, "f6g7h", DEPENDS_UP, "g7h8j.\n");
}

/* A chain as long as the backlog takes no stack. */
static void a_chain_may_be_long(void **state)
{
    struct fixture *fixture = *state;
    enum { N = 2000 };
    for (guint i = 0; i < N; i++) {
        g_autofree char *id = g_strdup_printf("x%04u", i);
        g_autofree char *more = g_strdup_printf("depends: [x%04u]\n", i + 1);
        for (char *at = id + 1; *at; at++)
            *at = "bcdfghjkmn"[*at - '0'];
        for (char *at = more + strlen("depends: [x"); *at != ']'; at++)
            *at = "bcdfghjkmn"[*at - '0'];
        write_item(fixture, id, "new", i + 1 < N ? more : "");
    }
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Depends) depends = depends_new(backlog);
    g_autoptr(GPtrArray) down = depends_tree(backlog, depends, backlog_item(backlog, "xbbbb"), DEPENDS_DOWN);
    g_autoptr(GPtrArray) up = depends_tree(backlog, depends, backlog_item(backlog, "xcnnn"), DEPENDS_UP);
    assert_int_equal(down->len, N - 1);
    assert_int_equal(up->len, N - 1);
    assert_int_equal(((struct depends_node *)down->pdata[N - 2])->depth, N - 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_item_is_taken_off_by_any_name),
        TEST(what_cannot_be_meant_is_refused),
        TEST(what_lies_outside_is_taken_off_by_its_name),
        TEST(what_lies_outside_is_added_or_changed),
        TEST(what_lies_outside_is_one_line_and_due_on_a_day),
        TEST(none_takes_no_entry_away),
        TEST(what_lies_outside_comes_by_day),
        TEST(references_are_resolved_in_the_tree),
        TEST(circles_are_cut),
        TEST(below_what_is_over_nothing_is_shown),
        TEST(what_leads_to_nothing_stands_itself),
        TEST(a_chain_may_be_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
