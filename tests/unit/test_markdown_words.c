#include "markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct markdown *parse(const char *text)
{
    return markdown_parse(text, strlen(text), 0, NULL);
}

/* What is prose, a new block on a new line. */
static char *prose_of(const struct markdown *m)
{
    GString *string = g_string_new(NULL);
    guint block = 0;

    for (guint i = 0; i < m->prose->len; i++) {
        const struct markdown_prose *prose = &g_array_index(m->prose, struct markdown_prose, i);
        if (i > 0 && prose->block != block)
            g_string_append_c(string, '\n');
        block = prose->block;
        g_string_append_printf(string, "<%.*s>", (int)span_length(prose->span), m->text + prose->span.start);
    }
    return g_string_free(string, FALSE);
}

static void assert_prose(const char *text, const char *expected)
{
    g_autoptr(Markdown) m = parse(text);
    g_autofree char *seen = prose_of(m);
    assert_string_equal(seen, expected);
}

static void code_and_html_are_no_prose(void **state)
{
    assert_prose(
        "Run `make` <b>now</b> <!-- fast --> ok\n\n    fast\n\n```\nfast\n```\n<!-- fast\nfast -->\n",
        "<Run >< ><now>< >< ok>");
}

static void link_words_are_prose_and_addresses_are_not(void **state)
{
    assert_prose("See [the *docs*](fast.html \"fast\") at http://fast.org/, www.fast.org or <a@fast.org>.\n"
                 "[http://x.org](http://x.org)\n",
                 "<See ><the ><docs>< at ><, >< or ><.>");
}

static void what_is_no_prose_has_its_place(void **state)
{
    g_autoptr(Markdown) m = parse("Run `make\n  all` &lt; <b>now</b>, see http://fast.org or [x](y).\n\n"
                                  "```\ncode\n```\n\n    code\n\n<div>\nhtml\n</div>\n\n- `list`\n");
    g_autoptr(GString) seen = g_string_new(NULL);

    for (guint i = 0; i < m->others->len; i++) {
        const struct markdown_other *other = &g_array_index(m->others, struct markdown_other, i);
        g_string_append_printf(seen, "%d%c<%.*s>", (int)other->kind, other->at.item >= 0 ? '-' : ' ',
                               (int)span_length(other->at.span), m->text + other->at.span.start);
    }
    assert_string_equal(seen->str, "0 <make\n  all>2 <&lt;>2 <<b>>2 <</b>>1 <http://fast.org>0-<list>");
}

static void each_block_has_a_number(void **state)
{
    assert_prose("# One\ntwo\nthree\n\n- four\n- five\n\n  six\n\n| a | b |\n|---|---|\n| c | |\n",
                 "<One>\n<two><three>\n<four>\n<five>\n<six>\n<a>\n<b>\n<c>");
}

static void escapes_and_entities_part_prose(void **state)
{
    assert_prose("a \\* b &lt; c ~~d~~\n", "<a ><*>< b >< c ><d>");
}

static void prose_knows_where_it_belongs(void **state)
{
    g_autoptr(Markdown) m = parse("lead\n\n# A\n- one\n  > said\n\n  1. two\n\ntail\n");
    const struct markdown_prose *prose = (const struct markdown_prose *)(gpointer)m->prose->data;

    assert_int_equal(m->prose->len, 6);
    assert_true(prose[0].section == -1 && prose[0].item == -1);
    assert_true(prose[1].section == 0 && prose[1].item == -1);
    assert_true(prose[2].section == 0 && prose[2].item == 0 && !prose[2].quoted);
    assert_true(prose[3].item == 0 && prose[3].quoted);
    assert_true(prose[4].item == 1 && !prose[4].quoted);
    assert_true(prose[5].item == -1);
}

