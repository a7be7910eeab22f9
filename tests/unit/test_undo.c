/* Taking back what commits did, in scratch repositories that git itself makes: drafts, conflicts and
 * findings. */
#include "undo.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Neither git nor the library must look at the settings of whoever runs the test. */
static int setup(void **state)
{
    fixture_setup(state);
    g_setenv("HOME", ((struct fixture *)*state)->root, TRUE);
    g_setenv("XDG_CONFIG_HOME", ((struct fixture *)*state)->root, TRUE);
    fixture_git(*state, "init", "-q", "-b", "main", NULL);
    fixture_policy(*state, NULL);
    return 0;
}

static void write_item(const struct fixture *fixture, const char *id, const char *fields)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text =
        g_strdup_printf("---\ntitle: Search\nid: %s\ntype: story\nstatus: new\n%s---\n\nText.\n", id, fields);
    fixture_write(fixture, path, text);
}

static void commit(const struct fixture *fixture, const char *message)
{
    fixture_git(fixture, "add", "-A", NULL);
    fixture_git(fixture, "commit", "-q", "--allow-empty", "-m", message, NULL);
}

/* A commit that writes the item. */
static void decide(const struct fixture *fixture, const char *id, const char *fields)
{
    write_item(fixture, id, fields);
    commit(fixture, *fields ? fields : id);
}

static struct undo *undo(struct fixture *fixture, const char *revision)
{
    g_autoptr(GError) error = NULL;
    struct undo *undo = undo_open(fixture_backlog(fixture), revision, 0, &error);
    if (!undo)
        fail_msg("%s", error->message);
    return undo;
}

static const struct undo_conflict *only_conflict(const struct undo *undo)
{
    assert_false(undo_is_clear(undo));
    assert_int_equal(undo->conflicts->len, 1);
    return undo->conflicts->pdata[0];
}

static void a_draft_gives_the_field_back(void **state)
{
    decide(*state, "k7q2m", "estimate: 8\n");
    decide(*state, "k7q2m", "estimate: 5\n");
    decide(*state, "k7q2m", "estimate: 5\nrisk: low\nvalue: high\n");
    g_autoptr(Undo) taken = undo(*state, "HEAD");
    assert_true(undo_is_clear(taken));
    assert_int_equal(taken->drafts->len, 1);
    g_autoptr(GPtrArray) changes = draft_changes(taken->drafts->pdata[0]);
    g_autofree char *summary = change_summary(changes);
    assert_string_equal(summary, "value removed (was high), risk removed (was low)");
}

static void a_later_value_is_a_conflict_of_its_decision(void **state)
{
    decide(*state, "k7q2m", "estimate: 8\n");
    decide(*state, "k7q2m", "estimate: 5\n");
    decide(*state, "k7q2m", "estimate: 3\n");
    commit(*state, "nothing");
    g_autoptr(Undo) taken = undo(*state, "HEAD~2");
    const struct undo_conflict *conflict = only_conflict(taken);
    assert_string_equal(conflict->what, "estimate");
    assert_string_equal(conflict->words, "estimate 5 -> 3");
    assert_string_equal(conflict->decision->subject, "estimate: 3");
    assert_false(conflict->by_hand);
}

/* A merge of two branches chooses the smaller rank, but to take a decision back is no choice between two. */
static void a_rank_is_not_chosen_as_a_merge_would(void **state)
{
    decide(*state, "k7q2m", "rank: nbhm\n");
    decide(*state, "k7q2m", "rank: nchm\n");
    decide(*state, "k7q2m", "rank: ndhm\n");
    g_autoptr(Undo) taken = undo(*state, "HEAD~1");
    assert_string_equal(only_conflict(taken)->what, "rank");
}

static void what_others_decided_alike_is_no_conflict(void **state)
{
    decide(*state, "k7q2m", "estimate: 8\n");
    decide(*state, "k7q2m", "estimate: 5\n");
    decide(*state, "k7q2m", "estimate: 8\n");
    g_autoptr(Undo) taken = undo(*state, "HEAD~1");
    assert_true(undo_is_clear(taken));
    assert_false(undo_changes(taken));
    assert_false(taken->unrecorded);
}

static void an_edit_by_hand_is_nobodys_decision(void **state)
{
    decide(*state, "k7q2m", "estimate: 8\n");
    decide(*state, "k7q2m", "estimate: 5\n");
    write_item(*state, "k7q2m", "estimate: 3\n");
    g_autoptr(Undo) taken = undo(*state, "HEAD");
    assert_true(only_conflict(taken)->by_hand);
    assert_null(only_conflict(taken)->decision);
}

