#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "stale-ready",
        .severity = SEVERITY_ERROR,
        .reach = RULE_CLAIM,
        .types = RULE_EVERY,
        .summary = "what was agreed changed since, or nobody declared it ready",
    },
    { 0 },
};

const struct rule *rules_stamp_table(void)
{
    return table;
}
