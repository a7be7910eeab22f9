#include "search_private.h"

#include <string.h>

/* Names of the sections in what is told, by section_id. */
static const char *const roles[N_SECTIONS] = {
    "story",       "why",         "criteria", "approach",  "questions",
    "assumptions", "constraints", "measure",  "decisions", "feedback",
};

static void free_piece(gpointer data)
{
    struct search_piece *piece = data;
    g_free(piece->text);
    g_free(piece);
}

static void add_piece(GPtrArray *pieces, const char *field, enum search_column column, const char *text,
                      gsize length)
{
    struct search_piece *piece = g_new(struct search_piece, 1);

    piece->field = field;
    piece->column = column;
    piece->text = search_compose(text, (gssize)length);
    g_ptr_array_add(pieces, piece);
}

/* -- front matter -- */

/* The column of a key; N_SEARCH_COLUMNS for one that is no text: it is asked for as key:value. */
static enum search_column column_of(const struct field *field)
{
    if (!field)
        return SEARCH_FIELDS;
    switch (field->id) {
    case FIELD_TITLE:
        return SEARCH_TITLE;
    case FIELD_ID:
    case FIELD_ALIASES:
        return SEARCH_NAMES;
    case FIELD_LABELS:
        return SEARCH_LABELS;
    case FIELD_RANK:
    case FIELD_STAMP:
    case FIELD_TYPE:
    case FIELD_STATUS:
    case FIELD_ESTIMATE:
    case FIELD_CREATED:
    case FIELD_VOTES:
        return N_SEARCH_COLUMNS;
    default:
        return SEARCH_FIELDS;
    }
}

static void add_node(GPtrArray *pieces, const char *field, enum search_column column, const struct node *node)
{
    if (node->kind == NODE_SCALAR && node->length && !node_is_null(node))
        add_piece(pieces, field, column, node->text, node->length);
    for (const struct node *child = node->kind == NODE_SCALAR ? NULL : node->first; child;
         child = child->next)
        add_node(pieces, field, column, child);
}

static void add_front(GPtrArray *pieces, const struct document *document, const struct item *item)
{
    const struct node *root = document->front->root;

    if (item->id)
        add_piece(pieces, "id", SEARCH_NAMES, item->id, strlen(item->id));
    for (const struct node *value = root ? root->first : NULL; value; value = value->next) {
        const struct field *field = field_find(value->key->text);
        enum search_column column = column_of(field);
        if (column != N_SEARCH_COLUMNS && !(field && field->id == FIELD_ID))
            add_node(pieces, value->key->text, column, value);
    }
}

/* -- body -- */

/* What is being cut into pieces. */
struct cutter {
    GPtrArray *pieces;
    const char *text;
    const char *field; /* of what follows */
    gboolean nested;   /* what follows belongs to a list item inside another */
    GString *block;    /* so far */
};

static void end_block(struct cutter *cutter)
{
    gboolean answer = cutter->nested && strcmp(cutter->field, "questions") == 0;
    if (cutter->block->len)
        add_piece(cutter->pieces, answer ? "answers" : cutter->field, SEARCH_TEXT, cutter->block->str,
                  cutter->block->len);
    g_string_truncate(cutter->block, 0);
}

/* Bytes of what begins a list item, box included; 0: the line begins none. */
static gsize marker_length(const char *line, gsize length)
{
    gsize digits = 0, at;

    while (digits < length && g_ascii_isdigit(line[digits]))
        digits++;
    if (digits < length && ((digits && strchr(".)", line[digits])) || (!digits && strchr("-*+", *line))))
        at = digits + 1;
    else
        return 0;
    if (at < length && line[at] != ' ' && line[at] != '\t')
        return 0;
    while (at < length && (line[at] == ' ' || line[at] == '\t'))
        at++;
    if (at + 3 < length && line[at] == '[' && line[at + 2] == ']' && line[at + 3] == ' ')
        at += 4;
    return at;
}

