/*
 * The rules as one policy has them: at which severity each is asked, of which items, and where that was set.
 * For who is told about rules; rulebook_severity decides about a finding.
 */
#pragma once

#include "rulebook.h"

/* One severity of a rule. */
struct explain_setting {
    const char *type;  /* of items of that type; NULL: of all that no other entry names */
    const char *label; /* the same of a label */
    enum severity severity;
    gboolean is_set;    /* by the policy; else it is the rule's own */
    struct position at; /* where the policy sets it, or defines a rule of the team; line 0: nowhere */
};

/* The severities of the rule, struct explain_setting: the general one first, then those by type and by label
 * in the order of the policy, of which the last that fits an item counts. They are those of what claims to be
 * ready. The array is the caller's; texts are the policy's. */
GArray *explain_settings(const struct rulebook *book, const struct rule *rule);

/* Whether the rule is asked of items of the type at all, and at which severity where they have no label;
 * SEVERITY_OFF: it is not, or was switched off. */
gboolean explain_is_asked(const struct rulebook *book, const struct rule *rule, const char *type);
enum severity explain_severity(const struct rulebook *book, const struct rule *rule, const char *type);

/* The team's own rule of which it is a part; NULL: it is one of the table. */
const struct custom *explain_custom(const struct rulebook *book, const struct rule *rule);

/* The rule of that name; NULL where there is none: then *nearest is the name that may have been meant, or
 * NULL. */
const struct rule *explain_find(const struct rulebook *book, const char *name, const char **nearest);

/* Of which items it is asked: "of what claims to be ready, and of other open items as advice". */
const char *explain_reach(const struct rule *rule);
