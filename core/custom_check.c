#include "custom_private.h"

#include "complaints.h"
#include "nearest.h"

#include <string.h>

struct check {
    const struct policy *policy;
    struct complaints complaints;
    GHashTable *seen; /* names of rules -> their nodes */
};

/* What the value is, for a message. */
static const char *seen_as(const struct node *node)
{
    if (!node || node_is_null(node))
        return "none";
    return node->kind == NODE_SCALAR ? node->text : node_kind_name(node->kind);
}

/* Whether the key has a text; one that is there and has none is an error. */
static gboolean has_text(const struct check *check, const struct node *map, const char *key)
{
    const struct node *node = node_find(map, key);

    if (node && !custom_text(map, key))
        complaints_add(&check->complaints, SEVERITY_ERROR, node->span,
                       strcmp(key, "pattern") == 0 ? "put it in single quotes: '\\bTBD\\b'" : NULL,
                       "custom: %s: expected a text, saw %s", key,
                       node->kind == NODE_SCALAR ? "none" : node_kind_name(node->kind));
    return node && custom_text(map, key);
}

/* Checks that the node is one of the names. */
static void check_choice(const struct check *check, const struct node *node, const char *key,
                         const char *const *names)
{
    if (node->kind == NODE_SCALAR && g_strv_contains(names, node->text))
        return;
    g_autofree char *help = complaints_help(node->kind == NODE_SCALAR ? node->text : "", names);
    complaints_add(&check->complaints, SEVERITY_ERROR, node->span, help,
                   "custom: %s: expected one of its words, saw %s", key, seen_as(node));
}

static void check_word(const struct check *check, const struct node *map, const char *key,
                       const char *const *names)
{
    const struct node *node = node_find(map, key);

    if (node)
        check_choice(check, node, key, names);
}

/* -- id -- */

static void check_id(const struct check *check, const struct node *map)
{
    const struct node *node = node_find(map, "id");
    const char *id = custom_text(map, "id");

    if (!id) {
        complaints_add(&check->complaints, SEVERITY_ERROR, (node ? node : map)->span,
                       "name the rule: id: has-mockup", "custom: expected an id, saw %s", seen_as(node));
        return;
    }
    const struct node *before = g_hash_table_lookup(check->seen, id);
    if (!custom_is_name(id)) {
        complaints_add(&check->complaints, SEVERITY_ERROR, node->span,
                       "use small letters, digits and dashes, a letter first",
                       "custom: \"%s\" can be no name of a rule", id);
    } else if (rule_find(id)) {
        g_autofree char *help = g_strdup_printf("name it otherwise; rules: sets the severity of %s", id);
        complaints_add(&check->complaints, SEVERITY_ERROR, node->span, help,
                       "custom: there is a rule %s already", id);
    } else if (before) {
        complaints_add(&check->complaints, SEVERITY_ERROR, node->span, "name one otherwise",
                       "custom: %s stands in line %u already", id, policy_locate(check->policy, before).line);
    } else {
        g_hash_table_insert(check->seen, (gpointer)id, (gpointer)node);
    }
}

/* -- when -- */

static void check_choices(const struct check *check, const struct node *node, const char *key,
                          const char *const *names)
{
    if (node->kind == NODE_SCALAR)
        check_choice(check, node, key, names);
    for (const struct node *entry = node->first; entry; entry = entry->next)
        check_choice(check, entry, key, names);
}

static void check_labels(const struct check *check, const struct node *node)
{
    if (node_is_null(node))
        complaints_add(&check->complaints, SEVERITY_ERROR, node->span, NULL,
                       "custom: label: expected a label, saw none");
    for (const struct node *entry = node->first; entry; entry = entry->next)
        if (entry->kind != NODE_SCALAR || node_is_null(entry))
            complaints_add(&check->complaints, SEVERITY_ERROR, entry->span, NULL,
                           "custom: label: expected a label, saw %s", seen_as(entry));
}

static void check_statuses(const struct check *check, const struct node *node)
{
    const char *open[N_STATUSES + 1] = { NULL };
    gsize n = 0;

    for (int i = 0; i < N_STATUSES; i++)
        if (status_is_open((enum status)i))
            open[n++] = status_names()[i];
    check_choices(check, node, "status", open);
}

static void check_when(const struct check *check, const struct node *map)
{
    static const char *const keys[] = { "type", "label", "status", NULL };
    const struct node *when = node_find(map, "when");

    if (!when || node_is_null(when))
        return;
    if (when->kind != NODE_MAP)
        complaints_add(&check->complaints, SEVERITY_ERROR, when->span, "write {type: story, label: ui}",
                       "custom: when: expected a map, saw %s", seen_as(when));
    for (const struct node *value = when->kind == NODE_MAP ? when->first : NULL; value; value = value->next) {
        const char *key = value->key->text;
        g_autofree const char **types = policy_texts(check->policy, "types");
        if (value->kind == NODE_MAP || (value->kind == NODE_SEQUENCE && !value->first))
            complaints_add(&check->complaints, SEVERITY_ERROR, value->span, NULL,
                           "custom: %s: expected a word or a list of words, saw %s", key,
                           value->kind == NODE_MAP ? "a map" : "none");
        else if (strcmp(key, "type") == 0)
            check_choices(check, value, key, types);
        else if (strcmp(key, "label") == 0)
            check_labels(check, value);
        else if (strcmp(key, "status") == 0)
            check_statuses(check, value);
        else
            check_choice(check, value->key, "when", keys);
    }
}

