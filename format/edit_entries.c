#include "edit_step.h"

#include <string.h>

/* -- printing -- */

static void print_pairs(GString *out, const struct edit_entry *entry, gboolean flow, const char *between)
{
    /* The keys of a record are words of the format, as those of the file itself. */
    enum scalar_type type = entry->kind == NODE_MAP ? SCALAR_STRING : SCALAR_TYPED;

    for (gsize i = 0; i < entry->n; i++) {
        const struct edit_pair *pair = &entry->pairs[i];
        g_autofree char *value = scalar_print(pair->value, pair->type, STYLE_PLAIN, flow);
        g_autofree char *name = pair->key ? scalar_print(pair->key, type, STYLE_PLAIN, flow) : NULL;
        g_string_append_printf(out, "%s%s%s%s", i ? between : "", name ? name : "", name ? ": " : "", value);
    }
}

/* The entry as it stands between brackets: a value, a record in braces, or a pair of a map. */
static char *print_flow(const struct edit_entry *entry)
{
    gboolean record = entry->kind == NODE_SEQUENCE && entry->pairs[0].key;
    GString *out = g_string_new(record ? "{" : NULL);
    print_pairs(out, entry, TRUE, ", ");
    g_string_append(out, record ? "}" : "");
    return g_string_free(out, FALSE);
}

/* The entry as lines: prefix, then each further pair on a line of its own at the same depth. */
static char *print_block(const char *prefix, const struct edit_entry *entry, const char *ending)
{
    g_autofree char *depth = g_strnfill(strlen(prefix), ' ');
    g_autofree char *between = g_strconcat(ending, depth, NULL);
    GString *out = g_string_new(prefix);
    print_pairs(out, entry, FALSE, between);
    g_string_append(out, ending);
    return g_string_free(out, FALSE);
}

/* What a line of a new entry begins with: the bytes before the last entry on its line, where they are spaces
 * and, in a list, one dash; NULL where the last entry does not begin a line of its own. */
static char *find_prefix(const struct document *document, const struct node *collection)
{
    const char *text = document->text;
    gsize at = edit_entry_start(edit_nth(collection, collection->count - 1));
    gsize start = lines_start(text, document->length, at);
    g_autofree char *prefix = g_strndup(text + start, at - start);
    gsize indent = strspn(prefix, " ");

    if (collection->kind == NODE_MAP)
        return prefix[indent] == '\0' ? g_steal_pointer(&prefix) : NULL;
    if (prefix[indent] != '-' || prefix[indent + 1 + strspn(prefix + indent + 1, " ")] != '\0')
        return NULL;
    /* An entry without a value stands right behind its dash. */
    return g_str_has_suffix(prefix, "-") ? g_strconcat(prefix, " ", NULL) : g_steal_pointer(&prefix);
}

/* -- adding -- */

/* What to put where (in span) for entry to be the last of the collection node, or, where node has no value,
 * its only one; NULL where there is no good place. */
static char *place_entry(const struct document *document, const struct node *node,
                         const struct edit_entry *entry, struct span *span)
{
    g_autofree char *printed = print_flow(entry);
    if (node_is_null(node)) {
        gboolean gap = span_is_empty(node->span);
        *span = node->span;
        return g_strconcat(gap ? " " : "", entry->kind == NODE_MAP ? "{" : "[", printed,
                           entry->kind == NODE_MAP ? "}" : "]", NULL);
    }
    if (node->style == STYLE_FLOW)
        return edit_flow_append(document, node, printed, span);

    g_autofree char *prefix = find_prefix(document, node);
    gsize at = edit_behind(document, node);
    *span = (struct span){ at, at };
    return prefix ? print_block(prefix, entry, edit_ending_before(document, at)) : NULL;
}

static gboolean add_key(struct edit *edit, const char *key, const struct edit_entry *entry,
                        const char *const *order, GError **error)
{
    gsize at = edit_place_for(edit->document, key, order);
    const char *ending = edit_ending_before(edit->document, at);
    g_autofree char *name = scalar_print(key, SCALAR_TYPED, STYLE_PLAIN, FALSE);
    g_autofree char *printed = print_block(entry->kind == NODE_MAP ? "  " : "  - ", entry, ending);
    g_autofree char *lines = g_strconcat(name, ":", ending, printed, NULL);
    return edit_insert_key(edit, at, key, lines, entry, error);
}

