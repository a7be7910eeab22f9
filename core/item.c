#include "item.h"

#include "ident.h"
#include "rank.h"

#include <string.h>

/* So many characters of a title tell which item it is. */
#define TITLE_LENGTH 40

/* Texts that many items share are kept once. */
static const char *keep(GStringChunk *strings, const struct field *field, const char *text)
{
    gboolean shared =
        field && (field->kind == FIELD_CHOICE || field->kind == FIELD_DAY || field->kind == FIELD_LIST);
    return shared ? g_string_chunk_insert_const(strings, text) : g_string_chunk_insert(strings, text);
}

/* Fills value; its texts go to *texts, which is moved past them and a NULL. */
static void read_value(struct value *value, const struct node *node, GStringChunk *strings,
                       const char ***texts)
{
    value->key = g_string_chunk_insert_const(strings, node->key->text);
    value->field = field_find(value->key);
    value->kind = node->kind;
    value->offset = (guint32)(span_is_empty(node->span) ? node->key->span.start : node->span.start);
    value->texts = *texts;
    if (node->kind == NODE_SCALAR && !node_is_null(node))
        (*texts)[value->count++] = keep(strings, value->field, node->text);
    for (const struct node *child = node->first; child; child = child->next) {
        const struct node *text = node->kind == NODE_MAP ? child->key : child;
        if (text->kind == NODE_SCALAR)
            (*texts)[value->count++] = keep(strings, value->field, text->text);
        else
            value->records++;
    }
    *texts += value->count + 1;
}

static void read_values(struct item *item, const struct node *root, GStringChunk *strings)
{
    gsize texts = 0;
    guint i = 0;

    for (const struct node *node = root->first; node; node = node->next)
        texts += (node->kind == NODE_SCALAR ? 1 : node->count) + 1;
    item->n_values = root->count;
    item->own = g_malloc0(root->count * sizeof(struct value) + texts * sizeof(char *));
    item->values = item->own;
    const char **next = (const char **)(item->values + root->count);
    for (const struct node *node = root->first; node; node = node->next)
        read_value(&item->values[i++], node, strings, &next);
}

void item_init(struct item *item, const char *path, const char *file_id, const struct document *document,
               GStringChunk *strings)
{
    const struct node *root = document ? document->front->root : NULL;

    *item = (struct item){
        .path = path, .file_id = file_id, .id = file_id, .readable = root != NULL, .title = ""
    };
    item->status = STATUS_UNKNOWN;
    if (!root)
        return;
    read_values(item, root, strings);
    item_settle(item);
}

void item_settle(struct item *item)
{
    item->status = STATUS_UNKNOWN;
    for (guint i = 0; i < item->n_values; i++) {
        const struct value *value = &item->values[i];
        if (!value->field || value->kind != NODE_SCALAR || value->count == 0 || *value->texts[0] == '\0')
            continue;
        const char *text = value->texts[0];
        if (value->field->id == FIELD_TITLE)
            item->title = text;
        else if (value->field->id == FIELD_ID && ident_is_valid(text))
            item->id = text;
        else if (value->field->id == FIELD_RANK && rank_is_valid(text))
            item->rank = text;
        else if (value->field->id == FIELD_STATUS)
            item->status = status_parse(text);
    }
}

void item_clear(struct item *item)
{
    g_clear_pointer(&item->own, g_free);
    item->values = NULL;
    item->n_values = 0;
}

const struct value *item_value(const struct item *item, const char *key)
{
    for (guint i = 0; i < item->n_values; i++)
        if (*item->values[i].key == *key && strcmp(item->values[i].key, key) == 0)
            return &item->values[i];
    return NULL;
}

const struct value *item_field(const struct item *item, enum field_id field)
{
    const struct field *wanted = &field_table()[field];
    for (guint i = 0; i < item->n_values; i++)
        if (item->values[i].field == wanted)
            return &item->values[i];
    return NULL;
}

const char *item_text(const struct item *item, enum field_id field)
{
    const struct value *value = item_field(item, field);
    return value && value->kind == NODE_SCALAR && value->count && *value->texts[0] ? value->texts[0] : NULL;
}

const char *const *item_texts(const struct item *item, enum field_id field)
{
    static const char *const none[] = { NULL };
    const struct value *value = item_field(item, field);
    return value && value->kind == NODE_SEQUENCE ? value->texts : none;
}

const char *item_name(const struct item *item)
{
    return item->id ? item->id : item->path;
}

void item_append(GString *out, const struct item *item)
{
    g_string_append(out, item_name(item));
    if (!*item->title)
        return;
    if (g_utf8_strlen(item->title, -1) <= TITLE_LENGTH) {
        g_string_append_printf(out, " (%s)", item->title);
        return;
    }
    g_autofree char *begins = g_utf8_substring(item->title, 0, TITLE_LENGTH - 1);
    g_string_append_printf(out, " (%s…)", g_strchomp(begins));
}

int item_compare(const struct item *a, const struct item *b)
{
    if (!a->rank != !b->rank)
        return a->rank ? -1 : 1;
    int by_rank = a->rank ? strcmp(a->rank, b->rank) : 0;
    if (by_rank)
        return by_rank;
    int by_id = g_strcmp0(a->id, b->id);
    return by_id ? by_id : strcmp(a->path, b->path);
}
