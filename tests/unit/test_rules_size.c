/* Estimates, what looks large, votes: what each rule finds, what nearly is, and its severity. */
#include "rule_cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const families[] = { "Size", NULL };

/* The one item, with lines of front matter behind its status, has these findings. */
static void check(struct fixture *fixture, const char *title, const char *front, const char *body,
                  const char *expected)
{
    rule_cases_write(fixture, "k7q2m", title, front, body);
    rule_cases_check(fixture, families, NULL, expected);
}

/* -- estimates -- */

static void without_an_estimate_nothing_is_ready_but_a_task(void **state)
{
    check(*state, "Filter", "type: story\nstatus: ready\n", "",
          "k7q2m.md:5:9 error not-estimated: there is no estimate");
    check(*state, "Filter", "type: bug\nstatus: new\nestimate:\n", "",
          "k7q2m.md:6:1 advice not-estimated: there is no estimate");
    check(*state, "Filter", "type: spike\nstatus: doing\nestimate: ''\n", "",
          "k7q2m.md:6:11 error not-estimated: it has no time-box: there is no estimate");
    check(*state, "Filter", "type: task\nstatus: ready\n", "", "");
    check(*state, "Filter", "type: story\nstatus: done\n", "", "");
    check(*state, "Filter", "type: story\nstatus: ready\nestimate: 0.5\n", "",
          "k7q2m.md:6:11 warning off-scale: the estimate 0.5 is not on the scale: expected 1");
    check(*state, "Filter", "type: story\nstatus: ready\nestimate: [3]\n", "", "");
}

static void the_scale_is_a_matter_of_weight(void **state)
{
    struct fixture *fixture = *state;

    check(fixture, "Filter", "type: task\nstatus: new\nestimate: 5.0\n", "", "");
    check(fixture, "Filter", "type: task\nstatus: new\nestimate: 4\n", "",
          "k7q2m.md:6:11 warning off-scale: the estimate 4 is not on the scale: expected 3 or 5");
    rule_cases_check_help(fixture, "off-scale", "refine estimate k7q2m 3 or 5");
    check(fixture, "Filter", "type: task\nstatus: new\nestimate: large\n", "", ""); /* bad-value */
    fixture_policy(fixture, "estimate: {scale: {S: 1, M: 3, L: 8}, largest: M}\n");
    check(fixture, "Filter", "type: task\nstatus: ready\nestimate: s\n", "", "");
    check(fixture, "Filter", "type: task\nstatus: ready\nestimate: 5\n", "",
          "k7q2m.md:6:11 warning off-scale: the estimate 5 is not on the scale: expected M or L\n"
          "k7q2m.md:6:11 error too-large: the estimate 5 is above M, the largest that the team begins");
    check(fixture, "Filter", "type: task\nstatus: ready\nestimate: L\n", "",
          "k7q2m.md:6:11 error too-large: the estimate L is above M, the largest that the team begins");
}

static void too_large_is_what_the_team_does_not_begin(void **state)
{
    struct fixture *fixture = *state;

    check(fixture, "Filter", "type: story\nstatus: ready\nestimate: 8\n", "", "");
    check(fixture, "Filter", "type: story\nstatus: refining\nestimate: 13\n", "",
          "k7q2m.md:6:11 advice too-large: the estimate 13 is above 8, the largest that the team begins");
    rule_cases_check_help(fixture, "too-large", "refine split k7q2m");
    check(fixture, "Export orders as CSV, PDF and XML", "type: story\nstatus: ready\nestimate: 20\n", "",
          "k7q2m.md:6:11 error too-large: the estimate 20 is above 8, the largest that the team begins");
    rule_cases_check_help(fixture, "too-large", "refine split k7q2m --suggest; it could be cut by");
    fixture_policy(fixture, "estimate: {scale: [10, 20, 50]}\n");
    check(fixture, "Filter", "type: story\nstatus: ready\nestimate: 20\n", "", "");
    fixture_policy(fixture, "estimate: {largest: 20}\n");
    check(fixture, "Filter", "type: story\nstatus: ready\nestimate: 13\n", "", "");
}

static void an_epic_is_never_ready(void **state)
{
    static const char says[] = "too-large: an epic is never ready: its parts are, once it is split";
    g_autofree char *error = g_strconcat("k7q2m.md:4:7 error ", says, NULL);
    g_autofree char *advice = g_strconcat("k7q2m.md:4:7 advice ", says, NULL);
    const char *const paths[] = { "backlog/k7q2m.md", NULL };
    const struct rules_options asked = { .as_ready = paths };

    check(*state, "Search", "type: epic\nstatus: ready\nestimate: 20\n", "", error);
    check(*state, "Search", "type: epic\nstatus: new\n", "", advice);
    rule_cases_check(*state, families, &asked, error);
    check(*state, "Search", "type: epic\nstatus: split\n", "", "");
}

