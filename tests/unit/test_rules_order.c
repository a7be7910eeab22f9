/* Dependencies: planned, stated, in the text, outside, and in which order. */
#include "rule_cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const families[] = { "Dependencies and order", NULL };

#define READY "type: story\nstatus: ready\nrank: nc\n"

static void other(struct fixture *fixture, const char *id, const char *rank, const char *status,
                  const char *more)
{
    g_autofree char *front =
        g_strdup_printf("type: story\nrank: %s\nstatus: %s\ndepends: none\n%s", rank, status, more);
    rule_cases_write(fixture, id, "Index the orders", front, "");
}

/* The item k7q2m, ready and in the middle, with more front matter and a body, has these findings. */
static void check_text(struct fixture *fixture, const char *more, const char *body, const char *expected)
{
    g_autofree char *front = g_strconcat(READY, more, NULL);
    rule_cases_write(fixture, "k7q2m", "Filter", front, body);
    rule_cases_check(fixture, families, NULL, expected);
}

static void check(struct fixture *fixture, const char *more, const char *expected)
{
    check_text(fixture, more, "", expected);
}

/* -- planned -- */

static void a_dependency_must_be_done_or_ready_and_above(void **state)
{
    struct fixture *fixture = *state;
    static const char depends[] = "depends: [t2h8k]\n";

    other(fixture, "t2h8k", "nb", "done", "");
    check(fixture, depends, "");
    other(fixture, "t2h8k", "nb", "ready", "");
    check(fixture, depends, "");
    other(fixture, "t2h8k", "nd", "doing", "");
    check(fixture, depends, "");
    other(fixture, "t2h8k", "nb", "refining", "");
    check(fixture, depends,
          "k7q2m.md:7:11 error depends-unplanned: depends on t2h8k (Index the orders), which is still "
          "refining");
    rule_cases_check_help(fixture, "depends-unplanned", "refine ready t2h8k");
    other(fixture, "t2h8k", "nd", "ready", "");
    check(fixture, depends,
          "k7q2m.md:7:11 error depends-unplanned: depends on t2h8k (Index the orders), which is ready, but "
          "comes "
          "later: it is number 2, and this one number 1");
    rule_cases_check_help(fixture, "depends-unplanned", "refine order t2h8k --before k7q2m");
    other(fixture, "t2h8k", "nb", "dropped", "");
    check(fixture, depends,
          "k7q2m.md:7:11 error depends-unplanned: depends on t2h8k (Index the orders), which was dropped");
    rule_cases_check_help(fixture, "depends-unplanned", "refine depend k7q2m --off t2h8k");
}

static void several_can_be_declared_ready_together(void **state)
{
    struct fixture *fixture = *state;
    const char *const paths[] = { "backlog/k7q2m.md", "backlog/t2h8k.md", NULL };
    const struct rules_options both = { .as_ready = paths };

    other(fixture, "t2h8k", "nb", "refining", "");
    rule_cases_write(fixture, "k7q2m", "Filter",
                     "type: story\nstatus: refining\nrank: nc\ndepends: [t2h8k]\n", "");
    rule_cases_check(
        fixture, families, NULL,
        "k7q2m.md:7:11 advice depends-unplanned: depends on t2h8k (Index the orders), which is still "
        "refining");
    rule_cases_check(fixture, families, &both, "");
}

static void what_is_split_or_repeated_stands_for_others(void **state)
{
    struct fixture *fixture = *state;

    other(fixture, "c4x9d", "nb", "split", "");
    check(fixture, "depends:\n  - c4x9d\n",
          "k7q2m.md:8:5 error depends-unplanned: depends on c4x9d (Index the orders), which is split and has "
          "no "
          "parts");
    other(fixture, "t2h82", "nb", "new", "parent: c4x9d\n");
    check(
        fixture, "depends:\n  - c4x9d # all of it\n",
        "k7q2m.md:8:5 error depends-unplanned: depends on t2h82 (Index the orders), a part of c4x9d: that is "
        "still new");
    other(fixture, "t2h83", "nb", "done", "parent: c4x9d\n");
    other(fixture, "t2h84", "nd", "ready", "parent: c4x9d\n");
    check(
        fixture, "depends: [c4x9d]\n",
        "k7q2m.md:7:11 error depends-unplanned: depends on c4x9d, of which 2 of 3 parts are neither done nor "
        "ready before it: t2h82, t2h84");
    other(fixture, "b2c3d", "nb", "dropped", "duplicate-of: t2h82\n");
    check(
        fixture, "depends: [c4x9d, b2c3d, c4x9d]\n",
        "k7q2m.md:7:11 error depends-unplanned: depends on c4x9d, of which 2 of 3 parts are neither done nor "
        "ready before it: t2h82, t2h84\n"
        "k7q2m.md:7:18 error depends-unplanned: depends on t2h82 (Index the orders), which b2c3d repeats: "
        "that "
        "is still new");
}

