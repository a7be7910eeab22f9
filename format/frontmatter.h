/*
 * The front matter of a file: the YAML between a first line "---" and the next such line.
 */
#pragma once

#include "nodes.h"

struct frontmatter {
    gboolean bom;     /* the text begins with a byte order mark */
    gboolean present; /* there is an opening "---" line */
    struct span span; /* between the two "---" lines, line endings included; empty where present is FALSE */
    gsize body;       /* where the body begins: after the closing line; the length where that line is missing;
                         0 (a BOM is part of it) where present is FALSE */
    const struct node *root; /* a map; NULL where it cannot be read (a finding says why) */
    struct nodes *nodes;     /* owns root; NULL without a block */
};

/* The front matter of text, which is borrowed for the call only. Never NULL. A text without front matter has
 * present FALSE and a finding. findings may be NULL where the caller does not want to know. */
struct frontmatter *frontmatter_parse(const char *text, gsize length, GPtrArray *findings);
void frontmatter_free(struct frontmatter *frontmatter);

/* The same for who wants to know only where it stands: it is not read as YAML, root and nodes are NULL. */
struct frontmatter *frontmatter_pass(const char *text, gsize length);

typedef struct frontmatter Frontmatter; /* for g_autoptr(Frontmatter) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Frontmatter, frontmatter_free)

/* Where the front matter ends, without reading it as YAML: the offset past its closing "---" line, or 0 where
 * text has no such line with a line ending (so far: a file can be read in pieces until this is found, and
 * only the ending tells that a piece was not cut within the line). */
gsize frontmatter_extent(const char *text, gsize length);
