#include "edit.h"

#include "edit_step.h"

#include <string.h>

G_DEFINE_QUARK(refine_edit, edit_error)

struct edit *edit_new(GBytes *bytes)
{
    struct edit *edit = g_new0(struct edit, 1);
    edit->document = document_new(bytes, NULL);
    edit->steps = g_ptr_array_new_with_free_func((GDestroyNotify)edit_step_free);
    return edit;
}

void edit_free(struct edit *edit)
{
    if (!edit)
        return;
    document_free(edit->document);
    g_ptr_array_unref(edit->steps);
    g_free(edit);
}

GBytes *edit_bytes(const struct edit *edit)
{
    return edit->document->bytes;
}

struct document *edit_document(struct edit *edit)
{
    return edit->document;
}

/* -- errors -- */

gboolean edit_refuse(GError **error, const char *what)
{
    g_set_error(error, EDIT_ERROR, EDIT_ERROR_UNSAFE,
                "cannot %s without touching the lines around it; change it in an editor", what);
    return FALSE;
}

gboolean edit_absent(GError **error, const char *key, const char *value)
{
    if (value)
        g_set_error(error, EDIT_ERROR, EDIT_ERROR_ABSENT, "%s has no entry %s", key, value);
    else
        g_set_error(error, EDIT_ERROR, EDIT_ERROR_ABSENT, "there is no %s", key);
    return FALSE;
}

gboolean edit_misshapen(GError **error, const char *key, enum node_kind kind, const struct node *node)
{
    g_set_error(error, EDIT_ERROR, EDIT_ERROR_SHAPE, "expected %s under %s, saw %s", node_kind_name(kind),
                key, node_kind_name(node->kind));
    return FALSE;
}

gboolean edit_check_readable(const struct edit *edit, GError **error)
{
    const struct node *root = edit->document->front->root;
    if (!root)
        g_set_error(error, EDIT_ERROR, EDIT_ERROR_UNREADABLE,
                    "the front matter cannot be read; refine check says where");
    else if (root->style == STYLE_FLOW)
        g_set_error(error, EDIT_ERROR, EDIT_ERROR_UNREADABLE,
                    "expected one key: value a line, saw a map in braces");
    return root && root->style != STYLE_FLOW;
}

/* -- splicing and proving -- */

struct document *edit_splice(const struct edit *edit, struct span span, const char *replacement)
{
    const struct document *document = edit->document;
    GByteArray *text = g_byte_array_sized_new((guint)(document->length + strlen(replacement)));

    g_assert(span.start <= span.end && span.end <= document->length);
    g_byte_array_append(text, (const guint8 *)document->text, (guint)span.start);
    g_byte_array_append(text, (const guint8 *)replacement, (guint)strlen(replacement));
    g_byte_array_append(text, (const guint8 *)document->text + span.end,
                        (guint)(document->length - span.end));
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(text);
    return document_new(bytes, NULL);
}

void edit_accept(struct edit *edit, struct document *after)
{
    document_free(edit->document);
    edit->document = after;
}

/* Whether both trees are equal once old_skip is left out of the first and new_skip of the second. */
static gboolean equal_but(const struct node *before, const struct node *after, const struct node *old_skip,
                          const struct node *new_skip)
{
    if (before->kind != after->kind)
        return FALSE;
    if (before->kind == NODE_SCALAR)
        return node_equal(before, after);
    before = before->first;
    after = after->first;
    for (;;) {
        if (before && before == old_skip)
            before = before->next;
        if (after && after == new_skip)
            after = after->next;
        if (!before || !after)
            return before == after;
        if (before->key && !node_equal(before->key, after->key))
            return FALSE;
        if (!equal_but(before, after, old_skip, new_skip))
            return FALSE;
        before = before->next;
        after = after->next;
    }
}

gboolean edit_prove(struct edit *edit, struct document *after, const struct node *old_skip,
                    const struct node *new_skip, gboolean meant, const char *what, GError **error)
{
    const struct document *before = edit->document;
    gsize rest = before->length - before->front->body;

    if (meant && after->front->root && after->length - after->front->body == rest &&
        memcmp(before->text + before->front->body, after->text + after->front->body, rest) == 0 &&
        equal_but(before->front->root, after->front->root, old_skip, new_skip)) {
        edit_accept(edit, after);
        return TRUE;
    }
    document_free(after);
    return edit_refuse(error, what);
}

gboolean edit_is_scalar(const struct node *node, const char *value)
{
    return node && node->kind == NODE_SCALAR && node->length == strlen(value) &&
           memcmp(node->text, value, node->length) == 0;
}

static gboolean is_record(const struct node *node, const struct edit_entry *entry)
{
    if (node->kind != NODE_MAP || node->count != entry->n)
        return FALSE;
    for (gsize i = 0; i < entry->n; i++)
        if (!edit_is_scalar(node_find(node, entry->pairs[i].key), entry->pairs[i].value))
            return FALSE;
    return TRUE;
}

