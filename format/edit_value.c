#include "edit_step.h"

#include <string.h>

/* The parts of a block scalar as it stands. */
struct block_scalar {
    gsize marks;    /* where the indicators end, "|" or ">" included */
    gboolean fixed; /* one of them is a digit, the depth of the lines */
    gsize first;    /* where the lines begin */
    gsize end;      /* where they end */
};

static struct block_scalar find_parts(const struct document *document, const struct node *node)
{
    const char *text = document->text;
    struct block_scalar block = { .marks = node->span.start + 1, .end = node->span.end };

    for (; block.marks < node->span.end && strchr("+-0123456789", text[block.marks]); block.marks++)
        block.fixed |= g_ascii_isdigit(text[block.marks]);
    block.first = MIN(lines_next(text, document->length, node->span.start), node->span.end);
    return block;
}

/* The comment behind the indicators of a block scalar with the spaces before it; "" where there is none. */
static char *header_comment(const struct document *document, const struct node *node)
{
    struct block_scalar block = find_parts(document, node);
    gsize end = lines_end(document->text, document->length, block.marks);
    return g_strndup(document->text + block.marks, end - block.marks);
}

/* The depth of the lines of a block scalar: that of the first which is not blank; 0 where there is none. */
static gsize find_indent(const struct document *document, const struct block_scalar *block)
{
    const char *text = document->text;
    gsize at = block->first;

    while (at < block->end && lines_is_blank(text, document->length, at))
        at = lines_next(text, document->length, at);
    return at < block->end ? lines_spaces(text, document->length, at) : 0;
}

/* The indicator for a value that ends with so many line feeds; NULL where none would do. */
static const char *find_chomping(const struct document *document, const struct node *node, gsize feeds)
{
    gsize behind = lines_next(document->text, document->length, node->span.end);
    gboolean keep = feeds == edit_blank_lines(document, behind) + 1;

    if (keep && (feeds > 1 || document->text[node->span.start + 1] == '+'))
        return "+";
    return feeds == 0 ? "-" : feeds == 1 ? "" : NULL;
}

/* value as lines of the literal block that node is; NULL where a literal block cannot hold it. */
static char *print_literal(const struct document *document, const struct node *node, const char *value)
{
    const char *text = document->text;
    struct block_scalar block = find_parts(document, node);
    gsize indent = find_indent(document, &block), length = strlen(value);

    while (length > 0 && value[length - 1] == '\n')
        length--;
    const char *chomping = find_chomping(document, node, strlen(value) - length);
    if (!chomping || block.fixed || indent == 0 || length == 0 || strchr(" \t\n", *value) ||
        strchr(" \t", value[length - 1]) || scalar_needs_escape(value))
        return NULL;

    g_autofree char *body = g_strndup(value, length);
    g_auto(GStrv) lines = g_strsplit(body, "\n", -1);
    g_autofree char *comment = header_comment(document, node);
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "|%s%s", chomping, comment);
    for (gsize i = 0; lines[i]; i++) {
        g_string_append(out, lines_ending(text, document->length, node->span.start));
        if (*lines[i])
            g_string_append_printf(out, "%*s%s", (int)indent, "", lines[i]);
    }
    return g_string_free(out, FALSE);
}

/* The style of the value that stands there; but double quotes that it needed and the new value does not are
 * not kept, so that a plain value which is set to one with a colon, and back, is plain again. */
static enum node_style style_to_keep(const struct node *node, const char *value, gboolean flow)
{
    gboolean needed = node->style == STYLE_DOUBLE && !scalar_is_plain(node->text, flow);
    return needed && scalar_is_plain(value, flow) ? STYLE_PLAIN : node->style;
}

static char *print_in_place(const struct document *document, const struct node *node, const char *value,
                            enum scalar_type type, gboolean flow)
{
    char *literal = node->style == STYLE_LITERAL ? print_literal(document, node, value) : NULL;
    if (literal)
        return literal;
    gboolean block = node->style == STYLE_LITERAL || node->style == STYLE_FOLDED;
    g_autofree char *comment = block ? header_comment(document, node) : g_strdup("");
    g_autofree char *printed = scalar_print(value, type, style_to_keep(node, value, flow), flow);
    gboolean gap = span_is_empty(node->span) && document->text[node->span.start - 1] != ' ';
    return g_strconcat(gap ? " " : "", printed, g_strchomp(comment), NULL);
}