static void links_have_destination_and_words(void **state)
{
    static const struct {
        const char *destination;
        const char *words;
    } expected[] = { { "a.md?x=1&y=2", "the *plan*" },
                     { "/ref", "b" },
                     { "mailto:bo@example.com", "bo@example.com" },
                     { "http://www.x.org", "www.x.org" },
                     { "/none", "" } };
    g_autoptr(Markdown) m =
        parse("[the *plan*](a.md?x=1&amp;y=2) [b] bo@example.com www.x.org [](/none)\n\n[b]: /ref\n");

    assert_int_equal(m->links->len, G_N_ELEMENTS(expected));
    for (guint i = 0; i < m->links->len; i++) {
        const struct markdown_link *link = &g_array_index(m->links, struct markdown_link, i);
        const char *words = i == 0 ? "the *plan" : expected[i].words;
        assert_string_equal(link->destination, expected[i].destination);
        assert_int_equal(span_length(link->text), strlen(words));
        assert_memory_equal(m->text + link->text.start, words, strlen(words));
    }
}

static void an_empty_body_has_nothing(void **state)
{
    g_autoptr(Markdown) none = markdown_parse("", 0, 0, NULL);
    g_autoptr(Markdown) blank = parse("\n \n");

    assert_true(none->readable && blank->readable);
    assert_int_equal(none->items->len + none->sections->len + none->prose->len, 0);
    assert_int_equal(blank->items->len + blank->sections->len + blank->prose->len, 0);
}

static void bytes_that_are_not_utf8_do_no_harm(void **state)
{
    g_autoptr(Markdown) m = parse("# T\xff\n- a\xc3\n- [ ] \xe2\x82\n");
    const struct markdown_item *item = &g_array_index(m->items, struct markdown_item, 1);

    assert_true(g_utf8_validate(g_array_index(m->headings, struct markdown_heading, 0).title, -1, NULL));
    assert_true(g_utf8_validate(item->plain, -1, NULL));
    assert_int_equal(span_length(item->text), 2);
}

/* Expects the text to be refused at a place, with a word in the message. */
static void assert_refused(const char *text, gsize length, guint line, guint column, const char *word)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Markdown) m = markdown_parse(text, length, 0, findings);

    assert_false(m->readable);
    assert_int_equal(m->items->len + m->headings->len + m->prose->len + m->links->len + m->fences->len, 0);
    assert_int_equal(findings->len, 1);
    const struct finding *finding = findings->pdata[0];
    assert_string_equal(finding->rule, "parse");
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    assert_int_equal(finding->at.line, line);
    assert_int_equal(finding->at.column, column);
    assert_non_null(strstr(finding->message, word));
    assert_non_null(finding->help);
}

static char *repeat(const char *what, guint times)
{
    GString *string = g_string_new(NULL);
    while (times--)
        g_string_append(string, what);
    return g_string_free(string, FALSE);
}

static void a_line_opens_32_containers_at_most(void **state)
{
    g_autofree char *quotes = repeat("> ", 32), *lists = repeat("- ", 33), *mixed = repeat("> 1. ", 17);
    g_autofree char *most = g_strconcat(quotes, "x\n", NULL);
    g_autofree char *list = g_strconcat("ok\n", lists, "x\n", NULL);
    g_autofree char *more = g_strconcat(most, "> ", quotes, "x\n", NULL);
    g_autoptr(Markdown) m = parse(most);

    assert_true(m->readable);
    assert_refused(list, strlen(list), 2, 65, "32");
    assert_refused(more, strlen(more), 2, 65, "32");
    assert_refused(mixed, strlen(mixed), 1, 81, "32");
}

static void a_long_break_opens_nothing(void **state)
{
    g_autofree char *dashes = repeat("- ", 40);
    g_autoptr(Markdown) m = parse(dashes);

    assert_true(m->readable);
    assert_int_equal(m->items->len, 0);
}

static char *nested_lists(guint depth, gboolean lazy)
{
    GString *string = g_string_new(NULL);
    for (guint i = 0; i < depth; i++)
        g_string_append_printf(string, "%*s- a\n%s", (int)(2 * i), "", lazy ? "lazy\n" : "");
    return g_string_free(string, FALSE);
}

