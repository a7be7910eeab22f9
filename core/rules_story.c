#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "story-missing",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_STORY | RULE_BUG | RULE_SPIKE,
        .summary = "a story without role and wish, a bug without steps, a spike without question",
    },
    {
        .name = "role-unknown",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "the role is none of the policy's personas",
    },
    {
        .name = "role-not-stakeholder",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "the role is a system or its maker, nobody who wants something",
    },
    {
        .name = "not-atomic",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "the wish is two wishes",
    },
    {
        .name = "not-minimal",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "the story line holds more than the story",
    },
    { 0 },
};

const struct rule *rules_story_table(void)
{
    return table;
}
