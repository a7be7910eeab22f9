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

static const struct markdown_item *item_at(const struct markdown *m, guint index)
{
    assert_true(index < m->items->len);
    return &g_array_index(m->items, struct markdown_item, index);
}

static void assert_span(const struct markdown *m, struct span span, const char *expected)
{
    g_autofree char *seen = g_strndup(m->text + span.start, span_length(span));
    assert_string_equal(seen, expected);
}

/* An item whose bytes are known: its lines, its text, its text on one line. */
static void assert_item(const struct markdown *m, guint index, const char *lines, const char *text,
                        const char *plain)
{
    const struct markdown_item *item = item_at(m, index);
    assert_true(item->exact);
    assert_span(m, item->span, lines);
    assert_span(m, item->text, text);
    assert_string_equal(item->plain, plain);
}

static void items_know_marker_text_and_lines(void **state)
{
    g_autoptr(Markdown) m = parse("- Filters by date\n- Filters by category  \n\nThe end.\n");

    assert_int_equal(m->items->len, 2);
    assert_item(m, 0, "- Filters by date\n", "Filters by date", "Filters by date");
    assert_item(m, 1, "- Filters by category  \n", "Filters by category", "Filters by category");
    assert_int_equal(item_at(m, 1)->marker.start, 18);
    assert_int_equal(item_at(m, 1)->text.start, 20);
    assert_int_equal(item_at(m, 1)->mark, '-');
    assert_int_equal(item_at(m, 1)->parent, -1);
    assert_false(item_at(m, 1)->ordered);
    assert_int_equal(item_at(m, 1)->task, MARKDOWN_TASK_NONE);
}

static void ordered_items_have_their_number_in_the_marker(void **state)
{
    g_autoptr(Markdown) m = parse("9) open the page\n10) press save\n");

    assert_span(m, item_at(m, 0)->marker, "9)");
    assert_span(m, item_at(m, 1)->marker, "10)");
    assert_span(m, item_at(m, 1)->text, "press save");
    assert_int_equal(item_at(m, 1)->mark, ')');
    assert_true(item_at(m, 1)->ordered);
}

static void a_task_knows_the_byte_to_tick(void **state)
{
    g_autoptr(Markdown) m = parse("- [ ] sent\n- [x] read\n* [X]  kept\n- [y] no box\n- [ ]no box\n");

    assert_int_equal(item_at(m, 0)->task, MARKDOWN_TASK_UNTICKED);
    assert_int_equal(item_at(m, 0)->tick, 3);
    assert_span(m, item_at(m, 0)->text, "sent");
    assert_int_equal(item_at(m, 1)->task, MARKDOWN_TASK_TICKED);
    assert_int_equal(item_at(m, 1)->tick, 14);
    assert_int_equal(item_at(m, 2)->task, MARKDOWN_TASK_TICKED);
    assert_string_equal(item_at(m, 2)->plain, "kept");
    assert_int_equal(item_at(m, 3)->task, MARKDOWN_TASK_NONE);
    assert_string_equal(item_at(m, 3)->plain, "[y] no box");
    assert_int_equal(item_at(m, 4)->task, MARKDOWN_TASK_NONE);
}

static void empty_items_are_items(void **state)
{
    g_autoptr(Markdown) m = parse("- \n-\n- [ ]\n-   \n- last");

    assert_int_equal(m->items->len, 5);
    assert_item(m, 0, "- \n", "", "");
    assert_int_equal(item_at(m, 0)->text.start, 2);
    assert_item(m, 1, "-\n", "", "");
    assert_int_equal(item_at(m, 1)->text.start, 4);
    assert_item(m, 2, "- [ ]\n", "", "");
    assert_int_equal(item_at(m, 2)->task, MARKDOWN_TASK_UNTICKED);
    assert_int_equal(item_at(m, 2)->tick, 8);
    assert_int_equal(item_at(m, 3)->text.start, 13);
    assert_item(m, 4, "- last", "last", "last");
}

static void nested_items_know_depth_and_parent(void **state)
{
    g_autoptr(Markdown) m =
        parse("- [x] @po Which orders?\n  - 2026-11-21 Ana: all\n    1. old\n  - Bo: yes\n- next\n");

    assert_item(m, 0, "- [x] @po Which orders?\n  - 2026-11-21 Ana: all\n    1. old\n  - Bo: yes\n",
                "@po Which orders?", "@po Which orders?");
    assert_item(m, 1, "  - 2026-11-21 Ana: all\n    1. old\n", "2026-11-21 Ana: all", "2026-11-21 Ana: all");
    assert_int_equal(item_at(m, 1)->depth, 1);
    assert_int_equal(item_at(m, 1)->parent, 0);
    assert_int_equal(item_at(m, 1)->indent, 2);
    assert_int_equal(item_at(m, 2)->depth, 2);
    assert_int_equal(item_at(m, 2)->parent, 1);
    assert_int_equal(item_at(m, 3)->parent, 0);
    assert_int_equal(item_at(m, 3)->list, item_at(m, 1)->list);
    assert_int_equal(item_at(m, 4)->depth, 0);
}

