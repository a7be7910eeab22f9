#include "lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char crlf[] = "id: k7q2m\r\n\r\nrank: nbhm\r\n";

static void check_locate(const char *text, gsize offset, guint line, guint column)
{
    struct position at = lines_locate(text, strlen(text), offset);
    assert_int_equal(at.line, line);
    assert_int_equal(at.column, column);
}

static void lines_and_columns_count_from_one(void **state)
{
    check_locate("", 0, 1, 1);
    check_locate("id: k7q2m\nrank: nbhm\n", 0, 1, 1);
    check_locate("id: k7q2m\nrank: nbhm\n", 4, 1, 5);
    check_locate("id: k7q2m\nrank: nbhm\n", 9, 1, 10);
    check_locate("id: k7q2m\nrank: nbhm\n", 10, 2, 1);
    check_locate("id: k7q2m\nrank: nbhm\n", 21, 3, 1);
    check_locate("id: k7q2m", 9, 1, 10);
}

static void columns_count_characters(void **state)
{
    check_locate("Größe 28 × 1⅜", 4, 1, 4);
    check_locate("Größe 28 × 1⅜", 6, 1, 5);
    check_locate("Größe 28 × 1⅜", strlen("Größe 28 × "), 1, 12);
    check_locate("a\n🙂b", strlen("a\n🙂"), 2, 2);
}

static void a_byte_order_mark_is_no_column_and_only_at_the_start(void **state)
{
    check_locate("\xef\xbb\xbf---\n", 0, 1, 1);
    check_locate("\xef\xbb\xbf---\n", 2, 1, 1);
    check_locate("\xef\xbb\xbf---\n", 3, 1, 1);
    check_locate("\xef\xbb\xbf---\n", 5, 1, 3);
    check_locate("\xef\xbb\xbf", 3, 1, 1);
    check_locate("-\n\xef\xbb\xbfx", 5, 2, 2);
}

static void a_lone_cr_ends_no_line(void **state)
{
    check_locate("a\rb\nc", 2, 1, 3);
    assert_int_equal(lines_start("a\rb\nc", 5, 2), 0);
    assert_int_equal(lines_end("a\rb\nc", 5, 0), 3);
    assert_int_equal(lines_end("a\r", 2, 0), 2);
}

static void start_end_and_next_agree_anywhere_in_a_line(void **state)
{
    static const struct {
        gsize from, to; /* offsets of one line, its ending included */
        gsize end;
    } lines[] = { { 0, 11, 9 }, { 11, 13, 11 }, { 13, 25, 23 } };
    gsize length = strlen(crlf);

    for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
        for (gsize offset = lines[i].from; offset < lines[i].to; offset++) {
            assert_int_equal(lines_start(crlf, length, offset), lines[i].from);
            assert_int_equal(lines_end(crlf, length, offset), lines[i].end);
            assert_int_equal(lines_next(crlf, length, offset), lines[i].to);
        }
    }
    assert_int_equal(lines_start(crlf, length, length), length);
    assert_int_equal(lines_end(crlf, length, length), length);
    assert_int_equal(lines_next(crlf, length, length), length);
}

static void the_last_line_may_have_no_ending(void **state)
{
    assert_int_equal(lines_start("a\nbc", 4, 4), 2);
    assert_int_equal(lines_end("a\nbc", 4, 2), 4);
    assert_int_equal(lines_next("a\nbc", 4, 3), 4);
    assert_int_equal(lines_end("", 0, 0), 0);
    assert_int_equal(lines_next("", 0, 0), 0);
}

static void the_text_need_not_end_with_nul(void **state)
{
    const char text[] = { 'a', '\n', 'b', 'c' };
    assert_int_equal(lines_next(text, 3, 2), 3);
    assert_int_equal(lines_end(text, 3, 2), 3);
}

static void an_ending_is_that_of_the_line(void **state)
{
    const char *mixed = "a\r\nb\nc";
    assert_string_equal(lines_ending(mixed, 6, 0), "\r\n");
    assert_string_equal(lines_ending(mixed, 6, 2), "\r\n");
    assert_string_equal(lines_ending(mixed, 6, 3), "\n");
    assert_string_equal(lines_ending("\nb", 2, 0), "\n");
    assert_string_equal(lines_ending("\r\n", 2, 0), "\r\n");
}

static void a_line_without_ending_takes_that_of_the_first(void **state)
{
    assert_string_equal(lines_ending("a\r\nb\nc", 6, 5), "\r\n");
    assert_string_equal(lines_ending("a\r\n", 3, 3), "\r\n");
    assert_string_equal(lines_ending("a\nb", 3, 3), "\n");
    assert_string_equal(lines_ending("abc", 3, 1), "\n");
    assert_string_equal(lines_ending("", 0, 0), "\n");
    assert_string_equal(lines_ending("a\r", 2, 0), "\n");
}

static void a_blank_line_has_spaces_and_tabs_only(void **state)
{
    assert_true(lines_is_blank("", 0, 0));
    assert_true(lines_is_blank("a\n \t\r\nb", 7, 3));
    assert_true(lines_is_blank("a\n\nb", 4, 2));
    assert_false(lines_is_blank("a\n  x\nb", 7, 2));
    assert_false(lines_is_blank("  \r ", 4, 0));
}

static void spaces_are_counted_but_not_tabs(void **state)
{
    assert_int_equal(lines_spaces("a\n  - b", 7, 2), 2);
    assert_int_equal(lines_spaces("a\n  - b", 7, 3), 1);
    assert_int_equal(lines_spaces(" \t x", 4, 0), 1);
    assert_int_equal(lines_spaces("a", 1, 0), 0);
    assert_int_equal(lines_spaces("a  ", 2, 1), 1);
    assert_int_equal(lines_spaces("a", 1, 1), 0);
}

/* Whatever is asked for before, the place is that of lines_locate. */
static void a_walk_gives_the_same_places_in_any_order(void **state)
{
    static const char text[] = "\xef\xbb\xbf"
                               "\xc3\xa9t\xc3\xa9\r\n\n- a b\nlast";
    struct lines_walk walk = { 0 };

    for (gsize first = 3; first < sizeof text; first++)
        for (gsize second = 3; second < sizeof text; second++) {
            const struct position expected = lines_locate(text, sizeof text - 1, second);
            lines_walk(text, sizeof text - 1, &walk, first);
            const struct position seen = lines_walk(text, sizeof text - 1, &walk, second);
            assert_int_equal(seen.line, expected.line);
            assert_int_equal(seen.column, expected.column);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_walk_gives_the_same_places_in_any_order),
        cmocka_unit_test(lines_and_columns_count_from_one),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(a_byte_order_mark_is_no_column_and_only_at_the_start),
        cmocka_unit_test(a_lone_cr_ends_no_line),
        cmocka_unit_test(start_end_and_next_agree_anywhere_in_a_line),
        cmocka_unit_test(the_last_line_may_have_no_ending),
        cmocka_unit_test(the_text_need_not_end_with_nul),
        cmocka_unit_test(an_ending_is_that_of_the_line),
        cmocka_unit_test(a_line_without_ending_takes_that_of_the_first),
        cmocka_unit_test(a_blank_line_has_spaces_and_tabs_only),
        cmocka_unit_test(spaces_are_counted_but_not_tabs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
