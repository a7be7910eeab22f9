#include "scalar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check_print(const char *value, enum scalar_type type, enum node_style style, gboolean flow,
                        const char *expected)
{
    g_autofree char *printed = scalar_print(value, type, style, flow);
    assert_string_equal(printed, expected);
}

static void check_plain(const char *const *values, gboolean flow, gboolean plain)
{
    for (; *values; values++) {
        g_autofree char *printed = scalar_print(*values, SCALAR_STRING, STYLE_PLAIN, flow);
        g_autofree char *seen = g_strdup_printf("%s %d", *values, scalar_is_plain(*values, flow));
        g_autofree char *expected = g_strdup_printf("%s %d", *values, plain);
        assert_string_equal(seen, expected);
        assert_int_equal(*printed == '"', !plain);
        if (plain)
            assert_string_equal(printed, *values);
    }
}

static void ordinary_text_is_plain(void **state)
{
    const char *const values[] = {
        "Filter search results by date",
        "k7q2m",
        "28 × 1⅜ inches",
        "it's",
        "say \"now\"",
        "a:b",
        "a#b",
        "c++",
        "10% off",
        "1st",
        "3 days",
        "v1.2.3",
        "http://example.com/a?b=c",
        "yes please",
        "nobody",
        "none",
        "-Wall",
        "-5 degrees",
        "Ja, nein",
        "x [y] {z} & so on",
        "what?",
        "Über 🚲",
        "edda",
        "0x1G",
        "\\n",
        "a | b > c",
        NULL,
    };
    check_plain(values, FALSE, TRUE);
}

static void words_that_some_reader_resolves_are_quoted(void **state)
{
    const char *const values[] = {
        "y",    "Y",    "yes",   "Yes",   "YES",  "n",     "N",     "no",   "No",   "NO",   "true",
        "True", "TRUE", "false", "False", "on",   "On",    "ON",    "off",  "OFF",  "null", "Null",
        "NULL", "~",    "=",     "<<",    ".inf", "-.INF", "+.Inf", ".nan", ".NaN", NULL,
    };
    check_plain(values, FALSE, FALSE);
    check_plain(values, TRUE, FALSE);
}

static void figures_dates_and_times_are_quoted(void **state)
{
    const char *const values[] = {
        "0",
        "5",
        "-5",
        "+5",
        "007",
        "0o17",
        "0x1F",
        "0b101",
        "1_000",
        "1,000",
        "1,5",
        "3.14",
        ".5",
        "5.",
        "-.5",
        "1e3",
        "1E-3",
        "6.02e+23",
        "E5",
        "e-01",
        "12:30",
        "12:30:45",
        "190:20:30.15",
        "2026-11-21",
        "2026-11-21T10:00:00Z",
        "2026-11-21 10:00:00.5 +01:00",
        "2001-1-1",
        "...",
        "-",
        "+",
        ".",
        "5 5",
        NULL,
    };
    check_plain(values, FALSE, FALSE);
    check_plain(values, TRUE, FALSE);
}

static void text_that_would_be_read_otherwise_is_quoted(void **state)
{
    const char *const values[] = {
        "",    " a",   "a ",    " ",    "a: b", "a:",        ":a",    "a #b",  "#a",  "- a",
        "-",   "---",  "--- a", "-- a", "? a",  "?a",        "[a]",   "]",     "{a}", "}",
        ",a",  "&a",   "*a",    "!a",   "|",    ">",         "'a'",   "\"a\"", "%a",  "@a",
        "`a`", "a\nb", "a\tb",  "\ta",  "a\rb", "a\x1b[31m", "a\x7f", NULL,
    };
    check_plain(values, FALSE, FALSE);
    check_plain(values, TRUE, FALSE);
}

static void between_brackets_more_is_quoted(void **state)
{
    const char *const values[] = {
        "a, b", "a,b", "a]", "a[0]", "{a", "a}", "a:b", "what?", "http://a", NULL
    };
    const char *const plain[] = { "search", "web shop", "it's", "a#b", "28 × 1⅜ inches", NULL };
    check_plain(values, TRUE, FALSE);
    check_plain(plain, TRUE, TRUE);
}

static void hidden_characters_are_escaped(void **state)
{
    check_print("a\x1b[31m", SCALAR_STRING, STYLE_PLAIN, FALSE, "\"a\\x1b[31m\"");
    check_print("\x01\x1f\x7f", SCALAR_STRING, STYLE_PLAIN, FALSE, "\"\\x01\\x1f\\x7f\"");
    check_print("a\xc2\x85"
                "b\xc2\x9b",
                SCALAR_STRING, STYLE_PLAIN, FALSE, "\"a\\x85b\\x9b\"");
    check_print("v\xe2\x80\xa8s\xe2\x80\xa9", SCALAR_STRING, STYLE_PLAIN, FALSE, "\"v\\u2028s\\u2029\"");
    check_print("\xe2\x80\xae"
                "abc",
                SCALAR_STRING, STYLE_PLAIN, FALSE, "\"\\u202eabc\"");
    check_print("\xe2\x81\xa6"
                "a\xd8\x9c\xe2\x80\x8e",
                SCALAR_STRING, STYLE_PLAIN, FALSE, "\"\\u2066a\\u061c\\u200e\"");
    check_print("\xef\xbb\xbf\xef\xbf\xbe\xef\xbf\xbf", SCALAR_STRING, STYLE_PLAIN, FALSE,
                "\"\\ufeff\\ufffe\\uffff\"");
    check_print("a\r\n\tb", SCALAR_STRING, STYLE_PLAIN, FALSE, "\"a\\x0d\\n\\tb\"");
}

