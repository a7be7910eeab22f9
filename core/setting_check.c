#include "setting.h"

#include "complaints.h"
#include "lexicon.h"
#include "nearest.h"
#include "rules.h"

#include <string.h>

struct check {
    const struct node *root;
    struct complaints complaints;
};

static void check_word(const struct check *check, const struct node *node, const char *name,
                       const char *choices)
{
    g_auto(GStrv) names = g_strsplit(choices, " ", -1);
    if (node->kind == NODE_SCALAR && g_strv_contains((const char *const *)names, node->text))
        return;
    g_autofree char *help =
        complaints_help(node->kind == NODE_SCALAR ? node->text : "", (const char *const *)names);
    complaints_add(&check->complaints, SEVERITY_ERROR, node->span, help,
                   "%s: expected one of its words, saw %s", name,
                   node->kind == NODE_SCALAR ? node->text : node_kind_name(node->kind));
}

static gboolean check_kind(const struct check *check, const struct node *node, const char *name,
                           enum node_kind kind)
{
    if (node->kind == kind)
        return TRUE;
    complaints_add(&check->complaints, SEVERITY_ERROR, node->span, NULL, "%s: expected %s, saw %s", name,
                   node_kind_name(kind), node_kind_name(node->kind));
    return FALSE;
}

static void check_list(const struct check *check, const struct node *node, const char *name)
{
    if (!check_kind(check, node, name, NODE_SEQUENCE))
        return;
    for (const struct node *entry = node->first; entry; entry = entry->next)
        if (check_kind(check, entry, name, NODE_SCALAR) &&
            entry->text[strspn(entry->text, " \t\r\n")] == '\0')
            complaints_add(&check->complaints, SEVERITY_ERROR, entry->span, NULL,
                           "%s: expected a text, saw none", name);
}

static void check_folder(const struct check *check, const struct node *node, const char *name)
{
    if (!check_kind(check, node, name, NODE_SCALAR))
        return;
    g_auto(GStrv) steps = g_strsplit(node->text, "/", -1);
    gboolean good = steps[0] != NULL;
    for (gsize i = 0; steps[i]; i++)
        good = good && *steps[i] != '\0' && *steps[i] != '.';
    if (!good)
        complaints_add(&check->complaints, SEVERITY_ERROR, node->span,
                       "name a folder below the one of the policy, such as backlog",
                       "%s: expected a path that stays below the policy's folder, saw \"%s\"", name,
                       node->text);
}

static gboolean is_number(const char *text)
{
    char *end;
    double number = g_ascii_strtod(text, &end);
    return g_ascii_isdigit(*text) && *end == '\0' && number >= 0 && number < 1e9;
}

static void check_number(const struct check *check, const struct node *node, const char *name,
                         gboolean percent)
{
    g_autofree char *text = g_strdup(node->kind == NODE_SCALAR ? node->text : "");
    if (percent && g_str_has_suffix(text, "%"))
        text[strlen(text) - 1] = '\0';
    if (!is_number(text) || (percent ? g_ascii_strtod(text, NULL) > 100 : g_ascii_strtod(text, NULL) < 1))
        complaints_add(&check->complaints, SEVERITY_ERROR, node->span, NULL, "%s: expected a %s, saw %s",
                       name, percent ? "share such as 10%" : "number of 1 or more",
                       node->kind == NODE_SCALAR ? node->text : node_kind_name(node->kind));
}

static void check_scale(const struct check *check, const struct node *node, const char *name)
{
    if (node->kind == NODE_SCALAR || node->count == 0) {
        complaints_add(&check->complaints, SEVERITY_ERROR, node->span,
                       "write [1, 2, 3, 5, 8] or {S: 1, M: 3, L: 8}",
                       "%s: expected a list of values or a map of names to weights", name);
        return;
    }
    for (const struct node *entry = node->first; entry; entry = entry->next)
        if (node->kind == NODE_MAP)
            check_number(check, entry, name, FALSE);
        else
            check_kind(check, entry, name, NODE_SCALAR);
}

static void check_keys(const struct check *check, const struct node *map, const char *name,
                       const char *choices)
{
    g_auto(GStrv) names = g_strsplit(choices, " ", -1);
    for (const struct node *value = map->first; value; value = value->next)
        if (!g_strv_contains((const char *const *)names, value->key->text)) {
            g_autofree char *help = complaints_help(value->key->text, (const char *const *)names);
            complaints_add(&check->complaints, SEVERITY_ERROR, value->key->span, help,
                           "%s: there is no %s in it", name, value->key->text);
        }
}

static void check_custom(const struct check *check, const struct node *node, const struct setting *setting)
{
    if (!check_kind(check, node, setting->name, NODE_SEQUENCE))
        return;
    for (const struct node *entry = node->first; entry; entry = entry->next)
        if (check_kind(check, entry, setting->name, NODE_MAP))
            check_keys(check, entry, setting->name, setting->choices);
}

