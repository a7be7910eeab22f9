#include "nodes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Writes node as KIND(text at its span), children within, so that a test shows all spans of a tree at a
 * glance. */
static void show(GString *out, const char *text, const struct node *node)
{
    static const char *const styles[] = { "plain", "single", "double", "literal", "folded", "block", "flow" };

    if (node->key)
        g_string_append_printf(out, "%.*s=", (int)span_length(node->key->span), text + node->key->span.start);
    g_string_append(out, styles[node->style]);
    if (node->kind == NODE_SCALAR) {
        g_string_append_printf(out, "<%.*s>", (int)span_length(node->span), text + node->span.start);
        return;
    }
    g_string_append(out, node->kind == NODE_MAP ? "{" : "[");
    for (const struct node *child = node->first; child; child = child->next) {
        g_string_append(out, child == node->first ? "" : " ");
        show(out, text, child);
    }
    g_string_append(out, node->kind == NODE_MAP ? "}" : "]");
}

static struct nodes *parse(const char *text)
{
    g_autoptr(GPtrArray) findings = findings_new();
    struct nodes *nodes = nodes_parse(text, strlen(text), (struct span){ 0, strlen(text) }, findings);
    assert_int_equal(findings->len, 0);
    assert_non_null(nodes->root);
    return nodes;
}

static void check_tree(const char *text, const char *expected)
{
    g_autoptr(Nodes) nodes = parse(text);
    g_autoptr(GString) out = g_string_new(NULL);
    show(out, text, nodes->root);
    assert_string_equal(out->str, expected);
}

static void check_text(const char *text, const char *expected)
{
    g_autoptr(Nodes) nodes = parse(text);
    const struct node *value = nodes->root->first;
    assert_non_null(value);
    assert_string_equal(value->text, expected);
    assert_int_equal(value->length, strlen(expected));
}

/* The value of the first key is a collection that spans just this. */
static void check_span(const char *text, const char *expected)
{
    g_autoptr(Nodes) nodes = parse(text);
    const struct span span = nodes->root->first->span;
    g_autofree char *seen = g_strndup(text + span.start, span_length(span));
    assert_string_equal(seen, expected);
}

static void check_empty_at(const char *text, const char *key, gsize offset)
{
    g_autoptr(Nodes) nodes = parse(text);
    const struct node *map = nodes->root, *value = node_find(map, key);
    if (!value)
        value = node_find(map->first, key);
    assert_non_null(value);
    assert_int_equal(value->span.start, offset);
    assert_int_equal(value->span.end, offset);
    assert_true(node_is_null(value));
}

static void spans_of_scalars_are_what_stands_there(void **state)
{
    check_tree("title: Spoke calculator\nid: k7q2m\n",
               "block{title=plain<Spoke calculator> id=plain<k7q2m>}");
    check_tree("a: 'it''s'\nb: \"q \\u00e9\"\n", "block{a=single<'it''s'> b=double<\"q \\u00e9\">}");
    check_tree("a:   x y  \nb: z # why\nc: z#y\n", "block{a=plain<x y> b=plain<z> c=plain<z#y>}");
    check_tree("'a': x\n\"b\" : y\n", "block{'a'=plain<x> \"b\"=plain<y>}");
    check_tree("a: x", "block{a=plain<x>}");
}

static void spans_leave_crlf_outside(void **state)
{
    check_tree("a: x\r\nb: 'y'\r\nc: |\r\n  m\r\n  n\r\n\r\nd:\r\n  - z\r\n",
               "block{a=plain<x> b=single<'y'> c=literal<|\r\n  m\r\n  n> d=block[plain<z>]}");
}

static void spans_are_bytes_where_characters_have_several(void **state)
{
    check_tree("größe: 28 × 1⅜ # Zoll\nüber: \"🚲\"\nende: 'é'\n",
               "block{größe=plain<28 × 1⅜> über=double<\"🚲\"> ende=single<'é'>}");
    check_tree("a: [é, ü]\nb: {ß: ×, ö: [–]}\n",
               "block{a=flow[plain<é> plain<ü>] b=flow{ß=plain<×> ö=flow[plain<–>]}}");
}

