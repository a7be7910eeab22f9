#include "explain.h"

#include "custom.h"

#include <string.h>

/* The severity without the policy, of what claims to be ready. */
static enum severity own_severity(const struct rule *rule)
{
    return rule->claimed ? rule->claimed : rule->severity;
}

static gboolean parse_severity(const struct node *node, enum severity *severity)
{
    return node && node->kind == NODE_SCALAR && severity_parse(node->text, severity);
}

static void add_part(GArray *settings, const struct rulebook *book, const struct node *map, gboolean type)
{
    for (const struct node *one = map ? map->first : NULL; one; one = one->next) {
        struct explain_setting setting = { .is_set = TRUE };
        if (!one->key || !parse_severity(one, &setting.severity))
            continue;
        *(type ? &setting.type : &setting.label) = one->key->text;
        setting.at = policy_locate(book->policy, one->key);
        g_array_append_val(settings, setting);
    }
}

GArray *explain_settings(const struct rulebook *book, const struct rule *rule)
{
    GArray *settings = g_array_new(FALSE, FALSE, sizeof(struct explain_setting));
    const struct node *set = node_find(policy_get(book->policy, "rules"), rule->name);
    const struct node *general = set && set->kind == NODE_MAP ? node_find(set, "default") : set;
    const struct custom *custom = explain_custom(book, rule);
    struct explain_setting first = { .severity = own_severity(rule) };

    first.is_set = parse_severity(general, &first.severity);
    if (first.is_set)
        first.at = policy_locate(book->policy, general->key);
    else if (custom)
        first.at = custom->at;
    g_array_append_val(settings, first);
    add_part(settings, book, node_find(set, "type"), TRUE);
    add_part(settings, book, node_find(set, "label"), FALSE);
    return settings;
}

gboolean explain_is_asked(const struct rulebook *book, const struct rule *rule, const char *type)
{
    const struct custom *custom = explain_custom(book, rule);

    if (custom && custom->types)
        return g_strv_contains((const char *const *)custom->types, type);
    return rule->reach != RULE_BACKLOG && (rule->types & rule_type(type)) != 0;
}

enum severity explain_severity(const struct rulebook *book, const struct rule *rule, const char *type)
{
    if (!explain_is_asked(book, rule, type))
        return SEVERITY_OFF;
    return policy_severity(book->policy, rule->name, own_severity(rule), type, NULL);
}

const struct custom *explain_custom(const struct rulebook *book, const struct rule *rule)
{
    for (guint i = 0; i < book->custom->len; i++)
        if (rule == &((const struct custom *)book->custom->pdata[i])->rule)
            return book->custom->pdata[i];
    return NULL;
}

const struct rule *explain_find(const struct rulebook *book, const char *name, const char **nearest)
{
    const struct rule *rule = rulebook_find(book, name);

    if (!rule)
        *nearest = rulebook_nearest(book, name);
    return rule;
}

const char *explain_reach(const struct rule *rule)
{
    switch (rule->reach) {
    case RULE_ANY:
        return "of every item, closed ones too";
    case RULE_OPEN:
        return "of open items";
    case RULE_READINESS:
        return "of what claims to be ready, and of other open items as advice";
    case RULE_CLAIM:
        return "of what claims to be ready";
    case RULE_BACKLOG:
        return "of the backlog as a whole: refine check --health";
    }
    return NULL;
}
