/* The backlog of a revision and of the index, in a scratch repository that git itself makes. */
#include "fixture.h"
#include "repo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* "PATH TITLE" of all entries at a revision, with line breaks; newly allocated. */
static char *titles_at(const struct fixture *fixture, const struct policy *policy, const char *revision)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Backlog) backlog = backlog_open(policy, revision, &error);
    GString *all = g_string_new(NULL);

    if (!backlog)
        fail_msg("%s", error->message);
    backlog_load(backlog);
    for (guint i = 0; i < backlog->entries->len; i++) {
        const struct entry *entry = &g_array_index(backlog->entries, struct entry, i);
        const struct item *item = backlog_at(backlog, entry->path);
        g_string_append_printf(all, "%s%s %s", i ? "\n" : "", entry->path,
                               !item            ? "no item"
                               : item->readable ? item->title
                                                : "unreadable");
    }
    return g_string_free(all, FALSE);
}

static void check(const struct fixture *fixture, const struct policy *policy, const char *revision,
                  const char *expected)
{
    g_autofree char *all = titles_at(fixture, policy, revision);
    assert_string_equal(all, expected);
}

static void write_item(const struct fixture *fixture, const char *path, const char *title)
{
    g_autofree char *text = g_strdup_printf("---\ntitle: %s\n---\n\n## Story\n\nText.\n", title);
    fixture_write(fixture, path, text);
}

static void commit_all(const struct fixture *fixture, const char *message)
{
    fixture_git(fixture, "add", "-A", NULL);
    fixture_git(fixture, "commit", "-q", "-m", message, NULL);
}

/* Neither git nor the library must look at the settings of whoever runs the test. */
static int setup(void **state)
{
    fixture_setup(state);
    g_setenv("HOME", ((struct fixture *)*state)->root, TRUE);
    g_setenv("XDG_CONFIG_HOME", ((struct fixture *)*state)->root, TRUE);
    fixture_git(*state, "init", "-q", "-b", "main", NULL);
    return 0;
}

static void each_revision_the_index_and_the_work_tree_have_their_own(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, NULL);

    write_item(fixture, "backlog/k7q2m-filter.md", "Filter");
    commit_all(fixture, "one");
    write_item(fixture, "backlog/k7q2m-filter.md", "Filter by day");
    write_item(fixture, "backlog/archive/c4x9d.md", "Sort");
    commit_all(fixture, "two");
    fixture_git(fixture, "tag", "agreed", NULL);
    write_item(fixture, "backlog/k7q2m-filter.md", "Filter by day and size");
    write_item(fixture, "backlog/t2h8k.md", "Staged");
    fixture_git(fixture, "add", "-A", NULL);
    write_item(fixture, "backlog/t2h8k.md", "Edited");

    check(fixture, policy, "HEAD~1", "backlog/k7q2m-filter.md Filter");
    check(fixture, policy, "agreed", "backlog/archive/c4x9d.md Sort\nbacklog/k7q2m-filter.md Filter by day");
    check(fixture, policy, "main", "backlog/archive/c4x9d.md Sort\nbacklog/k7q2m-filter.md Filter by day");
    check(fixture, policy, ":",
          "backlog/archive/c4x9d.md Sort\nbacklog/k7q2m-filter.md Filter by day and size\nbacklog/t2h8k.md "
          "Staged");
    check(fixture, policy, NULL,
          "backlog/archive/c4x9d.md Sort\nbacklog/k7q2m-filter.md Filter by day and size\nbacklog/t2h8k.md "
          "Edited");
}

static void the_same_files_are_items_as_in_the_work_tree(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, NULL);
    static const char expected[] = "backlog/c4x9d-link.md unreadable\n"
                                   "backlog/idea.md Idea\n"
                                   "backlog/k7q2m.md Filter\n"
                                   "backlog/notes.md no item\n"
                                   "backlog/votes-of-may/bcg32.md Kept";

    write_item(fixture, "backlog/k7q2m.md", "Filter");
    write_item(fixture, "backlog/idea.md", "Idea");
    fixture_write(fixture, "backlog/notes.md", "# Notes\n");
    write_item(fixture, "backlog/README.md", "How we refine");
    write_item(fixture, "backlog/votes/k7q2m/t2h8k.md", "A vote");
    write_item(fixture, "backlog/votes/t2h8k.md", "A vote");
    write_item(fixture, "backlog/votes-of-may/bcg32.md", "Kept");
    write_item(fixture, "backlog/.obsidian/tzx9d.md", "Hidden");
    write_item(fixture, "backlog2/tzx9d.md", "Beside");
    fixture_link(fixture, "k7q2m.md", "backlog/c4x9d-link.md");
    commit_all(fixture, "all kinds");
    check(fixture, policy, NULL, expected);
    check(fixture, policy, "HEAD", expected);
    check(fixture, policy, ":", expected);
}

