#include "markdown_entity.h"

#include <md4c.h>
#include <string.h>

void markdown_entity_append(GString *string, const char *entity, gsize size)
{
    static const struct {
        const char *name;
        const char *text;
    } names[] = { { "&amp;", "&" },    { "&lt;", "<" },          { "&gt;", ">" },    { "&quot;", "\"" },
                  { "&apos;", "'" },   { "&nbsp;", "\xc2\xa0" }, { "&ndash;", "–" }, { "&mdash;", "—" },
                  { "&hellip;", "…" }, { "&rarr;", "→" },        { "&larr;", "←" },  { "&times;", "×" },
                  { "&deg;", "°" },    { "&euro;", "€" },        { "&copy;", "©" },  { "&reg;", "®" },
                  { "&trade;", "™" },  { "&laquo;", "«" },       { "&raquo;", "»" }, { "&lsquo;", "‘" },
                  { "&rsquo;", "’" },  { "&ldquo;", "“" },       { "&rdquo;", "”" }, { "&middot;", "·" },
                  { "&bull;", "•" },   { "&sect;", "§" },        { "&auml;", "ä" },  { "&ouml;", "ö" },
                  { "&uuml;", "ü" },   { "&szlig;", "ß" },       { "&eacute;", "é" } };
    guint64 code = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (strlen(names[i].name) == size && memcmp(names[i].name, entity, size) == 0) {
            g_string_append(string, names[i].text);
            return;
        }
    if (size > 3 && entity[1] == '#') {
        gboolean hex = entity[2] == 'x' || entity[2] == 'X';
        code = g_ascii_strtoull(entity + (hex ? 3 : 2), NULL, hex ? 16 : 10);
    }
    if (code > 0 && code <= 0x10ffff && g_unichar_validate((gunichar)code))
        g_string_append_unichar(string, (gunichar)code);
    else
        g_string_append_len(string, entity, (gssize)size);
}

char *markdown_entity_attribute(const struct MD_ATTRIBUTE *attribute)
{
    GString *string = g_string_sized_new(attribute->size);

    for (guint i = 0; attribute->size && attribute->substr_offsets[i] < attribute->size; i++) {
        const char *text = attribute->text + attribute->substr_offsets[i];
        gsize size = attribute->substr_offsets[i + 1] - attribute->substr_offsets[i];
        if (attribute->substr_types[i] == MD_TEXT_ENTITY)
            markdown_entity_append(string, text, size);
        else
            g_string_append_len(string, text, (gssize)size);
    }
    return g_string_free(string, FALSE);
}
