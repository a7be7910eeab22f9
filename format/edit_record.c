#include "edit_step.h"

#include <string.h>

/* Map number index of the list under key; NULL with an error where there is none. */
static const struct node *find_record(struct edit *edit, const char *key, guint index, GError **error)
{
    if (!edit_check_readable(edit, error))
        return NULL;
    const struct node *list = node_find(edit->document->front->root, key);
    g_autofree char *number = g_strdup_printf("number %u", index + 1);

    if (node_is_null(list))
        return edit_absent(error, key, NULL), NULL;
    if (list->kind != NODE_SEQUENCE)
        return edit_misshapen(error, key, NODE_SEQUENCE, list), NULL;
    const struct node *record = edit_nth(list, index);
    if (!record)
        return edit_absent(error, key, number), NULL;
    if (record->kind != NODE_MAP)
        return edit_misshapen(error, key, NODE_MAP, record), NULL;
    return record;
}

/* The value behind which a new name goes; record has one. */
static const struct node *find_neighbour(const struct node *record, const char *name,
                                         const char *const *order)
{
    guint place = edit_place_in(order, name);
    const struct node *found = NULL;

    for (const struct node *value = record->first; value; value = value->next)
        if (place == G_MAXUINT || edit_place_in(order, value->key->text) < place)
            found = value;
    return found ? found : edit_nth(record, record->count - 1);
}

/* What the line of a new pair begins with: the bytes before the first name of the record on its line, with a
 * space for the dash; NULL where more than the dash stands there. */
static char *find_prefix(const struct document *document, const struct node *record)
{
    gsize at = record->first->key->span.start;
    gsize start = lines_start(document->text, document->length, at);
    char *prefix = g_strndup(document->text + start, at - start);
    gsize indent = strspn(prefix, " ");

    if (prefix[indent] == '-')
        prefix[indent] = ' ';
    if (prefix[strspn(prefix, " ")])
        g_clear_pointer(&prefix, g_free);
    return prefix;
}

/* What to put where (in span) for the record to get the pair; NULL where there is no good place. */
static char *place_pair(const struct document *document, const struct node *record,
                        const struct edit_pair *pair, const char *const *order, struct span *span)
{
    gboolean flow = record->style == STYLE_FLOW;
    g_autofree char *value = scalar_print(pair->value, pair->type, STYLE_PLAIN, flow);
    g_autofree char *printed = g_strconcat(pair->key, ": ", value, NULL);

    if (flow)
        return edit_flow_append(document, record, printed, span);
    g_autofree char *prefix = find_prefix(document, record);
    gsize at = edit_behind(document, find_neighbour(record, pair->key, order));
    *span = (struct span){ at, at };
    return prefix ? g_strconcat(prefix, printed, edit_ending_before(document, at), NULL) : NULL;
}

static gboolean set(struct edit *edit, const char *key, guint index, const struct edit_pair *pair,
                    const char *const *order, GError **error)
{
    const struct node *record = find_record(edit, key, index, error);
    if (!record)
        return FALSE;
    const struct node *value = node_find(record, pair->key);
    if (value)
        return edit_replace_in_record(edit, value, key, index, pair, record->style == STYLE_FLOW, error);

    struct span span;
    g_autofree char *text = place_pair(edit->document, record, pair, order, &span);
    g_autofree char *what = g_strdup_printf("add %s to %s", pair->key, key);
    if (!text)
        return edit_refuse(error, what);
    struct document *after = edit_splice(edit, span, text);
    const struct node *list = node_find(after->front->root, key);
    const struct node *grown = list && list->kind == NODE_SEQUENCE ? edit_nth(list, index) : NULL;
    const struct node *added = grown && grown->kind == NODE_MAP ? node_find(grown, pair->key) : NULL;
    return edit_prove(edit, after, NULL, added, edit_is_scalar(added, pair->value), what, error);
}

gboolean edit_record_set(struct edit *edit, const char *key, guint index, struct edit_pair pair,
                         const char *const *order, GError **error)
{
    struct edit_step *step = edit_step_new(EDIT_STEP_RECORD_SET, key, order);

    step->name = g_strdup(pair.key);
    step->text = g_strdup(pair.value);
    step->type = pair.type;
    step->version = g_bytes_ref(edit_bytes(edit));
    step->index = index;
    return edit_step_keep(edit, step, set(edit, key, index, &pair, order, error));
}
