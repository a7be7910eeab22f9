#include "document.h"

#include "rawtext.h"

static struct document *new_document(GBytes *bytes)
{
    struct document *document = g_new0(struct document, 1);

    document->bytes = g_bytes_ref(bytes);
    document->text = g_bytes_get_data(bytes, &document->length);
    if (!document->text)
        document->text = "";
    return document;
}

struct document *document_new_body(GBytes *bytes)
{
    struct document *document = new_document(bytes);

    document->front = frontmatter_pass(document->text, document->length);
    return document;
}

struct document *document_new(GBytes *bytes, GPtrArray *findings)
{
    struct document *document = new_document(bytes);

    document->front = frontmatter_parse(document->text, document->length, findings);
    return document;
}

const struct frontmatter *document_front(struct document *document)
{
    if (document->front->nodes || !document->front->present)
        return document->front;
    frontmatter_free(document->front);
    document->front = frontmatter_parse(document->text, document->length, NULL);
    return document->front;
}

void document_free(struct document *document)
{
    if (!document)
        return;
    markdown_free(document->body);
    frontmatter_free(document->front);
    g_bytes_unref(document->bytes);
    g_free(document);
}

static void check_body(const struct document *document, GPtrArray *findings)
{
    const char *text = document->text;
    struct span body = { document->front->body, document->length };
    const char *bad;

    rawtext_has_conflict(text, document->length, body, findings);
    /* A NUL, which is no UTF-8 to GLib, is for markdown_parse to refuse. */
    if (!g_utf8_validate_len(text + body.start, span_length(body), &bad) && *bad != '\0')
        finding_add_parse(findings, text, document->length, (gsize)(bad - text), "save the file as UTF-8",
                          "expected UTF-8 text, saw the byte 0x%02x", (guchar)*bad);
}

const struct markdown *document_body(struct document *document, GPtrArray *findings)
{
    if (document->body)
        return document->body;
    if (findings)
        check_body(document, findings);
    document->body = markdown_parse(document->text, document->length, document->front->body, findings);
    return document->body;
}
