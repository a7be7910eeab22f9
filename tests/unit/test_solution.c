/* Which words say how and not what. */
#include "solution.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct state {
    struct policy *policy;
    struct lexicon *lexicon;
};

static int setup(void **state)
{
    struct state *own = g_new0(struct state, 1);

    own->policy = policy_new("/shop", "/shop", NULL);
    own->lexicon = lexicon_new(own->policy);
    *state = own;
    return 0;
}

static int teardown(void **state)
{
    struct state *own = *state;

    lexicon_free(own->lexicon);
    policy_free(own->policy);
    g_free(own);
    return 0;
}

/* What it names, "" for nothing; in a criterion with its looks. */
static void names(const struct state *state, gboolean look, const char *text, const char *expected)
{
    const struct solution_words words = solution_words(state->lexicon);
    g_autoptr(Prose) prose = prose_parse(text);
    const struct prose_range range = { 0, prose->tokens->len };
    struct solution solution;
    gboolean found = look ? solution_find_look(&words, prose, range, &solution)
                          : solution_find(&words, prose, range, &solution);

    assert_string_equal(found ? solution.parts : "", expected);
    if (found)
        assert_true(solution.words.first < solution.words.end && solution.words.end <= range.end);
    solution_clear(&solution);
}

static void a_verb_of_building_and_a_part(void **state)
{
    names(*state, FALSE, "add CSV export button to settings page", "button, settings page");
    names(*state, FALSE, "Implement a REST API with Redis", "rest api, redis");
    names(*state, FALSE, "TUI: add a splash screen", "splash screen");
    names(*state, FALSE, "We must use PostgreSQL", "postgresql");
    names(*state, FALSE, "Set up Kafka", "kafka");
}

static void what_is_wished(void **state)
{
    names(*state, FALSE, "users need to export their data", "");
    names(*state, FALSE, "see the status of an order on the page", "");
    names(*state, FALSE, "add an order", "");
    names(*state, FALSE, "", "");
}

static void a_part_further_away_than_six_words(void **state)
{
    names(*state, FALSE, "add one two three four five button", "button");
    names(*state, FALSE, "add one two three four five six button", "");
    names(*state, FALSE, "Add orders. The button is there", "");
}

static void a_verb_that_does_other_work(void **state)
{
    names(*state, FALSE, "The build of the page is slow", "");
    names(*state, FALSE, "Users can add orders on the page", "");
    names(*state, FALSE, "Create button is grey", "");
    names(*state, FALSE, "task_create schema has a field", "");
    names(*state, FALSE, "bun run build:css of the page", "");
}

static void looks_in_a_criterion(void **state)
{
    names(*state, TRUE, "The heading is 12px high", "12px");
    names(*state, TRUE, "It has the colour #ff8800", "#ff8800");
    names(*state, TRUE, "A red button shows", "red");
    names(*state, TRUE, "Red wine ships to Norway", "");
    names(*state, TRUE, "Issue #123 is linked", "");
    names(*state, FALSE, "The heading is 12px high", "");
    names(*state, TRUE, "Says `add a button`", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_verb_of_building_and_a_part),
        cmocka_unit_test(what_is_wished),
        cmocka_unit_test(a_part_further_away_than_six_words),
        cmocka_unit_test(a_verb_that_does_other_work),
        cmocka_unit_test(looks_in_a_criterion),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
