#include "random.h"
#include "rank.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct random *seeded(const char *seed)
{
    g_setenv("REFINE_SEED", seed, TRUE);
    return random_new();
}

static const char *rank_at(const GPtrArray *ranks, guint i)
{
    return ranks->pdata[i];
}

static gsize longest_of(const GPtrArray *ranks)
{
    gsize longest = 0;
    for (guint i = 0; i < ranks->len; i++)
        longest = MAX(longest, strlen(rank_at(ranks, i)));
    return longest;
}

static void check_order(const GPtrArray *ranks)
{
    for (guint i = 0; i < ranks->len; i++) {
        if (!rank_is_valid(rank_at(ranks, i)))
            fail_msg("rank %u, %s, is not valid", i, rank_at(ranks, i));
        if (i > 0 && strcmp(rank_at(ranks, i - 1), rank_at(ranks, i)) >= 0)
            fail_msg("rank %u, %s, is not above %s", i, rank_at(ranks, i), rank_at(ranks, i - 1));
    }
}

/* Checks the order, prints how long the ranks are and fails where one is longer than limit. */
static void check_lengths(const char *what, const GPtrArray *ranks, gsize limit)
{
    gsize sum = 0;
    check_order(ranks);
    for (guint i = 0; i < ranks->len; i++)
        sum += strlen(rank_at(ranks, i));
    print_message("%s: %u ranks, longest %zu, mean %.2f characters\n", what, ranks->len, longest_of(ranks),
                  (double)sum / ranks->len);
    assert_true(longest_of(ranks) <= limit);
}

static void insert(struct random *random, GPtrArray *ranks, guint at)
{
    const char *low = at > 0 ? rank_at(ranks, at - 1) : NULL;
    const char *high = at < ranks->len ? rank_at(ranks, at) : NULL;
    g_ptr_array_insert(ranks, (gint)at, rank_between(random, low, high));
}

static void check_between(struct random *random, const char *low, const char *high, gsize limit)
{
    g_autofree char *rank = rank_between(random, low, high);
    if (!rank_is_valid(rank) || strcmp(low, rank) >= 0 || strcmp(rank, high) >= 0 || strlen(rank) > limit)
        fail_msg("%s is not between %s and %s in %zu characters", rank, low, high, limit);
}

static void ranks_are_told_from_other_words(void **state)
{
    static const char *const ranks[] = { "nb",          "nbhm",         "nz",           "mb",
                                         "mz",          "pbb",          "kzzz",         "nbbc",
                                         "zbbbbbbbbbb", "zzzzzzzzzzzz", "bbbbbbbbbbbc", "bbbbbbbbbc" };
    static const char *const others[] = {
        "",    "n",     "b",   "bb", "pb",         "zzz",        "nbb",         "nbkb", "na",
        "nby", "nbl",   "nB",  "NB", "nb ",        " nb",        "nb\n",        "n-b",  "42",
        "nbé", "hello", "mbb", "kz", "bbbbbbbbbb", "zbbbbbbbbb", "bbbbbbbbbbb", "m",    "null",
    };
    for (guint i = 0; i < G_N_ELEMENTS(ranks); i++)
        if (!rank_is_valid(ranks[i]))
            fail_msg("%s is a rank", ranks[i]);
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        if (rank_is_valid(others[i]))
            fail_msg("%s is not a rank", others[i]);
    assert_false(rank_is_valid(NULL));
}

static void items_go_by_rank_then_id_and_last_without_a_rank(void **state)
{
    assert_true(rank_compare("nb", "t2h8k", "nc", "c4x9d") < 0);
    assert_true(rank_compare("nc", "c4x9d", "nb", "t2h8k") > 0);
    assert_true(rank_compare("mz", "t2h8k", "nb", "c4x9d") < 0);
    assert_true(rank_compare("nz", "t2h8k", "pbb", "c4x9d") < 0);
    assert_true(rank_compare("nb", "t2h8k", "nbc", "c4x9d") < 0);
    assert_true(rank_compare("nbhm", "c4x9d", "nbhm", "t2h8k") < 0);
    assert_int_equal(rank_compare("nbhm", "c4x9d", "nbhm", "c4x9d"), 0);
    assert_true(rank_compare("zzzzzzzzzzz", "t2h8k", NULL, "c4x9d") < 0);
    assert_true(rank_compare("aaaa", "c4x9d", "nb", "t2h8k") > 0);
    assert_true(rank_compare(NULL, "c4x9d", "top", "t2h8k") < 0);
    assert_true(rank_compare("zz", "c4x9d", "aa", "t2h8k") < 0);
}

