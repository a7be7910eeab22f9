#include "prose_private.h"

#include <string.h>

/* A text that holds none of these reads the same as Markdown and without. */
#define MARKDOWN_MARKS "`*_~[]<>&\\|@:#.\r\n\t"

/* Bytes of text a token, so that most lists of tokens need not grow. */
#define DENSITY 6

static struct prose *prose_new(gsize length)
{
    struct prose *prose = g_new(struct prose, 1);

    prose->tokens = g_array_sized_new(FALSE, FALSE, sizeof(struct token), (guint)(length / DENSITY) + 8);
    prose->texts = g_string_chunk_new(length + 64);
    return prose;
}

void prose_free(struct prose *prose)
{
    if (!prose)
        return;
    g_array_unref(prose->tokens);
    g_string_chunk_free(prose->texts);
    g_free(prose);
}

/* -- reading -- */

/* Whether the place is in the heading of its section. */
static gboolean is_heading(const struct markdown *body, const struct markdown_prose *at)
{
    return at->section >= 0 &&
           at->span.start < g_array_index(body->headings, struct markdown_heading, at->section).span.end;
}

static void begin(struct scan *scan, const struct markdown *body, const struct markdown_prose *at)
{
    if (scan->prose->tokens->len == 0 || scan->like.block != at->block)
        scan_begin(scan, at->block);
    scan->like.section = at->section;
    scan->like.quoted = at->quoted;
    scan->like.heading = is_heading(body, at);
}

static struct prose *read_body(const struct markdown *body)
{
    struct prose *prose = prose_new(body->length - body->start);
    struct scan scan = { .prose = prose, .text = body->text, .length = body->length };

    for (guint i = 0, j = 0; i < body->prose->len || j < body->others->len;) {
        const struct markdown_prose *words =
            i < body->prose->len ? &g_array_index(body->prose, struct markdown_prose, i) : NULL;
        const struct markdown_other *other =
            j < body->others->len ? &g_array_index(body->others, struct markdown_other, j) : NULL;
        if (words && (!other || words->span.start < other->at.span.start)) {
            begin(&scan, body, words);
            scan_words(&scan, words->span);
            i++;
            continue;
        }
        g_assert(other); /* one of the two goes on */
        begin(&scan, body, &other->at);
        scan_whole(&scan, other->kind == MARKDOWN_OTHER_CODE ? TOKEN_LITERAL : TOKEN_LINK, other->at.span);
        j++;
    }
    return prose;
}

struct prose *prose_read(struct document *document)
{
    return read_body(document_body(document, NULL));
}

/* The same where text may hold Markdown. A word is put in front, so that nothing in it begins a block. */
static struct prose *parse_inline(const char *text)
{
    g_autofree char *paragraph = g_strconcat("x ", text, NULL);
    g_strdelimit(paragraph, "\r\n", ' ');
    g_autoptr(Markdown) body = markdown_parse(paragraph, strlen(paragraph), 0, NULL);
    struct prose *prose = read_body(body);

    if (prose->tokens->len > 0)
        g_array_remove_index(prose->tokens, 0);
    for (guint i = 0; i < prose->tokens->len; i++) {
        struct token *token = &g_array_index(prose->tokens, struct token, i);
        token->span.start -= strlen("x ");
        token->span.end -= strlen("x ");
    }
    return prose;
}

struct prose *prose_parse(const char *text)
{
    return strpbrk(text, MARKDOWN_MARKS) ? parse_inline(text)
                                         : prose_plain(text, (struct span){ 0, strlen(text) });
}

struct prose *prose_plain(const char *text, struct span span)
{
    struct prose *prose = prose_new(span_length(span));
    struct scan scan = { .prose = prose, .text = text, .length = span.end, .like.section = -1 };

    for (gsize at = span.start; at < span.end;) {
        const char *newline = memchr(text + at, '\n', span.end - at);
        gsize end = newline ? (gsize)(newline - text) : span.end;
        scan_begin(&scan, scan.like.block + 1);
        scan_words(&scan, (struct span){ at, end });
        at = end + 1;
    }
    return prose;
}

/* -- asking -- */

/* The first token that begins at offset or behind it. */
static guint first_from(const struct prose *prose, gsize offset)
{
    guint low = 0, high = prose->tokens->len;

    while (low < high) {
        guint middle = low + (high - low) / 2;
        if (prose_at(prose, middle)->span.start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct prose_range prose_within(const struct prose *prose, struct span span)
{
    guint first = first_from(prose, span.start);
    return (struct prose_range){ first, MAX(first, first_from(prose, span.end)) };
}

/* Whether what is left of the phrase is one word that ends in "*", and text begins with it. */
static gboolean is_beginning(const char *phrase, const char *text)
{
    gsize length = strcspn(phrase, "* ");
    return length > 0 && strcmp(phrase + length, "*") == 0 && strncmp(phrase, text, length) == 0;
}

guint prose_match(const struct prose *prose, guint index, guint end, const char *phrase)
{
    guint first = index, block = index < end ? prose_at(prose, index)->block : 0;

    for (; *phrase; index++) {
        const struct token *token = index < end ? prose_at(prose, index) : NULL;
        gsize length = token ? strlen(token->text) : 0;
        if (length == 0 || token->block != block || token->kind == TOKEN_LITERAL)
            return 0;
        if (is_beginning(phrase, token->text))
            return index + 1 - first;
        if (strncmp(phrase, token->text, length) != 0)
            return 0;
        phrase += length;
        if (token->kind != TOKEN_MARK && *phrase && (g_ascii_isalnum(*phrase) || strchr("'-", *phrase)))
            return 0;
        phrase += *phrase == ' ';
    }
    return index - first;
}

gboolean prose_has(const struct prose *prose, guint index, guint end, const char *phrase)
{
    return prose_match(prose, index, end, phrase) > 0;
}
