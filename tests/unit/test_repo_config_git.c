#include "git_home.h"

#include "repo_config.h"
#include "repo_private.h"

#include <git2.h>
#include <pwd.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

static struct repo_config *open_config(const struct fixture *fixture)
{
    g_autoptr(Repo) repo = git_home_open(fixture);
    g_autoptr(GError) error = NULL;
    struct repo_config *config = repo_config_open(repo, &error);

    if (!config)
        fail_msg("%s", error->message);
    return config;
}

/* Whether the key has that value here and for git; NULL is none. */
static gboolean has(const struct fixture *fixture, const char *key, const char *expected)
{
    g_autoptr(RepoConfig) config = open_config(fixture);
    g_autofree char *ours = repo_config_text(config, key);
    g_autofree char *git = git_home_ask(fixture, "config", key, NULL);

    if (g_strcmp0(ours, expected) == 0 && g_strcmp0(git, expected) == 0)
        return TRUE;
    print_error("%s: git says %s, we say %s\n", key, git ? git : "no", ours ? ours : "no");
    return FALSE;
}

static void the_stronger_file_wins(void **state)
{
    const struct fixture *fixture = *state;

    assert_true(has(fixture, "user.name", NULL));
    fixture_write(fixture, "home/.config/git/config", "[user]\n\tname = Xi\n");
    assert_true(has(fixture, "user.name", "Xi"));
    fixture_write(fixture, "home/.gitconfig", "[user]\n\tname = Gil\n");
    assert_true(has(fixture, "user.name", "Gil"));
    git_home_config(fixture, "user.name", "Lou");
    assert_true(has(fixture, "user.name", "Lou"));
    git_home_set("GIT_CONFIG_COUNT=1");
    git_home_set("GIT_CONFIG_KEY_0=USER.NAME");
    git_home_set("GIT_CONFIG_VALUE_0=Cal");
    assert_true(has(fixture, "user.name", "Cal"));
    git_home_set("GIT_CONFIG_PARAMETERS='user.name'='Pat'");
    assert_true(has(fixture, "user.name", "Pat"));
}

static void a_file_named_in_the_environment_stands_for_the_users(void **state)
{
    const struct fixture *fixture = *state;
    g_autofree char *path = fixture_path(fixture, "home/other");

    fixture_write(fixture, "home/.config/git/config", "[user]\n\temail = xi@example.com\n");
    fixture_write(fixture, "home/.gitconfig", "[user]\n\tname = Gil\n");
    fixture_write(fixture, "home/other", "[user]\n\tname = Oda\n");
    g_setenv("GIT_CONFIG_GLOBAL", path, TRUE);
    assert_true(has(fixture, "user.name", "Oda"));
    assert_true(has(fixture, "user.email", NULL));
    g_setenv("GIT_CONFIG_GLOBAL", "/dev/null", TRUE);
    assert_true(has(fixture, "user.name", NULL));
    g_unsetenv("GIT_CONFIG_NOSYSTEM");
    g_setenv("GIT_CONFIG_SYSTEM", path, TRUE);
    assert_true(has(fixture, "user.name", "Oda"));
    g_setenv("GIT_CONFIG_NOSYSTEM", "true", TRUE);
    assert_true(has(fixture, "user.name", NULL));
}

static void libgit2_uses_the_named_files_too(void **state)
{
    const struct fixture *fixture = *state;
    g_autofree char *path = fixture_path(fixture, "home/other");
    int value = 0;

    fixture_write(fixture, "home/other", "[core]\n\tautocrlf = true\n");
    g_setenv("GIT_CONFIG_GLOBAL", path, TRUE);
    g_autoptr(Repo) repo = git_home_open(fixture);
    git_config *config = NULL;
    assert_int_equal(git_repository_config_snapshot(&config, repo->git), 0);
    assert_int_equal(git_config_get_bool(&value, config, "core.autocrlf"), 0);
    git_config_free(config);
    assert_true(value);
}

static void an_include_can_ask_for_the_folder(void **state)
{
    const struct fixture *fixture = *state;

    fixture_write(fixture, "home/.gitconfig",
                  "[user]\n\tname = Gil\n\temail = gil@example.com\n"
                  "[includeIf \"gitdir:~/../work/\"]\n\tpath = at-work\n"
                  "[includeIf \"gitdir:~/\"]\n\tpath = at-home\n"
                  "[include]\n\tpath = always\n");
    fixture_write(fixture, "home/at-home", "[user]\n\tname = Home\n");
    fixture_write(fixture, "home/always", "[user]\n\tsigningkey = ABCD\n");
    assert_true(has(fixture, "user.name", "Gil"));
    assert_true(has(fixture, "user.signingkey", "ABCD"));
    g_autofree char *work = fixture_path(fixture, "work");
    g_autofree char *text = g_strdup_printf("[includeIf \"gitdir:%s/\"]\n\tpath = at-work\n", work);
    git_home_append(fixture, ".gitconfig", text);
    fixture_write(fixture, "home/at-work", "[user]\n\temail = gil@work.example\n");
    assert_true(has(fixture, "user.email", "gil@work.example"));
    assert_true(has(fixture, "user.name", "Gil"));
}

