/* What is still to be settled: questions, the approach, assumptions, designs; and addresses of people. */
#include "rule_cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const families[] = { "What is still to be settled", NULL };

#define READY "type: task\nstatus: ready\n"

static void check(struct fixture *fixture, const char *front, const char *body, const char *expected)
{
    rule_cases_write(fixture, "k7q2m", "Filter", front, body);
    rule_cases_check(fixture, families, NULL, expected);
}

/* -- questions -- */

static void a_question_wants_an_answer(void **state)
{
    struct fixture *fixture = *state;

    check(fixture, READY,
          "## Open questions\n\n- [x] @ana Do archived orders count?\n  - 2026-11-20 Ana: yes\n"
          "- [ ] @bo Is the tree cached?\n- Who pays?\n",
          "k7q2m.md:12:7 error open-question: question 2 to @bo is not answered: Is the tree cached?\n"
          "k7q2m.md:13:3 error open-question: question 3 is not answered: Who pays?");
    rule_cases_check_help(fixture, "open-question", "refine answer k7q2m 2 TEXT");
    check(fixture, READY,
          "## Open questions\n\n- [ ] Who pays?\n  - 2026-11-20 Ana: we do\n- [ ] When?\n  - or never\n",
          "k7q2m.md:10:7 error open-question: question 1 has an answer and no tick: Who pays?\n"
          "k7q2m.md:12:7 error open-question: question 2 is not answered: When?");
    rule_cases_check_help(fixture, "open-question", "put an x in its box");
    check(fixture, READY, "## Open questions\n\n- None.\n", "");
    check(fixture, READY, "## Open questions\n\n- [ ] None\n- None of them?\n",
          "k7q2m.md:10:7 error open-question: question 1 is not answered: None\n"
          "k7q2m.md:11:3 error open-question: question 2 is not answered: None of them?");
    check(fixture, "type: task\nstatus: new\n", "## Open questions\n\n- [ ] Who pays?\n",
          "k7q2m.md:10:7 advice open-question: question 1 is not answered: Who pays?");
    check(fixture, "type: task\nstatus: done\n", "## Open questions\n\n- [ ] Who pays?\n", "");
    check(fixture, "type: epic\nstatus: ready\n", "## Open questions\n\n- [ ] Who pays?\n", "");
}

static void what_is_to_be_decided_is_open(void **state)
{
    struct fixture *fixture = *state;

    check(fixture, READY, "## Approach\n\nThe store is TBD, the rest TODO.\n\n## Why\n\nWhy not ???\n",
          "k7q2m.md:10:14 error open-question: \"TBD\": this is still to be decided\n"
          "k7q2m.md:10:28 error open-question: \"TODO\": this is still to be decided\n"
          "k7q2m.md:14:9 error open-question: \"???\": this is still to be decided");
    check(fixture, READY, "The colour is to be\ndecided.\n",
          "k7q2m.md:8:15 error open-question: \"to be\\ndecided\": this is still to be decided");
    check(fixture, READY, "## Approach\n\nA todo list with `TBD` and \"TBD\".\n\n> TBD\n\n```\nTBD\n```\n",
          "");
    check(fixture, READY, "## Decisions\n\n- 2026-11-20 Ana: no longer TBD\n\n## Feedback\n\nTBD\n", "");
    check(fixture, READY, "## Open questions\n\n- [x] What is TBD?\n\n### More\n\nTBD\n", "");
    check(fixture, READY, "## Notes\n\nThe retention is TBD. A TODO of the code is gone.\n",
          "k7q2m.md:10:18 error open-question: \"TBD\": this is still to be decided");
    check(fixture, READY, "## Acceptance criteria\n\n- [ ] The limit is TBD\n", ""); /* untestable-wording */
    fixture_policy(fixture, "rules: {untestable-wording: note}\n");
    check(fixture, READY, "## Acceptance criteria\n\n- [ ] The limit is TBD\n",
          "k7q2m.md:10:20 error open-question: \"TBD\": this is still to be decided");
    fixture_policy(fixture, "");
    rule_cases_write(fixture, "k7q2m", "Filter by TBD", READY, "");
    rule_cases_check(fixture, families, NULL,
                     "k7q2m.md:2:8 error open-question: \"TBD\": this is still to be decided");
}

