/* What could stand in the place of a word: by few items and many, without a policy, and in lists. */
#include "complete.h"
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct completion *completion_here(const struct fixture *fixture, const char *word)
{
    return completion_new(fixture->root, word);
}

/* "SETTLED|TEXT(HELP) TEXT+", a plus behind what is open. */
static char *shown(const struct completion *completion)
{
    GString *all = g_string_new(NULL);

    g_string_append_len(all, completion->word, (gssize)completion->settled);
    g_string_append_c(all, '|');
    for (guint i = 0; i < completion->candidates->len; i++) {
        const struct candidate *candidate = completion->candidates->pdata[i];
        g_string_append_printf(all, "%s%s%s", i ? " " : "", candidate->text, candidate->open ? "+" : "");
        if (candidate->help)
            g_string_append_printf(all, "(%s)", candidate->help);
    }
    return g_string_free(all, FALSE);
}

static void check(const struct fixture *fixture, void (*complete)(struct completion *), const char *word,
                  const char *expected)
{
    g_autoptr(Completion) completion = completion_here(fixture, word);
    complete(completion);
    g_autofree char *all = shown(completion);
    assert_string_equal(all, expected);
}

static void add_items(const struct fixture *fixture, guint count)
{
    for (guint i = 0; i < count; i++) {
        g_autofree char *path =
            g_strdup_printf("backlog/k%c%c%c%c-print-a-receipt.md", "23456789bcdfg"[i % 13],
                            "23456789bcdfg"[i / 13 % 13], "bcdf"[i / 169 % 4], 'z');
        fixture_write(fixture, path, "---\ntitle: Print a receipt that the tax office accepts\n---\n");
    }
}

static void the_word_is_settled_from_the_last_separator(void **state)
{
    g_autoptr(Completion) completion = completion_here(*state, "status:ready,do");
    completion_settle(completion, ":,");
    assert_string_equal(completion_rest(completion), "do");
    completion_settle(completion, ":,");
    assert_string_equal(completion_rest(completion), "do");
    completion_add(completion, "doing", NULL, FALSE);
    completion_add(completion, "done", "it is over", TRUE);
    completion_add(completion, "doing", "again", FALSE);
    completion_add(completion, "ready", NULL, FALSE);
    completion_drop(completion, "doing");
    completion_drop(completion, "nothing");
    g_autofree char *all = shown(completion);
    assert_string_equal(all, "status:ready,|done+(it is over)");
}

static void few_ids_have_titles_and_many_the_words_of_their_names(void **state)
{
    const struct fixture *fixture = *state;
    add_items(fixture, 200);
    fixture_write(fixture, "backlog/b2222.md", "no front matter");
    fixture_write(fixture, "backlog/b2223-.md", "---\ntitle: [a, b]\n---\n");
    check(fixture, complete_ids, "k22",
          "|k22bz(Print a receipt that the tax office accepts) "
          "k22cz(Print a receipt that the tax office accepts)");
    check(fixture, complete_ids, "b", "|b2222 b2223");
    g_autoptr(Completion) completion = completion_here(fixture, "");
    complete_ids(completion);
    assert_int_equal(completion->candidates->len, 202);
    const struct candidate *last = completion->candidates->pdata[201];
    assert_string_equal(last->help, "print a receipt");
    g_autoptr(Completion) some = completion_here(fixture, "K");
    complete_ids(some);
    assert_int_equal(some->candidates->len, 200);
    last = some->candidates->pdata[199];
    assert_string_equal(last->help, "Print a receipt that the tax office accepts");
}

static void an_archived_item_needs_a_letter(void **state)
{
    const struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/k7q2m-filter.md", "---\ntitle: Filter\n---\n");
    fixture_write(fixture, "backlog/archive/2025/k7z9d-old.md", "---\ntitle: Old\naliases: [K7-1]\n---\n");
    check(fixture, complete_ids, "", "|k7q2m(Filter)");
    check(fixture, complete_ids, "k7", "|k7q2m(Filter) k7z9d(Old)");
    check(fixture, complete_ids, "K7-", "|K7-1(Old)");
    check(fixture, complete_ids, "zz", "|");
}

static void without_a_policy_there_is_little(void **state)
{
    const struct fixture *fixture = *state;
    check(fixture, complete_ids, "", "|");
    check(fixture, complete_people, "", "|");
    check(fixture, complete_term, "status:re", "status:|");
    check(fixture, complete_term, "@", "|");
    check(fixture, complete_assignment, "labels+=", "labels+=|");
    check(fixture, complete_assignment, "estim", "|estimate=+(a value of the policy's scale)");
    fixture_write(fixture, ".refine.yaml", "types: 1: 2\n");
    fixture_write(fixture, "backlog/k7q2m-filter.md", "---\ntitle: Filter\n---\n");
    check(fixture, complete_ids, "", "|");
    check(fixture, complete_term, "type:", "type:|");
}

static void values_in_use_come_with_how_often_the_most_used_first(void **state)
{
    const struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/bcg32.md",
                  "---\ntitle: A\nlabels: [web, shop]\nowner: Bo\nx-a: b\n---\n");
    fixture_write(fixture, "backlog/c4x9d.md", "---\ntitle: B\nlabels: [shop, \"\"]\nsprint: 7\n---\n");
    fixture_write(fixture, "backlog/d4x9d.md", "---\ntitle: C\nlabels: one\nrisk: \"\"\n---\n");
    check(fixture, complete_term, "labels:", "labels:|shop(2 items) one(1 item) web(1 item)");
    check(fixture, complete_term, "labels!=shop,", "labels!=shop,|one(1 item) web(1 item)");
    check(fixture, complete_assignment, "owner=", "owner=|Bo(1 item)");
    check(fixture, complete_assignment, "sprint=", "sprint=|7(1 item)");
    check(fixture, complete_assignment, "risk=", "risk=|");
    check(fixture, complete_assignment, "stamp=", "stamp=|");
    check(fixture, complete_assignment, "title=", "title=|");
    check(fixture, complete_assignment, "x-a=", "x-a=|");
    check(fixture, complete_term, "x-a:", "|");
}

static void names_in_a_list_are_there_once(void **state)
{
    const char *const others[] = { "place", NULL };
    g_autoptr(Completion) completion = completion_here(*state, "id,ow");
    complete_columns(completion, others);
    g_autofree char *all = shown(completion);
    assert_string_equal(all, "id,|owner(who looks after it)");
    g_autoptr(Completion) twice = completion_here(*state, "owner,place,o");
    complete_columns(twice, others);
    assert_int_equal(twice->candidates->len, 0);
    g_autoptr(Completion) other = completion_here(*state, "owner,pl");
    complete_columns(other, others);
    g_autofree char *rest = shown(other);
    assert_string_equal(rest, "owner,|place");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_word_is_settled_from_the_last_separator, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(few_ids_have_titles_and_many_the_words_of_their_names, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(an_archived_item_needs_a_letter, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(without_a_policy_there_is_little, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(names_in_a_list_are_there_once, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(values_in_use_come_with_how_often_the_most_used_first, fixture_setup,
                                        fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
