/* The values in force: defaults key by key, choices, weights, severities, sections. */
#include "fixture.h"
#include "setting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct policy *policy_of(const char *text)
{
    g_autoptr(GBytes) bytes = text ? g_bytes_new(text, strlen(text)) : NULL;
    return policy_new("/shop", "/shop", bytes);
}

static void check_texts(const char **texts, const char *joined)
{
    g_autofree const char **own = texts;
    g_autofree char *all = g_strjoinv(" | ", (char **)own);
    assert_string_equal(all, joined);
}

static void check_weight(const struct policy *policy, const char *estimate, double expected)
{
    double weight = -1;
    assert_true(policy_weight(policy, estimate, &weight));
    assert_true(weight == expected);
}

/* -- defaults -- */

static void without_a_file_all_is_default(void **state)
{
    g_autoptr(Policy) policy = policy_of(NULL);

    assert_false(policy->written);
    assert_int_equal(policy->findings->len, 0);
    assert_string_equal(policy->folder, "backlog");
    assert_string_equal(policy_text(policy, "layout"), "flat");
    assert_string_equal(policy_text(policy, "estimate.unit"), "points");
    assert_string_equal(policy_text(policy, "estimate.largest"), "8");
    assert_string_equal(policy_text(policy, "estimate.votes"), "open");
    assert_string_equal(policy_text(policy, "sprint.days"), "14");
    assert_string_equal(policy_text(policy, "refinement.share"), "10%");
    assert_string_equal(policy_text(policy, "refinement.horizon"), "3");
    assert_string_equal(policy_text(policy, "decisions.commit"), "auto");
    assert_string_equal(policy_text(policy, "decisions.subject"), "{subject}");
    check_texts(policy_texts(policy, "types"), "story | bug | task | spike | epic");
    check_texts(policy_texts(policy, "estimate.scale"), "1 | 2 | 3 | 5 | 8 | 13 | 20");
    assert_null(policy_get(policy, "vision"));
    assert_null(policy_get(policy, "sprint.capacity"));
    assert_null(policy_text(policy, "goals"));
    check_texts(policy_texts(policy, "personas"), "");
}

static void defaults_are_themselves_a_policy_without_findings(void **state)
{
    g_autoptr(Policy) policy = policy_of(setting_defaults());
    assert_int_equal(policy->findings->len, 0);
    for (const struct setting *setting = setting_table(); setting->name; setting++)
        assert_true(setting->summary && *setting->summary);
}

static void a_policy_lies_over_the_defaults_key_by_key(void **state)
{
    g_autoptr(Policy) policy = policy_of("estimate:\n"
                                         "  unit: days\n"
                                         "sections:\n"
                                         "  why: [Background]\n"
                                         "sprint: { capacity: 24 }\n"
                                         "refinement: ~\n"
                                         "layout:\n");

    assert_true(policy->written);
    assert_int_equal(policy->findings->len, 0);
    assert_string_equal(policy_text(policy, "estimate.unit"), "days");
    assert_string_equal(policy_text(policy, "estimate.largest"), "8");
    check_texts(policy_texts(policy, "estimate.scale"), "1 | 2 | 3 | 5 | 8 | 13 | 20");
    check_texts(policy_texts(policy, "sections.why"), "Background");
    check_texts(policy_texts(policy, "sections.story"), "Story");
    assert_string_equal(policy_text(policy, "sprint.capacity"), "24");
    assert_string_equal(policy_text(policy, "sprint.days"), "14");
    assert_string_equal(policy_text(policy, "refinement.horizon"), "3");
    assert_string_equal(policy_text(policy, "layout"), "flat");
    assert_true(policy_sets(policy, "estimate.unit"));
    assert_false(policy_sets(policy, "estimate.largest"));
    assert_false(policy_sets(policy, "refinement.share"));
    assert_false(policy_sets(policy, "layout"));
}

