#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "why-missing",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_STORY | RULE_TASK | RULE_OTHER,
        .summary = "nothing says what it is good for",
    },
    {
        .name = "why-empty",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_STORY | RULE_TASK | RULE_OTHER,
        .summary = "the benefit says nothing that the wish does not say",
    },
    { 0 },
};

const struct rule *rules_why_table(void)
{
    return table;
}
