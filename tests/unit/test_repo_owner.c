#include "git_home.h"

#include "repo_owner.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

/* Another user; who is root can give files away. */
#define OTHER 65534

#define NEED_ROOT()                                                                                          \
    do {                                                                                                     \
        if (geteuid() != 0)                                                                                  \
            skip();                                                                                          \
    } while (0)

static void give_away(const struct fixture *fixture, const char *path)
{
    g_autofree char *full = fixture_path(fixture, path);
    assert_return_code(lchown(full, OTHER, (gid_t)-1), 0);
}

/* What was said against opening folder, or NULL. */
static char *refusal(const struct fixture *fixture, const char *folder)
{
    g_autofree char *full = fixture_path(fixture, folder);
    g_autoptr(GError) error = NULL;
    g_autoptr(Repo) repo = repo_open(full, &error);

    assert_true((repo == NULL) == (error != NULL));
    if (!error)
        return NULL;
    assert_true(g_error_matches(error, REPO_ERROR, REPO_ERROR_OPEN));
    return g_strdup(error->message);
}

static gboolean opens(const struct fixture *fixture, const char *folder)
{
    g_autofree char *said = refusal(fixture, folder);
    return said == NULL;
}

/* Whether it opens, for us and for git. */
static gboolean is_open(const struct fixture *fixture, const char *folder)
{
    g_autofree char *full = fixture_path(fixture, folder), *said = refusal(fixture, folder);
    g_autofree char *git = git_home_ask(fixture, "-C", full, "rev-parse", "--git-dir", NULL);
    assert_true((git != NULL) == (said == NULL));
    return said == NULL;
}

static void ones_own_repository_opens(void **state)
{
    const struct fixture *fixture = *state;

    fixture_folder(fixture, "work/backlog/deep");
    assert_true(is_open(fixture, "work"));
    assert_true(is_open(fixture, "work/backlog/deep"));
}

static void a_folder_of_another_user_in_it_is_no_matter(void **state)
{
    const struct fixture *fixture = *state;

    NEED_ROOT();
    fixture_folder(fixture, "work/backlog");
    give_away(fixture, "work/backlog");
    give_away(fixture, "work/.git/config");
    assert_true(is_open(fixture, "work/backlog"));
}

static void the_work_tree_of_another_user_is_refused(void **state)
{
    const struct fixture *fixture = *state;

    NEED_ROOT();
    give_away(fixture, "work");
    assert_false(is_open(fixture, "work"));
    g_autofree char *said = refusal(fixture, "work");
    g_autofree char *advice =
        g_strconcat("git config --global --add safe.directory ", fixture->root, "/work", NULL);
    assert_true(fixture_says(said, "/work belongs to another user; if you trust it: "));
    assert_true(fixture_says(said, advice));
}

static void the_git_folder_of_another_user_is_refused(void **state)
{
    const struct fixture *fixture = *state;

    NEED_ROOT();
    give_away(fixture, "work/.git");
    assert_false(is_open(fixture, "work"));
}

static void the_link_to_a_git_folder_of_another_user_is_refused(void **state)
{
    const struct fixture *fixture = *state;

    NEED_ROOT();
    fixture_git(fixture, "-C", "work", "commit", "-q", "--allow-empty", "-m", "begin", NULL);
    fixture_git(fixture, "-C", "work", "worktree", "add", "-q", "../autumn", NULL);
    assert_true(is_open(fixture, "autumn"));
    give_away(fixture, "autumn/.git");
    assert_false(is_open(fixture, "autumn"));
}

static void the_git_folder_of_a_linked_work_tree_counts(void **state)
{
    const struct fixture *fixture = *state;

    NEED_ROOT();
    fixture_git(fixture, "-C", "work", "commit", "-q", "--allow-empty", "-m", "begin", NULL);
    fixture_git(fixture, "-C", "work", "worktree", "add", "-q", "../autumn", NULL);
    give_away(fixture, "work/.git/worktrees/autumn");
    assert_false(is_open(fixture, "autumn"));
    assert_true(is_open(fixture, "work"));
}