static void a_spike_must_be_done(void **state)
{
    struct fixture *fixture = *state;
    static const char says[] =
        "k7q2m.md:7:11 error spike-unfinished: waits for the spike t2h8k (Which index?), which "
        "is still %s: what that will find out is open";
    g_autofree char *doing = g_strdup_printf(says, "doing"), *ready = g_strdup_printf(says, "ready");

    rule_cases_write(fixture, "t2h8k", "Which index?",
                     "type: spike\nrank: nb\nstatus: doing\ndepends: none\n", "");
    check(fixture, "depends: [t2h8k]\n", doing);
    rule_cases_write(fixture, "t2h8k", "Which index?",
                     "type: spike\nrank: nb\nstatus: ready\ndepends: none\n", "");
    check(fixture, "depends: [t2h8k]\n", ready);
    rule_cases_write(fixture, "t2h8k", "Which index?", "type: spike\nrank: nb\nstatus: done\ndepends: none\n",
                     "");
    check(fixture, "depends: [t2h8k]\n", "");
    fixture_policy(fixture, "rules: {spike-unfinished: off}\n");
    rule_cases_write(fixture, "t2h8k", "Which index?", "type: spike\nrank: nb\nstatus: new\ndepends: none\n",
                     "");
    check(fixture, "depends: [t2h8k]\n",
          "k7q2m.md:7:11 error depends-unplanned: depends on t2h8k (Which index?), which is still new");
}

static void what_dangles_or_cannot_be_read_is_left_to_others(void **state)
{
    struct fixture *fixture = *state;

    fixture_folder(fixture, "backlog");
    fixture_link(fixture, "k7q2m.md", "backlog/bcg32.md");
    check(fixture, "depends: [zzzzz, bcg32, k7q2m]\n", "");
    check(fixture, "depends: t2h8k\n", "");
}

/* -- order -- */

static void an_item_above_its_own_dependency_is_a_warning(void **state)
{
    struct fixture *fixture = *state;

    other(fixture, "t2h8k", "nd", "new", "");
    rule_cases_write(fixture, "k7q2m", "Filter", "type: epic\nstatus: new\nrank: nc\ndepends: [t2h8k]\n", "");
    rule_cases_check(
        fixture, families, NULL,
        "k7q2m.md:7:11 warning order-inversion: is number 1, above what it depends on: t2h8k (Index the "
        "orders), number 2");
    rule_cases_check_help(fixture, "order-inversion", "refine order t2h8k --before k7q2m");
    other(fixture, "t2h8k", "nd", "doing", "");
    rule_cases_check(fixture, families, NULL, "");
    other(fixture, "t2h8k", "nd", "done", "");
    rule_cases_check(fixture, families, NULL, "");
}

static void the_order_is_not_told_twice(void **state)
{
    struct fixture *fixture = *state;

    other(fixture, "t2h8k", "nd", "ready", "");
    fixture_policy(fixture, "rules: {depends-unplanned: off}\n");
    check(fixture, "depends: [t2h8k]\n",
          "k7q2m.md:7:11 warning order-inversion: is number 1, above what it depends on: t2h8k (Index the "
          "orders), "
          "number 2");
    fixture_policy(fixture, NULL);
    other(fixture, "t2h8k", "nd", "new", "");
    check(fixture, "depends: [t2h8k]\n",
          "k7q2m.md:7:11 error depends-unplanned: depends on t2h8k (Index the orders), which is still new\n"
          "k7q2m.md:7:11 warning order-inversion: is number 1, above what it depends on: t2h8k (Index the "
          "orders), "
          "number 2");
}

/* -- stated -- */

static void none_is_an_answer_and_nothing_is_not(void **state)
{
    static const char says[] =
        "k7q2m.md:5:9 note depends-unstated: nothing says what it depends on, or that it depends on nothing";

    check(*state, "", says);
    check(*state, "depends:\n", says);
    check(*state, "depends: []\n", says);
    check(*state, "depends: none\n", "");
    rule_cases_write(*state, "k7q2m", "Filter", "type: story\nstatus: done\n", "");
    rule_cases_check(*state, families, NULL, "");
}

/* -- in the text -- */

static void check_unlinked(struct fixture *fixture, const char *text, const char *place, const char *name)
{
    g_autofree char *expected =
        !name ? g_strdup("")
              : g_strdup_printf("k7q2m.md:%s warning depends-unlinked: the text says that it "
                                "depends on %s, and the field depends does not",
                                place, name);
    check_text(fixture, "depends: none\n", text, expected);
}

