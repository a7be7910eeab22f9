/* Assumptions: read as people write them, added, and settled. */
#include "assumption.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define PATH "backlog/k7q2m-filter.md"
#define HEAD "---\ntitle: Filter\nid: k7q2m\n"
#define WRITTEN                                                                                              \
    "assumptions:\n  - belief: customers filter by date first\n    test: count a week\n    result: open\n"

static int set_up(void **state)
{
    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
    return fixture_setup(state);
}

static struct draft *open_draft(struct fixture *fixture, const char *front)
{
    g_autofree char *text = g_strconcat(HEAD, front, "---\n", NULL);
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, PATH, text);
    struct backlog *backlog = fixture_backlog(fixture);
    struct draft *draft = draft_open(backlog, fixture_entry(fixture, PATH), &error);
    if (!draft)
        fail_msg("%s", error->message);
    return draft;
}

static void check_front(struct draft *draft, const char *expected)
{
    g_autofree char *text = g_strconcat(HEAD, expected, "---\n", NULL);
    GBytes *bytes = edit_bytes(draft->edit);
    g_autofree char *seen = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
    assert_string_equal(seen, text);
}

static void what_a_person_wrote_is_read(void **state)
{
    g_autoptr(Document) document = fixture_document(
        HEAD "assumptions:\n  - belief: |\n      two\n      lines\n    result: Refuted\n"
             "    evidence: 3 of 90\n  - just believed\n  - {test: count, result: perhaps}\n---\n");
    g_autoptr(GPtrArray) all = assumptions_read(document);
    const struct assumption *first = assumptions_find(all, 1, NULL), *second = assumptions_find(all, 2, NULL);
    const struct assumption *third = assumptions_find(all, 3, NULL);

    assert_int_equal(all->len, 3);
    assert_string_equal(first->belief, "two lines");
    assert_null(first->test);
    assert_int_equal(first->result, ASSUMPTION_REFUTED);
    assert_string_equal(first->evidence, "3 of 90");
    assert_int_equal(first->at.line, 5);
    assert_string_equal(second->belief, "just believed");
    assert_int_equal(second->result, ASSUMPTION_OPEN);
    assert_string_equal(third->belief, "");
    assert_string_equal(third->test, "count");
    assert_int_equal(third->result, ASSUMPTION_OPEN);
    assert_null(assumptions_find(all, 4, NULL));
}

static void an_assumption_is_added_with_its_test(void **state)
{
    g_autoptr(Draft) draft = open_draft(*state, "");
    g_autoptr(GError) error = NULL;

    assert_true(assumption_add(draft, "customers filter\nby date first", " count a week", NULL));
    check_front(draft, WRITTEN);
    assert_false(assumption_add(draft, "Customers filter by date first", "ask", &error));
    assert_true(fixture_says(error->message, "assumption 1 says that already, and is open"));
    assert_false(assumption_add(draft, "x", " ", NULL));
    assert_false(assumption_add(draft, "", "y", NULL));
    assert_true(assumption_add(draft, "yes", "12: ask", NULL));
    check_front(draft, WRITTEN "  - belief: \"yes\"\n    test: \"12: ask\"\n    result: open\n");
}

static void an_assumption_is_settled_with_evidence(void **state)
{
    g_autoptr(Draft) draft = open_draft(*state, WRITTEN "estimate: 5\n");
    g_autoptr(GError) error = NULL;

    assert_true(assumption_settle(draft, 1, ASSUMPTION_CONFIRMED, "Ana", "812 of 1,000 did", NULL));
    check_front(draft, "assumptions:\n  - belief: customers filter by date first\n    test: count a week\n"
                       "    result: confirmed\n    evidence: \"2026-11-21 Ana: 812 of 1,000 did\"\n"
                       "estimate: 5\n");
    assert_false(assumption_settle(draft, 1, ASSUMPTION_REFUTED, "Ana", NULL, &error));
    assert_true(fixture_says(error->message, "was confirmed by 2026-11-21 Ana: 812 of 1,000 did"));
    assert_true(assumption_settle(draft, 1, ASSUMPTION_REFUTED, "Bo", "a bot did", NULL));
    check_front(draft, "assumptions:\n  - belief: customers filter by date first\n    test: count a week\n"
                       "    result: refuted\n    evidence: \"2026-11-21 Bo: a bot did\"\nestimate: 5\n");
}

static void an_assumption_is_settled_without_evidence_once(void **state)
{
    g_autoptr(Draft) draft = open_draft(*state, "assumptions: [{belief: a}]\n");

    assert_true(assumption_settle(draft, 1, ASSUMPTION_REFUTED, "Ana", NULL, NULL));
    check_front(draft, "assumptions: [{belief: a, result: refuted}]\n");
    assert_true(assumption_settle(draft, 1, ASSUMPTION_REFUTED, "Ana", NULL, NULL));
    check_front(draft, "assumptions: [{belief: a, result: refuted}]\n");
    assert_false(assumption_settle(draft, 2, ASSUMPTION_REFUTED, "Ana", NULL, NULL));
    assert_false(assumption_settle(draft, 1, ASSUMPTION_REFUTED, "Ana", " ", NULL));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_a_person_wrote_is_read),
        TEST(an_assumption_is_added_with_its_test),
        TEST(an_assumption_is_settled_with_evidence),
        TEST(an_assumption_is_settled_without_evidence_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
