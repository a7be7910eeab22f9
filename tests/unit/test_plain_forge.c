/* Untrusted text in comments of forges: read back as Markdown and as HTML, and what forges look for in it. */
#include "plain.h"

#include <md4c.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CUT "&#8203;"

static void check(const char *text, const char *expected)
{
    g_autofree char *escaped = plain_escape_forge(text, -1);
    assert_string_equal(escaped, expected);
}

static void ordinary_text_is_kept(void **state)
{
    check("As a clerk, I want \"Überlingen\" (8 km) - don't you?",
          "As a clerk, I want \"Überlingen\" (8 km) - don't you?");
    check("10 % of 37-622 at 09:30; 50 & more!", "10 % of 37-622 at 09:30; 50 &#38; more!");
    check("", "");
}

static void what_markdown_and_html_read_is_a_reference(void **state)
{
    check("a|b <i> *c* _d_ `e` ~~f~~ [g](h) \\",
          "a&#124;b &#60;i&#62; &#42;" CUT "c&#42; &#95;d&#95; &#96;e&#96; &#126;&#126;" CUT
          "f&#126;&#126; &#91;g&#93;(h) &#92;");
    check("<!-- x -->", "&#60;!-- x --&#62;");
    check("84 $ or $84", "84 <span>&#36;</span> or <span>&#36;</span>" CUT "84");
}

static void mentions_and_references_are_cut(void **state)
{
    check("@ana #12 !12 %3 ^7 &4 $5",
          "@" CUT "ana #" CUT "12 !" CUT "12 %" CUT "3 ^" CUT "7 &#38;" CUT "4 <span>&#36;</span>" CUT "5");
    check("shop/shop#12 ana@example.com", "shop/shop#" CUT "12 ana@" CUT "example.com");
    check("%\"Sprint 3\" ~\"to do\" @Ünal", "%" CUT "\"Sprint 3\" &#126;" CUT "\"to do\" @" CUT "Ünal");
    check("GH-12 gh-12 sigh-12", "GH" CUT "-12 gh" CUT "-12 sigh-12");
    check("{+a+} {-b-} [+c+]", "{" CUT "+a+} {" CUT "-b-} &#91;" CUT "+c+&#93;");
}

static void addresses_are_cut(void **state)
{
    check("https://a.b www.a.b irc://a", "https:" CUT "/" CUT "/a.b www" CUT ".a.b irc:" CUT "/" CUT "/a");
    check("24/7 and/or", "24/7 and/or");
}

static void emoji_and_commits_are_cut(void **state)
{
    check(":tada: :+1: at 10:30", ":" CUT "tada: :" CUT "+1: at 10:30");
    check("a1b2c3d4", "a1b2c3" CUT "d4");
    check("deadbeef 12345678 a1b2c3", "deadbeef 12345678 a1b2c3");
}

static void controls_are_shown(void **state)
{
    check("a\nb\x1b[0m\xff", "a&#92;nb&#92;x1b&#91;0m&#92;xff");
}

/* -- read back -- */

struct seen {
    GString *text;
    gboolean other; /* anything but a paragraph of text and dollars */
};

static void add_entity(GString *text, const char *entity)
{
    gunichar character = (gunichar)strtoul(entity + 2, NULL, 10);
    if (character != 0x200b)
        g_string_append_unichar(text, character);
}

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
    gboolean span =
        (size == 6 && memcmp(text, "<span>", 6) == 0) || (size == 7 && memcmp(text, "</span>", 7) == 0);

    if (type == MD_TEXT_ENTITY)
        add_entity(seen->text, text);
    else if (type == MD_TEXT_NORMAL)
        g_string_append_len(seen->text, text, size);
    else
        seen->other |= type != MD_TEXT_HTML || !span;
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

