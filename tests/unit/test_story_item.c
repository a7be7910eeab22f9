/* Where an item tells its story. */
#include "story_item.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
    *state = policy_new("/shop", "/shop", NULL);
    return 0;
}

static int teardown(void **state)
{
    policy_free(*state);
    return 0;
}

/* "user|role|wish|benefit", and "title" in front where it is there. */
static void tells(void **state, const char *title, const char *body, const char *expected)
{
    g_autofree char *text = g_strconcat("---\ntitle: x\n---\n", body, NULL);
    g_autoptr(Document) document = fixture_document(text);
    struct story_item found;
    gboolean any = story_item_find(document, *state, title, &found);
    g_autofree char *role = story_item_text(&found, found.story.role);
    g_autofree char *wish = story_item_text(&found, found.story.wish);
    g_autofree char *benefit = story_item_text(&found, found.story.benefit);
    g_autofree char *seen = g_strdup_printf("%s%s|%s|%s|%s", found.in_title ? "title " : "",
                                            story_form_name(found.story.form), role, wish, benefit);

    assert_int_equal(any, found.story.form != STORY_NONE);
    assert_string_equal(seen, expected);
}

static void the_story_section_comes_first(void **state)
{
    tells(state, "As a clerk, I want peace",
          "As an owner, I want gold\n\n## Story\n\nAs a driver,\nI want a\nmap so that I arrive.\n",
          "user|driver|a map|I arrive");
    tells(state, NULL, "## Story\n\n> As a driver, I want a map\n", "user|driver|a map|");
    tells(state, NULL, "## Story\n\n- As a driver\n- I want a map\n- so that I arrive\n",
          "user|driver|a map|I arrive");
}

static void without_one_what_stands_before_the_first_heading(void **state)
{
    tells(state, NULL, "As a driver, I want a map\n\n## Notes\n\nSo that.\n", "user|driver|a map|");
}

static void the_title(void **state)
{
    tells(state, "As a clerk, I want peace", "## Story\n\n<!-- As a driver, I want a map -->\n",
          "title user|clerk|peace|");
}

static void a_section_of_another_name(void **state)
{
    tells(state, "Map", "## Description\n\nSee below.\n\nAs a driver, I want a map.\n", "user|driver|a map|");
    tells(state, "Map", "## User story\n\n**As a** driver\n**I want** a map\n**so that** I arrive\n",
          "user|driver|a map|I arrive");
}

static void no_story_is_told_by_code_criteria_or_decisions(void **state)
{
    tells(state, "Map", "## Story\n\n```\nAs a driver, I want a map\n```\n", "none|||");
    tells(state, "Map", "## Acceptance criteria\n\n- As a driver, I want a map\n", "none|||");
    tells(state, "Map", "## Decisions\n\n- 2026-11-20 Ana: As a driver, I want a map\n", "none|||");
    tells(state, NULL, "", "none|||");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_story_section_comes_first),
        cmocka_unit_test(without_one_what_stands_before_the_first_heading),
        cmocka_unit_test(the_title),
        cmocka_unit_test(a_section_of_another_name),
        cmocka_unit_test(no_story_is_told_by_code_criteria_or_decisions),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
