#include "index_item.h"

#include <string.h>

/* What stands for the field of a key that is the user's own; the key is the first text then. */
#define OWN_KEY 0xff

/* What stands before the values. */
struct head {
    guint32 values;
    guint32 places; /* for texts, with a NULL behind those of each value */
};

/* A value, as it is written. */
struct packed {
    guint8 field;
    guint8 kind;
    guint16 count;
    guint16 records;
    guint16 offset;
};
G_STATIC_ASSERT(sizeof(struct packed) == 8);
G_STATIC_ASSERT(N_FIELDS < OWN_KEY);

/* -- writing -- */

static void add_text(GByteArray *bytes, const char *text)
{
    g_byte_array_append(bytes, (const guint8 *)text, (guint)strlen(text) + 1);
}

static gboolean fits(const struct value *value)
{
    return value->count <= G_MAXUINT16 && value->records <= G_MAXUINT16 && value->offset <= G_MAXUINT16;
}

gboolean index_item_print(GByteArray *bytes, const struct item *item)
{
    struct head head = { item->n_values, item->n_values };

    for (guint i = 0; i < item->n_values; i++)
        if (!fits(&item->values[i]))
            return FALSE;
        else
            head.places += item->values[i].count;
    g_byte_array_append(bytes, (const guint8 *)&head, sizeof head);
    for (guint i = 0; i < item->n_values; i++) {
        const struct value *value = &item->values[i];
        const struct packed packed = {
            .field = value->field ? (guint8)value->field->id : OWN_KEY,
            .kind = (guint8)value->kind,
            .count = (guint16)value->count,
            .records = (guint16)value->records,
            .offset = (guint16)value->offset,
        };
        g_byte_array_append(bytes, (const guint8 *)&packed, sizeof packed);
    }
    for (guint i = 0; i < item->n_values; i++) {
        const struct value *value = &item->values[i];
        if (!value->field)
            add_text(bytes, value->key);
        for (guint j = 0; j < value->count; j++)
            add_text(bytes, value->texts[j]);
    }
    return TRUE;
}

/* -- reading -- */

/* The next text, which *at is moved past; there is one, count_texts has seen to it. */
static const char *take_text(const char **at)
{
    const char *text = *at;
    *at += strlen(text) + 1;
    return text;
}

static struct packed value_at(const char *values, guint32 i)
{
    struct packed value;
    memcpy(&value, values + i * sizeof value, sizeof value); /* it need not be aligned */
    return value;
}

/* How many texts the values have, and how many places with the NULLs behind each value; FALSE where one
 * cannot be. */
static gboolean count_texts(const char *values, guint32 count, gsize *texts, gsize *places)
{
    *texts = *places = 0;
    for (guint32 i = 0; i < count; i++) {
        struct packed value = value_at(values, i);
        if ((value.field >= N_FIELDS && value.field != OWN_KEY) || value.kind > NODE_MAP)
            return FALSE;
        *texts += value.count + (value.field == OWN_KEY);
        *places += value.count + 1u;
    }
    return TRUE;
}

/* Whether there are just so many texts, each with its end. */
static gboolean has_texts(const char *at, const char *end, gsize texts)
{
    for (; texts; texts--) {
        at = at < end ? memchr(at, '\0', (gsize)(end - at)) : NULL;
        if (!at++)
            return FALSE;
    }
    return at == end;
}

static void fill_values(struct item *item, const char *values, const char *texts)
{
    const char **place = (const char **)(item->values + item->n_values);

    for (guint i = 0; i < item->n_values; i++) {
        struct packed packed = value_at(values, i);
        struct value *value = &item->values[i];
        value->field = packed.field == OWN_KEY ? NULL : &field_table()[packed.field];
        value->key = value->field ? value->field->name : take_text(&texts);
        value->kind = packed.kind;
        value->count = packed.count;
        value->records = packed.records;
        value->offset = packed.offset;
        value->texts = place;
        for (guint j = 0; j < value->count; j++)
            *place++ = take_text(&texts);
        *place++ = NULL;
    }
}

/* Reads what stands before the values; FALSE where that is more than there can be. */
static gboolean read_head(struct head *head, const void *bytes, gsize length)
{
    if (length < sizeof *head)
        return FALSE;
    memcpy(head, bytes, sizeof *head);
    return head->values <= (length - sizeof *head) / sizeof(struct packed) && head->places <= length;
}

gsize index_item_room(const void *bytes, gsize length)
{
    struct head head;
    return read_head(&head, bytes, length) ? head.values * sizeof(struct value) + head.places * sizeof(char *)
                                           : 0;
}

gboolean index_item_parse(struct item *item, const char *path, const char *file_id, const void *bytes,
                          gsize length, gpointer room)
{
    const char *values = (const char *)bytes + sizeof(struct head), *end = (const char *)bytes + length;
    struct head head;
    gsize texts, places;

    if (!read_head(&head, bytes, length))
        return FALSE;
    const char *at = values + head.values * sizeof(struct packed);
    if (!count_texts(values, head.values, &texts, &places) || places != head.places ||
        !has_texts(at, end, texts))
        return FALSE;

    *item = (struct item){ .path = path,
                           .file_id = file_id,
                           .id = file_id,
                           .readable = TRUE,
                           .title = "",
                           .n_values = head.values,
                           .values = room };
    fill_values(item, values, at);
    item_settle(item);
    return TRUE;
}
