#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "solution-in-story",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "title or wish say how, not what",
    },
    {
        .name = "solution-in-criteria",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a criterion says how, not what",
    },
    {
        .name = "solution-without-problem",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a solution, and nothing says for what problem",
    },
    { 0 },
};

const struct rule *rules_solution_table(void)
{
    return table;
}
