#include "import_github_value.h"

#include <string.h>

const char *import_github_name(const struct json *value)
{
    static const char *const keys[] = { "login", "name", "title" };
    const char *name = json_as_string(value);

    for (gsize i = 0; !name && i < G_N_ELEMENTS(keys); i++)
        name = json_as_string(json_find(value, keys[i]));
    return name;
}

/* -- under x-… -- */

static gboolean is_empty(const struct json *value)
{
    const char *key = NULL;
    const struct json *member;
    gboolean is_true;
    double number;

    switch (json_kind(value)) {
    case JSON_KIND_NULL:
        return TRUE;
    case JSON_KIND_BOOLEAN:
        return json_as_boolean(value, &is_true) && !is_true;
    case JSON_KIND_INTEGER:
    case JSON_KIND_REAL:
        return json_as_real(value, &number) && number == 0;
    case JSON_KIND_STRING:
        return *json_as_string(value) == '\0';
    case JSON_KIND_ARRAY:
        return json_count(value) == 0;
    case JSON_KIND_OBJECT:
        break;
    }
    while (json_next(value, &key, &member))
        if (strcmp(key, "url") != 0 && !is_empty(member))
            return FALSE;
    return TRUE;
}

/* "closedAt" and "closed_at" as "closed-at". */
static char *key_of(const char *key)
{
    GString *out = g_string_new(NULL);

    for (const char *at = key; *at; at++) {
        if (g_ascii_isupper(*at) && at > key && !g_ascii_isupper(at[-1]))
            g_string_append_c(out, '-');
        g_string_append_c(out, *at == '_' ? '-' : g_ascii_tolower(*at));
    }
    return g_string_free(out, FALSE);
}

/* The value as one text, and how it is written; a new string. */
static char *print_value(const struct json *value, enum scalar_type *type)
{
    const char *text = json_as_string(value), *login = json_as_string(json_find(value, "login"));
    enum json_kind kind = json_kind(value);

    *type = kind == JSON_KIND_INTEGER || kind == JSON_KIND_BOOLEAN ? SCALAR_TYPED : SCALAR_STRING;
    if (text || login)
        return g_strdup(text ? text : login);
    return json_print(value, 0);
}

void import_github_keep(struct import_item *item, const char *key, const struct json *value)
{
    g_autofree char *name = key_of(key);
    gboolean is_list = json_kind(value) == JSON_KIND_ARRAY;
    enum scalar_type type;

    if (is_empty(value))
        return;
    if (is_list)
        import_item_keep_list(item, name);
    for (gsize i = 0; i < (is_list ? json_count(value) : 1); i++) {
        g_autofree char *text = print_value(is_list ? json_at(value, i) : value, &type);
        if (is_list)
            import_item_keep_entry(item, text, type);
        else
            import_item_keep(item, name, text, type);
    }
}

/* -- types -- */

static const struct {
    const char *word, *type;
} words[] = {
    { "bug", "bug" },          { "defect", "bug" },  { "enhancement", "story" },
    { "feature", "story" },    { "story", "story" }, { "feature request", "story" },
    { "user story", "story" }, { "task", "task" },   { "chore", "task" },
    { "epic", "epic" },        { "spike", "spike" }, { "research", "spike" },
};

/* The type that word names; NULL where it names none. */
static const char *type_named(const struct policy *policy, const char *word)
{
    g_autofree const char **types = policy_choices(policy, FIELD_TYPE);

    for (gsize i = 0; types[i]; i++)
        if (g_ascii_strcasecmp(types[i], word) == 0)
            return types[i];
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_ascii_strcasecmp(words[i].word, word) == 0 && g_strv_contains(types, words[i].type))
            return words[i].type;
    return NULL;
}

/* "bug" of "type: bug", "kind/bug" and "type-bug"; else the label as it is. */
static const char *word_of(const char *label)
{
    static const char *const heads[] = { "type", "kind" };

    for (gsize i = 0; i < G_N_ELEMENTS(heads); i++) {
        gsize length = strlen(heads[i]);
        if (g_ascii_strncasecmp(label, heads[i], length) != 0 || !label[length] ||
            !strchr(":/- ", label[length]))
            continue;
        return label + length + strspn(label + length, ":/- ");
    }
    return label;
}

char *import_github_type(const struct policy *policy, const char *word, const GPtrArray *labels)
{
    const char *type = word ? type_named(policy, word) : NULL;

    for (guint i = 0; !type && i < labels->len; i++)
        type = type_named(policy, word_of(labels->pdata[i]));
    return g_strdup(type ? type : import_type(policy, NULL, NULL));
}
