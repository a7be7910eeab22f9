#include "message.h"

#include "message_line.h"
#include "plain.h"

#include <string.h>

#define PLACEHOLDER "{subject}"
#define MAX_LINE 1024
#define MAX_PARTS 50

/* Columns that the changes have in a subject however long the template is. */
#define LEAST_WIDTH 24

/* -- clean text -- */

/* text as valid UTF-8: what breaks a line is a newline, other controls are left out. */
static char *without_controls(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *clean = g_string_new(NULL);

    for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == '\r' && at[1] == '\n')
            continue;
        if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029)
            g_string_append_c(clean, '\n');
        else if (c == '\t' || (c >= 0x20 && !plain_is_hidden(c)))
            g_string_append_unichar(clean, c);
    }
    return g_string_free(clean, FALSE);
}

/* text on one line, without white space at its ends, of at most MAX_LINE bytes. */
static char *one_line(const char *text)
{
    g_autofree char *clean = without_controls(text);
    GString *line = g_string_new(NULL);

    for (const char *at = clean; *at; at++) {
        gboolean space = *at == ' ' || *at == '\t' || *at == '\n';
        if (!space)
            g_string_append_c(line, *at);
        else if (line->len && line->str[line->len - 1] != ' ')
            g_string_append_c(line, ' ');
    }
    if (line->len > MAX_LINE) {
        gsize kept = MAX_LINE - strlen("…");
        while (kept && (line->str[kept] & 0xc0) == 0x80)
            kept--;
        g_string_truncate(line, kept);
        g_string_append(line, "…");
    }
    return g_strchomp(g_string_free(line, FALSE));
}

/* The lines of a reason. The first is never indented, for a forge tells by that what it has indented. */
static GPtrArray *reason_lines(const char *reason)
{
    g_autofree char *clean = without_controls(reason ? reason : "");
    g_autoptr(GPtrArray) lines = message_lines_split(clean);
    GPtrArray *kept = message_lines_trim(lines, 0, lines->len);

    if (kept->len)
        g_strchug(kept->pdata[0]);
    return kept;
}

char *message_clean(const char *reason)
{
    g_autoptr(GPtrArray) lines = reason_lines(reason);
    return message_lines_join(lines);
}

/* -- subject -- */

static gboolean all_equal(char **changes)
{
    for (gsize i = 1; changes[i]; i++)
        if (strcmp(changes[0], changes[i]) != 0)
            return FALSE;
    return TRUE;
}

/* What the subject says: the beginning that is never shortened in *head, the rest returned. */
static char *subject_rest(char **ids, char **changes, gsize n, char **head)
{
    *head = n == 1 ? g_strdup_printf("%s: ", ids[0]) : g_strdup_printf("%" G_GSIZE_FORMAT " items: ", n);
    if (all_equal(changes))
        return g_strdup(changes[0]);
    /* "added" of many, each with a title of its own. */
    gsize kind = strcspn(changes[0], ":");
    for (gsize i = 0; i < n && changes[0][kind] == ':'; i++)
        if (strncmp(changes[i], changes[0], kind + 1) != 0)
            kind = strlen(changes[0]);
    return changes[0][kind] == ':' ? g_strndup(changes[0], kind)
                                   : g_strdup_printf("%s %s, …", ids[0], changes[0]);
}

/* The same where all of it is one thing. */
static char *subject_gist(const struct message_part *gist, char **head)
{
    g_autofree char *id = one_line(gist->id);

    *head = g_strdup_printf("%s: ", id);
    return one_line(gist->changes);
}

static gboolean names_item(const char *subject, const char *id)
{
    struct message_header header;
    return message_line_header(subject, &header) && header.kind == MESSAGE_HEADER_ITEM &&
           header.length == strlen(id) && strncmp(header.id, id, header.length) == 0;
}

