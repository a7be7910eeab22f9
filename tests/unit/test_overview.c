/* What a glance counts, what it takes for the user's, and what it says comes next. */
#include "overview.h"

#include "facts.h"
#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char team[] =
    "team:\n"
    "  - {name: Ana Silva, handle: ana, email: [ana@example.com], role: product-owner}\n"
    "  - {name: Bo Chen, handle: bo, email: bo@example.com, role: developer}\n";

/* Settings of git that say who the user is, and nothing of the machine's own. */
static int setup(void **state)
{
    int status = fixture_setup(state);
    struct fixture *fixture = *state;

    fixture_folder(fixture, "backlog");
    fixture_git(fixture, "init", "-q", NULL);
    g_setenv("GIT_CONFIG_NOSYSTEM", "1", TRUE);
    g_setenv("GIT_CONFIG_GLOBAL", "/dev/null", TRUE);
    g_setenv("GIT_AUTHOR_NAME", "Ana Silva", TRUE);
    g_setenv("GIT_AUTHOR_EMAIL", "ana@example.com", TRUE);
    return status;
}

static void write_item(struct fixture *fixture, const char *id, const char *rank, const char *front,
                       const char *body)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text = g_strdup_printf("---\ntitle: Item %s\nid: %s\nrank: %s\ntype: story\n%s---\n%s",
                                            id, id, rank, front, body);
    fixture_write(fixture, path, text);
}

static void commit_all(struct fixture *fixture)
{
    fixture_git(fixture, "add", "-A", NULL);
    fixture_git(fixture, "commit", "-q", "-m", "backlog", NULL);
}

static struct overview *look(struct fixture *fixture, const char *policy)
{
    fixture_policy_without_rules(fixture, "depends-dangling not-estimated=note", policy);
    return overview_new(fixture_backlog(fixture));
}

/* The steps as "KIND COUNT ID" with ", " between; newly allocated. */
static char *steps_of(const struct overview *overview)
{
    static const char *const names[] = {
        "begin", "mend", "record", "answer", "estimate", "clarify", "refine"
    };
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < overview->steps->len; i++) {
        const struct overview_step *step = &g_array_index(overview->steps, struct overview_step, i);
        g_string_append_printf(out, "%s%s %u %s", i ? ", " : "", names[step->kind], step->count,
                               step->item ? step->item->id : "-");
    }
    return g_string_free(out, FALSE);
}

static void check_steps(struct fixture *fixture, const char *policy, const char *expected)
{
    g_autoptr(Overview) overview = look(fixture, policy);
    g_autofree char *steps = steps_of(overview);
    assert_string_equal(steps, expected);
}

static void check_count(const struct horizon_count *count, guint items, double weight, guint without)
{
    assert_int_equal(count->items, items);
    assert_true(count->weight == weight);
    assert_int_equal(count->without, without);
}

/* -- counts -- */

static void items_count_by_status_and_weigh_what_the_scale_says(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "nb", "status: new\nestimate: L\n", "");
    write_item(fixture, "cdf34", "nc", "status: new\n", "");
    write_item(fixture, "dfg45", "nd", "status: ready\nestimate: S\n", "");
    write_item(fixture, "fgh56", "nf", "status: done\nestimate: M\n", "");
    write_item(fixture, "ghj67", "ng", "status: new\nestimate: huge\n", "");
    fixture_folder(fixture, "backlog/hjk78.md");
    g_autoptr(Overview) overview = look(fixture, "estimate: {scale: {S: 1, M: 3, L: 8}}\n");

    check_count(&overview->counts[STATUS_NEW], 3, 8, 2);
    check_count(&overview->counts[STATUS_READY], 1, 1, 0);
    check_count(&overview->counts[STATUS_DONE], 1, 3, 0);
    check_count(&overview->counts[STATUS_UNKNOWN], 0, 0, 0);
    check_count(&overview->horizon->open, 4, 9, 2);
    assert_int_equal(overview->unreadable, 1);
}

static void the_ready_are_those_without_errors(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "nb", "status: ready\nestimate: 5\n", "");
    write_item(fixture, "cdf34", "nc", "status: ready\nestimate: 8\ndepends: [zzzz9]\n", "");
    write_item(fixture, "dfg45", "nd", "status: doing\nestimate: 3\n", "");
    g_autoptr(Overview) overview = look(fixture, "sprint: {capacity: 10}\nrefinement: {horizon: 2}\n");

    check_count(&overview->horizon->ready, 1, 5, 0);
    assert_true(overview->horizon->capacity == 10 && overview->horizon->sprints == 2);
    assert_int_equal(overview->errors, 1);
}

