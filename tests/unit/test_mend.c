/* What is mended and what is left, in scratch repositories that git itself makes. */
#include "mend.h"

#include "fixture.h"
#include "rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
    fixture_setup(state);
    g_setenv("HOME", ((struct fixture *)*state)->root, TRUE);
    g_setenv("XDG_CONFIG_HOME", ((struct fixture *)*state)->root, TRUE);
    g_setenv("REFINE_SEED", "mend", TRUE);
    fixture_git(*state, "init", "-q", "-b", "main", NULL);
    fixture_policy_without_rules(*state, "depends-dangling depends-cycle rank-tie no-rank", NULL);
    return 0;
}

/* An item file of refining work; fields are whole lines. */
static void write_item(const struct fixture *fixture, const char *path, const char *id, const char *rank,
                       const char *fields)
{
    g_autofree char *text = g_strdup_printf(
        "---\ntitle: Filter\nid: %s\nrank: %s\ntype: story\nstatus: refining\n%s---\n", id, rank, fields);
    fixture_write(fixture, path, text);
}

static void commit(const struct fixture *fixture)
{
    fixture_git(fixture, "add", "-A", NULL);
    fixture_git(fixture, "commit", "-q", "--allow-empty", "-m", "as it is", NULL);
}

static void add_all(GString *out, const char *word, const GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        g_autofree char *name = g_path_get_basename(finding->path);
        g_string_append_printf(out, "%s:%u %s %s: %s\n", name, finding->at.line, word, finding->rule,
                               finding->message);
    }
}

static struct mend *mend_it(struct fixture *fixture, const char *const *only)
{
    g_autoptr(GError) error = NULL;
    struct mend *mend = mend_new(fixture_backlog(fixture), only, &error);

    if (!mend)
        fail_msg("%s", error->message);
    return mend;
}

/* "NAME:LINE mended|left RULE: MESSAGE" lines; new ids are NEW, and paths begin in the scratch folder. */
static char *words_of(const struct fixture *fixture, const struct mend *mend)
{
    g_autofree char *root = g_strconcat(fixture->root, "/", NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GPtrArray) drafts = mend_drafts(mend);

    add_all(out, "mended", mend->mended);
    add_all(out, "left", mend->left);
    for (guint i = 0; i < drafts->len; i++) {
        const struct draft *draft = drafts->pdata[i];
        if (draft->move_to)
            g_string_replace(out, draft->id, "NEW", 0);
    }
    g_string_replace(out, root, "", 0);
    return g_strdup(out->str);
}

static void check(struct fixture *fixture, const char *expected)
{
    g_autoptr(Mend) mend = mend_it(fixture, NULL);
    g_autofree char *words = words_of(fixture, mend);
    assert_string_equal(words, expected);
}

/* Writes what is mended, and expects a second run to find nothing to mend. */
static void write_all(struct fixture *fixture)
{
    g_autoptr(Mend) mend = mend_it(fixture, NULL);
    g_autoptr(GPtrArray) drafts = mend_drafts(mend);
    g_autoptr(GError) error = NULL;

    if (!drafts_write(fixture->backlog, drafts, &error))
        fail_msg("%s", error->message);
    g_autoptr(Mend) again = mend_it(fixture, NULL);
    assert_int_equal(again->mended->len, 0);
}

/* -- two files with one id -- */

static void the_file_of_the_earlier_commit_keeps_the_id_whatever_the_day_in_it(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "backlog/k7q2m-z.md", "k7q2m", "nb", "created: 2026-11-20\n");
    commit(fixture);
    write_item(fixture, "backlog/k7q2m-a.md", "k7q2m", "nc", "created: 2020-01-01\n");
    commit(fixture);
    check(fixture, "k7q2m-a.md:3 mended duplicate-id: the id k7q2m stays with backlog/k7q2m-z.md, which came "
                   "first; this one is NEW now, and its file backlog/NEW-a.md\n");
    write_all(fixture);
}

static void a_file_is_as_old_as_before_it_was_renamed_and_archived(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "backlog/k7q2m-old.md", "k7q2m", "nb", "");
    commit(fixture);
    write_item(fixture, "backlog/k7q2m-new.md", "k7q2m", "nc", "");
    commit(fixture);
    fixture_folder(fixture, "backlog/archive/2026");
    fixture_git(fixture, "mv", "backlog/k7q2m-old.md", "backlog/archive/2026/k7q2m-old.md", NULL);
    commit(fixture);
    check(fixture,
          "k7q2m-new.md:3 mended duplicate-id: the id k7q2m stays with backlog/archive/2026/k7q2m-old.md, "
          "which came first; this one is NEW now, and its file backlog/NEW-new.md\n");
}

