#include "depends.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* An item; ranks rise with the ids, so that the index of an item is that of its id among all. */
static void write_item(struct fixture *fixture, const char *id, const char *status, const char *more)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text =
        g_strdup_printf("---\ntitle: A\nid: %s\nrank: nb\nstatus: %s\n%s---\n", id, status, more);
    fixture_write(fixture, path, text);
}

/* The ids that the reference leads to; newly allocated. */
static void check(const struct backlog *backlog, const char *reference, const char *expected)
{
    g_autoptr(GPtrArray) items = depends_resolve(backlog, reference);
    g_autoptr(GString) ids = g_string_new(NULL);
    for (guint i = 0; i < items->len; i++)
        g_string_append_printf(ids, "%s%s", i ? " " : "", ((struct item *)items->pdata[i])->id);
    assert_string_equal(ids->str, expected);
}

/* The ids of the items that an item leads to, by one edge or more. */
static void check_reach(const struct backlog *backlog, gboolean parents, const char *id, const char *expected)
{
    g_autoptr(Graph) graph = depends_graph(backlog, parents);
    g_autoptr(GArray) reach = graph_reach(graph, backlog_index(backlog, backlog_item(backlog, id)));
    g_autoptr(GString) ids = g_string_new(NULL);
    for (guint i = 0; i < reach->len; i++) {
        const struct item *item = backlog->items->pdata[g_array_index(reach, guint, i)];
        g_string_append_printf(ids, "%s%s", i ? " " : "", item->id);
    }
    assert_string_equal(ids->str, expected);
}

static int setup(void **state)
{
    fixture_setup(state);
    write_item(*state, "bcg32", "new", "aliases: [BACK-37]\n");
    write_item(*state, "c4x9d", "split", "");
    write_item(*state, "c5x9d", "new", "parent: c4x9d\n");
    write_item(*state, "c6x9d", "split", "parent: c4x9d\n");
    write_item(*state, "c7x9d", "done", "parent: c6x9d\n");
    write_item(*state, "d4hgd", "dropped", "duplicate-of: BACK-37\n");
    write_item(*state, "d5hgd", "dropped", "");
    write_item(*state, "d6hgd", "dropped", "duplicate-of: zzzzz\n");
    write_item(*state, "d7hgd", "dropped", "duplicate-of: d4hgd\n");
    write_item(*state, "k7q2m", "split", "");
    write_item(*state, "t2h8k", "new", "depends: [c4x9d, d7hgd, bcg3, none]\nparent: c4x9d\n");
    write_item(*state, "v5xmx", "new", "depends: [t2h8k]\n");
    write_item(*state, "w5xmx", "done", "depends: [bcg32]\nparent: v5xmx\n");
    return 0;
}

static void most_references_lead_to_one_item(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "bcg32", "bcg32");
    check(backlog, "back-37", "bcg32");
    check(backlog, "w5xmx", "w5xmx");
    check(backlog, "d5hgd", "d5hgd");
    check(backlog, "d6hgd", "d6hgd");
}

static void references_are_whole(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "bcg3", "");
    check(backlog, "zzzzz", "");
    check(backlog, "none", "");
    check(backlog, "", "");
}

static void a_split_item_stands_for_its_children(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "c4x9d", "c5x9d t2h8k c7x9d");
    check(backlog, "c6x9d", "c7x9d");
    check(backlog, "k7q2m", "");
}

static void a_duplicate_stands_for_its_target(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check(backlog, "d4hgd", "bcg32");
    check(backlog, "d7hgd", "bcg32");
}

static void circles_lead_nowhere(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "d5hgd", "dropped", "duplicate-of: d6hgd\n");
    write_item(fixture, "d6hgd", "dropped", "duplicate-of: d5hgd\n");
    write_item(fixture, "c4x9d", "split", "parent: c6x9d\n");
    struct backlog *backlog = fixture_loaded(fixture);
    check(backlog, "d5hgd", "");
    check(backlog, "c6x9d", "c7x9d c5x9d t2h8k");
}

static void the_graph_has_what_open_items_depend_on(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    /* c4x9d stands for c5x9d, c7x9d and t2h8k itself: a circle. */
    check_reach(backlog, FALSE, "t2h8k", "bcg32 c5x9d c7x9d t2h8k");
    check_reach(backlog, FALSE, "v5xmx", "t2h8k bcg32 c5x9d c7x9d");
    check_reach(backlog, FALSE, "w5xmx", "");
}

