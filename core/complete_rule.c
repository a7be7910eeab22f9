#include "complete_private.h"

#include "custom.h"

void complete_rules(struct completion *completion)
{
    const struct policy *policy = completion_policy(completion);

    for (guint i = 0; i < rule_count(); i++)
        completion_add(completion, rule_at(i)->name, rule_at(i)->summary, FALSE);
    if (!policy)
        return;
    g_autoptr(GPtrArray) custom = custom_read(policy);
    for (guint i = 0; i < custom->len; i++) {
        const struct rule *rule = &((const struct custom *)custom->pdata[i])->rule;
        completion_add(completion, rule->name, rule->summary, FALSE);
    }
}
