#include "frontmatter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char help_fences[] = "put a line --- before the first key and one after the last";

static void check_block(const char *text, const char *yaml, const char *body)
{
    g_autoptr(GPtrArray) findings = findings_new();
    gsize length = strlen(text);
    g_autoptr(Frontmatter) front = frontmatter_parse(text, length, findings);

    assert_int_equal(findings->len, 0);
    assert_true(front->present);
    assert_non_null(front->root);
    assert_int_equal(front->root->kind, NODE_MAP);
    assert_int_equal(span_length(front->span), strlen(yaml));
    assert_memory_equal(text + front->span.start, yaml, strlen(yaml));
    assert_string_equal(text + front->body, body);
}

static void check_finding(const GPtrArray *findings, guint line, guint column, const char *message,
                          const char *help)
{
    assert_int_equal(findings->len, 1);
    const struct finding *finding = findings->pdata[0];
    assert_string_equal(finding->message, message);
    assert_string_equal(finding->rule, "parse");
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    assert_int_equal(finding->at.line, line);
    assert_int_equal(finding->at.column, column);
    if (help)
        assert_string_equal(finding->help, help);
}

/* yaml stands from line 2 on. */
static void check_refused(const char *yaml, guint line, guint column, const char *message)
{
    g_autofree char *text = g_strdup_printf("---\n%s---\n\nBody\n", yaml);
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Frontmatter) front = frontmatter_parse(text, strlen(text), findings);
    g_autoptr(Frontmatter) quiet = frontmatter_parse(text, strlen(text), NULL);

    check_finding(findings, line, column, message, NULL);
    assert_null(front->root);
    assert_null(quiet->root);
    assert_true(front->present);
    assert_string_equal(text + front->body, "\nBody\n");
}

static void check_unfenced(const char *text, gboolean present, gsize body, const char *message)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Frontmatter) front = frontmatter_parse(text, strlen(text), findings);

    assert_int_equal(front->present, present);
    assert_null(front->root);
    assert_int_equal(front->body, body);
    assert_int_equal(span_length(front->span), present ? body - 4 - (text[3] == '\r') : 0);
    assert_int_equal(frontmatter_extent(text, strlen(text)), 0);
    check_finding(findings, present ? 2 : 1, 1, message, help_fences);
}

/* -- where it begins and ends -- */

static void the_block_stands_between_two_lines(void **state)
{
    check_block("---\ntitle: Spoke calculator\n---\n\n## Story\n", "title: Spoke calculator\n",
                "\n## Story\n");
    check_block("---\r\nid: k7q2m\r\n---\r\nText\r\n", "id: k7q2m\r\n", "Text\r\n");
    check_block("--- \t\nid: k7q2m\n---  \nText", "id: k7q2m\n", "Text");
    check_block("---\nid: k7q2m\n---", "id: k7q2m\n", "");
}

static void an_empty_block_has_an_empty_map(void **state)
{
    check_block("---\n---\nText", "", "Text");
    check_block("---\n# nothing yet\n\n---\nText", "# nothing yet\n\n", "Text");
}

static void a_byte_order_mark_is_kept_apart(void **state)
{
    const char *text = "\xef\xbb\xbf---\r\ntitle: Größe\r\n---\r\nText";
    check_block(text, "title: Größe\r\n", "Text");
    g_autoptr(Frontmatter) front = frontmatter_parse(text, strlen(text), NULL);
    assert_true(front->bom);
    assert_int_equal(front->root->first->span.start, strlen("\xef\xbb\xbf---\r\ntitle: "));
}

static void only_a_line_of_its_own_closes(void **state)
{
    check_block("---\na: x ---\nb: |\n  ---\n  y\n---\nText\n---\n", "a: x ---\nb: |\n  ---\n  y\n",
                "Text\n---\n");
    check_refused("a: 1\n----\n", 4, 1,
                  "not valid YAML: could not find expected ':' while scanning a simple key");
}

static void a_text_without_front_matter_is_a_finding(void **state)
{
    const char *message = "expected front matter: a first line ---";
    check_unfenced("", FALSE, 0, message);
    check_unfenced("# Story\n\n---\na: 1\n---\n", FALSE, 0, message);
    check_unfenced(" ---\na: 1\n---\n", FALSE, 0, message);
    check_unfenced("\n---\na: 1\n---\n", FALSE, 0, message);
    check_unfenced("--- a: 1\n---\n", FALSE, 0, message);
    check_unfenced("--", FALSE, 0, message);
    check_unfenced("\xef\xbb\xbfText\n", FALSE, 0, message);
}

