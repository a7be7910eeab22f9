/* What git's configuration says, and where git keeps its files. */
#include "repo_config.h"

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A home of its own: libgit2 looks there when it starts, which is at the first call. */
static int setup(void **state)
{
    fixture_setup(state);
    struct fixture *fixture = *state;
    g_autofree char *home = fixture_path(fixture, "home");

    fixture_write(fixture, "home/.gitconfig",
                  "[core]\n\teditor = nano\n[refine]\n\teditor = \"emacs -nw\" # in the terminal\n"
                  "[include]\n\tpath = more\n[user]\n\tname =\n");
    fixture_write(fixture, "home/more", "[refine \"Shop\"]\n\tme = ana\n");
    g_setenv("HOME", home, TRUE);
    g_unsetenv("XDG_CONFIG_HOME");
    fixture_folder(fixture, "shop/backlog");
    return 0;
}

static struct repo *make_repo(struct fixture *fixture)
{
    g_autofree char *folder = fixture_path(fixture, "shop");
    g_autoptr(GError) error = NULL;

    fixture_git(fixture, "init", "-q", "shop", NULL);
    struct repo *repo = repo_open(folder, &error);
    if (!repo)
        fail_msg("%s", error->message);
    return repo;
}

static void check(struct repo *repo, const char *key, const char *expected)
{
    g_autofree char *text = repo_config_read(repo, key);
    if (expected)
        assert_string_equal(text, expected);
    else
        assert_null(text);
}

static void the_users_settings_are_read(void **state)
{
    check(NULL, "core.editor", "nano");
    check(NULL, "refine.editor", "emacs -nw");
    check(NULL, "refine.Shop.me", "ana");
}

static void what_is_not_set_empty_or_no_name_is_nothing(void **state)
{
    check(NULL, "core.pager", NULL);
    check(NULL, "user.name", NULL);
    check(NULL, "nonsense", NULL);
}

static void the_repository_goes_before_the_user(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(Repo) repo = make_repo(fixture);

    fixture_git(fixture, "-C", "shop", "config", "core.editor", "ed", NULL);
    check(repo, "core.editor", "ed");
    check(repo, "refine.editor", "emacs -nw");
    check(NULL, "core.editor", "nano");
}

static void a_configuration_that_cannot_be_read_says_nothing(void **state)
{
    fixture_write(*state, "home/.gitconfig", "[core\n");
    check(NULL, "core.editor", NULL);
}

static void the_git_folder_is_found(void **state)
{
    struct fixture *fixture = *state;
    g_autoptr(Repo) repo = make_repo(fixture);
    g_autofree char *seen = repo_git_folder(repo), *expected = fixture_path(fixture, "shop/.git");
    assert_string_equal(seen, expected);
}

static void a_second_work_tree_has_a_git_folder_of_its_own(void **state)
{
    struct fixture *fixture = *state;
    repo_close(make_repo(fixture));
    fixture_git(fixture, "-C", "shop", "commit", "-q", "--allow-empty", "-m", "begin", NULL);
    fixture_git(fixture, "-C", "shop", "worktree", "add", "-q", "../autumn", NULL);

    g_autofree char *folder = fixture_path(fixture, "autumn");
    g_autofree char *expected = fixture_path(fixture, "shop/.git/worktrees/autumn");
    g_autoptr(Repo) repo = repo_open(folder, NULL);
    assert_non_null(repo);
    g_autofree char *seen = repo_git_folder(repo);
    assert_string_equal(seen, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_users_settings_are_read, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_set_empty_or_no_name_is_nothing, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(the_repository_goes_before_the_user, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_configuration_that_cannot_be_read_says_nothing, setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(the_git_folder_is_found, setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_second_work_tree_has_a_git_folder_of_its_own, setup,
                                        fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
