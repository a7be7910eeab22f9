/* What a branch adds to the findings, in scratch repositories that git itself makes. */
#include "fixture.h"
#include "since.h"

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
    return 0;
}

/* A task called ID in a folder of the backlog; fields are whole lines, criteria those of a list. */
static void write_item(const struct fixture *fixture, const char *folder, const char *id, const char *fields,
                       const char *criteria)
{
    g_autofree char *path = g_strdup_printf("%s/%s-item.md", folder, id);
    g_autofree char *text =
        g_strdup_printf("---\ntitle: Item %s\nid: %s\ntype: task\nstatus: refining\n%s---\n\n## Acceptance "
                        "criteria\n\n%s",
                        id, id, fields, criteria ? criteria : "- [ ] The list shows\n");
    fixture_write(fixture, path, text);
}

static void commit(const struct fixture *fixture)
{
    fixture_git(fixture, "add", "-A", NULL);
    fixture_git(fixture, "commit", "-q", "--allow-empty", "-m", "decided", NULL);
}

/* The findings that are new, "PATH:LINE RULE" a line in order, under the policy text of the work tree (NULL:
 * none), which the base has too. Only those of rules that these tests are about. */
static char *news(struct fixture *fixture, const char *policy, const char *revision)
{
    static const char *const rules[] = { "depends-dangling", "unknown-key", "criterion-duplicate",
                                         "rank-tie",         "bad-value",   "parse",
                                         "bad-vote",         NULL };
    g_autoptr(GError) error = NULL;
    g_autoptr(Gate) gate = gate_open(fixture_policy(fixture, policy), revision, NULL, &error);
    g_autoptr(Since) since = gate ? since_open(gate, &error) : NULL;
    const struct rules_options options = { .all = TRUE };
    GString *out = g_string_new(NULL);

    if (!since)
        fail_msg("%s", error->message);
    g_autoptr(GPtrArray) findings = since_check(since, &options);
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (g_strv_contains(rules, finding->rule))
            g_string_append_printf(out, "%s:%u %s\n", finding->path, finding->at.line, finding->rule);
    }
    return g_string_free(out, FALSE);
}

static void check(struct fixture *fixture, const char *expected)
{
    g_autofree char *seen = news(fixture, NULL, "HEAD");
    assert_string_equal(seen, expected);
}

static void test_what_was_wrong_before_is_no_news(void **state)
{
    write_item(*state, "backlog", "k7q2m", "depends: [zzz99]\nlables: [web]\n", NULL);
    commit(*state);
    check(*state, "");
    write_item(*state, "backlog", "k7q2m", "rank: nb\ndepends: [zzz99]\nlables: [web]\n", NULL);
    check(*state, "");
}

static void test_what_is_new_in_a_file_is_told_at_its_line(void **state)
{
    write_item(*state, "backlog", "k7q2m", "depends: [zzz99]\n", NULL);
    commit(*state);
    write_item(*state, "backlog", "k7q2m", "depends: [zzz99, zzz98]\nlables: [web]\n", NULL);
    check(*state, "backlog/k7q2m-item.md:6 depends-dangling\nbacklog/k7q2m-item.md:7 unknown-key\n");
}

static void test_a_reference_that_broke_elsewhere_is_news(void **state)
{
    write_item(*state, "backlog", "k7q2m", "", NULL);
    write_item(*state, "backlog", "t2h8k", "depends: [k7q2m]\n", NULL);
    commit(*state);
    fixture_git(*state, "rm", "-q", "backlog/k7q2m-item.md", NULL);
    check(*state, "backlog/t2h8k-item.md:6 depends-dangling\n");
}

static void test_a_touched_agreement_brings_up_what_was_old(void **state)
{
    write_item(*state, "backlog", "k7q2m", "depends: [zzz99]\n", NULL);
    commit(*state);
    write_item(*state, "backlog", "k7q2m", "depends: [zzz99]\n", "- [ ] The list shows within 1 s\n");
    check(*state, "backlog/k7q2m-item.md:6 depends-dangling\n");
}

static void test_a_tick_touches_no_agreement(void **state)
{
    write_item(*state, "backlog", "k7q2m", "depends: [zzz99]\n", "- [ ] The list shows\n");
    commit(*state);
    write_item(*state, "backlog", "k7q2m", "depends: [zzz99]\n", "- [x] The list shows\n");
    check(*state, "");
}

