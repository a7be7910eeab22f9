#include "index_item.h"

#include <string.h>

/* What stands for the field of a key that is the user's own; the key is the first text then. */
#define OWN_KEY 0xff

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
    guint32 count = item->n_values;

    for (guint i = 0; i < item->n_values; i++)
        if (!fits(&item->values[i]))
            return FALSE;
    g_byte_array_append(bytes, (const guint8 *)&count, sizeof count);
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

/* How many texts the values have, NULLs behind each value included in *places; FALSE where one cannot be. */
static gboolean count_texts(const struct packed *values, guint32 count, gsize *texts, gsize *places)
{
    *texts = *places = 0;
    for (guint32 i = 0; i < count; i++) {
        if ((values[i].field >= N_FIELDS && values[i].field != OWN_KEY) || values[i].kind > NODE_MAP)
            return FALSE;
        *texts += values[i].count + (values[i].field == OWN_KEY);
        *places += values[i].count + 1u;
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

static void fill_values(struct item *item, const struct packed *packed, const char *texts)
{
    const char **place = item->texts;

    for (guint i = 0; i < item->n_values; i++) {
        struct value *value = &item->values[i];
        value->field = packed[i].field == OWN_KEY ? NULL : &field_table()[packed[i].field];
        value->key = value->field ? value->field->name : take_text(&texts);
        value->kind = packed[i].kind;
        value->count = packed[i].count;
        value->records = packed[i].records;
        value->offset = packed[i].offset;
        value->texts = place;
        for (guint j = 0; j < value->count; j++)
            *place++ = take_text(&texts);
        *place++ = NULL;
    }
}

gboolean index_item_parse(struct item *item, const char *path, const char *file_id, const void *bytes,
                          gsize length, GStringChunk *strings)
{
    const char *at = bytes, *end = at + length;
    guint32 count;
    gsize texts, places;

    if (length < sizeof count)
        return FALSE;
    memcpy(&count, at, sizeof count);
    at += sizeof count;
    if (count > (gsize)(end - at) / sizeof(struct packed))
        return FALSE;
    g_autofree struct packed *packed = g_memdup2(at, count * sizeof *packed);
    at += count * sizeof *packed;
    if (!count_texts(packed, count, &texts, &places) || !has_texts(at, end, texts))
        return FALSE;

    *item = (struct item){
        .path = path, .file_id = file_id, .id = file_id, .readable = TRUE, .title = "", .n_values = count
    };
    item->values = g_new(struct value, count);
    item->texts = g_new(const char *, places);
    fill_values(item, packed, g_string_chunk_insert_len(strings, at, end - at));
    item_settle(item);
    return TRUE;
}
