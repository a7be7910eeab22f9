#include "git_home.h"

#include "commit_identity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define DATE "GIT_AUTHOR_DATE=2026-11-21T09:00:00+0100"
#define MAIL "GIT_AUTHOR_EMAIL=ana@example.com"
#define NAMED(name)                                                                                          \
    {                                                                                                        \
        {                                                                                                    \
            "GIT_AUTHOR_NAME=" name, MAIL, DATE                                                              \
        }                                                                                                    \
    }
#define DATED(date)                                                                                          \
    {                                                                                                        \
        {                                                                                                    \
            "GIT_AUTHOR_NAME=Ana Silva", MAIL, "GIT_AUTHOR_DATE=" date                                       \
        }                                                                                                    \
    }

/* Assignments: of variables, or (in lower case) of settings of the repository. */
struct circumstances {
    const char *set[7];
};

static void establish(const struct fixture *fixture, const struct circumstances *these)
{
    git_home_forget(fixture);
    fixture_write(fixture, "work/.git/config", "[core]\n\trepositoryformatversion = 0\n\tbare = false\n");
    /* git does not even write settings while the environment has broken ones. */
    for (gsize i = 0; i < G_N_ELEMENTS(these->set) && these->set[i]; i++) {
        g_auto(GStrv) parts = g_strsplit(these->set[i], "=", 2);
        if (!g_ascii_isupper(these->set[i][0]))
            git_home_config(fixture, parts[0], parts[1]);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(these->set) && these->set[i]; i++)
        if (g_ascii_isupper(these->set[i][0]))
            git_home_set(these->set[i]);
}

/* What we make of them, as git prints it; NULL on error, which goes to *said. */
static char *ours(const struct fixture *fixture, gboolean committer, char **said)
{
    g_autoptr(Repo) repo = git_home_open(fixture);
    g_autoptr(GError) error = NULL;
    g_autoptr(Identity) identity =
        committer ? identity_committer(repo, &error) : identity_author(repo, &error);

    assert_true((identity == NULL) == (error != NULL));
    *said = error ? g_strdup(error->message) : NULL;
    if (!identity)
        return NULL;
    g_autofree char *who = identity_print(identity), *when = identity_print_date(identity);
    return g_strconcat(who, " ", when + 1, NULL);
}

/* Whether git and we choose the same, or both refuse. */
static gboolean same(const struct fixture *fixture, const struct circumstances *these, gboolean committer)
{
    establish(fixture, these);
    g_autofree char *said = NULL, *us = ours(fixture, committer, &said);
    g_autofree char *git =
        git_home_ask(fixture, "var", committer ? "GIT_COMMITTER_IDENT" : "GIT_AUTHOR_IDENT", NULL);

    if (g_strcmp0(us, git) == 0)
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(these->set) && these->set[i]; i++)
        print_error("%s; ", these->set[i]);
    print_error("git says %s, we say %s (%s)\n", git ? git : "no", us ? us : "no", said ? said : "");
    return FALSE;
}

static gboolean all_same(const struct fixture *fixture, const struct circumstances *all, gsize n)
{
    gboolean good = TRUE;
    for (gsize i = 0; i < n; i++)
        good = same(fixture, &all[i], FALSE) && good;
    return good;
}

