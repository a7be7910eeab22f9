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

static void assert_span(const struct markdown *m, struct span span, const char *expected)
{
    g_autofree char *seen = g_strndup(m->text + span.start, span_length(span));
    assert_string_equal(seen, expected);
}

static void assert_heading(const struct markdown *m, guint index, guint level, const char *title,
                           const char *lines)
{
    assert_true(index < m->headings->len);
    const struct markdown_heading *heading = &g_array_index(m->headings, struct markdown_heading, index);
    assert_true(heading->exact);
    assert_int_equal(heading->level, level);
    assert_string_equal(heading->title, title);
    assert_span(m, heading->span, lines);
}

static const struct markdown_section *section_at(const struct markdown *m, guint index)
{
    assert_true(index < m->sections->len);
    return &g_array_index(m->sections, struct markdown_section, index);
}

static const struct markdown_fence *fence_at(const struct markdown *m, guint index)
{
    assert_true(index < m->fences->len);
    return &g_array_index(m->fences, struct markdown_fence, index);
}

static void headings_of_both_kinds_have_their_lines(void **state)
{
    g_autoptr(Markdown) m = parse("  ## Story ##  \n\nAcceptance\ncriteria\n---\n#\nMeasure\n===");

    assert_heading(m, 0, 2, "Story", "  ## Story ##  ");
    assert_heading(m, 1, 2, "Acceptance criteria", "Acceptance\ncriteria\n---");
    assert_heading(m, 2, 1, "", "#");
    assert_heading(m, 3, 1, "Measure", "Measure\n===");
}

static void a_title_is_without_markup(void **state)
{
    g_autoptr(Markdown) m =
        parse("# The *`git log`* of [us](u) &amp; <b>you</b> &#8364; &copy; &thorn; \\*\n");

    assert_heading(m, 0, 1, "The git log of us & you € © &thorn; *",
                   "# The *`git log`* of [us](u) &amp; <b>you</b> &#8364; &copy; &thorn; \\*");
}

static void headings_in_containers_are_no_sections(void **state)
{
    g_autoptr(Markdown) m = parse("> # quoted\n\n- # listed\n- two\n  ===\n\n# Ours\n");

    assert_int_equal(m->headings->len, 1);
    assert_heading(m, 0, 1, "Ours", "# Ours");
}

static void sections_end_at_the_next_of_their_level(void **state)
{
    g_autoptr(Markdown) m = parse("lead\n# A\na\n### B\nb\n## C\nc\n# D\n");

    assert_span(m, section_at(m, 0)->span, "# A\na\n### B\nb\n## C\nc\n");
    assert_span(m, section_at(m, 0)->content, "a\n### B\nb\n## C\nc\n");
    assert_span(m, section_at(m, 1)->span, "### B\nb\n");
    assert_span(m, section_at(m, 2)->content, "c\n");
    assert_span(m, section_at(m, 3)->span, "# D\n");
    assert_span(m, section_at(m, 3)->content, "");
    assert_true(section_at(m, 0)->exact);
}

static void an_underline_is_not_content(void **state)
{
    g_autoptr(Markdown) m = parse("Story\r\n=====\r\nAs a clerk\r\n");

    assert_span(m, section_at(m, 0)->content, "As a clerk\r\n");
}

static void a_heading_behind_a_link_definition_is_not_exact(void **state)
{
    g_autoptr(Markdown) m = parse("[a]: /b\nStory\n---\ntext\n");

    assert_int_equal(m->headings->len, 1);
    assert_false(section_at(m, 0)->exact);
    assert_string_equal(section_at(m, 0)->title, "Story");
    assert_true(section_at(m, 0)->content.end == m->length);
}

static void sections_are_found_by_any_name(void **state)
{
    static const char *const names[] = { "AC", "Acceptance criteria", NULL };
    static const char *const french[] = { "CRITÈRES D'ACCEPTATION", NULL };
    static const char *const none[] = { "Accept", NULL };
    g_autoptr(Markdown) m =
        parse("# Story\n# ACCEPTANCE Criteria:\n# ac\n# Critères d'acceptation\xc2\xa0:\n");

    assert_ptr_equal(markdown_section_find(m, names), section_at(m, 1));
    assert_ptr_equal(markdown_section_find(m, french), section_at(m, 3));
    assert_null(markdown_section_find(m, none));
    assert_true(markdown_is_named(section_at(m, 2), names));
    assert_false(markdown_is_named(section_at(m, 0), names));
}

