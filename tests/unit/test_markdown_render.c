#include "markdown_render.h"

#include "plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PLAIN (&(const struct styled_look){ 0 })
#define NARROW (&(const struct styled_look){ .width = 30 })
#define DRAWN (&(const struct styled_look){ .width = 30, .utf8 = TRUE })
#define COLOR (&(const struct styled_look){ .color = TRUE })
#define LINKS (&(const struct styled_look){ .color = TRUE, .links = TRUE })

static const char *sample; /* folder */

static void check(const struct styled_look *look, const char *text, const char *expected)
{
    g_autoptr(GString) out = g_string_new(NULL);
    assert_true(markdown_render(out, text, strlen(text), 0, look));
    assert_string_equal(out->str, expected);
}

static void check_refused(const char *text)
{
    g_autoptr(GString) out = g_string_new("before");
    assert_false(markdown_render(out, text, strlen(text), 0, COLOR));
    assert_string_equal(out->str, "before");
}

static void headings_are_marked_or_bold(void **state)
{
    static const char *const text = "# One\n\nTwo\n---\ntext\n\n### Three\n\n- a\n";
    check(PLAIN, text, "# One\n\n## Two\n\ntext\n\n### Three\n\n- a\n");
    check(COLOR, text, "\x1b[1m\x1b[4mOne\x1b[m\n\x1b[1mTwo\x1b[m\ntext\n\n\x1b[4mThree\x1b[m\n- a\n");
}

static void paragraphs_are_set_anew(void **state)
{
    check(NARROW, "Filter search results\nby date and category.\nAlso\tby price.  \nHard\\\nbreak",
          "Filter search results by date\nand category. Also by price.\nHard\nbreak\n");
    check(PLAIN, "one\ntwo\n\n\n\nthree\n", "one two\n\nthree\n");
    check(PLAIN, "", "");
}

static void prose_is_no_wider_than_is_read_well(void **state)
{
    g_autofree char *words = g_strnfill(300, 'a'), *ruler = g_strnfill(100, 'a');
    for (gsize i = 4; i < 300; i += 5)
        words[i] = ' ';
    for (gsize i = 4; i < 100; i += 5)
        ruler[i] = ' ';
    g_autoptr(GString) out = g_string_new(NULL);
    assert_true(markdown_render(out, words, 300, 0, &(const struct styled_look){ .width = 200 }));
    ruler[99] = '\n';
    assert_true(g_str_has_prefix(out->str, ruler));
}

static void emphasis_is_a_style_or_its_mark(void **state)
{
    static const char *const text = "*a* **b _c_** ~~d~~ `e f`";
    check(PLAIN, text, "*a* **b *c*** ~~d~~ `e f`\n");
    check(COLOR, text,
          "\x1b[3ma\x1b[m \x1b[1mb \x1b[m\x1b[1m\x1b[3mc\x1b[m \x1b[9md\x1b[m \x1b[36me f\x1b[m\n");
}

static void lists_keep_their_nesting_and_numbers(void **state)
{
    static const char *const text =
        "* one with words that go on and on\n* two\n    1. deep\n    2. deeper\n\n"
        "3) three\n\n   more\n\n4) four\n-\n";
    check(NARROW, text,
          "- one with words that go on\n  and on\n- two\n  1. deep\n  2. deeper\n\n"
          "3) three\n\n   more\n\n4) four\n\n-\n");
    check(DRAWN, text,
          "• one with words that go on\n  and on\n• two\n  1. deep\n  2. deeper\n\n"
          "3) three\n\n   more\n\n4) four\n\n•\n");
}

static void tasks_are_boxes(void **state)
{
    static const char *const text = "- [ ] open\n- [x] done\n\n1. [X] first\n";
    check(PLAIN, text, "- [ ] open\n- [x] done\n\n1. [x] first\n");
    check(NARROW, "- [ ] a task that is longer than a line\n  - below\n",
          "- [ ] a task that is longer\n  than a line\n  - below\n");
    check(DRAWN, text, "☐ open\n☑ done\n\n1. ☑ first\n");
    check(COLOR, text, "- [ ] open\n- \x1b[32m[x] \x1b[mdone\n\n1. \x1b[32m[x] \x1b[mfirst\n");
}

static void quotes_stand_behind_a_line(void **state)
{
    static const char *const text =
        "> Customers find what they bought\n> without us\n>\n> - so\n>   > or so\n";
    check(NARROW, text, "> Customers find what they\n> bought without us\n>\n> - so\n>   > or so\n");
    check(DRAWN, text, "│ Customers find what they\n│ bought without us\n│\n│ • so\n│   │ or so\n");
}

