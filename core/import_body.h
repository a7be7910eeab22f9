/*
 * The text of a foreign item as the body of ours.
 */
#pragma once

#include "policy.h"

/* text as a new string that begins with a blank line, ends its last line, and has a heading for acceptance
 * criteria: where it has none, an empty section of that name is put before the first section of the two upper
 * levels that the policy places behind criteria, or that is named in before (NULL-terminated), else at the
 * end. */
char *import_body_complete(const struct policy *policy, const char *text, const char *const *before);