static gboolean add_entry(struct edit *edit, const char *key, const struct edit_entry *entry,
                          const char *const *order, GError **error)
{
    if (!edit_check_readable(edit, error))
        return FALSE;
    const struct node *node = node_find(edit->document->front->root, key);
    if (!node)
        return add_key(edit, key, entry, order, error);
    if (!node_is_null(node) && node->kind != entry->kind)
        return edit_misshapen(error, key, entry->kind, node);

    struct span span;
    g_autofree char *text = place_entry(edit->document, node, entry, &span);
    g_autofree char *what = g_strdup_printf("add to %s", key);
    if (!text)
        return edit_refuse(error, what);

    struct document *after = edit_splice(edit, span, text);
    const struct node *grown = node_find(after->front->root, key);
    const struct node *added = grown && grown->count ? edit_nth(grown, grown->count - 1) : NULL;
    gboolean meant = added && grown->kind == entry->kind && edit_is_entry(added, entry);
    if (node_is_null(node))
        return edit_prove(edit, after, node, grown, meant && grown->count == 1, what, error);
    return edit_prove(edit, after, NULL, added, meant, what, error);
}

gboolean edit_entry_add(struct edit *edit, const char *key, const char *value, const char *const *order,
                        GError **error)
{
    struct edit_pair pair = { .value = value };
    struct edit_entry entry = { NODE_SEQUENCE, &pair, 1 };
    struct edit_step *step = edit_step_new(EDIT_STEP_ENTRY_ADD, key, order);

    step->text = g_strdup(value);
    step->count = edit_count_entries(edit, key, &entry) + 1;
    return edit_step_keep(edit, step, add_entry(edit, key, &entry, order, error));
}

gboolean edit_record_add(struct edit *edit, const char *key, const struct edit_pair *pairs, gsize n,
                         const char *const *order, GError **error)
{
    struct edit_entry entry = { NODE_SEQUENCE, pairs, n };
    struct edit_step *step = edit_step_new(EDIT_STEP_RECORD_ADD, key, order);

    step->pairs = g_new(struct edit_pair, n);
    for (step->n = 0; step->n < n; step->n++)
        step->pairs[step->n] = (struct edit_pair){ g_strdup(pairs[step->n].key),
                                                   g_strdup(pairs[step->n].value), pairs[step->n].type };
    step->count = edit_count_entries(edit, key, &entry) + 1;
    return edit_step_keep(edit, step, add_entry(edit, key, &entry, order, error));
}

static gboolean set_in_map(struct edit *edit, const char *key, struct edit_pair pair,
                           const char *const *order, GError **error)
{
    if (!edit_check_readable(edit, error))
        return FALSE;
    const struct node *map = node_find(edit->document->front->root, key);
    const struct node *value = node_find(map, pair.key);
    struct edit_entry entry = { NODE_MAP, &pair, 1 };

    if (!value)
        return add_entry(edit, key, &entry, order, error);
    return edit_replace_scalar(edit, value, key, pair.key, pair.value, pair.type, map->style == STYLE_FLOW,
                               error);
}

gboolean edit_map_set(struct edit *edit, const char *key, struct edit_pair pair, const char *const *order,
                      GError **error)
{
    struct edit_step *step = edit_step_new(EDIT_STEP_MAP_SET, key, order);

    step->name = g_strdup(pair.key);
    step->text = g_strdup(pair.value);
    step->type = pair.type;
    return edit_step_keep(edit, step, set_in_map(edit, key, pair, order, error));
}

/* -- removing -- */

static gboolean remove_entry(struct edit *edit, const char *key, const struct node *collection,
                             const struct node *entry, GError **error)
{
    const struct document *document = edit->document;
    g_autofree char *what = g_strdup_printf("remove from %s", key);

    if (collection->style == STYLE_FLOW) {
        struct span span = edit_flow_cut(document, collection, entry);
        return edit_prove(edit, edit_splice(edit, span, ""), entry, NULL, TRUE, what, error);
    }
    if (collection->count == 1) {
        /* The key goes with its last entry, but no remark of the user's with it. */
        const struct node *value = node_find(document->front->root, key);
        gsize from = value->key->span.end, to = edit_entry_start(entry);
        return memchr(document->text + from, '#', to - from) ? edit_refuse(error, what)
                                                             : edit_remove_key(edit, key, error);
    }

    gsize start = lines_start(document->text, document->length, edit_entry_start(entry));
    gsize indent = lines_spaces(document->text, document->length, start);
    if (collection->kind == NODE_SEQUENCE && document->text[start + indent] != '-')
        return edit_refuse(error, what);
    return edit_remove_lines(edit, start, entry, what, error);
}