static void items_can_begin_on_one_line(void **state)
{
    g_autoptr(Markdown) m = parse("- 1. first\n  2. second\n");

    assert_item(m, 0, "- 1. first\n  2. second\n", "", "");
    assert_item(m, 1, "- 1. first\n", "first", "first");
    assert_int_equal(item_at(m, 1)->indent, 2);
    assert_item(m, 2, "  2. second\n", "second", "second");
}

static void a_loose_list_leaves_its_blank_lines_outside(void **state)
{
    g_autoptr(Markdown) m = parse("- one\n\n  still one\n\n\n- two\n\n\nText.\n");

    assert_item(m, 0, "- one\n\n  still one\n", "one", "one");
    assert_item(m, 1, "- two\n", "two", "two");
}

static void another_marker_makes_another_list(void **state)
{
    g_autoptr(Markdown) m = parse("- a\n* b\n+ c\n1. d\n1) e\n");

    for (guint i = 0; i < 5; i++) {
        assert_int_equal(item_at(m, i)->list, i);
        assert_int_equal(item_at(m, i)->depth, 0);
    }
}

static void a_comment_between_items_belongs_to_none(void **state)
{
    g_autoptr(Markdown) m =
        parse("<!-- AC:BEGIN -->\n- [ ] #1 one\n<!-- - [ ] no -->\n- [x] #2 two\n<!-- AC:END -->\n");

    assert_int_equal(m->items->len, 2);
    assert_item(m, 0, "- [ ] #1 one\n", "#1 one", "#1 one");
    assert_item(m, 1, "- [x] #2 two\n", "#2 two", "#2 two");
}

static void continuation_lines_are_joined(void **state)
{
    g_autoptr(Markdown) m = parse("- Given 10,000 results  \n  when a range\n\tis set\n- lazy\nline\n");

    assert_item(m, 0, "- Given 10,000 results  \n  when a range\n\tis set\n",
                "Given 10,000 results  \n  when a range\n\tis set",
                "Given 10,000 results when a range is set");
    assert_item(m, 1, "- lazy\nline\n", "lazy\nline", "lazy line");
}

static void text_keeps_its_markup(void **state)
{
    g_autoptr(Markdown) m =
        parse("- shows **\"No `x`\"** &amp; [help](u \"t\n  t\") \n- <b>bold</b>\n- ![](shot.png)\n");

    assert_item(m, 0, "- shows **\"No `x`\"** &amp; [help](u \"t\n  t\") \n",
                "shows **\"No `x`\"** &amp; [help](u \"t\n  t\")",
                "shows **\"No `x`\"** &amp; [help](u \"t t\")");
    assert_string_equal(item_at(m, 1)->plain, "<b>bold</b>");
    assert_item(m, 2, "- ![](shot.png)\n", "![](shot.png)", "![](shot.png)");
}

static void code_in_an_item_belongs_to_it(void **state)
{
    g_autoptr(Markdown) m = parse("- run\n\n      - not an item\n\n  ```\n  - nor this\n\n  ```\n- next\n");

    assert_int_equal(m->items->len, 2);
    assert_item(m, 0, "- run\n\n      - not an item\n\n  ```\n  - nor this\n\n  ```\n", "run", "run");
    assert_item(m, 1, "- next\n", "next", "next");
}

static void an_item_that_begins_otherwise_has_no_text(void **state)
{
    g_autoptr(Markdown) m =
        parse("- # Title\n  words\n-     code\n- ***\n- ```\n  x\n  ```\n- <!-- c -->\n- > said\n");

    assert_int_equal(m->items->len, 6);
    for (guint i = 0; i < 6; i++) {
        assert_true(item_at(m, i)->exact);
        assert_true(span_is_empty(item_at(m, i)->text));
        assert_string_equal(item_at(m, i)->plain, "");
    }
    assert_span(m, item_at(m, 3)->span, "- ```\n  x\n  ```\n");
}

static void text_may_begin_on_the_next_line(void **state)
{
    g_autoptr(Markdown) m = parse("-\n  late\n- [ ]\n  later\n");

    assert_item(m, 0, "-\n  late\n", "late", "late");
    assert_item(m, 1, "- [ ]\n  later\n", "later", "later");
}

