/* How the acceptance criteria of two versions go together, and what is told of them. */
#include "change.h"
#include "criteria.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
    *state = policy_new("/shop", "/shop", NULL);
    return 0;
}

static int teardown(void **state)
{
    policy_free(*state);
    return 0;
}

static char *item_with(const char *criteria)
{
    return g_strconcat("---\ntitle: Filter\n---\n\n## Acceptance criteria\n\n", criteria,
                       "\n## Approach\n\nIn the index.\n", NULL);
}

static GPtrArray *list(const struct policy *policy, const char *before, const char *after)
{
    g_autofree char *old_text = item_with(before), *new_text = item_with(after);
    g_autoptr(Document) old = fixture_document(old_text), new = fixture_document(new_text);
    return change_list(policy, old, new);
}

static void check(const struct policy *policy, const char *before, const char *after, const char *expected)
{
    g_autoptr(GPtrArray) changes = list(policy, before, after);
    g_autofree char *summary = change_summary(changes);
    assert_string_equal(summary, expected);
}

/* -- what is a criterion -- */

static void every_entry_of_the_first_level_and_every_scenario_is_one(void **state)
{
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", NULL);
    g_autoptr(Document) document = fixture_document(
        "---\n---\n- not this one\n\n## ACCEPTANCE CRITERIA:\n\nThese hold:\n\n- [ ] open\n- [x] done\n"
        "  - nested\n- plain\n\n1. first\n2. [X] second\n\n```gherkin\nFeature: Search\n"
        "Scenario: By day\n  Then it is shown\nScenario: By size\n```\n\n### By hand\n\n* star\n\n"
        "## Approach\n\n- nor this\n");
    g_autoptr(GPtrArray) criteria = criteria_read(document, policy);
    static const struct {
        const char *text;
        gboolean scenario, has_box, ticked;
    } expected[] = {
        { "open", FALSE, TRUE, FALSE },    { "done", FALSE, TRUE, TRUE },   { "plain", FALSE, FALSE, FALSE },
        { "first", FALSE, FALSE, FALSE },  { "second", FALSE, TRUE, TRUE }, { "By day", TRUE, FALSE, FALSE },
        { "By size", TRUE, FALSE, FALSE }, { "star", FALSE, FALSE, FALSE },
    };

    assert_int_equal(criteria->len, G_N_ELEMENTS(expected));
    for (guint i = 0; i < criteria->len; i++) {
        const struct criterion *criterion = criteria->pdata[i];
        assert_string_equal(criterion->text, expected[i].text);
        assert_int_equal(criterion->scenario, expected[i].scenario);
        assert_int_equal(criterion->has_box, expected[i].has_box);
        assert_int_equal(criterion->ticked, expected[i].ticked);
        assert_int_equal(criterion->item == G_MAXUINT, expected[i].scenario);
    }
}

static void without_the_section_there_are_none(void **state)
{
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", NULL);
    g_autoptr(Document) document = fixture_document("---\n---\n## Done when\n\n- [ ] a\n");
    g_autoptr(GPtrArray) criteria = criteria_read(document, policy);
    assert_int_equal(criteria->len, 0);
}

/* -- one kind of change each -- */

static void a_criterion_is_added_or_removed(void **state)
{
    g_autoptr(GPtrArray) changes =
        list(*state, "- [ ] Ends are shown\n", "- [ ] Ends are shown\n- [ ] Empty ranges say so\n");
    const struct change *change = changes->pdata[0];

    assert_int_equal(changes->len, 1);
    assert_int_equal(change->kind, CHANGE_CRITERION_ADDED);
    assert_int_equal(change->number, 2);
    assert_string_equal(change->after, "Empty ranges say so");
    check(*state, "- [ ] one\n- [ ] two\n- [ ] three\n", "- [ ] one\n- [ ] three\n", "criterion 2 removed");
    check(*state, "", "- [ ] one\n", "criterion 1 added");
    check(*state, "- [ ] one\n", "", "criterion 1 removed");
}

static void a_criterion_is_ticked_or_unticked(void **state)
{
    check(*state, "- [ ] one\n- [ ] two\n", "- [ ] one\n- [x] two\n", "criterion 2 ticked");
    check(*state, "- [x] one\n", "- [ ] one\n", "criterion 1 unticked");
    check(*state, "- one\n", "- [x] one\n", "criterion 1 ticked");
    check(*state, "- [x] one\n", "- [X] one\n", "no change");
}

static void a_criterion_is_reworded_where_enough_words_stay(void **state)
{
    g_autoptr(GPtrArray) changes =
        list(*state, "- [ ] The list shows within 500 ms\n", "- [ ] The filtered list shows within 300 ms\n");
    const struct change *change = changes->pdata[0];

    assert_int_equal(changes->len, 1);
    assert_int_equal(change->kind, CHANGE_CRITERION_REWORDED);
    assert_string_equal(change->before, "The list shows within 500 ms");
    assert_string_equal(change->after, "The filtered list shows within 300 ms");
    check(*state, "- [ ] The list shows within 500 ms\n- [ ] keep\n",
          "- [ ] Staff see prices\n- [ ] keep\n- [ ] more\n", "criterion 1 reworded, criterion 3 added");
    check(*state, "- [ ] keep\n- [ ] The list shows within 500 ms\n", "- [ ] Staff see prices\n- [ ] keep\n",
          "criterion 1 added, criterion 2 removed");
}

