/*
 * One file as bytes, its front matter, and, once asked for, the outline of its body.
 *
 * Nothing here knows what an item is: the same document serves items of any version and their edits.
 */
#pragma once

#include "frontmatter.h"
#include "markdown.h"

struct document {
    GBytes *bytes;
    const char *text; /* of bytes; not NUL-terminated */
    gsize length;
    struct frontmatter *front; /* never NULL; front->root is NULL where it cannot be read */
    struct markdown *body;     /* NULL until document_body */
};

/* Reads the front matter of bytes (a reference is taken). What it cannot read is a finding; findings may be
 * NULL. */
struct document *document_new(GBytes *bytes, GPtrArray *findings);

/* The same for who only wants the body: the front matter is passed over, front->root is NULL. */
struct document *document_new_body(GBytes *bytes);

/* The front matter of such a document after all, read at the first call: document->front, with its root. */
const struct frontmatter *document_front(struct document *document);

void document_free(struct document *document);
typedef struct document Document; /* for g_autoptr(Document) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Document, document_free)

/* The outline of the body, read at the first call; only that one adds findings: text that is not UTF-8, a
 * conflict marker, and what markdown_parse refuses. The outline is empty where the body cannot be read
 * (readable FALSE). */
const struct markdown *document_body(struct document *document, GPtrArray *findings);
