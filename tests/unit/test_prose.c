#include "prose.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct prose *prose_of(const char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
    g_autoptr(Document) document = document_new(bytes, NULL);
    return prose_read(document);
}

/* The tokens with a space between: words as they are, n numbers, 'literals', <> links, others marks; "/" on a
 * new block. */
static char *told(const struct prose *prose)
{
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < prose->tokens->len; i++) {
        const struct token *token = prose_at(prose, i);
        if (i > 0)
            g_string_append(out, token->block == prose_at(prose, i - 1)->block ? " " : " | ");
        if (token->kind == TOKEN_LITERAL)
            g_string_append_printf(out, "'%s'", token->text);
        else if (token->kind == TOKEN_LINK)
            g_string_append(out, "<>");
        else
            g_string_append_printf(out, "%s%s", token->kind == TOKEN_NUMBER ? "n" : "", token->text);
    }
    return g_string_free(out, FALSE);
}

#define assert_tokens(text, expected)                                                                        \
    do {                                                                                                     \
        g_autoptr(Prose) seen_prose = prose_of(text);                                                        \
        g_autofree char *seen = told(seen_prose);                                                            \
        assert_string_equal(seen, expected);                                                                 \
    } while (0)

static void words_numbers_and_marks_are_tokens(void **state)
{
    assert_tokens("Search WON'T re-run; it’s fast -- now.\n", "search won't re-run ; it's fast - - now .");
    assert_tokens("Within 500ms, 3.5 s or 10,000 rows (99.9%) on 2026-11-21 at 10:30, 2x.\n",
                  "within n500ms , n3.5 s or n10,000 rows ( n99.9% ) on n2026-11-21 at n10:30 , n2x .");
    assert_tokens("50%of 12%5 of it, 3%-\n", "n50% of n12% n5 of it , n3% -");
    assert_tokens("Öffne déjà-vu 漢字 – v1.2/h1_x\n", "Öffne déjà-vu 漢字 – v1 . n2 / h1 _ x");
    assert_tokens("users' data, 5\" wide, '90s, rock 'n' roll\n",
                  "users ' data , n5 \" wide , ' n90s , rock 'n' roll");
}

static void what_is_quoted_is_one_literal(void **state)
{
    assert_tokens("Says \"No results\" or 'none', “so – é” and ‘it’s’ and «là».\n",
                  "says 'no results' or 'none' , 'so – é' and 'it’s' and 'là' .");
    assert_tokens("It says \"Don't 'do' it\".\n", "it says 'don't 'do' it' .");
    assert_tokens("A \"stray mark and \"another\" one\n", "a \" stray mark and 'another' one");
    assert_tokens("One \"here\n\nand there\" two\n", "one \" here | and there \" two");
    assert_tokens("the \"*bold* `code`\" text\n", "the '*bold* `code`' text");
}

static void a_single_quote_far_off_is_an_apostrophe(void **state)
{
    g_autoptr(GString) text = g_string_new("the 'first");
    for (guint i = 0; i < 60; i++)
        g_string_append(text, " word");
    g_string_append(text, " users' data");
    g_autoptr(Prose) prose = prose_of(text->str);

    for (guint i = 0; i < prose->tokens->len; i++)
        assert_int_not_equal(prose_at(prose, i)->kind, TOKEN_LITERAL);
}

static void code_is_a_literal_and_what_is_no_prose_a_link(void **state)
{
    assert_tokens("---\ntitle: fast\n---\n`Fast` run of ``a `b` ``, see http://fast.org/ &amp; <b>it</b> "
                  "[the docs](fast.md \"fast\")<!-- fast -->\n",
                  "'fast' run of 'a `b` ' , see <> <> <> it <> the docs <>");
    assert_tokens("# Heading\n\n```\nfast\n```\n\n    fast\n\n<!-- fast\nfast -->\n\nend\n", "heading | end");
    assert_tokens("- `a`\n- b **c** ~~d~~ \\* e\n\n| f | `g` |\n|---|---|\n| h | i |\n",
                  "'a' | b c d * e | f | 'g' | h | i");
}

static void addresses_without_a_dot_are_links_too(void **state)
{
    assert_tokens("see http://backend/fast, (http://localhost:8080/clean). x://\n",
                  "see <> , ( <> ) . x : / /");
}

static void tokens_know_where_they_stand(void **state)
{
    static const char text[] = "intro\n\n## Why\n\n> said *so*\n\n- one\n  two\n";
    g_autoptr(Prose) prose = prose_of(text);

    assert_int_equal(prose->tokens->len, 6);
    assert_true(prose_at(prose, 0)->section == -1 && !prose_at(prose, 0)->heading);
    assert_true(prose_at(prose, 1)->section == 0 && prose_at(prose, 1)->heading);
    assert_true(prose_at(prose, 2)->quoted && prose_at(prose, 3)->quoted && !prose_at(prose, 4)->quoted);
    assert_false(prose_at(prose, 2)->heading);
    assert_int_equal(prose_at(prose, 4)->block, prose_at(prose, 5)->block);
    for (guint i = 0; i < prose->tokens->len; i++) {
        const struct token *token = prose_at(prose, i);
        assert_int_equal(span_length(token->span), strlen(token->text));
        assert_int_equal(g_ascii_strncasecmp(text + token->span.start, token->text, span_length(token->span)),
                         0);
    }
}