/* -- the approach -- */

static void check_approach(struct fixture *fixture, const char *front, const char *body, const char *severity)
{
    g_autofree char *all = g_strconcat("type: story\nstatus: ready\n", front, NULL);
    g_autofree char *expected =
        severity
            ? g_strdup_printf("k7q2m.md:%s approach-missing: there is no approach: nothing says how it fits "
                              "into what is there",
                              severity)
            : g_strdup("");
    check(fixture, all, body, expected);
}

static void a_story_wants_an_approach(void **state)
{
    struct fixture *fixture = *state;

    check_approach(fixture, "estimate: 3\n", "", "5:9 error");
    check_approach(fixture, "estimate: 2\n", "", "5:9 warning");
    check_approach(fixture, "", "", "5:9 error");
    check_approach(fixture, "approach: trivial\n", "", NULL);
    check_approach(fixture, "", "## Technical notes\n\nIn the index.\n", NULL);
    check_approach(fixture, "", "## Approach\n\n### Store\n\n```sql\nselect 1\n```\n", NULL);
    check_approach(fixture, "", "See [the cache](../docs/adr/0007-cache.md).\n", NULL);
    check_approach(fixture, "", "See [the cache](../Decisions/cache.md#why).\n", NULL);
    check_approach(fixture, "", "See [the cache](../docs/decisive/cache.md).\n", "5:9 error");
    check(fixture, "type: story\nstatus: ready\n", "## Approach\n\n<!-- how? -->\n\n### Store\n",
          "k7q2m.md:8:1 error approach-missing: the approach is empty: nothing says how it fits into what is "
          "there");
    check(fixture, "type: bug\nstatus: ready\n", "", "");
}

static void a_spike_is_an_approach(void **state)
{
    struct fixture *fixture = *state;

    rule_cases_write(fixture, "t2h8k", "Which index?", "type: spike\nstatus: done\n", "");
    rule_cases_write(fixture, "c4x9d", "Index", "type: task\nstatus: done\n", "");
    check_approach(fixture, "depends: [c4x9d, t2h8k]\n", "", NULL);
    check_approach(fixture, "depends: [c4x9d]\n", "", "5:9 error");
    check_approach(fixture, "", "As [found](t2h8k-which-index.md).\n", NULL);
    check_approach(fixture, "", "As [done](./c4x9d-index.md) and [gone](zzzzz.md).\n", "5:9 error");
}

/* -- assumptions -- */

static void an_assumption_wants_a_test(void **state)
{
    struct fixture *fixture = *state;

    check(fixture,
          READY "assumptions:\n  - belief: They filter by date\n    test: count a week\n"
                "  - belief: They pay\n    result: confirmed\n  - they read\n"
                "  - belief: They page\n    result: Refuted\n",
          "",
          "k7q2m.md:7:5 warning assumption-untested: assumption 1 is not tested yet: They filter by date\n"
          "k7q2m.md:11:5 warning assumption-untested: assumption 3 is not tested, and nothing says how to: "
          "they read\n"
          "k7q2m.md:12:5 error assumption-refuted: assumption 4 was refuted: They page");
    rule_cases_check_help(fixture, "assumption-untested",
                          "count a week; then refine assume k7q2m 1 --confirmed -m FOUND, or --refuted");
    rule_cases_check_help(fixture, "assumption-refuted", "refine ready k7q2m --revoke");
    check(fixture, "type: task\nstatus: doing\nassumptions:\n  - belief: They page\n    result: refuted\n",
          "", "k7q2m.md:7:5 error assumption-refuted: assumption 1 was refuted: They page");
    rule_cases_check_help(fixture, "assumption-refuted", "change what rests on it");
    check(fixture, READY "assumptions:\n", "", "");
}

/* -- designs -- */

