/*
 * What the tests of core share: a scratch folder with files in it, a policy and a backlog there.
 *
 *     cmocka_unit_test_setup_teardown(a_test, fixture_setup, fixture_teardown)
 *     struct fixture *fixture = *state;
 *     fixture_write(fixture, "backlog/k7q2m-filter.md", "---\ntitle: Filter\n---\n");
 *     struct backlog *backlog = fixture_backlog(fixture);
 *
 * What goes wrong in here fails the test. Include setjmp.h, stdarg.h, stddef.h, stdint.h and cmocka.h after
 * it.
 */
#pragma once

#include "backlog.h"

struct fixture {
    char *root;              /* absolute path of the scratch folder, without links */
    int descriptor;          /* of root */
    struct policy *policy;   /* of fixture_policy; NULL before */
    struct backlog *backlog; /* of fixture_backlog; NULL before */
};

/* For cmocka: make the scratch folder, and remove it with all that is in it. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* The absolute path of a path in the scratch folder; newly allocated. */
char *fixture_path(const struct fixture *fixture, const char *path);

/* Writes a file, with the folders on the way. */
void fixture_write(const struct fixture *fixture, const char *path, const char *text);
void fixture_write_bytes(const struct fixture *fixture, const char *path, const char *bytes, gsize length);

/* Makes a folder, with those on the way. */
void fixture_folder(const struct fixture *fixture, const char *path);

/* A symbolic link at path. */
void fixture_link(const struct fixture *fixture, const char *target, const char *path);

/* The text of a file; NULL where there is none. Newly allocated. */
char *fixture_read(const struct fixture *fixture, const char *path);

/* The names in a folder, hidden ones too, sorted, with a space between; newly allocated. */
char *fixture_names(const struct fixture *fixture, const char *folder);

/* A policy of text (NULL: all defaults) that stands in the scratch folder; one from before is freed. */
const struct policy *fixture_policy(struct fixture *fixture, const char *text);

/* The same where all rules but facts of files are off, for what is no test of them. but names those that are
 * not, with spaces between, each with or without a severity: "rank-tie depends-cycle=warning". text (NULL:
 * none) is the rest of the policy, and sets no rules. */
const struct policy *fixture_policy_without_rules(struct fixture *fixture, const char *but, const char *text);

/* The lines below "rules:" that do it; newly allocated. */
char *fixture_rules_off(const char *but);

/* The backlog of the work tree under the policy (all defaults where none was set); one from before is freed.
 */
struct backlog *fixture_backlog(struct fixture *fixture);

/* The same, loaded. */
struct backlog *fixture_loaded(struct fixture *fixture);

/* The entry at a path of the backlog. */
const struct entry *fixture_entry(const struct fixture *fixture, const char *path);

/* The document of text; the caller's. */
struct document *fixture_document(const char *text);

/* Runs git in the scratch folder with settings of nobody; the words are NULL-terminated. */
void fixture_git(const struct fixture *fixture, const char *word, ...) G_GNUC_NULL_TERMINATED;

/* Takes the rights of root away, so that a folder without rights is one; FALSE where that cannot be. What was
 * made before is handed to the new user. */
gboolean fixture_drop_rights(const struct fixture *fixture);
void fixture_regain_rights(void);

/* Whether the message holds the text; prints both where it does not. */
gboolean fixture_says(const char *message, const char *text);
