#include "nodes.h"

#include "rawtext.h"

#include <string.h>
#include <yaml.h>

#define MAX_BYTES (64 * 1024)
#define MAX_DEPTH 8
#define MAX_EVENTS 20000
#define BLOCK_NODES 32
#define FEW_KEYS 24

/* libyaml's marks count characters; this is the last that was converted to bytes. */
struct cursor {
    gsize character;
    gsize byte;
};

/* An open collection. */
struct level {
    struct node *node;
    struct node *last; /* last child */
    struct node *key;  /* of a map: a key that waits for its value */
};

struct reader {
    struct nodes *nodes;
    GPtrArray *findings;
    const char *text; /* the whole text */
    gsize length;
    struct span block; /* what libyaml is given */
    gboolean ascii;
    struct cursor cursor;
    struct level levels[MAX_DEPTH];
    guint depth; /* levels in use */
    guint used;  /* nodes of the last block */
    gboolean failed;
};

/* -- findings -- */

G_GNUC_PRINTF(4, 5)
static void refuse(struct reader *reader, gsize offset, const char *help, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    reader->failed = TRUE;
    finding_add_parse(reader->findings, reader->text, reader->length, offset, help, "%s", message);
}

static gboolean is_continuation(char byte)
{
    return ((guchar)byte & 0xc0) == 0x80;
}

static gsize byte_offset(struct reader *reader, gsize character)
{
    const char *text = reader->text;
    struct cursor *cursor = &reader->cursor;
    if (reader->ascii)
        return reader->block.start + MIN(character, span_length(reader->block));
    while (cursor->character < character && cursor->byte < reader->block.end) {
        do
            cursor->byte++;
        while (cursor->byte < reader->block.end && is_continuation(text[cursor->byte]));
        cursor->character++;
    }
    while (cursor->character > character) {
        do
            cursor->byte--;
        while (is_continuation(text[cursor->byte]));
        cursor->character--;
    }
    return cursor->byte;
}

/* Advice by part of libyaml's message; the last holds for any. */
static const struct {
    const char *problem, *help;
} advice[] = {
    { "mapping values are not allowed", "put the value in double quotes: it holds a colon and a space" },
    { "cannot start any token",
      "indent with spaces, not tabs, and put a value that begins with @, ` or % in double quotes" },
    { "unexpected end of stream", "close the quote that is open" },
    { "expected ',' or", "close the bracket that is open, and put a comma between its entries" },
    { "escape character", "write a backslash inside double quotes as two, or use single quotes" },
    { "hexdecimal", "write a backslash inside double quotes as two, or use single quotes" },
    { "expected key", "put the whole value in one pair of quotes, or align the key with those above it" },
    { "", "compare the line and the one above it with refine-item(5): key: value, lists as \"  - entry\"" },
};

static const char *find_advice(const char *problem)
{
    gsize i = 0;
    while (!strstr(problem, advice[i].problem))
        i++;
    return advice[i].help;
}

static void refuse_syntax(struct reader *reader, const yaml_parser_t *parser)
{
    const char *problem = parser->problem ? parser->problem : "out of memory";
    const char *context = parser->context ? parser->context : "";
    const yaml_mark_t *mark = &parser->problem_mark;

    /* What was opened lines above is where a person must look, not where libyaml lost hope. */
    if ((strstr(context, "quoted") || strstr(context, "flow")) && parser->context_mark.line != mark->line)
        mark = &parser->context_mark;
    refuse(reader, byte_offset(reader, mark->index), find_advice(problem), "not valid YAML: %s%s%s", problem,
           *context ? " " : "", context);
}

/* -- nodes -- */

static struct node *node_new(struct reader *reader, enum node_kind kind, struct span span)
{
    GPtrArray *blocks = reader->nodes->blocks;
    if (blocks->len == 0 || reader->used == BLOCK_NODES) {
        g_ptr_array_add(blocks, g_new0(struct node, BLOCK_NODES));
        reader->used = 0;
    }
    struct node *node = (struct node *)blocks->pdata[blocks->len - 1] + reader->used++;
    node->kind = kind;
    node->span = span;
    return node;
}

