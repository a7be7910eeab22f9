#include "git_home.h"

#include "commit.h"
#include "commit_hook.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void write_hook(const struct fixture *fixture, const char *path, const char *text)
{
    g_autofree char *full = fixture_path(fixture, path);
    fixture_write(fixture, path, text);
    assert_return_code(chmod(full, 0755), 0);
}

/* Runs the hook of the repository at folder; NULL, or what was said. */
static char *run_at(const struct fixture *fixture, const char *folder, const char *name,
                    const char *const *arguments, const struct identity *author)
{
    g_autofree char *full = fixture_path(fixture, folder), *index = fixture_path(fixture, "home/index");
    g_autoptr(GError) error = NULL;
    g_autoptr(Repo) repo = repo_open(full, &error);

    assert_non_null(repo);
    gboolean good = commit_hook_run(repo, name, arguments, index, author, &error);
    assert_true(good == (error == NULL));
    assert_true(good || g_error_matches(error, COMMIT_ERROR, COMMIT_ERROR_REFUSED));
    return error ? g_strdup(error->message) : NULL;
}

static char *run(const struct fixture *fixture, const char *name)
{
    return run_at(fixture, "work", name, NULL, NULL);
}

static gboolean exists(const struct fixture *fixture, const char *name)
{
    g_autoptr(Repo) repo = git_home_open(fixture);
    return commit_hook_exists(repo, name);
}

static void a_hook_that_is_not_there_says_nothing(void **state)
{
    assert_false(exists(*state, "pre-commit"));
    assert_null(run(*state, "pre-commit"));
}

static void one_that_ends_well_lets_the_decision_through(void **state)
{
    write_hook(*state, "work/.git/hooks/pre-commit", "#!/bin/sh\necho ran > .git/seen\n");
    assert_true(exists(*state, "pre-commit"));
    assert_null(run(*state, "pre-commit"));
    g_autofree char *seen = fixture_read(*state, "work/.git/seen");
    assert_string_equal(seen, "ran\n");
}

static void one_that_ends_badly_refuses(void **state)
{
    static const struct {
        const char *name, *text, *says;
    } cases[] = {
        { "pre-commit", "exit 3\n", "code 3; nothing was recorded; --no-verify leaves it out" },
        { "commit-msg", "exit 1\n", "the hook commit-msg refused: " },
        { "prepare-commit-msg", "#!/bin/sh\nexit 1\n", "code 1; nothing was recorded" },
        { "pre-commit", "kill -9 $$\n", "killed by signal 9" },
        { "pre-commit", "#!/no/such/shell\n", "No such file or directory" },
        { "pre-commit", "kill -s PIPE $$\nexit 0\n", "killed by signal 13" },
        { "pre-commit", "kill -s TERM $$\nexit 0\n", "killed by signal 15" },
    };
    sigset_t asking, before;

    /* As they are while a decision is recorded; hooks start as from a shell. */
    sigemptyset(&asking);
    sigaddset(&asking, SIGTERM);
    sigprocmask(SIG_BLOCK, &asking, &before);
    signal(SIGPIPE, SIG_IGN);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat("work/.git/hooks/", cases[i].name, NULL);
        write_hook(*state, path, cases[i].text);
        g_autofree char *said = run(*state, cases[i].name);
        assert_true(fixture_says(said, cases[i].says));
        assert_int_equal(strstr(said, "--no-verify") == NULL,
                         strcmp(cases[i].name, "prepare-commit-msg") == 0);
    }
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

/* Leaves in home/seen what a hook can tell of how it was started. */
static const char tell[] =
    "{ printf '%s\\n' \"$0\" \"$@\"; pwd; cat; for name in DIR WORK_TREE PREFIX EDITOR "
    "AUTHOR_NAME AUTHOR_EMAIL AUTHOR_DATE; do\n"
    "eval \"printf '%s\\n' \\\"$name=\\${GIT_$name-unset}\\\"\"; done; } > \"$HOME/seen\"\n";

/* What the hook tells at folder, where the user is below it, when git runs it, and when we do. */
static void check_as_git(const struct fixture *fixture, const char *folder, const char *below)
{
    g_autofree char *here = g_build_filename(folder, below, NULL), *full = fixture_path(fixture, here);
    g_autofree char *seen = fixture_path(fixture, "home/seen");
    g_autoptr(Identity) author = g_new0(struct identity, 1);

    fixture_folder(fixture, here);
    g_unlink(seen);
    assert_return_code(chdir(full), 0);
    g_autofree char *done =
        git_home_ask(fixture, "-C", full, "commit", "-q", "--allow-empty", "-m", "x", NULL);
    assert_non_null(done);
    g_autofree char *git = fixture_read(fixture, "home/seen");
    author->name = g_strdup("Ana Silva");
    author->email = g_strdup("ana@example.com");
    author->time = 1795251600;
    author->offset = 60;
    g_autofree char *said = run_at(fixture, folder, "pre-commit", NULL, author);
    assert_null(said);
    g_autofree char *ours = fixture_read(fixture, "home/seen");
    assert_return_code(chdir("/"), 0);
    assert_string_equal(ours, git);
    assert_non_null(strstr(ours, "AUTHOR_DATE=@1795251600 +0100\n"));
}