static void items_nest_32_deep_at_most(void **state)
{
    g_autofree char *most = nested_lists(32, FALSE), *more = nested_lists(33, FALSE);
    g_autofree char *lazy = nested_lists(33, TRUE);
    g_autoptr(Markdown) m = parse(most);

    assert_int_equal(g_array_index(m->items, struct markdown_item, 31).depth, 31);
    assert_true(g_array_index(m->items, struct markdown_item, 31).exact);
    assert_refused(more, strlen(more), 33, 65, "32");
    assert_refused(lazy, strlen(lazy), 65, 65, "32");
}

static void quotes_and_lists_nest_32_deep_together(void **state)
{
    GString *string = g_string_new(NULL);
    for (guint i = 0; i < 20; i++)
        g_string_append_printf(string, "%*s- a\n", (int)(2 * i), "");
    g_autofree char *quotes = repeat("> ", 13);
    g_string_append_printf(string, "\n%*s%sx\n", 40, "", quotes);
    g_autofree char *text = g_string_free(string, FALSE);

    assert_refused(text, strlen(text), 22, 41, "32");
}

static void a_nul_byte_is_refused(void **state)
{
    assert_refused("- a\n- b\0c\n", 10, 2, 4, "NUL");
}

static void what_would_blow_up_is_refused(void **state)
{
    g_autofree char *head = repeat("|a", 2000), *line = repeat("|---", 2000), *rows = repeat("|x\n", 2000);
    g_autofree char *table = g_strconcat(head, "\n", line, "\n", rows, NULL);
    g_autofree char *address = repeat("u", 3000), *uses = repeat("[a]\n\n", 2000);
    g_autofree char *links = g_strconcat("[a]: /", address, "\n\n", uses, NULL);

    assert_refused(table, strlen(table), 1, 1, "tables");
    assert_refused(links, strlen(links), 735, 1, "links");
}

static void hostile_bodies_are_read_to_the_end(void **state)
{
    static const struct {
        const char *what;
        guint times;
    } bodies[] = { { "- ", 50000 },        { ">", 200000 },          { "[", 100000 },
                   { "```\n", 50000 },     { "- a\n", 50000 },       { "-\n", 50000 },
                   { "[a](b)\n", 20000 },  { "[a]: <b\n", 25000 },   { "![](x)\n", 20000 },
                   { "www.a.b(", 25000 },  { "http://a.b ", 20000 }, { "*a **b ", 20000 },
                   { "~> ~a", 20000 },     { "\r", 200000 },         { "=\r", 50000 },
                   { "<a b='", 30000 },    { "- ```\n", 30000 },     { "a\n-\n", 30000 },
                   { "\t- a\n\n", 20000 }, { "[a]\n", 40000 } };
    g_autofree char *deeper = nested_lists(1000, FALSE), *lazily = nested_lists(700, TRUE);

    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        g_autofree char *text = repeat(bodies[i].what, bodies[i].times);
        g_autoptr(Markdown) m = parse(text);
    }
    g_autoptr(Markdown) deep = parse(deeper);
    g_autoptr(Markdown) lazy = parse(lazily);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_and_html_are_no_prose),
        cmocka_unit_test(link_words_are_prose_and_addresses_are_not),
        cmocka_unit_test(what_is_no_prose_has_its_place),
        cmocka_unit_test(each_block_has_a_number),
        cmocka_unit_test(escapes_and_entities_part_prose),
        cmocka_unit_test(prose_knows_where_it_belongs),
        cmocka_unit_test(links_have_destination_and_words),
        cmocka_unit_test(an_empty_body_has_nothing),
        cmocka_unit_test(bytes_that_are_not_utf8_do_no_harm),
        cmocka_unit_test(a_line_opens_32_containers_at_most),
        cmocka_unit_test(a_long_break_opens_nothing),
        cmocka_unit_test(items_nest_32_deep_at_most),
        cmocka_unit_test(quotes_and_lists_nest_32_deep_together),
        cmocka_unit_test(a_nul_byte_is_refused),
        cmocka_unit_test(what_would_blow_up_is_refused),
        cmocka_unit_test(hostile_bodies_are_read_to_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