/* -- what looks large -- */

static char *criteria(guint n)
{
    GString *body = g_string_new("## Acceptance criteria\n\n");
    for (guint i = 1; i <= n; i++)
        g_string_append_printf(body, "- [ ] Order %u is shown\n", i);
    return g_string_free(body, FALSE);
}

static void two_signs_make_an_item_look_large(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *eleven = criteria(11), *ten = criteria(10);
    static const char small[] = "type: story\nstatus: ready\nestimate: 3\n";
    static const char waits[] = "type: story\nstatus: ready\nestimate: 3\ndepends: [t2h8k, t2h8m]\n";
    static const char waits_long[] =
        "type: story\nstatus: ready\nestimate: 3\ndepends:\n  - t2h8k\n  - t2h8m\n"
        "  - external: a key\n";

    check(fixture, "Manage orders", small, eleven,
          "k7q2m.md:6:11 warning looks-large: it looks larger than 3: 11 criteria, \"manage\", which is "
          "several "
          "things");
    check(fixture, "Manage orders", small, ten, "");
    check(fixture, "Orders", small, eleven, "");
    check(fixture, "Manage orders", waits, "", "");
    check(fixture, "Manage orders", waits_long, "",
          "k7q2m.md:6:11 warning looks-large: it looks larger than 3: 3 dependencies, \"manage\", which is "
          "several "
          "things");
    check(fixture, "Manage orders", "type: story\nstatus: ready\nestimate: 5\n", eleven, "");
    check(
        fixture, "Manage orders", "type: task\nstatus: new\n", eleven,
        "k7q2m.md:5:9 advice looks-large: it looks large: 11 criteria, \"manage\", which is several things");
}

static void words_count_but_for_code_and_history(void **state)
{
    g_autoptr(GString) body = g_string_new("## Why\n\n");
    static const char small[] = "type: story\nstatus: ready\nestimate: 1\n";

    for (guint i = 0; i < 1149; i++)
        g_string_append(body, "word ");
    g_string_append(body,
                    "\n\n```\ncode of more words\n```\n\n## Decisions\n\n- 2026-11-20 Ana: more words.\n");
    check(*state, "Administer orders", small, body->str, "");
    g_string_append(body, "\n## Why\n\nmore\n");
    check(*state, "Administer orders", small, body->str,
          "k7q2m.md:6:11 warning looks-large: it looks larger than 1: 1152 words, \"administer\", which is "
          "several "
          "things");
}

static void a_handle_is_a_thing_and_the_benefit_no_work(void **state)
{
    g_autofree char *eleven = criteria(11);
    static const char small[] = "type: story\nstatus: ready\nestimate: 1\n";
    g_autofree char *benefit =
        g_strconcat("## Story\n\nAs a clerk, I want a list, so that I manage.\n\n", eleven, NULL);
    g_autofree char *wish =
        g_strconcat("## Story\n\nAs a clerk, I want to handle returns, so that I rest.\n\n", eleven, NULL);

    check(*state, "Show the handle of a door", small, eleven, "");
    check(*state, "Show orders", small, benefit, "");
    check(*state, "Show returns", small, wish,
          "k7q2m.md:6:11 warning looks-large: it looks larger than 1: 11 criteria, \"handle\", which is "
          "several "
          "things");
}

/* -- similar items -- */

static void an_estimate_unlike_its_neighbours_is_told_of_who_is_named(void **state)
{
    struct fixture *fixture = *state;
    const char *const paths[] = { "backlog/k7q2m.md", NULL };
    const struct rules_options named = { .only = paths, .named = TRUE }, all = { FALSE, NULL };
    static const char expected[] = "k7q2m.md:6:11 note estimate-outlier: the estimate 8 is unlike that of "
                                   "similar finished items: of the 6 "
                                   "most alike, most have 2 to 3";

    for (char last = '2'; last <= '7'; last++) {
        const char id[] = { 't', '2', 'h', '8', last, '\0' };
        rule_cases_write(fixture, id, "Filter orders by date of delivery",
                         last == '7' ? "type: story\nstatus: done\nestimate: 3\n"
                                     : "type: story\nstatus: done\nestimate: 2\n",
                         "Orders are filtered by date.\n");
    }
    rule_cases_write(fixture, "k7q2m", "Filter orders by date", "type: story\nstatus: ready\nestimate: 8\n",
                     "");
    rule_cases_check(fixture, families, &all, "");
    rule_cases_check(fixture, families, &named, expected);
    fixture_policy(fixture, "rules: {estimate-outlier: note}\n");
    rule_cases_check(fixture, families, &all, expected);
    fixture_policy(fixture, "rules: {estimate-outlier: off}\n");
    rule_cases_check(fixture, families, &named, "");
    fixture_policy(fixture, NULL);
    rule_cases_write(fixture, "k7q2m", "Filter orders by date", "type: story\nstatus: ready\nestimate: 3\n",
                     "");
    rule_cases_check(fixture, families, &named, "");
}