static void a_shared_article_makes_no_criterion_the_same(void **state)
{
    check(*state, "- [ ] keep\n- [ ] The list shows within 500 ms\n",
          "- [ ] The list sees staff prices in euro\n- [ ] keep\n", "criterion 1 added, criterion 2 removed");
}

static void a_criterion_that_stands_in_anothers_place_is_that_one_reworded(void **state)
{
    check(*state, "- [ ] a\n- [ ] apples\n- [ ] c\n", "- [ ] a\n- [ ] pears\n- [ ] c\n",
          "criterion 2 reworded");
    check(*state, "- [ ] a\n- [ ] apples\n", "- [ ] a\n- [ ] pears\n- [ ] plums\n",
          "criterion 2 added, criterion 3 added, criterion 2 removed");
}

static void what_is_nested_in_a_criterion_is_part_of_it(void **state)
{
    check(*state, "- [ ] Sizes\n  - S\n  - M\n- [ ] b\n", "- [ ] Sizes\n  - S\n  - L\n- [ ] b\n",
          "criterion 1 reworded");
    check(*state, "- [ ] Sizes\n  - S\n", "- [ ] Sizes\n    - S\n", "no change");
    check(*state, "1. one\n2. two\n", "1. zero\n2. one\n3. two\n", "criterion 1 added");
}

static void the_steps_of_a_scenario_are_part_of_it(void **state)
{
    check(*state, "```gherkin\nScenario: By day\n  Given a day\n  Then 3 results\nScenario: By size\n```\n",
          "```gherkin\nScenario: By day\n  Given a day\n  Then 4 results\nScenario: By size\n```\n",
          "criterion 1 reworded");
    check(*state, "```gherkin\nScenario: By day\n  Given a day\n```\n",
          "```gherkin\nScenario: By day\n  Given a day\nScenario: By size\n```\n", "criterion 2 added");
}

static void a_criterion_is_moved(void **state)
{
    g_autoptr(GPtrArray) changes = list(*state, "- a\n- b\n- c\n- d\n", "- d\n- a\n- b\n- c\n");
    const struct change *change = changes->pdata[0];

    assert_int_equal(changes->len, 1);
    assert_int_equal(change->kind, CHANGE_CRITERION_MOVED);
    assert_int_equal(change->from, 4);
    assert_int_equal(change->number, 1);
    check(*state, "- a\n- b\n- c\n- d\n", "- b\n- c\n- d\n- a\n", "criterion 1 moved to 4");
    check(*state, "- a\n- b\n", "- b\n- a\n", "criterion 2 moved to 1");
    check(*state, "- a\n- b\n- c\n", "- b\n- a\n- c\n", "criterion 2 moved to 1");
    check(*state, "- a\n- b\n- c\n", "- c\n- b\n- a\n", "criterion 3 moved to 1, criterion 2 moved to 2");
    check(*state, "- a\n- b\n- c\n", "- x\n- y\n- z\n- a\n- b\n- c\n",
          "criterion 1 added, criterion 2 added, criterion 3 added");
}

static void several_changes_of_one_criterion_are_told_apart(void **state)
{
    check(*state, "- [ ] first of all\n- [ ] The list shows within 500 ms\n",
          "- [x] The list shows within 300 ms\n- [ ] first of all\n",
          "criterion 1 reworded, criterion 1 ticked, criterion 2 moved to 1");
}

/* -- matching -- */

static void equal_texts_go_together_before_likely_ones(void **state)
{
    check(*state, "- the list shows prices\n- the list shows sizes\n",
          "- the list shows sizes\n- the list shows prices\n- the list shows colours\n",
          "criterion 2 moved to 1, criterion 3 added");
}

static void the_likest_go_together_first(void **state)
{
    check(*state, "- the list shows all prices\n", "- the list shows\n- the list shows all prices now\n",
          "criterion 1 added, criterion 2 reworded");
}

static void of_equally_like_ones_the_nearest_go_together(void **state)
{
    check(*state, "- apples\n- the list shows prices now\n",
          "- the list shows sizes now\n- the list shows colours now\n",
          "criterion 1 reworded, criterion 2 reworded");
}

static void equal_texts_are_counted(void **state)
{
    check(*state, "- twin\n- twin\n", "- twin\n- twin\n- twin\n", "criterion 3 added");
    check(*state, "- [x] twin\n- [ ] twin\n- [x] twin\n", "- [x] twin\n- [ ] twin\n", "criterion 3 removed");
}

