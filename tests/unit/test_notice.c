#include "notice.h"

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

/* An item whose askers are those of the words of from; ranks are alike, so ids are the order. */
static void write_item(struct fixture *fixture, const char *id, const char *status, const char *more,
                       const char *from)
{
    g_autofree char *path = g_strdup_printf("backlog/%s.md", id);
    g_autofree char *text = g_strdup_printf(
        "---\ntitle: A\nid: %s\nrank: nb\nstatus: %s\n%sfeedback: [%s]\n---\n", id, status, more, from);
    fixture_write(fixture, path, text);
}

static void commit(struct fixture *fixture, const char *tag)
{
    fixture_git(fixture, "add", "-A", NULL);
    fixture_git(fixture, "commit", "-q", "--allow-empty", "-m", "decided", NULL);
    if (tag)
        fixture_git(fixture, "tag", tag, NULL);
}

/* "k7q2m: Bo forum | part: ACME", a line for each notice; a split one has "*". */
static void check(struct fixture *fixture, const char *since, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Notices) notices = notices_new(fixture->policy, since, &error);
    g_autoptr(GString) seen = g_string_new(NULL);

    assert_null(error);
    for (guint i = 0; i < notices->list->len; i++) {
        const struct notice *notice = notices->list->pdata[i];
        gboolean part = FALSE;
        g_string_append_printf(seen, "%s%s:", notice->item->id, notice->whole ? "*" : "");
        for (guint j = 0; j < notice->recipients->len; j++) {
            const struct recipient *recipient = notice->recipients->pdata[j];
            g_string_append(seen, recipient->part && !part ? " | part:" : "");
            assert_true(recipient->part || !part);
            part = recipient->part;
            g_string_append_printf(seen, " %s", recipient->from);
        }
        g_string_append_c(seen, '\n');
    }
    assert_string_equal(seen->str, expected);
}

static void check_since(struct fixture *fixture, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *since = notice_since(fixture->policy, &error);
    assert_null(error);
    if (expected)
        assert_string_equal(since, expected);
    else
        assert_null(since);
}

/* -- since when -- */

static void an_item_that_became_released_tells_its_askers(void **state)
{
    write_item(*state, "bcg32", "ready", "", "Bo, forum");
    write_item(*state, "c4x9d", "released", "", "ACME");
    write_item(*state, "d4hgd", "done", "", "ACME");
    commit(*state, "v1");
    write_item(*state, "bcg32", "released", "", "Bo, forum");
    write_item(*state, "f4hgd", "released", "", "Lang");
    check(*state, "v1", "bcg32: Bo forum\nf4hgd: Lang\n");
    check(*state, NULL, "bcg32: Bo forum\nc4x9d: ACME\nf4hgd: Lang\n");
    commit(*state, NULL);
    check(*state, "HEAD", "");
}

static void an_item_is_the_same_wherever_its_file_goes(void **state)
{
    write_item(*state, "bcg32", "released", "", "Bo");
    commit(*state, "v1");
    fixture_folder(*state, "backlog/archive");
    fixture_git(*state, "mv", "backlog/bcg32.md", "backlog/archive/bcg32-new-name.md", NULL);
    check(*state, "v1", "");
}

static void items_without_askers_are_only_counted(void **state)
{
    g_autoptr(GError) error = NULL;
    write_item(*state, "bcg32", "released", "", "");
    g_autoptr(Notices) notices = notices_new(((struct fixture *)*state)->policy, NULL, &error);
    assert_int_equal(notices->released, 1);
    assert_int_equal(notices->list->len, 0);
}

static void a_revision_that_is_none_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;
    write_item(fixture, "bcg32", "released", "", "");
    commit(fixture, NULL);
    assert_null(notices_new(fixture->policy, "v99", &error));
    assert_true(fixture_says(error->message, "v99"));
}

static void the_last_release_is_the_newest_tag_before_head(void **state)
{
    struct fixture *fixture = *state;
    check_since(fixture, NULL);
    write_item(fixture, "bcg32", "new", "", "");
    commit(fixture, "v1.0");
    check_since(fixture, NULL);
    commit(fixture, NULL);
    check_since(fixture, "v1.0");
    commit(fixture, "v1.9");
    fixture_git(fixture, "tag", "-a", "-m", "a release", "v1.10", NULL);
    check_since(fixture, "v1.0");
    commit(fixture, NULL);
    check_since(fixture, "v1.10");
    fixture_git(fixture, "switch", "-q", "-c", "topic", "v1.0", NULL);
    commit(fixture, NULL);
    check_since(fixture, "v1.0");
    fixture_git(fixture, "switch", "-q", "--orphan", "other", NULL);
    check_since(fixture, NULL);
}

static void tags_of_no_commit_are_none_of_a_release(void **state)
{
    struct fixture *fixture = *state;
    write_item(fixture, "bcg32", "new", "", "");
    commit(fixture, NULL);
    fixture_git(fixture, "tag", "files", "HEAD^{tree}", NULL);
    commit(fixture, NULL);
    check_since(fixture, NULL);
}

/* -- whom to tell -- */