static void the_text_names_what_the_field_does_not(void **state)
{
    struct fixture *fixture = *state;

    other(fixture, "t2h8k", "nb", "new", "aliases: [BACK-37, '#12', net]\n");
    check_unlinked(fixture, "It depends on t2h8k.\n", "10:15", "t2h8k");
    check_unlinked(fixture, "Blocked by: BACK-37\n", "10:13", "BACK-37");
    check_unlinked(fixture, "This is blocked on #12\n", "10:20", "#12");
    check_unlinked(fixture, "Dependent on the item [`t2h8k`](t2h8k.md).\n", "10:25", "t2h8k");
    check_unlinked(fixture, "It depends\non zzzzz and t2h8k.\n", "11:14", "t2h8k");
    check_unlinked(fixture, "It depends on the net.\n", NULL, NULL);
    check_unlinked(fixture, "It no longer depends on t2h8k, nor is it not blocked by t2h8k.\n", NULL, NULL);
    check_unlinked(fixture, "t2h8k depends on t2h8k.\n", NULL, NULL);
    check_unlinked(fixture, "It depends on k7q2m, tmpfs and BACK-38.\n", NULL, NULL);
    check_unlinked(fixture, "```\ndepends on t2h8k\n```\n\n> depends on t2h8k\n", NULL, NULL);
    check_unlinked(fixture, "## Decisions\n\n- 2026-11-20 Ana: depends on t2h8k.\n", NULL, NULL);
    check_unlinked(fixture, "It depends on others. t2h8k is one.\n", NULL, NULL);
}

static void what_is_listed_or_over_need_not_be_linked(void **state)
{
    struct fixture *fixture = *state;

    other(fixture, "c4x9d", "nb", "split", "");
    other(fixture, "t2h8k", "nb", "ready", "parent: c4x9d\naliases: [BACK-37]\n");
    check_text(fixture, "depends: [t2h8k]\n", "It depends on BACK-37 and c4x9d.\n", "");
    check_text(fixture, "depends: [c4x9d]\n", "It depends on BACK-37.\n", "");
    other(fixture, "t2h8k", "nb", "done", "parent: c4x9d\naliases: [BACK-37]\n");
    check_text(fixture, "depends: none\n", "It depends on BACK-37.\n", "");
}

/* -- outside -- */

static void check_external(struct fixture *fixture, const char *more, const char *says)
{
    g_autofree char *front = g_strconcat("depends:\n  - external: API key\n", more, NULL);
    g_autofree char *expected =
        says ? g_strconcat("k7q2m.md:8:5 warning depends-external: it waits for API key", says, NULL)
             : g_strdup("");
    check(fixture, front, expected);
}

static void what_is_outside_wants_an_owner_and_a_day(void **state)
{
    struct fixture *fixture = *state;

    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
    check_external(fixture, "    owner: Bo\n    due: 2026-11-28\n", NULL);
    check_external(fixture, "    due: 2026-11-28\n", ", and nothing says who sees to it");
    rule_cases_check_help(fixture, "depends-external",
                          "refine depend k7q2m --external 'API key' --owner WHO");
    check_external(fixture, "    owner: Bo\n", ", and nothing says by when it comes");
    check_external(fixture, "", ", and nothing says who sees to it, and by when it comes");
    check_external(fixture, "    owner: Bo\n    due: soon\n", ": expected a day as YYYY-MM-DD, saw soon");
}

static void a_day_after_a_sprint_from_today_is_too_late(void **state)
{
    struct fixture *fixture = *state;

    g_setenv("REFINE_NOW", "2026-11-21T09:00:00Z", TRUE);
    check_external(fixture, "    owner: Bo\n    due: 2026-12-05\n", NULL);
    check_external(fixture, "    owner: Bo\n    due: 2026-12-06\n",
                   ", which is due on 2026-12-06, after a sprint of 14 days from today");
    check_external(fixture, "    owner: Bo\n    due: 2026-11-21\n", NULL);
    check_external(fixture, "    owner: Bo\n    due: 2026-11-20\n", ", which was due on 2026-11-20");
    fixture_policy(fixture, "sprint: {days: 7}\n");
    check_external(fixture, "    owner: Bo\n    due: 2026-11-28\n", NULL);
    check_external(fixture, "    owner: Bo\n    due: 2026-11-29\n",
                   ", which is due on 2026-11-29, after a sprint of 7 days from today");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_dependency_must_be_done_or_ready_and_above),
        TEST(several_can_be_declared_ready_together),
        TEST(what_is_split_or_repeated_stands_for_others),
        TEST(a_spike_must_be_done),
        TEST(what_dangles_or_cannot_be_read_is_left_to_others),
        TEST(an_item_above_its_own_dependency_is_a_warning),
        TEST(the_order_is_not_told_twice),
        TEST(none_is_an_answer_and_nothing_is_not),
        TEST(the_text_names_what_the_field_does_not),
        TEST(what_is_listed_or_over_need_not_be_linked),
        TEST(what_is_outside_wants_an_owner_and_a_day),
        TEST(a_day_after_a_sprint_from_today_is_too_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
