#include "frontmatter.h"

#include <string.h>

static const char help_fences[] = "put a line --- before the first key and one after the last";

static gboolean begins_with_bom(const char *text, gsize length)
{
    return length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0;
}

static gboolean is_fence_line(const char *text, gsize length, gsize at)
{
    gsize end = lines_end(text, length, at);
    if (end < at + 3 || memcmp(text + at, "---", 3) != 0)
        return FALSE;
    for (gsize i = at + 3; i < end; i++)
        if (text[i] != ' ' && text[i] != '\t')
            return FALSE;
    return TRUE;
}

/* Finds the block and what follows it; FALSE without an opening line. *body is 0 without a closing line. */
static gboolean find_block(const char *text, gsize length, struct span *block, gsize *body)
{
    gsize start = begins_with_bom(text, length) ? 3 : 0;

    *body = 0;
    *block = (struct span){ start, start };
    if (!is_fence_line(text, length, start))
        return FALSE;
    block->start = lines_next(text, length, start);
    for (gsize at = block->start; at < length; at = lines_next(text, length, at)) {
        if (text[at] == '-' && is_fence_line(text, length, at)) {
            block->end = at;
            *body = lines_next(text, length, at);
            return TRUE;
        }
    }
    block->end = length;
    return TRUE;
}

gsize frontmatter_extent(const char *text, gsize length)
{
    struct span block;
    gsize body;

    find_block(text, length, &block, &body);
    return body && text[body - 1] == '\n' ? body : 0;
}

/* Finds the front matter; *closed is whether there is one, with a closing line. */
static struct frontmatter *find(const char *text, gsize length, gboolean *closed)
{
    struct frontmatter *front = g_new0(struct frontmatter, 1);

    front->bom = begins_with_bom(text, length);
    front->present = find_block(text, length, &front->span, &front->body);
    *closed = front->body > 0;
    if (front->present && !*closed)
        front->body = length;
    return front;
}

struct frontmatter *frontmatter_pass(const char *text, gsize length)
{
    gboolean closed;
    return find(text, length, &closed);
}

struct frontmatter *frontmatter_parse(const char *text, gsize length, GPtrArray *findings)
{
    gboolean closed;
    struct frontmatter *front = find(text, length, &closed);

    if (!front->present) {
        finding_add_parse(findings, text, length, front->span.start, help_fences,
                          "expected front matter: a first line ---");
    } else if (!closed) {
        finding_add_parse(findings, text, length, front->span.start, help_fences,
                          "the front matter is not closed: expected a second line ---");
    } else {
        front->nodes = nodes_parse(text, length, front->span, findings);
        front->root = front->nodes->root;
    }
    return front;
}

void frontmatter_free(struct frontmatter *front)
{
    if (!front)
        return;
    nodes_free(front->nodes);
    g_free(front);
}
