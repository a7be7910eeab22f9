/* Patterns of a policy: what they match, where they are wrong, and that none can hang. */
#include "pattern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* "ABSENT", "GAVE UP", or the text that was found. */
static char *find_from(const char *text, const char *in, gsize start)
{
    g_autoptr(Pattern) pattern = pattern_new(text);
    struct span found = { 0, 0 };

    assert_non_null(pattern);
    switch (pattern_find(pattern, in, strlen(in), start, &found)) {
    case PATTERN_FOUND:
        return g_strndup(in + found.start, found.end - found.start);
    case PATTERN_GAVE_UP:
        return g_strdup("GAVE UP");
    case PATTERN_ABSENT:
        break;
    }
    return g_strdup("ABSENT");
}

static void finds(const char *text, const char *in, const char *expected)
{
    g_autofree char *found = find_from(text, in, 0);
    assert_string_equal(found, expected);
}

static void a_pattern_is_found_by_characters(void **state)
{
    finds("stra.e", "die Straße, straße", "straße");
    finds("(?i)STRAẞE", "die Straße", "Straße");
    finds("Straße", "die straße", "ABSENT");
    finds("\\w+$", "Größe", "Größe");
}

static void lines_end_in_any_way(void **state)
{
    finds("^b$", "a\nb\nc", "b");
    finds("^b$", "a\r\nb\r\nc", "b");
    finds("^b$", "a\rb\rc", "b");
    finds("a.b", "a\nb", "ABSENT");
}

static void what_stands_before_the_start_is_in_sight(void **state)
{
    g_autofree char *behind = find_from("(?<=Given )\\w+", "Given orders", 6);
    g_autofree char *bounded = find_from("\\bders", "orders", 2);

    assert_string_equal(behind, "orders");
    assert_string_equal(bounded, "ABSENT");
}

static void refuses(const char *text, gsize expected, const char *message)
{
    g_autoptr(GError) error = NULL;
    gboolean empty = TRUE;
    gsize at = 99;

    assert_false(pattern_check(text, &at, &empty, &error));
    assert_true(g_error_matches(error, PATTERN_ERROR, PATTERN_ERROR_WRONG));
    assert_string_equal(error->message, message);
    assert_int_equal(at, expected);
    assert_null(pattern_new(text));
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
    refuses("(a", 2, "missing terminating )");
    refuses("é[z-a]", 4, "range out of order in character class");
    refuses("9 at char 3: x(", 15, "missing terminating )");
    refuses("a\\C", 1, "\\C, which takes characters apart, is not taken");
    refuses("é\\\\\\C", 3, "\\C, which takes characters apart, is not taken");
}

static void an_escaped_or_literal_unit_is_none(void **state)
{
    finds("\\\\C", "\\C", "\\C");
    finds("\\Q\\C\\E", "a\\C", "\\C");
}

static void a_long_pattern_is_refused(void **state)
{
    g_autofree char *most = g_strnfill(PATTERN_MOST, 'a'), *more = g_strnfill(PATTERN_MOST + 1, 'a');

    finds(most, "b", "ABSENT");
    refuses(more, 0, "it has 4001 bytes, and may have 4000");
}

static void one_that_may_be_empty_is_told(void **state)
{
    static const char *const hollow[] = { "a*", "", "^", "(?=.|$)" }, *const solid[] = { "a+", "\\b", "." };
    gboolean empty;
    gsize at;

    for (gsize i = 0; i < G_N_ELEMENTS(hollow); i++)
        assert_true(pattern_check(hollow[i], &at, &empty, NULL) && empty);
    for (gsize i = 0; i < G_N_ELEMENTS(solid); i++)
        assert_true(pattern_check(solid[i], &at, &empty, NULL) && !empty);
}

/* Each of these takes years by itself, or all memory. */
static void none_can_hang(void **state)
{
    static const char *const slow[] = { "(a+)+[bc]", "(a|aa)+[bc]$",   "(?:a?){40}a{40}[bc]",
                                        "(a*)*[bc]", "(?R)?a(?R)?[b]", "(.*)*(.*)*\\1x" };
    const gsize lengths[] = { 200, 20 * 1000, 1000 * 1000 };

    for (gsize i = 0; i < G_N_ELEMENTS(slow); i++)
        for (gsize j = 0; j < G_N_ELEMENTS(lengths); j++) {
            g_autofree char *text = g_strnfill(lengths[j], 'a');
            g_autoptr(Pattern) pattern = pattern_new(slow[i]);
            gint64 start = g_get_monotonic_time();
            assert_non_null(pattern);
            pattern_find(pattern, text, lengths[j], 0, NULL);
            assert_true(g_get_monotonic_time() - start < 60 * G_USEC_PER_SEC);
        }
    finds("(a+)+[bc]", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "GAVE UP");
}

static void the_limit_cannot_be_raised(void **state)
{
    finds("(*LIMIT_MATCH=4000000000)(a+)+[bc]", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "GAVE UP");
}

static void ordinary_ones_are_not_given_up(void **state)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (int i = 0; i < 200; i++)
        g_string_append(text,
                        "- [ ] Given a full shelf, when a pump is lent, the desk shows it within 2 s\n");
    finds("\\b(TBD|TODO|to be (decided|done))\\b", text->str, "ABSENT");
    finds("^- \\[.\\] Given .*?, when .*?, the .*$", text->str,
          "- [ ] Given a full shelf, when a pump is lent, the desk shows it within 2 s");
    finds("https?://\\S+\\.(png|svg)\\b", text->str, "ABSENT");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_is_found_by_characters),
        cmocka_unit_test(lines_end_in_any_way),
        cmocka_unit_test(what_stands_before_the_start_is_in_sight),
        cmocka_unit_test(what_is_wrong_is_said_with_its_place),
        cmocka_unit_test(an_escaped_or_literal_unit_is_none),
        cmocka_unit_test(a_long_pattern_is_refused),
        cmocka_unit_test(one_that_may_be_empty_is_told),
        cmocka_unit_test(none_can_hang),
        cmocka_unit_test(the_limit_cannot_be_raised),
        cmocka_unit_test(ordinary_ones_are_not_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