gboolean edit_replace_scalar(struct edit *edit, const struct node *node, const char *key, const char *name,
                             const char *value, enum scalar_type type, gboolean flow, GError **error)
{
    if (node->kind != NODE_SCALAR)
        return edit_misshapen(error, name ? name : key, NODE_SCALAR, node);
    if (edit_is_scalar(node, value) && !span_is_empty(node->span))
        return TRUE;

    g_autofree char *text = print_in_place(edit->document, node, value, type, flow);
    g_autofree char *what = g_strdup_printf("set %s", name ? name : key);
    struct document *after = edit_splice(edit, node->span, text);
    const struct node *found = node_find(after->front->root, key);
    if (name)
        found = node_find(found, name);
    return edit_prove(edit, after, node, found, edit_is_scalar(found, value), what, error);
}

gboolean edit_replace_entry(struct edit *edit, const struct node *entry, const char *key, guint index,
                            const char *value, gboolean flow, GError **error)
{
    g_autofree char *text = print_in_place(edit->document, entry, value, SCALAR_STRING, flow);
    g_autofree char *what = g_strdup_printf("change %s", key);
    struct document *after = edit_splice(edit, entry->span, text);
    const struct node *list = node_find(after->front->root, key);
    const struct node *found = list && list->kind == NODE_SEQUENCE ? edit_nth(list, index) : NULL;

    return edit_prove(edit, after, entry, found, edit_is_scalar(found, value), what, error);
}

gboolean edit_replace_in_record(struct edit *edit, const struct node *node, const char *key, guint index,
                                const struct edit_pair *pair, gboolean flow, GError **error)
{
    if (node->kind != NODE_SCALAR)
        return edit_misshapen(error, pair->key, NODE_SCALAR, node);
    if (edit_is_scalar(node, pair->value) && !span_is_empty(node->span))
        return TRUE;

    g_autofree char *text = print_in_place(edit->document, node, pair->value, pair->type, flow);
    g_autofree char *what = g_strdup_printf("set %s of %s", pair->key, key);
    struct document *after = edit_splice(edit, node->span, text);
    const struct node *list = node_find(after->front->root, key);
    const struct node *record = list && list->kind == NODE_SEQUENCE ? edit_nth(list, index) : NULL;
    const struct node *found = record && record->kind == NODE_MAP ? node_find(record, pair->key) : NULL;

    return edit_prove(edit, after, node, found, edit_is_scalar(found, pair->value), what, error);
}

static gboolean set(struct edit *edit, const char *key, const char *value, enum scalar_type type,
                    const char *const *order, GError **error)
{
    if (!edit_check_readable(edit, error))
        return FALSE;
    const struct node *node = node_find(edit->document->front->root, key);
    if (node)
        return edit_replace_scalar(edit, node, key, NULL, value, type, FALSE, error);

    struct edit_pair pair = { .value = value, .type = type };
    struct edit_entry entry = { NODE_SCALAR, &pair, 1 };
    gsize at = edit_place_for(edit->document, key, order);
    g_autofree char *name = scalar_print(key, SCALAR_TYPED, STYLE_PLAIN, FALSE);
    g_autofree char *printed = scalar_print(value, type, STYLE_PLAIN, FALSE);
    g_autofree char *line = g_strconcat(name, ": ", printed, edit_ending_before(edit->document, at), NULL);
    return edit_insert_key(edit, at, key, line, &entry, error);
}

gboolean edit_set(struct edit *edit, const char *key, const char *value, enum scalar_type type,
                  const char *const *order, GError **error)
{
    struct edit_step *step = edit_step_new(EDIT_STEP_SET, key, order);

    step->text = g_strdup(value);
    step->type = type;
    return edit_step_keep(edit, step, set(edit, key, value, type, order, error));
}