static void the_graph_of_parents_has_them_as_they_are(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    check_reach(backlog, TRUE, "c7x9d", "c6x9d c4x9d");
    check_reach(backlog, TRUE, "w5xmx", "v5xmx");
    check_reach(backlog, TRUE, "bcg32", "");
}

/* -- what is asked once the backlog is walked -- */

static void check_list(const GPtrArray *items, const char *expected)
{
    g_autoptr(GString) ids = g_string_new(NULL);
    for (guint i = 0; items && i < items->len; i++)
        g_string_append_printf(ids, "%s%s", i ? " " : "", ((struct item *)items->pdata[i])->id);
    assert_string_equal(ids->str, expected);
}

static void duplicates_are_known_from_both_sides(void **state)
{
    struct backlog *backlog = fixture_loaded(*state);
    g_autoptr(Depends) depends = depends_new(backlog);
    const struct item *bcg32 = backlog_item(backlog, "bcg32");

    assert_ptr_equal(depends_original(depends, backlog_item(backlog, "d4hgd")), bcg32);
    assert_ptr_equal(depends_original(depends, backlog_item(backlog, "d7hgd")), bcg32);
    assert_null(depends_original(depends, bcg32));
    assert_null(depends_original(depends, backlog_item(backlog, "d5hgd")));
    assert_null(depends_original(depends, backlog_item(backlog, "d6hgd")));
    check_list(depends_duplicates(depends, bcg32), "d4hgd d7hgd");
    check_list(depends_duplicates(depends, backlog_item(backlog, "d4hgd")), "");
}

static void what_leads_into_a_circle_repeats_nothing(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "d5hgd", "dropped", "duplicate-of: d6hgd\n");
    write_item(fixture, "d6hgd", "dropped", "duplicate-of: d5hgd\n");
    write_item(fixture, "d8hgd", "dropped", "duplicate-of: d6hgd\n");
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Depends) depends = depends_new(backlog);
    assert_null(depends_original(depends, backlog_item(backlog, "d5hgd")));
    assert_null(depends_original(depends, backlog_item(backlog, "d8hgd")));
    check(backlog, "d8hgd", "");
}

static void parts_of_a_duplicate_are_parts_of_what_it_repeats(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "d7hgd", "dropped", "duplicate-of: c4x9d\n");
    write_item(fixture, "d8hgd", "new", "parent: d7hgd\n");
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Depends) depends = depends_new(backlog);
    check_list(depends_children(depends, backlog_item(backlog, "c4x9d")), "c5x9d c6x9d d8hgd t2h8k");
    check_list(depends_children(depends, backlog_item(backlog, "d7hgd")), "");
    check(backlog, "c4x9d", "c5x9d d8hgd t2h8k c7x9d");
    check_reach(backlog, TRUE, "d8hgd", "d7hgd c4x9d");
}

/* Each of a long chain is walked once. */
static void a_chain_may_be_long(void **state)
{
    struct fixture *fixture = *state;
    enum { N = 2000 };
    for (guint i = 0; i < N; i++) {
        g_autofree char *id = g_strdup_printf("x%04u", i);
        g_autofree char *of = g_strdup_printf("duplicate-of: x%04u\n", i + 1);
        for (char *at = id + 1; *at; at++)
            *at = "bcdfghjkmn"[*at - '0'];
        for (char *at = of + strlen("duplicate-of: x"); *at != '\n'; at++)
            *at = "bcdfghjkmn"[*at - '0'];
        write_item(fixture, id, i + 1 < N ? "dropped" : "new", of);
    }
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Depends) depends = depends_new(backlog);
    const struct item *last = backlog_item(backlog, "xcnnn");
    assert_ptr_equal(depends_original(depends, backlog_item(backlog, "xbbbb")), last);
    assert_int_equal(depends_duplicates(depends, last)->len, N - 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(most_references_lead_to_one_item),
        TEST(references_are_whole),
        TEST(a_split_item_stands_for_its_children),
        TEST(a_duplicate_stands_for_its_target),
        TEST(circles_lead_nowhere),
        TEST(the_graph_has_what_open_items_depend_on),
        TEST(the_graph_of_parents_has_them_as_they_are),
        TEST(duplicates_are_known_from_both_sides),
        TEST(what_leads_into_a_circle_repeats_nothing),
        TEST(parts_of_a_duplicate_are_parts_of_what_it_repeats),
        TEST(a_chain_may_be_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
