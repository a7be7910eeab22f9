/* The diff engine on what is said while refining: questions and their answers, decisions, assumptions. */
#include "change.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ASKED "\n## Open questions\n\n"
#define DECIDED "\n## Decisions\n\n"

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

static GPtrArray *list(const struct policy *policy, const char *before, const char *after)
{
    g_autofree char *old = g_strconcat("---\ntitle: Filter\n", before, NULL);
    g_autofree char *new = g_strconcat("---\ntitle: Filter\n", after, NULL);
    g_autoptr(Document) then = fixture_document(old), now = fixture_document(new);
    return change_list(policy, then, now);
}

static void check(const struct policy *policy, const char *before, const char *after, const char *expected)
{
    g_autoptr(GPtrArray) changes = list(policy, before, after);
    g_autofree char *summary = change_summary(changes);
    assert_string_equal(summary, expected);
}

/* Bodies alone. */
static void check_body(const struct policy *policy, const char *before, const char *after,
                       const char *expected)
{
    g_autofree char *old = g_strconcat("---\n", before, NULL), *new = g_strconcat("---\n", after, NULL);
    check(policy, old, new, expected);
}

#define STAMP "stamp: 1 why:3f2a9c\n"

static void readiness_is_said_once(void **state)
{
    check(*state, "status: refining\n---\n", "status: ready\n" STAMP "---\n", "ready");
    check(*state, "status: refining\nestimate: 5\n---\n", "status: ready\nestimate: 8\n" STAMP "---\n",
          "ready, estimate 5 -> 8");
    check(*state, "status: doing\n---\n", "status: doing\n" STAMP "---\n", "ready");
    check(*state, "status: ready\n" STAMP "---\n", "status: ready\nstamp: 1 why:77c0de\n---\n",
          "ready again");
    check(*state, "status: ready\n" STAMP "---\n", "status: refining\n---\n", "no longer ready");
    check(*state, "status: ready\n" STAMP "---\n",
          "status: refining\n---\n" DECIDED "- 2026-11-21 Ana: no longer ready: the law changed\n",
          "no longer ready: the law changed");
}

static void what_is_no_readiness_is_said_as_it_is(void **state)
{
    check(*state, "status: refining\n---\n", "status: ready\n---\n", "status refining -> ready");
    check(*state, "status: ready\n" STAMP "---\n", "status: ready\n---\n", "stamp removed");
    check(*state, "status: ready\n" STAMP "---\n", "status: doing\n" STAMP "---\n", "status ready -> doing");
    check(*state, "status: ready\n" STAMP "---\n", "status: doing\nstamp: 1 why:77c0de\n---\n",
          "status ready -> doing, stamp renewed");
    check(*state, "status: ready\n---\n",
          "status: refining\n---\n" DECIDED "- 2026-11-21 Ana: no longer ready: the law changed\n",
          "status ready -> refining, decided no longer ready: the law changed");
}

static void a_question_is_asked(void **state)
{
    const char *const one = ASKED "- [ ] @bo Is it cached?\n";

    check_body(*state, "", one, "asks @bo Is it cached?");
    check_body(*state, one, ASKED "- [ ] @bo Is it cached?\n- [ ] Who pays?\n", "asks Who pays?");
    check_body(*state, one, ASKED "- [ ] Who pays?\n- [ ] @bo Is it cached?\n", "asks Who pays?");
    check_body(*state, one, ASKED "Many.\n\n- [ ] @bo Is it cached?\n", "section Open questions changed");
    check_body(*state, one, "", "question 1 removed");
    check_body(*state, one, ASKED "- [ ] Is it cached?\n", "question 1 reworded");
    check_body(*state, "\n## Story\n\nA.\n", "\n## Story\n\nB.\n" ASKED "- [ ] Who pays?\n",
               "asks Who pays?, section Story changed");
}

static void a_question_is_answered(void **state)
{
    const char *const open = ASKED "- [ ] a?\n- [ ] b?\n";
    const char *const answered = ASKED "- [ ] a?\n- [x] b?\n  - 2026-11-21 Ana: no\n";
    g_autofree char *before = g_strconcat("---\n", open, NULL), *after = g_strconcat("---\n", answered, NULL);
    g_autoptr(GPtrArray) changes = list(*state, before, after);
    const struct change *change = changes->pdata[0];

    assert_int_equal(changes->len, 1);
    assert_int_equal(change->kind, CHANGE_QUESTION_ANSWERED);
    assert_string_equal(change->name, "Open questions");
    assert_string_equal(change->before, "b?");
    assert_string_equal(change->after, "2026-11-21 Ana: no");
    assert_int_equal(change->number, 2);
    check_body(*state, open, answered, "question 2 answered");
    check_body(*state, open, ASKED "- [ ] a?\n- [x] b?\n", "question 2 answered");
    check_body(*state, answered, ASKED "- [ ] a?\n- [x] b?\n  - 2026-11-21 Ana: no\n  - 2026-11-22 Bo: yes\n",
               "question 2 answered");
    check_body(*state, answered, open, "question 2 reworded, question 2 reopened");
    check_body(*state, ASKED "- [x] b?\n", ASKED "- [ ] b?\n", "question 1 reopened");
    check_body(*state, open, ASKED "- [ ] a?\n- [ ] b?\n  - a note\n", "question 2 reworded");
    check_body(*state, answered, ASKED "- [ ] a?\n- [x] b?\n  - 2026-11-21 Ana: yes\n",
               "question 2 reworded");
}