static void the_author_is_whom_git_chooses(void **state)
{
    static const struct circumstances cases[] = {
        { { "GIT_AUTHOR_NAME=Ana Silva", MAIL, DATE } },
        { { "GIT_AUTHOR_NAME=Ana Silva", MAIL, DATE, "author.name=Bo", "author.email=bo@example.com" } },
        { { "author.name=Bo", "author.email=bo@example.com", "user.name=Cy", "user.email=c@x", DATE } },
        { { "user.name=Cy", "user.email=cy@example.com", DATE } },
        { { "author.name=Bo", "user.name=Cy", "user.email=cy@example.com", DATE } },
        { { "author.email=bo@example.com", "user.name=Cy", "user.email=cy@example.com", DATE } },
        { { "author.name=", "author.email=", "user.name=Cy", "user.email=cy@example.com", DATE } },
        { { "committer.name=Di", "committer.email=d@x", "user.name=Cy", "user.email=c@x", DATE } },
        { { "GIT_COMMITTER_NAME=Di", "GIT_COMMITTER_EMAIL=d@x", "user.name=Cy", "user.email=c@x", DATE } },
        { { "user.name=Cy", "EMAIL=cy@example.com", DATE } },
        { { "user.name=Cy", "user.email=cy@example.com", "EMAIL=other@example.com", DATE } },
        { { "user.name=Cy", "EMAIL=  cy@example.com ", DATE } },
        { { "user.name=Cy", "user.email=", "EMAIL=cy@example.com", DATE } },
        { { "user.name=Cy", "user.useConfigOnly=true", "EMAIL=cy@example.com", DATE } },
        { { "user.name=Cy", "user.useConfigOnly=true", "user.email=cy@example.com", DATE } },
        { { "GIT_AUTHOR_NAME=Ana Silva", "GIT_AUTHOR_EMAIL=", "user.email=cy@example.com", DATE } },
        { { "GIT_AUTHOR_NAME=", "user.name=Cy", MAIL, DATE } },
        { { "user.name=", MAIL, DATE } },
        { { "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=User.Name", "GIT_CONFIG_VALUE_0=Ed", "user.name=Cy", MAIL,
            DATE } },
        { { "GIT_CONFIG_PARAMETERS='user.name'='Ed O'\\''Brien'", "user.name=Cy", MAIL, DATE } },
        { { "GIT_CONFIG_PARAMETERS='user.name=Ed = Fi' 'user.email'='ed@x'", "user.name=Cy", DATE } },
        { { "GIT_CONFIG_PARAMETERS='user.name'='Wow'\\!'' 'user.name'='Wow'\\!' it is'", MAIL, DATE } },
        { { "GIT_CONFIG_PARAMETERS='user.useconfigonly'=", "user.name=Cy", "EMAIL=cy@example.com", DATE } },
        { { "GIT_CONFIG_PARAMETERS='user.useconfigonly'=''", "user.name=Cy", "EMAIL=c@x", DATE } },
        { { "GIT_CONFIG_PARAMETERS='user.useconfigonly'", "user.name=Cy", "EMAIL=c@x", DATE } },
        { { "GIT_CONFIG_PARAMETERS='user.name'='Ed", "user.name=Cy", MAIL, DATE } },
        { { "GIT_CONFIG_PARAMETERS=user.name=Ed", "user.name=Cy", MAIL, DATE } },
        { { "GIT_CONFIG_COUNT=two", "user.name=Cy", MAIL, DATE } },
        { { "GIT_CONFIG_COUNT=1", "user.name=Cy", MAIL, DATE } },
        { { "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=user.name", "user.name=Cy", MAIL, DATE } },
        { { "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=user", "GIT_CONFIG_VALUE_0=Ed", "user.name=Cy", MAIL,
            DATE } },
        { { "GIT_CONFIG_COUNT=", "user.name=Cy", MAIL, DATE } },
    };
    assert_true(all_same(*state, cases, G_N_ELEMENTS(cases)));
}

static void a_name_is_stripped_as_git_strips_it(void **state)
{
    static const struct circumstances cases[] = {
        NAMED("  Ana Silva "),
        NAMED("\"Ana Silva\""),
        NAMED("'Ana', Silva;"),
        NAMED(",:;<>\"\\'"),
        NAMED(" \t"),
        NAMED("Ana\nSilva"),
        NAMED("Ana <ana@example.com>"),
        NAMED("A<n>a\r\nSilva\x01"),
        NAMED("\x7f"
              "Ana"),
        NAMED("Jördis Amann"),
        NAMED("J\xf6rdis"),
        NAMED("アナ"),
        NAMED("Ana \xf0\x9f\x9a\xb2"),
        NAMED("O'Brien, Ed"),
        { { "GIT_AUTHOR_NAME=Ana", "GIT_AUTHOR_EMAIL=<ana@example.com>", DATE } },
        { { "GIT_AUTHOR_NAME=Ana", "GIT_AUTHOR_EMAIL=\"ana@example.com\", ", DATE } },
        { { "GIT_AUTHOR_NAME=Ana", "GIT_AUTHOR_EMAIL=a<n>a@example.com\n", DATE } },
        { { "GIT_AUTHOR_NAME=Ana", "GIT_AUTHOR_EMAIL=<>", DATE } },
        { { "user.name=\"Ana\" Silva;", "user.email=<ana@example.com>", DATE } },
    };
    assert_true(all_same(*state, cases, G_N_ELEMENTS(cases)));
}

