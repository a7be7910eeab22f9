#include "import_text.h"

#include "plain.h"

#include <string.h>

char *import_text_lines(const char *text)
{
    GString *out = g_string_sized_new(strlen(text));

    for (const char *at = text; *at; at++)
        if (*at != '\r')
            g_string_append_c(out, *at);
        else if (at[1] != '\n')
            g_string_append_c(out, '\n');
    return g_string_free(out, FALSE);
}

char *import_text_line(const char *text)
{
    GString *out = g_string_new(NULL);
    gboolean apart = FALSE;

    for (const char *at = text; *at; at++) {
        if (strchr(" \t\r\n\v\f", *at)) {
            apart = out->len > 0;
            continue;
        }
        if (apart)
            g_string_append_c(out, ' ');
        apart = FALSE;
        g_string_append_c(out, *at);
    }
    return g_string_free(out, FALSE);
}

/* Whether the text is none but words in Markdown, at the start of a line too. */
static gboolean is_bare(const char *text)
{
    if (!g_ascii_isalnum(*text) && !((guchar)*text & 0x80))
        return FALSE;
    for (const char *at = text; *at; at++)
        if (!g_ascii_isalnum(*at) && !((guchar)*at & 0x80) && !strchr(" -/:.", *at))
            return FALSE;
    return !strstr(text, ". ") && plain_is_clean(text, -1);
}

char *import_text_bare(const char *text)
{
    g_autofree char *line = import_text_line(text);
    return is_bare(line) ? g_steal_pointer(&line) : plain_escape_markdown(line, -1);
}

static void append_quoted(GString *out, const char *text)
{
    g_autofree char *plain = import_text_lines(text);
    g_strchomp(plain);
    for (const char *at = plain; at;) {
        const char *end = strchr(at, '\n');
        gsize length = end ? (gsize)(end - at) : strlen(at);
        g_string_append(out, length ? "> " : ">");
        g_string_append_len(out, at, (gssize)length);
        g_string_append_c(out, '\n');
        at = end ? end + 1 : NULL;
    }
}

void import_text_add_comment(GString *comments, const char *when, const char *who, const char *text)
{
    g_autofree char *day = import_text_bare(when ? when : ""),
                    *name = import_text_bare(who && *who ? who : "somebody");

    if (comments->len > 0)
        g_string_append_c(comments, '\n');
    g_string_append_printf(comments, "%s%s%s:\n\n", day, *day ? " " : "", name);
    append_quoted(comments, text);
}

char *import_text_join(const char *body, const GString *comments)
{
    if (comments->len == 0)
        return g_strdup(body);
    gsize length = strlen(body);
    const char *apart = length == 0 ? "" : body[length - 1] == '\n' ? "\n" : "\n\n";
    return g_strconcat(body, apart, "## Comments\n\n", comments->str, NULL);
}

const char *const *import_text_later(void)
{
    static const char *const names[] = { "Comments", NULL };
    return names;
}