static void goals_count_their_open_items(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "nb", "status: new\ngoal: find\n", "");
    write_item(fixture, "cdf34", "nc", "status: done\ngoal: find\n", "");
    fixture_write(fixture, "docs/vision.md", "---\nowner: ana\n---\n\nA shop that\nis found.\n");
    g_autoptr(Overview) overview =
        look(fixture, "vision: docs/vision.md\ngoals:\n  - {id: find, says: Be found}\n  - {id: pay}\n");

    assert_string_equal(overview->vision, "A shop that");
    assert_int_equal(overview->goals->len, 2);
    const struct overview_goal *find = &g_array_index(overview->goals, struct overview_goal, 0);
    const struct overview_goal *pay = &g_array_index(overview->goals, struct overview_goal, 1);
    assert_string_equal(find->says, "Be found");
    assert_int_equal(find->open, 1);
    assert_null(pay->says);
    assert_int_equal(pay->open, 0);
}

static void the_vision_is_its_first_heading(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "vision.md", "Preface\n\n# A *found* shop\n\n# Other\n");
    g_autoptr(Overview) headed = look(fixture, "vision: vision.md\n");
    assert_string_equal(headed->vision, "A found shop");
    fixture_write(fixture, "vision.md", "\n \n");
    g_autoptr(Overview) blank = look(fixture, "vision: vision.md\n");
    assert_null(blank->vision);
    g_autoptr(Overview) absent = look(fixture, "vision: nowhere.md\n");
    assert_null(absent->vision);
}

/* -- the user's -- */

static const char asked[] =
    "\n## Open questions\n\n- [ ] @product-owner One?\n- [ ] @bo Two?\n- [x] @ana Three?\n"
    "- [ ] @Ana Four?\n- [ ] Five?\n";

static void check_questions(struct fixture *fixture, const char *expected)
{
    g_autoptr(Overview) overview = look(fixture, team);
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < overview->questions->len; i++)
        g_string_append_printf(
            out, "%s%s", i ? " " : "",
            g_array_index(overview->questions, struct overview_question, i).question->text);
    assert_string_equal(out->str, expected);
    assert_int_equal(overview->questions_open, 4);
}

static void questions_are_mine_by_handle_and_role(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "nb", "status: new\n", asked);
    write_item(fixture, "cdf34", "nc", "status: done\n", asked);
    check_questions(fixture, "One? Four?");
    g_setenv("GIT_AUTHOR_EMAIL", "bo@example.com", TRUE);
    check_questions(fixture, "Two?");
    fixture_git(fixture, "config", "refine.me", "ana", NULL);
    check_questions(fixture, "One? Four?");
    fixture_git(fixture, "config", "refine.me", "cem", NULL);
    check_questions(fixture, "");
}

static void a_round_waits_for_me_until_i_have_voted(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "nb", "status: new\n", "");
    write_item(fixture, "cdf34", "nc", "status: new\n", "");
    write_item(fixture, "dfg45", "nd", "status: done\n", "");
    write_item(fixture, "fgh56", "nf", "status: new\n", "");
    fixture_write(fixture, "backlog/votes/bcd23/1-ana", "5\n");
    fixture_write(fixture, "backlog/votes/bcd23/2-bo", "5\n");
    fixture_write(fixture, "backlog/votes/bcd23/2-cem", "sealed 00\n");
    fixture_write(fixture, "backlog/votes/cdf34/1-ana", "3\n");
    fixture_write(fixture, "backlog/votes/cdf34/1-bo", "3\n");
    fixture_write(fixture, "backlog/votes/dfg45/1-bo", "3\n");
    fixture_write(fixture, "backlog/votes/fgh56/notes", "3\n");
    fixture_write(fixture, "backlog/votes/fgh56/0-bo", "3\n");
    fixture_write(fixture, "backlog/votes/fgh56/1-old/2-bo", "3\n");
    g_autoptr(Overview) overview = look(fixture, team);

    assert_int_equal(overview->votes->len, 1);
    const struct overview_vote *vote = &g_array_index(overview->votes, struct overview_vote, 0);
    assert_string_equal(vote->item->id, "bcd23");
    assert_int_equal(vote->round, 2);
    assert_int_equal(vote->votes, 2);
}

