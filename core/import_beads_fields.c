#include "import_beads_fields.h"

#include "clock.h"
#include "import_beads_depends.h"
#include "import_text.h"
#include "json_place.h"

#include <string.h>

/* -- places and errors -- */

struct position import_beads_place(const struct beads_source *source, const char *key)
{
    gsize start = json_place_start(source->text, source->length);
    gsize offset = json_place_find(source->text, source->length, start, key);
    return (struct position){ source->number, (guint)g_utf8_strlen(source->text, (gssize)offset) + 1 };
}

gboolean import_beads_refuse(const struct beads_reading *reading, struct position at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    finding_add_at(reading->findings, "parse", SEVERITY_ERROR, at, NULL, "%s", message);
    return FALSE;
}

static gboolean refuse_kind(const struct beads_reading *reading, const char *key, const char *wanted,
                            const struct json *value)
{
    return import_beads_refuse(reading, import_beads_place(reading->source, key), "%s: expected %s, saw %s",
                               key, wanted, json_kind_name(json_kind(value)));
}

static gboolean check_length(const struct beads_reading *reading, const char *key, const char *text)
{
    if (strlen(text) <= IMPORT_LONGEST)
        return TRUE;
    return import_beads_refuse(reading, import_beads_place(reading->source, key),
                               "%s: expected at most %d bytes, saw %" G_GSIZE_FORMAT, key, IMPORT_LONGEST,
                               strlen(text));
}

/* -- texts -- */

const char *import_beads_text(const struct beads_reading *reading, const char *key)
{
    const struct json *value = json_find(reading->json, key);
    const char *text = json_as_string(value);

    if (text || json_kind(value) == JSON_KIND_NULL)
        return text ? text : "";
    refuse_kind(reading, key, "a string", value);
    return NULL;
}

char *import_beads_line(const struct beads_reading *reading, const char *key)
{
    const struct json *value = json_find(reading->json, key);
    const char *text = import_beads_text(reading, key);
    g_autofree char *line = text ? import_text_line(text) : NULL;

    if (!text || !check_length(reading, key, text))
        return NULL;
    if (*line)
        return g_steal_pointer(&line);
    import_beads_refuse(reading, import_beads_place(reading->source, key), "%s: expected text, saw %s", key,
                        !value                  ? "nothing"
                        : json_as_string(value) ? "an empty string"
                                                : "null");
    return NULL;
}

/* -- under x-… -- */

static gboolean is_empty(const struct json *value)
{
    const char *text = json_as_string(value);
    enum json_kind kind = json_kind(value);
    gboolean truth = TRUE;

    return kind == JSON_KIND_NULL || (text && !*text) || (json_as_boolean(value, &truth) && !truth) ||
           ((kind == JSON_KIND_ARRAY || kind == JSON_KIND_OBJECT) && json_count(value) == 0);
}

static gboolean is_list(const struct json *value)
{
    for (gsize i = 0; i < json_count(value); i++)
        if (json_kind(json_at(value, i)) >= JSON_KIND_ARRAY || is_empty(json_at(value, i)))
            return FALSE;
    return json_kind(value) == JSON_KIND_ARRAY;
}

static char *print(const struct json *value, enum scalar_type *type)
{
    enum json_kind kind = json_kind(value);

    *type = kind == JSON_KIND_INTEGER || kind == JSON_KIND_REAL || kind == JSON_KIND_BOOLEAN ? SCALAR_TYPED
                                                                                             : SCALAR_STRING;
    return kind == JSON_KIND_STRING ? g_strdup(json_as_string(value)) : json_print(value, 0);
}

void import_beads_keep(struct import_item *item, const char *name, const struct json *value)
{
    enum scalar_type type;

    if (is_empty(value))
        return;
    if (!is_list(value)) {
        g_autofree char *text = print(value, &type);
        import_item_keep(item, name, text, type);
        return;
    }
    import_item_keep_list(item, name);
    for (gsize i = 0; i < json_count(value); i++) {
        g_autofree char *text = print(json_at(value, i), &type);
        import_item_keep_entry(item, text, type);
    }
}

/* -- keys that have a field; each FALSE where the issue is refused -- */

static gboolean take_nothing(struct beads_reading *reading, const char *key, const struct json *value)
{
    return TRUE;
}

static gboolean take_status(struct beads_reading *reading, const char *key, const struct json *value)
{
    static const struct {
        const char *word;
        enum status status;
    } words[] = { { "open", STATUS_NEW }, { "in_progress", STATUS_DOING }, { "closed", STATUS_DONE } };
    const char *word = import_beads_text(reading, key);

    if (!word || !*word)
        return word != NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_ascii_strcasecmp(word, words[i].word) == 0) {
            reading->item->status = words[i].status;
            return TRUE;
        }
    import_beads_keep(reading->item, key, value);
    return TRUE;
}