static void an_include_can_ask_for_the_branch(void **state)
{
    const struct fixture *fixture = *state;

    fixture_write(fixture, "home/.gitconfig",
                  "[user]\n\tname = Gil\n[includeIf \"onbranch:trial/**\"]\n\tpath = on-trial\n");
    fixture_write(fixture, "home/on-trial", "[user]\n\tname = Tri\n");
    assert_true(has(fixture, "user.name", "Gil"));
    fixture_git(fixture, "-C", "work", "symbolic-ref", "HEAD", "refs/heads/trial/one", NULL);
    assert_true(has(fixture, "user.name", "Tri"));
}

static void a_work_tree_can_have_settings_of_its_own(void **state)
{
    const struct fixture *fixture = *state;

    git_home_config(fixture, "user.name", "Lou");
    fixture_write(fixture, "work/.git/config.worktree", "[user]\n\tname = Own\n");
    assert_true(has(fixture, "user.name", "Lou"));
    git_home_config(fixture, "extensions.worktreeConfig", "true");
    assert_true(has(fixture, "user.name", "Own"));
}

static void settings_from_outside_have_none_of_the_repository(void **state)
{
    const struct fixture *fixture = *state;
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, "home/.gitconfig", "[user]\n\tname = Gil\n");
    git_home_config(fixture, "user.name", "Lou");
    git_home_config(fixture, "user.email", "lou@example.com");
    g_autoptr(RepoConfig) config = repo_config_open_outside(&error);
    g_autofree char *name = repo_config_text(config, "user.name");
    assert_string_equal(name, "Gil");
    assert_null(repo_config_text(config, "user.email"));
}

static void all_values_come_the_strongest_last(void **state)
{
    const struct fixture *fixture = *state;

    fixture_write(fixture, "home/.config/git/config", "[safe]\n\tdirectory = /xdg\n");
    fixture_write(fixture, "home/.gitconfig",
                  "[safe]\n\tdirectory = /one\n\tdirectory\n\tdirectory = /two\n");
    git_home_config(fixture, "safe.directory", "/three");
    git_home_set("GIT_CONFIG_COUNT=1");
    git_home_set("GIT_CONFIG_KEY_0=safe.directory");
    git_home_set("GIT_CONFIG_VALUE_0=");
    g_autoptr(RepoConfig) config = open_config(fixture);
    g_auto(GStrv) texts = repo_config_texts(config, "safe.directory");
    g_autofree char *joined = g_strjoinv("|", texts);
    assert_string_equal(joined, "/xdg|/one|true|/two|/three|");
    g_auto(GStrv) none = repo_config_texts(config, "safe.house");
    assert_null(none[0]);
}

static void the_names_of_a_subsection_come_sorted_and_once(void **state)
{
    const struct fixture *fixture = *state;

    fixture_write(fixture, "home/.gitconfig",
                  "[refine \"alias\"]\n\tTop = list\n\tmine = list\n[refine \"Alias\"]\n\tother = x\n"
                  "[refine]\n\talias = x\n[refine \"aliases\"]\n\tmore = x\n");
    git_home_config(fixture, "refine.alias.top", "list status:ready");
    git_home_set("GIT_CONFIG_COUNT=1");
    git_home_set("GIT_CONFIG_KEY_0=Refine.alias.Call");
    git_home_set("GIT_CONFIG_VALUE_0=show");
    g_autoptr(RepoConfig) config = open_config(fixture);
    g_auto(GStrv) names = repo_config_names(config, "refine.alias.");
    g_autofree char *joined = g_strjoinv("|", names);
    assert_string_equal(joined, "call|mine|top");
    g_auto(GStrv) none = repo_config_names(config, "refine.color.");
    assert_null(none[0]);
}