static void code_is_never_broken(void **state)
{
    static const char *const text = "See `git log --oneline --graph --all` now.\n\n```sh\n"
                                    "git log --oneline --graph --all # words\n\tindented\n\n```\n\n    old\n";
    check(NARROW, text,
          "See\n`git log --oneline --graph\n--all` now.\n\n    git log --oneline --graph --all # words\n"
          "        indented\n\n\n    old\n");
    check(COLOR, "~~~\na\n~~~\n", "    \x1b[36ma\x1b[m\n");
    check(PLAIN, "```sh title=\"a b\"\nls\n```\n", "sh title=\"a b\"\n    ls\n");
}

static void scenarios_show_their_keywords(void **state)
{
    check(COLOR, "```gherkin\n@slow\nScenario: None\n  Given no order\n  # why\n  Givenchy\n```\n",
          "    \x1b[2m@slow\x1b[m\n    \x1b[1mScenario:\x1b[m None\n      \x1b[1mGiven\x1b[m no order\n"
          "      \x1b[2m# why\x1b[m\n      Givenchy\n");
}

static void tables_are_aligned(void **state)
{
    static const char *const text =
        "| Name | Points | x |\n|:---|---:|:---:|\n| Filter | 5 | abc |\n| 日本 | 13 |\n";
    check(PLAIN, text,
          "Name   | Points |  x\n-------|--------|----\nFilter |      5 | abc\n日本   |     13 |\n");
    check(DRAWN, text,
          "Name   │ Points │  x\n───────┼────────┼────\nFilter │      5 │ abc\n日本   │     13 │\n");
}

static void tables_fit_the_width(void **state)
{
    check(NARROW,
          "| Name | Remark |\n|---|---|\n| Filter search results | by date and by category |\n| two | b<br>c "
          "|\n",
          "Name           | Remark\n---------------|--------------\n"
          "Filter search  | by date and\nresults        | by category\n\n"
          "two            | b\n               | c\n");
    check(NARROW,
          "| One | Two | Three | Four |\n|---|---|---|---|\n| first | second | third and more | fourth |\n| "
          "a | | | b |\n",
          "One: first\nTwo: second\nThree: third and more\nFour: fourth\n\n"
          "One: a\nTwo:\nThree:\nFour: b\n");
}

static void links_show_where_they_lead(void **state)
{
    check(PLAIN,
          "[the plan](https://e.example/a b) [the plan](https://e.example/p \"A title\") <https://e.example>",
          "[the plan](https://e.example/a b) the plan <https://e.example/p> \"A title\" https://e.example\n");
    check(PLAIN, "ana@e.example www.e.example [](docs/x.md) ![a till](till.png)",
          "ana@e.example www.e.example <docs/x.md> [image: a till] <till.png>\n");
    check(
        LINKS, "[the plan](https://e.example/p) [x](docs/x.md)",
        "\x1b[4m\x1b]8;;https://e.example/p\x1b\\the plan\x1b]8;;\x1b\\\x1b[m x\x1b[2m <docs/x.md>\x1b[m\n");
}

static void a_link_that_poses_as_another_is_seen(void **state)
{
    check(LINKS, "[https://bank.example](https://evil.example)",
          "\x1b[4m\x1b]8;;https://evil.example\x1b\\https://bank.example\x1b]8;;\x1b\\\x1b[m"
          "\x1b[2m <https://evil.example>\x1b[m\n");
}

static void nothing_that_was_written_is_hidden(void **state)
{
    check(PLAIN, "<!-- a note\nof two lines -->\n\n<details>\n\nsee <b>this</b><!-- and that -->\n",
          "<!-- a note\nof two lines -->\n\n<details>\n\nsee <b>this</b><!-- and that -->\n");
    check(PLAIN, "[//]: # (hidden words)\n\ntext [a]\n\n> [a]: https://e.example 'A\n> title'\n",
          "text a <https://e.example> \"A title\"\n\n[//]: # (hidden words)\n> [a]: https://e.example 'A\n> "
          "title'\n");
    check(COLOR, "<!-- note -->\n", "\x1b[2m<!-- note -->\x1b[m\n");
}

static void entities_are_what_they_stand_for(void **state)
{
    check(PLAIN, "5 &euro; &amp; more &mdash; &#8364; &unknown; `&amp;`",
          "5 € & more — € &unknown; `&amp;`\n");
}