static void front_matter_that_is_not_closed_is_a_finding(void **state)
{
    const char *message = "the front matter is not closed: expected a second line ---";
    check_unfenced("---\ntitle: x\n\n## Story\n", TRUE, 23, message);
    check_unfenced("---\n", TRUE, 4, message);
    check_unfenced("---\r\na: 1\r\n ---\r\n", TRUE, 17, message);
}

static void a_lone_opening_line_without_ending_is_not_closed(void **state)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Frontmatter) front = frontmatter_parse("---", 3, findings);
    assert_true(front->present);
    assert_int_equal(front->body, 3);
    assert_int_equal(findings->len, 1);
}

static void nothing_can_be_freed(void **state)
{
    frontmatter_free(NULL);
    nodes_free(NULL);
}

static void the_extent_is_found_without_reading(void **state)
{
    const char *text = "\xef\xbb\xbf---\na: [broken\n---\r\nText";
    assert_int_equal(frontmatter_extent(text, strlen(text)), strlen(text) - 4);
    assert_int_equal(frontmatter_extent("Text", 4), 0);
}

static void a_piece_cut_anywhere_shows_no_wrong_extent(void **state)
{
    const char *text = "---\na: x\n--- y\n---  \r\nText\n---\n";
    gsize extent = (gsize)(strstr(text, "Text") - text);
    for (gsize length = 0; length <= strlen(text); length++)
        assert_int_equal(frontmatter_extent(text, length), length < extent ? 0 : extent);
}

/* -- what is refused: each with its place -- */

static void anchors_aliases_and_tags_are_refused(void **state)
{
    check_refused("title: a\nowner: &me Ana\n", 3, 8, "expected a value, saw the YAML anchor &me");
    check_refused("labels: &l\n  - a\n", 2, 9, "expected a value, saw the YAML anchor &l");
    check_refused("waive: &w {a: b}\n", 2, 8, "expected a value, saw the YAML anchor &w");
    check_refused("owner: *me\n", 2, 8, "expected a value, saw the YAML alias *me");
    check_refused("estimate: !!str 5\n", 2, 11, "expected a value, saw the YAML tag tag:yaml.org,2002:str");
    check_refused("labels: !x [a]\n", 2, 9, "expected a value, saw the YAML tag !x");
    check_refused("größe: !!map {}\n", 2, 8, "expected a value, saw the YAML tag tag:yaml.org,2002:map");
    check_refused("&root\na: 1\n", 2, 1, "expected a value, saw the YAML anchor &root");
}

static void text_of_the_file_in_a_message_is_escaped(void **state)
{
    check_refused("a: !<x%0A%1By> 1\n", 2, 4, "expected a value, saw the YAML tag x\\n\\x1by");
    check_refused("\"a\\nb\": 1\n\"a\\nb\": 2\n", 3, 1, "the key a\\nb stands twice");
}

static void directives_and_second_documents_are_refused(void **state)
{
    check_refused("%YAML 1.1\n--- # c\na: 1\n", 2, 1, "expected keys, saw a YAML directive");
    check_refused("%TAG ! tag:x,2026:\n--- # c\na: 1\n", 2, 1, "expected keys, saw a YAML directive");
    check_refused("a: 1\n--- # c\nb: 2\n", 3, 1, "expected one YAML document, saw a second");
    check_refused("--- # empty\n--- # c\nb: 2\n", 3, 1, "expected one YAML document, saw a second");
    check_refused("a: 1\n...\nb: 2\n", 4, 1, "not valid YAML: did not find expected <document start>");
}

