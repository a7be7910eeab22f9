#include "import_jira_inline.h"

#include <string.h>

/* How far a mark may be from the one that closes it, in bytes: so that a line of many marks that nothing
 * closes takes no longer than others. */
#define FARTHEST 2000

static const char *find_end(const char *from, const char *end, const char *mark)
{
    return from < end ? g_strstr_len(from, MIN(end - from, FARTHEST), mark) : NULL;
}

static gboolean is_word(char c)
{
    return g_ascii_isalnum(c) || ((guchar)c & 0x80);
}

static gsize longest_run(const char *text, gsize length, char mark)
{
    gsize longest = 0, run = 0;
    for (gsize i = 0; i < length; i++) {
        run = text[i] == mark ? run + 1 : 0;
        longest = MAX(longest, run);
    }
    return longest;
}

/* -- each appends what a mark at the text's start stands for, and returns the bytes used; 0: it is no mark --
 */

static gsize take_monospace(GString *out, const char *text, const char *end)
{
    const char *close = g_str_has_prefix(text, "{{") ? find_end(text + 2, end, "}}") : NULL;
    if (!close)
        return 0;
    const char *from = text + 2;
    gsize length = (gsize)(close - from), blank = 0;
    while (blank < length && from[blank] == ' ')
        blank++;
    if (blank == length)
        return 0;
    g_autofree char *ticks = g_strnfill(longest_run(from, length, '`') + 1, '`');
    const char *pad = *from == '`' || from[length - 1] == '`' ? " " : "";
    g_string_append_printf(out, "%s%s%.*s%s%s", ticks, pad, (int)length, from, pad, ticks);
    return length + 4;
}

/* Markdown's own, which people type into Jira as well. */
static gsize take_code(GString *out, const char *text, const char *end)
{
    const char *close = *text == '`' ? find_end(text + 1, end, "`") : NULL;
    gsize length = close ? (gsize)(close - text) + 1 : 0;

    if (length < 3)
        return 0;
    g_string_append_len(out, text, (gssize)length);
    return length;
}

static gboolean is_address(const char *text, gsize length)
{
    static const char *const schemes[] = { "http://", "https://", "ftp://", "mailto:", "file://" };

    if (memchr(text, ' ', length) || memchr(text, '<', length) || memchr(text, '>', length))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(schemes); i++) {
        gsize scheme = strlen(schemes[i]);
        if (length > scheme && g_ascii_strncasecmp(text, schemes[i], scheme) == 0)
            return TRUE;
    }
    return FALSE;
}

static void append_link(GString *out, const char *label, gsize label_length, const char *url, gsize length)
{
    gboolean bare = label_length == 0 || (label_length == length && memcmp(label, url, length) == 0);
    gboolean odd = memchr(url, '(', length) || memchr(url, ')', length);

    if (bare) {
        g_string_append_printf(out, "<%.*s>", (int)length, url);
        return;
    }
    g_string_append_c(out, '[');
    import_jira_inline(out, label, label_length);
    g_string_append_printf(out, odd ? "](<%.*s>)" : "](%.*s)", (int)length, url);
}

static gsize take_link(GString *out, const char *text, const char *end)
{
    const char *close = *text == '[' ? find_end(text, end, "]") : NULL;
    const char *from = text + 1;
    if (!close || close == from || memchr(from, '[', (gsize)(close - from)))
        return 0;
    gsize whole = (gsize)(close - text) + 1, length = (gsize)(close - from);
    const char *bar = memchr(from, '|', length);
    const char *url = bar ? bar + 1 : from;
    const char *more = memchr(url, '|', (gsize)(close - url));
    gsize url_length = (gsize)((more ? more : close) - url);

    if (*from == '~' && length > 1 && !bar) {
        g_string_append_printf(out, "@%.*s", (int)length - 1, from + 1);
        return whole;
    }
    if (!is_address(url, url_length))
        return 0;
    append_link(out, from, bar ? (gsize)(bar - from) : 0, url, url_length);
    /* What is behind a second bar says how Jira shows the link. */
    if (more && (gsize)(close - more) > 1 && !g_str_has_prefix(more + 1, "smart-"))
        g_string_append_printf(out, " (%.*s)", (int)(close - more - 1), more + 1);
    return whole;
}

static gsize take_bold(GString *out, const char *text, const char *end, char before)
{
    const char *close = *text == '*' && !is_word(before) && before != '*' && text + 1 < end
                            ? find_end(text + 1, end, "*")
                            : NULL;
    if (!close || close == text + 1 || g_ascii_isspace(text[1]) || g_ascii_isspace(close[-1]) ||
        (close + 1 < end && (is_word(close[1]) || close[1] == '*')))
        return 0;
    g_string_append(out, "**");
    import_jira_inline(out, text + 1, (gsize)(close - text) - 1);
    g_string_append(out, "**");
    return (gsize)(close - text) + 1;
}

/* An address in the text: no mark in it is one. */
static gsize take_address(GString *out, const char *text, const char *end, char before)
{
    gsize length = 0;

    if (is_word(before) || !(g_str_has_prefix(text, "http://") || g_str_has_prefix(text, "https://")))
        return 0;
    while (text + length < end && !strchr(" \t|[]{}<>\"", text[length]))
        length++;
    g_string_append_len(out, text, (gssize)length);
    return length;
}

/* What Markdown would take for HTML, and what is escaped already. */
static gsize take_escape(GString *out, const char *text, const char *end)
{
    char next = text + 1 < end ? text[1] : '\0';

    if (*text == '\\' && g_ascii_ispunct(next)) {
        g_string_append_len(out, text, 2);
        return 2;
    }
    if (*text != '<' || (!g_ascii_isalpha(next) && next != '/' && next != '!' && next != '?'))
        return 0;
    g_string_append(out, "\\<");
    return 1;
}

void import_jira_inline(GString *out, const char *text, gsize length)
{
    const char *end = text + length;
    char before = ' ';

    while (text < end) {
        gsize used = take_escape(out, text, end);
        used = used ? used : take_monospace(out, text, end);
        used = used ? used : take_code(out, text, end);
        used = used ? used : take_link(out, text, end);
        used = used ? used : take_bold(out, text, end, before);
        used = used ? used : take_address(out, text, end, before);
        if (used == 0) {
            g_string_append_c(out, *text);
            used = 1;
        }
        text += used;
        before = text[-1];
    }
}
