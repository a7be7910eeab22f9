#include "import_section.h"

#include "markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check_body(const char *heading, const char *text, const char *expected)
{
    g_autoptr(GString) body = g_string_new(NULL);
    assert_int_equal(import_section_add(body, heading, 2, text), *expected != '\0');
    assert_string_equal(body->str, expected);
}

static void a_text_stands_under_its_heading(void **state)
{
    check_body("Notes", "Lent\r\n  \r\nto Ana  \r\n\r\n", "\n## Notes\n\nLent\n  \nto Ana\n");
    check_body(NULL, "\n\n  Lent", "\n  Lent\n");
    check_body("Notes", " \n\t\n", "");
    check_body("Notes", "", "");
}

static void headings_in_it_go_below_its_own(void **state)
{
    check_body("Notes", "# One\n\n### Two\n\n###### Six\n",
               "\n## Notes\n\n### One\n\n##### Two\n\n###### Six\n");
    check_body("Notes", "### Three\n", "\n## Notes\n\n### Three\n");
    check_body("Notes", "```\n# code\n```", "\n## Notes\n\n```\n# code\n```\n");
    check_body(NULL, "# One", "\n# One\n");
}

static void what_is_open_at_its_end_is_closed(void **state)
{
    static const char *const texts[][2] = {
        { "```c\nint a;", "```c\nint a;\n```" },     { "~~~~\n~~~\n```", "~~~~\n~~~\n```\n~~~~" },
        { "<!-- later", "<!-- later\n-->" },         { "<pre>\n## Not", "<pre>\n## Not\n</pre>" },
        { "<![CDATA[\n\nx", "<![CDATA[\n\nx\n]]>" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GString) body = g_string_new(NULL);
        import_section_add(body, NULL, 2, texts[i][0]);
        g_autofree char *expected = g_strconcat("\n", texts[i][1], "\n", NULL);
        assert_string_equal(body->str, expected);
    }
}

static void no_text_reaches_into_the_next(void **state)
{
    static const char *const pieces[] = { "Lent ", "\n",     "\n\n", "- ",    "  ",     "```", "~~~~",
                                          "<!--",  "-->",    "> ",   "<pre>", "# ",     "<?",  "\t",
                                          "<div>", "</pre>", "|",    "1. ",   "<style>" };
    g_autoptr(GRand) random = g_rand_new_with_seed(11);

    for (int i = 0; i < 3000; i++) {
        g_autoptr(GString) body = g_string_new(NULL), text = g_string_new(NULL);
        for (int n = g_rand_int_range(random, 0, 12); n > 0; n--)
            g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        import_section_add(body, "Context", 2, text->str);
        import_section_add(body, "Last notes", 2, "The end");
        g_autoptr(Markdown) outline = markdown_parse(body->str, body->len, 0, NULL);
        const struct markdown_heading *last =
            &g_array_index(outline->headings, struct markdown_heading, outline->headings->len - 1);
        assert_true(outline->headings->len > 0);
        assert_string_equal(last->title, "Last notes");
    }
}

static void a_section_is_known_by_its_name(void **state)
{
    static const char *const names[] = { "Acceptance criteria", NULL };
    assert_true(import_section_has("Text\n\n### Acceptance Criteria:\n", names));
    assert_false(import_section_has("Text\n\n```\n## Acceptance criteria\n```\n", names));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_stands_under_its_heading),
        cmocka_unit_test(headings_in_it_go_below_its_own),
        cmocka_unit_test(what_is_open_at_its_end_is_closed),
        cmocka_unit_test(no_text_reaches_into_the_next),
        cmocka_unit_test(a_section_is_known_by_its_name),
    };
    return cmocka_run_group_tests_name("import_section", tests, NULL, NULL);
}
