#include "styled.h"

#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check_marked(const char *text, guint marks, guint width, const char *expected)
{
    const struct styled_look look = { .width = width };
    g_autoptr(Styled) styled = styled_new();
    g_autoptr(GString) out = g_string_new(NULL);

    styled_add(styled, text, -1, marks, NULL);
    styled_print(styled, out, NULL, NULL, &look);
    assert_string_equal(out->str, expected);
}

static void check(const char *text, guint width, const char *expected)
{
    check_marked(text, 0, width, expected);
}

static void lines_are_broken_at_spaces(void **state)
{
    check("Filter search results by date and category", 20, "Filter search\nresults by date and\ncategory\n");
    check("Filter search results", 21, "Filter search results\n");
    check("Filter search results", 0, "Filter search results\n");
    check("one  two   three-and-a-half four", 20, "one  two\nthree-and-a-half\nfour\n");
    check("", 20, "");
}

static void a_word_that_is_too_long_is_broken_on_a_line_of_its_own(void **state)
{
    check("the key 0123456789abcdefghijklmnop is", 20, "the key\n0123456789abcdefghij\nklmnop is\n");
    check_marked("the key 0123456789abcdefghijklmnop is", STYLED_LONG, 20,
                 "the key\n0123456789abcdefghijklmnop\nis\n");
}

static void what_is_whole_is_broken_only_where_nothing_else_can(void **state)
{
    const struct styled_look look = { .width = 20 };
    g_autoptr(Styled) styled = styled_new();
    g_autoptr(GString) out = g_string_new(NULL);

    styled_add(styled, "Say with ", -1, 0, NULL);
    styled_add(styled, "git log -p -1", -1, STYLED_WHOLE, NULL);
    styled_add(styled, " what was", -1, 0, NULL);
    styled_print(styled, out, NULL, NULL, &look);
    assert_string_equal(out->str, "Say with\ngit log -p -1 what\nwas\n");
    check_marked("git log --oneline --graph", STYLED_WHOLE, 20, "git log --oneline\n--graph\n");
}

static void columns_are_those_of_the_terminal(void **state)
{
    check("検索結果を日付で絞り込む。", 20, "検索結果を日付で絞り\n込む。\n");
    check("検索結果を日付で絞り。", 20, "検索結果を日付で絞\nり。\n");
    check("e\xcc\x81t\xc3\xa9 e\xcc\x81t\xc3\xa9 e\xcc\x81t\xc3\xa9 e\xcc\x81t\xc3\xa9 e\xcc\x81t\xc3\xa9 e",
          20,
          "e\xcc\x81t\xc3\xa9 e\xcc\x81t\xc3\xa9 e\xcc\x81t\xc3\xa9 e\xcc\x81t\xc3\xa9 "
          "e\xcc\x81t\xc3\xa9\ne\n");
    check("👩‍🔧👩‍🔧👩‍🔧👩‍🔧👩‍🔧👩‍🔧👩‍🔧👩‍🔧👩‍🔧👩‍"
          "🔧"
          "👩"
          "‍"
          "🔧",
          20,
          "👩‍🔧👩‍🔧👩‍🔧👩‍🔧👩‍🔧👩‍🔧👩‍🔧👩‍🔧👩‍🔧👩‍🔧\n"
          "👩"
          "‍"
          "🔧"
          "\n");
}

static void styles_and_links_end_with_the_line(void **state)
{
    const struct styled_look look = { .width = 20, .color = TRUE, .links = TRUE };
    g_autoptr(Styled) styled = styled_new();
    g_autoptr(GString) out = g_string_new(NULL);

    styled_add(styled, "See ", -1, 0, NULL);
    styled_add(styled, "the vision of shops", -1, STYLED(TABLE_BOLD) | STYLED_UNDERLINE,
               "https://example.com");
    styled_add(styled, "!", -1, 0, NULL);
    styled_print(styled, out, NULL, NULL, &look);
    assert_string_equal(
        out->str, "See \x1b[1m\x1b[4m\x1b]8;;https://example.com\x1b\\the vision of\x1b]8;;\x1b\\\x1b[m\n"
                  "\x1b[1m\x1b[4m\x1b]8;;https://example.com\x1b\\shops\x1b]8;;\x1b\\\x1b[m!\n");
}

static void fronts_stand_before_lines(void **state)
{
    const struct styled_look look = { .width = 24 };
    g_autoptr(Styled) styled = styled_new(), first = styled_new(), rest = styled_new();
    g_autoptr(GString) out = g_string_new(NULL);

    styled_add(first, "  - ", -1, 0, NULL);
    styled_add_fill(rest, " ", 4, 0);
    styled_add(styled, "Given 10,000 results, when", -1, 0, NULL);
    styled_add_break(styled);
    styled_add(styled, "then", -1, 0, NULL);
    styled_print(styled, out, first, rest, &look);
    assert_string_equal(out->str, "  - Given 10,000\n    results, when\n    then\n");
}

static void nothing_a_terminal_or_a_ci_service_obeys_is_printed(void **state)
{
    const struct styled_look look = { .width = 20 };
    g_autoptr(Styled) styled = styled_new();
    g_autoptr(GString) out = g_string_new(NULL);

    check("a\x1b[2J\tb\xff\xe2\x80\xae", 0, "a\\x1b[2J b\\xff\\u202e\n");
    check("use std::sort or ::before", 0, "use std::sort or ::before\n");
    check("use std::sort or so ::error::x", 20, "use std::sort or so\n\\u003a:error::x\n");
    styled_add(styled, "a #", -1, 0, NULL);
    styled_add(styled, "#[error]", -1, STYLED(TABLE_DIM), NULL);
    styled_print(styled, out, NULL, NULL, &look);
    assert_string_equal(out->str, "a #\\u0023[error]\n");
}

static void what_was_emptied_serves_again(void **state)
{
    const struct styled_look look = { .links = TRUE };
    g_autoptr(Styled) styled = styled_new();
    g_autoptr(GString) out = g_string_new(NULL);

    styled_add(styled, "old", -1, 0, "https://example.com");
    styled_clear(styled);
    assert_int_equal(styled_length(styled), 0);
    styled_add(styled, "new", -1, 0, NULL);
    styled_print_line(styled, out, &look);
    assert_string_equal(out->str, "new\n");
}

static void the_width_is_that_of_the_longest_line(void **state)
{
    g_autoptr(Styled) styled = styled_new();
    styled_add(styled, "Größe", -1, 0, NULL);
    styled_add_break(styled);
    styled_add(styled, "日付で", -1, 0, NULL);
    assert_int_equal(styled_width(styled, 0, styled_length(styled)), 6);
    assert_int_equal(styled_width(styled, 0, 7), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_broken_at_spaces),
        cmocka_unit_test(a_word_that_is_too_long_is_broken_on_a_line_of_its_own),
        cmocka_unit_test(what_is_whole_is_broken_only_where_nothing_else_can),
        cmocka_unit_test(columns_are_those_of_the_terminal),
        cmocka_unit_test(styles_and_links_end_with_the_line),
        cmocka_unit_test(fronts_stand_before_lines),
        cmocka_unit_test(nothing_a_terminal_or_a_ci_service_obeys_is_printed),
        cmocka_unit_test(what_was_emptied_serves_again),
        cmocka_unit_test(the_width_is_that_of_the_longest_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