static void of_files_of_two_branches_the_one_created_later_is_younger(void **state)
{
    struct fixture *fixture = *state;
    commit(fixture);
    fixture_git(fixture, "checkout", "-q", "-b", "theirs", NULL);
    write_item(fixture, "backlog/k7q2m-a.md", "k7q2m", "nb", "created: 2026-11-21\n");
    commit(fixture);
    write_item(fixture, "backlog/t2h8k.md", "t2h8k", "nd", "parent: k7q2m\n");
    commit(fixture);
    fixture_git(fixture, "checkout", "-q", "main", NULL);
    write_item(fixture, "backlog/k7q2m-z.md", "k7q2m", "nc", "created: 2026-11-20\n");
    write_item(fixture, "backlog/c4x9d.md", "c4x9d", "nf", "parent: k7q2m\n");
    commit(fixture);
    fixture_git(fixture, "merge", "-q", "theirs", NULL);
    write_item(fixture, "backlog/m3n4p.md", "m3n4p", "ng", "parent: k7q2m\n");
    commit(fixture);
    check(fixture, "k7q2m-a.md:3 mended duplicate-id: the id k7q2m stays with backlog/k7q2m-z.md, which was "
                   "created earlier; this one is NEW now, and its file backlog/NEW-a.md\n"
                   "t2h8k.md:7 mended duplicate-id: parent: k7q2m meant the one that is NEW now\n");
    write_all(fixture);
}

static void a_file_that_no_commit_has_is_younger_and_not_recorded(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "backlog/k7q2m-z.md", "k7q2m", "nb", "created: 2026-11-20\n");
    commit(fixture);
    write_item(fixture, "backlog/k7q2m-a.md", "k7q2m", "nc", "created: 2020-01-01\n");
    g_autoptr(Mend) mend = mend_it(fixture, NULL);
    g_autoptr(GPtrArray) all = mend_drafts(mend);
    assert_int_equal(mend->drafts->len, 0);
    assert_int_equal(all->len, 1);
    write_all(fixture);
}

static void a_file_that_was_moved_by_hand_is_the_one_that_was_committed(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "backlog/k7q2m-a.md", "k7q2m", "nb", "");
    commit(fixture);
    write_item(fixture, "backlog/k7q2m-copy.md", "k7q2m", "nc", "");
    commit(fixture);
    fixture_git(fixture, "mv", "backlog/k7q2m-a.md", "backlog/k7q2m-z.md", NULL);
    check(fixture, "k7q2m-copy.md:3 mended duplicate-id: the id k7q2m stays with backlog/k7q2m-z.md, which "
                   "came first; this one is NEW now, and its file backlog/NEW-copy.md\n");
}

static void a_younger_file_that_cannot_be_read_is_left(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "backlog/k7q2m-a.md", "k7q2m", "nb", "");
    commit(fixture);
    fixture_write(fixture, "backlog/k7q2m-z.md", "---\ntitle: [\n---\n");
    commit(fixture);
    g_autoptr(Mend) mend = mend_it(fixture, NULL);
    assert_int_equal(mend->mended->len, 0);
    assert_int_equal(mend->left->len, 1);
    assert_string_equal(((struct finding *)mend->left->pdata[0])->rule, "parse");
}

static void an_id_that_is_no_value_is_left_with_the_reason(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "backlog/k7q2m-a.md", "k7q2m", "nb", "");
    write_item(fixture, "backlog/k7q2m-z.md", "[k7q2m]", "nc", "");
    check(fixture, "k7q2m-z.md:3 left duplicate-id: expected a value under id, saw a list\n");
}

static void only_the_file_that_is_asked_about_gets_a_new_id(void **state)
{
    struct fixture *fixture = *state;
    const char *const older[] = { "backlog/k7q2m-a.md", NULL };
    write_item(fixture, "backlog/k7q2m-a.md", "k7q2m", "nb", "");
    commit(fixture);
    write_item(fixture, "backlog/k7q2m-z.md", "k7q2m", "nc", "");
    commit(fixture);
    g_autoptr(Mend) mend = mend_it(fixture, older);
    g_autofree char *words = words_of(fixture, mend);
    assert_string_equal(words, "k7q2m-z.md:3 left duplicate-id: the id k7q2m stays with backlog/k7q2m-a.md, "
                               "which came first\n");
}

static void every_mention_in_text_is_listed(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "backlog/k7q2m-a.md", "k7q2m", "nb", "");
    commit(fixture);
    write_item(fixture, "backlog/k7q2m-z.md", "k7q2m", "nc", "");
    fixture_write(
        fixture, "backlog/t2h8k.md",
        "---\ntitle: A\nid: t2h8k\nrank: nd\ntype: bug\nstatus: new\n---\n\nSee k7q2m, not xk7q2m or "
        "k7q2mx.\n`k7q2m`\n");
    commit(fixture);
    check(fixture, "k7q2m-z.md:3 mended duplicate-id: the id k7q2m stays with backlog/k7q2m-a.md, which came "
                   "first; this one is NEW now, and its file backlog/NEW-z.md\n"
                   "t2h8k.md:9 left duplicate-id: the text speaks of k7q2m\n"
                   "t2h8k.md:10 left duplicate-id: the text speaks of k7q2m\n");
}

