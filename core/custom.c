#include "custom.h"

#include "custom_private.h"

#include <string.h>

/* -- reading -- */

const char *custom_text(const struct node *map, const char *key)
{
    const struct node *node = node_find(map, key);
    return node && node->kind == NODE_SCALAR && !node_is_null(node) && *node->text ? node->text : NULL;
}

/* The texts of a value that is one, or a list of them; NULL: there is none. */
static char **texts_of(const struct node *node)
{
    g_autoptr(GStrvBuilder) texts = g_strv_builder_new();

    if (node_is_null(node))
        return NULL;
    if (node->kind == NODE_SCALAR)
        g_strv_builder_add(texts, node->text);
    for (const struct node *entry = node->first; entry; entry = entry->next)
        if (entry->kind == NODE_SCALAR && !node_is_null(entry))
            g_strv_builder_add(texts, entry->text);
    g_auto(GStrv) all = g_strv_builder_end(texts);
    return all[0] ? g_steal_pointer(&all) : NULL;
}

gboolean custom_is_name(const char *text)
{
    gsize length = strlen(text);

    return length <= CUSTOM_NAME && g_ascii_islower(*text) && text[length - 1] != '-' &&
           !strstr(text, "--") && text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

/* The section of the policy of that name, in whatever case; N_SECTIONS: it is a heading of the team's own. */
static int find_section(const char *name)
{
    for (int i = 0; i < N_SECTIONS; i++)
        if (g_ascii_strcasecmp(name, policy_section_name(i)) == 0)
            return i;
    return N_SECTIONS;
}

static void read_when(struct custom *custom, const struct node *when)
{
    g_auto(GStrv) statuses = texts_of(node_find(when, "status"));

    custom->types = texts_of(node_find(when, "type"));
    custom->labels = texts_of(node_find(when, "label"));
    for (gsize i = 0; statuses && statuses[i]; i++)
        for (int status = 0; status < N_STATUSES; status++)
            if (strcmp(status_names()[status], statuses[i]) == 0)
                custom->statuses |= 1U << status;
}

/* One line, as findings have it. */
static char *fold(const char *text)
{
    g_auto(GStrv) words = g_strsplit_set(text ? text : "", " \t\r\n", -1);
    GString *line = g_string_new(NULL);

    for (gsize i = 0; words[i]; i++)
        if (*words[i])
            g_string_append_printf(line, "%s%s", line->len ? " " : "", words[i]);
    return g_string_free(line, line->len == 0);
}

static void read_subject(struct custom *custom, const struct policy *policy, const struct node *map)
{
    const char *sight = custom_text(map, "in");

    custom->section = g_strdup(custom_text(map, "section"));
    custom->field = g_strdup(custom_text(map, "field"));
    custom->pattern = g_strdup(custom_text(map, "pattern"));
    custom->forbidden = g_strcmp0(custom_text(map, "must"), "not-match") == 0;
    custom->sight = sight ? (strcmp(sight, "prose") == 0 ? CUSTOM_PROSE : CUSTOM_TEXT)
                          : (custom->forbidden ? CUSTOM_PROSE : CUSTOM_TEXT);
    if (custom->pattern)
        custom->compiled = pattern_new(custom->pattern);
    if (!custom->section)
        return;
    int known = find_section(custom->section);
    const char *const own[] = { custom->section, NULL };
    custom->headings = g_strdupv((char **)(known < N_SECTIONS ? policy_section(policy, known) : own));
}

static void read_rule(struct custom *custom, const struct node *map)
{
    const char *severity = custom_text(map, "severity");
    struct rule *rule = &custom->rule;

    rule->name = g_intern_string(custom_text(map, "id"));
    if (!severity || !severity_parse(severity, &rule->severity))
        rule->severity = SEVERITY_WARNING;
    rule->reach = custom->statuses ? RULE_OPEN : RULE_READINESS;
    for (gsize i = 0; custom->types && custom->types[i]; i++)
        rule->types |= rule_type(custom->types[i]);
    if (!custom->types)
        rule->types = RULE_EVERY;
    custom_word(custom);
}

static void custom_free(gpointer data)
{
    struct custom *custom = data;

    g_strfreev(custom->types);
    g_strfreev(custom->labels);
    g_strfreev(custom->headings);
    g_free(custom->section);
    g_free(custom->field);
    g_free(custom->pattern);
    g_free(custom->help);
    pattern_free(custom->compiled);
    custom_unword(custom);
    g_free(custom);
}

/* Whether it can be asked: anything else is an error that makes the policy unusable. */
static gboolean is_whole(const struct custom *custom)
{
    if (custom->pattern && !custom->compiled)
        return FALSE;
    return !(custom->section && custom->field) && (custom->section || custom->field || custom->pattern);
}

GPtrArray *custom_read(const struct policy *policy)
{
    GPtrArray *all = g_ptr_array_new_with_free_func(custom_free);
    const struct node *list = policy_get(policy, "custom");
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);

    for (const struct node *map = list ? list->first : NULL; map; map = map->next) {
        const char *id = map->kind == NODE_MAP ? custom_text(map, "id") : NULL;
        if (!id || !custom_is_name(id) || rule_find(id) || !g_hash_table_add(names, (gpointer)id))
            continue;
        struct custom *custom = g_new0(struct custom, 1);
        custom->at = policy_locate(policy, node_find(map, "id"));
        custom->help = fold(custom_text(map, "help"));
        read_when(custom, node_find(map, "when"));
        read_subject(custom, policy, map);
        read_rule(custom, map);
        if (is_whole(custom))
            g_ptr_array_add(all, custom);
        else
            custom_free(custom);
    }
    return all;
}

const char **custom_names(const struct policy *policy)
{
    GPtrArray *names = g_ptr_array_new();
    const struct node *list = policy_get(policy, "custom");

    for (const struct node *map = list ? list->first : NULL; map; map = map->next)
        if (map->kind == NODE_MAP && custom_text(map, "id"))
            g_ptr_array_add(names, (gpointer)custom_text(map, "id"));
    g_ptr_array_add(names, NULL);
    return (const char **)g_ptr_array_free(names, FALSE);
}

/* -- asking -- */

gboolean custom_applies(const struct custom *custom, const struct item *item)
{
    const char *type = item_text(item, FIELD_TYPE);

    if (custom->statuses && !(custom->statuses & 1U << item->status))
        return FALSE;
    if (custom->types && !(type && g_strv_contains((const char *const *)custom->types, type)))
        return FALSE;
    const char *const *labels = custom->labels ? item_texts(item, FIELD_LABELS) : NULL;
    gboolean has = !custom->labels;
    for (gsize i = 0; !has && labels[i]; i++)
        has = g_strv_contains((const char *const *)custom->labels, labels[i]);
    return has;
}