static void a_design_must_be_there(void **state)
{
    struct fixture *fixture = *state;
    const struct rules_options alone = { .alone = TRUE };

    fixture_write(fixture, "docs/filter.png", "a picture");
    check(fixture, READY "designs:\n  - docs/filter.png#left\n  - https://figma.example/1\n  - ''\n", "", "");
    check(fixture, READY "designs: [docs/filter.png, docs/sort.png]\n", "",
          "k7q2m.md:6:28 error design-missing: there is no docs/sort.png in the repository");
    rule_cases_check(fixture, families, &alone, "");
    check(fixture, "type: task\nstatus: new\ndesigns: [../../../../../../etc/passwd]\n", "",
          "k7q2m.md:6:11 advice design-missing: there is no ../../../../../../etc/passwd in the repository");
    check(fixture, "type: task\nstatus: released\ndesigns: [docs/sort.png]\n", "", "");
}

/* -- what will show that it worked -- */

static void a_measure_is_wanted_where_the_policy_says_so(void **state)
{
    struct fixture *fixture = *state;
    static const char story[] = "type: story\nstatus: ready\napproach: trivial\n";

    check(fixture, story, "", "");
    fixture_policy(fixture, "rules: {measure-missing: warning}\n");
    check(fixture, story, "",
          "k7q2m.md:5:9 warning measure-missing: nothing says how one will see that it worked");
    check(fixture, story, "## Measure\n",
          "k7q2m.md:9:1 warning measure-missing: nothing says how one will see that it worked");
    check(fixture, story, "## Measure\n\nFewer calls.\n", "");
    check(fixture, READY, "", "");
}

/* -- people -- */

static void addresses_in_feedback_are_told_and_not_repeated(void **state)
{
    struct fixture *fixture = *state;
    static const char says[] =
        "warning personal-data: an e-mail address in feedback, which git keeps for good";
    g_autofree char *three =
        g_strdup_printf("k7q2m.md:7:11 %s\nk7q2m.md:9:20 %s\nk7q2m.md:10:5 %s", says, says, says);
    g_autofree char *body = g_strdup_printf("k7q2m.md:10:15 %s", says);

    fixture_policy(fixture, "team: [{name: Ana Silva, handle: ana, email: [ana@example.com]}]\n");
    check(fixture,
          "type: task\nstatus: new\nfeedback:\n  - from: bo@acme.example\n  - from: forum\n"
          "    says: write to me@acme.example\n  - eve@acme.example\n  - from: ana@example.com\n"
          "    via: https://social.example/@eve\n",
          "", three);
    check(fixture, "type: task\nstatus: new\n", "## Feedback\n\n- Mail of Bo: bo@acme.example, 3 @ 5\n",
          body);
    check(fixture,
          "type: task\nstatus: new\nfeedback:\n  - from: forum\n    says: |\n      Write to bo@acme.example\n"
          "      or eve@acme.example\n",
          "",
          "k7q2m.md:9:16 warning personal-data: an e-mail address in feedback, which git keeps for good\n"
          "k7q2m.md:10:10 warning personal-data: an e-mail address in feedback, which git keeps for good");
    check(fixture, "type: task\nstatus: new\nowner: bo@acme.example\n", "bo@acme.example\n", "");
}

/* -- hostile -- */

static void many_places_take_time_in_proportion(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GString) body = g_string_new("## Open questions\n\n");

    for (guint i = 0; i < 30000; i++)
        g_string_append(body, "- [ ] Who?\n");
    g_string_append(body, "\n## Feedback\n\n");
    for (guint i = 0; i < 20000; i++)
        g_string_append(body, "a@b.c depends on t2h8k ");
    gint64 start = g_get_monotonic_time();
    rule_cases_write(fixture, "k7q2m", "Filter", READY, body->str);
    g_autofree char *seen = rule_cases_print(fixture, families, NULL);
    assert_true(strlen(seen) > 30000);
    assert_true(g_get_monotonic_time() - start < 20 * G_USEC_PER_SEC);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_question_wants_an_answer),
        TEST(what_is_to_be_decided_is_open),
        TEST(a_story_wants_an_approach),
        TEST(a_spike_is_an_approach),
        TEST(an_assumption_wants_a_test),
        TEST(a_design_must_be_there),
        TEST(a_measure_is_wanted_where_the_policy_says_so),
        TEST(addresses_in_feedback_are_told_and_not_repeated),
        TEST(many_places_take_time_in_proportion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