static void a_hook_is_started_as_git_starts_it(void **state)
{
    const struct fixture *fixture = *state;
    g_autofree char *hooks = fixture_path(fixture, "home/hooks");

    git_home_set("GIT_AUTHOR_NAME=Ana Silva");
    git_home_set("GIT_AUTHOR_EMAIL=ana@example.com");
    git_home_set("GIT_AUTHOR_DATE=2026-11-21T10:00:00+0100");
    git_home_set("GIT_COMMITTER_NAME=Ana Silva");
    git_home_set("GIT_COMMITTER_EMAIL=ana@example.com");
    write_hook(fixture, "home/hooks/pre-commit", tell);
    g_autofree char *setting = g_strdup_printf("[core]\n\thooksPath = %s\n", hooks);
    git_home_append(fixture, ".gitconfig", setting);
    fixture_git(fixture, "-C", "work", "commit", "-q", "--allow-empty", "-m", "begin", NULL);
    fixture_git(fixture, "-C", "work", "worktree", "add", "-q", "../linked", NULL);
    fixture_git(fixture, "init", "-q", "--separate-git-dir", "apart.git", "apart", NULL);

    check_as_git(fixture, "work", "");
    check_as_git(fixture, "work", "backlog/deep");
    check_as_git(fixture, "linked", "");
    check_as_git(fixture, "linked", "backlog");
    check_as_git(fixture, "apart", "");
}

static void it_gets_the_arguments_and_the_index(void **state)
{
    const char *arguments[] = { "a message's file", "message", NULL };
    const struct fixture *fixture = *state;
    g_autofree char *index = fixture_path(fixture, "home/index");

    write_hook(fixture, "work/.git/hooks/prepare-commit-msg",
               "printf '%s|' \"$@\" \"$GIT_INDEX_FILE\" > .git/seen\n");
    assert_null(run_at(fixture, "work", "prepare-commit-msg", arguments, NULL));
    g_autofree char *seen = fixture_read(fixture, "work/.git/seen");
    g_autofree char *expected = g_strdup_printf("a message's file|message|%s|", index);
    assert_string_equal(seen, expected);
}

static void what_it_prints_is_on_standard_error(void **state)
{
    const struct fixture *fixture = *state;
    g_autofree char *path = fixture_path(fixture, "home/said");

    write_hook(fixture, "work/.git/hooks/pre-commit", "echo out\necho err >&2\n");
    fflush(NULL);
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600), kept = dup(STDERR_FILENO);
    assert_true(file >= 0 && kept >= 0);
    dup2(file, STDERR_FILENO);
    g_autofree char *said = run(fixture, "pre-commit");
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(file);
    assert_null(said);
    g_autofree char *text = fixture_read(fixture, "home/said");
    assert_string_equal(text, "out\nerr\n");
}

static void a_setting_says_where_hooks_are(void **state)
{
    const struct fixture *fixture = *state;
    g_autofree char *absolute = fixture_path(fixture, "home/hooks");

    write_hook(fixture, "work/.git/hooks/pre-commit", "exit 1\n");
    write_hook(fixture, "home/hooks/pre-commit", "exit 2\n");
    write_hook(fixture, "work/tools/hooks/pre-commit", "exit 3\n");
    const struct {
        const char *value, *says;
    } cases[] = { { absolute, "code 2" }, { "~/hooks", "code 2" }, { "tools/hooks", "code 3" } };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        git_home_config(fixture, "core.hooksPath", cases[i].value);
        g_autofree char *said = run(fixture, "pre-commit");
        assert_true(fixture_says(said, cases[i].says));
    }
    git_home_config(fixture, "core.hooksPath", "/dev/null");
    assert_null(run(fixture, "pre-commit"));
    git_home_config(fixture, "core.hooksPath", "");
    write_hook(fixture, "work/pre-commit", "exit 4\n");
    assert_null(run(fixture, "pre-commit"));
}

static void linked_work_trees_share_the_hooks(void **state)
{
    const struct fixture *fixture = *state;

    fixture_git(fixture, "-C", "work", "commit", "-q", "--allow-empty", "-m", "begin", NULL);
    fixture_git(fixture, "-C", "work", "worktree", "add", "-q", "../linked", NULL);
    write_hook(fixture, "work/.git/hooks/pre-commit", "exit 5\n");
    g_autofree char *said = run_at(fixture, "linked", "pre-commit", NULL, NULL);
    assert_true(fixture_says(said, "code 5"));
}

static void one_that_is_not_executable_is_left_out_and_named(void **state)
{
    const struct fixture *fixture = *state;
    g_autoptr(Repo) repo = git_home_open(fixture);
    g_autofree char *path = fixture_path(fixture, "work/.git/hooks/pre-commit");

    assert_null(commit_hook_ignored(repo, "pre-commit"));
    fixture_write(fixture, "work/.git/hooks/pre-commit", "exit 1\n");
    assert_false(exists(fixture, "pre-commit"));
    assert_null(run(fixture, "pre-commit"));
    g_autofree char *ignored = commit_hook_ignored(repo, "pre-commit");
    assert_string_equal(ignored, path);
    git_home_config(fixture, "advice.ignoredHook", "false");
    assert_null(commit_hook_ignored(repo, "pre-commit"));
    git_home_config(fixture, "advice.ignoredHook", "true");
    assert_return_code(chmod(path, 0700), 0);
    assert_null(commit_hook_ignored(repo, "pre-commit"));
    assert_true(exists(fixture, "pre-commit"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_hook_that_is_not_there_says_nothing, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(one_that_ends_well_lets_the_decision_through, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(one_that_ends_badly_refuses, git_home_setup, git_home_teardown),
        cmocka_unit_test_setup_teardown(a_hook_is_started_as_git_starts_it, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(it_gets_the_arguments_and_the_index, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(what_it_prints_is_on_standard_error, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(a_setting_says_where_hooks_are, git_home_setup, git_home_teardown),
        cmocka_unit_test_setup_teardown(linked_work_trees_share_the_hooks, git_home_setup, git_home_teardown),
        cmocka_unit_test_setup_teardown(one_that_is_not_executable_is_left_out_and_named, git_home_setup,
                                        git_home_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