static void scalars_of_several_lines_end_with_their_last_word(void **state)
{
    check_tree("a: one\n  two\n\n  three\n\n# c\nb: x\n", "block{a=plain<one\n  two\n\n  three> b=plain<x>}");
    check_tree("a: \"one\n  two\"\nb: 'x\n  y' # c\n", "block{a=double<\"one\n  two\"> b=single<'x\n  y'>}");
}

static void block_scalars_end_with_their_last_line_that_is_not_blank(void **state)
{
    check_tree("a: |\n  x\n\n  y\n\n\nb: 1\n", "block{a=literal<|\n  x\n\n  y> b=plain<1>}");
    check_tree("a: >-\n  x\n  y  \nb: 1\n", "block{a=folded<>-\n  x\n  y  > b=plain<1>}");
    check_tree("a: |+\n  x\n\n\nb: 1\n", "block{a=literal<|+\n  x> b=plain<1>}");
    check_tree("a: | # why\n  x\n# c\nb: 1\n", "block{a=literal<| # why\n  x> b=plain<1>}");
    check_tree("a: |\n\n\nb: | # c\nc: 1\n", "block{a=literal<|> b=literal<| # c> c=plain<1>}");
    check_tree("a:\n  - |\n    x\n  - y\n", "block{a=block[literal<|\n    x> plain<y>]}");
    check_tree("a: |2-\n   x\n", "block{a=literal<|2-\n   x>}");
}

static void text_is_decoded(void **state)
{
    check_text("a: 'it''s'\n", "it's");
    check_text("a: \"\\u00e9\\t\\\"\\\\\"\n", "é\t\"\\");
    check_text("a: one\n  two\n\n  three\n", "one two\nthree");
    check_text("a: |\n  x\n\n  y\n\n", "x\n\ny\n");
    check_text("a: |-\n  x\n   y\n", "x\n y");
    check_text("a: |+\n  x\n\n\nb: 1\n", "x\n\n\n");
    check_text("a: >\n  x\n  y\n", "x y\n");
    check_text("a: |\r\n  x\r\n  y\r\n", "x\ny\n");
    check_text("a: \"\"\n", "");
    check_text("a: x # y\n", "x");
}

static void text_can_hold_nul(void **state)
{
    g_autoptr(Nodes) nodes = parse("a: \"x\\0y\"\n");
    assert_int_equal(nodes->root->first->length, 3);
    assert_memory_equal(nodes->root->first->text, "x\0y", 4);
}

static void lists_are_read_in_every_style(void **state)
{
    check_tree("labels:\n  - a\n  - b # c\n", "block{labels=block[plain<a> plain<b>]}");
    check_tree("labels:\n- a\n- b\nid: x\n", "block{labels=block[plain<a> plain<b>] id=plain<x>}");
    check_tree("labels: [a, 'b', \"c\",]\n", "block{labels=flow[plain<a> single<'b'> double<\"c\">]}");
    check_tree("a: []\nb: [ ]\nc: {}\n", "block{a=flow[] b=flow[] c=flow{}}");
    check_tree("a:\n  - - p\n    - q\n  -\n    - r\n",
               "block{a=block[block[plain<p> plain<q>] block[plain<r>]]}");
    check_tree("feedback:\n  - from: a\n    on: 2026-11-20\n  - from: b\n",
               "block{feedback=block[block{from=plain<a> on=plain<2026-11-20>} block{from=plain<b>}]}");
    check_tree("a: [{k: v}, m: n , [x]]\n",
               "block{a=flow[flow{k=plain<v>} flow{m=plain<n>} flow[plain<x>]]}");
}

static void collections_span_brackets_or_end_with_their_last_scalar(void **state)
{
    check_span("labels:\n  - a\n  - b\n\n# c\nid: x\n", "- a\n  - b");
    check_span("labels: [\n  a, # c\n  b\n] # d\n", "[\n  a, # c\n  b\n]");
    check_span("waive: { a: b } # c\n", "{ a: b }");
    check_span("waive:\n  a: b\n  c: {d: e} # c\n", "a: b\n  c: {d: e}");
    check_span("a:\n  - x\n  -\nb: 1\n", "- x\n  -");
}