static void text_that_people_see_is_not_escaped(void **state)
{
    check_print("Größe: 🚲", SCALAR_STRING, STYLE_PLAIN, FALSE, "\"Größe: 🚲\"");
    check_print("👩\xe2\x80\x8d🔧: x", SCALAR_STRING, STYLE_PLAIN, FALSE, "\"👩\xe2\x80\x8d🔧: x\"");
    check_print("no\xc2\xa0"
                "break",
                SCALAR_STRING, STYLE_PLAIN, FALSE,
                "no\xc2\xa0"
                "break");
}

static void quotes_and_backslashes_are_escaped_in_double_quotes(void **state)
{
    check_print("say \"a: b\\c\"", SCALAR_STRING, STYLE_PLAIN, FALSE, "\"say \\\"a: b\\\\c\\\"\"");
}

static void quoting_is_kept_as_found(void **state)
{
    check_print("ready", SCALAR_STRING, STYLE_SINGLE, FALSE, "'ready'");
    check_print("ready", SCALAR_STRING, STYLE_DOUBLE, FALSE, "\"ready\"");
    check_print("it's", SCALAR_STRING, STYLE_SINGLE, FALSE, "'it''s'");
    check_print("a: b", SCALAR_STRING, STYLE_SINGLE, TRUE, "'a: b'");
    check_print("", SCALAR_STRING, STYLE_SINGLE, FALSE, "''");
    check_print("5", SCALAR_TYPED, STYLE_SINGLE, FALSE, "'5'");
    check_print("5", SCALAR_TYPED, STYLE_DOUBLE, FALSE, "\"5\"");
}

static void single_quotes_give_way_where_they_cannot_hold_the_value(void **state)
{
    check_print("a\nb", SCALAR_STRING, STYLE_SINGLE, FALSE, "\"a\\nb\"");
    check_print("a\tb", SCALAR_STRING, STYLE_SINGLE, FALSE, "\"a\\tb\"");
    check_print("it's\x1b", SCALAR_STRING, STYLE_SINGLE, FALSE, "\"it's\\x1b\"");
}

static void block_styles_are_not_printed_on_one_line(void **state)
{
    check_print("ready", SCALAR_STRING, STYLE_LITERAL, FALSE, "ready");
    check_print("a: b", SCALAR_STRING, STYLE_FOLDED, FALSE, "\"a: b\"");
}

static void typed_values_are_plain(void **state)
{
    const char *const values[] = { "5",  "-5",   "+5",   "-.5", "0.5", "2026-11-21",
                                   "no", "none", "null", "~",   "1e3", "S" };
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        check_print(values[i], SCALAR_TYPED, STYLE_PLAIN, FALSE, values[i]);
        check_print(values[i], SCALAR_TYPED, STYLE_PLAIN, TRUE, values[i]);
    }
    check_print("12:30", SCALAR_TYPED, STYLE_PLAIN, FALSE, "12:30");
}

static void typed_values_are_quoted_where_plain_would_change_them(void **state)
{
    check_print("", SCALAR_TYPED, STYLE_PLAIN, FALSE, "\"\"");
    check_print("- 5", SCALAR_TYPED, STYLE_PLAIN, FALSE, "\"- 5\"");
    check_print("-", SCALAR_TYPED, STYLE_PLAIN, FALSE, "\"-\"");
    check_print("1: 2", SCALAR_TYPED, STYLE_PLAIN, FALSE, "\"1: 2\"");
    check_print("5 ", SCALAR_TYPED, STYLE_PLAIN, FALSE, "\"5 \"");
    check_print("?", SCALAR_TYPED, STYLE_PLAIN, FALSE, "\"?\"");
    check_print("1,5", SCALAR_TYPED, STYLE_PLAIN, TRUE, "\"1,5\"");
    check_print("12:30", SCALAR_TYPED, STYLE_PLAIN, TRUE, "\"12:30\"");
}

static void what_only_escapes_can_write_is_known(void **state)
{
    assert_false(scalar_needs_escape(""));
    assert_false(scalar_needs_escape("Größe\n\t\"x\": 'y'\n"));
    assert_true(scalar_needs_escape("a\rb"));
    assert_true(scalar_needs_escape("a\x1b"));
    assert_true(scalar_needs_escape("a\xe2\x80\xa8"));
    assert_true(scalar_needs_escape("a\xef\xbb\xbf"));
}