static void duplicates_askers_are_told(void **state)
{
    write_item(*state, "bcg32", "released", "", "Bo");
    write_item(*state, "c4x9d", "dropped", "duplicate-of: bcg32\nparent: k7q2m\n", "ACME, bo");
    write_item(*state, "d4hgd", "dropped", "duplicate-of: c4x9d\n", "Lang");
    write_item(*state, "k7q2m", "new", "", "forum");
    check(*state, NULL, "bcg32: Bo ACME Lang\n");
}

static void who_asked_for_the_whole_is_told_of_a_part(void **state)
{
    write_item(*state, "bcg32", "released", "parent: c4x9d\n", "Bo");
    write_item(*state, "c4x9d", "split", "parent: k7q2m\n", "ACME, Bo");
    write_item(*state, "d4hgd", "doing", "parent: c4x9d\n", "Lang");
    write_item(*state, "f4hgd", "dropped", "duplicate-of: c4x9d\n", "twin");
    write_item(*state, "k7q2m", "refining", "", "forum");
    check(*state, NULL, "bcg32: Bo | part: ACME twin forum\n");
}

static void a_split_item_is_released_with_the_last_of_its_parts(void **state)
{
    write_item(*state, "bcg32", "released", "parent: c4x9d\n", "Bo");
    write_item(*state, "c4x9d", "split", "parent: k7q2m\n", "ACME");
    write_item(*state, "d4hgd", "doing", "parent: c4x9d\n", "Lang");
    write_item(*state, "f4hgd", "dropped", "parent: c4x9d\n", "nobody");
    write_item(*state, "k7q2m", "refining", "", "forum");
    commit(*state, "v1");
    write_item(*state, "d4hgd", "released", "parent: c4x9d\n", "Lang");
    check(*state, "v1", "c4x9d*: ACME | part: forum\nd4hgd: Lang\n");
    commit(*state, "v2");
    write_item(*state, "g4hgd", "released", "parent: c4x9d\n", "Zoe");
    check(*state, "v2", "g4hgd: Zoe\n");
}

static void dropping_the_last_open_part_completes_a_split_item(void **state)
{
    write_item(*state, "bcg32", "released", "parent: c4x9d\n", "");
    write_item(*state, "c4x9d", "split", "", "ACME");
    write_item(*state, "d4hgd", "doing", "parent: c4x9d\n", "Lang");
    commit(*state, "v1");
    write_item(*state, "d4hgd", "dropped", "parent: c4x9d\n", "Lang");
    check(*state, "v1", "c4x9d*: ACME\n");
    write_item(*state, "bcg32", "dropped", "parent: c4x9d\n", "");
    check(*state, "v1", "");
}

static void a_target_does_the_part_of_its_duplicate(void **state)
{
    write_item(*state, "c4x9d", "split", "", "ACME");
    write_item(*state, "d4hgd", "dropped", "parent: c4x9d\nduplicate-of: k7q2m\n", "Lang");
    write_item(*state, "f4hgd", "new", "parent: c4x9d\n", "");
    write_item(*state, "k7q2m", "released", "", "Bo");
    check(*state, NULL, "k7q2m: Bo Lang | part: ACME\n");
    write_item(*state, "f4hgd", "released", "parent: c4x9d\n", "");
    check(*state, NULL, "c4x9d*: ACME\nk7q2m: Bo Lang\n");
}

static void children_that_are_done_are_released_with_their_parent(void **state)
{
    write_item(*state, "bcg32", "released", "", "Bo");
    write_item(*state, "c4x9d", "done", "parent: bcg32\n", "ACME");
    write_item(*state, "d4hgd", "dropped", "duplicate-of: c4x9d\n", "twin");
    write_item(*state, "f4hgd", "doing", "parent: bcg32\n", "early");
    write_item(*state, "g4hgd", "done", "parent: f4hgd\n", "Lang");
    write_item(*state, "h4hgd", "dropped", "parent: bcg32\n", "never");
    write_item(*state, "j4hgd", "released", "parent: bcg32\n", "Zoe");
    check(*state, NULL, "bcg32: Bo ACME twin Lang\nj4hgd: Zoe\n");
}

static void circles_end(void **state)
{
    write_item(*state, "bcg32", "released", "parent: c4x9d\n", "Bo");
    write_item(*state, "c4x9d", "split", "parent: bcg32\n", "ACME");
    write_item(*state, "d4hgd", "split", "parent: f4hgd\n", "");
    write_item(*state, "f4hgd", "split", "parent: d4hgd\n", "Lang");
    check(*state, NULL, "bcg32: Bo\nc4x9d*: ACME\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_item_that_became_released_tells_its_askers),
        TEST(an_item_is_the_same_wherever_its_file_goes),
        TEST(items_without_askers_are_only_counted),
        TEST(a_revision_that_is_none_is_an_error),
        TEST(the_last_release_is_the_newest_tag_before_head),
        TEST(tags_of_no_commit_are_none_of_a_release),
        TEST(duplicates_askers_are_told),
        TEST(who_asked_for_the_whole_is_told_of_a_part),
        TEST(a_split_item_is_released_with_the_last_of_its_parts),
        TEST(dropping_the_last_open_part_completes_a_split_item),
        TEST(a_target_does_the_part_of_its_duplicate),
        TEST(children_that_are_done_are_released_with_their_parent),
        TEST(circles_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