static void check_records(const struct check *check, const struct node *node, const char *name,
                          const char *choices)
{
    if (!check_kind(check, node, name, NODE_SEQUENCE))
        return;
    for (const struct node *entry = node->first; entry; entry = entry->next) {
        if (!check_kind(check, entry, name, NODE_MAP))
            continue;
        check_keys(check, entry, name, choices);
        const struct node *role = node_find(entry, "role");
        if (role)
            check_word(check, role, "role", "product-owner developer scrum-master other");
        const char *needed = strcmp(name, "team") == 0 ? "handle" : "id";
        if (node_is_null(node_find(entry, needed)))
            complaints_add(&check->complaints, SEVERITY_ERROR, entry->span, NULL, "%s: an entry without %s",
                           name, needed);
    }
}

static void check_heading(const struct check *check, const struct node *node, const char *section)
{
    if (node->kind != NODE_SCALAR)
        check_kind(check, node, section, NODE_SCALAR);
    else if (strspn(node->text, " \t\r\n") == strlen(node->text))
        complaints_add(&check->complaints, SEVERITY_ERROR, node->span, NULL,
                       "%s: expected a heading, saw none", section);
    else if (strpbrk(node->text, "\r\n"))
        complaints_add(&check->complaints, SEVERITY_ERROR, node->span, NULL,
                       "%s: expected a heading, saw more than one line", section);
}

static void check_sections(const struct check *check, const struct node *node, const char *name,
                           const char *choices)
{
    if (!check_kind(check, node, name, NODE_MAP))
        return;
    check_keys(check, node, name, choices);
    for (const struct node *value = node->first; value; value = value->next) {
        const char *section = value->key->text;
        if (node_is_null(value))
            continue;
        if (value->kind == NODE_SCALAR)
            check_heading(check, value, section);
        else if (check_kind(check, value, section, NODE_SEQUENCE) && value->count == 0)
            complaints_add(&check->complaints, SEVERITY_ERROR, value->span, NULL,
                           "%s: expected a heading, saw none", section);
        for (const struct node *heading = value->kind == NODE_SEQUENCE ? value->first : NULL; heading;
             heading = heading->next)
            check_heading(check, heading, section);
    }
}

static void check_severity(const struct check *check, const struct node *node, const char *rule)
{
    check_word(check, node, rule, "error warning note off");
}

/* The rules that there are, and those of the team. */
static GPtrArray *rule_names(const struct check *check)
{
    GPtrArray *names = g_ptr_array_new();
    const struct node *custom = node_find(check->root, "custom");

    for (guint i = 0; i < rule_count(); i++)
        g_ptr_array_add(names, (gpointer)rule_at(i)->name);
    for (const struct node *map = custom && custom->kind == NODE_SEQUENCE ? custom->first : NULL; map;
         map = map->next) {
        const struct node *id = map->kind == NODE_MAP ? node_find(map, "id") : NULL;
        if (id && id->kind == NODE_SCALAR)
            g_ptr_array_add(names, (gpointer)id->text);
    }
    g_ptr_array_add(names, NULL);
    return names;
}

static void unknown_rule(const struct check *check, const struct node *key, const GPtrArray *names)
{
    const char *nearest = nearest_name(key->text, (const char *const *)names->pdata);
    g_autofree char *help = nearest ? g_strdup_printf("did you mean %s?", nearest)
                                    : g_strdup("another version of refine may have it");

    complaints_add(&check->complaints, SEVERITY_WARNING, key->span, help,
                   "rules: this version has no rule %s", key->text);
}

static void check_rules(const struct check *check, const struct node *node, const char *name)
{
    g_autoptr(GPtrArray) names = rule_names(check);

    if (!check_kind(check, node, name, NODE_MAP))
        return;
    for (const struct node *set = node->first; set; set = set->next) {
        const char *rule = set->key->text;
        if (!rule_find(rule) && !g_strv_contains((const char *const *)names->pdata, rule))
            unknown_rule(check, set->key, names);
        if (set->kind != NODE_MAP) {
            check_severity(check, set, rule);
            continue;
        }
        check_keys(check, set, rule, "default type label");
        for (const struct node *part = set->first; part; part = part->next) {
            if (strcmp(part->key->text, "default") == 0)
                check_severity(check, part, rule);
            else if (check_kind(check, part, rule, NODE_MAP))
                for (const struct node *one = part->first; one; one = one->next)
                    check_severity(check, one, rule);
        }
    }
}

static void check_words(const struct check *check, const struct node *node, const struct setting *setting)
{
    if (!check_kind(check, node, setting->name, NODE_SEQUENCE))
        return;
    for (const struct node *entry = node->first; entry; entry = entry->next)
        check_word(check, entry, setting->name, setting->choices);
}

static void unknown_list(const struct check *check, const struct node *key)
{
    const char *nearest = nearest_name(key->text, lexicon_names());
    g_autofree char *all = g_strjoinv(", ", (char **)lexicon_names());
    g_autofree char *help =
        nearest ? g_strdup_printf("did you mean %s?", nearest) : g_strdup_printf("there are: %s", all);

    complaints_add(&check->complaints, SEVERITY_WARNING, key->span, help,
                   "words: this version has no list %s", key->text);
}