static void a_date_is_the_moment_that_git_makes_of_it(void **state)
{
    static const struct circumstances cases[] = {
        DATED("@123 +0200"),
        DATED("@0 +0000"),
        DATED("@4294967295 -1130"),
        DATED("123456789 +0200"),
        DATED("1795251600 -0000"),
        DATED("1795251600"),
        DATED("@1795251600"),
        DATED("@1782284400"),
        DATED("1795251600+02:00"),
        DATED("2026-11-21T09:00:00+0100"),
        DATED("2026-11-21T09:00:00+01:00"),
        DATED("2026-11-21T09:00:00+01"),
        DATED("2026-11-21T09:00:00-0330"),
        DATED("2026-11-21T09:00:00Z"),
        DATED("2026-11-21T09:00:00"),
        DATED("2026-06-21T09:00:00"),
        DATED("2026-11-21 09:00:00 +0100"),
        DATED("2026-11-21 09:00"),
        DATED("2026-11-21t09:00:00.019z"),
        DATED("20261121T090000Z"),
        DATED("20261121T090000"),
        DATED("2026.11.21 09:00:00"),
        DATED("2026/11/21 09:00"),
        DATED("11/21/2026 09:00:00"),
        DATED("3/4/2026 9:05 +0545"),
        DATED("21.11.2026 09:00:00"),
        DATED("4.3.2026 09:00:00 +0100"),
        DATED("Sat, 21 Nov 2026 09:00:00 +0100"),
        DATED("21 nov 2026 9:00 GMT"),
        DATED("Sat, 21 Nov 2026 09:00:00 EST"),
        DATED("Sat, 4 Jul 2026 09:00:00 PDT"),
        DATED("Sat Nov 21 09:00:00 2026 +0100"),
        DATED("Sat Nov 21 09:00:00 2026"),
        DATED("2026-03-29 02:30"),
        DATED("2026-10-25 02:30"),
        DATED("2024-02-29T23:59:60Z"),
        DATED("2099-12-31T23:59:59Z"),
        DATED("2026-11-21"),
        DATED("2026-13-21 25:00"),
        DATED("2100-01-01T00:00:00Z"),
        DATED("4102444799 +0000"),
        DATED("4102444800 +0000"),
        DATED("MonNov 23 09:00:00 2026"),
        DATED("@123"),
        DATED("99999999 +0100"),
        DATED("now"),
        DATED("yesterday"),
        DATED("next week"),
    };
    assert_true(all_same(*state, cases, G_N_ELEMENTS(cases)));
}

