/* What was decided between two moments, in scratch repositories that git itself makes. */
#include "review.h"

#include "fixture.h"
#include "repo.h"

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
    fixture_policy_without_rules(*state, "depends-dangling depends-cycle", NULL);
    return 0;
}

/* An item called ID; fields are whole lines, criteria those of a list. */
static void write_item(const struct fixture *fixture, const char *id, const char *fields,
                       const char *criteria)
{
    g_autofree char *path = g_strdup_printf("backlog/%s-item.md", id);
    g_autofree char *text =
        g_strdup_printf("---\ntitle: Item %s\nid: %s\ntype: task\n%s---\n\n## Acceptance criteria\n\n%s", id,
                        id, fields, criteria ? criteria : "- [ ] It works\n");
    fixture_write(fixture, path, text);
}

static void commit(const struct fixture *fixture)
{
    fixture_git(fixture, "add", "-A", NULL);
    fixture_git(fixture, "commit", "-q", "--allow-empty", "-m", "decided", NULL);
}

static struct review *review_of(const struct fixture *fixture, const char *before, const char *after,
                                const char *word)
{
    const struct review_range range = { .before = before, .after = after };
    const char *const words[] = { word, NULL };
    g_autoptr(GError) error = NULL;
    struct review *review = review_new(fixture->policy, &range, word ? words : NULL, &error);

    if (!review)
        fail_msg("%s", error->message);
    return review;
}

/* "KIND ID: CHANGES" a line. */
static char *print(const struct review *review)
{
    static const char *const kinds[] = { "split", "added", "dropped", "removed", "changed", "affected" };
    GString *out = g_string_new(NULL);

    for (guint i = 0; i < review->items->len; i++) {
        const struct review_item *item = review->items->pdata[i];
        g_autofree char *changes = change_summary(item->changes);
        g_string_append_printf(out, "%s %s: %s\n", kinds[item->kind], item->id, changes);
    }
    return g_string_free(out, FALSE);
}

/* What the last commit has against the work tree. */
static void check(const struct fixture *fixture, const char *expected)
{
    g_autoptr(Review) review = review_of(fixture, "HEAD", NULL, NULL);
    g_autofree char *text = print(review);
    assert_string_equal(text, expected);
}

static const struct review_item *item_of(const struct review *review, const char *id)
{
    for (guint i = 0; i < review->items->len; i++) {
        const struct review_item *item = review->items->pdata[i];
        if (g_strcmp0(item->id, id) == 0)
            return item;
    }
    fail_msg("the review has no %s", id);
    return NULL;
}

/* Three open items with ranks nb, nd, ng, recorded. */
static void three_items(const struct fixture *fixture)
{
    write_item(fixture, "k7q2m", "rank: nb\nstatus: new\nestimate: 8\n", NULL);
    write_item(fixture, "t2h8k", "rank: nd\nstatus: new\nestimate: 3\n", NULL);
    write_item(fixture, "c4x9d", "rank: ng\nstatus: ready\nestimate: 5\n", NULL);
    commit(fixture);
}

static void test_nothing_is_decided_where_both_are_alike(void **state)
{
    three_items(*state);
    check(*state, "");
    g_autoptr(Review) review = review_of(*state, "HEAD", "HEAD", NULL);
    assert_true(review_is_empty(review));
    assert_int_equal(review->sum.after.items, 3);
    assert_true(review->sum.after.weight == 16);
    assert_int_equal(review->sum.after.ready, 1);
}

static void test_a_change_of_layout_is_told_as_that(void **state)
{
    three_items(*state);
    write_item(*state, "k7q2m", "rank: nb\nstatus: new\nestimate: \"8\"\n", NULL);
    check(*state, "changed k7q2m: layout changed\n");
}

static void test_only_who_moved_is_told_as_moved(void **state)
{
    three_items(*state);
    write_item(*state, "c4x9d", "rank: mx\nstatus: ready\nestimate: 5\n", NULL);
    check(*state, "changed c4x9d: moved 3 -> 1\n");
    g_autoptr(Review) review = review_of(*state, "HEAD", NULL, NULL);
    assert_int_equal(review->sum.moved, 1);
}

static void test_a_new_rank_in_the_same_place_is_no_move(void **state)
{
    three_items(*state);
    write_item(*state, "t2h8k", "rank: nf\nstatus: new\nestimate: 3\n", NULL);
    check(*state, "changed t2h8k: ranked anew\n");
}

