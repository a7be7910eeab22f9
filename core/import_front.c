#include "import_front.h"

#include "clock.h"

#include <string.h>

/* -- complaints -- */

struct position import_front_place(const struct import_front *front, const struct node *node)
{
    return lines_locate(front->document->text, front->document->length, node->span.start);
}

gboolean import_front_fits(const struct import_front *front, const struct node *node, const char *what)
{
    if (node->length <= IMPORT_LONGEST)
        return TRUE;
    finding_add_parse(front->findings, front->document->text, front->document->length, node->span.start, NULL,
                      "%s: expected at most %d bytes, saw %" G_GSIZE_FORMAT, what, IMPORT_LONGEST,
                      node->length);
    return FALSE;
}

/* Keeps what is no scalar, and not empty, as the text that it is, under x-… and key. */
static void keep_nested(const struct import_front *front, const struct node *node, const char *key)
{
    if (node->count == 0)
        return;
    g_autofree char *text = g_strndup(front->document->text + node->span.start, span_length(node->span));

    import_item_keep(front->item, key, g_strstrip(text), SCALAR_STRING);
    import_item_remark(front->item, SEVERITY_NOTE, import_front_place(front, node), "%s: %s is kept as text",
                       key, node_kind_name(node->kind));
}

/* -- values -- */

static enum scalar_type type_of(const struct node *node)
{
    return node->style == STYLE_PLAIN ? SCALAR_TYPED : SCALAR_STRING;
}

gboolean import_front_is_text(const struct import_front *front, const struct node *node)
{
    if (node->kind == NODE_SCALAR)
        return !node_is_null(node) && node->length > 0;
    keep_nested(front, node, node->key->text);
    return FALSE;
}

/* The texts of a list, or the one of a scalar, as an array of nodes. */
static GPtrArray *texts_of(const struct import_front *front, const struct node *node)
{
    GPtrArray *texts = g_ptr_array_new();
    if (node->kind == NODE_MAP) {
        keep_nested(front, node, node->key->text);
        return texts;
    }
    gboolean is_one = node->kind == NODE_SCALAR;
    for (const struct node *entry = is_one ? node : node->first; entry; entry = is_one ? NULL : entry->next) {
        if (entry->kind != NODE_SCALAR)
            keep_nested(front, entry, node->key->text);
        else if (!node_is_null(entry) && entry->length > 0)
            g_ptr_array_add(texts, (gpointer)entry);
    }
    return texts;
}

void import_front_keep(const struct import_front *front, const char *name, const struct node *node)
{
    import_item_keep(front->item, name, node->text, type_of(node));
}

static void keep_texts(const struct import_front *front, const char *name, const GPtrArray *texts)
{
    if (texts->len > 0)
        import_item_keep_list(front->item, name);
    for (guint i = 0; i < texts->len; i++) {
        const struct node *text = texts->pdata[i];
        import_item_keep_entry(front->item, text->text, type_of(text));
    }
}

/* -- fields -- */

gboolean import_front_take_created(const struct import_front *front, const struct node *node, const char *key)
{
    if (!import_front_is_text(front, node))
        return TRUE;
    g_autofree char *text = g_strndup(node->text, 10);
    gboolean is_day = clock_is_day(text) && !g_ascii_isdigit(node->text[10]);
    if (is_day)
        front->item->created = g_strdup(text);
    else
        import_item_remark(front->item, SEVERITY_WARNING, import_front_place(front, node),
                           "%s: expected a day as YYYY-MM-DD, saw %s; the day of the import stands for it",
                           key, node->text);
    if (!is_day || node->length > 10)
        import_front_keep(front, key, node);
    return TRUE;
}

gboolean import_front_take_type(const struct import_front *front, const struct node *node,
                                const struct policy *policy)
{
    if (!import_front_is_text(front, node))
        return TRUE;
    g_free(front->item->type);
    front->item->type = g_strdup(import_type_named(policy, node->text));
    if (g_ascii_strcasecmp(node->text, front->item->type) != 0)
        import_front_keep(front, "type", node);
    return TRUE;
}

gboolean import_front_take_owner(const struct import_front *front, const struct node *node, const char *key)
{
    g_autoptr(GPtrArray) names = texts_of(front, node);
    const struct node *first = names->len ? names->pdata[0] : NULL;

    if (!first)
        return TRUE;
    const char *bare = first->text + (*first->text == '@');
    if (*bare)
        front->item->owner = g_strdup(bare);
    if (names->len > 1 || !*bare)
        keep_texts(front, key, names);
    return import_front_fits(front, first, key);
}

gboolean import_front_take_labels(const struct import_front *front, const struct node *node, const char *key)
{
    g_autoptr(GPtrArray) labels = texts_of(front, node);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < labels->len; i++) {
        const struct node *label = labels->pdata[i];
        if (!import_front_fits(front, label, key))
            return FALSE;
        if (g_hash_table_add(seen, (gpointer)label->text))
            g_ptr_array_add(front->item->labels, g_strdup(label->text));
    }
    return TRUE;
}

gboolean import_front_take_depends(const struct import_front *front, const struct node *node, const char *key)
{
    g_autoptr(GPtrArray) entries = texts_of(front, node);

    for (guint i = 0; i < entries->len; i++) {
        const struct node *entry = entries->pdata[i];
        if (!import_front_fits(front, entry, key))
            return FALSE;
        struct import_reference reference = { g_strdup(entry->text), key, IMPORT_NONE,
                                              import_front_place(front, entry) };
        g_array_append_val(front->item->depends, reference);
    }
    return TRUE;
}

gboolean import_front_take_parent(const struct import_front *front, const struct node *node, const char *key)
{
    if (!import_front_is_text(front, node))
        return TRUE;
    front->item->parent =
        (struct import_reference){ g_strdup(node->text), key, IMPORT_NONE, import_front_place(front, node) };
    return import_front_fits(front, node, key);
}

static void keep_other(const struct import_front *front, const struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        if (import_front_is_text(front, node))
            import_front_keep(front, node->key->text, node);
        return;
    }
    g_autoptr(GPtrArray) texts = texts_of(front, node);
    keep_texts(front, node->key->text, texts);
}

gboolean import_front_read(const struct import_front *front, const struct import_front_taker *takers)
{
    for (const struct node *node = front->document->front->root->first; node; node = node->next) {
        const struct import_front_taker *taker = takers;
        while (taker->key && strcmp(node->key->text, taker->key) != 0)
            taker++;
        if (!taker->key)
            keep_other(front, node);
        else if (!taker->take(front, node, taker->key))
            return FALSE;
    }
    return TRUE;
}
