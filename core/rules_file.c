#include "rules_private.h"

#include "clock.h"
#include "ident.h"
#include "nearest.h"
#include "rank.h"

#include <string.h>

static void check_missing(struct rules_run *run, const struct item *item)
{
    static const enum field_id needed[] = { FIELD_TITLE, FIELD_TYPE, FIELD_STATUS };
    for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
        const struct field *field = &field_table()[needed[i]];
        const struct value *value = item_field(item, needed[i]);
        if (value && (value->kind != NODE_SCALAR || (value->count && *value->texts[0])))
            continue;
        g_autofree char *help =
            g_strdup_printf(value ? "write it behind %s:" : "add a line %s: …", field->name);
        struct finding *finding = rules_report(run, "missing-field", item, value ? value->offset : 0, TRUE,
                                               help, value ? "%s is empty" : "there is no %s", field->name);
        if (finding)
            finding->about = g_strdup(field->name);
    }
}

/* Why a value of one text cannot be, or NULL. *help may be set. */
static char *fault_of_text(const struct rules_run *run, const struct field *field, const char *text,
                           char **help)
{
    if (field->id == FIELD_ID && !ident_is_valid(text)) {
        g_autofree char *small = g_ascii_strdown(text, -1);
        *help = ident_is_valid(small) ? g_strdup_printf("ids are in small letters: %s", small) : NULL;
        return g_strdup("expected 5 or more of the letters and digits of ids, a letter first");
    }
    if (field->id == FIELD_RANK && !rank_is_valid(text)) {
        *help = g_strdup("remove the line, and order the item anew");
        return g_strdup("expected a rank: lower-case consonants as refine writes them");
    }
    if (field->kind == FIELD_DAY)
        return clock_is_day(text) ? NULL : g_strdup("expected a day as YYYY-MM-DD");
    double weight;
    /* A number that the scale no longer has was once agreed; what weighs nothing never was. */
    if (field->kind != FIELD_CHOICE ||
        (field->id == FIELD_ESTIMATE && policy_weight(run->backlog->policy, text, &weight)))
        return NULL;
    g_autofree const char **choices = policy_choices(run->backlog->policy, field->id);
    if (!choices || g_strv_contains(choices, text))
        return NULL;
    const char *nearest = nearest_name(text, choices);
    g_autofree char *all = g_strjoinv(", ", (char **)choices);
    *help = nearest ? g_strdup_printf("did you mean %s?", nearest) : NULL;
    return g_strdup_printf("expected one of %s", all);
}

static const char *fault_of_shape(const struct value *value)
{
    if (field_is_list(value->field)) {
        gboolean none = value->field->kind == FIELD_REFERENCES && value->count == 1 &&
                        strcmp(value->texts[0], "none") == 0;
        return value->kind == NODE_SEQUENCE || value->count + value->records == 0 || none ? NULL
                                                                                          : "expected a list";
    }
    if (value->field->kind == FIELD_MAP)
        return value->kind == NODE_MAP || value->count == 0 ? NULL : "expected a map";
    return value->kind == NODE_SCALAR ? NULL : "expected one value";
}

static void check_value(struct rules_run *run, const struct item *item, const struct value *value)
{
    const char *shape = fault_of_shape(value);
    g_autofree char *help = NULL, *fault = NULL;

    if (shape) {
        const char *list = field_is_list(value->field) && value->kind == NODE_SCALAR
                               ? "put it in brackets, or on a line of its own behind a dash"
                               : NULL;
        rules_report(run, "bad-value", item, value->offset, TRUE, list, "%s: %s, saw %s", value->key, shape,
                     node_kind_name(value->kind));
        return;
    }
    if (value->kind != NODE_SCALAR || value->count == 0 || *value->texts[0] == '\0')
        return;
    fault = fault_of_text(run, value->field, value->texts[0], &help);
    struct finding *finding = fault ? rules_report(run, "bad-value", item, value->offset, TRUE, help,
                                                   "%s: %s, saw %s", value->key, fault, value->texts[0])
                                    : NULL;
    /* An id is never set, and a rank by its place. */
    if (finding && value->field->id != FIELD_ID && value->field->id != FIELD_RANK)
        finding->about = g_strdup(value->field->name);
}