static void two_blank_lines_end_an_empty_item(void **state)
{
    g_autoptr(Markdown) m = parse("-\n\n  outside\n");

    assert_item(m, 0, "-\n", "", "");
    assert_int_equal(g_array_index(m->prose, struct markdown_prose, 0).item, -1);
}

static void tabs_stand_for_columns(void **state)
{
    g_autoptr(Markdown) m = parse("-\tone\n\n\ttwo\n\n\t-\tthree\n\t  four\n1.\t[ ] five\n");

    assert_item(m, 0, "-\tone\n\n\ttwo\n\n\t-\tthree\n\t  four\n", "one", "one");
    assert_item(m, 1, "\t-\tthree\n\t  four\n", "three\n\t  four", "three four");
    assert_int_equal(item_at(m, 1)->indent, 1);
    assert_int_equal(item_at(m, 2)->task, MARKDOWN_TASK_UNTICKED);
    assert_span(m, item_at(m, 2)->text, "five");
}

static void crlf_is_one_line_ending(void **state)
{
    g_autoptr(Markdown) m = parse("- one\r\n  more\r\n\r\n- [ ] two\r\n  - three\r\n");

    assert_item(m, 0, "- one\r\n  more\r\n", "one\r\n  more", "one more");
    assert_item(m, 1, "- [ ] two\r\n  - three\r\n", "two", "two");
    assert_item(m, 2, "  - three\r\n", "three", "three");
}

static void a_lone_cr_ends_a_line(void **state)
{
    g_autoptr(Markdown) m = parse("- one\r- two\r  more\r\rText\n- three");

    assert_item(m, 0, "- one\r", "one", "one");
    assert_item(m, 1, "- two\r  more\r", "two\r  more", "two more");
    assert_item(m, 2, "- three", "three", "three");
}

static void the_last_line_needs_no_ending(void **state)
{
    static const char *const texts[] = { "- one\n- [x] two", "- one\n- [x] two\n" };

    for (int i = 0; i < 2; i++) {
        g_autoptr(Markdown) m = parse(texts[i]);
        assert_string_equal(item_at(m, 1)->plain, "two");
        assert_int_equal(item_at(m, 1)->span.end, strlen(texts[i]));
        assert_int_equal(item_at(m, 1)->tick, 9);
    }
}

static void what_follows_the_text_is_not_read(void **state)
{
    g_autoptr(Markdown) m = markdown_parse("- [ ]    x - y", 5, 0, NULL);

    assert_int_equal(m->items->len, 1);
    assert_int_equal(item_at(m, 0)->span.end, 5);
    assert_int_equal(item_at(m, 0)->text.end, 5);
}

static void spans_count_bytes(void **state)
{
    g_autoptr(Markdown) m = parse("- Größe — über 5 €\n- 日本語\n  - 😀 ok\n");

    assert_item(m, 0, "- Größe — über 5 €\n", "Größe — über 5 €", "Größe — über 5 €");
    assert_item(m, 1, "- 日本語\n  - 😀 ok\n", "日本語", "日本語");
    assert_item(m, 2, "  - 😀 ok\n", "😀 ok", "😀 ok");
}

static void a_bom_is_before_the_first_line(void **state)
{
    g_autoptr(Markdown) m = parse("\xef\xbb\xbf- one\n");

    assert_int_equal(item_at(m, 0)->span.start, 3);
    assert_int_equal(item_at(m, 0)->indent, 0);
    assert_span(m, item_at(m, 0)->text, "one");
}

static void offsets_are_of_the_whole_text(void **state)
{
    static const char text[] = "---\ntitle: x\nlabels:\n- a\n---\n- [ ] one\n";
    g_autoptr(Markdown) m = markdown_parse(text, strlen(text), 29, NULL);

    assert_int_equal(m->items->len, 1);
    assert_item(m, 0, "- [ ] one\n", "one", "one");
    assert_int_equal(item_at(m, 0)->span.start, 29);
    assert_int_equal(item_at(m, 0)->tick, 32);
}

static void breaks_are_not_items(void **state)
{
    g_autoptr(Markdown) m = parse("* one\n* * *\n* two\n- - -\n---\n- three\n- - four\n");

    assert_int_equal(m->items->len, 5);
    assert_item(m, 0, "* one\n", "one", "one");
    assert_item(m, 1, "* two\n", "two", "two");
    assert_item(m, 2, "- three\n", "three", "three");
    assert_item(m, 4, "- - four\n", "four", "four");
}