static void the_first_rank_is_short_and_in_the_middle(void **state)
{
    g_autoptr(Random) random = seeded("first");
    g_autofree char *first = rank_first(random), *only = rank_between(random, NULL, NULL);
    assert_true(rank_is_valid(first) && rank_is_valid(only));
    assert_memory_equal(first, "nb", 2);
    assert_memory_equal(only, "nb", 2);
    assert_int_equal(strlen(first), 3);
}

static void top_and_bottom_step_the_integer(void **state)
{
    static const struct {
        const char *rank, *above, *below;
    } cases[] = {
        { "nb", "mz", "nc" },
        { "nbhm", "mz", "nc" },
        { "nz", "nx", "pbb" },
        { "pbb", "nz", "pbc" },
        { "pzzk", "pzx", "qbbb" },
        { "qcbb", "qbzz", "qcbc" },
        { "mb", "kzz", "mc" },
        { "mzhm", "mx", "nb" },
        { "kbbk", "jzzz", "kbc" },
        { "zbbbbbbbbbb", "xzzzzzzzzz", "zbbbbbbbbbc" },
        { "cbbbbbbbb", "bzzzzzzzzz", "cbbbbbbbc" },
    };
    g_autoptr(Random) random = seeded("steps");
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *above = rank_before(random, cases[i].rank),
                        *below = rank_after(random, cases[i].rank);
        assert_int_equal(strlen(above), strlen(cases[i].above) + 1);
        assert_memory_equal(above, cases[i].above, strlen(cases[i].above));
        assert_int_equal(strlen(below), strlen(cases[i].below) + 1);
        assert_memory_equal(below, cases[i].below, strlen(cases[i].below));
    }
}

static void ten_thousand_at_the_bottom_stay_within_6_characters(void **state)
{
    g_autoptr(Random) random = seeded("bottom");
    g_autoptr(GPtrArray) ranks = rank_spread(random, NULL, NULL, 1);
    while (ranks->len < 10000)
        g_ptr_array_add(ranks, rank_after(random, rank_at(ranks, ranks->len - 1)));
    check_lengths("10,000 at the bottom", ranks, 6);
}

static void ten_thousand_at_the_top_stay_within_6_characters(void **state)
{
    g_autoptr(Random) random = seeded("top");
    g_autoptr(GPtrArray) ranks = rank_spread(random, NULL, NULL, 1);
    while (ranks->len < 10000)
        g_ptr_array_insert(ranks, 0, rank_before(random, rank_at(ranks, 0)));
    check_lengths("10,000 at the top", ranks, 6);
}

static void ten_thousand_between_random_neighbours_stay_short(void **state)
{
    static const struct {
        const char *what;
        guint n;
        gsize limit;
    } cases[] = { { "10,000 between 1,000", 1000, 12 }, { "10,000 between 2", 2, 15 } };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Random) random = seeded("neighbours");
        g_autoptr(GPtrArray) ranks = rank_spread(random, NULL, NULL, cases[i].n);
        for (guint j = 0; j < 10000; j++)
            insert(random, ranks, 1 + (guint)random_below(random, ranks->len - 1));
        check_lengths(cases[i].what, ranks, cases[i].limit);
    }
}

/* Also between items that were inserted themselves, whose ranks are longer to begin with. */
static void inserts_at_one_place_grow_with_the_logarithm_of_their_number(void **state)
{
    static const struct {
        const char *what;
        guint first, step;
    } cases[] = {
        { "2,000 just after one item", 5, 0 },
        { "2,000 just before one item, or each after the last", 5, 1 },
        { "2,000 just after an inserted item", 51, 0 },
        { "2,000 just before an inserted item", 50, 1 },
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Random) random = seeded(cases[i].what);
        g_autoptr(GPtrArray) ranks = rank_spread(random, NULL, NULL, 100);
        insert(random, ranks, 50);
        for (guint j = 0; j < 2000; j++)
            insert(random, ranks, cases[i].first + j * cases[i].step);
        check_lengths(cases[i].what, ranks, 14);
    }
}

static void a_short_run_after_one_item_stays_shorter(void **state)
{
    g_autoptr(Random) random = seeded("run");
    g_autoptr(GPtrArray) ranks = rank_spread(random, NULL, NULL, 30);
    for (guint i = 0; i < 20; i++)
        insert(random, ranks, 12);
    check_lengths("20 just after one item", ranks, 9);
}

static void alternating_halves_are_the_worst_case_and_still_in_order(void **state)
{
    g_autoptr(Random) random = seeded("halves");
    g_autoptr(GPtrArray) ranks = rank_spread(random, NULL, NULL, 2);
    guint at = 1;
    for (guint i = 0; i < 300; i++) {
        insert(random, ranks, at);
        at += i % 2;
    }
    check_lengths("300 on alternating sides", ranks, 100);
}