static void true_and_false_are_written_as_for_git(void **state)
{
    static const struct {
        const char *text;
        int value; /* -1: neither */
    } cases[] = { { "true", 1 },   { "Yes", 1 },    { "on", 1 }, { "1", 1 },   { "-3", 1 },
                  { "1k", 1 },     { "false", 0 },  { "no", 0 }, { "OFF", 0 }, { "0", 0 },
                  { "", 0 },       { "maybe", -1 }, { "t", -1 }, { "y", -1 },  { " ", -1 },
                  { "true!", -1 }, { "truee", -1 } };
    const struct fixture *fixture = *state;

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        gboolean value = 17;
        git_home_config(fixture, "commit.gpgSign", cases[i].text);
        g_autoptr(RepoConfig) config = open_config(fixture);
        g_autofree char *git = git_home_ask(fixture, "config", "--bool", "commit.gpgsign", NULL);
        gboolean good = repo_config_bool(config, "commit.gpgsign", FALSE, &value, &error);
        assert_int_equal(good ? value : -1, cases[i].value);
        assert_string_equal(git ? git : "", cases[i].value < 0 ? "" : cases[i].value ? "true" : "false");
        if (!good) {
            assert_int_equal(value, 17);
            assert_true(fixture_says(error->message, "commit.gpgsign: expected true or false, saw \""));
        }
    }
}

static void a_key_alone_is_true_and_none_is_the_fallback(void **state)
{
    const struct fixture *fixture = *state;
    gboolean value = FALSE;

    fixture_write(fixture, "home/.gitconfig", "[commit]\n\tgpgSign\n");
    g_autoptr(RepoConfig) config = open_config(fixture);
    assert_true(repo_config_bool(config, "commit.gpgsign", FALSE, &value, NULL));
    assert_true(value);
    assert_true(repo_config_bool(config, "commit.status", TRUE, &value, NULL));
    assert_true(value);
    assert_true(repo_config_bool(config, "commit.status", FALSE, &value, NULL));
    assert_false(value);
}

static void a_tilde_is_a_home_folder(void **state)
{
    const struct fixture *fixture = *state;
    const struct passwd *self = getpwuid(getuid());
    g_autofree char *home = fixture_path(fixture, "home/hooks"), *plain = repo_config_expand("~/hooks");
    g_autofree char *relative = repo_config_expand("hooks/~"), *alone = repo_config_expand("~");

    assert_string_equal(plain, home);
    assert_string_equal(relative, "hooks/~");
    assert_string_equal(alone, g_getenv("HOME"));
    assert_null(repo_config_expand("~nobody-of-that-name/hooks"));
    if (self) {
        g_autofree char *path = g_strconcat("~", self->pw_name, "/hooks", NULL);
        g_autofree char *expected = g_strconcat(self->pw_dir, "/hooks", NULL);
        g_autofree char *expanded = repo_config_expand(path);
        assert_string_equal(expanded, expected);
    }
    git_home_config(fixture, "core.hooksPath", "~/hooks");
    g_autoptr(RepoConfig) config = open_config(fixture);
    g_autofree char *set = repo_config_path(config, "core.hookspath");
    assert_string_equal(set, home);
    assert_null(repo_config_path(config, "core.editor"));
}

static void a_broken_file_is_an_error_that_names_it(void **state)
{
    const struct fixture *fixture = *state;
    g_autoptr(Repo) repo = git_home_open(fixture);
    g_autoptr(GError) error = NULL;

    fixture_write(fixture, "home/.gitconfig", "[user\nname = Gil\n");
    assert_null(repo_config_open(repo, &error));
    assert_true(g_error_matches(error, REPO_ERROR, REPO_ERROR_READ));
    assert_true(fixture_says(error->message, "home/.gitconfig"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_stronger_file_wins, git_home_setup, git_home_teardown),
        cmocka_unit_test_setup_teardown(a_file_named_in_the_environment_stands_for_the_users, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(libgit2_uses_the_named_files_too, git_home_setup, git_home_teardown),
        cmocka_unit_test_setup_teardown(an_include_can_ask_for_the_folder, git_home_setup, git_home_teardown),
        cmocka_unit_test_setup_teardown(an_include_can_ask_for_the_branch, git_home_setup, git_home_teardown),
        cmocka_unit_test_setup_teardown(a_work_tree_can_have_settings_of_its_own, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(settings_from_outside_have_none_of_the_repository, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(all_values_come_the_strongest_last, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(the_names_of_a_subsection_come_sorted_and_once, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(true_and_false_are_written_as_for_git, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(a_key_alone_is_true_and_none_is_the_fallback, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(a_tilde_is_a_home_folder, git_home_setup, git_home_teardown),
        cmocka_unit_test_setup_teardown(a_broken_file_is_an_error_that_names_it, git_home_setup,
                                        git_home_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
