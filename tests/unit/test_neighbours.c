/* What finished items tell about the size of one. */
#include "neighbours.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define EXPORT "Export the invoices as a spreadsheet"
#define SEARCH "Search customers by telephone number"

static const char letters[] = "bcdfghjkmn";

/* Writes n items called title, which differ in their ids alone: "b2234", with the letter of the group. */
static void write_group(struct fixture *fixture, guint group, guint n, const char *title, const char *fields)
{
    for (guint i = 0; i < n; i++) {
        g_autofree char *id = g_strdup_printf("%c%c%c22", letters[group], letters[i / 10], letters[i % 10]);
        g_autofree char *path = g_strdup_printf("backlog/%s-item.md", id);
        g_autofree char *text = g_strdup_printf("---\ntitle: %s\nid: %s\n%s---\n", title, id, fields);
        fixture_write(fixture, path, text);
    }
}

/* The item of which all is asked. */
static void write_asked(struct fixture *fixture, const char *title, const char *fields)
{
    g_autofree char *text = g_strdup_printf("---\ntitle: %s\nid: k7q2m\nstatus: new\n%s---\n", title, fields);
    fixture_write(fixture, "backlog/k7q2m-item.md", text);
}

static struct neighbours *find(struct fixture *fixture)
{
    g_autoptr(GError) error = NULL;
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(Search) search = search_open(backlog, &error);
    struct neighbours *neighbours =
        search ? neighbours_find(backlog, search, backlog_item(backlog, "k7q2m"), &error) : NULL;

    if (!neighbours)
        fail_msg("%s", error->message);
    return neighbours;
}

static void check_suggestion(const struct neighbours *neighbours, const char *source, const char *value)
{
    assert_string_equal(neighbours_source_name(neighbours->source), source);
    assert_string_equal(neighbours->suggested ? neighbours->suggested->value : "nothing", value);
}

/* -- who is a neighbour -- */

static void only_what_is_finished_and_estimated_is_a_neighbour(void **state)
{
    write_asked(*state, EXPORT, "estimate: 5\n");
    write_group(*state, 0, 2, EXPORT, "status: done\nestimate: 3\n");
    write_group(*state, 1, 3, EXPORT, "status: released\nestimate: 5\n");
    write_group(*state, 2, 4, EXPORT, "status: doing\nestimate: 8\n");
    write_group(*state, 3, 4, EXPORT, "status: dropped\nestimate: 8\n");
    write_group(*state, 4, 4, EXPORT, "status: done\n");
    write_group(*state, 5, 4, EXPORT, "status: done\nestimate: huge\n");
    g_autoptr(Neighbours) neighbours = find(*state);

    assert_int_equal(neighbours->finished->len, 5);
    assert_int_equal(neighbours->nearest->len, 5);
    assert_true(neighbours->near.low == 3 && neighbours->near.high == 5 && neighbours->near.median == 5);
}

static void a_spike_is_compared_with_spikes_alone(void **state)
{
    write_group(*state, 0, 3, EXPORT, "type: spike\nstatus: done\nestimate: 1\n");
    write_group(*state, 1, 5, EXPORT, "type: story\nstatus: done\nestimate: 8\n");
    write_asked(*state, EXPORT, "type: spike\n");
    g_autoptr(Neighbours) spikes = find(*state);
    assert_int_equal(spikes->nearest->len, 3);

    write_asked(*state, EXPORT, "type: bug\n");
    g_autoptr(Neighbours) others = find(*state);
    assert_int_equal(others->nearest->len, 5);
}

static void parent_and_parts_are_no_neighbours(void **state)
{
    write_group(*state, 0, 2, EXPORT, "parent: k7q2m\nstatus: done\nestimate: 2\n");
    write_group(*state, 1, 1, EXPORT, "status: done\nestimate: 20\n");
    write_group(*state, 2, 2, EXPORT, "parent: bbb22\nstatus: done\nestimate: 3\n");
    write_asked(*state, EXPORT, "parent: cbb22\n");
    g_autoptr(Neighbours) neighbours = find(*state);

    assert_int_equal(neighbours->nearest->len, 2);
    assert_true(neighbours->near.median == 3);
}

static void the_nearest_thirty_stand_in_order_of_likeness(void **state)
{
    write_group(*state, 0, 40, "Export the invoices", "status: done\nestimate: 3\n");
    write_group(*state, 1, 1, EXPORT, "status: done\nestimate: 8\n");
    write_group(*state, 2, 60, SEARCH, "status: done\nestimate: 1\n");
    write_asked(*state, EXPORT, "");
    g_autoptr(Neighbours) neighbours = find(*state);

    assert_int_equal(neighbours->nearest->len, NEIGHBOURS_NEAREST);
    assert_int_equal(neighbours->finished->len, 101);
    assert_string_equal(g_array_index(neighbours->nearest, struct neighbour, 0).estimate, "8");
}

static void they_say_which_words_most_of_them_share(void **state)
{
    write_group(*state, 0, 12, EXPORT, "status: done\nestimate: 3\n");
    write_group(*state, 1, 3, "Mail INVOICES to their customer", "status: done\nestimate: 3\n");
    write_group(*state, 2, 20, SEARCH, "status: done\nestimate: 1\n");
    write_asked(*state, EXPORT, "");
    g_autoptr(Neighbours) neighbours = find(*state);

    const struct neighbours_word *first = neighbours->words->pdata[0];
    assert_string_equal(first->word, "invoices");
    assert_int_equal(first->n, 15);
}

