#include "rawtext.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check_refused(const char *text, gsize length, guint line, guint column, const char *message)
{
    g_autoptr(GPtrArray) findings = findings_new();
    gboolean ascii;

    assert_false(rawtext_check(text, length, (struct span){ 0, length }, &ascii, NULL));
    assert_false(rawtext_check(text, length, (struct span){ 0, length }, &ascii, findings));
    assert_int_equal(findings->len, 1);
    const struct finding *finding = findings->pdata[0];
    assert_string_equal(finding->rule, "parse");
    assert_int_equal(finding->at.line, line);
    assert_int_equal(finding->at.column, column);
    assert_string_equal(finding->message, message);
}

static void check_good(const char *text, gboolean expected_ascii)
{
    g_autoptr(GPtrArray) findings = findings_new();
    gsize length = strlen(text);
    gboolean ascii = !expected_ascii;

    assert_true(rawtext_check(text, length, (struct span){ 0, length }, &ascii, findings));
    assert_int_equal(findings->len, 0);
    assert_int_equal(ascii, expected_ascii);
}

static void ordinary_text_passes(void **state)
{
    check_good("", TRUE);
    check_good("title: x\r\nid:\tk7q2m\n ~ \n", TRUE);
    check_good("title: Größe 28 × 1⅜ – 🚲\r\n", FALSE);
    check_good("title: one joiner \xe2\x80\x8d and U+E000 \xee\x80\x80\n", FALSE);
}

static void line_breaks_that_readers_do_not_agree_about_are_refused(void **state)
{
    const char *message = "expected a line feed behind the carriage return, saw none";
    check_refused("a: b\rc: d\n", 10, 1, 5, message);
    check_refused("é\r\r\n", 5, 1, 2, message);
    check_refused("a\r", 2, 1, 2, message);
    check_refused("a: b\n\xc2\x85", 7, 2, 1,
                  "expected text, saw U+0085, which only some readers take for the end of a line");
    check_refused("v\xe2\x80\xa8status: done", 16, 1, 2,
                  "expected text, saw U+2028, which only some readers take for the end of a line");
    check_refused("ö\xe2\x80\xa9x", 6, 1, 2,
                  "expected text, saw U+2029, which only some readers take for the end of a line");
}

static void control_characters_are_refused(void **state)
{
    check_refused("a: \x1b[31m\n", 9, 1, 4, "expected text, saw the character U+001B");
    check_refused("a\0b", 3, 1, 2, "expected text, saw the character U+0000");
    check_refused("a\x7f", 2, 1, 2, "expected text, saw the character U+007F");
    check_refused("\n\xc2\x80", 3, 2, 1, "expected text, saw the character U+0080");
    check_refused("\n\xc2\x9b", 3, 2, 1, "expected text, saw the character U+009B");
    check_refused("\n\xc2\x9f", 3, 2, 1, "expected text, saw the character U+009F");
    check_refused("a\xef\xbb\xbf", 4, 1, 2, "expected text, saw the character U+FEFF");
    check_refused("a\xef\xbf\xbe", 4, 1, 2, "expected text, saw the character U+FFFE");
    check_refused("a\xef\xbf\xbf", 4, 1, 2, "expected text, saw the character U+FFFF");
}

static void bytes_that_are_not_utf8_are_refused(void **state)
{
    check_refused("Gr\xf6\xdf"
                  "e\n",
                  6, 1, 3, "expected UTF-8 text, saw the byte 0xf6");
    check_refused("é\xc3", 3, 1, 2, "expected UTF-8 text, saw the byte 0xc3");
    check_refused("\xc0\xaf", 2, 1, 1, "expected UTF-8 text, saw the byte 0xc0");
    check_refused("\xed\xa0\x80", 3, 1, 1, "expected UTF-8 text, saw the byte 0xed");
    check_refused("\x80", 1, 1, 1, "expected UTF-8 text, saw the byte 0x80");
}

static void only_the_span_is_looked_at(void **state)
{
    const char text[] = "\x1b\na: b\n\xff";
    gboolean ascii;
    assert_true(rawtext_check(text, strlen(text), (struct span){ 2, 7 }, &ascii, NULL));
    assert_true(ascii);
    assert_false(rawtext_check("é", 2, (struct span){ 0, 1 }, &ascii, NULL));
    assert_false(rawtext_check("a\r\n", 3, (struct span){ 0, 2 }, &ascii, NULL));
}

static void check_conflicts(const char *text, gboolean expected, guint line)
{
    g_autoptr(GPtrArray) findings = findings_new();
    struct span all = { 0, strlen(text) };

    assert_int_equal(rawtext_has_conflict(text, all.end, all, findings), expected);
    assert_int_equal(rawtext_has_conflict(text, all.end, all, NULL), expected);
    assert_int_equal(findings->len, expected);
    if (!expected)
        return;
    const struct finding *finding = findings->pdata[0];
    assert_string_equal(finding->rule, "conflict-marker");
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    assert_int_equal(finding->at.line, line);
    assert_int_equal(finding->at.column, 1);
    assert_int_equal(span_length(finding->span), 7);
    assert_string_equal(finding->message, "a merge conflict was left in the file");
    assert_string_equal(finding->help, "keep one side, and remove the marker lines");
}

static void traces_of_a_merge_are_found(void **state)
{
    check_conflicts("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> topic\n", TRUE, 2);
    check_conflicts("a: 1\r\n>>>>>>>\r\n", TRUE, 2);
    check_conflicts("<<<<<<<", TRUE, 1);
}

static void what_only_resembles_a_marker_is_none(void **state)
{
    check_conflicts("a: 1\n <<<<<<< HEAD\n", FALSE, 0);
    check_conflicts("<<<<<<<<\n", FALSE, 0);
    check_conflicts("<<<<<<\n<<<<<<<x\n", FALSE, 0);
    check_conflicts("=======\n", FALSE, 0);
    check_conflicts("", FALSE, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_text_passes),
        cmocka_unit_test(line_breaks_that_readers_do_not_agree_about_are_refused),
        cmocka_unit_test(control_characters_are_refused),
        cmocka_unit_test(bytes_that_are_not_utf8_are_refused),
        cmocka_unit_test(only_the_span_is_looked_at),
        cmocka_unit_test(traces_of_a_merge_are_found),
        cmocka_unit_test(what_only_resembles_a_marker_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