static void the_ends_never_run_out(void **state)
{
    g_autoptr(Random) random = seeded("ends");
    g_autoptr(GPtrArray) ranks = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(ranks, g_strdup("bbbbbbbbbc"));
    g_ptr_array_add(ranks, g_strdup("zzzzzzzzzzx"));
    for (guint i = 0; i < 2000; i++) {
        insert(random, ranks, 0);
        insert(random, ranks, ranks->len);
    }
    check_lengths("2,000 past the first and the last integer", ranks, 20);
    assert_memory_equal(rank_at(ranks, 0), "bbbbbbbbbb", 10);
    assert_memory_equal(rank_at(ranks, ranks->len - 1), "zzzzzzzzzzz", 11);
}

static void there_is_a_rank_between_any_two(void **state)
{
    static const char *const pairs[][2] = {
        { "nb", "nbc" },
        { "nb", "nbbbbbbbbc" },
        { "nb", "nc" },
        { "nbz", "nc" },
        { "nbzzzzzzzz", "nc" },
        { "nbzzzzzzzz", "ncbbbbbbbbc" },
        { "mz", "nb" },
        { "mzz", "nbbc" },
        { "nz", "pbb" },
        { "nbk", "zzzzzzzzzzz" },
        { "bbbbbbbbbbc", "bbbbbbbbbbd" },
        { "bbbbbbbbbc", "zzzzzzzzzzzz" },
        { "kxx", "qkkk" },
        { "nbkkkkkkkkc", "nbkkkkkkkkd" },
        { "nbhm", "nbhmbbbc" },
    };
    g_autoptr(Random) random = seeded("pairs");
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
        for (guint j = 0; j < 200; j++)
            check_between(random, pairs[i][0], pairs[i][1],
                          MAX(strlen(pairs[i][0]), strlen(pairs[i][1])) + 6);
}

/* A rank as a person might write one, of any length; few digits make long common prefixes. */
static char *odd_rank(struct random *random)
{
    static const char heads[] = "ghjkmnpqrs";
    const char *digits = random_below(random, 2) ? "bcz" : "bcdfghjkmnpqrstvwxz";
    for (;;) {
        char *rank = g_strnfill(2 + random_below(random, 14), 'b');
        rank[0] = heads[random_below(random, strlen(heads))];
        for (char *at = rank + 1; *at; at++)
            *at = digits[random_below(random, strlen(digits))];
        if (rank_is_valid(rank))
            return rank;
        g_free(rank);
    }
}

static void there_is_a_rank_between_and_around_random_ones(void **state)
{
    g_autoptr(Random) random = seeded("odd");
    for (guint i = 0; i < 20000; i++) {
        g_autofree char *one = odd_rank(random), *other = odd_rank(random);
        if (random_below(random, 2)) { /* mostly the same, so that they differ late */
            g_autofree char *tail = g_strdup(other + 1);
            g_free(other);
            other = g_strconcat(one, tail, "k", NULL);
        }
        int order = strcmp(one, other);
        if (order == 0)
            continue;
        const char *low = order < 0 ? one : other, *high = order < 0 ? other : one;
        check_between(random, low, high, MAX(strlen(low), strlen(high)) + 7);
        g_autofree char *top = rank_before(random, low), *bottom = rank_after(random, high);
        assert_true(rank_is_valid(top) && strcmp(top, low) < 0);
        assert_true(rank_is_valid(bottom) && strcmp(high, bottom) < 0);
    }
}

static void a_very_long_rank_is_a_neighbour_as_any(void **state)
{
    g_autoptr(Random) random = seeded("long");
    g_autofree char *filling = g_strnfill(60000, 'b'), *low = g_strdup("nb");
    g_autofree char *high = g_strconcat("nb", filling, "c", NULL);
    assert_true(rank_is_valid(high));
    check_between(random, low, high, 60020);
}

static guint count_ties(const char *low, const char *high)
{
    g_autoptr(Random) mine = seeded("mine"), yours = seeded("yours");
    guint n_ties = 0;
    for (guint i = 0; i < 10000; i++) {
        g_autofree char *my_rank = rank_between(mine, low, high), *your_rank = rank_between(yours, low, high);
        n_ties += strcmp(my_rank, your_rank) == 0;
    }
    return n_ties;
}

