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

/* "Name <address>" of who: a handle (with or without "@"), a name or an address of the team, any case, or
 * "Name <address>" itself. Newly allocated; NULL with an error that names those there are. */
char *people_address(const struct policy *policy, const char *who, GError **error);
