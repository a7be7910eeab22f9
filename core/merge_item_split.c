#include "merge_item_private.h"

#include "change.h"

#include <string.h>

struct piece *piece_new(enum piece_kind kind, const char *text, struct span span)
{
    struct piece *piece = g_new0(struct piece, 1);

    piece->kind = kind;
    piece->text = text;
    piece->span = span;
    piece->lead = (struct span){ span.start, span.start };
    piece->core = (struct span){ span.end, span.end };
    piece->head = piece->tail = span.end;
    piece->after = -1;
    piece->children = g_ptr_array_new_with_free_func((GDestroyNotify)piece_free);
    return piece;
}

void piece_free(struct piece *piece)
{
    if (!piece)
        return;
    g_free(piece->id);
    g_free(piece->value);
    g_free(piece->what);
    g_ptr_array_unref(piece->children);
    g_free(piece);
}

/* -- what it says -- */

char piece_tick(const struct piece *piece)
{
    if (piece->tick == 0)
        return 0;
    return piece->text[piece->tick] == ' ' ? ' ' : 'x';
}

char *piece_saying(const struct piece *piece, const char *value, char tick)
{
    return g_strdup_printf("%d %s%c%s", (int)piece->kind, piece->kind == PIECE_KEY ? piece->id : "",
                           tick ? tick : '-', value ? value : "\002");
}

void piece_outline(const struct piece *piece, GPtrArray *outline)
{
    g_ptr_array_add(outline, piece_saying(piece, piece->value, piece_tick(piece)));
    for (guint i = 0; i < piece->children->len; i++)
        piece_outline(piece->children->pdata[i], outline);
}

gboolean piece_says_same(const struct piece *a, const struct piece *b)
{
    g_autoptr(GPtrArray) one = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) other = g_ptr_array_new_with_free_func(g_free);
    gboolean same;

    if (!a || !b)
        return a == b;
    piece_outline(a, one);
    piece_outline(b, other);
    same = one->len == other->len;
    for (guint i = 0; same && i < one->len; i++)
        same = strcmp(one->pdata[i], other->pdata[i]) == 0;
    return same;
}

/* -- values -- */

/* What a node says; a list and a value of the same words do not say the same. */
static char *saying_of(const struct node *node)
{
    if (node_is_null(node))
        return NULL;
    g_autofree char *value = change_value(node);
    return g_strconcat(node->kind == NODE_SCALAR ? "" : node->kind == NODE_SEQUENCE ? "[" : "{", value, NULL);
}

/* -- places -- */

/* Where the lines of a value end; blank lines below a block scalar may belong to it. */
static gsize end_of(const struct document *document, const struct node *node)
{
    gsize limit = document->front->span.end;

    while (node->first && node->style == STYLE_BLOCK) {
        node = node->first;
        while (node->next)
            node = node->next;
    }
    gsize end = lines_next(document->text, limit, node->span.end);
    if (node->style == STYLE_LITERAL || node->style == STYLE_FOLDED)
        while (end < limit && lines_is_blank(document->text, limit, end))
            end = lines_next(document->text, limit, end);
    return end;
}

/* Whether span, whole lines, has nothing but comments and blank lines. */
static gboolean is_lead(const char *text, struct span span)
{
    for (gsize at = span.start; at < span.end; at = lines_next(text, span.end, at)) {
        gsize first = at;
        while (text[first] == ' ' || text[first] == '\t')
            first++;
        if (text[first] != '#' && text[first] != '\n' && text[first] != '\r')
            return FALSE;
    }
    return TRUE;
}

/* Whether the child begins its line: behind spaces, and, if so, a dash. */
static gboolean begins_line(const char *text, gsize line, const struct node *child, gboolean dash)
{
    gsize at = line, begin = child->key ? child->key->span.start : child->span.start;

    while (text[at] == ' ')
        at++;
    if (!dash)
        return at == begin;
    if (text[at] != '-' || at >= begin)
        return FALSE;
    for (at++; at < begin && text[at] == ' ';)
        at++;
    return at == begin;
}

static struct piece *split_node(const struct document *document, const struct node *node, char *what,
                                struct span span);

