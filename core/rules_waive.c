#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "waiver-reason",
        .severity = SEVERITY_ERROR,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "a waiver without a reason, or of no rule",
    },
    {
        .name = "waiver-expired",
        .severity = SEVERITY_WARNING,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "a waiver whose day has passed",
    },
    {
        .name = "waiver-unused",
        .severity = SEVERITY_WARNING,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "a waiver of something that is not found",
    },
    { 0 },
};

const struct rule *rules_waive_table(void)
{
    return table;
}