static void two_branches_that_insert_at_one_place_seldom_tie(void **state)
{
    assert_true(count_ties("nbk", "ncp") < 10000 / 361 + 16);
    assert_true(count_ties("nb", "nbc") < 10000 / 361 + 16);
    assert_true(count_ties("nbhmk", "nbhmm") < 10000 / 361 + 16);
    assert_true(count_ties("nbkdf", "ncp") < 10000 / 361 + 16);
    assert_true(count_ties("nbkddfw", "nbn") < 10000 / 361 + 16);
}

static void two_branches_that_add_at_one_end_seldom_tie(void **state)
{
    assert_true(count_ties("nbk", NULL) < 10000 / 18 + 120);
    assert_true(count_ties(NULL, "nbk") < 10000 / 18 + 120);
    assert_true(count_ties(NULL, NULL) < 10000 / 18 + 120);
}

static void a_row_of_new_items_fits_between_any_neighbours(void **state)
{
    static const char *const places[][2] = {
        { NULL, NULL },          { "nbhm", NULL },
        { NULL, "nbhm" },        { "nbk", "ncp" },
        { "nb", "nbc" },         { "mz", "qkkk" },
        { "nbhmk", "nbhmm" },    { "bbbbbbbbbc", "zzzzzzzzzzzz" },
        { NULL, "bbbbbbbbbc" },  { "zzzzzzzzzzk", NULL },
        { NULL, "bbbbbbbbbbc" }, { "zzzzzzzzzzzc", NULL },
    };
    static const guint sizes[] = { 0, 1, 2, 3, 20, 361, 5000 };
    g_autoptr(Random) random = seeded("rows");
    for (guint i = 0; i < G_N_ELEMENTS(places) * G_N_ELEMENTS(sizes); i++) {
        const char *low = places[i / G_N_ELEMENTS(sizes)][0], *high = places[i / G_N_ELEMENTS(sizes)][1];
        guint n = sizes[i % G_N_ELEMENTS(sizes)];
        g_autoptr(GPtrArray) ranks = rank_spread(random, low, high, n);
        assert_int_equal(ranks->len, n);
        if (low)
            g_ptr_array_insert(ranks, 0, g_strdup(low));
        if (high)
            g_ptr_array_add(ranks, g_strdup(high));
        check_order(ranks);
    }
}

static void imports_are_short_and_even(void **state)
{
    g_autoptr(Random) random = seeded("import");
    g_autoptr(GPtrArray) all = rank_spread(random, NULL, NULL, 10000);
    check_lengths("import of 10,000", all, 6);
    g_autoptr(GPtrArray) within = rank_spread(random, "nbk", "ncp", 1000);
    check_lengths("import of 1,000 between two", within, 7);
    for (guint i = within->len;
         i-- > 1;) /* even: each gap takes another one without a longer rank than this */
        insert(random, within, i);
    check_lengths("and one more in each gap", within, 9);
}

static void an_item_goes_between_two_of_the_same_rank_with_a_new_rank_for_one(void **state)
{
    g_autoptr(Random) random = seeded("tie");
    g_autoptr(GPtrArray) ranks = rank_spread(random, "nbhm", "nbhp", 2);
    g_ptr_array_insert(ranks, 0, g_strdup("nbhm"));
    g_ptr_array_add(ranks, g_strdup("nbhp"));
    check_lengths("two between", ranks, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_told_from_other_words),
        cmocka_unit_test(items_go_by_rank_then_id_and_last_without_a_rank),
        cmocka_unit_test(the_first_rank_is_short_and_in_the_middle),
        cmocka_unit_test(top_and_bottom_step_the_integer),
        cmocka_unit_test(ten_thousand_at_the_bottom_stay_within_6_characters),
        cmocka_unit_test(ten_thousand_at_the_top_stay_within_6_characters),
        cmocka_unit_test(ten_thousand_between_random_neighbours_stay_short),
        cmocka_unit_test(inserts_at_one_place_grow_with_the_logarithm_of_their_number),
        cmocka_unit_test(a_short_run_after_one_item_stays_shorter),
        cmocka_unit_test(alternating_halves_are_the_worst_case_and_still_in_order),
        cmocka_unit_test(the_ends_never_run_out),
        cmocka_unit_test(there_is_a_rank_between_any_two),
        cmocka_unit_test(there_is_a_rank_between_and_around_random_ones),
        cmocka_unit_test(a_very_long_rank_is_a_neighbour_as_any),
        cmocka_unit_test(two_branches_that_insert_at_one_place_seldom_tie),
        cmocka_unit_test(two_branches_that_add_at_one_end_seldom_tie),
        cmocka_unit_test(a_row_of_new_items_fits_between_any_neighbours),
        cmocka_unit_test(imports_are_short_and_even),
        cmocka_unit_test(an_item_goes_between_two_of_the_same_rank_with_a_new_rank_for_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
