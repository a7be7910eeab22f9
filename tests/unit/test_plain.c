#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <md4c.h>

/* What a hostile item would hold, and what it is likely to stand beside. */
static const char *const fragments[] = {
    "Filter results",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\x1b[31m",
    "\x1b]8;;http://x\x07",
    "\x07",
    "\x7f",
    "\xc2\x9b",
    "\xc2\x85",
    "\xff",
    "\xed\xa0\x80",
    "\xc3",
    "é",
    "e\xcc\x81",
    "日本",
    "\xe2\x80\xae",
    "\xe2\x80\xa8",
    "\xef\xbb\xbf",
    "\xd8\x9c",
    "\xe2\x80\x8b",
    "\xe2\x80\x8d",
    "\xc2\xa0",
    "\xe3\x80\x80",
    "#",
    "##",
    "##[",
    "[",
    "vso[",
    "VSO[",
    "teamcity[",
    "error",
    "]",
    ":",
    "::",
    "error::",
    "👩",
    "🏽",
    "\xef\xb8\x8f",
    "🇵",
    "🇹",
    "1",
    "\xe2\x83\xa3",
    "❤",
    "\\",
    "\\x1b",
    "|",
    "*",
    "_",
    "`",
    "~~",
    "<b>",
    "<!--",
    "&lt;",
    "&",
    "@ana",
    "@",
    "$x$",
    "#12",
    "https://a_b.example/c_d",
    "![x](y)",
    "각",
    "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8",
    "नि",
    "…",
};

static char *random_text(GRand *random)
{
    GString *text = g_string_new(NULL);
    for (int i = g_rand_int_range(random, 0, 12); i > 0; i--)
        g_string_append(text, fragments[g_rand_int_range(random, 0, G_N_ELEMENTS(fragments))]);
    return g_string_free(text, FALSE);
}

/* As a CI runner looks at one line: white space trimmed, then "::"; or a command channel anywhere. */
static gboolean is_ci_command(const char *line)
{
    static const char *const channels[] = { "##[", "##vso[", "##teamcity[" };
    g_autofree char *lower = g_ascii_strdown(line, -1);
    for (guint i = 0; i < G_N_ELEMENTS(channels); i++)
        if (strstr(lower, channels[i]))
            return TRUE;
    while (*line && g_unichar_isspace(g_utf8_get_char(line)))
        line = g_utf8_next_char(line);
    return g_str_has_prefix(line, "::");
}

static void check_shown(const char *shown, gboolean lines)
{
    assert_true(g_utf8_validate(shown, -1, NULL));
    for (const char *at = shown; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        assert_false(plain_is_hidden(c));
        assert_true(c >= 0x20 || (lines && (c == '\n' || c == '\t')));
    }
    g_auto(GStrv) each = g_strsplit(shown, "\n", -1);
    for (guint i = 0; each[i]; i++)
        assert_false(is_ci_command(each[i]));
}

static void check_escape(const char *text, const char *expected)
{
    g_autofree char *escaped = plain_escape(text, -1);
    assert_string_equal(escaped, expected);
    assert_int_equal(plain_is_clean(text, -1), strcmp(text, expected) == 0);
}

static void ordinary_text_is_kept(void **state)
{
    check_escape("", "");
    check_escape("Filter search results: date & category (50 %)",
                 "Filter search results: date & category (50 %)");
    check_escape("Größe, 日本語, ❤️, 👩‍💻 — “ok”",
                 "Größe, 日本語, ❤️, 👩‍💻 — “ok”");
    check_escape("C:\\Users", "C:\\Users");
    check_escape("std::vector #12 ## heading", "std::vector #12 ## heading");
    check_escape("#[derive] #vso[x] ##section[y]", "#[derive] #vso[x] ##section[y]");
}

static void controls_become_visible(void **state)
{
    check_escape("a\x1b[2Jb", "a\\x1b[2Jb");
    check_escape("one\ntwo\r\tthree", "one\\ntwo\\r\\tthree");
    check_escape("bell\x07 del\x7f", "bell\\x07 del\\x7f");
    check_escape("csi \xc2\x9b nel \xc2\x85", "csi \\u009b nel \\u0085");
    check_escape("user\xe2\x80\xaetxt.exe", "user\\u202etxt.exe");
    check_escape("\xe2\x81\xa6i\xe2\x81\xa9 \xe2\x80\x8e \xe2\x80\x8f \xd8\x9c",
                 "\\u2066i\\u2069 \\u200e \\u200f \\u061c");
    check_escape("\xef\xbb\xbf"
                 "bom \xe2\x80\xa8 \xe2\x80\xa9",
                 "\\ufeffbom \\u2028 \\u2029");
}

static void bytes_that_are_not_utf8_become_visible(void **state)
{
    check_escape("caf\xe9", "caf\\xe9");
    check_escape("\xed\xa0\x80", "\\xed\\xa0\\x80");
    check_escape("\xc0\xaf", "\\xc0\\xaf");
    check_escape("cut \xe2\x82", "cut \\xe2\\x82");
    check_escape("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
}

static void length_bounds_the_text_and_nul_is_shown(void **state)
{
    g_autofree char *nul = plain_escape("a\0b\x1b", 3);
    assert_string_equal(nul, "a\\x00b");
    g_autofree char *cut = plain_escape("é", 1);
    assert_string_equal(cut, "\\xc3");
    g_autofree char *hash = plain_escape("##[", 2);
    assert_string_equal(hash, "##");
}

static void ci_commands_are_broken(void **state)
{
    check_escape("x ##[error]y", "x #\\u0023[error]y");
    check_escape("##vso[task.setvariable]", "#\\u0023vso[task.setvariable]");
    check_escape("##VSO[x]", "#\\u0023VSO[x]");
    check_escape("a ##teamcity[x]", "a #\\u0023teamcity[x]");
    check_escape("###[x]", "##\\u0023[x]");
    check_escape("::error::x", "\\u003a:error::x");
    check_escape(" \xc2\xa0\xe3\x80\x80::set-env x::y", " \xc2\xa0\xe3\x80\x80\\u003a:set-env x::y");
    check_escape("\t::warning::x", "\\t::warning::x");
}

static void bodies_keep_lines_and_tabs_only(void **state)
{
    g_autofree char *body = plain_escape_lines("One\r\n\ttwo\rx\n\n  ::error::three\x1b[m\n##[four]\n", -1);
    assert_string_equal(body, "One\n\ttwo\\rx\n\n  \\u003a:error::three\\x1b[m\n#\\u0023[four]\n");
    g_autofree char *tab = plain_escape_lines("\t::error::x", -1);
    assert_string_equal(tab, "\t\\u003a:error::x");
}

static void any_text_is_shown_safely_and_once(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20261120);
    for (int i = 0; i < 100000; i++) {
        g_autofree char *text = random_text(random);
        g_autofree char *line = plain_escape(text, -1), *again = plain_escape(line, -1);
        check_shown(line, FALSE);
        assert_string_equal(line, again);
        assert_int_equal(plain_is_clean(text, -1), strcmp(text, line) == 0);
        g_autofree char *body = plain_escape_lines(text, -1), *body_again = plain_escape_lines(body, -1);
        check_shown(body, TRUE);
        assert_string_equal(body, body_again);
    }
}

static void width_counts_what_a_terminal_shows(void **state)
{
    assert_int_equal(plain_width(""), 0);
    assert_int_equal(plain_width("Filter"), 6);
    assert_int_equal(plain_width("Größe"), 5);
    assert_int_equal(plain_width("e\xcc\x81\xcc\xa3t"), 2);
    assert_int_equal(plain_width("日本語"), 6);
    assert_int_equal(plain_width("ｶﾞ"), 2);
    assert_int_equal(plain_width("각"), 2);
    assert_int_equal(plain_width("\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8"), 2);
    assert_int_equal(plain_width("…§°"), 3);
    assert_int_equal(plain_width("a\xe2\x80\x8b\xe2\x81\xa0z"), 2);
    assert_int_equal(plain_width("caf\xe9"), 4);
}

static void width_of_emoji_is_two(void **state)
{
    assert_int_equal(plain_width("🚀"), 2);
    assert_int_equal(plain_width("🚀🚀"), 4);
    assert_int_equal(plain_width("❤"), 1);
    assert_int_equal(plain_width("❤\xef\xb8\x8f"), 2);
    assert_int_equal(plain_width("a\xef\xb8\x8f"), 1);
    assert_int_equal(plain_width("👍🏽"), 2);
    assert_int_equal(plain_width("👩\xe2\x80\x8d💻"), 2);
    assert_int_equal(plain_width("👨\xe2\x80\x8d👩\xe2\x80\x8d👧\xe2\x80\x8d👦"), 2);
    assert_int_equal(plain_width("🇵🇹"), 2);
    assert_int_equal(plain_width("🇵🇹🇧🇷"), 4);
    assert_int_equal(plain_width("1\xef\xb8\x8f\xe2\x83\xa3"), 2);
    assert_int_equal(plain_width("x🏽"), 3);
}

static void check_truncate(const char *text, guint columns, const char *expected)
{
    g_autofree char *cut = plain_truncate(text, columns);
    assert_string_equal(cut, expected);
}

static void truncate_cuts_between_characters_as_seen(void **state)
{
    check_truncate("Filter", 6, "Filter");
    check_truncate("Filter", 5, "Filt…");
    check_truncate("Filter", 1, "…");
    check_truncate("Filter", 0, "");
    check_truncate("", 0, "");
    check_truncate("By date and time", 9, "By date…");
    check_truncate("日本語", 5, "日本…");
    check_truncate("日本語", 4, "日…");
    check_truncate("日本語", 2, "…");
    check_truncate("ae\xcc\x81x", 3, "ae\xcc\x81x");
    check_truncate("ae\xcc\x81xy", 3, "ae\xcc\x81…");
    check_truncate("🇵🇹🇧🇷", 3, "🇵🇹…");
    check_truncate("👩\xe2\x80\x8d💻 works", 4, "👩\xe2\x80\x8d💻…");
}

static void truncate_fits_and_never_splits(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (int i = 0; i < 50000; i++) {
        g_autofree char *raw = random_text(random);
        g_autofree char *text = plain_escape(raw, -1);
        guint columns = (guint)g_rand_int_range(random, 0, 40), width = plain_width(text);
        g_autofree char *cut = plain_truncate(text, columns);
        assert_true(plain_width(cut) <= columns);
        if (width <= columns) {
            assert_string_equal(cut, text);
        } else if (columns) {
            assert_true(g_str_has_suffix(cut, "…"));
            gsize kept = strlen(cut) - strlen("…");
            assert_memory_equal(cut, text, kept);
            gunichar next = g_utf8_get_char(text + kept);
            assert_false(kept && (g_unichar_ismark(next) || next == 0x200d || next == 0xfe0f));
            g_autofree char *head = g_strndup(text, kept);
            assert_int_equal(plain_width(head) + plain_width(text + kept), width);
        }
    }
}

static void a_title_of_many_kilobytes_is_cut(void **state)
{
    g_autofree char *marks = g_strnfill(10000, 'x');
    g_autofree char *cut = plain_truncate(marks, 80);
    assert_int_equal(plain_width(cut), 80);
}

static void pad_fills_by_columns(void **state)
{
    g_autoptr(GString) line = g_string_new("|");
    plain_pad(line, "日本", 6, FALSE);
    plain_pad(line, "13", 4, TRUE);
    plain_pad(line, "longer", 3, FALSE);
    assert_string_equal(line->str, "|日本    13longer");
}

struct seen {
    GString *text;
    gboolean other; /* anything but a paragraph of text */
};

static int see_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct seen *seen = data;
    seen->other |= type != MD_BLOCK_DOC && type != MD_BLOCK_P;
    return 0;
}

