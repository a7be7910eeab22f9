#include "policy_change.h"

#include "change.h"
#include "rules.h"
#include "setting.h"

#include <string.h>

struct comparison {
    const struct policy *before, *after;
    GPtrArray *changes;
};

static void change_free(gpointer data)
{
    struct policy_change *change = data;
    g_free(change->setting);
    g_free(change->text);
    g_free(change);
}

/* Adds a change at place, a node of the later file or NULL; text is taken. */
static void add(struct comparison *comparison, const char *setting, const struct node *place, char *text)
{
    struct policy_change *change = g_new(struct policy_change, 1);

    change->setting = g_strdup(setting);
    change->text = text;
    change->offset = !place ? 0 : place->key ? place->key->span.start : place->span.start;
    g_ptr_array_add(comparison->changes, change);
}

/* -- values -- */

static char *value_of(const struct node *node)
{
    g_autofree char *value = node ? change_value(node) : NULL;
    return value && *value ? g_steal_pointer(&value) : g_strdup("nothing");
}

static void add_values(struct comparison *comparison, const char *setting, const struct node *place,
                       const struct node *before, const struct node *after)
{
    g_autofree char *was = value_of(before), *is = value_of(after);
    add(comparison, setting, place, g_strdup_printf("%s -> %s", was, is));
}

/* -- lists -- */

/* The texts of a list of scalars, as a set; of a map its keys. */
static GHashTable *texts_of(const struct node *list)
{
    GHashTable *texts = g_hash_table_new(g_str_hash, g_str_equal);
    for (const struct node *entry = list ? list->first : NULL; entry; entry = entry->next) {
        const struct node *text = entry->key ? entry->key : entry;
        if (text->kind == NODE_SCALAR)
            g_hash_table_add(texts, (gpointer)text->text);
    }
    return texts;
}

/* Those of list that others has not, with commas; NULL: none. */
static char *missing_in(const struct node *list, GHashTable *others)
{
    g_autoptr(GPtrArray) missing = g_ptr_array_new();
    for (const struct node *entry = list ? list->first : NULL; entry; entry = entry->next)
        if (entry->kind == NODE_SCALAR && !g_hash_table_contains(others, entry->text))
            g_ptr_array_add(missing, (gpointer)entry->text);
    g_ptr_array_add(missing, NULL);
    return missing->len > 1 ? g_strjoinv(", ", (char **)missing->pdata) : NULL;
}

static void compare_lists(struct comparison *comparison, const char *setting, const struct node *place,
                          const struct node *before, const struct node *after)
{
    g_autoptr(GHashTable) was = texts_of(before), is = texts_of(after);
    g_autofree char *gone = missing_in(before, is), *come = missing_in(after, was);

    if (come || gone)
        add(comparison, setting, place,
            g_strconcat(come ? "added " : "", come ? come : "", come && gone ? "; " : "",
                        gone ? "removed " : "", gone, NULL));
    else
        add(comparison, setting, place, g_strdup("in another order"));
}

/* -- maps and records -- */

static void compare(struct comparison *comparison, const char *setting, const struct node *place,
                    const struct node *before, const struct node *after);

static void compare_maps(struct comparison *comparison, const char *setting, const struct node *place,
                         const struct node *before, const struct node *after)
{
    for (const struct node *is = after ? after->first : NULL; is; is = is->next) {
        g_autofree char *name = g_strconcat(setting, ".", is->key->text, NULL);
        compare(comparison, name, is, before ? node_find(before, is->key->text) : NULL, is);
    }
    for (const struct node *was = before ? before->first : NULL; was; was = was->next) {
        g_autofree char *name = g_strconcat(setting, ".", was->key->text, NULL);
        if (!after || !node_find(after, was->key->text))
            compare(comparison, name, place, was, NULL);
    }
}

/* What names a record of a list. */
static const char *name_of(const struct node *record)
{
    const struct node *id = node_find(record, "id");
    return id && id->kind == NODE_SCALAR ? id->text : NULL;
}

static const struct node *find_record(const struct node *list, const char *name)
{
    for (const struct node *record = list ? list->first : NULL; record; record = record->next)
        if (record->kind == NODE_MAP && g_strcmp0(name_of(record), name) == 0)
            return record;
    return NULL;
}

static void compare_records(struct comparison *comparison, const char *setting, const struct node *place,
                            const struct node *before, const struct node *after)
{
    for (const struct node *is = after ? after->first : NULL; is; is = is->next) {
        const char *id = is->kind == NODE_MAP ? name_of(is) : NULL;
        const struct node *was = id ? find_record(before, id) : NULL;
        g_autofree char *name = g_strconcat(setting, id ? "." : NULL, id, NULL);
        if (was)
            compare_maps(comparison, name, is, was, is);
        else
            add(comparison, name, is, g_strdup("added"));
    }
    for (const struct node *was = before ? before->first : NULL; was; was = was->next) {
        const char *id = was->kind == NODE_MAP ? name_of(was) : NULL;
        g_autofree char *name = g_strconcat(setting, id ? "." : NULL, id, NULL);
        if (!id || !find_record(after, id))
            add(comparison, name, place, g_strdup("removed"));
    }
}

static gboolean is_kind(const struct node *before, const struct node *after, enum node_kind kind)
{
    return (!before || before->kind == kind) && (!after || after->kind == kind);
}