static void test_places_shift_with_what_came_and_went(void **state)
{
    struct fixture *fixture = *state;

    three_items(fixture);
    write_item(fixture, "mnp23", "rank: mb\nstatus: new\n", NULL);
    write_item(fixture, "t2h8k", "rank: nhb\nstatus: new\nestimate: 3\n", NULL);
    check(fixture, "added mnp23: no change\nchanged t2h8k: moved 2 -> 4\n");
    /* The same number, but beside others. */
    write_item(fixture, "mnp23", "rank: mb\nstatus: done\n", NULL);
    write_item(fixture, "k7q2m", "rank: nb\nstatus: done\nestimate: 8\n", NULL);
    check(fixture, "added mnp23: no change\nchanged k7q2m: status new -> done\nchanged t2h8k: moved\n");
}

static void test_children_stand_behind_what_was_split(void **state)
{
    struct fixture *fixture = *state;

    three_items(fixture);
    write_item(fixture, "t2h8k", "rank: nd\nstatus: split\nestimate: 3\n", NULL);
    write_item(fixture, "pqr34", "rank: ndc\nstatus: new\nparent: t2h8k\n", NULL);
    write_item(fixture, "bcd23", "rank: nc\nstatus: new\n", NULL);
    write_item(fixture, "mnp23", "rank: ndd\nstatus: new\nparent: t2h8k\n", NULL);
    check(fixture, "split t2h8k: status new -> split\nadded pqr34: no change\nadded mnp23: no change\n"
                   "added bcd23: no change\n");
    g_autoptr(Review) review = review_of(fixture, "HEAD", NULL, NULL);
    const struct review_item *split = item_of(review, "t2h8k");
    assert_int_equal(split->children->len, 2);
    assert_ptr_equal(split->children->pdata[0], item_of(review, "pqr34"));
    assert_ptr_equal(item_of(review, "mnp23")->split_from, split);
    assert_null(item_of(review, "bcd23")->split_from);
}

static void test_a_duplicate_names_what_it_repeats(void **state)
{
    struct fixture *fixture = *state;

    three_items(fixture);
    write_item(fixture, "t2h8k", "rank: nd\nstatus: dropped\nestimate: 3\nduplicate-of: k7q2m\n", NULL);
    g_autoptr(Review) review = review_of(fixture, "HEAD", NULL, NULL);
    const struct review_item *item = item_of(review, "t2h8k");
    assert_int_equal(item->kind, REVIEW_DROPPED);
    assert_string_equal(item->duplicate_of, "k7q2m");
    commit(fixture);
    /* What it says already is no news. */
    write_item(fixture, "t2h8k", "rank: nd\nstatus: dropped\nestimate: 5\nduplicate-of: k7q2m\n", NULL);
    check(fixture, "changed t2h8k: estimate 3 -> 5\n");
}

static void test_an_item_is_followed_by_the_id_in_its_name(void **state)
{
    struct fixture *fixture = *state;

    three_items(fixture);
    fixture_folder(fixture, "backlog/archive");
    fixture_git(fixture, "mv", "backlog/k7q2m-item.md", "backlog/archive/k7q2m-filter.md", NULL);
    g_autoptr(Review) review = review_of(fixture, "HEAD", NULL, NULL);
    const struct review_item *item = item_of(review, "k7q2m");
    assert_int_equal(item->kind, REVIEW_CHANGED);
    assert_int_equal(item->changes->len, 0);
    assert_string_equal(item->old_path, "backlog/k7q2m-item.md");
    assert_string_equal(item->path, "backlog/archive/k7q2m-filter.md");
}

static void test_readiness_goes_with_an_error_and_comes_back(void **state)
{
    struct fixture *fixture = *state;

    three_items(fixture);
    write_item(fixture, "c4x9d", "rank: ng\nstatus: ready\nestimate: 5\ndepends:\n  - zzzzz\n", NULL);
    commit(fixture);
    g_autoptr(Review) lost = review_of(fixture, "HEAD~1", "HEAD", NULL);
    const struct review_item *item = item_of(lost, "c4x9d");
    assert_int_equal(item->readiness, REVIEW_READINESS_LOST);
    assert_int_equal(item->findings_gained->len, 1);
    assert_string_equal(((struct finding *)item->findings_gained->pdata[0])->rule, "depends-dangling");
    assert_int_equal(lost->sum.before.ready, 1);
    assert_int_equal(lost->sum.after.ready, 0);
    g_autoptr(Review) gained = review_of(fixture, "HEAD", "HEAD~1", NULL);
    item = item_of(gained, "c4x9d");
    assert_int_equal(item->readiness, REVIEW_READINESS_GAINED);
    assert_int_equal(item->findings_gone->len, 1);
    assert_int_equal(item->findings_gained->len, 0);
}