static void add_line(struct cutter *cutter, const char *line, gsize length)
{
    gsize indent = 0;

    while (indent < length && g_ascii_isspace(line[indent]))
        indent++;
    while (length > indent && g_ascii_isspace(line[length - 1]))
        length--;
    /* A fence is no text of anybody's. */
    if (length - indent >= 3 &&
        (strncmp(line + indent, "```", 3) == 0 || strncmp(line + indent, "~~~", 3) == 0))
        length = indent;
    gsize marker = length > indent ? marker_length(line + indent, length - indent) : 0;
    if (length == indent || marker)
        end_block(cutter);
    if (length == indent)
        return;
    if (marker || !indent)
        cutter->nested = marker && indent;
    if (cutter->block->len)
        g_string_append_c(cutter->block, ' ');
    g_string_append_len(cutter->block, line + indent + marker, (gssize)(length - indent - marker));
}

static void cut(struct cutter *cutter, gsize start, gsize end)
{
    while (start < end) {
        gsize stop = start;
        while (stop < end && cutter->text[stop] != '\n' && cutter->text[stop] != '\r')
            stop++;
        add_line(cutter, cutter->text + start, stop - start);
        start = stop + 1;
    }
    end_block(cutter);
}

/* What the section is for: its own heading says, or one that it stands under. */
static const char *role_of(const struct markdown *body, guint index, const struct policy *policy)
{
    const struct markdown_section *inner = &g_array_index(body->sections, struct markdown_section, index);

    for (guint i = index + 1; i-- > 0;) {
        const struct markdown_section *section = &g_array_index(body->sections, struct markdown_section, i);
        if (section->span.end < inner->span.end)
            continue;
        for (int id = 0; id < N_SECTIONS; id++)
            if (markdown_is_named(section, policy_section(policy, (enum section_id)id)))
                return roles[id];
    }
    return "text";
}

static void add_body(GPtrArray *pieces, struct document *document, const struct policy *policy)
{
    const struct markdown *body = document_body(document, NULL);
    g_autoptr(GString) block = g_string_new(NULL);
    struct cutter cutter = { pieces, document->text, "text", FALSE, block };
    gsize start = document->front->body;

    for (guint i = 0; i < body->sections->len; i++) {
        const struct markdown_section *section = &g_array_index(body->sections, struct markdown_section, i);
        if (section->span.start < start || section->content.start < section->span.start)
            continue;
        cut(&cutter, start, section->span.start);
        cutter.field = "heading";
        add_piece(pieces, "heading", SEARCH_TEXT, section->title, strlen(section->title));
        cutter.field = role_of(body, i, policy);
        cutter.nested = FALSE;
        start = section->content.start;
    }
    cut(&cutter, start, document->length);
}

GPtrArray *search_pieces(struct document *document, const struct policy *policy, const struct item *item,
                         gboolean body)
{
    GPtrArray *pieces = g_ptr_array_new_with_free_func(free_piece);

    add_front(pieces, document, item);
    if (body)
        add_body(pieces, document, policy);
    return pieces;
}

char **search_columns(struct document *document, const struct policy *policy, const struct item *item)
{
    g_autoptr(GPtrArray) pieces = search_pieces(document, policy, item, FALSE);
    GString *texts[N_SEARCH_COLUMNS];
    char **columns = g_new0(char *, N_SEARCH_COLUMNS + 1);

    for (int i = 0; i < N_SEARCH_COLUMNS; i++)
        texts[i] = g_string_new(NULL);
    for (guint i = 0; i < pieces->len; i++) {
        const struct search_piece *piece = pieces->pdata[i];
        g_string_append(g_string_append(texts[piece->column], piece->text), "\n");
    }
    for (int i = 0; i < SEARCH_TEXT; i++)
        columns[i] = g_string_free(texts[i], FALSE);
    g_string_free(texts[SEARCH_TEXT], TRUE);
    gsize body = document->front->body;
    columns[SEARCH_TEXT] = search_compose(document->text + body, (gssize)(document->length - body));
    return columns;
}