static void a_fence_knows_its_content(void **state)
{
    g_autoptr(Markdown) m = parse("a\n~~~ sql -- x\nselect 1\n\n```\n~~~~\nb\n```\n```\n");

    assert_span(m, fence_at(m, 0)->span, "~~~ sql -- x\nselect 1\n\n```\n~~~~\n");
    assert_span(m, fence_at(m, 0)->content, "select 1\n\n```\n");
    assert_span(m, fence_at(m, 0)->info, "sql");
    assert_span(m, fence_at(m, 1)->span, "```\n```\n");
    assert_span(m, fence_at(m, 1)->content, "");
    assert_span(m, fence_at(m, 1)->info, "");
}

static void an_unclosed_fence_ends_with_its_last_line(void **state)
{
    g_autoptr(Markdown) m = parse("```\none\n\n# two\n\n\n");

    assert_int_equal(m->headings->len, 0);
    assert_true(fence_at(m, 0)->exact);
    assert_span(m, fence_at(m, 0)->span, "```\none\n\n# two\n");
    assert_span(m, fence_at(m, 0)->content, "one\n\n# two\n");
}

static void a_fence_in_an_item_belongs_to_it(void **state)
{
    g_autoptr(Markdown) m = parse("# H\n- a\n  - ```sh\n    ls\n    ```\n- b\n\n> ```\n> quoted\n> ```\n");

    assert_int_equal(m->fences->len, 1);
    assert_int_equal(fence_at(m, 0)->item, 1);
    assert_int_equal(fence_at(m, 0)->section, 0);
    assert_span(m, fence_at(m, 0)->span, "  - ```sh\n    ls\n    ```\n");
    assert_span(m, fence_at(m, 0)->content, "    ls\n");
}

static void indented_code_is_no_fence(void **state)
{
    g_autoptr(Markdown) m = parse("    ```\n    x\n    ```\n\ntext\n");
    assert_int_equal(m->fences->len, 0);
}

static void scenarios_are_cut_at_the_next_one(void **state)
{
    g_autoptr(Markdown) m =
        parse("```gherkin\nFeature: Filter\n\n  Scenario: empty range \n    Given none\n\n"
              "  @slow\n  @date\n  Scenario Outline: <n> days\n    Examples:\n      | n |\n"
              "  Example: one\n```\n");
    g_autoptr(GPtrArray) scenarios = markdown_scenarios(m, fence_at(m, 0));
    const struct markdown_scenario *scenario;

    assert_int_equal(scenarios->len, 3);
    scenario = scenarios->pdata[0];
    assert_string_equal(scenario->name, "empty range");
    assert_span(m, scenario->span, "  Scenario: empty range \n    Given none\n\n");
    scenario = scenarios->pdata[1];
    assert_string_equal(scenario->name, "<n> days");
    assert_span(m, scenario->span,
                "  @slow\n  @date\n  Scenario Outline: <n> days\n    Examples:\n      | n |\n");
    scenario = scenarios->pdata[2];
    assert_span(m, scenario->span, "  Example: one\n");
}

static void keywords_in_a_literal_text_do_not_count(void **state)
{
    g_autoptr(Markdown) m =
        parse("- ~~~Feature\n  Scenario: a\n    \"\"\"\n    Scenario: no\n    \"\"\"\n  Scenario: b\n");
    g_autoptr(GPtrArray) scenarios = markdown_scenarios(m, fence_at(m, 0));

    assert_int_equal(scenarios->len, 2);
    assert_string_equal(((struct markdown_scenario *)scenarios->pdata[1])->name, "b");
}

static void only_gherkin_has_scenarios(void **state)
{
    g_autoptr(Markdown) m = parse("```text\nScenario: a\n```\n```\nScenario: b\n```\n");

    for (guint i = 0; i < 2; i++) {
        g_autoptr(GPtrArray) scenarios = markdown_scenarios(m, fence_at(m, i));
        assert_int_equal(scenarios->len, 0);
        assert_false(markdown_is_gherkin(m, fence_at(m, i)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_of_both_kinds_have_their_lines),
        cmocka_unit_test(a_title_is_without_markup),
        cmocka_unit_test(headings_in_containers_are_no_sections),
        cmocka_unit_test(sections_end_at_the_next_of_their_level),
        cmocka_unit_test(an_underline_is_not_content),
        cmocka_unit_test(a_heading_behind_a_link_definition_is_not_exact),
        cmocka_unit_test(sections_are_found_by_any_name),
        cmocka_unit_test(a_fence_knows_its_content),
        cmocka_unit_test(an_unclosed_fence_ends_with_its_last_line),
        cmocka_unit_test(a_fence_in_an_item_belongs_to_it),
        cmocka_unit_test(indented_code_is_no_fence),
        cmocka_unit_test(scenarios_are_cut_at_the_next_one),
        cmocka_unit_test(keywords_in_a_literal_text_do_not_count),
        cmocka_unit_test(only_gherkin_has_scenarios),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