static void check_map(const struct check *check, const struct node *node, const char *name)
{
    if (!check_kind(check, node, name, NODE_MAP))
        return;
    for (const struct node *list = node->first; list; list = list->next) {
        if (!g_strv_contains(lexicon_names(), list->key->text))
            unknown_list(check, list->key);
        if (!check_kind(check, list, list->key->text, NODE_MAP))
            continue;
        check_keys(check, list, list->key->text, "add remove");
        for (const struct node *words = list->first; words; words = words->next)
            check_list(check, words, words->key->text);
    }
}

static void check_template(const struct check *check, const struct node *node, const char *name)
{
    if (check_kind(check, node, name, NODE_SCALAR) && !strstr(node->text, "{subject}"))
        complaints_add(&check->complaints, SEVERITY_ERROR, node->span, NULL,
                       "%s: expected {subject} in it, saw %s", name, node->text);
}

static void check_value(const struct check *check, const struct node *node, const struct setting *setting)
{
    switch (setting->kind) {
    case SETTING_TEXT:
        check_kind(check, node, setting->name, NODE_SCALAR);
        break;
    case SETTING_TEMPLATE:
        check_template(check, node, setting->name);
        break;
    case SETTING_FOLDER:
        check_folder(check, node, setting->name);
        break;
    case SETTING_WORD:
        check_word(check, node, setting->name, setting->choices);
        break;
    case SETTING_NUMBER:
    case SETTING_PERCENT:
        check_number(check, node, setting->name, setting->kind == SETTING_PERCENT);
        break;
    case SETTING_LIST:
    case SETTING_NAMES:
        check_list(check, node, setting->name);
        if (setting->kind == SETTING_NAMES && node->kind == NODE_SEQUENCE && node->count == 0)
            complaints_add(&check->complaints, SEVERITY_ERROR, node->span, NULL,
                           "%s: expected at least one, saw none", setting->name);
        break;
    case SETTING_WORDS:
        check_words(check, node, setting);
        break;
    case SETTING_SCALE:
        check_scale(check, node, setting->name);
        break;
    case SETTING_SECTIONS:
        check_sections(check, node, setting->name, setting->choices);
        break;
    case SETTING_RECORDS:
        check_records(check, node, setting->name, setting->choices);
        break;
    case SETTING_CUSTOM:
        /* custom_check has the rest, which needs all other settings. */
        check_custom(check, node, setting);
        break;
    case SETTING_RULES:
        check_rules(check, node, setting->name);
        break;
    case SETTING_QUERIES:
        /* query_saved_check has the rest, which needs all other settings. */
        check_kind(check, node, setting->name, NODE_MAP);
        break;
    case SETTING_MAP:
        check_map(check, node, setting->name);
        break;
    }
}

static void unknown_setting(const struct check *check, const struct node *key, const char *name,
                            const char *group)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    gsize skip = group ? strlen(group) + 1 : 0;

    for (const struct setting *setting = setting_table(); setting->name; setting++) {
        if (group && (strncmp(setting->name, group, skip - 1) != 0 || setting->name[skip - 1] != '.'))
            continue;
        char *first = g_strndup(setting->name + skip, strcspn(setting->name + skip, "."));
        if (names->len && strcmp(names->pdata[names->len - 1], first) == 0)
            g_free(first);
        else
            g_ptr_array_add(names, first);
    }
    g_ptr_array_add(names, NULL);
    g_autofree char *help = complaints_help(key->text, (const char *const *)names->pdata);
    complaints_add(&check->complaints, SEVERITY_ERROR, key->span, help, "there is no setting %s", name);
}

/* Checks the entries of a map; group is the name before the dot, NULL at the top. */
static void check_map_of_settings(const struct check *check, const struct node *map, const char *group)
{
    for (const struct node *value = map->first; value; value = value->next) {
        g_autofree char *name =
            g_strjoin(".", group ? group : value->key->text, group ? value->key->text : NULL, NULL);
        g_autofree char *prefix = g_strconcat(name, ".", NULL);
        const struct setting *setting = setting_table();
        gboolean is_group = FALSE;

        for (; setting->name && strcmp(setting->name, name) != 0; setting++)
            is_group = is_group || g_str_has_prefix(setting->name, prefix);
        if (!setting->name && !is_group)
            unknown_setting(check, value->key, name, group);
        else if (node_is_null(value))
            continue;
        else if (setting->name)
            check_value(check, value, setting);
        else if (check_kind(check, value, name, NODE_MAP))
            check_map_of_settings(check, value, name);
    }
}

void setting_check(const struct node *root, const char *text, gsize length, GPtrArray *findings)
{
    struct check check = { root, { text, length, findings } };
    check_map_of_settings(&check, root, NULL);
}
