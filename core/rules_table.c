#include "rules_private.h"

#include <string.h>

/* What the rules of a family are about, and its part of the table; in the order in which they are listed. */
static const struct family {
    const char *title;
    const struct rule *(*table)(void);
} families[] = {
    { "The file", rules_file_table },
    { "Ids, names and ranks", rules_unique_table },
    { "Who wants what", rules_story_table },
    { "What for", rules_why_table },
    { "Wishes, not solutions", rules_solution_table },
    { "Acceptance criteria", rules_criteria_table },
    { "Measures", rules_measure_table },
    { "Wording", rules_wording_table },
    { "Size", rules_size_table },
    { "References", rules_depends_table },
    { "Dependencies and order", rules_order_table },
    { "What is still to be settled", rules_settled_table },
    { "Votes", rules_votes_table },
    { "What was agreed", rules_stamp_table },
    { "Waivers", rules_waive_table },
    { "The gate", rules_gate_table },
    { "The backlog as a whole", rules_health_table },
};

/* The first names are those of the types that every policy has, in the order of their bits. */
static const char *const type_names[] = { "story", "bug", "task", "spike", "epic" };

guint rule_count(void)
{
    guint count = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++)
        for (const struct rule *rule = families[i].table(); rule->name; rule++)
            count++;
    return count;
}

const struct rule *rule_at(guint index)
{
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++)
        for (const struct rule *rule = families[i].table(); rule->name; rule++)
            if (index-- == 0)
                return rule;
    return NULL;
}

const struct rule *rule_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++)
        for (const struct rule *rule = families[i].table(); rule->name; rule++)
            if (strcmp(rule->name, name) == 0)
                return rule;
    return NULL;
}

const char *rule_family(const struct rule *rule)
{
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++)
        for (const struct rule *one = families[i].table(); one->name; one++)
            if (one == rule)
                return families[i].title;
    return "Rules of the team";
}

gboolean rule_is_fact(const struct rule *rule)
{
    for (const struct rule *one = rules_depends_table(); one->name; one++)
        if (one == rule)
            return TRUE;
    return rule->reach == RULE_ANY || rule->reach == RULE_OPEN;
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
