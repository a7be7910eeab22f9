#include "gherkin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static enum gherkin_kind kind_of(const char *text)
{
    return gherkin_check(text, (struct span){ 0, strlen(text) }).kind;
}

static void a_scenario_with_all_steps_in_order_is_fine(void **state)
{
    assert_int_equal(kind_of("Scenario: Empty range\n  Given 3 orders\n  When the range is empty\n"
                             "  Then nothing is listed\n  And the range stays\n  But no error shows\n"),
                     GHERKIN_FINE);
    assert_int_equal(kind_of("Scenario: no Given\r\n\tWhen it opens\r\n\tThen it shows\r\n"), GHERKIN_FINE);
    assert_int_equal(kind_of("@slow\nScenario Outline: sizes\n  Given <n> rows\n  When shown\n  Then <s>\n"
                             "\n  Examples:\n    | n | s |\n    | 1 | a |\n"),
                     GHERKIN_FINE);
}

static void a_step_that_lacks_is_named_at_the_scenario(void **state)
{
    const char *text = "  Scenario: Empty range\n    Given 3 orders\n    When the range is empty\n";
    struct gherkin_fault fault = gherkin_check(text, (struct span){ 0, strlen(text) });

    assert_int_equal(fault.kind, GHERKIN_NO_THEN);
    assert_int_equal(fault.span.start, 2);
    assert_int_equal(fault.span.end, 2 + strlen("Scenario:"));
    assert_int_equal(kind_of("Scenario: x\nGiven a\nThen b\n"), GHERKIN_NO_WHEN);
    assert_int_equal(kind_of("Scenario: x\nGiven a\n"), GHERKIN_NEITHER);
    assert_int_equal(kind_of("Scenario: x"), GHERKIN_NEITHER);
    assert_int_equal(kind_of("Scenario: x\nWhenever a\nThenceforth b\n"), GHERKIN_NEITHER);
}

static void steps_in_the_wrong_order_are_named_where_they_stand(void **state)
{
    const char *text = "Scenario: x\nThen b\nWhen a\n";
    struct gherkin_fault fault = gherkin_check(text, (struct span){ 0, strlen(text) });

    assert_int_equal(fault.kind, GHERKIN_EARLY_THEN);
    assert_memory_equal(text + fault.span.start, "Then", 4);
    assert_int_equal(kind_of("Scenario: x\nWhen a\nGiven b\nThen c\n"), GHERKIN_LATE_GIVEN);
    assert_int_equal(kind_of("Scenario: x\nWhen a\nThen b\nGiven c\n"), GHERKIN_LATE_GIVEN);
    assert_int_equal(kind_of("Scenario: x\nWhen a\nThen b\nWhen c\n"), GHERKIN_LAST_WHEN);
}

static void a_scenario_may_go_on(void **state)
{
    assert_int_equal(kind_of("Scenario: x\nGiven a\nWhen b\nThen c\nWhen d\nThen e\n"), GHERKIN_FINE);
    assert_int_equal(kind_of("Scenario: x\n* a\n* b\n"), GHERKIN_FINE);
}

static void what_follows_a_rule_or_a_background_is_another_s(void **state)
{
    assert_int_equal(kind_of("Scenario: x\nWhen a\nThen b\n\nRule: y\n  Background:\n    Given c\n"),
                     GHERKIN_FINE);
    assert_int_equal(kind_of("Scenario: x\nWhen a\n\nRule: y\n  Then b\n"), GHERKIN_NO_THEN);
}

static void a_doc_string_holds_no_steps(void **state)
{
    assert_int_equal(kind_of("Scenario: x\nGiven a\n\"\"\"\nWhen b\nThen c\n\"\"\"\n"), GHERKIN_NEITHER);
    assert_int_equal(kind_of("Scenario: x\nWhen a\n```\nGiven b\n```\nThen c\n"), GHERKIN_FINE);
}

static gboolean is_foreign(const char *text)
{
    return gherkin_is_foreign(text, (struct span){ 0, strlen(text) });
}

static void a_fence_may_be_in_another_language(void **state)
{
    assert_true(is_foreign("# language: de\nFunktionalität: x\n"));
    assert_true(is_foreign("\n#language:fr\n"));
    assert_true(is_foreign("# a note\n# Language: pt\n"));
    assert_false(is_foreign("# language: en-GB\nFeature: x\n"));
    assert_false(is_foreign("Feature: x\n# language: de\n"));
    assert_false(is_foreign(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_with_all_steps_in_order_is_fine),
        cmocka_unit_test(a_step_that_lacks_is_named_at_the_scenario),
        cmocka_unit_test(steps_in_the_wrong_order_are_named_where_they_stand),
        cmocka_unit_test(a_scenario_may_go_on),
        cmocka_unit_test(what_follows_a_rule_or_a_background_is_another_s),
        cmocka_unit_test(a_doc_string_holds_no_steps),
        cmocka_unit_test(a_fence_may_be_in_another_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
