#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "not-estimated",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_STORY | RULE_BUG | RULE_SPIKE,
        .summary = "there is no estimate",
    },
    {
        .name = "off-scale",
        .severity = SEVERITY_WARNING,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "the estimate is not on the scale of the team",
    },
    {
        .name = "too-large",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_EVERY,
        .summary = "larger than what the team begins: split it first",
    },
    {
        .name = "looks-large",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "it looks larger than its estimate says",
    },
    {
        .name = "estimate-outlier",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_WORK & ~RULE_SPIKE,
        .summary = "its estimate is far from those of similar finished items",
    },
    {
        .name = "votes-diverge",
        .severity = SEVERITY_WARNING,
        .claimed = SEVERITY_ERROR,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "the votes are far apart, and nobody has said why",
    },
    {
        .name = "votes-sealed",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_EVERY,
        .summary = "a round of votes is open and not revealed",
    },
    { 0 },
};

const struct rule *rules_size_table(void)
{
    return table;
}
