#include "import_beads_depends.h"

#include "json_place.h"

#include <string.h>

/* One dependency of a kind that has no field. */
struct relation {
    const char *type, *id; /* borrowed from the JSON */
    guint number;
};

static gint by_type(gconstpointer a, gconstpointer b)
{
    const struct relation *left = a, *right = b;
    int order = strcmp(left->type, right->type);
    return order ? order : left->number < right->number ? -1 : left->number > right->number;
}

/* The type, which a sister of beads calls dep_type; NULL where there is none. */
static const struct json *type_of(const struct json *entry)
{
    const struct json *type = json_find(entry, "type");
    return type ? type : json_find(entry, "dep_type");
}

/* Keeps the relations as one list a type. */
static void keep_relations(struct import_item *item, GArray *relations)
{
    const char *type = NULL;

    g_array_sort(relations, by_type);
    for (guint i = 0; i < relations->len; i++) {
        const struct relation *relation = &g_array_index(relations, struct relation, i);
        if (g_strcmp0(type, relation->type) != 0)
            import_item_keep_list(item, relation->type);
        type = relation->type;
        import_item_keep_entry(item, relation->id, SCALAR_STRING);
    }
}

/* Whether the dependency says more than who depends on what and how. */
static gboolean says_more(const struct beads_reading *reading, const struct json *entry)
{
    const char *own = json_as_string(json_find(entry, "issue_id"));
    const char *key = NULL;
    const struct json *value;

    while (json_next(entry, &key, &value))
        if (strcmp(key, "issue_id") != 0 && strcmp(key, "depends_on_id") != 0 && strcmp(key, "type") != 0 &&
            strcmp(key, "dep_type") != 0)
            return TRUE;
    return own && strcmp(own, reading->item->id) != 0;
}

/* Keeps the whole of each that says more, so that who added it and when is not lost. */
static void keep_entries(const struct beads_reading *reading, const struct json *array)
{
    gboolean begun = FALSE;

    for (gsize i = 0; i < json_count(array); i++) {
        const struct json *entry = json_at(array, i);
        if (!says_more(reading, entry))
            continue;
        if (!begun)
            import_item_keep_list(reading->item, "dependencies");
        begun = TRUE;
        g_autofree char *printed = json_print(entry, 0);
        import_item_keep_entry(reading->item, printed, SCALAR_STRING);
    }
}

/* Whether the entry is one that beads writes; an error otherwise. */
static gboolean check(const struct beads_reading *reading, const struct json *entry, struct position at)
{
    const char *id = json_as_string(json_find(entry, "depends_on_id"));
    const struct json *type = type_of(entry);

    if (!id || !*id)
        return import_beads_refuse(reading, at, "dependencies: expected an object with depends_on_id, saw %s",
                                   id ? "an empty one" : json_kind_name(json_kind(entry)));
    if (type && !json_as_string(type))
        return import_beads_refuse(reading, at, "dependencies: type: expected a string, saw %s",
                                   json_kind_name(json_kind(type)));
    if (strlen(id) > IMPORT_LONGEST || (type && strlen(json_as_string(type)) > IMPORT_LONGEST))
        return import_beads_refuse(reading, at, "dependencies: expected an id of at most %d bytes",
                                   IMPORT_LONGEST);
    return TRUE;
}

static void take(struct import_item *item, const struct json *entry, struct position at, GArray *relations)
{
    const char *id = json_as_string(json_find(entry, "depends_on_id"));
    const char *type = json_as_string(type_of(entry));
    const struct import_reference reference = { NULL, "dependencies", IMPORT_NONE, at };
    gboolean is_parent = g_strcmp0(type, "parent-child") == 0;

    if (!type || !*type || strcmp(type, "blocks") == 0) {
        g_array_append_val(item->depends, reference);
        g_array_index(item->depends, struct import_reference, item->depends->len - 1).id = g_strdup(id);
    } else if (is_parent && !item->parent.id) {
        item->parent = reference;
        item->parent.id = g_strdup(id);
    } else {
        const struct relation relation = { type, id, relations->len };
        g_array_append_val(relations, relation);
        if (is_parent)
            import_item_remark(item, SEVERITY_WARNING, at,
                               "dependencies: %s is a second parent; it is kept under x-parent-child", id);
    }
}

gboolean import_beads_depends_take(struct beads_reading *reading, const struct json *array)
{
    const char *text = reading->source->text;
    gsize length = reading->source->length, seen = 0;
    gsize start = json_place_find(text, length, json_place_start(text, length), "dependencies");
    g_autoptr(GArray) relations = g_array_new(FALSE, FALSE, sizeof(struct relation));
    struct json_place place = { 0 };
    struct position at = { reading->source->number, 1 };

    for (gsize i = 0; i < json_count(array); i++) {
        json_place_step(text, length, start, &place);
        at.column += (guint)g_utf8_strlen(text + seen, (gssize)(place.value.start - seen));
        seen = place.value.start;
        const struct json *entry = json_at(array, i);
        if (!check(reading, entry, at))
            return FALSE;
        take(reading->item, entry, at, relations);
    }
    keep_relations(reading->item, relations);
    keep_entries(reading, array);
    return TRUE;
}