static void the_map_of_one_pair_has_no_brackets_of_its_own(void **state)
{
    const char *text = "a: [m: n # c\n , x]\n";
    g_autoptr(Nodes) nodes = parse(text);
    const struct node *pair = nodes->root->first->first;
    assert_int_equal(pair->kind, NODE_MAP);
    assert_int_equal(pair->span.start, 4);
    assert_int_equal(span_length(pair->span), strlen("m: n"));
}

static void an_empty_value_is_an_empty_span_behind_its_colon(void **state)
{
    check_empty_at("goal:\nid: x\n", "goal", 5);
    check_empty_at("goal: # none yet\nid: x\n", "goal", 5);
    check_empty_at("goal:", "goal", 5);
    check_empty_at("größe: \r\n", "größe", strlen("größe:"));
    check_empty_at("waive:\n  a:\n  b: x\n", "a", 11);
}

static void between_brackets_an_empty_value_stands_before_what_follows(void **state)
{
    check_empty_at("waive: {a: , b: x}\n", "a", 11);
    check_empty_at("waive: {b: x, a: }\n", "a", 17);
    check_empty_at("waive: {a, b}\n", "a", 9);
}

static void an_empty_entry_stands_behind_its_dash(void **state)
{
    g_autoptr(Nodes) nodes = parse("a:\n  -\n  - x\n");
    assert_int_equal(nodes->root->first->first->span.start, 6);
    assert_true(span_is_empty(nodes->root->first->first->span));
}

static void comments_and_blank_lines_are_no_nodes(void **state)
{
    check_tree("# top\n\na: 1 # one\n  # indented\nb:\n  # in a list\n  - x\n\n# end\n",
               "block{a=plain<1> b=block[plain<x>]}");
    check_tree("", "block{}");
    check_tree("\n# nothing\n", "block{}");
}

static void an_empty_map_stands_at_the_end(void **state)
{
    g_autoptr(Nodes) nodes = parse("# nothing\n");
    assert_int_equal(nodes->root->style, STYLE_BLOCK);
    assert_int_equal(nodes->root->span.start, 10);
    assert_int_equal(nodes->root->span.end, 10);
}

static void a_document_may_have_its_markers(void **state)
{
    check_tree("---\na: 1\n", "block{a=plain<1>}");
    check_tree("--- # c\na: 1\n...\n", "block{a=plain<1>}");
    check_tree("--- {a: 1}\n", "flow{a=plain<1>}");
    check_tree("---\n", "block{}");
    check_tree("  a: 1\n  b: 2\n", "block{a=plain<1> b=plain<2>}");
}

static void only_the_block_is_read(void **state)
{
    const char *text = "}{ ü\nid: ü\n}{";
    struct span block = { strlen("}{ ü\n"), strlen("}{ ü\nid: ü\n") };
    g_autoptr(Nodes) nodes = nodes_parse(text, strlen(text), block, NULL);
    assert_non_null(nodes->root);
    assert_int_equal(nodes->root->first->key->span.start, block.start);
    assert_int_equal(nodes->root->first->span.start, block.start + 4);
    assert_int_equal(nodes->root->first->span.end, block.end - 1);
}

static void many_nodes_keep_their_places(void **state)
{
    g_autoptr(GString) yaml = g_string_new("labels:\n");
    for (guint i = 0; i < 1000; i++)
        g_string_append_printf(yaml, "  - größe%03u\n", i);
    g_autoptr(Nodes) nodes = parse(yaml->str);
    const struct node *entry = nodes->root->first->first;

    assert_int_equal(nodes->root->first->count, 1000);
    for (guint i = 0; i < 1000; i++, entry = entry->next) {
        g_autofree char *expected = g_strdup_printf("größe%03u", i);
        assert_string_equal(entry->text, expected);
        assert_memory_equal(yaml->str + entry->span.start, expected, strlen(expected));
    }
    assert_null(entry);
}