static void keys_are_plain_words_that_stand_once(void **state)
{
    check_refused("title: a\nid: k7q2m\ntitle: b\n", 4, 1, "the key title stands twice");
    check_refused("waive: {a: x, b: y, a: z}\n", 2, 21, "the key a stands twice");
    check_refused("\"title\": a\ntitle: b\n", 3, 1, "the key title stands twice");
    check_refused("feedback:\n  - from: a\n    from: b\n", 4, 5, "the key from stands twice");
    check_refused("? title\n: a\n", 2, 3, "expected a key, saw a complex one (?)");
    check_refused("?\n  title\n: a\n", 3, 3, "expected a key, saw a complex one (?)");
    check_refused("? title\n", 2, 3, "expected a key, saw a complex one (?)");
    check_refused("a: {? b : c}\n", 2, 7, "expected a key, saw a complex one (?)");
    check_refused("[a, b]: c\n", 2, 1, "expected a key, saw a list");
    check_refused("{a: 1}: c\n", 2, 1, "expected a key, saw a map");
    check_refused("\"\": c\n", 2, 1, "expected a key, saw an empty one");
    check_refused("\"a\\0b\": c\n", 2, 1, "expected a key, saw one that holds U+0000");
    check_refused("a:\n  <<: {b: 1}\n", 3, 3, "expected a key, saw the merge key <<");
}

static void among_many_keys_a_second_one_is_found(void **state)
{
    g_autoptr(GString) yaml = g_string_new(NULL);
    for (guint i = 0; i < 500; i++)
        g_string_append_printf(yaml, "key%u: %u\n", i, i);
    g_string_append(yaml, "key123: again\n");
    check_refused(yaml->str, 502, 1, "the key key123 stands twice");
}

static void the_root_is_a_map(void **state)
{
    check_refused("- a\n", 2, 1, "expected keys and values, saw a list");
    check_refused("Just a line.\n", 2, 1, "expected keys and values, saw a value");
    check_refused("\"\"\n", 2, 1, "expected keys and values, saw a value");
    check_refused("~\n", 2, 1, "expected keys and values, saw a value");
}

static void syntax_errors_have_place_and_advice(void **state)
{
    static const struct {
        const char *yaml;
        guint line, column;
        const char *message, *help;
    } cases[] = {
        { "title: Filter: by date\n", 2, 14, "mapping values are not allowed in this context",
          "put the value in double quotes: it holds a colon and a space" },
        { "title: a\n\testimate: 5\n", 3, 1,
          "found a tab character that violates indentation while scanning a plain scalar",
          "compare the line and the one above it with refine-item(5): key: value, lists as \"  - entry\"" },
        { "title: ä\nowner: @bo\n", 3, 8,
          "found character that cannot start any token while scanning for the next token",
          "indent with spaces, not tabs, and put a value that begins with @, ` or % in double quotes" },
        { "id: k7q2m\ntitle: \"Größe\nrank: nbhm\n", 3, 8,
          "found unexpected end of stream while scanning a quoted scalar", "close the quote that is open" },
        { "labels: [a, b\nrank: nbhm\n", 2, 9,
          "did not find expected ',' or ']' while parsing a flow sequence",
          "close the bracket that is open, and put a comma between its entries" },
        { "größe: [é, ü\nrank: nbhm\n", 2, 8,
          "did not find expected ',' or ']' while parsing a flow sequence",
          "close the bracket that is open, and put a comma between its entries" },
        { "sprint: { days: 14 capacity: 30 }\n", 2, 28,
          "did not find expected ',' or '}' while parsing a flow mapping",
          "close the bracket that is open, and put a comma between its entries" },
        { "title: \"c:\\qemu\"\n", 2, 11, "found unknown escape character while parsing a quoted scalar",
          "write a backslash inside double quotes as two, or use single quotes" },
        { "title: 'it's broken'\n", 2, 12, "did not find expected key while parsing a block mapping",
          "put the whole value in one pair of quotes, or align the key with those above it" },
        { "labels:\n  - a\n estimate: 5\n", 4, 2, "did not find expected key while parsing a block mapping",
          "put the whole value in one pair of quotes, or align the key with those above it" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *message = g_strdup_printf("not valid YAML: %s", cases[i].message);
        g_autofree char *text = g_strdup_printf("---\n%s---\n", cases[i].yaml);
        g_autoptr(GPtrArray) findings = findings_new();
        g_autoptr(Frontmatter) front = frontmatter_parse(text, strlen(text), findings);
        assert_null(front->root);
        check_finding(findings, cases[i].line, cases[i].column, message, cases[i].help);
    }
}

static void characters_are_refused_before_the_parser_sees_them(void **state)
{
    check_refused("title: v\xe2\x80\xa8status: done\n", 2, 9,
                  "expected text, saw U+2028, which only some readers take for the end of a line");
    check_refused("title: a\rstatus: done\n", 2, 9,
                  "expected a line feed behind the carriage return, saw none");
    check_refused("title: Gr\xf6\xdf"
                  "e\n",
                  2, 10, "expected UTF-8 text, saw the byte 0xf6");
    check_refused("ä: \xef\xbb\xbfx\n", 2, 4, "expected text, saw the character U+FEFF");
}

static void a_conflict_is_told_instead_of_its_consequences(void **state)
{
    const char *text =
        "---\nid: k7q2m\n<<<<<<< HEAD\nestimate: 5\n=======\nestimate: 8\n>>>>>>> topic\n---\n";
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Frontmatter) front = frontmatter_parse(text, strlen(text), findings);

    assert_null(front->root);
    assert_int_equal(findings->len, 1);
    const struct finding *finding = findings->pdata[0];
    assert_string_equal(finding->rule, "conflict-marker");
    assert_int_equal(finding->at.line, 3);
}

