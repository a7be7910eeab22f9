/* A dot plot over a scale, as it is printed. */
#include "dot_plot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static GArray *rows_on(const char *settings)
{
    g_autoptr(GBytes) bytes = g_bytes_new(settings, strlen(settings));
    g_autoptr(Policy) policy = policy_new("/shop", "/shop", bytes);
    g_autoptr(Scale) scale = scale_new(policy);
    return dot_plot_new(scale);
}

static void add(GArray *rows, const char *value, double weight, guint dots, const char *words)
{
    struct dot_row *row = dot_plot_find(rows, value, weight);
    row->dots += dots;
    g_string_append_printf(row->words, "%s%s", row->words->len && *words ? ", " : "", words);
}

static void check(const GArray *rows, guint width, gboolean utf8, const char *expected)
{
    const struct styled_look look = { .width = width, .utf8 = utf8 };
    g_autoptr(GString) out = g_string_new(NULL);

    dot_plot_print(rows, out, &look);
    assert_string_equal(out->str, expected);
}

static void every_value_of_the_scale_has_a_row(void **state)
{
    g_autoptr(GArray) rows = rows_on("estimate: {scale: [1, 2, 13]}\n");

    add(rows, "2", 2, 1, "Ana Silva");
    add(rows, "2", 2, 1, "Bo Chen");
    add(rows, "13", 13, 1, "Cy Dunn");
    check(rows, 80, TRUE,
          "   1\n"
          "   2  ●●  Ana Silva, Bo Chen\n"
          "  13  ●   Cy Dunn\n");
}

static void a_value_off_the_scale_has_its_place(void **state)
{
    g_autoptr(GArray) rows = rows_on("estimate: {scale: {S: 1, M: 3}}\n");

    add(rows, "2", 2, 1, "");
    add(rows, "?", G_MAXDOUBLE, 2, "Eve");
    add(rows, "gone", G_MAXDOUBLE, 1, "Zoe");
    add(rows, "?", G_MAXDOUBLE, 0, "Finn");
    check(rows, 80, TRUE,
          "     S\n"
          "     2  ●\n"
          "     M\n"
          "     ?  ●●  Eve, Finn\n"
          "  gone  ●   Zoe\n");
}

static void without_utf8_dots_are_stars(void **state)
{
    g_autoptr(GArray) rows = rows_on("estimate: {scale: [1, 2]}\n");

    add(rows, "1", 1, 3, "");
    check(rows, 80, FALSE, "  1  ***\n  2\n");
}

static void dots_that_do_not_fit_are_a_number(void **state)
{
    g_autoptr(GArray) rows = rows_on("estimate: {scale: [1, 2, 3]}\n");

    add(rows, "1", 1, 30, "");
    add(rows, "2", 2, 1, "");
    check(rows, 20, TRUE, "  1  ● 30\n  2  ●\n  3\n");
}

static void words_that_do_not_fit_go_on_below(void **state)
{
    g_autoptr(GArray) rows = rows_on("estimate: {scale: [5]}\n");

    add(rows, "5", 5, 2, "Wilhelmina Featherstone");
    add(rows, "5", 5, 0, "Bartholomew Ng");
    check(rows, 36, TRUE,
          "  5  ●●  Wilhelmina Featherstone,\n"
          "         Bartholomew Ng\n");
}

static void of_a_long_scale_only_what_is_around_the_dots_is_shown(void **state)
{
    g_autoptr(GArray) rows = rows_on("estimate: {scale: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]}\n");

    add(rows, "4", 4, 1, "");
    add(rows, "6", 6, 1, "");
    check(rows, 80, TRUE, "  3\n  4  ●\n  5\n  6  ●\n  7\n");
}

static void hostile_text_is_made_fit(void **state)
{
    g_autoptr(GArray) rows = rows_on("estimate: {scale: [1]}\n");

    add(rows, "1", 1, 1, "Eve\x1b[31m");
    check(rows, 80, TRUE, "  1  ●  Eve\\x1b[31m\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_of_the_scale_has_a_row),
        cmocka_unit_test(a_value_off_the_scale_has_its_place),
        cmocka_unit_test(without_utf8_dots_are_stars),
        cmocka_unit_test(dots_that_do_not_fit_are_a_number),
        cmocka_unit_test(words_that_do_not_fit_go_on_below),
        cmocka_unit_test(of_a_long_scale_only_what_is_around_the_dots_is_shown),
        cmocka_unit_test(hostile_text_is_made_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
