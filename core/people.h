/*
 * The people of the policy's team, and others by name and address.
 */
#pragma once

#include "policy.h"

#define PEOPLE_ERROR people_error_quark()
GQuark people_error_quark(void);

enum people_error {
    PEOPLE_ERROR_UNKNOWN, /* nobody of that name, or one without address */
};

/* Somebody of the team, in the policy's strings; NULL where it does not say. */
struct person {
    const char *name;
    const char *handle;
    const char *role;
};

/* Whether both are there and, case aside, the same. */
gboolean people_same(const char *a, const char *b);

/* Sets *person to the one whom who, a handle (with or without "@"), a name or an address, any case, names;
 * FALSE where it names nobody of the team. */
gboolean people_find(const struct policy *policy, const char *who, struct person *person);

/* "Name <address>" of who: a handle (with or without "@"), a name or an address of the team, any case, or
 * "Name <address>" itself. Newly allocated; NULL with an error that names those there are. */
char *people_address(const struct policy *policy, const char *who, GError **error);

/* What somebody of the team goes by, the handle first, then the name, each where there is one: who as
 * above. NULL-terminated, the caller's; NULL where nobody of the team is who. */
char **people_names(const struct policy *policy, const char *who);

/* The handles and names of all of the team, as people_names has them; NULL-terminated, the caller's (g_free),
 * the texts are the policy's. */
const char **people_all(const struct policy *policy);

/* The roles that somebody of the team has, each once; NULL-terminated, the caller's (g_free), the texts are
 * the policy's. */
const char **people_roles(const struct policy *policy);

/* What the user goes by, as people_names has it: who refine.me in git's configuration names, else the author
 * of commits, whose name alone it is where nobody of the team has name or address. Starts libgit2. NULL with
 * PEOPLE_ERROR_UNKNOWN where neither is set. */
char **people_me(const struct policy *policy, GError **error);