static void ranges_are_tokens_that_begin_in_a_span(void **state)
{
    g_autoptr(Prose) prose = prose_of("one two\nthree four\n");
    struct prose_range range = prose_within(prose, (struct span){ 4, 15 });

    assert_int_equal(range.first, 1);
    assert_int_equal(range.end, 4);
    range = prose_within(prose, (struct span){ 5, 7 });
    assert_true(range.first == range.end);
    range = prose_within(prose, (struct span){ 900, 1000 });
    assert_true(range.first == 4 && range.end == 4);
}

static void phrases_are_whole_words_in_one_block(void **state)
{
    g_autoptr(Prose) prose = prose_of("As  well as\nthat, e.g. this and/or \"that\"\n\nend of\n\nit\n");
    guint end = prose->tokens->len;

    assert_true(prose_has(prose, 0, end, "as well as that"));
    assert_false(prose_has(prose, 0, end, "as well a"));
    assert_false(prose_has(prose, 0, 2, "as well as"));
    assert_true(prose_has(prose, 5, end, "e.g."));
    assert_true(prose_has(prose, 0, end, "as we*") && !prose_has(prose, 0, end, "a* well"));
    assert_true(prose_has(prose, 10, end, "and/or"));
    assert_false(prose_has(prose, 10, end, "and/or that"));
    assert_false(prose_has(prose, end - 2, end, "of it"));
    assert_true(token_is(prose_at(prose, 1), "well"));
    assert_false(token_is(prose_at(prose, end - 4), "that"));
}

static void a_title_is_one_paragraph(void **state)
{
    static const char *const titles[][2] = {
        { "Fast search", "fast search" },
        { "# 1. `Fast` *search*", "# n1 . 'fast' search" },
        { "- [ ] \"so\"", "- [ ] 'so'" },
        { "```x", "` ` ` x" },
        { "    indented <b>", "indented <>" },
        { "one\ntwo: three", "one two : three" },
        { "", "" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(titles); i++) {
        g_autoptr(Prose) prose = prose_parse(titles[i][0]);
        g_autofree char *seen = told(prose);
        assert_string_equal(seen, titles[i][1]);
        for (guint j = 0; j < prose->tokens->len; j++)
            if (prose_at(prose, j)->kind == TOKEN_WORD)
                assert_int_equal(g_ascii_strncasecmp(titles[i][0] + prose_at(prose, j)->span.start,
                                                     prose_at(prose, j)->text,
                                                     strlen(prose_at(prose, j)->text)),
                                 0);
    }
}

static void plain_text_has_a_block_a_line(void **state)
{
    static const char text[] = "x Given *a* \"b\nThen `c` \"d\" y";
    g_autoptr(Prose) prose = prose_plain(text, (struct span){ 2, sizeof text - 2 });
    g_autofree char *seen = told(prose);

    assert_string_equal(seen, "given * a * \" b | then ` c ` 'd'");
    assert_int_equal(prose_at(prose, 0)->span.start, 2);
}

static void stems_leave_out_what_grammar_adds(void **state)
{
    g_autoptr(Prose) prose = prose_of("The user filters and saves the filtered reports by categories\n");
    g_autoptr(Prose) other =
        prose_of("So that users are saving a report, filtering by category it stopped\n");
    g_autoptr(GHashTable) stems = prose_stems(prose, (struct prose_range){ 0, prose->tokens->len });
    g_autoptr(GHashTable) others = prose_stems(other, (struct prose_range){ 0, other->tokens->len });
    GHashTableIter each;
    gpointer key;

    assert_int_equal(g_hash_table_size(stems), 5);
    assert_int_equal(g_hash_table_size(others), 6);
    g_hash_table_iter_init(&each, stems);
    while (g_hash_table_iter_next(&each, &key, NULL))
        assert_true(g_hash_table_contains(others, key));
    assert_true(g_hash_table_contains(others, "stop"));
}

/* Quotes that never end, one kind in the other, and words without an end take no more time than others. */
static void hostile_text_takes_linear_time(void **state)
{
    static const char *const parts[] = { "\"a ",  "'a ",     "“a ‘b ",         "a's'",  "«\"‘“'a",
                                         "a'-'-", "’’a’b’c", "\"a\" 'b' “c” ", "e.g. ", "\xff\xc3" };
    gint64 start = g_get_monotonic_time();

    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autoptr(GString) text = g_string_sized_new(1 << 19);
        while (text->len < 1 << 19)
            g_string_append(text, parts[i]);
        g_autoptr(Prose) prose = prose_plain(text->str, (struct span){ 0, text->len });
        assert_true(prose->tokens->len > 0);
    }
    g_autofree char *word = g_strnfill(1 << 20, 'a'), *one = g_strconcat("it’s", word, NULL);
    g_autoptr(Prose) prose = prose_plain(one, (struct span){ 0, strlen(one) });
    assert_int_equal(strlen(prose_at(prose, 0)->text), strlen("it's") + (1 << 20));
    assert_true(g_get_monotonic_time() - start < 60 * G_USEC_PER_SEC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_numbers_and_marks_are_tokens),
        cmocka_unit_test(what_is_quoted_is_one_literal),
        cmocka_unit_test(a_single_quote_far_off_is_an_apostrophe),
        cmocka_unit_test(code_is_a_literal_and_what_is_no_prose_a_link),
        cmocka_unit_test(addresses_without_a_dot_are_links_too),
        cmocka_unit_test(tokens_know_where_they_stand),
        cmocka_unit_test(ranges_are_tokens_that_begin_in_a_span),
        cmocka_unit_test(phrases_are_whole_words_in_one_block),
        cmocka_unit_test(a_title_is_one_paragraph),
        cmocka_unit_test(plain_text_has_a_block_a_line),
        cmocka_unit_test(stems_leave_out_what_grammar_adds),
        cmocka_unit_test(hostile_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