static int see_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct seen *seen = data;
    seen->other = TRUE;
    return 0;
}

static int see_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
    struct seen *seen = data;
    gboolean joint = type == MD_TEXT_ENTITY && size == 7 && memcmp(text, "&#8203;", 7) == 0;
    seen->other |= type != MD_TEXT_NORMAL && !joint;
    if (!joint)
        g_string_append_len(seen->text, text, size);
    return 0;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *data)
{
    return 0;
}

static const MD_PARSER reader = {
    .flags = MD_DIALECT_GITHUB | MD_FLAG_LATEXMATHSPANS | MD_FLAG_WIKILINKS | MD_FLAG_UNDERLINE,
    .enter_block = see_block,
    .leave_block = leave_block,
    .enter_span = see_span,
    .leave_span = leave_span,
    .text = see_text,
};

static void markdown_readers_see_the_text_and_nothing_else(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    for (int i = 0; i < 50000; i++) {
        g_autofree char *text = random_text(random);
        g_autofree char *line = plain_escape(text, -1), *markdown = plain_escape_markdown(text, -1);
        g_autofree char *source = g_strdup_printf("(%s)", markdown),
                        *expected = g_strdup_printf("(%s)", line);
        struct seen seen = { .text = g_string_new(NULL) };
        assert_int_equal(md_parse(source, (MD_SIZE)strlen(source), &reader, &seen), 0);
        assert_string_equal(seen.text->str, expected);
        assert_false(seen.other);
        g_string_free(seen.text, TRUE);
    }
}