static void a_link_in_place_of_the_git_folder_must_be_ones_own(void **state)
{
    const struct fixture *fixture = *state;

    NEED_ROOT();
    fixture_folder(fixture, "shop");
    fixture_link(fixture, "../work/.git", "shop/.git");
    assert_true(opens(fixture, "shop"));
    give_away(fixture, "shop/.git");
    assert_false(opens(fixture, "shop"));
}

static void under_sudo_what_is_of_the_caller_is_ones_own(void **state)
{
    const struct fixture *fixture = *state;

    NEED_ROOT();
    give_away(fixture, "work");
    git_home_set("SUDO_UID=1000");
    assert_false(is_open(fixture, "work"));
    git_home_set("SUDO_UID=65534");
    assert_true(is_open(fixture, "work"));
    git_home_set("SUDO_UID=65534x");
    assert_false(opens(fixture, "work"));
    g_unsetenv("SUDO_UID");
}

static void only_root_counts_what_is_of_the_caller_of_sudo(void **state)
{
    const struct fixture *fixture = *state;

    NEED_ROOT();
    fixture_folder(fixture, "work/.git/objects");
    give_away(fixture, "");
    give_away(fixture, "work/.git");
    git_home_set("SUDO_UID=0");
    assert_return_code(seteuid(OTHER), 0);
    g_autofree char *said = refusal(fixture, "work");
    assert_return_code(seteuid(0), 0);
    g_unsetenv("SUDO_UID");
    assert_true(fixture_says(said, "/work belongs to another user"));
}

static void a_work_tree_that_the_repository_names_needs_no_git_in_it(void **state)
{
    const struct fixture *fixture = *state;

    NEED_ROOT();
    fixture_folder(fixture, "elsewhere");
    git_home_config(fixture, "core.worktree", "../../elsewhere");
    assert_true(is_open(fixture, "work"));
    give_away(fixture, "elsewhere");
    assert_false(opens(fixture, "work"));
}

/* In a value, WORK stands for the path of the repository and ROOT for the folder above. */
static char *make_setting(const struct fixture *fixture, const char *value)
{
    g_auto(GStrv) at_root = g_strsplit(value, "ROOT", -1);
    g_autofree char *rooted = g_strjoinv(fixture->root, at_root);
    g_autofree char *work = fixture_path(fixture, "work");
    g_auto(GStrv) at_work = g_strsplit(rooted, "WORK", -1);
    g_autofree char *whole = g_strjoinv(work, at_work);
    return g_strdup_printf("[safe]\n\tdirectory = \"%s\"\n", whole);
}

static void safe_directory_allows_what_it_names(void **state)
{
    static const struct {
        const char *values[3];
        gboolean allowed;
        gboolean is_new; /* for git since 2.46 alone */
    } cases[] = {
        { { "WORK" }, TRUE, FALSE },
        { { "*" }, TRUE, FALSE },
        { { "/elsewhere", "WORK" }, TRUE, FALSE },
        { { "WORK", "/elsewhere" }, TRUE, FALSE },
        { { "*", "" }, FALSE, FALSE },
        { { "WORK", "", "/elsewhere" }, FALSE, FALSE },
        { { "/elsewhere", "", "*" }, TRUE, FALSE },
        { { "ROOT" }, FALSE, FALSE },
        { { "WORK/.git" }, FALSE, FALSE },
        { { "WORKS" }, FALSE, FALSE },
        { { "~/../work" }, TRUE, TRUE },
        { { "WORK/" }, TRUE, TRUE },
        { { "ROOT/*" }, TRUE, TRUE },
        { { "/*" }, TRUE, TRUE },
        { { "WORK/*" }, FALSE, TRUE },
        { { "ROOT/wo/*" }, FALSE, TRUE },
        { { "ROOT/wo*" }, FALSE, TRUE },
        { { "work" }, FALSE, TRUE },
        { { "~nobody-of-that-name/work" }, FALSE, TRUE },
    };
    const struct fixture *fixture = *state;

    NEED_ROOT();
    give_away(fixture, "work");
    assert_return_code(chdir(fixture->root), 0);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        fixture_write(fixture, "home/.gitconfig", "");
        for (gsize j = 0; j < G_N_ELEMENTS(cases[i].values) && cases[i].values[j]; j++) {
            g_autofree char *setting = make_setting(fixture, cases[i].values[j]);
            git_home_append(fixture, ".gitconfig", setting);
        }
        g_autofree char *said = refusal(fixture, "work");
        if ((said == NULL) != cases[i].allowed)
            fail_msg("case %d, %s: %s", (int)i, cases[i].values[0], said ? said : "allowed");
        if (!cases[i].is_new)
            assert_int_equal(is_open(fixture, "work"), cases[i].allowed);
    }
    assert_return_code(chdir("/"), 0);
}