/* Appends the subject. Returns whether it says all there is to say, in a way that is found again. */
static gboolean append_subject(GString *out, const char *template, char **ids, char **changes, gsize n,
                               const struct message_part *gist)
{
    g_autofree char *frame = one_line(template && *template ? template : PLACEHOLDER), *head = NULL;
    g_autofree char *rest = gist ? subject_gist(gist, &head) : subject_rest(ids, changes, n, &head);
    char *place = strstr(frame, PLACEHOLDER);
    g_autofree char *before =
        place ? g_strndup(frame, (gsize)(place - frame)) : g_strconcat(frame, " ", NULL);
    const char *after = place ? place + strlen(PLACEHOLDER) : "";
    guint used = plain_width(before) + plain_width(after) + plain_width(head);
    g_autofree char *shown =
        plain_truncate(rest, used + LEAST_WIDTH < MESSAGE_WIDTH ? MESSAGE_WIDTH - used : LEAST_WIDTH);
    g_autofree char *subject = g_strconcat(before, head, shown, after, NULL);

    g_string_append_printf(out, "%s\n", g_strchomp(subject));
    return n == 1 && !gist && strcmp(rest, shown) == 0 && names_item(subject, ids[0]);
}

/* -- the rest -- */

/* Behind a "- ", for git would take a last paragraph of "<id>: " lines for trailers. */
static void append_parts(GString *out, char **ids, char **changes, gsize n)
{
    g_string_append_c(out, '\n');
    for (gsize i = 0; i < n && i < MAX_PARTS; i++)
        g_string_append_printf(out, "- %s: %s\n", ids[i], changes[i]);
    if (n > MAX_PARTS)
        g_string_append_printf(out, "and %" G_GSIZE_FORMAT " more\n", n - MAX_PARTS);
}

static void append_reason(GString *out, const char *reason)
{
    g_autoptr(GPtrArray) lines = reason_lines(reason);

    if (lines->len == 0)
        return;
    message_lines_quote(lines);
    g_autofree char *text = message_lines_join(lines);
    g_string_append_printf(out, "\n%s\n", text);
}

/* "Key: value", clean, or NULL where that is no trailer. */
static char *trailer_line(const char *key, const char *value)
{
    g_autofree char *clean = one_line(value);

    if (!g_ascii_isalpha(*key) || *clean == '\0')
        return NULL;
    for (const char *at = key; *at; at++)
        if (!g_ascii_isalnum(*at) && *at != '-')
            return NULL;
    return g_strdup_printf("%s: %s", key, clean);
}

static void append_trailers(GString *out, const char *const *trailers)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    for (gsize i = 0; trailers && trailers[i]; i++) {
        g_auto(GStrv) parts = g_strsplit(trailers[i], ":", 2);
        char *line = parts[0] && parts[1] ? trailer_line(parts[0], parts[1]) : NULL;
        if (line && !g_ptr_array_find_with_equal_func(lines, line, g_str_equal, NULL))
            g_ptr_array_add(lines, line);
        else
            g_free(line);
    }
    for (guint i = 0; i < lines->len; i++)
        g_string_append_printf(out, "%s%s\n", i ? "" : "\n", (const char *)lines->pdata[i]);
}

char *message_print(const char *template, const struct message_part *parts, gsize n,
                    const struct message_part *gist, const char *reason, const char *const *trailers)
{
    GString *out = g_string_new(NULL);
    g_auto(GStrv) ids = g_new0(char *, n + 1), changes = g_new0(char *, n + 1);

    g_assert(n > 0);
    for (gsize i = 0; i < n; i++) {
        ids[i] = one_line(parts[i].id);
        changes[i] = one_line(parts[i].changes);
    }
    if (!append_subject(out, template, ids, changes, n, gist))
        append_parts(out, ids, changes, n);
    append_reason(out, reason);
    append_trailers(out, trailers);
    return g_string_free(out, FALSE);
}

char *message_add_trailer(const char *message, const char *key, const char *value)
{
    g_autofree char *line = trailer_line(key, value);
    g_autoptr(GPtrArray) lines = message_lines_split(message);
    GString *out = g_string_new(message);
    guint end = lines->len;

    while (end && *(const char *)lines->pdata[end - 1] == '\0')
        end--;
    guint start = message_lines_paragraph(lines, end);
    gboolean block = start > 0 && message_lines_are_trailers(lines, start, end);
    if (!line || (block && strcmp(lines->pdata[end - 1], line) == 0))
        return g_string_free(out, FALSE);
    while (out->len && strchr(" \t\r\n", out->str[out->len - 1]))
        g_string_truncate(out, out->len - 1);
    g_string_append_printf(out, "%s%s\n", block ? "\n" : "\n\n", line);
    return g_string_free(out, FALSE);
}