static void test_what_is_finished_has_not_lost_its_readiness(void **state)
{
    three_items(*state);
    write_item(*state, "c4x9d", "rank: ng\nstatus: done\nestimate: 5\n", NULL);
    g_autoptr(Review) review = review_of(*state, "HEAD", NULL, NULL);
    assert_int_equal(item_of(review, "c4x9d")->readiness, REVIEW_READINESS_SAME);
    assert_int_equal(review->sum.readiness_lost, 0);
}

static void test_an_item_can_be_affected_by_another(void **state)
{
    struct fixture *fixture = *state;

    three_items(fixture);
    write_item(fixture, "c4x9d", "rank: ng\nstatus: ready\nestimate: 5\ndepends:\n  - t2h8k\n", NULL);
    commit(fixture);
    fixture_git(fixture, "rm", "-q", "backlog/t2h8k-item.md", NULL);
    g_autoptr(Review) review = review_of(fixture, "HEAD", NULL, NULL);
    const struct review_item *item = item_of(review, "c4x9d");
    assert_int_equal(item->kind, REVIEW_AFFECTED);
    assert_int_equal(item->readiness, REVIEW_READINESS_LOST);
    assert_int_equal(item_of(review, "t2h8k")->kind, REVIEW_REMOVED);
    /* Who asks for one item is not told of others. */
    g_autoptr(Review) one = review_of(fixture, "HEAD", NULL, "t2h8k");
    assert_int_equal(one->items->len, 1);
    assert_true(one->chosen);
}

static void test_agreed_parts_go_stale(void **state)
{
    struct fixture *fixture = *state;

    three_items(fixture);
    write_item(fixture, "c4x9d", "rank: ng\nstatus: ready\nestimate: 5\nstamp: 1 estimate:ef2d12\n", "");
    commit(fixture);
    write_item(fixture, "c4x9d", "rank: ng\nstatus: ready\nestimate: 8\nstamp: 1 estimate:ef2d12\n", "");
    g_autoptr(Review) review = review_of(fixture, "HEAD", NULL, NULL);
    const struct review_item *item = item_of(review, "c4x9d");
    assert_int_equal(item->stale->len, 1);
    assert_string_equal(item->stale->pdata[0], "estimate");
    commit(fixture);
    /* It was stale before. */
    write_item(fixture, "c4x9d", "rank: ng\nstatus: ready\nestimate: 13\nstamp: 1 estimate:ef2d12\n", "");
    g_autoptr(Review) again = review_of(fixture, "HEAD", NULL, NULL);
    assert_int_equal(item_of(again, "c4x9d")->stale->len, 0);
}

static void test_a_version_that_cannot_be_read_says_why(void **state)
{
    struct fixture *fixture = *state;

    three_items(fixture);
    fixture_write(fixture, "backlog/k7q2m-item.md", "---\ntitle: [\n---\n");
    g_autoptr(Review) review = review_of(fixture, "HEAD", NULL, NULL);
    const struct review_item *item = item_of(review, "k7q2m");
    assert_null(item->unreadable_before);
    assert_true(fixture_says(item->unreadable_after, "line 3: not valid YAML"));
    assert_string_equal(item->title, "Item k7q2m");
    assert_int_equal(item->changes->len, 0);
}

static void test_the_top_says_who_came_and_who_left(void **state)
{
    struct fixture *fixture = *state;
    static const char *const ids[] = { "bcd22", "bcd23", "bcd24", "bcd25", "bcd26", "bcd27",
                                       "bcd28", "bcd29", "bcd2b", "bcd2c", "bcd2d" };

    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        g_autofree char *fields = g_strdup_printf("rank: n%c\nstatus: new\n", "bcdfghjkmnp"[i]);
        write_item(fixture, ids[i], fields, NULL);
    }
    commit(fixture);
    write_item(fixture, "bcd2d", "rank: mx\nstatus: new\n", NULL);
    g_autoptr(Review) review = review_of(fixture, "HEAD", NULL, NULL);
    assert_int_equal(review->sum.entered->len, 1);
    assert_string_equal(((const struct item *)review->sum.entered->pdata[0])->id, "bcd2d");
    assert_int_equal(review->sum.left->len, 1);
    assert_string_equal(((const struct item *)review->sum.left->pdata[0])->id, "bcd2c");
}