/* Either may be NULL; place is where the setting, or what it would stand in, is in the later file. */
static void compare(struct comparison *comparison, const char *setting, const struct node *place,
                    const struct node *before, const struct node *after)
{
    const struct node *any = after ? after : before;
    gboolean both = before && after;

    if (!any || (both && node_equal(before, after)) || (node_is_null(before) && node_is_null(after)))
        return;
    if (is_kind(before, after, NODE_MAP))
        compare_maps(comparison, setting, place, before, after);
    else if (!is_kind(before, after, NODE_SEQUENCE))
        add_values(comparison, setting, place, before, after);
    else if (any->first && any->first->kind == NODE_MAP)
        compare_records(comparison, setting, place, before, after);
    else
        compare_lists(comparison, setting, place, before, after);
}

/* -- rules -- */

static enum severity default_of(const char *rule)
{
    const struct rule *known = rule_find(rule);
    return !known ? SEVERITY_OFF : known->claimed ? known->claimed : known->severity;
}

static void compare_severity(struct comparison *comparison, const char *setting, const struct node *place,
                             enum severity before, enum severity after)
{
    if (before != after)
        add(comparison, setting, place,
            g_strdup_printf("%s -> %s", severity_name(before), severity_name(after)));
}

/* The severities that a version sets under "type" or "label" of a rule. */
static const struct node *cases_of(const struct node *set, const char *by)
{
    const struct node *cases = set && set->kind == NODE_MAP ? node_find(set, by) : NULL;
    return cases && cases->kind == NODE_MAP ? cases : NULL;
}

/* Each type, or label, that either version names. */
static void compare_cases(struct comparison *comparison, const char *rule, const char *by,
                          const struct node *before, const struct node *after)
{
    const struct node *was = cases_of(before, by), *is = cases_of(after, by);
    const struct node *const both[] = { is, was };
    enum severity usual = default_of(rule);

    for (gsize i = 0; i < G_N_ELEMENTS(both); i++)
        for (const struct node *one = both[i] ? both[i]->first : NULL; one; one = one->next) {
            const char *name = one->key->text, *labels[] = { name, NULL };
            const char *type = strcmp(by, "type") == 0 ? name : NULL;
            const struct node *place = is ? node_find(is, name) : NULL;
            g_autofree char *setting = g_strjoin(".", "rules", rule, by, name, NULL);
            if (both[i] == was && place)
                continue;
            compare_severity(comparison, setting, place ? place : after,
                             policy_severity(comparison->before, rule, usual, type, type ? NULL : labels),
                             policy_severity(comparison->after, rule, usual, type, type ? NULL : labels));
        }
}

static void compare_rule(struct comparison *comparison, const char *rule, const struct node *place,
                         const struct node *before, const struct node *after)
{
    g_autofree char *setting = g_strconcat("rules.", rule, NULL);
    enum severity usual = default_of(rule);

    compare_severity(comparison, setting, after ? after : place,
                     policy_severity(comparison->before, rule, usual, NULL, NULL),
                     policy_severity(comparison->after, rule, usual, NULL, NULL));
    compare_cases(comparison, rule, "type", before, after);
    compare_cases(comparison, rule, "label", before, after);
}

static void compare_rules(struct comparison *comparison, const struct node *place, const struct node *before,
                          const struct node *after)
{
    for (const struct node *is = after ? after->first : NULL; is; is = is->next)
        compare_rule(comparison, is->key->text, is, node_find(before, is->key->text), is);
    for (const struct node *was = before ? before->first : NULL; was; was = was->next)
        if (!node_find(after, was->key->text))
            compare_rule(comparison, was->key->text, place, was, NULL);
}

/* -- */

/* Whether findings depend on the setting. */
static gboolean is_ruling(const char *name)
{
    static const char *const others[] = { "layout", "vision", "team", "queries", "estimate.unit" };
    static const char *const groups[] = { "decisions.", "refinement.", "sprint." };

    for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
        if (strcmp(name, others[i]) == 0)
            return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(groups); i++)
        if (g_str_has_prefix(name, groups[i]))
            return FALSE;
    return TRUE;
}

/* The setting in the file, or the map that it would stand in; NULL: neither is there. */
static const struct node *place_of(const struct policy *policy, const char *name)
{
    const struct node *node = node_find_path(policy->nodes->root, name);
    const char *dot = strchr(name, '.');
    g_autofree char *group = dot && !node ? g_strndup(name, (gsize)(dot - name)) : NULL;

    return node || !group ? node : node_find(policy->nodes->root, group);
}

static void compare_setting(struct comparison *comparison, const char *name, enum setting_kind kind)
{
    const struct node *before = policy_get(comparison->before, name);
    const struct node *after = policy_get(comparison->after, name);
    const struct node *place = place_of(comparison->after, name);

    if (kind == SETTING_RULES)
        compare_rules(comparison, place, before, after);
    else
        compare(comparison, name, place, before, after);
}

GPtrArray *policy_changes(const struct policy *before, const struct policy *after)
{
    struct comparison comparison = { before, after, g_ptr_array_new_with_free_func(change_free) };

    for (const struct setting *setting = setting_table(); setting->name; setting++) {
        if (!is_ruling(setting->name))
            continue;
        g_auto(GStrv) parts = g_strsplit(setting->kind == SETTING_SECTIONS ? setting->choices : "", " ", -1);
        for (gsize i = 0; parts[i]; i++) {
            g_autofree char *name = g_strjoin(".", setting->name, parts[i], NULL);
            compare_setting(&comparison, name, setting->kind);
        }
        if (!parts[0])
            compare_setting(&comparison, setting->name, setting->kind);
    }
    return comparison.changes;
}
