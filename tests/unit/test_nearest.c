#include "nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const fields[] = { "title", "status", "estimate", "labels", "parent",
                                      "owner", "goal",   "id",       NULL };

static void check(const char *word, const char *expected)
{
    const char *nearest = nearest_name(word, fields);
    if (!expected)
        assert_null(nearest);
    else
        assert_string_equal(nearest ? nearest : "nothing", expected);
}

static void one_edit_of_each_kind_is_near(void **state)
{
    check("staus", "status");   /* left out */
    check("statuss", "status"); /* too much */
    check("stotus", "status");  /* another */
    check("sattus", "status");  /* swapped */
    check("status", "status");
}

static void two_edits_are_near_and_three_are_not(void **state)
{
    check("estmate", "estimate");
    check("estmat", "estimate");
    check("estma", NULL);
    check("setimaet", "estimate"); /* two swaps */
    check("lable", "labels");
    check("zzzzzz", NULL);
}

static void case_does_not_count(void **state)
{
    check("STATUS", "status");
    check("Titel", "title");
}

static void short_words_are_guessed_with_care(void **state)
{
    check("gaol", "goal");
    check("gl", NULL);
    check("xd", NULL);
    check("ab", NULL);
    check("", NULL);
    check("gxxl", NULL);
}

static void the_nearest_wins_and_the_first_of_equals(void **state)
{
    static const char *const words[] = { "release", "released", "relapse", NULL };
    assert_string_equal(nearest_name("releases", words), "release");
    assert_string_equal(nearest_name("relase", words), "release");
    assert_string_equal(nearest_name("relapsed", words), "relapse");
}

static void overlong_words_are_like_nothing(void **state)
{
    g_autofree char *full = g_strnfill(63, 'w'), *over = g_strnfill(64, 'w'), *huge = g_strnfill(100000, 'w');
    const char *const names[] = { over, full, NULL };

    assert_ptr_equal(nearest_name(full, names), full);
    assert_null(nearest_name(over, names));
    assert_null(nearest_name(huge, names));
}

static void no_names_no_guess(void **state)
{
    static const char *const none[] = { NULL };
    assert_null(nearest_name("title", none));
}

static void bytes_that_are_no_text_do_no_harm(void **state)
{
    check("\xff\xfe\xc3", NULL);
    check("t\xc3\xaetle", "title");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_edit_of_each_kind_is_near),
        cmocka_unit_test(two_edits_are_near_and_three_are_not),
        cmocka_unit_test(case_does_not_count),
        cmocka_unit_test(short_words_are_guessed_with_care),
        cmocka_unit_test(the_nearest_wins_and_the_first_of_equals),
        cmocka_unit_test(overlong_words_are_like_nothing),
        cmocka_unit_test(no_names_no_guess),
        cmocka_unit_test(bytes_that_are_no_text_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
