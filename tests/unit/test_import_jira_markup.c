#include "import_jira_markup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check(const char *wiki, const char *expected)
{
    g_autofree char *seen = import_jira_markup(wiki);
    assert_string_equal(seen, expected);
}

static void text_stays(void **state)
{
    check("", "");
    check(" \r\n\n", "");
    check("One.\r\nTwo.\n\n\nThree", "One.\nTwo.\n\n\nThree\n");
    check("2 * 3 * 4, a_b_c, -x, 10-20, #12, C# and {color:red}red{color}",
          "2 * 3 * 4, a_b_c, -x, 10-20, #12, C# and {color:red}red{color}\n");
    check("_em_ ??cite?? +ins+ ^sup^ -gone-", "_em_ ??cite?? +ins+ ^sup^ -gone-\n");
    check("!image.png|thumbnail!", "!image.png|thumbnail!\n");
    check("a\n\xc2\xa0\nb", "a\n\nb\n");
}

static void headings_become_headings(void **state)
{
    check("h1. One\nText\nh6.Six", "# One\n\nText\n\n###### Six\n");
    check("h2. *Why* {{x}}", "## **Why** `x`\n");
    check("h7. no\nh1.\nah1. no", "h7. no\nh1.\nah1. no\n");
}

static void lists_become_lists(void **state)
{
    check("* a\n** b\n*** c\n* d", "- a\n  - b\n    - c\n- d\n");
    check("# a\n## b\n#* c\n# d", "1. a\n   1. b\n   - c\n1. d\n");
    check("- a\n - b", "- a\n- b\n");
    check("Text\n* a\nmore\n\nText", "Text\n\n- a\n  more\n\nText\n");
    check("**** deep at once\n***** deeper", "- deep at once\n  - deeper\n");
    check("* [ ] open\n* *bold*", "- [ ] open\n- **bold**\n");
    check("*bold* at the start\n*\n* ", "**bold** at the start\n*\n*\n");
    check("-- a dash", "-- a dash\n");
}

static void a_list_is_never_deeper_than_readers_go(void **state)
{
    GString *text = g_string_new(NULL);
    for (int depth = 1; depth < 60; depth++)
        g_string_append_printf(text, "%.*s x\n", depth,
                               "************************************************************");
    g_autofree char *wiki = g_string_free(text, FALSE), *seen = import_jira_markup(wiki);
    assert_non_null(strstr(seen, "\n              - x\n"));
    assert_null(strstr(seen, "\n                - x\n"));
}

static void code_becomes_a_fence(void **state)
{
    check("{code}\nint a;\n\n*b*\n{code}", "```\nint a;\n\n*b*\n```\n");
    check("{code:java}\nx\n{code}\nText", "```java\nx\n```\n\nText\n");
    check("{code:title=A.java|borderStyle=solid}x{code}", "```title=A.java borderStyle=solid\nx\n```\n");
    check("See {code}a b{code} there", "See \n\n```\na b\n```\n\n there\n");
    check("{noformat}\n```\n{code}\n{noformat}", "````\n```\n{code}\n````\n");
    check("{code:a`b}\n~~~~\n{code}", "~~~~~a`b\n~~~~\n~~~~~\n");
    check("{code}{code}", "```\n```\n");
    check("{code}\nnever closed\n* a", "{code}\nnever closed\n\n- a\n");
    check("{codex} {code", "{codex} {code\n");
    check("{{code}} and {{code}}", "`code` and `code`\n");
    check("{code}\na\n{code}\n{code}\nb\n{code}", "```\na\n```\n\n```\nb\n```\n");
}

static void quotes_become_quotes(void **state)
{
    check("Text\nbq. said *so*\nText", "Text\n\n> said **so**\n\nText\n");
    check("{quote}\nh1. a\n\n* b\n{quote}\nc", "> # a\n>\n> - b\n\nc\n");
    check("{quote}open", "{quote}open\n");
}

static void tables_become_tables(void **state)
{
    check("||Day||Fee||\n|1|a \\| b|\n|2|", "| Day | Fee |\n| --- | --- |\n| 1 | a \\| b |\n| 2 |  |\n");
    check("|a|[b|https://example.com]|\n|{{x|y}}|*c*|",
          "|  |  |\n| --- | --- |\n| a | [b](https://example.com) |\n| `x\\|y` | **c** |\n");
    check("a | b\n|not closed", "a | b\n|not closed\n");
    check("||||\n||", "||||\n||\n");
    check("Text\n|a|\nText", "Text\n\n|  |\n| --- |\n| a |\n\nText\n");
}

static void marks_within_a_line_are_converted(void **state)
{
    check("a *b c* d, (*e*)", "a **b c** d, (**e**)\n");
    check("*a*b *c * * d*", "*a*b *c * * d*\n");
    check("{{a}} {{`}} {{ }} {{", "`a` `` ` `` {{ }} {{\n");
    check("[a b|https://x.org/a_(b)] [https://x.org] [c|mailto:a@b.org|smart-link]",
          "[a b](<https://x.org/a_(b)>) <https://x.org> [c](mailto:a@b.org)\n");
    check("[d|https://x.org|tip] [~ana] [~accountid:5f] [^a.txt] [x] [LIB-1|#anchor]",
          "[d](https://x.org) (tip) @ana @accountid:5f [^a.txt] [x] [LIB-1|#anchor]\n");
    check("https://x.org/*a*b and `*code* <b>`", "https://x.org/*a*b and `*code* <b>`\n");
    check("\\*no\\* \\{code}", "\\*no\\* \\{code}\n");
}

