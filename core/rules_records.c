#include "rules_private.h"

#include "assumption.h"
#include "clock.h"
#include "nearest.h"

#include <string.h>

/* What the entries of lists that hold maps can have. */
static const char *const feedback_keys[] = { "from", "on", "says", "via", NULL };
static const char *const assumption_keys[] = { "belief", "test", "result", "evidence", NULL };
static const char *const depends_keys[] = { "external", "owner", "due", NULL };

static const struct {
    enum field_id field;
    const char *const *keys;
} records[] = {
    { FIELD_FEEDBACK, feedback_keys },
    { FIELD_ASSUMPTIONS, assumption_keys },
    { FIELD_DEPENDS, depends_keys },
};

static void check_key(struct reading *reading, const char *field, const char *const *keys,
                      const struct node *key)
{
    const char *nearest = g_str_has_prefix(key->text, "x-") || g_strv_contains(keys, key->text)
                              ? NULL
                              : nearest_name(key->text, keys);
    if (!nearest)
        return;
    g_autofree char *help = g_strdup_printf("did you mean %s? A key of your own begins with x-", nearest);
    reading_report(reading, "unknown-key", key->span, help, "there is no %s in an entry of %s", key->text,
                   field);
}

static void check_result(struct reading *reading, const struct node *value)
{
    const char *const *results = assumption_results();

    if (node_is_null(value) || (value->kind == NODE_SCALAR && g_strv_contains(results, value->text)))
        return;
    const char *nearest = value->kind == NODE_SCALAR ? nearest_name(value->text, results) : NULL;
    const char *seen = value->kind == NODE_SCALAR ? value->text : node_kind_name(value->kind);
    g_autofree char *all = g_strjoinv(", ", (char **)results);
    g_autofree char *help = nearest ? g_strdup_printf("did you mean %s?", nearest) : NULL;
    reading_report(reading, "bad-value", value->span, help, "result: expected one of %s, saw %s", all, seen);
}

static void check_day(struct reading *reading, const struct node *value)
{
    const char *seen = value->kind == NODE_SCALAR ? value->text : node_kind_name(value->kind);

    if (!node_is_null(value) && (value->kind != NODE_SCALAR || !clock_is_day(value->text)))
        reading_report(reading, "bad-value", value->span, NULL, "%s: expected a day as YYYY-MM-DD, saw %s",
                       value->key->text, seen);
}

/* The day by which something comes is that of depends-external. */
static void check_record(struct reading *reading, enum field_id field, const char *const *keys,
                         const struct node *record)
{
    for (const struct node *value = record->first; value; value = value->next) {
        check_key(reading, field_table()[field].name, keys, value->key);
        if (field == FIELD_ASSUMPTIONS && strcmp(value->key->text, "result") == 0)
            check_result(reading, value);
        else if (field == FIELD_FEEDBACK && strcmp(value->key->text, "on") == 0)
            check_day(reading, value);
    }
}

void rules_read_records(struct reading *reading)
{
    for (gsize i = 0; i < G_N_ELEMENTS(records); i++) {
        const struct value *value = item_field(reading->item, records[i].field);
        const struct node *list =
            value && value->records ? node_find(reading_front(reading), value->key) : NULL;
        for (const struct node *entry = list && list->kind == NODE_SEQUENCE ? list->first : NULL; entry;
             entry = entry->next)
            if (entry->kind == NODE_MAP)
                check_record(reading, records[i].field, records[i].keys, entry);
    }
}