static void a_bom_and_remarks_are_no_trouble(void **state)
{
    g_autoptr(Policy) policy = policy_of("\xef\xbb\xbf# How we refine.\r\nbacklog: work/items\r\n");
    assert_int_equal(policy->findings->len, 0);
    assert_string_equal(policy->folder, "work/items");
    g_autoptr(Policy) empty = policy_of("# Nothing yet.\n");
    assert_int_equal(empty->findings->len, 0);
    assert_string_equal(empty->folder, "backlog");
    g_autoptr(Policy) nothing = policy_of("");
    assert_int_equal(nothing->findings->len, 0);
}

static void a_broken_file_is_a_finding_and_all_is_default(void **state)
{
    g_autoptr(Policy) policy = policy_of("backlog: items\nsprint: {days: 14\ntypes: [a]\n");

    assert_int_equal(policy->findings->len, 1);
    const struct finding *finding = policy->findings->pdata[0];
    assert_string_equal(finding->rule, "parse");
    assert_int_equal(finding->severity, SEVERITY_ERROR);
    assert_int_equal(finding->at.line, 2);
    assert_non_null(strstr(finding->path, POLICY_FILE));
    assert_string_equal(policy->folder, "backlog");
    assert_string_equal(policy_text(policy, "sprint.days"), "14");
    assert_false(policy_sets(policy, "backlog"));
}

static void a_value_that_cannot_be_used_leaves_the_default(void **state)
{
    g_autoptr(Policy) policy =
        policy_of("backlog: [items]\nsections:\n  criteria: []\n  why: \"\"\n  story: {a: b}\n");

    assert_int_equal(policy->findings->len, 4);
    assert_string_equal(policy->folder, "backlog");
    assert_string_equal(policy_section(policy, SECTION_CRITERIA)[0], "Acceptance criteria");
    assert_string_equal(policy_section(policy, SECTION_WHY)[0], "Why");
    assert_string_equal(policy_section(policy, SECTION_STORY)[0], "Story");
}

/* -- choices -- */

static void choices_come_from_the_policy(void **state)
{
    g_autoptr(Policy) plain = policy_of(NULL);
    g_autoptr(Policy) policy = policy_of("types: [story, chore]\n"
                                         "goals:\n"
                                         "  - id: findability\n"
                                         "    says: Customers find what they bought\n"
                                         "  - id: it-fits\n"
                                         "estimate: { scale: {S: 1, M: 3, L: 8} }\n");

    check_texts(policy_choices(policy, FIELD_TYPE), "story | chore");
    check_texts(policy_choices(policy, FIELD_GOAL), "findability | it-fits");
    check_texts(policy_choices(policy, FIELD_ESTIMATE), "S | M | L");
    check_texts(policy_choices(policy, FIELD_STATUS),
                "new | refining | ready | doing | done | released | split | dropped");
    assert_null(policy_choices(policy, FIELD_TITLE));
    assert_null(policy_choices(plain, FIELD_GOAL));
}

static void an_estimate_weighs_its_number_or_that_of_its_name(void **state)
{
    g_autoptr(Policy) numbers = policy_of(NULL);
    g_autoptr(Policy) weights = policy_of("estimate: { scale: {S: 1, M: 2.5, L: 8} }\n");
    g_autoptr(Policy) names = policy_of("estimate: { scale: [S, M, L] }\n");
    double weight = 7;

    check_weight(numbers, "5", 5);
    check_weight(numbers, "0.5", 0.5);
    check_weight(numbers, "4", 4); /* not on the scale, but a number */
    check_weight(weights, "M", 2.5);
    check_weight(weights, "8", 8);
    check_weight(names, "S", 1);
    check_weight(names, "L", 3);
    assert_false(policy_weight(numbers, "M", &weight));
    assert_false(policy_weight(numbers, "", &weight));
    assert_false(policy_weight(numbers, "-3", &weight));
    assert_false(policy_weight(numbers, "3 days", &weight));
    assert_false(policy_weight(numbers, "inf", &weight));
    assert_false(policy_weight(numbers, "1e99", &weight));
    assert_false(policy_weight(weights, "XL", &weight));
}

/* -- severity -- */

