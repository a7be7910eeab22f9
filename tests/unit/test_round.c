/* How far the votes of a round are apart. */
#include "round.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NAMES "estimate: {scale: {S: 1, M: 2.5, L: 5, XL: 12}}\n"

/* Values are parted by spaces, "-" is one that is not there. */
static struct round round_on(const char *settings, const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(settings, strlen(settings));
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", bytes);
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    guint n = *text ? g_strv_length(words) : 0;
    g_autofree const char **values = g_new0(const char *, n + 1);

    for (guint i = 0; i < n; i++)
        values[i] = strcmp(words[i], "-") == 0 ? NULL : words[i];
    return round_of(policy, values, n);
}

static void check_verdict(const char *settings, const char *text, const char *expected)
{
    struct round round = round_on(settings, text);
    assert_string_equal(round_verdict_name(round.verdict), expected);
}

static void without_a_value_it_is_empty(void **state)
{
    struct round round = round_on("", "- -");

    check_verdict("", "", "empty");
    check_verdict("", "- -", "empty");
    assert_int_equal(round.n, 0);
    assert_true(round.ratio == 0);
    assert_true(round.lowest == G_MAXSIZE && round.highest == G_MAXSIZE);
}

static void the_same_value_is_agreement(void **state)
{
    check_verdict("", "5 5 5", "agreed");
    check_verdict("", "5 - 5.0", "agreed");
    check_verdict("", "8", "agreed");
    check_verdict(NAMES, "M M", "agreed");
}

static void one_step_and_less_than_three_times_is_close(void **state)
{
    check_verdict("", "5 8 8", "close");
    check_verdict("", "1 2", "close");
    check_verdict(NAMES, "L M", "close");
}

static void check_print(const char *settings, const char *text, const char *expected)
{
    g_autoptr(GBytes) bytes = g_bytes_new(settings, strlen(settings));
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", bytes);
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    g_autofree char *print = round_print(policy, (const char *const *)words, g_strv_length(words));
    assert_string_equal(print, expected);
}

static void values_are_printed_in_the_order_of_the_scale(void **state)
{
    const char *const values[] = { NULL, "8", NULL, "3" };
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", NULL);
    g_autofree char *print = round_print(policy, values, G_N_ELEMENTS(values));

    assert_string_equal(print, "3, 8");
    check_print("", "13 ? 3 20 3", "3, 3, 13, 20, ?");
    check_print("", "? gone 5", "5, ?, gone");
    check_print(NAMES, "XL S ? l", "S, l, XL, ?");
}

static void two_steps_are_to_be_discussed(void **state)
{
    check_verdict("", "5 8 13", "discuss");
    check_verdict("", "2 5", "discuss");
    check_verdict(NAMES, "S L", "discuss");
}

static void three_times_is_to_be_discussed_whatever_the_steps(void **state)
{
    check_verdict("estimate: {scale: [1, 3, 9]}\n", "1 3", "discuss");
    check_verdict("estimate: {scale: [0.1, 0.3]}\n", "0.1 0.3", "discuss");
    check_verdict("estimate: {scale: {S: 1, M: 3, L: 8}}\n", "M L", "close");
    check_verdict("estimate: {scale: {S: 1, M: 3, L: 8}}\n", "S M", "discuss");
}

static void nothing_is_no_times_of_zero(void **state)
{
    struct round round = round_on("estimate: {scale: [0, 1, 2]}\n", "0 1");

    assert_true(round.ratio == 0);
    assert_int_equal(round.verdict, ROUND_CLOSE);
    check_verdict("estimate: {scale: [0, 1, 2]}\n", "0 2", "discuss");
}

static void an_unknown_is_to_be_discussed(void **state)
{
    struct round round = round_on("", "5 ? 5");

    check_verdict("", "5 ? 5", "discuss");
    assert_int_equal(round.unknown, 1);
    assert_int_equal(round.n, 3);
    assert_int_equal(round.steps, 0);
    check_verdict("", "?", "discuss");
    check_verdict("", "5 XXL", "discuss");
}

static void extremes_are_the_first_that_hold_them(void **state)
{
    struct round round = round_on("", "- 8 2 ? 13 2 13");

    assert_int_equal(round.lowest, 2);
    assert_int_equal(round.highest, 4);
    assert_int_equal(round.steps, 4);
    assert_true(round.ratio == 6.5);
}

static void a_value_off_the_scale_counts_by_its_weight(void **state)
{
    struct round round = round_on("", "4 5");

    assert_int_equal(round.steps, 1);
    assert_int_equal(round.verdict, ROUND_CLOSE);
    check_verdict("", "4 8", "discuss");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_value_it_is_empty),
        cmocka_unit_test(the_same_value_is_agreement),
        cmocka_unit_test(one_step_and_less_than_three_times_is_close),
        cmocka_unit_test(two_steps_are_to_be_discussed),
        cmocka_unit_test(three_times_is_to_be_discussed_whatever_the_steps),
        cmocka_unit_test(nothing_is_no_times_of_zero),
        cmocka_unit_test(an_unknown_is_to_be_discussed),
        cmocka_unit_test(extremes_are_the_first_that_hold_them),
        cmocka_unit_test(values_are_printed_in_the_order_of_the_scale),
        cmocka_unit_test(a_value_off_the_scale_counts_by_its_weight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