static const struct node *find_collection(struct edit *edit, const char *key, enum node_kind kind,
                                          GError **error)
{
    if (!edit_check_readable(edit, error))
        return NULL;
    const struct node *node = node_find(edit->document->front->root, key);
    if (node_is_null(node))
        edit_absent(error, key, NULL);
    else if (node->kind != kind)
        edit_misshapen(error, key, kind, node);
    else
        return node;
    return NULL;
}

static gboolean remove_value(struct edit *edit, const char *key, const char *value, GError **error)
{
    const struct node *list = find_collection(edit, key, NODE_SEQUENCE, error);
    if (!list)
        return FALSE;
    for (const struct node *entry = list->first; entry; entry = entry->next)
        if (edit_is_scalar(entry, value))
            return remove_entry(edit, key, list, entry, error);
    return edit_absent(error, key, value);
}

gboolean edit_entry_remove(struct edit *edit, const char *key, const char *value, GError **error)
{
    struct edit_pair pair = { .value = value };
    struct edit_entry entry = { NODE_SEQUENCE, &pair, 1 };
    struct edit_step *step = edit_step_new(EDIT_STEP_ENTRY_REMOVE, key, NULL);
    guint count = edit_count_entries(edit, key, &entry);

    step->text = g_strdup(value);
    step->count = count ? count - 1 : 0;
    return edit_step_keep(edit, step, remove_value(edit, key, value, error));
}

/* The index of the first entry that is value; -1: none is. */
static gint find_value(const struct node *list, const char *value)
{
    gint index = 0;

    for (const struct node *entry = list->first; entry; entry = entry->next, index++)
        if (edit_is_scalar(entry, value))
            return index;
    return -1;
}

static gboolean set_value(struct edit *edit, const char *key, const char *value, const char *replacement,
                          GError **error)
{
    const struct node *list = find_collection(edit, key, NODE_SEQUENCE, error);
    gint index = list ? find_value(list, value) : -1;

    if (!list)
        return FALSE;
    if (index < 0)
        return edit_absent(error, key, value);
    const struct node *entry = edit_nth(list, (guint)index);
    return find_value(list, replacement) >= 0
               ? remove_entry(edit, key, list, entry, error)
               : edit_replace_entry(edit, entry, key, (guint)index, replacement, list->style == STYLE_FLOW,
                                    error);
}

gboolean edit_entry_set(struct edit *edit, const char *key, const char *value, const char *replacement,
                        GError **error)
{
    struct edit_step *step = edit_step_new(EDIT_STEP_ENTRY_SET, key, NULL);

    step->name = g_strdup(value);
    step->text = g_strdup(replacement);
    return edit_step_keep(edit, step, set_value(edit, key, value, replacement, error));
}

static gboolean remove_number(struct edit *edit, const char *key, guint index, GError **error)
{
    const struct node *list = find_collection(edit, key, NODE_SEQUENCE, error);
    if (!list)
        return FALSE;
    const struct node *entry = edit_nth(list, index);
    g_autofree char *number = g_strdup_printf("number %u", index + 1);
    return entry ? remove_entry(edit, key, list, entry, error) : edit_absent(error, key, number);
}

gboolean edit_record_remove(struct edit *edit, const char *key, guint index, GError **error)
{
    struct edit_step *step = edit_step_new(EDIT_STEP_RECORD_REMOVE, key, NULL);

    step->version = g_bytes_ref(edit_bytes(edit));
    step->index = index;
    return edit_step_keep(edit, step, remove_number(edit, key, index, error));
}

static gboolean remove_name(struct edit *edit, const char *key, const char *name, GError **error)
{
    const struct node *map = find_collection(edit, key, NODE_MAP, error);
    if (!map)
        return FALSE;
    const struct node *entry = node_find(map, name);
    return entry ? remove_entry(edit, key, map, entry, error) : edit_absent(error, key, name);
}

gboolean edit_map_remove(struct edit *edit, const char *key, const char *name, GError **error)
{
    struct edit_step *step = edit_step_new(EDIT_STEP_MAP_REMOVE, key, NULL);

    step->name = g_strdup(name);
    return edit_step_keep(edit, step, remove_name(edit, key, name, error));
}