static void nothing_is_obeyed(void **state)
{
    check(PLAIN, "a\x1b[2Jb &#27;[31m \xff &#x202e;", "a\\x1b[2Jb \\x1b[31m \\xff \\u202e\n");
    check(LINKS, "[x](https://e.example/&#27;\\\\)", "x\x1b[2m <https://e.example/\\x1b\\>\x1b[m\n");
    check(PLAIN, "```\n::error::x\n\t##[error]\n```\n- ::error::\n\n#&#35;[error]",
          "    \\u003a:error::x\n        #\\u0023[error]\n\n- ::error::\n\n#\\u0023[error]\n");
    check(PLAIN, "&#58;:error::x", "\\u003a:error::x\n");
}

static void what_the_parser_cannot_take_is_refused(void **state)
{
    g_autofree char *deep = g_strnfill(40, '>');
    g_autoptr(GString) cells = g_string_new(NULL);

    check_refused(deep);
    for (guint i = 0; i < 2000; i++)
        g_string_append(cells, "|a");
    g_string_append(cells, "\n");
    for (guint i = 0; i < 2000; i++)
        g_string_append(cells, "|---");
    for (guint i = 0; i < 2000; i++)
        g_string_append(cells, "\n|a");
    check_refused(cells->str);
}

static void a_front_is_skipped(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);
    assert_true(markdown_render(out, "---\na\n---\ntext", 14, 10, PLAIN));
    assert_string_equal(out->str, "text\n");
    check(PLAIN, "\xef\xbb\xbf# One\n", "# One\n");
}

/* -- every word -- */

static gboolean is_word(char character)
{
    return g_ascii_isalnum(character) || (guchar)character >= 0x80;
}

/* What is no text: the name of a language behind a fence, and the numbers of a list, which count on. */
static gboolean is_markup(const char *text, gsize start, gsize end)
{
    gboolean number = strspn(text + start, "0123456789") == end - start;
    return (start >= 3 && strncmp(text + start - 3, "```", 3) == 0) || (number && strchr(".)", text[end]));
}

static void check_words(const char *name, const char *body, const struct styled_look *look)
{
    g_autoptr(GString) out = g_string_new(NULL);

    assert_true(markdown_render(out, body, strlen(body), 0, look));
    for (gsize at = 0, end; body[at]; at = end + (body[end] != '\0')) {
        for (end = at; body[end] && is_word(body[end]);)
            end++;
        g_autofree char *word = g_strndup(body + at, end - at);
        if (end > at && !is_markup(body, at, end) && !strstr(out->str, word))
            fail_msg("%s: %s is not shown", name, word);
    }
}

static void every_word_of_the_sample_is_shown(void **state)
{
    g_autoptr(GDir) files = g_dir_open(sample, 0, NULL);
    guint count = 0;

    assert_non_null(files);
    for (const char *name; (name = g_dir_read_name(files)); count++) {
        g_autofree char *path = g_build_filename(sample, name, NULL), *text = NULL;
        assert_true(g_file_get_contents(path, &text, NULL, NULL));
        const char *body = strstr(text + 1, "\n---\n");
        check_words(name, body ? body + 5 : text, PLAIN);
        check_words(name, body ? body + 5 : text, COLOR);
    }
    assert_in_range(count, 40, 1000);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_are_marked_or_bold),
        cmocka_unit_test(paragraphs_are_set_anew),
        cmocka_unit_test(prose_is_no_wider_than_is_read_well),
        cmocka_unit_test(emphasis_is_a_style_or_its_mark),
        cmocka_unit_test(lists_keep_their_nesting_and_numbers),
        cmocka_unit_test(tasks_are_boxes),
        cmocka_unit_test(quotes_stand_behind_a_line),
        cmocka_unit_test(code_is_never_broken),
        cmocka_unit_test(scenarios_show_their_keywords),
        cmocka_unit_test(tables_are_aligned),
        cmocka_unit_test(tables_fit_the_width),
        cmocka_unit_test(links_show_where_they_lead),
        cmocka_unit_test(a_link_that_poses_as_another_is_seen),
        cmocka_unit_test(nothing_that_was_written_is_hidden),
        cmocka_unit_test(entities_are_what_they_stand_for),
        cmocka_unit_test(nothing_is_obeyed),
        cmocka_unit_test(what_the_parser_cannot_take_is_refused),
        cmocka_unit_test(a_front_is_skipped),
        cmocka_unit_test(every_word_of_the_sample_is_shown),
    };
    sample = argc > 1 ? argv[1] : "tests/sample/backlog";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
