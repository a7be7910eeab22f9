#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "approach-missing",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "nothing says how it fits into what is there",
    },
    {
        .name = "open-question",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a question is not answered, or something is to be decided",
    },
    {
        .name = "assumption-untested",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "an assumption is not tested yet",
    },
    {
        .name = "assumption-refuted",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "an assumption was refuted, and the item still stands",
    },
    {
        .name = "design-missing",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a design that it lists is not in the repository",
    },
    {
        .name = "measure-missing",
        .severity = SEVERITY_OFF,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "nothing says how one will see that it worked",
    },
    {
        .name = "personal-data",
        .severity = SEVERITY_WARNING,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "an e-mail address in feedback",
    },
    { 0 },
};

const struct rule *rules_settled_table(void)
{
    return table;
}