static void questions_that_change_places_are_a_section(void **state)
{
    check_body(*state, ASKED "- [ ] a?\n- [ ] b?\n", ASKED "- [ ] b?\n- [x] a?\n",
               "section Open questions changed");
}

static void a_decision_is_written(void **state)
{
    const char *const one = DECIDED "- 2026-11-20 Ana, Bo: single choice. Rejected: several (nobody asks).\n";

    check_body(*state, "", one, "decided single choice");
    check_body(*state, one,
               DECIDED "- 2026-11-20 Ana, Bo: single choice. Rejected: several (nobody asks).\n"
                       "- we wait...\n",
               "decided we wait...");
    check_body(*state, one, "", "decision 1 removed");
    check_body(*state, one, DECIDED "- 2026-11-20 Ana, Bo: single choice.\n", "decision 1 reworded");
    check_body(*state, DECIDED "- [ ] we wait\n", DECIDED "- [x] we wait\n", "decision 1 reworded");
    check_body(*state, DECIDED "Nothing yet.\n", DECIDED "Nothing yet.\n\n- 2026-11-20 Ana: x\n",
               "decided x");
}

static void check_front(const struct policy *policy, const char *before, const char *after,
                        const char *expected)
{
    g_autofree char *old = g_strconcat(before, "---\n", NULL), *new = g_strconcat(after, "---\n", NULL);
    check(policy, old, new, expected);
}

static void an_assumption_is_made_and_settled(void **state)
{
    const char *const one = "assumptions:\n  - {belief: they filter, test: count, result: open}\n";
    const char *const other =
        "assumptions:\n  - {belief: they filter, test: count, result: refuted, evidence: \"few: 3\"}\n";

    check_front(*state, "", one, "assumes they filter");
    check_front(*state, one, "assumptions: [{belief: they filter, test: count, result: open}, {belief: b}]\n",
                "assumes b");
    check_front(*state, one, other, "assumption 1 refuted");
    check_front(*state, other, one, "assumption 1 open");
    check_front(*state, other, "assumptions: [{belief: they filter, test: count, result: refuted}]\n",
                "assumption 1 refuted");
}

static void other_changes_of_assumptions_are_entries(void **state)
{
    check_front(*state, "assumptions: [{belief: a, result: open}]\n",
                "assumptions: [{belief: a, test: b, result: open}]\n",
                "assumptions +belief: a, test: b, result: open, assumptions -belief: a, result: open");
    check_front(*state, "assumptions: [{belief: a}, {belief: b}]\n", "assumptions: [{belief: b}]\n",
                "assumptions -belief: a");
    check_front(*state, "", "assumptions: [{belief: a, result: confirmed}]\n",
                "assumptions +belief: a, result: confirmed");
    check_front(*state, "assumptions: [{belief: a}]\n", "", "assumptions -belief: a");
    check_front(*state, "", "assumptions: [a, {test: b}]\n", "assumptions +a, assumptions +test: b");
    check_front(*state, "assumptions: none\n", "assumptions: [a]\n", "assumptions none -> a");
    check_front(*state, "", "assumptions: none\n", "assumptions none");
}

static void what_is_said_over_several_lines_is_one(void **state)
{
    g_autofree char *before = g_strconcat("---\n", ASKED "- [ ] a\n  b?\n", NULL);
    g_autofree char *after = g_strconcat("---\n", ASKED "- [ ] a b?\n", NULL);
    g_autoptr(GPtrArray) changes = list(*state, before, after);
    assert_int_equal(changes->len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_is_asked),
        cmocka_unit_test(readiness_is_said_once),
        cmocka_unit_test(what_is_no_readiness_is_said_as_it_is),
        cmocka_unit_test(a_question_is_answered),
        cmocka_unit_test(questions_that_change_places_are_a_section),
        cmocka_unit_test(a_decision_is_written),
        cmocka_unit_test(an_assumption_is_made_and_settled),
        cmocka_unit_test(other_changes_of_assumptions_are_entries),
        cmocka_unit_test(what_is_said_over_several_lines_is_one),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