static void values_are_found_by_key(void **state)
{
    g_autoptr(Nodes) nodes = parse("title: a\nwaive: {x: y}\n");
    assert_string_equal(node_find(nodes->root, "title")->text, "a");
    assert_string_equal(node_find(nodes->root, "title")->key->text, "title");
    assert_string_equal(node_find(node_find(nodes->root, "waive"), "x")->text, "y");
    assert_null(node_find(nodes->root, "Title"));
    assert_null(node_find(nodes->root, "x"));
    assert_null(node_find(NULL, "x"));
    assert_null(node_find(node_find(nodes->root, "title"), "x"));
}

static void null_is_written_in_several_ways(void **state)
{
    g_autoptr(Nodes) nodes =
        parse("a:\nb: ~\nc: null\nd: NULL\ne: ''\nf: \"~\"\ng: 'null'\nh: no\ni: []\nj: |\n");
    const char *const nulls[] = { "a", "b", "c", "d" }, *const values[] = { "e", "f", "g", "h", "i", "j" };

    for (guint i = 0; i < G_N_ELEMENTS(nulls); i++)
        assert_true(node_is_null(node_find(nodes->root, nulls[i])));
    for (guint i = 0; i < G_N_ELEMENTS(values); i++)
        assert_false(node_is_null(node_find(nodes->root, values[i])));
    assert_true(node_is_null(NULL));
}

static void check_equal(const char *a, const char *b, gboolean expected)
{
    g_autoptr(Nodes) left = parse(a), right = parse(b);
    assert_int_equal(node_equal(left->root, right->root), expected);
    assert_int_equal(node_equal(right->root, left->root), expected);
}

static void trees_are_equal_whatever_their_style(void **state)
{
    check_equal("a: x\nb: [y]\n", "# c\n{ 'a': \"x\", b: [ 'y' ] }\n", TRUE);
    check_equal("a: x\nb: y\n", "b: y\na: x\n", FALSE);
    check_equal("a: x\n", "a: y\n", FALSE);
    check_equal("a: x\n", "b: x\n", FALSE);
    check_equal("a: [x]\n", "a: [x, y]\n", FALSE);
    check_equal("a: [x, y]\n", "a: {x: y}\n", FALSE);
    check_equal("a: \"x\\0y\"\n", "a: \"x\\0z\"\n", FALSE);
    check_equal("a: ''\n", "a: []\n", FALSE);
    assert_true(node_equal(NULL, NULL));
    g_autoptr(Nodes) nodes = parse("a: x\n");
    assert_false(node_equal(nodes->root, NULL));
    assert_false(node_equal(NULL, nodes->root));
}

static void kinds_have_names(void **state)
{
    assert_string_equal(node_kind_name(NODE_SCALAR), "a value");
    assert_string_equal(node_kind_name(NODE_SEQUENCE), "a list");
    assert_string_equal(node_kind_name(NODE_MAP), "a map");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_of_scalars_are_what_stands_there),
        cmocka_unit_test(spans_leave_crlf_outside),
        cmocka_unit_test(spans_are_bytes_where_characters_have_several),
        cmocka_unit_test(scalars_of_several_lines_end_with_their_last_word),
        cmocka_unit_test(block_scalars_end_with_their_last_line_that_is_not_blank),
        cmocka_unit_test(text_is_decoded),
        cmocka_unit_test(text_can_hold_nul),
        cmocka_unit_test(lists_are_read_in_every_style),
        cmocka_unit_test(collections_span_brackets_or_end_with_their_last_scalar),
        cmocka_unit_test(the_map_of_one_pair_has_no_brackets_of_its_own),
        cmocka_unit_test(an_empty_value_is_an_empty_span_behind_its_colon),
        cmocka_unit_test(between_brackets_an_empty_value_stands_before_what_follows),
        cmocka_unit_test(an_empty_entry_stands_behind_its_dash),
        cmocka_unit_test(comments_and_blank_lines_are_no_nodes),
        cmocka_unit_test(an_empty_map_stands_at_the_end),
        cmocka_unit_test(a_document_may_have_its_markers),
        cmocka_unit_test(only_the_block_is_read),
        cmocka_unit_test(many_nodes_keep_their_places),
        cmocka_unit_test(values_are_found_by_key),
        cmocka_unit_test(null_is_written_in_several_ways),
        cmocka_unit_test(trees_are_equal_whatever_their_style),
        cmocka_unit_test(kinds_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
