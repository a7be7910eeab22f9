/*
 * YAML text read into nodes that know their bytes: scalars, sequences and maps, from libyaml's events.
 *
 * The strict subset is that of refine-item(5): no anchors, aliases, tags, directives, complex or duplicate
 * keys, second documents, nesting deeper than 8, nothing that rawtext_check refuses, at most 64 KiB and
 * 20,000 events. Whatever is refused is a finding of the rule "parse" (or "conflict-marker") with line and
 * column, and root is NULL then. Every span is in bytes of the whole text, so that an edit can splice there.
 */
#pragma once

#include "finding.h"

enum node_kind { NODE_SCALAR, NODE_SEQUENCE, NODE_MAP };

enum node_style {
    STYLE_PLAIN, /* scalars */
    STYLE_SINGLE,
    STYLE_DOUBLE,
    STYLE_LITERAL,
    STYLE_FOLDED,
    STYLE_BLOCK, /* collections */
    STYLE_FLOW,
};

struct node {
    enum node_kind kind;
    enum node_style style;
    /* Quotes, brackets and block indicators are inside. A block scalar ends after its last line that is not
     * blank (before that line's ending), a block collection where its last scalar ends. An empty value is an
     * empty span: right after its colon or dash, but between brackets right before what follows it. */
    struct span span;
    const char *text; /* of a scalar, decoded, NUL-terminated (it can also hold NULs); NULL for collections */
    gsize length;     /* of text, in bytes */
    const struct node *key;   /* of a map's entry: the scalar before the colon; NULL elsewhere */
    const struct node *first; /* first child of a collection; of a map, the first value */
    const struct node *next;  /* next sibling */
    guint count;              /* children */
};

struct nodes {
    const struct node *root; /* a map; NULL where it cannot be read (a finding says why) */
    GPtrArray *blocks;       /* private: nodes */
    GStringChunk *strings;   /* private: decoded text */
};

/* Reads the bytes of text in block, which is borrowed for the call only, as YAML. Never NULL; an empty block
 * has an empty map. findings may be NULL where the caller does not want to know. */
struct nodes *nodes_parse(const char *text, gsize length, struct span block, GPtrArray *findings);
void nodes_free(struct nodes *nodes);
typedef struct nodes Nodes; /* for g_autoptr(Nodes) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Nodes, nodes_free)

/* The value under key of a map, or NULL; map may be NULL. */
const struct node *node_find(const struct node *map, const char *key);

/* The same by a path of keys with dots between. */
const struct node *node_find_path(const struct node *map, const char *path);

/* Whether the node is a scalar that stands for nothing: empty and plain, "~" or "null". NULL is null too. */
gboolean node_is_null(const struct node *node);

/* Whether both have the same kind, text, keys and children, in one order; places and styles do not count. */
gboolean node_equal(const struct node *a, const struct node *b);

/* What a person calls it: "a value", "a list", "a map". */
const char *node_kind_name(enum node_kind kind);