static void what_markdown_would_hide_is_escaped(void **state)
{
    check("<all> </b> <!-- x --> <?php a < b <3", "\\<all> \\</b> \\<!-- x --> \\<?php a < b <3\n");
    check("Text\n===\nText\n--\nText\n----\nText", "Text\n\\===\nText\n\\--\nText\n\n----\n\nText\n");
    check("#\n##", "\\#\n\\##\n");
    check("```\nh1. stays\n```\n* a", "```\nh1. stays\n```\n\n- a\n");
    check("```\nnever closed\n~~~", "\\```\nnever closed\n\\~~~\n");
    check("~~~ sh\nx\n~~~~", "~~~ sh\nx\n~~~~\n");
}

/* Marks that nothing closes are looked for once. */
static void time_is_linear(void **state)
{
    static const char *const pieces[] = { "{code:x}", "{quote:y}\n", "[",   "*a ", "{{",
                                          "```\n",    "~~~~\n",      "|[|", "`",   "|a|\n",
                                          "{code:",   "* ",          "[a|" };
    gint64 start = g_get_monotonic_time();

    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        GString *text = g_string_new(NULL);
        while (text->len < 300000)
            g_string_append(text, pieces[i]);
        g_autofree char *wiki = g_string_free(text, FALSE), *seen = import_jira_markup(wiki);
        assert_true(strlen(seen) > 100000);
    }
    assert_true(g_get_monotonic_time() - start < 60 * G_USEC_PER_SEC);
}

/* However long the line is in which they stand. */
static void many_marks_in_a_line_take_no_longer(void **state)
{
    static const char *const pieces[] = { "{code:", "{code}a{code}", "{quote}a{quote}" };
    gint64 start = g_get_monotonic_time();

    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        GString *text = g_string_new(NULL);
        while (text->len < 4000000)
            g_string_append(text, pieces[i]);
        g_autofree char *wiki = g_string_free(text, FALSE), *seen = import_jira_markup(wiki);
        assert_true(strlen(seen) > 1000000);
    }
    assert_true(g_get_monotonic_time() - start < 30 * G_USEC_PER_SEC);
}

/* Letters and digits of the text, but for the names of marks. */
static char *words_of(const char *text)
{
    static const char *const names[] = { "code", "noformat", "quote", "h2.", "bq." };
    GString *out = g_string_new(NULL);

    while (*text) {
        gsize skip = 0;
        for (gsize i = 0; i < G_N_ELEMENTS(names) && !skip; i++)
            skip = g_str_has_prefix(text, names[i]) ? strlen(names[i]) : 0;
        if (!skip && g_ascii_isalpha(*text))
            g_string_append_c(out, *text);
        text += skip ? skip : 1;
    }
    return g_string_free(out, FALSE);
}

static void no_text_is_lost(void **state)
{
    static const char *const pieces[] = {
        "a",   "bc", " ",      "\n",         "\n",         "* ",   "** ",  "# ",  "#* ", "- ",
        "|",   "||", "{code}", "{noformat}", "{quote}",    "h2. ", "bq. ", "*",   "{{",  "}}",
        "[",   "]",  "~",      "<",          "|https://x", "_",    "`",    "```", "~~~", "---",
        "===", "\\", "é",      "!",          "\r\n",       "{",    "}",    ":",
    };
    g_autoptr(GRand) random = g_rand_new_with_seed(37);

    for (int i = 0; i < 20000; i++) {
        GString *text = g_string_new(NULL);
        for (gint32 n = g_rand_int_range(random, 1, 30); n > 0; n--)
            g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        g_autofree char *wiki = g_string_free(text, FALSE), *markdown = import_jira_markup(wiki);
        g_autofree char *before = words_of(wiki), *after = words_of(markdown);
        assert_true(g_utf8_validate(markdown, -1, NULL));
        assert_true(*markdown == '\0' || g_str_has_suffix(markdown, "\n"));
        if (strcmp(before, after) != 0)
            fail_msg("%s\n-> %s", wiki, markdown);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stays),
        cmocka_unit_test(headings_become_headings),
        cmocka_unit_test(lists_become_lists),
        cmocka_unit_test(a_list_is_never_deeper_than_readers_go),
        cmocka_unit_test(code_becomes_a_fence),
        cmocka_unit_test(quotes_become_quotes),
        cmocka_unit_test(tables_become_tables),
        cmocka_unit_test(marks_within_a_line_are_converted),
        cmocka_unit_test(what_markdown_would_hide_is_escaped),
        cmocka_unit_test(time_is_linear),
        cmocka_unit_test(many_marks_in_a_line_take_no_longer),
        cmocka_unit_test(no_text_is_lost),
    };
    return cmocka_run_group_tests_name("import_jira_markup", tests, NULL, NULL);
}