/* -- ranks -- */

/* The paths of the items in order, with a space between. */
static char *order_of(struct fixture *fixture)
{
    GString *out = g_string_new(NULL);
    fixture_loaded(fixture);
    for (guint i = 0; i < fixture->backlog->items->len; i++)
        g_string_append_printf(out, "%s ", ((struct item *)fixture->backlog->items->pdata[i])->title);
    return g_string_free(out, FALSE);
}

static void ties_are_undone_and_the_order_stays(void **state)
{
    struct fixture *fixture = *state;
    static const char *const ids[] = { "bcd23", "cdf34", "dfg45", "fgh56", "ghj67", "hjk78", "jkm89" };
    for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
        g_autofree char *path = g_strdup_printf("backlog/%s.md", ids[i]);
        g_autofree char *text =
            g_strdup_printf("---\ntitle: %s\nid: %s\nrank: %s\ntype: bug\nstatus: %s\n---\n", ids[i], ids[i],
                            i < 5 ? "nc" : "nd", i == 2 ? "done" : "new");
        fixture_write(fixture, path, text);
    }
    fixture_write(fixture, "backlog/kmn92.md", "---\ntitle: kmn92\nid: kmn92\ntype: bug\nstatus: new\n---\n");
    commit(fixture);
    g_autofree char *before = order_of(fixture);
    g_autoptr(Mend) mend = mend_it(fixture, NULL);
    assert_int_equal(mend->mended->len, 4);
    write_all(fixture);
    g_autofree char *after = order_of(fixture);
    /* The closed one has no place among the open ones. */
    assert_string_equal(before, "bcd23 cdf34 dfg45 fgh56 ghj67 hjk78 jkm89 kmn92 ");
    assert_string_equal(after, "bcd23 dfg45 cdf34 fgh56 ghj67 hjk78 jkm89 kmn92 ");
}

static void a_thousand_ties_are_undone(void **state)
{
    struct fixture *fixture = *state;
    for (guint i = 0; i < 1000; i++) {
        g_autofree char *id =
            g_strdup_printf("b%u%u%u%u", 2 + i % 7, 2 + i / 7 % 7, 2 + i / 49 % 7, 2 + i / 343 % 7);
        g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
        write_item(fixture, path, id, "nc", "");
    }
    g_autoptr(Mend) mend = mend_it(fixture, NULL);
    assert_int_equal(mend->mended->len, 999);
}

/* -- values -- */

static void check_status(struct fixture *fixture, const char *status, const char *expected)
{
    g_autofree char *text =
        g_strdup_printf("---\ntitle: A\nid: k7q2m\nrank: nb\ntype: bug\nstatus: %s\n---\n", status);
    fixture_write(fixture, "backlog/k7q2m.md", text);
    check(fixture, expected);
}

static void a_status_is_spelt_as_it_should_be_where_that_is_clear(void **state)
{
    struct fixture *fixture = *state;
    check_status(fixture, "Ready", "k7q2m.md:6 mended bad-value: status: Ready is ready now\n");
    check_status(fixture, "REFINING", "k7q2m.md:6 mended bad-value: status: REFINING is refining now\n");
    check_status(fixture, "re-fining", "k7q2m.md:6 mended bad-value: status: re-fining is refining now\n");
    check_status(fixture, "droped", "k7q2m.md:6 mended bad-value: status: droped is dropped now\n");
    check_status(fixture, "refining", "");
    check_status(fixture, "closed", "");
    check_status(fixture, "neww", "k7q2m.md:6 mended bad-value: status: neww is new now\n");
}

static void nothing_becomes_ready_by_a_guess(void **state)
{
    check_status(
        *state, "raedy",
        "k7q2m.md:6 left bad-value: status: raedy may mean ready, which is not for a program to say\n");
}

static void a_choice_that_is_near_to_two_is_left(void **state)
{
    struct fixture *fixture = *state;
    fixture_policy(fixture, "types: [story, spike, spile]\n");
    write_item(fixture, "backlog/k7q2m.md", "k7q2m", "nb", "");
    fixture_write(fixture, "backlog/k7q2m.md",
                  "---\ntitle: A\nid: k7q2m\nrank: nb\ntype: spibe\nstatus: new\n---\n");
    check(fixture, "");
}