/* -- printed and read again -- */

static void check_round_trip(const char *value, enum scalar_type type, enum node_style style, gboolean flow)
{
    g_autofree char *printed = scalar_print(value, type, style, flow);
    g_autofree char *text = g_strdup_printf(flow ? "a: {k: [%s, x]}\n" : "a:\n  - %s # x\n", printed);
    g_autoptr(Nodes) nodes = nodes_parse(text, strlen(text), (struct span){ 0, strlen(text) }, NULL);

    assert_null(strchr(printed, '\n'));
    if (!nodes->root)
        fail_msg("not read again: %s", text);
    const struct node *list = flow ? nodes->root->first->first : nodes->root->first;
    assert_int_equal(list->kind, NODE_SEQUENCE);
    assert_int_equal(list->count, flow ? 2 : 1);
    assert_int_equal(list->first->kind, NODE_SCALAR);
    assert_string_equal(list->first->text, value);
    assert_int_equal(span_length(list->first->span), strlen(printed));
}

static void check_everywhere(const char *value)
{
    static const enum node_style styles[] = { STYLE_PLAIN, STYLE_SINGLE, STYLE_DOUBLE, STYLE_LITERAL };
    for (gsize i = 0; i < G_N_ELEMENTS(styles); i++)
        for (int flow = 0; flow < 2; flow++)
            for (int typed = 0; typed < 2; typed++)
                check_round_trip(value, typed ? SCALAR_TYPED : SCALAR_STRING, styles[i], flow);
}

static void every_character_comes_back(void **state)
{
    static const gunichar from_to[][2] = { { 1, 0x17f },          { 0x600, 0x620 },     { 0x1fe0, 0x2080 },
                                           { 0x3000, 0x3002 },    { 0xd7f0, 0xd7ff },   { 0xe000, 0xe001 },
                                           { 0xfdd0, 0xfdd1 },    { 0xfe00, 0xfe0f },   { 0xfeff, 0xfeff },
                                           { 0xfff9, 0xffff },    { 0x1f6b2, 0x1f6b2 }, { 0x1fffe, 0x20000 },
                                           { 0x10fffe, 0x10ffff } };
    static const char *const around[] = { "%s", "a%s", "%sa", "a %s b", "a%s ", " %s", "%s%s" };

    for (gsize i = 0; i < G_N_ELEMENTS(from_to); i++) {
        for (gunichar character = from_to[i][0]; character <= from_to[i][1]; character++) {
            char bytes[7] = "";
            g_unichar_to_utf8(character, bytes);
            for (gsize j = 0; j < G_N_ELEMENTS(around); j++) {
                g_auto(GStrv) parts = g_strsplit(around[j], "%s", -1);
                g_autofree char *value = g_strjoinv(bytes, parts);
                check_everywhere(value);
            }
        }
    }
}

static void any_string_of_syntax_comes_back(void **state)
{
    static const char *const pieces[] = { "a",   "-",  "?",  ":",  ",",    "[",  "]",
                                          "{",   "}",  "#",  "&",  "*",    "!",  "|",
                                          ">",   "'",  "\"", "%",  "@",    "`",  " ",
                                          "\t",  "\n", "\\", "~",  "=",    "<<", "1",
                                          ".",   "+",  "0x", "no", "null", "é",  "\xe2\x80\xa8",
                                          "---", "..." };
    g_autoptr(GRand) random = g_rand_new_with_seed(20261121);

    for (guint i = 0; i < 4000; i++) {
        g_autoptr(GString) value = g_string_new(NULL);
        for (gint n = g_rand_int_range(random, 0, 7); n > 0; n--)
            g_string_append(value, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        check_everywhere(value->str);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_text_is_plain),
        cmocka_unit_test(words_that_some_reader_resolves_are_quoted),
        cmocka_unit_test(figures_dates_and_times_are_quoted),
        cmocka_unit_test(text_that_would_be_read_otherwise_is_quoted),
        cmocka_unit_test(between_brackets_more_is_quoted),
        cmocka_unit_test(hidden_characters_are_escaped),
        cmocka_unit_test(text_that_people_see_is_not_escaped),
        cmocka_unit_test(quotes_and_backslashes_are_escaped_in_double_quotes),
        cmocka_unit_test(quoting_is_kept_as_found),
        cmocka_unit_test(single_quotes_give_way_where_they_cannot_hold_the_value),
        cmocka_unit_test(block_styles_are_not_printed_on_one_line),
        cmocka_unit_test(typed_values_are_plain),
        cmocka_unit_test(typed_values_are_quoted_where_plain_would_change_them),
        cmocka_unit_test(what_only_escapes_can_write_is_known),
        cmocka_unit_test(every_character_comes_back),
        cmocka_unit_test(any_string_of_syntax_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