static struct node *scalar_node(struct reader *reader, const yaml_event_t *event, struct span span)
{
    static const enum node_style styles[] = {
        [YAML_ANY_SCALAR_STYLE] = STYLE_PLAIN,
        [YAML_PLAIN_SCALAR_STYLE] = STYLE_PLAIN,
        [YAML_SINGLE_QUOTED_SCALAR_STYLE] = STYLE_SINGLE,
        [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = STYLE_DOUBLE,
        [YAML_LITERAL_SCALAR_STYLE] = STYLE_LITERAL,
        [YAML_FOLDED_SCALAR_STYLE] = STYLE_FOLDED,
    };
    struct node *node = node_new(reader, NODE_SCALAR, span);

    node->style = styles[event->data.scalar.style];
    node->length = event->data.scalar.length;
    node->text = g_string_chunk_insert_len(reader->nodes->strings, (const char *)event->data.scalar.value,
                                           (gssize)event->data.scalar.length);
    if (node->style == STYLE_LITERAL || node->style == STYLE_FOLDED) {
        /* libyaml's end lies at the next token, past blank lines. */
        gsize end = span.end;
        while (end > span.start && strchr("\n\r \t", reader->text[end - 1]))
            end--;
        node->span.end = lines_end(reader->text, reader->block.end, end);
    }
    return node;
}

/* -- events -- */

static const char help_properties[] = "write the value out: there are no anchors, aliases and tags here";

static gboolean check_properties(struct reader *reader, gsize offset, const yaml_char_t *anchor,
                                 const yaml_char_t *tag)
{
    if (anchor)
        refuse(reader, offset, help_properties, "expected a value, saw the YAML anchor &%s",
               (const char *)anchor);
    else if (tag)
        refuse(reader, offset, help_properties, "expected a value, saw the YAML tag %s", (const char *)tag);
    return !reader->failed;
}

static void check_document(struct reader *reader, gsize offset, const yaml_event_t *event)
{
    if (event->data.document_start.version_directive ||
        event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
        refuse(reader, offset, "remove the line", "expected keys, saw a YAML directive");
    else if (reader->nodes->root)
        refuse(reader, offset, "keep one document", "expected one YAML document, saw a second");
}

/* Whether the key was written with "?", which events do not tell. */
static gboolean is_complex_key(const struct reader *reader, const struct node *map, const struct node *key)
{
    const char *text = reader->text;
    gsize at = key->span.start;

    if (map->style == STYLE_BLOCK) {
        at = key->span.end;
        while (at < reader->block.end && (text[at] == ' ' || text[at] == '\t'))
            at++;
        return at == reader->block.end || text[at] != ':';
    }
    while (at > map->span.start && (text[at - 1] == ' ' || text[at - 1] == '\t'))
        at--;
    return at > map->span.start && text[at - 1] == '?';
}

static void check_key(struct reader *reader, const struct node *map, const struct node *key)
{
    const char *help = "write it as key: value";
    gsize offset = key->span.start;

    if (key->kind != NODE_SCALAR)
        refuse(reader, offset, help, "expected a key, saw %s", node_kind_name(key->kind));
    else if (key->length == 0)
        refuse(reader, offset, help, "expected a key, saw an empty one");
    else if (strlen(key->text) != key->length)
        refuse(reader, offset, help, "expected a key, saw one that holds U+0000");
    else if (is_complex_key(reader, map, key))
        refuse(reader, offset, help, "expected a key, saw a complex one (?)");
    else if (strcmp(key->text, "<<") == 0)
        refuse(reader, offset, "write the keys out", "expected a key, saw the merge key <<");
}

/* Puts node into the open collection: as a key, as the value of the waiting key, or as an entry. */
static void attach(struct reader *reader, struct node *node)
{
    if (reader->depth == 0) {
        reader->nodes->root = node;
        return;
    }
    struct level *level = &reader->levels[reader->depth - 1];
    if (level->node->kind == NODE_MAP && !level->key) {
        level->key = node;
        check_key(reader, level->node, node);
        return;
    }
    node->key = g_steal_pointer(&level->key);
    if (level->last)
        level->last->next = node;
    else
        level->node->first = node;
    level->last = node;
    level->node->count++;
}

static gboolean is_repeated(const struct node *map, const struct node *value, GHashTable *seen)
{
    if (seen)
        return !g_hash_table_add(seen, (gpointer)value->key->text);
    for (const struct node *earlier = map->first; earlier != value; earlier = earlier->next)
        if (earlier->key->length == value->key->length && strcmp(earlier->key->text, value->key->text) == 0)
            return TRUE;
    return FALSE;
}

static void check_keys(struct reader *reader, const struct node *map)
{
    g_autoptr(GHashTable) seen = map->count > FEW_KEYS ? g_hash_table_new(g_str_hash, g_str_equal) : NULL;
    for (const struct node *value = map->first; value; value = value->next) {
        if (!is_repeated(map, value, seen))
            continue;
        refuse(reader, value->key->span.start, "keep one of the two lines", "the key %s stands twice",
               value->key->text);
        return;
    }
}

static void open_level(struct reader *reader, enum node_kind kind, gboolean flow, struct span span)
{
    struct node *node = node_new(reader, kind, span);

    node->style = flow ? STYLE_FLOW : STYLE_BLOCK;
    if (reader->depth == MAX_DEPTH) {
        refuse(reader, span.start, "flatten it", "nested deeper than %d levels", MAX_DEPTH);
        return;
    }
    attach(reader, node);
    reader->levels[reader->depth++] = (struct level){ .node = node };
}

static void close_level(struct reader *reader, struct span span)
{
    const struct level *level = &reader->levels[--reader->depth];
    struct node *node = level->node;

    /* The map of one pair in "[key: value]" has no bracket of its own. */
    if (node->style == STYLE_FLOW && strchr("[{", reader->text[node->span.start]))
        node->span.end = span.end;
    else if (level->last)
        node->span.end = level->last->span.end;
    if (node->kind == NODE_MAP)
        check_keys(reader, node);
}

static void handle_event(struct reader *reader, const yaml_event_t *event)
{
    gsize start = byte_offset(reader, event->start_mark.index);
    struct span span = { start, byte_offset(reader, event->end_mark.index) };

    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        check_document(reader, start, event);
        break;
    case YAML_ALIAS_EVENT:
        refuse(reader, start, help_properties, "expected a value, saw the YAML alias *%s",
               (const char *)event->data.alias.anchor);
        break;
    case YAML_SCALAR_EVENT:
        if (check_properties(reader, start, event->data.scalar.anchor, event->data.scalar.tag))
            attach(reader, scalar_node(reader, event, span));
        break;
    case YAML_SEQUENCE_START_EVENT:
        if (check_properties(reader, start, event->data.sequence_start.anchor,
                             event->data.sequence_start.tag))
            open_level(reader, NODE_SEQUENCE, event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
                       span);
        break;
    case YAML_MAPPING_START_EVENT:
        if (check_properties(reader, start, event->data.mapping_start.anchor, event->data.mapping_start.tag))
            open_level(reader, NODE_MAP, event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE, span);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_level(reader, span);
        break;
    default:
        break;
    }
}

static void read_events(struct reader *reader)
{
    yaml_parser_t parser;
    gboolean more = TRUE;

    if (!yaml_parser_initialize(&parser)) {
        refuse(reader, reader->block.start, NULL, "out of memory");
        return;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)reader->text + reader->block.start,
                                 span_length(reader->block));
    for (guint events = 1; more && !reader->failed; events++) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            refuse_syntax(reader, &parser);
            break;
        }
        if (events > MAX_EVENTS)
            refuse(reader, byte_offset(reader, event.start_mark.index), "make it smaller",
                   "more than %d keys and values", MAX_EVENTS);
        else
            handle_event(reader, &event);
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static const struct node *empty_map(struct reader *reader)
{
    struct node *map = node_new(reader, NODE_MAP, (struct span){ reader->block.end, reader->block.end });
    map->style = STYLE_BLOCK;
    return map;
}