static void an_entry_that_stands_twice_goes_and_the_first_stays_as_it_is(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "backlog/k7q2m.md", "k7q2m", "nb",
               "labels:\n  - web # first\n  - shop\n  - web # again\n");
    write_all(fixture);
    g_autofree char *text = fixture_read(fixture, "backlog/k7q2m.md");
    assert_non_null(strstr(text, "labels:\n  - web # first\n  - shop\n---\n"));
}

static void an_id_in_capitals_is_that_of_the_name(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "backlog/k7q2m.md", "K7Q2M", "nb", "");
    check(fixture, "k7q2m.md:3 mended bad-value: id: K7Q2M is k7q2m now\n");
    write_item(fixture, "backlog/k7q2m.md", "T2H8K", "nb", "");
    check(fixture, "");
}

/* -- what is left -- */

/* The explanation of the only finding. */
static char *explanation_of(struct fixture *fixture)
{
    static const struct rules_options options = { TRUE, NULL };
    g_autoptr(GPtrArray) findings = rules_check(fixture_backlog(fixture), &options);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) words = mend_explain(fixture->backlog, findings, &error);

    if (!words)
        fail_msg("%s", error->message);
    assert_int_equal(words->len, 1);
    return g_strdup(words->pdata[0]);
}

static void who_made_a_dangling_reference_and_who_removed_its_item_is_told(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "backlog/k7q2m.md", "k7q2m", "nb", "");
    write_item(fixture, "backlog/t2h8k.md", "t2h8k", "nc", "");
    commit(fixture);
    write_item(fixture, "backlog/t2h8k.md", "t2h8k", "nc", "depends: [k7q2m]\n");
    commit(fixture);
    fixture_git(fixture, "rm", "-q", "backlog/k7q2m.md", NULL);
    commit(fixture);
    g_autofree char *words = explanation_of(fixture);
    assert_true(g_str_has_prefix(words, "t2h8k -> k7q2m: Ana Silva on 2026-11-21 in "));
    assert_non_null(strstr(words, "; k7q2m removed: Ana Silva on 2026-11-21 in "));
}

static void a_reference_that_nobody_committed_is_nobodys(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "backlog/t2h8k.md", "t2h8k", "nc", "");
    commit(fixture);
    write_item(fixture, "backlog/t2h8k.md", "t2h8k", "nc", "depends: [k7q2m]\n");
    g_autofree char *words = explanation_of(fixture);
    assert_string_equal(words, "t2h8k -> k7q2m: not committed; the history never had an item k7q2m");
}

static void each_step_of_a_circle_is_told_through_a_split_item_too(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "backlog/k7q2m.md", "k7q2m", "nb", "depends: [c4x9d]\n");
    write_item(fixture, "backlog/t2h8k.md", "t2h8k", "nc", "parent: c4x9d\ndepends: [k7q2m]\n");
    fixture_write(fixture, "backlog/c4x9d.md",
                  "---\ntitle: A\nid: c4x9d\nrank: nd\ntype: story\nstatus: split\n---\n");
    commit(fixture);
    g_autofree char *words = explanation_of(fixture);
    assert_non_null(strstr(words, "k7q2m -> c4x9d: Ana Silva on "));
    assert_non_null(strstr(words, "t2h8k -> k7q2m: Ana Silva on "));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(the_file_of_the_earlier_commit_keeps_the_id_whatever_the_day_in_it),
        TEST(a_file_is_as_old_as_before_it_was_renamed_and_archived),
        TEST(of_files_of_two_branches_the_one_created_later_is_younger),
        TEST(a_file_that_no_commit_has_is_younger_and_not_recorded),
        TEST(a_file_that_was_moved_by_hand_is_the_one_that_was_committed),
        TEST(a_younger_file_that_cannot_be_read_is_left),
        TEST(an_id_that_is_no_value_is_left_with_the_reason),
        TEST(only_the_file_that_is_asked_about_gets_a_new_id),
        TEST(every_mention_in_text_is_listed),
        TEST(ties_are_undone_and_the_order_stays),
        TEST(a_thousand_ties_are_undone),
        TEST(a_status_is_spelt_as_it_should_be_where_that_is_clear),
        TEST(nothing_becomes_ready_by_a_guess),
        TEST(a_choice_that_is_near_to_two_is_left),
        TEST(an_entry_that_stands_twice_goes_and_the_first_stays_as_it_is),
        TEST(an_id_in_capitals_is_that_of_the_name),
        TEST(who_made_a_dangling_reference_and_who_removed_its_item_is_told),
        TEST(a_reference_that_nobody_committed_is_nobodys),
        TEST(each_step_of_a_circle_is_told_through_a_split_item_too),
    };
    return cmocka_run_group_tests_name("mend", tests, NULL, NULL);
}