static char *name_child(const struct piece *piece, const struct node *child)
{
    if (piece->kind == PIECE_FRONT) {
        g_assert(child->key); /* front matter is a mapping */
        return g_strdup(child->key->text);
    }
    if (piece->kind == PIECE_KEY && child->key)
        return g_strconcat(piece->what, ".", child->key->text, NULL);
    return g_strdup(piece->what);
}

/* Fills in the children of the collection in piece, whose head ends at head; FALSE where they are not of a
 * line each. */
static gboolean split_children(struct piece *piece, const struct document *document,
                               const struct node *collection, gsize head)
{
    gboolean list = collection->kind == NODE_SEQUENCE;
    gsize from = piece->head = head;

    for (const struct node *child = collection->first; child; child = child->next) {
        const struct node *begin = child->key ? child->key : child;
        gsize line = lines_start(document->text, document->length, begin->span.start);
        gboolean dash = list || (piece->kind == PIECE_ENTRY && child == collection->first);
        struct span span = { line, end_of(document, child) };
        if (line < from || span.end > piece->span.end || !begins_line(document->text, line, child, dash) ||
            !is_lead(document->text, (struct span){ from, line }))
            return FALSE;
        struct piece *made = split_node(document, child, name_child(piece, child), span);
        made->lead.start = from;
        g_ptr_array_add(piece->children, made);
        piece->tail = from = span.end;
    }
    return TRUE;
}

/* Tells equal entries of a list apart. */
static void number_equals(GPtrArray *pieces)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < pieces->len; i++) {
        struct piece *piece = pieces->pdata[i];
        guint number = GPOINTER_TO_UINT(g_hash_table_lookup(seen, piece->id));
        char *id = number ? g_strdup_printf("%s\001%u", piece->id, number) : g_strdup(piece->id);
        g_hash_table_insert(seen, piece->id, GUINT_TO_POINTER(number + 1));
        piece->id = id;
    }
}

/* A key or entry as a piece; takes what over. */
static struct piece *split_node(const struct document *document, const struct node *node, char *what,
                                struct span span)
{
    struct piece *piece = piece_new(node->key ? PIECE_KEY : PIECE_ENTRY, document->text, span);

    piece->node = node;
    piece->value = saying_of(node);
    piece->id = g_strdup(node->key ? node->key->text : piece->value ? piece->value : "");
    piece->what = what;
    piece->core = (struct span){ CLAMP(node->span.start, span.start, span.end),
                                 CLAMP(node->span.end, span.start, span.end) };
    if (node->kind == NODE_SCALAR || node->style != STYLE_BLOCK || node->count == 0)
        return piece;
    gsize head = node->key ? lines_next(document->text, span.end, node->key->span.end) : span.start;
    if (split_children(piece, document, node, head)) {
        number_equals(piece->children);
        g_clear_pointer(&piece->value, g_free);
        return piece;
    }
    g_ptr_array_set_size(piece->children, 0);
    piece->head = piece->tail = span.end;
    return piece;
}

static gboolean split_front(struct piece *file, const struct document *document)
{
    const struct frontmatter *front = document->front;
    struct piece *piece = piece_new(PIECE_FRONT, document->text, (struct span){ 0, front->body });

    g_ptr_array_add(file->children, piece);
    piece->id = g_strdup("front");
    piece->what = g_strdup("layout");
    piece->head = piece->tail = front->span.start;
    return front->root->count == 0 || (front->root->style == STYLE_BLOCK &&
                                       split_children(piece, document, front->root, front->span.start));
}

struct piece *piece_split(struct document *document, const struct policy *policy)
{
    g_autoptr(Piece) file = piece_new(PIECE_FILE, document->text, (struct span){ 0, document->length });

    file->id = g_strdup("file");
    file->what = g_strdup("layout");
    file->head = 0;
    if (!document->front->root || !split_front(file, document) || !piece_split_body(file, document, policy))
        return NULL;
    const struct piece *last = file->children->pdata[file->children->len - 1];
    file->tail = last->span.end;
    return g_steal_pointer(&file);
}