static void test_an_item_is_the_same_in_another_folder(void **state)
{
    write_item(*state, "backlog", "k7q2m", "depends: [zzz99]\nlables: [web]\n", NULL);
    commit(*state);
    fixture_folder(*state, "backlog/later");
    fixture_git(*state, "mv", "backlog/k7q2m-item.md", "backlog/later/k7q2m-found.md", NULL);
    check(*state, "");
}

static void test_of_several_that_say_one_thing_the_new_one_is_told(void **state)
{
    write_item(*state, "backlog", "k7q2m", "depends:\n  - zzz99\n", NULL);
    commit(*state);
    write_item(*state, "backlog", "k7q2m", "depends:\n  - \"zzz99\"\n  - zzz99\n", NULL);
    check(*state, "backlog/k7q2m-item.md:7 depends-dangling\n");
}

static void test_what_became_graver_is_news(void **state)
{
    const char *policy = "rules: {depends-dangling: {default: warning, label: {urgent: error}}}\n";

    fixture_write(*state, ".refine.yaml", policy);
    write_item(*state, "backlog", "k7q2m", "depends: [zzz99]\n", NULL);
    commit(*state);
    write_item(*state, "backlog", "k7q2m", "depends: [zzz99]\nlabels: [urgent]\n", NULL);
    g_autofree char *seen = news(*state, policy, "HEAD");
    assert_string_equal(seen, "backlog/k7q2m-item.md:6 depends-dangling\n");
    fixture_git(*state, "add", "-A", NULL);
    commit(*state);
    write_item(*state, "backlog", "k7q2m", "depends: [zzz99]\n", NULL);
    g_autofree char *softer = news(*state, policy, "HEAD");
    assert_string_equal(softer, "");
}

static void test_a_file_that_can_be_read_no_more_is_news(void **state)
{
    write_item(*state, "backlog", "k7q2m", "", NULL);
    fixture_write(*state, "backlog/t2h8k-item.md", "---\ntitle: \"open\n---\n");
    commit(*state);
    fixture_write(*state, "backlog/k7q2m-item.md", "---\ntitle: \"open\n---\n");
    check(*state, "backlog/k7q2m-item.md:2 parse\n");
}

static void test_old_votes_are_no_news(void **state)
{
    write_item(*state, "backlog", "k7q2m", "", NULL);
    fixture_write(*state, "backlog/votes/k7q2m/1-ana", "7 (k7q2m 1 ana)\n");
    commit(*state);
    check(*state, "");
    fixture_write(*state, "backlog/votes/k7q2m/1-bo", "7 (k7q2m 1 bo)\n");
    check(*state, "backlog/votes/k7q2m/1-bo:1 bad-vote\n");
}

static void test_the_base_is_where_the_branch_began(void **state)
{
    write_item(*state, "backlog", "k7q2m", "", NULL);
    commit(*state);
    fixture_git(*state, "checkout", "-q", "-b", "topic", NULL);
    write_item(*state, "backlog", "t2h8k", "depends: [zzz99]\n", NULL);
    commit(*state);
    fixture_git(*state, "checkout", "-q", "main", NULL);
    write_item(*state, "backlog", "k7q2m", "lables: [web]\n", NULL);
    commit(*state);
    fixture_git(*state, "checkout", "-q", "topic", NULL);
    g_autofree char *seen = news(*state, NULL, "main");
    assert_string_equal(seen, "backlog/t2h8k-item.md:6 depends-dangling\n");
}

/* One line of half a MiB, of which a hundred thousand findings are. */
static void test_a_long_line_takes_linear_time(void **state)
{
    g_autoptr(GString) criteria = g_string_new("- [ ] The list shows\n\n## Why\n\n");
    gint64 start = g_get_monotonic_time();

    for (guint i = 0; i < 1 << 17; i++)
        g_string_append(criteria, "TBD ");
    write_item(*state, "backlog", "k7q2m", "", criteria->str);
    commit(*state);
    g_string_append(criteria, "TBD\n");
    write_item(*state, "backlog", "k7q2m", "", criteria->str);
    check(*state, "");
    assert_true(g_get_monotonic_time() - start < 60 * G_USEC_PER_SEC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_was_wrong_before_is_no_news, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_what_is_new_in_a_file_is_told_at_its_line, setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_reference_that_broke_elsewhere_is_news, setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_touched_agreement_brings_up_what_was_old, setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_tick_touches_no_agreement, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_an_item_is_the_same_in_another_folder, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_of_several_that_say_one_thing_the_new_one_is_told, setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_what_became_graver_is_news, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_file_that_can_be_read_no_more_is_news, setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_old_votes_are_no_news, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_the_base_is_where_the_branch_began, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_a_long_line_takes_linear_time, setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