static void test_moments_are_work_tree_index_and_revisions(void **state)
{
    struct fixture *fixture = *state;

    three_items(fixture);
    write_item(fixture, "k7q2m", "rank: nb\nstatus: new\nestimate: 5\n", NULL);
    fixture_git(fixture, "add", "-A", NULL);
    write_item(fixture, "k7q2m", "rank: nb\nstatus: new\nestimate: 3\n", NULL);
    g_autoptr(Review) staged = review_of(fixture, "HEAD", ":", NULL);
    g_autoptr(Review) unstaged = review_of(fixture, ":", NULL, NULL);
    g_autofree char *first = print(staged), *second = print(unstaged);
    assert_string_equal(first, "changed k7q2m: estimate 8 -> 5\n");
    assert_string_equal(second, "changed k7q2m: estimate 5 -> 3\n");
    check(fixture, "changed k7q2m: estimate 8 -> 3\n");
}

static void test_a_branch_is_compared_with_where_it_began(void **state)
{
    struct fixture *fixture = *state;
    const struct review_range range = { "main", "topic", TRUE };
    g_autoptr(GError) error = NULL;

    three_items(fixture);
    fixture_git(fixture, "switch", "-q", "-c", "topic", NULL);
    write_item(fixture, "k7q2m", "rank: nb\nstatus: new\nestimate: 5\n", NULL);
    commit(fixture);
    fixture_git(fixture, "switch", "-q", "main", NULL);
    write_item(fixture, "t2h8k", "rank: nd\nstatus: new\nestimate: 13\n", NULL);
    commit(fixture);
    g_autoptr(Review) review = review_new(fixture->policy, &range, NULL, &error);
    g_autofree char *text = print(review);
    assert_string_equal(text, "changed k7q2m: estimate 8 -> 5\n");
    assert_int_equal(strlen(review->base), 40);
    fixture_git(fixture, "switch", "-q", "--orphan", "alone", NULL);
    commit(fixture);
    const struct review_range none = { "main", "alone", TRUE };
    assert_null(review_new(fixture->policy, &none, NULL, &error));
    assert_true(g_error_matches(error, REPO_ERROR, REPO_ERROR_BASE));
}

static void test_before_the_first_commit_all_is_new(void **state)
{
    write_item(*state, "k7q2m", "rank: nb\nstatus: new\n", NULL);
    check(*state, "added k7q2m: no change\n");
}

static void test_a_word_that_names_nothing_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    const struct review_range range = { .before = "HEAD" };
    const char *const words[] = { "zzzzz", NULL };
    g_autoptr(GError) error = NULL;

    three_items(fixture);
    assert_null(review_new(fixture->policy, &range, words, &error));
    assert_true(g_error_matches(error, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_nothing_is_decided_where_both_are_alike),
        TEST(test_a_change_of_layout_is_told_as_that),
        TEST(test_only_who_moved_is_told_as_moved),
        TEST(test_a_new_rank_in_the_same_place_is_no_move),
        TEST(test_places_shift_with_what_came_and_went),
        TEST(test_children_stand_behind_what_was_split),
        TEST(test_a_duplicate_names_what_it_repeats),
        TEST(test_an_item_is_followed_by_the_id_in_its_name),
        TEST(test_readiness_goes_with_an_error_and_comes_back),
        TEST(test_what_is_finished_has_not_lost_its_readiness),
        TEST(test_an_item_can_be_affected_by_another),
        TEST(test_agreed_parts_go_stale),
        TEST(test_a_version_that_cannot_be_read_says_why),
        TEST(test_the_top_says_who_came_and_who_left),
        TEST(test_moments_are_work_tree_index_and_revisions),
        TEST(test_a_branch_is_compared_with_where_it_began),
        TEST(test_before_the_first_commit_all_is_new),
        TEST(test_a_word_that_names_nothing_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