static void the_committer_is_whom_git_chooses(void **state)
{
    static const struct circumstances cases[] = {
        { { "GIT_COMMITTER_NAME=Di", "GIT_COMMITTER_EMAIL=di@example.com", "GIT_COMMITTER_DATE=@7 -0100",
            "GIT_AUTHOR_NAME=Ana", DATE, MAIL } },
        { { "committer.name=Di", "committer.email=di@example.com", "author.name=Bo", "user.name=Cy",
            "GIT_COMMITTER_DATE=2026-11-21 10:00" } },
        { { "user.name=Cy", "user.email=c@x", "author.name=Bo", "GIT_AUTHOR_NAME=Ana", MAIL,
            "GIT_COMMITTER_DATE=@7 +0000" } },
        { { "user.name=Cy", "user.email=c@x", "GIT_COMMITTER_DATE=soon" } },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_true(same(*state, &cases[i], TRUE));
}

/* git goes by whatever it can make out of such a date; the moment would be another than was meant. */
static void a_date_that_git_misreads_is_refused(void **state)
{
    static const char *const dates[] = {
        "2026-02-31 10:00",
        "26-11-21 09:00",
        "2026-11-21 09:00 MESZ-ish",
        "2026-11-21T09:00:00+9900",
        "21/11/2026 09:00",
        "11-21-2026 09:00",
        "1970-01-01T00:00:00+0200",
        "2026-11-21 09:00:00 noon",
        "2026-11-21T24:00:00Z",
        "@4294967296 +0000",
        "99999999999 +0000",
        "-100 +0000",
        "@-100 +0000",
        "2026-11-21 09:00 UT",
        "2026-11-21T09:00:00Z tomorrow",
        "2026-11-21T09:00:00+0160",
        "@123 +0200 ",
        "Sat, 21 Nov 26 09:00:00 +0100",
        "٢٠٢٦-11-21T09:00:00Z",
        "99999999999999999999999",
        "2026-11-21T09:00:00Z\n2026",
        "2026-11-21T09:00:00+01:0",
        "2026-11-21.09:00:00",
        "2026-11/21 09:00:00",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(dates); i++) {
        g_autofree char *date = g_strconcat("GIT_AUTHOR_DATE=", dates[i], NULL), *said = NULL;
        const struct circumstances these = { { "GIT_AUTHOR_NAME=Ana", MAIL, date } };
        establish(*state, &these);
        g_autofree char *us = ours(*state, FALSE, &said);
        if (us)
            fail_msg("%s was taken for %s", dates[i], us);
        assert_true(fixture_says(said, "GIT_AUTHOR_DATE: expected a date such as"));
        assert_true(fixture_says(said, dates[i]));
    }
}

static void without_a_date_it_is_now_in_the_local_zone(void **state)
{
    static const struct circumstances winter = { { "user.name=Cy", "user.email=c@x", "GIT_AUTHOR_DATE=" } };
    static const struct circumstances summer = { { "user.name=Cy", "user.email=c@x",
                                                   "REFINE_NOW=2026-06-21T09:00:00Z" } };
    g_autofree char *said = NULL;

    establish(*state, &winter);
    g_autofree char *in_winter = ours(*state, FALSE, &said);
    assert_string_equal(in_winter, "Cy <c@x> 1795251600 +0100");
    establish(*state, &summer);
    g_autofree char *in_summer = ours(*state, TRUE, &said);
    assert_string_equal(in_summer, "Cy <c@x> 1782032400 +0200");
}

static void a_time_that_a_commit_cannot_hold_is_refused(void **state)
{
    static const struct circumstances late = { { "user.name=Cy", "user.email=c@x",
                                                 "REFINE_NOW=2106-02-07T06:28:16Z" } };
    g_autofree char *said = NULL;

    establish(*state, &late);
    assert_null(ours(*state, FALSE, &said));
    assert_true(fixture_says(said, "the clock is wrong: it says 4294967296 seconds after 1970"));
}

static void nobody_is_made_up(void **state)
{
    static const struct {
        struct circumstances these;
        const char *says;
    } cases[] = {
        { { { NULL } }, "the author has no name; " },
        { { { "user.email=cy@example.com" } }, "the author has no name; " },
        { { { "user.name=Cy" } }, "the author has no e-mail address; " },
        { { { "user.name=Cy", "committer.email=di@example.com" } }, "the author has no e-mail address; " },
        { { { "user.name=Cy", "committer.email=di@example.com", "EMAIL=c@x" } }, "has no e-mail address; " },
        { { { "user.name=Cy", "EMAIL=" } }, "the author has no e-mail address; " },
        { { { "GIT_AUTHOR_NAME=", MAIL } }, "the name of the author is \"\", of which git keeps nothing; " },
        { { { "user.name= ; ", MAIL } }, "the name of the author is \" ; \"" },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *said = NULL;
        establish(*state, &cases[i].these);
        assert_null(ours(*state, FALSE, &said));
        assert_true(fixture_says(said, cases[i].says));
        assert_true(fixture_says(said, "git config --global user.name \"Your Name\""));
        assert_true(fixture_says(said, "git config --global user.email \"you@example.com\""));
    }
}

/* Dots are of the crud only for git before 2.46; they are stripped here. */
static void dots_at_the_end_of_a_name_are_stripped(void **state)
{
    static const struct circumstances these = NAMED(" Martin Luther King, Jr.");
    g_autofree char *said = NULL;

    establish(*state, &these);
    g_autofree char *us = ours(*state, FALSE, &said);
    assert_string_equal(us, "Martin Luther King, Jr <ana@example.com> 1795248000 +0100");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_author_is_whom_git_chooses, git_home_setup, git_home_teardown),
        cmocka_unit_test_setup_teardown(a_name_is_stripped_as_git_strips_it, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(a_date_is_the_moment_that_git_makes_of_it, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(the_committer_is_whom_git_chooses, git_home_setup, git_home_teardown),
        cmocka_unit_test_setup_teardown(a_date_that_git_misreads_is_refused, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(without_a_date_it_is_now_in_the_local_zone, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(a_time_that_a_commit_cannot_hold_is_refused, git_home_setup,
                                        git_home_teardown),
        cmocka_unit_test_setup_teardown(nobody_is_made_up, git_home_setup, git_home_teardown),
        cmocka_unit_test_setup_teardown(dots_at_the_end_of_a_name_are_stripped, git_home_setup,
                                        git_home_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