/* Of commits beside each other neither is older, whatever their dates: only what the commit knew is passed
 * over. */
static void a_decision_of_another_branch_is_found(void **state)
{
    decide(*state, "k7q2m", "estimate: 8\n");
    fixture_git(*state, "switch", "-q", "-c", "topic", NULL);
    decide(*state, "k7q2m", "estimate: 5\n");
    fixture_git(*state, "switch", "-q", "main", NULL);
    decide(*state, "k7q2m", "estimate: 3\n");
    fixture_git(*state, "merge", "-q", "-s", "ours", "--no-edit", "topic", NULL);
    g_autoptr(Undo) taken = undo(*state, "topic");
    assert_string_equal(only_conflict(taken)->decision->subject, "estimate: 3");
}

static void an_added_item_goes_unless_it_was_changed(void **state)
{
    decide(*state, "k7q2m", "estimate: 8\n");
    decide(*state, "t2h8k", "");
    g_autoptr(Undo) taken = undo(*state, "HEAD");
    assert_true(undo_is_clear(taken));
    const struct draft *draft = taken->drafts->pdata[0];
    assert_string_equal(draft->path, "backlog/t2h8k.md");
    assert_null(draft_result(draft));
    assert_true(draft_is_changed(draft));

    decide(*state, "t2h8k", "estimate: 3\n");
    g_autoptr(Undo) changed = undo(*state, "HEAD~1");
    assert_string_equal(only_conflict(changed)->what, "item");
    assert_string_equal(only_conflict(changed)->words, "estimate 3");
}

static void nothing_may_lead_to_an_item_that_goes(void **state)
{
    decide(*state, "k7q2m", "");
    decide(*state, "t2h8k", "");
    decide(*state, "k7q2m", "depends:\n  - t2h8k\n");
    g_autoptr(Undo) taken = undo(*state, "HEAD~1");
    assert_int_equal(taken->conflicts->len, 0);
    assert_int_equal(taken->findings->len, 1);
    assert_false(undo_is_clear(taken));
    g_autoptr(Undo) last = undo(*state, "HEAD");
    assert_true(undo_is_clear(last));
}

static void check_refused(struct fixture *fixture, const char *revision, GQuark domain, const char *wanted)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Undo) taken = undo_open(fixture_backlog(fixture), revision, 0, &error);

    assert_null(taken);
    assert_int_equal(error->domain, domain);
    if (!strstr(error->message, wanted))
        fail_msg("expected %s in %s", wanted, error->message);
}

static void other_commits_are_refused(void **state)
{
    decide(*state, "k7q2m", "");
    fixture_write(*state, "main.c", "int main(void);\n");
    commit(*state, "code");
    check_refused(*state, "HEAD", UNDO_ERROR, "changed no item, but main.c: git revert ");
    commit(*state, "nothing");
    check_refused(*state, "HEAD", UNDO_ERROR, "changed no file at all");
    check_refused(*state, "HEAD~7", REPO_ERROR, "there is no commit HEAD~7");
    check_refused(*state, "HEAD:main.c", REPO_ERROR, "HEAD:main.c is no commit");
}

static void other_files_are_named(void **state)
{
    decide(*state, "k7q2m", "");
    fixture_write(*state, "main.c", "int main(void);\n");
    fixture_write(*state, "backlog/notes.md", "No item.\n");
    decide(*state, "k7q2m", "estimate: 3\n");
    g_autoptr(Undo) taken = undo(*state, "HEAD");
    assert_int_equal(taken->drafts->len, 1);
    assert_int_equal(taken->others->len, 2);
    assert_string_equal(taken->others->pdata[0], "backlog/notes.md");
    assert_string_equal(taken->others->pdata[1], "main.c");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_draft_gives_the_field_back),
        TEST(a_later_value_is_a_conflict_of_its_decision),
        TEST(a_rank_is_not_chosen_as_a_merge_would),
        TEST(what_others_decided_alike_is_no_conflict),
        TEST(an_edit_by_hand_is_nobodys_decision),
        TEST(a_decision_of_another_branch_is_found),
        TEST(an_added_item_goes_unless_it_was_changed),
        TEST(nothing_may_lead_to_an_item_that_goes),
        TEST(other_commits_are_refused),
        TEST(other_files_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
