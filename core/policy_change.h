/*
 * What differs between two versions of a policy, of the settings on which findings depend: one change a
 * setting, as it is in force, so that a default that is written down is no change.
 *
 *     g_autoptr(GPtrArray) changes = policy_changes(before, after);
 *
 * Rules are told by severity, type and label; records such as the team's own rules by their id; word lists
 * and the like by what came and went.
 */
#pragma once

#include "policy.h"

struct policy_change {
    char *setting; /* with dots: "rules.too-large", "custom.has-mockup.severity" */
    char *text;    /* "error -> off", "added", "added snappy; removed simple": one line */
    gsize offset;  /* in the file of the later version: of the setting, or of what it stood in */
};

/* The changes, in the order of the table of settings; the array owns its struct policy_change. */
GPtrArray *policy_changes(const struct policy *before, const struct policy *after);
