#include "plain.h"

#include <string.h>

#define CUT "&#8203;"

/* Shorter runs of hexadecimal digits are not taken for commits. */
#define COMMIT_DIGITS 7

static gboolean is_name(char character)
{
    return g_ascii_isalnum(character) || character == '_' || (character & 0x80);
}

/* Whether a name in colons begins at, as ":tada:". */
static gboolean opens_emoji(const char *at)
{
    gsize length = 0;
    while (g_ascii_isalnum(at[1 + length]) || (at[1 + length] && strchr("_+-", at[1 + length])))
        length++;
    return length > 0 && at[1 + length] == ':';
}

/* Whether the word at is what forges take for the beginning of a reference or an address; *bytes of it may
 * stand together. first: no letter or digit stands before it. */
static gboolean opens_reference(const char *at, gboolean first, gsize *bytes)
{
    gsize digits = strspn(at, "0123456789abcdefABCDEF");

    *bytes = 3;
    if (first && g_ascii_strncasecmp(at, "www.", 4) == 0)
        return TRUE;
    *bytes = 2;
    if (first && g_ascii_strncasecmp(at, "gh-", 3) == 0 && g_ascii_isdigit(at[3]))
        return TRUE;
    *bytes = COMMIT_DIGITS - 1;
    return first && digits >= COMMIT_DIGITS && digits <= 64 && !is_name(at[digits]) &&
           strcspn(at, "0123456789") < digits && strcspn(at, "abcdefABCDEF") < digits;
}

/* Whether the mark at may not stand beside what follows it. */
static gboolean is_cut_behind(const char *at)
{
    switch (*at) {
    case '@':
    case '#':
    case '!':
    case '~':
    case '%':
    case '$':
    case '^':
    case '&':
    case '*':
        return is_name(at[1]) || at[1] == '"' || at[1] == '{' || at[1] == '/';
    case '{':
    case '[':
        return at[1] && strchr("+-[", at[1]);
    case ':':
        return at[1] == '/' || opens_emoji(at);
    case '/':
        return at[1] == '/';
    default:
        return FALSE;
    }
}

static void append_mark(GString *out, char mark)
{
    if (mark == '$')
        g_string_append(out, "<span>&#36;</span>");
    else if (strchr("\\`*_[]<>|&~", mark))
        g_string_append_printf(out, "&#%d;", mark);
    else
        g_string_append_c(out, mark);
}

char *plain_escape_forge(const char *text, gssize length)
{
    g_autofree char *line = plain_escape(text, length);
    GString *out = g_string_sized_new(strlen(line) + 16);
    gsize bytes;

    for (const char *at = line; *at; at++) {
        gboolean first = at == line || !(g_ascii_isalnum(at[-1]) || at[-1] == '_');
        if (is_name(*at) && *at != '_' && opens_reference(at, first, &bytes)) {
            g_string_append_len(out, at, (gssize)bytes);
            g_string_append(out, CUT);
            at += bytes - 1;
            continue;
        }
        append_mark(out, *at);
        if (is_cut_behind(at))
            g_string_append(out, CUT);
    }
    return g_string_free(out, FALSE);
}
