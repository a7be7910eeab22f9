#include "import_document.h"

#include <string.h>

/* The bytes without a byte order mark, lines ended by LF. */
static GBytes *normalize(GBytes *bytes)
{
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    gsize at = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    GString *out = g_string_sized_new(length);

    while (at < length) {
        gsize next = lines_next(text, length, at), end = lines_end(text, length, at);
        g_string_append_len(out, text + at, (gssize)(end - at));
        if (next > end)
            g_string_append_c(out, '\n');
        at = next;
    }
    return g_string_free_to_bytes(out);
}

/* Where the value of a line "key: @value" begins, which YAML does not allow and the tracker reads; 0 of all
 * others. */
static gsize bare_name(const char *line, gsize length)
{
    gsize at = 0;
    while (at < length && (g_ascii_isalnum(line[at]) || line[at] == '_'))
        at++;
    if (at == 0 || at == length || line[at++] != ':')
        return 0;
    gsize value = at;
    while (value < length && line[value] == ' ')
        value++;
    return value > at && value < length && line[value] == '@' ? value : 0;
}

/* The document with such values in quotes; their places go into places. */
static struct document *quote_names(const struct document *document, GArray *places)
{
    const char *text = document->text;
    GString *out = g_string_sized_new(document->length);
    gsize done = 0;

    for (gsize at = document->front->span.start; at < document->front->span.end;
         at = lines_next(text, document->length, at)) {
        gsize end = lines_end(text, document->length, at), value = at + bare_name(text + at, end - at);
        if (value == at)
            continue;
        struct position place = lines_locate(text, document->length, value);
        g_autofree char *name = g_strndup(text + value, end - value);
        g_autofree char *quoted = scalar_print(g_strchomp(name), SCALAR_STRING, STYLE_DOUBLE, FALSE);
        g_array_append_val(places, place);
        g_string_append_len(out, text + done, (gssize)(value - done));
        g_string_append(out, quoted);
        done = end;
    }
    g_string_append_len(out, text + done, (gssize)(document->length - done));
    g_autoptr(GBytes) bytes = g_string_free_to_bytes(out);
    return document_new(bytes, NULL);
}

/* Whether no text holds a NUL, which no item can. */
static gboolean check_texts(const struct document *document, const struct node *first, GPtrArray *findings)
{
    for (const struct node *node = first; node; node = node->next) {
        if (node->kind != NODE_SCALAR) {
            if (!check_texts(document, node->first, findings))
                return FALSE;
        } else if (strlen(node->text) != node->length) {
            finding_add_parse(findings, document->text, document->length, node->span.start, NULL,
                              "expected text, saw the character U+0000");
            return FALSE;
        }
    }
    return TRUE;
}

struct document *import_document_open(GBytes *bytes, struct import_item *item, GPtrArray *findings)
{
    g_autoptr(GBytes) plain = normalize(bytes);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(struct position));
    g_autoptr(GPtrArray) seen = findings_new();
    g_autoptr(Document) document = document_new(plain, seen);

    if (!document->front->root && document->front->present &&
        g_utf8_validate_len(document->text, document->length, NULL)) {
        g_autoptr(Document) repaired = quote_names(document, places);
        if (repaired->front->root) {
            g_ptr_array_set_size(seen, 0);
            document_free(document);
            document = g_steal_pointer(&repaired);
        }
    }
    document_body(document, seen);
    if (findings_gravest(seen) == SEVERITY_ERROR) {
        g_ptr_array_extend_and_steal(findings, g_steal_pointer(&seen));
        return NULL;
    }
    if (!check_texts(document, document->front->root->first, findings))
        return NULL;
    for (guint i = 0; i < places->len; i++)
        import_item_remark(item, SEVERITY_NOTE, g_array_index(places, struct position, i),
                           "a value that begins with @ should be in quotes; read as text");
    return g_steal_pointer(&document);
}
