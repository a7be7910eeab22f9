/*
 * What the tests share that compare refine with git itself: a repository in a scratch folder, a home folder
 * of its own, and an environment in which nothing of the machine's settings counts.
 *
 *     cmocka_unit_test_setup_teardown(a_test, git_home_setup, git_home_teardown)
 *     struct fixture *fixture = *state;
 *     git_home_set("GIT_AUTHOR_NAME=Ana Silva");
 *     git_home_config(fixture, "user.email", "ana@example.com");
 *     g_autofree char *said = git_home_ask(fixture, "var", "GIT_AUTHOR_IDENT", NULL);
 *
 * The repository's work tree is the folder "work" of the fixture, the home folder is "home".
 */
#pragma once

#include "fixture.h"

#include "repo.h"

/* For cmocka. The zone is that of Berlin, and it is 2026-11-21T09:00:00Z. */
int git_home_setup(void **state);
int git_home_teardown(void **state);

/* Takes every variable of git, and EMAIL, from the environment but for what keeps the machine's settings out.
 */
void git_home_forget(const struct fixture *fixture);

/* Sets a variable, "NAME=VALUE". */
void git_home_set(const char *assignment);

/* Sets a key in the repository; text is appended to a file of settings in the home folder. */
void git_home_config(const struct fixture *fixture, const char *key, const char *value);
void git_home_append(const struct fixture *fixture, const char *name, const char *text);

/* What git prints in the work tree, under the present environment, without the line's end; NULL where it
 * fails. The words are NULL-terminated; newly allocated. */
char *git_home_ask(const struct fixture *fixture, const char *word, ...) G_GNUC_NULL_TERMINATED;

/* The repository, open. */
struct repo *git_home_open(const struct fixture *fixture);
