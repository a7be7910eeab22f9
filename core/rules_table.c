#include "rules_private.h"

#include <string.h>

/* In the order in which they are listed. */
static const struct rule *(*const families[])(void) = {
    rules_file_table,     rules_unique_table,   rules_story_table,   rules_why_table,
    rules_solution_table, rules_criteria_table, rules_measure_table, rules_wording_table,
    rules_size_table,     rules_depends_table,  rules_order_table,   rules_settled_table,
    rules_votes_table,    rules_stamp_table,    rules_waive_table,   rules_gate_table,
};

/* The first names are those of the types that every policy has, in the order of their bits. */
static const char *const type_names[] = { "story", "bug", "task", "spike", "epic" };

guint rule_count(void)
{
    guint count = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++)
        for (const struct rule *rule = families[i](); rule->name; rule++)
            count++;
    return count;
}

const struct rule *rule_at(guint index)
{
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++)
        for (const struct rule *rule = families[i](); rule->name; rule++)
            if (index-- == 0)
                return rule;
    return NULL;
}

const struct rule *rule_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++)
        for (const struct rule *rule = families[i](); rule->name; rule++)
            if (strcmp(rule->name, name) == 0)
                return rule;
    return NULL;
}

enum rule_types rule_type(const char *type)
{
    for (gsize i = 0; type && i < G_N_ELEMENTS(type_names); i++)
        if (strcmp(type, type_names[i]) == 0)
            return 1 << i;
    return RULE_OTHER;
}

const char *rule_type_name(enum rule_types type)
{
    for (gsize i = 0; i < G_N_ELEMENTS(type_names); i++)
        if (type == 1u << i)
            return type_names[i];
    return NULL;
}
