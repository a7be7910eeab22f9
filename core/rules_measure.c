#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "quality-without-measure",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a quality such as speed or load without a number and its unit",
    },
    {
        .name = "measure-without-condition",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a number that does not say under which conditions it holds",
    },
    { 0 },
};

const struct rule *rules_measure_table(void)
{
    return table;
}
