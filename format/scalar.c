#include "scalar.h"

#include "plain.h"

#include <string.h>

/* What a reader of YAML 1.1 or 1.2 resolves to null, boolean, number or merge, apart from figures. */
static const char *const reserved[] = {
    "~",  "null", "y",  "yes", "n",    "no",    "true",  "false",
    "on", "off",  "<<", "=",   ".inf", "+.inf", "-.inf", ".nan",
};

static gboolean is_reserved(const char *value)
{
    for (gsize i = 0; i < G_N_ELEMENTS(reserved); i++)
        if (g_ascii_strcasecmp(value, reserved[i]) == 0)
            return TRUE;
    return FALSE;
}

/* Whether value could be a number, a date, a time or a base-60 figure to some reader: it begins like one and
 * has nothing else. Ruby's psych takes "1,5" for a number, npm's yaml (as YAML 1.1) "E5". */
static gboolean looks_numeric(const char *value)
{
    const char *begin = *value == 'e' || *value == 'E' ? value + 1 : value;
    if (!g_ascii_isdigit(*begin) && (*begin == '\0' || !strchr("+-.", *begin)))
        return FALSE;
    return value[strspn(value, "0123456789abcdefABCDEFxXoO_.,:+-tTzZ ")] == '\0';
}

/* Whether the character would not be seen, or would not be read back, if it stood there as it is. */
static gboolean is_escaped(gunichar character)
{
    return character < 0x20 || character == 0xfffe || character == 0xffff || plain_is_hidden(character);
}

static gboolean has_escape(const char *value, const char *allowed)
{
    for (; *value; value = g_utf8_next_char(value)) {
        gunichar character = g_utf8_get_char(value);
        if (is_escaped(character) && !(character < 0x20 && strchr(allowed, (int)character)))
            return TRUE;
    }
    return FALSE;
}

gboolean scalar_needs_escape(const char *value)
{
    return has_escape(value, "\n\t");
}

/* Whether value, written plain, comes back as the same text, whatever its type. */
static gboolean survives_plain(const char *value, gboolean flow)
{
    gsize length = strlen(value);

    if (length == 0 || strchr("?:,[]{}#&*!|>'\"%@` ", *value))
        return FALSE;
    if (*value == '-' && !g_ascii_isalnum(value[1]) && value[1] != '.')
        return FALSE;
    if (value[length - 1] == ' ' || value[length - 1] == ':' || strstr(value, ": ") || strstr(value, " #"))
        return FALSE;
    return !has_escape(value, "") && !(flow && strpbrk(value, ",[]{}:?"));
}

gboolean scalar_is_plain(const char *value, gboolean flow)
{
    return survives_plain(value, flow) && !is_reserved(value) && !looks_numeric(value);
}

static char *print_single(const char *value)
{
    g_auto(GStrv) parts = g_strsplit(value, "'", -1);
    g_autofree char *doubled = g_strjoinv("''", parts);
    return g_strdup_printf("'%s'", doubled);
}

static char *print_double(const char *value)
{
    GString *out = g_string_new("\"");
    for (; *value; value = g_utf8_next_char(value)) {
        gunichar character = g_utf8_get_char(value);
        if (character == '"' || character == '\\')
            g_string_append_printf(out, "\\%c", (char)character);
        else if (character == '\n')
            g_string_append(out, "\\n");
        else if (character == '\t')
            g_string_append(out, "\\t");
        else if (is_escaped(character))
            g_string_append_printf(out, character < 0x100 ? "\\x%02x" : "\\u%04x", character);
        else
            g_string_append_unichar(out, character);
    }
    g_string_append_c(out, '"');
    return g_string_free(out, FALSE);
}

char *scalar_print(const char *value, enum scalar_type type, enum node_style style, gboolean flow)
{
    if (style == STYLE_SINGLE && !has_escape(value, ""))
        return print_single(value);
    if (style != STYLE_DOUBLE &&
        (type == SCALAR_TYPED ? survives_plain(value, flow) : scalar_is_plain(value, flow)))
        return g_strdup(value);
    return print_double(value);
}
