#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "gate-changed",
        .severity = SEVERITY_WARNING,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "the policy or a waiver changed in what is checked",
    },
    { 0 },
};

const struct rule *rules_gate_table(void)
{
    return table;
}
