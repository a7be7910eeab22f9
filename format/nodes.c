#include "nodes.h"

#include <string.h>

void nodes_free(struct nodes *nodes)
{
    if (!nodes)
        return;
    g_ptr_array_unref(nodes->blocks);
    g_string_chunk_free(nodes->strings);
    g_free(nodes);
}

static const struct node *find(const struct node *map, const char *key, gsize length)
{
    if (!map || map->kind != NODE_MAP)
        return NULL;
    for (const struct node *value = map->first; value; value = value->next)
        if (strncmp(value->key->text, key, length) == 0 && value->key->text[length] == '\0')
            return value;
    return NULL;
}

const struct node *node_find(const struct node *map, const char *key)
{
    return find(map, key, strlen(key));
}

const struct node *node_find_path(const struct node *map, const char *path)
{
    for (const char *end; map && *path; path = *end ? end + 1 : end) {
        end = path + strcspn(path, ".");
        map = find(map, path, (gsize)(end - path));
    }
    return map;
}

gboolean node_is_null(const struct node *node)
{
    if (!node)
        return TRUE;
    return node->kind == NODE_SCALAR && node->style == STYLE_PLAIN &&
           (node->length == 0 || strcmp(node->text, "~") == 0 || g_ascii_strcasecmp(node->text, "null") == 0);
}

gboolean node_equal(const struct node *a, const struct node *b)
{
    if (!a || !b)
        return a == b;
    if (a->kind != b->kind || a->count != b->count)
        return FALSE;
    if (a->kind == NODE_SCALAR)
        return a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
    for (a = a->first, b = b->first; a && b; a = a->next, b = b->next)
        if ((a->key && !node_equal(a->key, b->key)) || !node_equal(a, b))
            return FALSE;
    return TRUE;
}

const char *node_kind_name(enum node_kind kind)
{
    static const char *const names[] = { "a value", "a list", "a map" };
    return names[kind];
}
