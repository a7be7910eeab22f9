#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "untestable-wording",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "words that leave open whether a criterion is met",
    },
    { 0 },
};

const struct rule *rules_wording_table(void)
{
    return table;
}
