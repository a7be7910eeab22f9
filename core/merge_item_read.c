#include "merge_item_private.h"

#include <string.h>

#define BOM "\xef\xbb\xbf"

/* Reads how the text is laid out; one whose lines do not all end alike has mixed endings. */
static void read_layout(struct version *version, const char *text, gsize length)
{
    gsize lines = 0, returns = 0;

    for (gsize at = 0; at < length; at++) {
        lines += text[at] == '\n';
        returns += text[at] == '\n' && at > 0 && text[at - 1] == '\r';
    }
    version->bom = length >= strlen(BOM) && memcmp(text, BOM, strlen(BOM)) == 0;
    version->bare = text[length - 1] != '\n';
    version->crlf = returns > 0;
    version->mixed = returns > 0 && returns < lines;
}

/* The text without BOM, with a last newline, and, where asked for, without CR. */
static GBytes *plain_text(const struct version *version, const char *text, gsize length, gboolean convert)
{
    GString *plain = g_string_sized_new(length + 1);

    for (gsize i = version->bom ? strlen(BOM) : 0; i < length; i++)
        if (!convert || text[i] != '\r' || i + 1 == length || text[i + 1] != '\n')
            g_string_append_c(plain, text[i]);
    if (version->bare)
        g_string_append_c(plain, '\n');
    return g_string_free_to_bytes(plain);
}

static gboolean read_document(struct version *version, GBytes *bytes, gboolean convert)
{
    g_autoptr(GPtrArray) findings = findings_new();
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    g_autoptr(GBytes) plain = plain_text(version, text, length, convert);

    version->document = document_new(plain, findings);
    document_body(version->document, findings);
    return findings->len == 0 && version->document->front->root && version->document->body->readable;
}

gboolean versions_read(struct version *versions, GBytes *const *bytes)
{
    gboolean mixed = FALSE;

    for (int side = 0; side < N_SIDES; side++) {
        gsize length;
        const char *text = g_bytes_get_data(bytes[side], &length);
        if (length > FILE_LIMIT || (length && memchr(text, '\0', length)))
            return FALSE;
        if (length)
            read_layout(&versions[side], text, length);
        mixed |= versions[side].mixed;
    }
    for (int side = 0; side < N_SIDES; side++) {
        versions[side].crlf &= !mixed;
        if (g_bytes_get_size(bytes[side]) > 0 && !read_document(&versions[side], bytes[side], !mixed))
            return FALSE;
    }
    return TRUE;
}

void versions_clear(struct version *versions)
{
    for (int side = 0; side < N_SIDES; side++)
        document_free(versions[side].document);
}

/* What stands where a side may have changed it; without base, what both have. */
static gboolean merge_flag(const struct version *versions, gboolean base, gboolean ours, gboolean theirs)
{
    if (!versions[SIDE_BASE].document)
        return ours && theirs;
    return base == ours ? theirs : ours;
}

GBytes *versions_lay_out(const struct version *versions, const GString *text)
{
    const struct version *base = &versions[SIDE_BASE], *ours = &versions[SIDE_OURS];
    const struct version *theirs = &versions[SIDE_THEIRS];
    gboolean crlf = merge_flag(versions, base->crlf, ours->crlf, theirs->crlf);
    gboolean bare = merge_flag(versions, base->bare, ours->bare, theirs->bare);
    GString *out = g_string_sized_new(text->len + 1);

    if (merge_flag(versions, base->bom, ours->bom, theirs->bom))
        g_string_append(out, BOM);
    for (gsize i = 0; i < text->len; i++) {
        if (text->str[i] == '\n' && i + 1 == text->len && bare)
            break;
        if (text->str[i] == '\n' && crlf)
            g_string_append_c(out, '\r');
        g_string_append_c(out, text->str[i]);
    }
    return g_string_free_to_bytes(out);
}