static void markdown_mentions_and_references_are_cut(void **state)
{
    g_autofree char *text = plain_escape_markdown("@ana closes #12, see a|b <i> https://a_b", -1);
    assert_string_equal(text, "@&#8203;ana closes \\#&#8203;12, see a\\|b \\<i\\> https:\\//a\\_b");
}

static void clusters_are_taken_one_by_one(void **state)
{
    static const struct {
        const char *text;
        gsize bytes;
        guint columns;
    } cases[] = { { "ab", 1, 1 },   { "e\xcc\x81x", 3, 1 }, { "日本", 3, 2 }, { "👩‍🔧!", 11, 2 },
                  { "🇨🇭🇨🇭", 8, 2 }, { "\xff\xff", 1, 1 } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        guint columns = 99;
        const char *end = cases[i].text + strlen(cases[i].text);
        assert_int_equal(plain_cluster(cases[i].text, end, &columns), cases[i].bytes);
        assert_int_equal(columns, cases[i].columns);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_text_is_kept),
        cmocka_unit_test(controls_become_visible),
        cmocka_unit_test(bytes_that_are_not_utf8_become_visible),
        cmocka_unit_test(length_bounds_the_text_and_nul_is_shown),
        cmocka_unit_test(ci_commands_are_broken),
        cmocka_unit_test(bodies_keep_lines_and_tabs_only),
        cmocka_unit_test(any_text_is_shown_safely_and_once),
        cmocka_unit_test(width_counts_what_a_terminal_shows),
        cmocka_unit_test(width_of_emoji_is_two),
        cmocka_unit_test(truncate_cuts_between_characters_as_seen),
        cmocka_unit_test(truncate_fits_and_never_splits),
        cmocka_unit_test(a_title_of_many_kilobytes_is_cut),
        cmocka_unit_test(pad_fills_by_columns),
        cmocka_unit_test(markdown_readers_see_the_text_and_nothing_else),
        cmocka_unit_test(markdown_mentions_and_references_are_cut),
        cmocka_unit_test(clusters_are_taken_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