static gboolean take_type(struct beads_reading *reading, const char *key, const struct json *value)
{
    const char *word = import_beads_text(reading, key);

    if (!word || !*word)
        return word != NULL;
    g_free(reading->item->type);
    reading->item->type = g_strdup(import_type_named(reading->source->policy, word));
    if (g_ascii_strcasecmp(word, reading->item->type) != 0)
        import_beads_keep(reading->item, key, value);
    return TRUE;
}

static gboolean take_priority(struct beads_reading *reading, const char *key, const struct json *value)
{
    gint64 number;

    if (json_kind(value) == JSON_KIND_NULL)
        return TRUE;
    if (!json_as_integer(value, &number))
        return refuse_kind(reading, key, "an integer", value);
    if (number >= 0 && number <= 4)
        reading->issue->priority = (guint)number;
    else
        import_item_remark(reading->item, SEVERITY_WARNING, import_beads_place(reading->source, key),
                           "priority: expected 0 to 4, saw %" G_GINT64_FORMAT
                           "; the issue is placed as one of %d",
                           number, BEADS_PRIORITY);
    import_beads_keep(reading->item, key, value);
    return TRUE;
}

static gboolean take_assignee(struct beads_reading *reading, const char *key, const struct json *value)
{
    const char *name = import_beads_text(reading, key);

    if (!name || !check_length(reading, key, name))
        return FALSE;
    g_autofree char *line = import_text_line(*name == '@' ? name + 1 : name);
    if (*line)
        reading->item->owner = g_steal_pointer(&line);
    else
        import_beads_keep(reading->item, key, value);
    return TRUE;
}

static gboolean take_created(struct beads_reading *reading, const char *key, const struct json *value)
{
    const char *text = import_beads_text(reading, key);

    if (!text || !*text)
        return text != NULL;
    g_autofree char *day = g_strndup(text, 10);
    if (clock_is_day(day) && !g_ascii_isdigit(text[10]))
        reading->item->created = g_steal_pointer(&day);
    else
        import_item_remark(
            reading->item, SEVERITY_WARNING, import_beads_place(reading->source, key),
            "%s: expected a day as YYYY-MM-DD, saw %.100s; the day of the import stands for it", key, text);
    reading->issue->created = g_strdup(text);
    import_beads_keep(reading->item, key, value);
    return TRUE;
}

static gboolean take_labels(struct beads_reading *reading, const char *key, const struct json *value)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    if (json_kind(value) != JSON_KIND_ARRAY && json_kind(value) != JSON_KIND_NULL)
        return refuse_kind(reading, key, "an array", value);
    for (gsize i = 0; i < json_count(value); i++) {
        const char *label = json_as_string(json_at(value, i));
        if (!label)
            return refuse_kind(reading, key, "strings in the array", json_at(value, i));
        if (!check_length(reading, key, label))
            return FALSE;
        if (*label && g_hash_table_add(seen, (gpointer)label))
            g_ptr_array_add(reading->item->labels, g_strdup(label));
    }
    return TRUE;
}

static gboolean take_dependencies(struct beads_reading *reading, const char *key, const struct json *value)
{
    if (json_kind(value) == JSON_KIND_NULL)
        return TRUE;
    if (json_kind(value) != JSON_KIND_ARRAY)
        return refuse_kind(reading, key, "an array", value);
    return import_beads_depends_take(reading, value);
}

static gboolean take_other(struct beads_reading *reading, const char *key, const struct json *value)
{
    import_beads_keep(reading->item, key, value);
    return TRUE;
}

static const struct {
    const char *key;
    gboolean (*take)(struct beads_reading *reading, const char *key, const struct json *value);
} takers[] = {
    { "_type", take_nothing },       { "id", take_nothing },       { "title", take_nothing },
    { "description", take_nothing }, { "design", take_nothing },   { "acceptance_criteria", take_nothing },
    { "notes", take_nothing },       { "comments", take_nothing }, { "status", take_status },
    { "priority", take_priority },   { "issue_type", take_type },  { "assignee", take_assignee },
    { "created_at", take_created },  { "labels", take_labels },    { "dependencies", take_dependencies },
};

gboolean import_beads_fields_take(struct beads_reading *reading)
{
    const char *key = NULL;
    const struct json *value;

    while (json_next(reading->json, &key, &value)) {
        gboolean (*take)(struct beads_reading *, const char *, const struct json *) = take_other;
        for (gsize i = 0; i < G_N_ELEMENTS(takers); i++)
            if (strcmp(key, takers[i].key) == 0)
                take = takers[i].take;
        if (!take(reading, key, value))
            return FALSE;
    }
    return TRUE;
}