static void severity_goes_by_rule_then_type_then_label(void **state)
{
    static const char *const urgent[] = { "search", "urgent", NULL }, *const both[] = { "urgent", "late",
                                                                                        NULL };
    g_autoptr(Policy) policy = policy_of("rules:\n"
                                         "  no-rank: off\n"
                                         "  rank-tie: { default: error, type: { spike: off },"
                                         " label: { urgent: warning, late: note } }\n"
                                         "  no-id: { type: { bug: error } }\n");

    assert_int_equal(policy->findings->len, 0);
    assert_int_equal(policy_severity(policy, "no-rank", SEVERITY_ERROR, "story", urgent), SEVERITY_OFF);
    assert_int_equal(policy_severity(policy, "parse", SEVERITY_NOTE, "story", urgent), SEVERITY_NOTE);
    assert_int_equal(policy_severity(policy, "rank-tie", SEVERITY_NOTE, NULL, NULL), SEVERITY_ERROR);
    assert_int_equal(policy_severity(policy, "rank-tie", SEVERITY_NOTE, "story", NULL), SEVERITY_ERROR);
    assert_int_equal(policy_severity(policy, "rank-tie", SEVERITY_NOTE, "spike", NULL), SEVERITY_OFF);
    assert_int_equal(policy_severity(policy, "rank-tie", SEVERITY_NOTE, "spike", urgent), SEVERITY_WARNING);
    assert_int_equal(policy_severity(policy, "rank-tie", SEVERITY_NOTE, "spike", both), SEVERITY_NOTE);
    assert_int_equal(policy_severity(policy, "no-id", SEVERITY_NOTE, "bug", NULL), SEVERITY_ERROR);
    assert_int_equal(policy_severity(policy, "no-id", SEVERITY_NOTE, "task", NULL), SEVERITY_NOTE);
}

/* -- sections -- */

static void sections_can_be_renamed(void **state)
{
    g_autoptr(Policy) policy = policy_of("sections: { criteria: [Done when, AC], story: Wish }\n");
    static const char *const headings[] = {
        "Story",       "Why",     "Acceptance criteria", "Approach", "Open questions", "Assumptions",
        "Constraints", "Measure", "Decisions",           "Feedback"
    };
    g_autoptr(Policy) plain = policy_of(NULL);

    for (int i = 0; i < N_SECTIONS; i++)
        assert_string_equal(policy_section(plain, (enum section_id)i)[0], headings[i]);
    assert_int_equal(policy->findings->len, 0);
    const char *const *criteria = policy_section(policy, SECTION_CRITERIA);
    assert_string_equal(criteria[0], "Done when");
    assert_string_equal(criteria[1], "AC");
    assert_null(criteria[2]);
    assert_string_equal(policy_section(policy, SECTION_STORY)[0], "Wish");
    assert_null(policy_section(policy, SECTION_STORY)[1]);
}

static void an_edit_knows_which_sections_come_later(void **state)
{
    g_autoptr(Policy) policy = policy_of("sections: { measure: [Signal] }\n");
    struct edit_section questions = policy_edit_section(policy, SECTION_QUESTIONS);
    struct edit_section feedback = policy_edit_section(policy, SECTION_FEEDBACK);
    g_autofree char *before = g_strjoinv(" | ", (char **)questions.before);

    assert_string_equal(questions.names[0], "Open questions");
    assert_string_equal(before, "Assumptions | Constraints | Signal | Decisions | Feedback");
    assert_string_equal(feedback.names[0], "Feedback");
    assert_null(feedback.before[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_file_all_is_default),
        cmocka_unit_test(defaults_are_themselves_a_policy_without_findings),
        cmocka_unit_test(a_policy_lies_over_the_defaults_key_by_key),
        cmocka_unit_test(a_bom_and_remarks_are_no_trouble),
        cmocka_unit_test(a_broken_file_is_a_finding_and_all_is_default),
        cmocka_unit_test(a_value_that_cannot_be_used_leaves_the_default),
        cmocka_unit_test(choices_come_from_the_policy),
        cmocka_unit_test(an_estimate_weighs_its_number_or_that_of_its_name),
        cmocka_unit_test(severity_goes_by_rule_then_type_then_label),
        cmocka_unit_test(sections_can_be_renamed),
        cmocka_unit_test(an_edit_knows_which_sections_come_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
