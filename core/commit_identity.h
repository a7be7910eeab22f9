/*
 * Who writes a commit and who makes it, and when, as git chooses them: GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL and
 * GIT_AUTHOR_DATE (GIT_COMMITTER_… likewise), then author.name and author.email (committer.…), user.name and
 * user.email, and EMAIL. What git strips from a name is stripped. Nobody is made up: where git would fall
 * back on the name of the account and of the machine, that is an error which says how to set both.
 */
#pragma once

#include "repo.h"

#define IDENTITY_ERROR identity_error_quark()
GQuark identity_error_quark(void);

enum identity_error {
    IDENTITY_ERROR_MISSING, /* no name or no address is set */
    IDENTITY_ERROR_INVALID, /* a name of nothing, or a date that is none */
};

struct identity {
    char *name;
    char *email; /* can be "", as with git, where that is what was set */
    gint64 time; /* seconds since 1970 in UTC, from 0 to COMMIT_DATE_LAST */
    int offset;  /* minutes east of UTC */
};

/* The date is that of the environment (commit_date.h), or now. Newly allocated. */
struct identity *identity_author(struct repo *repo, GError **error);
struct identity *identity_committer(struct repo *repo, GError **error);

void identity_free(struct identity *identity);
typedef struct identity Identity; /* for g_autoptr(Identity) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Identity, identity_free)

/* "Name <email>", newly allocated. */
char *identity_print(const struct identity *identity);

/* The date as "@1795251600 +0100", newly allocated. */
char *identity_print_date(const struct identity *identity);