/* -- what comes next -- */

static void a_backlog_without_open_items_begins(void **state)
{
    struct fixture *fixture = *state;
    check_steps(fixture, NULL, "begin 0 -");
    write_item(fixture, "bcd23", "nb", "status: done\n", "");
    commit_all(fixture);
    check_steps(fixture, NULL, "begin 0 -");
}

static void errors_and_hand_edits_come_first(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "nb", "status: new\nestimate: 3\n", asked);
    write_item(fixture, "cdf34", "nc", "status: new\nestimate: 3\n", "");
    commit_all(fixture);
    write_item(fixture, "cdf34", "nc", "status: ready\ndepends: [zzzz9]\n", "");
    fixture_write(fixture, "backlog/by-hand.md", "---\ntitle: By hand\ntype: bug\nstatus: new\n---\n");
    fixture_write(fixture, "backlog/notes.md", "Not an item.\n");
    check_steps(fixture, team, "mend 1 cdf34, record 2 -, answer 2 bcd23, estimate 2 cdf34, clarify 1 bcd23");
}

static void what_is_near_the_top_fills_the_horizon(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcd23", "nb", "status: doing\nestimate: 8\n", "");
    write_item(fixture, "cdf34", "nc", "status: ready\nestimate: 5\n", "");
    write_item(fixture, "dfg45", "nd", "status: refining\nestimate: 5\n", "");
    write_item(fixture, "fgh56", "nf", "status: new\n", "");
    write_item(fixture, "ghj67", "ng", "status: new\n", asked);
    write_item(fixture, "hjk78", "nh", "status: new\nparent: jkm89\nestimate: 6\n", "");
    write_item(fixture, "jkm89", "nbd", "status: new\n", "");
    commit_all(fixture);
    check_steps(fixture, "sprint: {capacity: 5}\nrefinement: {horizon: 3}\n",
                "estimate 1 fgh56, refine 1 dfg45");
    check_steps(fixture, "sprint: {capacity: 30}\nrefinement: {horizon: 3}\n",
                "estimate 2 fgh56, clarify 1 ghj67, refine 1 dfg45");
    check_steps(fixture, "sprint: {capacity: 5}\nrefinement: {horizon: 1}\n", "");
    check_steps(fixture, NULL, "estimate 2 fgh56, clarify 1 ghj67");
}

static void what_needs_no_estimate_is_not_asked_for_one(void **state)
{
    struct fixture *fixture = *state;
    fixture_write(fixture, "backlog/bcd23.md",
                  "---\ntitle: Move\nid: bcd23\nrank: nb\ntype: task\nstatus: new\n---\n");
    commit_all(fixture);
    check_steps(fixture, NULL, "refine 1 bcd23");
    write_item(fixture, "bcd23", "nb", "status: new\n", "");
    commit_all(fixture);
    check_steps(fixture, NULL, "estimate 1 bcd23");
    fixture_policy(fixture, "rules: {not-estimated: off, story-missing: off, why-missing: off}\n");
    g_autoptr(Overview) overview = overview_new(fixture_backlog(fixture));
    g_autofree char *steps = steps_of(overview);
    assert_string_equal(steps, "refine 1 bcd23");
}

static void without_a_repository_there_is_a_glance_too(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *git = fixture_path(fixture, ".git"), *away = fixture_path(fixture, "git-away");
    write_item(fixture, "bcd23", "nb", "status: new\nestimate: 3\n", "");
    assert_int_equal(rename(git, away), 0);
    check_steps(fixture, NULL, "refine 1 bcd23");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(items_count_by_status_and_weigh_what_the_scale_says),
        TEST(the_ready_are_those_without_errors),
        TEST(goals_count_their_open_items),
        TEST(the_vision_is_its_first_heading),
        TEST(questions_are_mine_by_handle_and_role),
        TEST(a_round_waits_for_me_until_i_have_voted),
        TEST(a_backlog_without_open_items_begins),
        TEST(errors_and_hand_edits_come_first),
        TEST(what_is_near_the_top_fills_the_horizon),
        TEST(what_needs_no_estimate_is_not_asked_for_one),
        TEST(without_a_repository_there_is_a_glance_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