/* -- section, field, pattern -- */

/* A heading of the team's own can be any; one that is nearly known is probably meant to be it. */
static void check_section(const struct check *check, const struct node *map)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *section = custom_text(map, "section");

    for (int i = 0; i < N_SECTIONS; i++) {
        g_ptr_array_add(names, (gpointer)policy_section_name((enum section_id)i));
        for (const char *const *name = policy_section(check->policy, (enum section_id)i); *name; name++)
            g_ptr_array_add(names, (gpointer)*name);
    }
    for (guint i = 0; i < names->len; i++)
        if (g_ascii_strcasecmp(section, names->pdata[i]) == 0)
            return;
    g_ptr_array_add(names, NULL);
    const char *nearest = nearest_name(section, (const char *const *)names->pdata);
    if (!nearest)
        return;
    g_autofree char *help = g_strdup_printf("did you mean %s?", nearest);
    complaints_add(&check->complaints, SEVERITY_WARNING, node_find(map, "section")->span, help,
                   "custom: section: %s is a heading of your own", section);
}

static void check_field(const struct check *check, const struct node *map)
{
    const char *field = custom_text(map, "field"), *names[N_FIELDS + 1] = { NULL };

    for (gsize i = 0; i < N_FIELDS; i++)
        names[i] = field_table()[i].name;
    const char *nearest =
        field_find(field) || g_str_has_prefix(field, "x-") ? NULL : nearest_name(field, names);
    if (!nearest)
        return;
    g_autofree char *help = g_strdup_printf("did you mean %s? A key of your own begins with x-", nearest);
    complaints_add(&check->complaints, SEVERITY_WARNING, node_find(map, "field")->span, help,
                   "custom: field: there is no field %s", field);
}

/* Where in the file a character of the pattern stands: as long as nothing in its spelling was decoded. */
static struct span span_at(const struct check *check, const struct node *node, gsize at)
{
    gsize quote = node->style == STYLE_SINGLE || node->style == STYLE_DOUBLE, bytes = node->length;
    gsize start = node->span.start + quote;

    if (start + bytes > check->complaints.length ||
        memcmp(check->complaints.text + start, node->text, bytes) != 0)
        return node->span;
    at = MIN(at, (gsize)g_utf8_strlen(node->text, -1));
    start += (gsize)(g_utf8_offset_to_pointer(node->text, (glong)at) - node->text);
    return (struct span){ start, start };
}

static void check_pattern(const struct check *check, const struct node *map)
{
    const struct node *node = node_find(map, "pattern");
    g_autoptr(GError) cause = NULL;
    gboolean empty = FALSE;
    gsize at = 0;

    /* In double quotes YAML takes "\b" for a backspace. */
    if (strlen(node->text) < node->length || strpbrk(node->text, "\b\f\a\033\x7f")) {
        complaints_add(&check->complaints, SEVERITY_ERROR, node->span,
                       "in double quotes \\b is a backspace: use single quotes",
                       "custom: pattern: a control character stands in it");
        return;
    }
    if (!pattern_check(node->text, &at, &empty, &cause))
        complaints_add(&check->complaints, SEVERITY_ERROR, span_at(check, node, at), NULL,
                       "custom: pattern: %s", cause->message);
    if (empty)
        complaints_add(&check->complaints, SEVERITY_WARNING, node->span,
                       "a pattern that may be empty is found in every text",
                       "custom: pattern: it matches where nothing stands");
}

static void check_subject(const struct check *check, const struct node *map)
{
    static const char *const musts[] = { "match", "not-match", NULL };
    static const char *const sights[] = { "prose", "text", NULL };
    static const char *const parts[] = { "must", "in" };
    gboolean section = has_text(check, map, "section"), field = has_text(check, map, "field");

    if (section)
        check_section(check, map);
    if (field)
        check_field(check, map);
    if (has_text(check, map, "pattern"))
        check_pattern(check, map);
    if (section && field)
        complaints_add(&check->complaints, SEVERITY_ERROR, node_find(map, "field")->key->span,
                       "make two rules of it", "custom: expected one of section and field, saw both");
    if (!node_find(map, "section") && !node_find(map, "field") && !node_find(map, "pattern"))
        complaints_add(&check->complaints, SEVERITY_ERROR, map->span, "say what must be there",
                       "custom: expected section, field or pattern, saw none");
    for (gsize i = 0; i < G_N_ELEMENTS(parts) && !node_find(map, "pattern"); i++)
        if (node_find(map, parts[i]))
            complaints_add(&check->complaints, SEVERITY_ERROR, node_find(map, parts[i])->key->span,
                           "say what: pattern: 'TBD'", "custom: %s goes with a pattern", parts[i]);
    check_word(check, map, "must", musts);
    check_word(check, map, "in", sights);
}

void custom_check(const struct policy *policy, const char *text, gsize length, GPtrArray *findings)
{
    static const char *const severities[] = { "error", "warning", "note", "off", NULL };
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    const struct check check = { policy, { text, length, findings }, seen };
    const struct node *list = policy_get(policy, "custom");

    for (const struct node *map = list && list->kind == NODE_SEQUENCE ? list->first : NULL; map;
         map = map->next) {
        if (map->kind != NODE_MAP)
            continue;
        check_id(&check, map);
        check_when(&check, map);
        check_subject(&check, map);
        check_word(&check, map, "severity", severities);
        has_text(&check, map, "help");
    }
}