static void the_heading_comes_with_its_criteria(void **state)
{
    g_autoptr(Document) without = fixture_document("---\n---\n## Approach\n\nIn the index.\n");
    g_autoptr(Document) with =
        fixture_document("---\n---\n## Acceptance criteria\n\n- a\n\n## Approach\n\nIn the index.\n");
    g_autoptr(Document) empty =
        fixture_document("---\n---\n## Acceptance criteria\n\n## Approach\n\nIn the index.\n");
    g_autoptr(GPtrArray) added = change_list(*state, without, with),
                         removed = change_list(*state, with, without);
    g_autoptr(GPtrArray) heading = change_list(*state, without, empty);
    g_autofree char *first = change_summary(added), *second = change_summary(removed),
                    *third = change_summary(heading);

    assert_string_equal(first, "criterion 1 added");
    assert_string_equal(second, "criterion 1 removed");
    assert_string_equal(third, "section Acceptance criteria added");
}

/* A list of n criteria of three words out of few, so that many are alike, by a fixed sequence. */
static char *random_criteria(GRand *random, guint n)
{
    static const char *const words[] = { "list",  "shows", "prices", "sizes",
                                         "clerk", "empty", "range",  "within" };
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        g_string_append(text, g_rand_boolean(random) ? "- [ ]" : "- [x]");
        for (guint j = 0; j < 3; j++)
            g_string_append_printf(text, " %s", words[g_rand_int_range(random, 0, G_N_ELEMENTS(words))]);
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

static void counts_are_the_same_both_ways_and_add_up(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20261121);
    for (guint round = 0; round < 1000; round++) {
        guint old = (guint)g_rand_int_range(random, 0, 9), new = (guint)g_rand_int_range(random, 0, 9);
        g_autofree char *before = random_criteria(random, old), *after = random_criteria(random, new);
        g_autoptr(GPtrArray) forth = list(*state, before, after), back = list(*state, after, before);
        g_autoptr(GPtrArray) same = list(*state, after, after);
        guint there[CHANGE_ASSUMPTION_SETTLED + 1] = { 0 }, again[CHANGE_ASSUMPTION_SETTLED + 1] = { 0 };

        for (guint i = 0; i < forth->len; i++)
            there[((struct change *)forth->pdata[i])->kind]++;
        for (guint i = 0; i < back->len; i++)
            again[((struct change *)back->pdata[i])->kind]++;
        assert_int_equal(same->len, 0);
        assert_int_equal(there[CHANGE_CRITERION_ADDED] + old, there[CHANGE_CRITERION_REMOVED] + new);
        assert_int_equal(there[CHANGE_CRITERION_ADDED], again[CHANGE_CRITERION_REMOVED]);
        assert_int_equal(there[CHANGE_CRITERION_REMOVED], again[CHANGE_CRITERION_ADDED]);
        assert_int_equal(there[CHANGE_CRITERION_REWORDED], again[CHANGE_CRITERION_REWORDED]);
    }
}

static void thousands_of_criteria_are_compared_in_time(void **state)
{
    g_autoptr(GString) old = g_string_new(NULL), new = g_string_new(NULL);
    for (guint i = 0; i < 30000; i++) {
        g_string_append_printf(old, "- the list of %u shows prices\n", i);
        g_string_append_printf(new, "- the list of %u shows sizes\n", i);
    }
    gint64 start = g_get_monotonic_time();
    g_autoptr(GPtrArray) all = list(*state, old->str, new->str), same = list(*state, old->str, old->str);
    assert_int_equal(all->len, 60000);
    assert_int_equal(same->len, 0);

    g_string_truncate(old, 0);
    g_string_truncate(new, 0);
    for (guint i = 0; i < 200; i++) {
        g_string_append_printf(old, "- the list of %u shows %u prices\n", i, i);
        g_string_append_printf(new, "- the list of %u shows %u sizes\n", i, i);
    }
    g_autoptr(GPtrArray) some = list(*state, old->str, new->str);
    assert_int_equal(some->len, 200);
    assert_int_equal(((struct change *)some->pdata[150])->kind, CHANGE_CRITERION_REWORDED);
    assert_string_equal(((struct change *)some->pdata[150])->before, "the list of 150 shows 150 prices");
    assert_true(g_get_monotonic_time() - start < 20 * G_USEC_PER_SEC);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_entry_of_the_first_level_and_every_scenario_is_one),
        TEST(without_the_section_there_are_none),
        TEST(a_criterion_is_added_or_removed),
        TEST(a_criterion_is_ticked_or_unticked),
        TEST(a_criterion_is_reworded_where_enough_words_stay),
        TEST(a_shared_article_makes_no_criterion_the_same),
        TEST(a_criterion_that_stands_in_anothers_place_is_that_one_reworded),
        TEST(what_is_nested_in_a_criterion_is_part_of_it),
        TEST(the_steps_of_a_scenario_are_part_of_it),
        TEST(a_criterion_is_moved),
        TEST(several_changes_of_one_criterion_are_told_apart),
        TEST(equal_texts_go_together_before_likely_ones),
        TEST(the_likest_go_together_first),
        TEST(of_equally_like_ones_the_nearest_go_together),
        TEST(equal_texts_are_counted),
        TEST(the_heading_comes_with_its_criteria),
        TEST(counts_are_the_same_both_ways_and_add_up),
        TEST(thousands_of_criteria_are_compared_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