/* -- votes -- */

static void votes_that_are_kept_want_a_decision(void **state)
{
    struct fixture *fixture = *state;
    static const char apart[] = "type: task\nstatus: ready\nestimate: 5\nvotes:\n  ana: 3\n  bo: 13\n";
    static const char says[] =
        "votes-diverge: the votes were far apart (3, 13), and no decision says why it is 5";
    g_autofree char *error = g_strconcat("k7q2m.md:8:3 error ", says, NULL);

    check(fixture, "Filter", apart, "", error);
    check(fixture, "Filter", apart, "## Decisions\n\n- 2026-11-20 Ana: one category.\n", error);
    check(fixture, "Filter", apart, "## Decisions\n\n- estimate 5\n", error);
    check(fixture, "Filter", apart, "## Decisions\n\n- 2026-11-20 Ana: Estimate 5 after 3, 13: no index.\n",
          "");
    check(fixture, "Filter", "type: task\nstatus: ready\nestimate: 5\nvotes: {round: 2, ana: 3, bo: 5}\n", "",
          "");
    check(fixture, "Filter", "type: task\nstatus: new\nvotes: {round: 13, ana: 3, bo: \"?\"}\n", "",
          "k7q2m.md:6:8 warning votes-diverge: the votes were far apart (3, ?), and no decision says why it "
          "is none "
          "of them");
    check(fixture, "Filter", "type: task\nstatus: ready\nestimate: 5\nvotes: [3, 13]\n", "", "");
    check(fixture, "Filter", "type: task\nstatus: done\nestimate: 5\nvotes: {ana: 3, bo: 13}\n", "", "");
}

static void votes_of_an_open_round_are_an_error_of_a_ready_item(void **state)
{
    struct fixture *fixture = *state;
    static const char ready[] = "type: task\nstatus: ready\nestimate: 3\n";

    fixture_write(fixture, "backlog/votes/k7q2m/1-ana", "3 (k7q2m 1 ana)\n");
    check(fixture, "Filter", ready, "", "");
    fixture_write(fixture, "backlog/votes/k7q2m/1-bo", "13 (k7q2m 1 bo)\n");
    check(fixture, "Filter", ready, "",
          "k7q2m.md:6:11 error votes-diverge: the votes of the open round are far apart: 3, 13");
    rule_cases_check_help(fixture, "votes-diverge", "hear ana (3) and bo (13)");
    check(fixture, "Filter", "type: task\nstatus: refining\n", "",
          "k7q2m.md:5:9 warning votes-diverge: the votes of the open round are far apart: 3, 13");
    fixture_write(fixture, "backlog/votes/k7q2m/2-ana", "?\n");
    check(fixture, "Filter", ready, "",
          "k7q2m.md:6:11 error votes-diverge: the votes of the open round are far apart: ?");
    rule_cases_check_help(fixture, "votes-diverge", "refine ask k7q2m");
    fixture_write(fixture, "backlog/votes/k7q2m/2", "cleared\n");
    check(fixture, "Filter", ready, "", "");
}

static void a_sealed_round_is_not_over(void **state)
{
    struct fixture *fixture = *state;

    fixture_write(fixture, "backlog/votes/k7q2m/1-ana", "3 (k7q2m 1 ana)\n");
    fixture_write(fixture, "backlog/votes/k7q2m/1-bo",
                  "sealed b72a1299805166f7c51fada22429232b06cabe915dd63177a7e8aa7fe74f0736\n");
    check(fixture, "Filter", "type: task\nstatus: doing\nestimate: 3\n", "",
          "k7q2m.md:6:11 error votes-sealed: the votes of a round are sealed; not revealed yet: bo");
    check(fixture, "Filter", "type: task\nstatus: new\n", "",
          "k7q2m.md:5:9 advice votes-sealed: the votes of a round are sealed; not revealed yet: bo");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(without_an_estimate_nothing_is_ready_but_a_task),
        TEST(the_scale_is_a_matter_of_weight),
        TEST(too_large_is_what_the_team_does_not_begin),
        TEST(an_epic_is_never_ready),
        TEST(two_signs_make_an_item_look_large),
        TEST(words_count_but_for_code_and_history),
        TEST(a_handle_is_a_thing_and_the_benefit_no_work),
        TEST(an_estimate_unlike_its_neighbours_is_told_of_who_is_named),
        TEST(votes_that_are_kept_want_a_decision),
        TEST(votes_of_an_open_round_are_an_error_of_a_ready_item),
        TEST(a_sealed_round_is_not_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
