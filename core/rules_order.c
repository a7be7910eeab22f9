#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "depends-unplanned",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "what it depends on is neither done nor planned before it",
    },
    {
        .name = "depends-unstated",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "nothing says whether it depends on anything",
    },
    {
        .name = "depends-unlinked",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "the text names a dependency that the field does not list",
    },
    {
        .name = "depends-external",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "an external dependency without owner or date, or due too late",
    },
    {
        .name = "order-inversion",
        .severity = SEVERITY_WARNING,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "it is ranked above what it depends on",
    },
    {
        .name = "spike-unfinished",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "it waits for what a spike will find out",
    },
    { 0 },
};

const struct rule *rules_order_table(void)
{
    return table;
}