/* -- what is suggested -- */

static void a_few_finished_items_suggest_nothing(void **state)
{
    write_group(*state, 0, 9, EXPORT, "status: done\nestimate: 3\n");
    write_asked(*state, EXPORT, "");
    g_autoptr(Neighbours) few = find(*state);
    check_suggestion(few, "too-few", "nothing");
    assert_int_equal(few->nearest->len, 9);

    write_group(*state, 0, 10, EXPORT, "status: done\nestimate: 3\n");
    g_autoptr(Neighbours) enough = find(*state);
    check_suggestion(enough, "confirm", "3");
}

static void an_empty_backlog_suggests_nothing(void **state)
{
    write_asked(*state, EXPORT, "");
    g_autoptr(Neighbours) neighbours = find(*state);

    check_suggestion(neighbours, "too-few", "nothing");
    assert_int_equal(neighbours->near.n, 0);
    assert_int_equal(neighbours->all.n, 0);
    assert_false(neighbours_is_outlier(neighbours, 20));
}

static void neighbours_of_one_mind_outweigh_the_median(void **state)
{
    write_group(*state, 0, 30, EXPORT, "status: done\nestimate: 8\n");
    write_group(*state, 1, 50, SEARCH, "status: done\nestimate: 2\n");
    write_asked(*state, EXPORT, "");
    g_autoptr(Neighbours) neighbours = find(*state);

    check_suggestion(neighbours, "differ", "8");
    assert_true(neighbours->all.median == 2 && neighbours->near.median == 8);
    assert_true(neighbours->off > 0 && neighbours->off < 3);
}

static void neighbours_that_disagree_leave_the_median(void **state)
{
    write_group(*state, 0, 7, EXPORT, "status: done\nestimate: 1\n");
    write_group(*state, 1, 8, EXPORT, "status: done\nestimate: 13\n");
    write_group(*state, 2, 60, SEARCH, "status: done\nestimate: 3\n");
    write_asked(*state, EXPORT, "");
    g_autoptr(Neighbours) neighbours = find(*state);

    check_suggestion(neighbours, "disagree", "3");
    assert_true(neighbours->near.median == 13);
}

static void without_a_word_in_common_it_is_the_median(void **state)
{
    write_group(*state, 0, 12, SEARCH, "status: done\nestimate: 5\n");
    write_asked(*state, EXPORT, "");
    g_autoptr(Neighbours) neighbours = find(*state);

    check_suggestion(neighbours, "stranger", "5");
    assert_int_equal(neighbours->nearest->len, 0);
}

static void a_scale_of_names_suggests_a_name(void **state)
{
    fixture_policy(*state, "estimate: {scale: {S: 1, M: 3, L: 8}}\n");
    write_group(*state, 0, 30, EXPORT, "status: done\nestimate: L\n");
    write_group(*state, 1, 40, SEARCH, "status: done\nestimate: S\n");
    write_asked(*state, EXPORT, "");
    g_autoptr(Neighbours) neighbours = find(*state);

    check_suggestion(neighbours, "differ", "L");
}

static void what_is_off_the_scale_suggests_what_is_beside_it(void **state)
{
    write_group(*state, 0, 6, EXPORT, "status: done\nestimate: 3\n");
    write_group(*state, 1, 6, EXPORT, "status: done\nestimate: 5\n");
    write_asked(*state, EXPORT, "");
    g_autoptr(Neighbours) between = find(*state);
    assert_true(between->all.median == 4);
    check_suggestion(between, "confirm", "5");

    fixture_policy(*state, "estimate: {scale: [1, 2]}\n");
    g_autoptr(Neighbours) beyond = find(*state);
    check_suggestion(beyond, "confirm", "2");
}

/* -- outliers -- */

static void an_outlier_is_beyond_nine_tenths_of_its_neighbours(void **state)
{
    write_group(*state, 0, 1, EXPORT, "status: done\nestimate: 1\n");
    write_group(*state, 1, 8, EXPORT, "status: done\nestimate: 3\n");
    write_group(*state, 2, 2, EXPORT, "status: done\nestimate: 8\n");
    write_asked(*state, EXPORT, "");
    g_autoptr(Neighbours) neighbours = find(*state);

    assert_true(neighbours->near.low == 3 && neighbours->near.high == 8);
    assert_true(neighbours_is_outlier(neighbours, 2));
    assert_false(neighbours_is_outlier(neighbours, 3));
    assert_false(neighbours_is_outlier(neighbours, 8));
    assert_true(neighbours_is_outlier(neighbours, 13));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(only_what_is_finished_and_estimated_is_a_neighbour),
        TEST(a_spike_is_compared_with_spikes_alone),
        TEST(parent_and_parts_are_no_neighbours),
        TEST(the_nearest_thirty_stand_in_order_of_likeness),
        TEST(they_say_which_words_most_of_them_share),
        TEST(a_few_finished_items_suggest_nothing),
        TEST(an_empty_backlog_suggests_nothing),
        TEST(neighbours_of_one_mind_outweigh_the_median),
        TEST(neighbours_that_disagree_leave_the_median),
        TEST(without_a_word_in_common_it_is_the_median),
        TEST(a_scale_of_names_suggests_a_name),
        TEST(what_is_off_the_scale_suggests_what_is_beside_it),
        TEST(an_outlier_is_beyond_nine_tenths_of_its_neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