/* Of every entry that stands more than once, the second. */
static void check_entries(struct rules_run *run, const struct item *item, const struct value *value)
{
    if (value->kind != NODE_SEQUENCE || value->count < 2 || !field_is_list(value->field))
        return;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < value->count; i++) {
        guint before = GPOINTER_TO_UINT(g_hash_table_lookup(seen, value->texts[i]));
        g_hash_table_insert(seen, (gpointer)value->texts[i], GUINT_TO_POINTER(before + 1));
        if (before == 1 && *value->texts[i])
            rules_report(run, "duplicate-entry", item, rules_place(run, item, value, value->texts[i], 1),
                         TRUE, "remove one of them", "%s: %s stands there twice", value->key,
                         value->texts[i]);
    }
}

/* Where the key stands: right before its value, or where that would be. */
static gsize key_place(struct rules_run *run, const struct item *item, const struct value *value)
{
    GBytes *bytes = rules_bytes(run, item);
    gsize length = 0, size = strlen(value->key);
    const char *text = bytes ? g_bytes_get_data(bytes, &length) : NULL;

    if (!text || value->offset + size > length || memcmp(text + value->offset, value->key, size) == 0)
        return value->offset;
    const char *found = g_strrstr_len(text, (gssize)value->offset, value->key);
    return found ? (gsize)(found - text) : value->offset;
}

static void check_unknown(struct rules_run *run, const struct item *item, const struct value *value)
{
    if (g_str_has_prefix(value->key, "x-"))
        return;
    const char *names[N_FIELDS + 1] = { NULL };
    for (gsize i = 0; i < N_FIELDS; i++)
        names[i] = field_table()[i].name;
    const char *nearest = nearest_name(value->key, names);
    if (!nearest)
        return;
    g_autofree char *help = g_strdup_printf("did you mean %s? A key of your own begins with x-", nearest);
    rules_report(run, "unknown-key", item, key_place(run, item, value), TRUE, help, "there is no field %s",
                 value->key);
}

/* TRUE: it is told that the file is an item to be, which gets all of its names at once. */
static gboolean check_id(struct rules_run *run, const struct item *item)
{
    const struct value *id = item_field(item, FIELD_ID);
    const char *own = item_text(item, FIELD_ID);
    g_autofree char *help = NULL;

    if (!own && !item->file_id) {
        g_autofree char *path = policy_display(run->backlog->policy, item->path);
        help = g_strdup_printf("refine commit %s gives it an id, a rank and a name", path);
        return rules_report(run, "no-id", item, 0, TRUE, help, "an item to be: it has no id") != NULL;
    }
    if (!own) {
        help = g_strdup_printf("add a line id: %s, or have refine check --fix do it", item->file_id);
        rules_report(run, "no-id", item, 0, TRUE, help, "the front matter has no id");
    } else if (ident_is_valid(own) && g_strcmp0(own, item->file_id) != 0) {
        help = g_strdup_printf("rename the file to %s-….md, or mend the id", own);
        rules_report(run, "file-name", item, id->offset, TRUE, help,
                     "the id is %s, but the name of the file says %s", own,
                     item->file_id ? item->file_id : "none");
    }
    return FALSE;
}

static void check_rank(struct rules_run *run, const struct item *item)
{
    const struct value *rank = item_field(item, FIELD_RANK);

    if (item->rank || (rank && rank->count) || !status_is_open(item->status))
        return;
    g_autofree char *help =
        g_strdup_printf("refine set %s rank=bottom puts it last", item->id ? item->id : item->path);
    rules_report(run, "no-rank", item, 0, TRUE, help, "it has no rank, and sorts last");
}

void rules_check_file(struct rules_run *run, const struct item *item)
{
    check_missing(run, item);
    for (guint i = 0; i < item->n_values; i++) {
        if (!item->values[i].field) {
            check_unknown(run, item, &item->values[i]);
            continue;
        }
        check_value(run, item, &item->values[i]);
        check_entries(run, item, &item->values[i]);
    }
    if (!check_id(run, item))
        check_rank(run, item);
}
