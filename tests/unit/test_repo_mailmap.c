#include "git_home.h"

#include "repo_mailmap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

/* Person ("Name <email>") by the mailmap, here and for git. */
static char *resolve(const struct fixture *fixture, const char *person)
{
    g_autoptr(Repo) repo = git_home_open(fixture);
    g_autoptr(Mailmap) mailmap = mailmap_open(repo);
    const char *open = strchr(person, '<');
    g_autofree char *name = g_strndup(person, (gsize)(open - person - 1));
    g_autofree char *email = g_strndup(open + 1, strlen(open) - 2);
    const char *now = name, *at = email;

    mailmap_resolve(mailmap, &now, &at);
    return g_strdup_printf("%s <%s>", now, at);
}

static gboolean is(const struct fixture *fixture, const char *person, const char *expected)
{
    g_autofree char *ours = resolve(fixture, person);
    g_autofree char *git = git_home_ask(fixture, "check-mailmap", person, NULL);

    if (strcmp(ours, expected) == 0 && g_strcmp0(git, expected) == 0)
        return TRUE;
    print_error("%s: git says %s, we say %s\n", person, git ? git : "nothing", ours);
    return FALSE;
}

static void a_person_goes_by_what_the_work_tree_says(void **state)
{
    static const struct {
        const char *person, *expected;
    } cases[] = {
        { "Bo <bo@example.com>", "Bo Berg-Silva <bo@example.com>" },
        { "B. Berg <BO@Example.com>", "Bo Berg-Silva <BO@Example.com>" },
        { "Cem <cem@old.example>", "Cem <cem@example.com>" },
        { "Di <di@old.example>", "Diana Roth <di@example.com>" },
        { "Ed <team@example.com>", "Edith Ohm <edith@example.com>" },
        { "ed <TEAM@example.com>", "Edith Ohm <edith@example.com>" },
        { "Fi <team@example.com>", "The Team <team@example.com>" },
        { "Gül <gul@example.com>", "Gül Öztürk <gul@example.com>" },
        { "Ana Silva <ana@example.com>", "Ana Silva <ana@example.com>" },
        { "Ina <ina@example.com>", "Ina <ina@example.com>" },
        { "Mia <mia@example.com>", "Mia <mia@example.com>" },
        { "Lou <lou@example.com>", "Lou <lou@example.com>" },
        { "K <pair@example.com>", "K <kim@new.example>" },
        { "Lea <lea@old.example>", "Lea Lind <lea@example.com>" },
        { "Hal <hal@example.com>", "Hal the Second <hal@example.com>" },
    };
    const struct fixture *fixture = *state;

    fixture_write(
        fixture, "work/.mailmap",
        "# who is who\n\nBo Berg-Silva <bo@example.com>\n<cem@example.com> <cem@old.example>\n"
        "Diana Roth <di@example.com> <di@old.example>\nThe Team <team@example.com>\n"
        "Edith Ohm <edith@example.com> Ed <team@example.com>\r\n"
        "Gül Öztürk <gul@example.com> # since May\nno address\n<>\nHal <\nIna <> <ina@example.com>\n"
        "Mia Moe <mia@example.com> <>\n# Lou Lee <lou@example.com>\nKim Ko <kim@example.com> K "
        "<pair@example.com>\n"
        "<kim@new.example> K <pair@example.com>\n<lea@example.com> <lea@old.example>\n"
        "Lea Lind <lea@old.example>\n"
        "Hal the First <hal@example.com>\nHal the Second <hal@example.com>");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_true(is(fixture, cases[i].person, cases[i].expected));
}

static void without_a_mailmap_all_stay_as_they_are(void **state)
{
    assert_true(is(*state, "Bo <bo@example.com>", "Bo <bo@example.com>"));
}

