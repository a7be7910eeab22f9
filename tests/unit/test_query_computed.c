/* Queries about what is worked out: open questions, what became of assumptions, and demand. */
#include "query.h"

#include "query_computed.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ASK "---\n\n## Open questions\n\n"

static int set_up(void **state)
{
    fixture_setup(state);
    struct fixture *fixture = *state;
    fixture_policy(fixture, "team:\n  - {name: Ana Silva, handle: ana, role: product-owner}\n"
                            "  - {name: Bo Chen, handle: bo, role: developer}\n");
    fixture_write(fixture, "backlog/bcg32-filter.md",
                  "---\ntitle: Filter\nrank: nb\nassumptions:\n  - {belief: a, result: open}\n"
                  "  - {belief: b, result: refuted}\n" ASK
                  "- [ ] @ana Do archived orders count?\n- [ ] Who pays?\n- [x] @bo Is it cached?\n");
    fixture_write(fixture, "backlog/c4x9d-login.md",
                  "---\ntitle: Login\nrank: nc\nassumptions: [{belief: c, result: confirmed}]\n" ASK
                  "- [ ] @Product-Owner What of guests?\n- [ ] @legal May we?\n- [ ] @bo How?\n");
    fixture_write(fixture, "backlog/k7q2m-shop.md",
                  "---\ntitle: Shop\nrank: nd\nassumptions: []\n" ASK "- [x] @ana Which?\n");
    return 0;
}

static void check(struct fixture *fixture, const char *term, const char *expected)
{
    const char *const terms[] = { term, NULL };
    struct backlog *backlog = fixture_loaded(fixture);
    g_autoptr(GError) error = NULL;
    g_autoptr(Query) query = query_parse(backlog, terms, &error);
    g_autoptr(GString) all = g_string_new(NULL);

    if (!query)
        fail_msg("%s", error->message);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (query_matches(query, item))
            g_string_append_printf(all, "%s%s", all->len ? " " : "", item->id);
    }
    if (strcmp(all->str, expected) != 0)
        fail_msg("%s: expected \"%s\", saw \"%s\"", term, expected, all->str);
}

static void open_questions_are_counted(void **state)
{
    check(*state, "open-questions:", "k7q2m");
    check(*state, "open-questions!=", "bcg32 c4x9d");
    check(*state, "open-questions:3..", "c4x9d");
    check(*state, "open-questions:..2", "bcg32 k7q2m");
    check(*state, "open-questions:2", "bcg32");
    check(*state, "open-questions:0,3", "c4x9d k7q2m");
}

static void open_questions_are_put_to_people(void **state)
{
    check(*state, "open-questions:ana", "bcg32 c4x9d");
    check(*state, "open-questions:@ana", "bcg32 c4x9d");
    check(*state, "open-questions:Ana", "bcg32 c4x9d");
    check(*state, "open-questions:product-owner", "c4x9d");
    check(*state, "open-questions:bo", "c4x9d");
    check(*state, "open-questions!=bo", "bcg32 k7q2m");
    check(*state, "open-questions:legal,ana", "bcg32 c4x9d");
    check(*state, "open-questions:nobody", "");
    fixture_git(*state, "init", "-q", NULL);
    fixture_git(*state, "config", "refine.me", "ana", NULL);
    check(*state, "open-questions:@me", "bcg32 c4x9d");
}

static void assumptions_have_results(void **state)
{
    check(*state, "assumptions:open", "bcg32");
    check(*state, "assumptions:confirmed,refuted", "bcg32 c4x9d");
    check(*state, "assumptions!=open", "c4x9d k7q2m");
    check(*state, "assumptions:", "k7q2m");
    check(*state, "assumptions!=", "bcg32 c4x9d");
    check(*state, "assumptions:2..", "bcg32");
}

static void demand_is_who_asked_and_how_many(void **state)
{
    fixture_write(
        *state, "backlog/bcg32-filter.md",
        "---\ntitle: Filter\nrank: nb\nfeedback:\n  - {from: ACME  GmbH}\n  - {from: '@ana'}\n---\n");
    fixture_write(*state, "backlog/c4x9d-login.md",
                  "---\ntitle: Login\nrank: nc\nparent: k7q2m\nfeedback: [acme gmbh, Acme GmbH]\n---\n");
    check(*state, "demand:acme gmbh", "bcg32 c4x9d k7q2m");
    check(*state, "demand:Ana Silva,nobody", "bcg32");
    check(*state, "demand!=ana", "c4x9d k7q2m");
    check(*state, "demand:2..", "bcg32");
    check(*state, "demand:1", "c4x9d k7q2m");
    check(*state, "demand:", "");
    check(*state, "demand!=", "bcg32 c4x9d k7q2m");
    fixture_git(*state, "init", "-q", NULL);
    fixture_git(*state, "config", "refine.me", "ana", NULL);
    check(*state, "demand:@me", "bcg32");
}

static void check_fails(struct fixture *fixture, const char *term, const char *says)
{
    const char *const terms[] = { term, NULL };
    g_autoptr(GError) error = NULL;

    assert_null(query_parse(fixture_loaded(fixture), terms, &error));
    assert_true(fixture_says(error->message, says));
}

static void what_cannot_be_is_refused(void **state)
{
    check_fails(*state, "assumptions:refute", "saw refute; did you mean refuted?");
    check_fails(*state, "assumptions:true", "expected open, confirmed, refuted or a number, saw true");
    check_fails(*state, "open-questions:a..b", "expected a number at either end, saw a");
    check_fails(*state, "open-questions:3..2", "is empty");
    check_fails(*state, "open-question:2", "did you mean open-questions?");
    check_fails(*state, "demand:a..b", "expected a number at either end, saw a");
    check_fails(*state, "demnad:2", "did you mean demand?");
}

static void every_row_has_a_name_a_summary_and_a_count(void **state)
{
    for (const struct computed *row = computed_table(); row->name; row++) {
        assert_non_null(row->summary);
        assert_non_null(row->count);
        assert_true(!row->choices || row->has);
        assert_true(!row->open == !row->close);
        assert_ptr_equal(computed_find(row->name), row);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(open_questions_are_counted), TEST(open_questions_are_put_to_people),
        TEST(assumptions_have_results),   TEST(demand_is_who_asked_and_how_many),
        TEST(what_cannot_be_is_refused),  TEST(every_row_has_a_name_a_summary_and_a_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