/* The text that a browser shows of HTML that has only references and spans. */
static char *read_html(const char *html)
{
    GString *text = g_string_new(NULL);

    for (const char *at = html; *at;) {
        if (g_str_has_prefix(at, "<span>") || g_str_has_prefix(at, "</span>")) {
            at = strchr(at, '>') + 1;
        } else if (*at == '&') {
            add_entity(text, at);
            at = strchr(at, ';') + 1;
        } else {
            assert_true(*at != '<' && *at != '>');
            g_string_append_c(text, *at++);
        }
    }
    return g_string_free(text, FALSE);
}

static char *random_text(GRand *random)
{
    static const char *const parts[] = {
        "a",        "b ",   "é",   "1",       "12",    "\\",     "`",      "*",      "**",     "_",
        "[",        "]",    "(",   ")",       "<",     ">",      "&amp;",  "&",      "#",      "~",
        "~~",       "|",    "$",   "$$",      "!",     "@",      "%",      "{",      "+",      "-",
        ":",        "/",    "//",  "www.",    "http:", "<b>",    "<!--",   "-->",    "\n",     "\t",
        "\xff",     "\x1b", "GH-", "abcdef1", "'",     "\"",     "\u202e", "\u200b", "![](x)", "[a]: x",
        "<script>", "ä",    ";",   "=",       "^",     "\u3000",
    };
    GString *text = g_string_new(NULL);
    for (gint32 i = g_rand_int_range(random, 0, 14); i > 0; i--)
        g_string_append(text, parts[g_rand_int_range(random, 0, G_N_ELEMENTS(parts))]);
    return g_string_free(text, FALSE);
}

static void readers_see_the_text_and_nothing_else(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(3);

    for (int i = 0; i < 50000; i++) {
        g_autofree char *text = random_text(random), *line = plain_escape(text, -1);
        g_autofree char *forge = plain_escape_forge(text, -1), *source = g_strdup_printf("(%s)", forge);
        g_autoptr(GString) expected = g_string_new(NULL), seen_text = g_string_new(NULL);
        g_string_printf(expected, "(%s)", line);
        struct seen seen = { .text = seen_text };
        assert_int_equal(md_parse(source, (MD_SIZE)strlen(source), &reader, &seen), 0);
        if (seen.other)
            fail_msg("%s", source);
        assert_string_equal(seen.text->str, expected->str);
        g_autofree char *shown = read_html(source);
        assert_string_equal(shown, expected->str);
    }
}

static void escaping_never_leaves_a_reference(void **state)
{
    static const char *const found[] = { "[@#!~%$^&*][[:alnum:]_\"{]", "\\bGH-[0-9]", "\\bwww\\.", "://",
                                         ":[A-Za-z0-9_+-]+:",          "[{\\[][+-]" };
    g_autoptr(GRand) random = g_rand_new_with_seed(4);

    for (int i = 0; i < 20000; i++) {
        g_autofree char *text = random_text(random), *forge = plain_escape_forge(text, -1);
        g_autoptr(GString) shown = g_string_new(forge);
        g_string_replace(shown, CUT, "\u200b", 0);
        for (int mark = 33; mark < 127; mark++) {
            g_autofree char *entity = g_strdup_printf("&#%d;", mark), *plain = g_strdup_printf("%c", mark);
            g_string_replace(shown, entity, plain, 0);
        }
        for (gsize j = 0; j < G_N_ELEMENTS(found); j++)
            if (g_regex_match_simple(found[j], shown->str, G_REGEX_CASELESS, 0))
                fail_msg("%s in %s", found[j], shown->str);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_text_is_kept),
        cmocka_unit_test(what_markdown_and_html_read_is_a_reference),
        cmocka_unit_test(mentions_and_references_are_cut),
        cmocka_unit_test(addresses_are_cut),
        cmocka_unit_test(emoji_and_commits_are_cut),
        cmocka_unit_test(controls_are_shown),
        cmocka_unit_test(readers_see_the_text_and_nothing_else),
        cmocka_unit_test(escaping_never_leaves_a_reference),
    };
    return cmocka_run_group_tests_name("plain_forge", tests, NULL, NULL);
}