static void a_setting_names_a_file_that_goes_before(void **state)
{
    const struct fixture *fixture = *state;
    g_autofree char *path = fixture_path(fixture, "home/people");

    fixture_write(fixture, "work/.mailmap", "Bo of the Tree <bo@example.com>\nCem Kaya <cem@example.com>");
    fixture_write(fixture, "home/people", "Bo of the Home <bo@example.com>\n");
    fixture_write(fixture, "work/docs/people", "Bo of the Docs <bo@example.com>\n");
    git_home_config(fixture, "mailmap.file", path);
    assert_true(is(fixture, "Bo <bo@example.com>", "Bo of the Home <bo@example.com>"));
    assert_true(is(fixture, "Cem <cem@example.com>", "Cem Kaya <cem@example.com>"));
    git_home_config(fixture, "mailmap.file", "~/people");
    assert_true(is(fixture, "Bo <bo@example.com>", "Bo of the Home <bo@example.com>"));
    git_home_config(fixture, "mailmap.file", "docs/people");
    assert_true(is(fixture, "Bo <bo@example.com>", "Bo of the Docs <bo@example.com>"));
    git_home_config(fixture, "mailmap.file", "docs/none");
    assert_true(is(fixture, "Bo <bo@example.com>", "Bo of the Tree <bo@example.com>"));
}

static void a_setting_names_an_object_that_goes_before(void **state)
{
    const struct fixture *fixture = *state;

    fixture_write(fixture, "work/people", "Bo of the Past <bo@example.com>\n");
    fixture_git(fixture, "-C", "work", "add", "people", NULL);
    fixture_git(fixture, "-C", "work", "commit", "-q", "-m", "people", NULL);
    fixture_write(fixture, "work/.mailmap", "Bo of the Tree <bo@example.com>");
    git_home_config(fixture, "mailmap.blob", "HEAD:people");
    assert_true(is(fixture, "Bo <bo@example.com>", "Bo of the Past <bo@example.com>"));
    fixture_write(fixture, "home/people", "Bo of the Home <bo@example.com>\n");
    git_home_config(fixture, "mailmap.file", "~/people");
    assert_true(is(fixture, "Bo <bo@example.com>", "Bo of the Home <bo@example.com>"));
    git_home_config(fixture, "mailmap.blob", "HEAD:none");
    git_home_config(fixture, "mailmap.file", "");
    assert_true(is(fixture, "Bo <bo@example.com>", "Bo of the Tree <bo@example.com>"));
}

static void without_a_work_tree_it_is_that_of_head(void **state)
{
    const struct fixture *fixture = *state;
    const char *name = "Bo", *email = "bo@example.com";

    fixture_write(fixture, "work/.mailmap", "Bo Berg-Silva <bo@example.com>\n");
    fixture_git(fixture, "-C", "work", "add", ".mailmap", NULL);
    fixture_git(fixture, "-C", "work", "commit", "-q", "-m", "people", NULL);
    fixture_git(fixture, "clone", "-q", "--bare", "work", "bare.git", NULL);
    g_autofree char *path = fixture_path(fixture, "bare.git");
    g_autoptr(Repo) repo = repo_open(path, NULL);
    assert_non_null(repo);
    g_autoptr(Mailmap) mailmap = mailmap_open(repo);
    mailmap_resolve(mailmap, &name, &email);
    assert_string_equal(name, "Bo Berg-Silva");
}

static void a_link_in_the_tree_is_not_followed(void **state)
{
    const struct fixture *fixture = *state;

    fixture_write(fixture, "home/people", "Bo of the Home <bo@example.com>\n");
    fixture_link(fixture, "../home/people", "work/.mailmap");
    assert_true(is(fixture, "Bo <bo@example.com>", "Bo <bo@example.com>"));
}

static void a_fifo_in_the_tree_holds_nothing_up(void **state)
{
    const struct fixture *fixture = *state;
    g_autofree char *path = fixture_path(fixture, "work/.mailmap");

    assert_return_code(mkfifo(path, 0600), 0);
    g_autofree char *ours = resolve(fixture, "Bo <bo@example.com>");
    assert_string_equal(ours, "Bo <bo@example.com>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_person_goes_by_what_the_work_tree_says, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(without_a_mailmap_all_stay_as_they_are, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(a_setting_names_a_file_that_goes_before, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(a_setting_names_an_object_that_goes_before, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(without_a_work_tree_it_is_that_of_head, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(a_link_in_the_tree_is_not_followed, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(a_fifo_in_the_tree_holds_nothing_up, git_home_setup,
                                        git_home_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
