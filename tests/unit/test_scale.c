/* The scale of estimates: its order, what is beside a weight, and how far two are apart. */
#include "scale.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct policy *policy_of(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    return policy_new("/shop", "/shop", bytes);
}

/* "1=1 2=2 …". */
static void check_scale(const char *text, const char *expected)
{
    g_autoptr(Policy) policy = policy_of(text);
    g_autoptr(Scale) scale = scale_new(policy);
    g_autoptr(GString) all = g_string_new(NULL);

    for (guint i = 0; i < scale->n; i++)
        g_string_append_printf(all, "%s%s=%g", i ? " " : "", scale->steps[i].value, scale->steps[i].weight);
    assert_string_equal(all->str, expected);
}

static void its_steps_stand_in_order_of_weight(void **state)
{
    check_scale("", "1=1 2=2 3=3 5=5 8=8 13=13 20=20");
    check_scale("estimate: {scale: [8, 0.5, 1, 3]}\n", "0.5=0.5 1=1 3=3 8=8");
    check_scale("estimate: {scale: {L: 8, S: 1, M: 3}}\n", "S=1 M=3 L=8");
    check_scale("estimate: {scale: [XS, S, M]}\n", "XS=1 S=2 M=3");
}

static void a_question_mark_is_no_step(void **state)
{
    check_scale("estimate: {scale: [1, 2, \"?\"]}\n", "1=1 2=2");
    check_scale("estimate: {scale: [S, \"?\", M]}\n", "S=1 M=3");
}

static void check_beside(const char *text, double weight, const char *below, const char *above,
                         const char *nearest)
{
    g_autoptr(Policy) policy = policy_of(text);
    g_autoptr(Scale) scale = scale_new(policy);
    const struct scale_step *low = scale_below(scale, weight), *high = scale_above(scale, weight);

    assert_string_equal(low ? low->value : "none", below);
    assert_string_equal(high ? high->value : "none", above);
    assert_string_equal(scale_nearest(scale, weight)->value, nearest);
}

static void a_weight_between_two_steps_has_them_beside_it(void **state)
{
    check_beside("", 4, "3", "5", "5");
    check_beside("", 6, "5", "8", "5");
    check_beside("", 7, "5", "8", "8");
    check_beside("estimate: {scale: {S: 1, M: 3, L: 8}}\n", 4, "M", "L", "M");
}

static void a_weight_beyond_an_end_has_one(void **state)
{
    check_beside("", 0, "none", "1", "1");
    check_beside("", 100, "20", "none", "20");
}

static void a_weight_of_the_scale_is_found(void **state)
{
    g_autoptr(Policy) policy = policy_of("estimate: {scale: {S: 1, M: 3, L: 8}}\n");
    g_autoptr(Scale) scale = scale_new(policy);

    assert_string_equal(scale_find(scale, 3)->value, "M");
    assert_null(scale_find(scale, 2));
}

static void steps_apart_count_what_stands_between(void **state)
{
    g_autoptr(Policy) policy = policy_of("");
    g_autoptr(Scale) scale = scale_new(policy);

    assert_int_equal(scale_apart(scale, 5, 5), 0);
    assert_int_equal(scale_apart(scale, 5, 8), 1);
    assert_int_equal(scale_apart(scale, 8, 5), 1);
    assert_int_equal(scale_apart(scale, 2, 13), 4);
}

static void a_weight_off_the_scale_is_one_step_from_its_neighbours(void **state)
{
    g_autoptr(Policy) policy = policy_of("");
    g_autoptr(Scale) scale = scale_new(policy);

    assert_int_equal(scale_apart(scale, 3, 4), 1);
    assert_int_equal(scale_apart(scale, 4, 5), 1);
    assert_int_equal(scale_apart(scale, 4, 8), 2);
    assert_int_equal(scale_apart(scale, 20, 40), 1);
}

static const char *largest_of(const char *text, double *weight)
{
    g_autoptr(Policy) policy = policy_of(text);
    const char *largest = scale_largest(policy, weight);
    return g_intern_string(largest);
}

static void the_largest_is_what_is_set_or_a_default_that_the_scale_has(void **state)
{
    double weight = 0;

    assert_string_equal(largest_of("", &weight), "8");
    assert_true(weight == 8);
    assert_string_equal(largest_of("estimate: {scale: [1, 2, 4, 8, 16]}\n", &weight), "8");
    assert_string_equal(largest_of("estimate: {scale: {S: 1, M: 3, L: 8, XL: 20}}\n", &weight), "L");
    assert_string_equal(largest_of("estimate: {scale: [10, 20, 50], largest: 20}\n", &weight), "20");
    assert_string_equal(largest_of("estimate: {largest: 9}\n", &weight), "9");
    assert_null(largest_of("estimate: {scale: [10, 20, 50]}\n", &weight));
    assert_null(largest_of("estimate: {scale: {S: 10, M: 30}}\n", &weight));
    assert_null(largest_of("estimate: {largest: XXL}\n", &weight));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_steps_stand_in_order_of_weight),
        cmocka_unit_test(a_question_mark_is_no_step),
        cmocka_unit_test(a_weight_between_two_steps_has_them_beside_it),
        cmocka_unit_test(a_weight_beyond_an_end_has_one),
        cmocka_unit_test(a_weight_of_the_scale_is_found),
        cmocka_unit_test(steps_apart_count_what_stands_between),
        cmocka_unit_test(a_weight_off_the_scale_is_one_step_from_its_neighbours),
        cmocka_unit_test(the_largest_is_what_is_set_or_a_default_that_the_scale_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
