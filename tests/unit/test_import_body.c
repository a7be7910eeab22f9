#include "fixture.h"
#include "import_backlog_body.h"
#include "import_body.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Checks what becomes of a task's body under the policy of the fixture, criteria being there already. */
static void check(const struct fixture *fixture, const char *text, const char *expected)
{
    g_autofree char *file = g_strconcat("---\ntitle: Lend a bicycle pump\n---\n", text, NULL);
    g_autoptr(Document) document = fixture_document(file);
    g_autofree char *body = import_backlog_body(fixture->policy, document);
    assert_string_equal(body, expected);
}

#define CRITERIA "\n## Acceptance Criteria\n\n- [ ] It is lent\n"

/* -- marks -- */

static void marks_go_with_the_blank_line_that_they_would_double(void **state)
{
    fixture_policy(*state, NULL);
    check(*state,
          "\n## Notes\n\n<!-- SECTION:NOTES:BEGIN -->\nA pump for a day.\n<!-- SECTION:NOTES:END -->\n"
          "" CRITERIA,
          "\n## Notes\n\nA pump for a day.\n" CRITERIA);
    check(*state,
          "\n## Notes\n\n<!-- SECTION:NOTES:BEGIN -->\n\nA pump.\n\n<!-- SECTION:NOTES:END -->\n" CRITERIA,
          "\n## Notes\n\nA pump.\n" CRITERIA);
    check(*state, "\n## Acceptance Criteria\n<!-- AC:BEGIN -->\n- [ ] It is lent\n<!-- AC:END -->\n",
          "\n## Acceptance Criteria\n- [ ] It is lent\n");
}

static void marks_in_a_row_go_together(void **state)
{
    fixture_policy(*state, NULL);
    check(*state, "\n## Notes\n\n<!-- COMMENTS:BEGIN -->\n\n<!-- COMMENT:1:BEGIN -->\nBo: fine.\n" CRITERIA,
          "\n## Notes\n\nBo: fine.\n" CRITERIA);
}

static void text_that_a_mark_kept_apart_stays_apart(void **state)
{
    fixture_policy(*state, NULL);
    check(
        *state,
        "\n## Acceptance Criteria\n<!-- AC:BEGIN -->\n- [ ] It is lent\n<!-- AC:END -->\nBo asked for it.\n",
        "\n## Acceptance Criteria\n- [ ] It is lent\n\nBo asked for it.\n");
}

static void only_a_line_that_is_a_mark_goes(void **state)
{
    static const char text[] =
        "\n## Notes\n\nThe file has `<!-- AC:BEGIN -->` in it.\n<!-- a remark -->\n"
        "  <!-- AC:BEGIN -->\n<!-- AC:BEGIN --> and more\n<!-- ac:begin -->\n" CRITERIA;
    fixture_policy(*state, NULL);
    check(*state, text, text);
}

static void marks_in_code_stay(void **state)
{
    static const char text[] =
        "\n## Notes\n\n```markdown\n## Description\n\n<!-- SECTION:NOTES:BEGIN -->\n- [ ] #1 x\n"
        "<!-- SECTION:NOTES:END -->\n```\n\n~~~~\n~~~\n<!-- AC:END -->\n~~~~\n" CRITERIA;
    fixture_policy(*state, NULL);
    check(*state, text, text);
}

/* -- numbers -- */

static void numbers_of_criteria_and_done_go(void **state)
{
    fixture_policy(*state, NULL);
    check(*state,
          "\n## Acceptance Criteria\n- [ ] #1 It is lent\n- [x] #12  It is #4 on the list\n"
          "  - [ ] #3 stays\n- #5 stays\n"
          "- [ ] #6\n- [ ] #x7 stays\n\n## Definition of Done\n- [x] #1 The shelf is marked\n",
          "\n## Acceptance Criteria\n- [ ] It is lent\n- [x] It is #4 on the list\n  - [ ] #3 stays\n"
          "- #5 stays\n"
          "- [ ] #6\n- [ ] #x7 stays\n\n## Definition of Done\n- [x] The shelf is marked\n");
}

static void numbers_of_a_section_within_another_go_once(void **state)
{
    fixture_policy(*state, NULL);
    check(*state, "\n# Acceptance Criteria\n\n## Definition of Done\n- [ ] #1 The shelf is marked\n",
          "\n# Acceptance Criteria\n\n## Definition of Done\n- [ ] The shelf is marked\n");
}

static void numbers_elsewhere_stay(void **state)
{
    static const char text[] =
        "\n## Notes\n\n- [ ] #31 is open upstream\n" CRITERIA "\n### Later\n\n#7 is a number too\n";
    fixture_policy(*state, NULL);
    check(*state, text, text);
}

/* -- headings -- */

static void a_heading_that_is_there_is_not_given_again(void **state)
{
    fixture_policy(*state, NULL);
    check(*state, "\n## Description\n\nIn short.\n\n## Context\n\nWhy.\n" CRITERIA,
          "\n## Description\n\nIn short.\n\n## Context\n\nWhy.\n" CRITERIA);
    check(*state, CRITERIA "\n## Implementation Plan\n\nFirst.\n\n### Approach\n\nHow.\n",
          CRITERIA "\n## Implementation Plan\n\nFirst.\n\n### Approach\n\nHow.\n");
}

