#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "criteria-missing",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_STORY | RULE_BUG | RULE_TASK | RULE_OTHER,
        .summary = "there is no acceptance criterion",
    },
    {
        .name = "no-outcome",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a criterion names no result that one could see",
    },
    {
        .name = "task-not-criterion",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "a criterion is work to do, not a result",
    },
    {
        .name = "gherkin-incomplete",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a scenario without When or Then, or in the wrong order",
    },
    {
        .name = "criterion-compound",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a criterion is several, or too long to test",
    },
    {
        .name = "only-happy-path",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "no criterion says what happens when something goes wrong",
    },
    {
        .name = "criterion-duplicate",
        .severity = SEVERITY_WARNING,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "the same criterion stands twice",
    },
    {
        .name = "criteria-count",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "more than ten criteria",
    },
    {
        .name = "criterion-prechecked",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a criterion was ticked before work began",
    },
    { 0 },
};

const struct rule *rules_criteria_table(void)
{
    return table;
}