gboolean edit_is_entry(const struct node *node, const struct edit_entry *entry)
{
    if (!node)
        return FALSE;
    if (entry->kind == NODE_SEQUENCE && entry->pairs[0].key)
        return is_record(node, entry);
    if (entry->kind == NODE_MAP && !edit_is_scalar(node->key, entry->pairs[0].key))
        return FALSE;
    return edit_is_scalar(node, entry->pairs[0].value);
}

/* -- places -- */

const char *edit_ending_before(const struct document *document, gsize offset)
{
    return lines_ending(document->text, document->length, offset ? offset - 1 : 0);
}

gsize edit_blank_lines(const struct document *document, gsize offset)
{
    gsize blank = 0;
    while (offset < document->front->span.end && lines_is_blank(document->text, document->length, offset)) {
        offset = lines_next(document->text, document->length, offset);
        blank++;
    }
    return blank;
}

/* Whether node is a block scalar whose header has "+". */
static gboolean keeps_blank_lines(const struct document *document, const struct node *node)
{
    const char *header = document->text + node->span.start;
    return (node->style == STYLE_LITERAL || node->style == STYLE_FOLDED) && span_length(node->span) >= 2 &&
           (header[1] == '+' ||
            (g_ascii_isdigit(header[1]) && span_length(node->span) >= 3 && header[2] == '+'));
}

gsize edit_behind(const struct document *document, const struct node *value)
{
    const struct node *last = value;
    while (last->kind != NODE_SCALAR && last->style == STYLE_BLOCK && last->first)
        for (last = last->first; last->next;)
            last = last->next;

    gsize at = lines_next(document->text, document->length, value->span.end);
    for (gsize blank = keeps_blank_lines(document, last) ? edit_blank_lines(document, at) : 0; blank > 0;
         blank--)
        at = lines_next(document->text, document->length, at);
    return at;
}

guint edit_place_in(const char *const *order, const char *key)
{
    guint i = 0;
    while (order && order[i] && strcmp(order[i], key) != 0)
        i++;
    return order && order[i] ? i : G_MAXUINT;
}

/* Before the first key and the comment lines that belong to it. */
static gsize place_at_top(const struct document *document)
{
    const char *text = document->text;
    gsize at = lines_start(text, document->length, document->front->root->first->key->span.start);

    while (at > document->front->span.start) {
        gsize above = lines_start(text, document->length, at - 1);
        gsize indent = lines_spaces(text, document->length, above);
        if (text[above + indent] != '#')
            break;
        at = above;
    }
    return at;
}

gsize edit_place_for(const struct document *document, const char *key, const char *const *order)
{
    const struct node *root = document->front->root, *nearest = NULL;
    guint place = edit_place_in(order, key), best = 0;

    if (!root->first)
        return document->front->span.end;
    for (const struct node *value = root->first; value; value = value->next) {
        guint here = edit_place_in(order, value->key->text);
        if (place == G_MAXUINT || (here < place && (!nearest || here >= best))) {
            nearest = value;
            best = here;
        }
    }
    return nearest ? edit_behind(document, nearest) : place_at_top(document);
}

/* -- keys -- */

gboolean edit_insert_key(struct edit *edit, gsize offset, const char *key, const char *lines,
                         const struct edit_entry *entry, GError **error)
{
    struct document *after = edit_splice(edit, (struct span){ offset, offset }, lines);
    const struct node *value = node_find(after->front->root, key);
    g_autofree char *what = g_strdup_printf("add %s", key);
    gboolean meant = value && value->kind == entry->kind;

    if (meant && entry->kind == NODE_SCALAR)
        meant = edit_is_entry(value, entry);
    else if (meant)
        meant = value->count == 1 && edit_is_entry(value->first, entry);
    return edit_prove(edit, after, NULL, value, meant, what, error);
}

gboolean edit_remove_lines(struct edit *edit, gsize start, const struct node *node, const char *what,
                           GError **error)
{
    struct span span = { start, edit_behind(edit->document, node) };
    return edit_prove(edit, edit_splice(edit, span, ""), node, NULL, TRUE, what, error);
}

gboolean edit_remove_key(struct edit *edit, const char *key, GError **error)
{
    if (!edit_check_readable(edit, error))
        return FALSE;
    const struct document *document = edit->document;
    const struct node *node = node_find(document->front->root, key);
    g_autofree char *what = g_strdup_printf("remove %s", key);
    if (!node)
        return edit_absent(error, key, NULL);
    return edit_remove_lines(edit, lines_start(document->text, document->length, node->key->span.start), node,
                             what, error);
}

gboolean edit_remove(struct edit *edit, const char *key, GError **error)
{
    const struct node *node = node_find(edit->document->front->root, key);
    struct edit_step *step = edit_step_new(EDIT_STEP_REMOVE, key, NULL);

    step->shape = node ? node->kind : NODE_SCALAR;
    return edit_step_keep(edit, step, edit_remove_key(edit, key, error));
}
