/*
 * Jira's words for what goes by others here: status and issue type.
 */
#pragma once

#include "policy.h"

/* The status of an issue by the name of Jira's status, its category and its resolution, each of which may be
 * ""; new, and *known FALSE, where neither name nor category is known. */
enum status import_jira_status(const char *name, const char *category, const char *resolution,
                               gboolean *known);

/* Whether the resolution says no more than that an issue is open, or done. */
gboolean import_jira_is_plain_resolution(const char *resolution);

/* Whether the status says no more than ours. */
gboolean import_jira_is_plain_status(const char *name, enum status status);

/* The type of the policy for an issue type; "" is none. Borrowed from the policy or static. */
const char *import_jira_type(const struct policy *policy, const char *word);