/* -- limits -- */

static void eight_levels_are_read_and_nine_refused(void **state)
{
    check_block("---\na: [[[[[[[1]]]]]]]\n---\n", "a: [[[[[[[1]]]]]]]\n", "");
    check_refused("a: [[[[[[[[1]]]]]]]]\n", 2, 11, "nested deeper than 8 levels");
    check_refused("a:\n- - - - - - - - 1\n", 3, 15, "nested deeper than 8 levels");
    check_refused("a: {b: {c: {d: {e: {f: {g: {h: {}}}}}}}}\n", 2, 32, "nested deeper than 8 levels");
}

static char *fill(const char *yaml, gsize bytes)
{
    g_autofree char *rest = g_strnfill(bytes - strlen(yaml) - 2, 'x');
    return g_strdup_printf("%s#%s\n", yaml, rest);
}

static void sixty_four_kib_are_read_and_no_more(void **state)
{
    g_autofree char *largest = fill("id: k7q2m\n", 65536), *larger = fill("id: k7q2m\n", 65537);
    g_autofree char *text = g_strdup_printf("---\n%s---\n", largest);
    check_block(text, largest, "");
    check_refused(larger, 2, 1, "65537 bytes, over the limit of 65536");
}

static char *flow_list(guint entries)
{
    g_autoptr(GString) yaml = g_string_new("a: [");
    for (guint i = 0; i < entries; i++)
        g_string_append(yaml, i ? ",1" : "1");
    g_string_append(yaml, "]\n");
    return g_string_free(g_steal_pointer(&yaml), FALSE);
}

static void twenty_thousand_events_are_read_and_no_more(void **state)
{
    /* Two for the stream, two each for the document, the map and the list, one for the key. */
    g_autofree char *most = flow_list(19991), *more = flow_list(19992);
    g_autofree char *text = g_strdup_printf("---\n%s---\n", most);
    check_block(text, most, "");
    check_refused(more, 3, 1, "more than 20000 keys and values");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_block_stands_between_two_lines),
        cmocka_unit_test(an_empty_block_has_an_empty_map),
        cmocka_unit_test(a_byte_order_mark_is_kept_apart),
        cmocka_unit_test(only_a_line_of_its_own_closes),
        cmocka_unit_test(a_text_without_front_matter_is_a_finding),
        cmocka_unit_test(front_matter_that_is_not_closed_is_a_finding),
        cmocka_unit_test(a_lone_opening_line_without_ending_is_not_closed),
        cmocka_unit_test(nothing_can_be_freed),
        cmocka_unit_test(the_extent_is_found_without_reading),
        cmocka_unit_test(a_piece_cut_anywhere_shows_no_wrong_extent),
        cmocka_unit_test(anchors_aliases_and_tags_are_refused),
        cmocka_unit_test(text_of_the_file_in_a_message_is_escaped),
        cmocka_unit_test(directives_and_second_documents_are_refused),
        cmocka_unit_test(keys_are_plain_words_that_stand_once),
        cmocka_unit_test(among_many_keys_a_second_one_is_found),
        cmocka_unit_test(the_root_is_a_map),
        cmocka_unit_test(syntax_errors_have_place_and_advice),
        cmocka_unit_test(characters_are_refused_before_the_parser_sees_them),
        cmocka_unit_test(a_conflict_is_told_instead_of_its_consequences),
        cmocka_unit_test(eight_levels_are_read_and_nine_refused),
        cmocka_unit_test(sixty_four_kib_are_read_and_no_more),
        cmocka_unit_test(twenty_thousand_events_are_read_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