static void some_markers_cannot_end_a_paragraph(void **state)
{
    g_autoptr(Markdown) m = parse("The year\n2026. Was good.\n+\nfine\n1. one\n- [l](/u '\n  2. x')\n");

    assert_int_equal(m->items->len, 2);
    assert_item(m, 0, "1. one\n", "one", "one");
    assert_item(m, 1, "- [l](/u '\n  2. x')\n", "[l](/u '\n  2. x')", "[l](/u ' 2. x')");
}

static void items_in_quotes_do_not_count(void **state)
{
    g_autoptr(Markdown) m = parse("> - quoted\n> - too\n\n- ours\n  > 1. theirs\n- [ ] next\n");

    assert_int_equal(m->items->len, 2);
    assert_item(m, 0, "- ours\n  > 1. theirs\n", "ours", "ours");
    assert_item(m, 1, "- [ ] next\n", "next", "next");
    assert_int_equal(item_at(m, 1)->task, MARKDOWN_TASK_UNTICKED);
}

static void a_task_behind_a_quote_is_a_task(void **state)
{
    g_autoptr(Markdown) m = parse("- said\n  > yes\n- [x] done\n");

    assert_int_equal(item_at(m, 1)->task, MARKDOWN_TASK_TICKED);
    assert_span(m, item_at(m, 1)->text, "done");
    assert_span(m, g_array_index(m->prose, struct markdown_prose, 2).span, "done");
}

static void a_link_definition_before_text_leaves_the_place_open(void **state)
{
    g_autoptr(Markdown) m = parse("- [a]: /b\n  text\n- plain\n- c\n\n  [d]: /e\n- f\n");

    assert_false(item_at(m, 0)->exact);
    assert_int_equal(item_at(m, 0)->span.end, 0);
    assert_item(m, 1, "- plain\n", "plain", "plain");
    assert_item(m, 2, "- c\n\n  [d]: /e\n", "c", "c");
    assert_item(m, 3, "- f\n", "f", "f");
}

static void after_a_lost_item_places_are_found_again(void **state)
{
    /* md4c overlooks the code that begins in the second line, as it does not see that the item ended. */
    g_autoptr(Markdown) m = parse("- ```\n`- ``\n\nText.\n\n- found\n");

    assert_false(item_at(m, 0)->exact);
    assert_item(m, m->items->len - 1, "- found\n", "found", "found");
}

static void items_know_their_section(void **state)
{
    g_autoptr(Markdown) m = parse("- before\n\n# A\n- one\n\n## B\n- two\n");

    assert_int_equal(item_at(m, 0)->section, -1);
    assert_int_equal(item_at(m, 1)->section, 0);
    assert_int_equal(item_at(m, 2)->section, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_know_marker_text_and_lines),
        cmocka_unit_test(ordered_items_have_their_number_in_the_marker),
        cmocka_unit_test(a_task_knows_the_byte_to_tick),
        cmocka_unit_test(empty_items_are_items),
        cmocka_unit_test(nested_items_know_depth_and_parent),
        cmocka_unit_test(items_can_begin_on_one_line),
        cmocka_unit_test(a_loose_list_leaves_its_blank_lines_outside),
        cmocka_unit_test(another_marker_makes_another_list),
        cmocka_unit_test(a_comment_between_items_belongs_to_none),
        cmocka_unit_test(continuation_lines_are_joined),
        cmocka_unit_test(text_keeps_its_markup),
        cmocka_unit_test(code_in_an_item_belongs_to_it),
        cmocka_unit_test(an_item_that_begins_otherwise_has_no_text),
        cmocka_unit_test(text_may_begin_on_the_next_line),
        cmocka_unit_test(two_blank_lines_end_an_empty_item),
        cmocka_unit_test(tabs_stand_for_columns),
        cmocka_unit_test(crlf_is_one_line_ending),
        cmocka_unit_test(a_lone_cr_ends_a_line),
        cmocka_unit_test(the_last_line_needs_no_ending),
        cmocka_unit_test(what_follows_the_text_is_not_read),
        cmocka_unit_test(spans_count_bytes),
        cmocka_unit_test(a_bom_is_before_the_first_line),
        cmocka_unit_test(offsets_are_of_the_whole_text),
        cmocka_unit_test(breaks_are_not_items),
        cmocka_unit_test(some_markers_cannot_end_a_paragraph),
        cmocka_unit_test(items_in_quotes_do_not_count),
        cmocka_unit_test(a_task_behind_a_quote_is_a_task),
        cmocka_unit_test(a_link_definition_before_text_leaves_the_place_open),
        cmocka_unit_test(after_a_lost_item_places_are_found_again),
        cmocka_unit_test(items_know_their_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