static void it_is_read_where_the_repository_has_no_say(void **state)
{
    const struct fixture *fixture = *state;
    g_autofree char *other = fixture_path(fixture, "home/other");

    NEED_ROOT();
    git_home_config(fixture, "safe.directory", "*");
    give_away(fixture, "work");
    assert_false(is_open(fixture, "work"));
    fixture_write(fixture, "home/.config/git/config", "[safe]\n\tdirectory = *\n");
    assert_true(is_open(fixture, "work"));
    git_home_set("GIT_CONFIG_COUNT=1");
    git_home_set("GIT_CONFIG_KEY_0=safe.directory");
    git_home_set("GIT_CONFIG_VALUE_0=");
    assert_false(is_open(fixture, "work"));
    git_home_set("GIT_CONFIG_VALUE_0=*");
    fixture_write(fixture, "home/.config/git/config", "");
    assert_true(is_open(fixture, "work"));
    g_unsetenv("GIT_CONFIG_COUNT");
    assert_false(is_open(fixture, "work"));
    fixture_write(fixture, "home/other", "[safe]\n\tdirectory = *\n");
    g_setenv("GIT_CONFIG_GLOBAL", other, TRUE);
    assert_true(is_open(fixture, "work"));
}

static void a_path_with_blanks_is_quoted_in_the_advice(void **state)
{
    const struct fixture *fixture = *state;

    NEED_ROOT();
    fixture_folder(fixture, "our shop");
    fixture_git(fixture, "-C", "our shop", "init", "-q", NULL);
    give_away(fixture, "our shop");
    g_autofree char *said = refusal(fixture, "our shop");
    g_autofree char *advice = g_strdup_printf("--add safe.directory '%s/our shop'", fixture->root);
    assert_true(fixture_says(said, advice));
}

static void a_repository_without_work_tree_is_its_git_folder(void **state)
{
    const struct fixture *fixture = *state;

    NEED_ROOT();
    fixture_git(fixture, "init", "-q", "--bare", "bare.git", NULL);
    assert_true(opens(fixture, "bare.git"));
    give_away(fixture, "bare.git");
    g_autofree char *said = refusal(fixture, "bare.git");
    assert_true(fixture_says(said, "/bare.git belongs to another user"));
    g_autofree char *setting = g_strdup_printf("[safe]\n\tdirectory = %s/bare.git\n", fixture->root);
    git_home_append(fixture, ".gitconfig", setting);
    assert_true(opens(fixture, "bare.git"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ones_own_repository_opens, git_home_setup, git_home_teardown),
        cmocka_unit_test_setup_teardown(a_folder_of_another_user_in_it_is_no_matter, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(the_work_tree_of_another_user_is_refused, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(the_git_folder_of_another_user_is_refused, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(the_link_to_a_git_folder_of_another_user_is_refused, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(the_git_folder_of_a_linked_work_tree_counts, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(a_link_in_place_of_the_git_folder_must_be_ones_own, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(under_sudo_what_is_of_the_caller_is_ones_own, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(only_root_counts_what_is_of_the_caller_of_sudo, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(a_work_tree_that_the_repository_names_needs_no_git_in_it,
                                        git_home_setup, git_home_teardown),
        cmocka_unit_test_setup_teardown(safe_directory_allows_what_it_names, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(it_is_read_where_the_repository_has_no_say, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(a_path_with_blanks_is_quoted_in_the_advice, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(a_repository_without_work_tree_is_its_git_folder, git_home_setup,
                                        git_home_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