static void a_policy_below_the_top_has_paths_of_its_own(void **state)
{
    struct fixture *fixture = *state;
    g_autofree char *root = fixture_path(fixture, "apps/till");
    g_autoptr(Policy) policy = policy_new(root, fixture->root, NULL);

    write_item(fixture, "apps/till/backlog/k7q2m.md", "Of the till");
    write_item(fixture, "backlog/c4x9d.md", "Of the shop");
    commit_all(fixture, "two backlogs");
    check(fixture, policy, "HEAD", "backlog/k7q2m.md Of the till");
    check(fixture, policy, ":", "backlog/k7q2m.md Of the till");
    check(fixture, policy, NULL, "backlog/k7q2m.md Of the till");
}

static void a_file_of_a_revision_is_read_whole(void **state)
{
    struct fixture *fixture = *state;

    write_item(fixture, "backlog/k7q2m.md", "Filter");
    commit_all(fixture, "one");
    fixture_write(fixture, "backlog/k7q2m.md", "---\ntitle: Later\n---\n");
    g_autoptr(Backlog) backlog = backlog_open(fixture_policy(fixture, NULL), "HEAD", NULL);
    const struct entry *entry = backlog_find(backlog, "k7q", NULL);
    g_autoptr(GBytes) bytes = backlog_read(backlog, entry, NULL);
    static const char expected[] = "---\ntitle: Filter\n---\n\n## Story\n\nText.\n";
    assert_int_equal(g_bytes_get_size(bytes), sizeof expected - 1);
    assert_memory_equal(g_bytes_get_data(bytes, NULL), expected, sizeof expected - 1);
}

static void a_revision_may_lack_the_folder_and_be_empty(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, NULL);

    fixture_write(fixture, "README", "");
    commit_all(fixture, "before there was a backlog");
    fixture_write(fixture, "backlog", "a file\n");
    commit_all(fixture, "a file of that name");
    check(fixture, policy, "HEAD~1", "");
    check(fixture, policy, "HEAD", "");
    check(fixture, policy, ":", "");
}

static void what_is_no_revision_is_said(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, NULL);
    static const char *const others[] = { "nowhere", "HEAD~9", "HEAD:backlog/k7q2m.md", "..", "" };

    write_item(fixture, "backlog/k7q2m.md", "Filter");
    g_autoptr(GError) unborn = NULL;
    assert_null(backlog_open(policy, "HEAD", &unborn));
    assert_true(g_error_matches(unborn, REPO_ERROR, REPO_ERROR_REVISION));
    commit_all(fixture, "one");
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(backlog_open(policy, others[i], &error));
        assert_true(g_error_matches(error, REPO_ERROR, REPO_ERROR_REVISION));
        assert_true(fixture_says(error->message, "there is no revision"));
    }
}

static void without_a_repository_there_are_no_revisions(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;

    fixture_folder(fixture, "backlog");
    assert_null(backlog_open(fixture_policy(fixture, NULL), "HEAD", &error));
    assert_true(g_error_matches(error, REPO_ERROR, REPO_ERROR_NONE));
    assert_true(fixture_says(error->message, "is in no git repository"));
}

static void a_bad_file_of_a_revision_hides_no_other(void **state)
{
    struct fixture *fixture = *state;
    const struct policy *policy = fixture_policy(fixture, NULL);
    g_autofree char *large = g_strnfill(1024 * 1024 + 1, 'x');

    write_item(fixture, "backlog/k7q2m.md", "Filter");
    fixture_write(fixture, "backlog/bcg32.md", large);
    fixture_write(fixture, "backlog/c4x9d.md", "---\ntitle: [\n---\n");
    commit_all(fixture, "a dump among them");
    check(fixture, policy, "HEAD",
          "backlog/bcg32.md unreadable\nbacklog/c4x9d.md unreadable\nbacklog/k7q2m.md Filter");
    g_autoptr(Backlog) backlog = backlog_open(policy, "HEAD", NULL);
    backlog_load(backlog);
    assert_int_equal(backlog->findings->len, 2);
    assert_true(fixture_says(((struct finding *)backlog->findings->pdata[0])->message,
                             "1048577 bytes, over the limit"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_revision_the_index_and_the_work_tree_have_their_own),
        TEST(the_same_files_are_items_as_in_the_work_tree),
        TEST(a_policy_below_the_top_has_paths_of_its_own),
        TEST(a_file_of_a_revision_is_read_whole),
        TEST(a_revision_may_lack_the_folder_and_be_empty),
        TEST(what_is_no_revision_is_said),
        cmocka_unit_test_setup_teardown(without_a_repository_there_are_no_revisions, fixture_setup,
                                        fixture_teardown),
        TEST(a_bad_file_of_a_revision_hides_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