static void description_and_plan_get_the_names_of_the_policy(void **state)
{
    fixture_policy(*state, NULL);
    check(*state, "\n## Description\n\nWhy.\n" CRITERIA "\n## Implementation Plan\n\nHow.\n",
          "\n## Context\n\nWhy.\n" CRITERIA "\n## Approach\n\nHow.\n");
    check(*state, "\nDescription\n-----------\n\nWhy.\n" CRITERIA,
          "\nContext\n-----------\n\nWhy.\n" CRITERIA);
    fixture_policy(*state,
                   "sections:\n  why: [Reason, Background]\n  approach: [Sketch]\n  criteria: [Done when]\n");
    check(*state, "\n## Description\n\nWhy.\n" CRITERIA "\n## Implementation Plan\n\nHow.\n",
          "\n## Reason\n\nWhy.\n\n## Done when\n\n- [ ] It is lent\n\n## Sketch\n\nHow.\n");
    fixture_policy(*state, "sections:\n  why: [Reason, Description]\n");
    check(*state, "\n## Description\n\nWhy.\n" CRITERIA, "\n## Description\n\nWhy.\n" CRITERIA);
}

static void only_the_first_section_of_the_second_level_is_renamed(void **state)
{
    fixture_policy(*state, NULL);
    check(*state,
          "\n### Description\n\nA part.\n\n## Description\n\nWhy.\n" CRITERIA "\n## Description\n\nAgain.\n",
          "\n### Description\n\nA part.\n\n## Context\n\nWhy.\n" CRITERIA "\n## Description\n\nAgain.\n");
}

/* -- criteria -- */

static void a_heading_for_criteria_is_put_at_its_place(void **state)
{
    fixture_policy(*state, NULL);
    check(*state, "\n## Description\n\nWhy.\n\n## Implementation Notes\n\nDone.\n",
          "\n## Context\n\nWhy.\n\n## Acceptance criteria\n\n## Implementation Notes\n\nDone.\n");
    check(*state, "\n## Description\n\nWhy.\n### Design\n\nA part of it.\n",
          "\n## Context\n\nWhy.\n### Design\n\nA part of it.\n\n## Acceptance criteria\n");
    check(*state, "Why.\n## Open questions\n\n- [ ] @bo When?\n",
          "\nWhy.\n\n## Acceptance criteria\n\n## Open questions\n\n- [ ] @bo When?\n");
}

static void an_empty_text_gets_one_too(void **state)
{
    fixture_policy(*state, NULL);
    check(*state, "", "\n## Acceptance criteria\n");
    check(*state, "\n", "\n## Acceptance criteria\n");
    check(*state, "Why", "\nWhy\n\n## Acceptance criteria\n");
}

static void code_that_is_not_closed_does_not_swallow_it(void **state)
{
    fixture_policy(*state, NULL);
    check(*state, "\n## Notes\n\n```\nlend()\n", "\n## Acceptance criteria\n\n## Notes\n\n```\nlend()\n");
    check(*state, "\n<!-- never closed\n", "\n## Acceptance criteria\n\n## Why\n\n<!-- never closed\n");
}

static void an_empty_section_of_criteria_has_room_for_one(void **state)
{
    fixture_policy(*state, NULL);
    check(*state,
          "\n## Acceptance Criteria\n<!-- AC:BEGIN -->\n<!-- AC:END -->\n## Implementation Notes\n\nDone.\n",
          "\n## Acceptance Criteria\n\n## Implementation Notes\n\nDone.\n");
    check(*state, "\n## Acceptance Criteria\n<!-- AC:BEGIN -->\n<!-- AC:END -->\n",
          "\n## Acceptance Criteria\n");
}

static void criteria_in_code_are_none(void **state)
{
    static const char *const none[] = { NULL };
    const struct policy *policy = fixture_policy(*state, NULL);
    g_autofree char *body = import_body_complete(policy, "\n```\n## Acceptance criteria\n```\n", none);
    assert_string_equal(body, "\n```\n## Acceptance criteria\n```\n\n## Acceptance criteria\n");
}

static void a_body_that_begins_with_a_line_of_dashes_is_text(void **state)
{
    fixture_policy(*state, NULL);
    check(*state, "---\nname: none\n---\n" CRITERIA, "\n---\nname: none\n---\n" CRITERIA);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(marks_go_with_the_blank_line_that_they_would_double),
        TEST(marks_in_a_row_go_together),
        TEST(text_that_a_mark_kept_apart_stays_apart),
        TEST(only_a_line_that_is_a_mark_goes),
        TEST(marks_in_code_stay),
        TEST(numbers_of_criteria_and_done_go),
        TEST(numbers_of_a_section_within_another_go_once),
        TEST(numbers_elsewhere_stay),
        TEST(a_heading_that_is_there_is_not_given_again),
        TEST(description_and_plan_get_the_names_of_the_policy),
        TEST(only_the_first_section_of_the_second_level_is_renamed),
        TEST(a_heading_for_criteria_is_put_at_its_place),
        TEST(an_empty_text_gets_one_too),
        TEST(code_that_is_not_closed_does_not_swallow_it),
        TEST(an_empty_section_of_criteria_has_room_for_one),
        TEST(criteria_in_code_are_none),
        TEST(a_body_that_begins_with_a_line_of_dashes_is_text),
    };
    return cmocka_run_group_tests_name("import_body", tests, NULL, NULL);
}