static gboolean is_empty(const struct node *root)
{
    return !root || (root->kind == NODE_SCALAR && span_is_empty(root->span));
}

/* Reads reader->block; leaves root NULL and a finding where that fails. */
static void read_block(struct reader *reader)
{
    struct nodes *nodes = reader->nodes;
    struct span block = reader->block;

    if (span_length(block) > MAX_BYTES) {
        refuse(reader, block.start, "move text into the body",
               "%" G_GSIZE_FORMAT " bytes, over the limit of %d", span_length(block), MAX_BYTES);
        return;
    }
    if (rawtext_has_conflict(reader->text, reader->length, block, reader->findings) ||
        !rawtext_check(reader->text, reader->length, block, &reader->ascii, reader->findings))
        return;
    reader->cursor.byte = block.start;
    read_events(reader);
    if (!reader->failed && is_empty(nodes->root))
        nodes->root = empty_map(reader);
    else if (!reader->failed && nodes->root->kind != NODE_MAP)
        refuse(reader, nodes->root->span.start, "write key: value lines", "expected keys and values, saw %s",
               node_kind_name(nodes->root->kind));
    if (reader->failed)
        nodes->root = NULL;
}

struct nodes *nodes_parse(const char *text, gsize length, struct span block, GPtrArray *findings)
{
    struct nodes *nodes = g_new0(struct nodes, 1);
    struct reader reader = {
        .nodes = nodes, .findings = findings, .text = text, .length = length, .block = block
    };

    nodes->blocks = g_ptr_array_new_with_free_func(g_free);
    nodes->strings = g_string_chunk_new(512);
    read_block(&reader);
    return nodes;
}
