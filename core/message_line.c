#include "message_line.h"

#include "ident.h"

#include <string.h>

/* Words before the id that message_line_header looks at. */
#define MAX_PREFIX 5

/* -- one line -- */

static gboolean is_blank(const char *line)
{
    return line[strspn(line, " \t\r")] == '\0';
}

static const char *unindented(const char *line)
{
    return line + strspn(line, " \t");
}

/* Whether at has ": ", or a ":" that ends the line. */
static gboolean is_colon(const char *at)
{
    return at[0] == ':' && (at[1] == ' ' || at[1] == '\t' || at[1] == '\0');
}

static gboolean is_item(const char *at, struct message_header *header)
{
    gsize length = strcspn(at, ": \t");
    g_autofree char *word = NULL;

    if (length > 64 || !is_colon(at + length))
        return FALSE;
    word = g_strndup(at, length);
    if (!ident_is_valid(word))
        return FALSE;
    header->kind = MESSAGE_HEADER_ITEM;
    header->id = at;
    header->length = length;
    return TRUE;
}

static gboolean is_group(const char *at, struct message_header *header)
{
    gsize digits = strspn(at, "0123456789");

    if (digits == 0 || digits > 7 || strncmp(at + digits, " items", 6) != 0 || !is_colon(at + digits + 6))
        return FALSE;
    header->kind = MESSAGE_HEADER_GROUP;
    return TRUE;
}

/* The key of a trailer, up to and with its colon; 0 where the line has none. git allows space before it. */
static gsize trailer_key(const char *line)
{
    gsize length = 0;
    while (g_ascii_isalnum(line[length]) || line[length] == '-')
        length++;
    gsize colon = length + strspn(line + length, " \t");
    return length && line[colon] == ':' ? colon + 1 : 0;
}

gboolean message_line_is_person(const char *line)
{
    gsize key = trailer_key(line);
    g_autofree char *name = g_strndup(line, key ? key - 1 : 0);

    g_strchomp(name);
    gsize length = strlen(name);
    return length > 3 && g_ascii_strcasecmp(name + length - 3, "-by") == 0;
}

/* The length of a word that may stand before a header with the space behind it, 0 where it may not: prose is
 * mostly lower-case letters, while prefixes end in a colon or a bracket, are keys of a tracker or signs. */
static gsize prefix_word(const char *at)
{
    gsize length = strcspn(at, *at == '[' ? "]" : " \t");
    gboolean letters = FALSE;

    if (*at == '[' && at[length] == ']')
        length++;
    for (gsize i = 0; i < length; i++)
        letters |= g_ascii_islower(at[i]);
    if (length == 0 || (letters && !strchr(":])>!|", at[length - 1])))
        return 0;
    return length + strspn(at + length, " \t");
}

gboolean message_line_header(const char *line, struct message_header *header)
{
    *header = (struct message_header){ .bullet = *line == '*' || *line == '-' ? *line : '\0' };
    if (*line == ' ' || *line == '\t' || message_line_is_person(line))
        return FALSE;
    for (int words = 0; words <= MAX_PREFIX; words++) {
        if (is_item(line, header) || is_group(line, header))
            return TRUE;
        gsize word = prefix_word(line);
        if (word == 0)
            return FALSE;
        line += word;
    }
    return FALSE;
}

gboolean message_line_is_commit(const char *line)
{
    gsize digits = 0;

    if (!g_str_has_prefix(line, "commit "))
        return FALSE;
    while (g_ascii_isxdigit(line[7 + digits]))
        digits++;
    return digits >= 7 && (line[7 + digits] == '\0' || line[7 + digits] == ' ');
}

gboolean message_line_is_rule(const char *line)
{
    gsize dashes = strspn(line, "-");
    return dashes >= 3 && line[dashes] == '\0';
}

/* What is more than text wherever it stands: to git, mail, a forge or message_parse. */
static gboolean is_special(const char *line)
{
    struct message_header header;
    return *line == '#' || message_line_is_rule(line) || g_str_has_prefix(line, "--- ") ||
           g_str_has_prefix(line, "---\t") || g_str_has_prefix(line, "diff -") ||
           g_str_has_prefix(line, "Index:") || message_line_is_person(line) || message_line_is_commit(line) ||
           message_line_header(line, &header);
}

/* -- paragraphs -- */

static gboolean is_blank_at(const GPtrArray *lines, guint at)
{
    return at >= lines->len || !lines->pdata[at] || is_blank(lines->pdata[at]);
}

static gboolean is_bullet(const char *line)
{
    return (*line == '*' || *line == '-') && (line[1] == ' ' || line[1] == '\t');
}

static gboolean stands_alone(const GPtrArray *lines, guint at)
{
    return (at == 0 || is_blank_at(lines, at - 1)) && is_blank_at(lines, at + 1);
}

gboolean message_line_is_bullet(const GPtrArray *lines, guint at)
{
    return is_bullet(lines->pdata[at]) && stands_alone(lines, at);
}

guint message_lines_paragraph(const GPtrArray *lines, guint end)
{
    while (end > 0 && !is_blank(lines->pdata[end - 1]))
        end--;
    return end;
}

/* What git counts while it goes up a paragraph: an indented line continues the trailer above it. */
struct count {
    guint trailers;
    guint others;
    guint indented; /* below the next line that is none */
    gboolean own;   /* one of those that git itself writes is among them */
};

static void count_line(struct count *count, const char *line, gboolean continues)
{
    gboolean own =
        g_str_has_prefix(line, "Signed-off-by: ") || g_str_has_prefix(line, "(cherry picked from commit ");

    if (own || trailer_key(line)) {
        count->trailers++;
        count->indented = 0;
        count->own |= own;
    } else if (continues) {
        count->indented++;
    } else {
        count->others += 1 + count->indented;
        count->indented = 0;
    }
}

static gboolean counts_as_trailers(const struct count *count)
{
    guint others = count->others + count->indented;
    return count->own ? count->trailers * 3 >= others : count->trailers && !others;
}

gboolean message_lines_are_trailers(const GPtrArray *lines, guint start, guint end)
{
    struct count count = { 0 };

    for (guint i = end; i > start; i--) {
        const char *line = lines->pdata[i - 1];
        count_line(&count, line, *line == ' ' || *line == '\t');
    }
    return counts_as_trailers(&count);
}

/* Whether the paragraph could be trailers with what is indented in it moved to the margin. Lines that are
 * indented anyhow are taken for continuations, so the answer is the same before and after quoting, and never
 * no where git says yes. */
static gboolean could_be_trailers(const GPtrArray *lines, guint start, guint end)
{
    struct count count = { 0 };

    for (guint i = end; i > start; i--) {
        const char *line = lines->pdata[i - 1], *text = unindented(line);
        gboolean trailer = trailer_key(text) || g_str_has_prefix(text, "(cherry picked from commit ");
        count_line(&count, trailer ? text : line, text != line || is_special(text));
    }
    return counts_as_trailers(&count);
}

/* -- quoting -- */

/* Whether the line at is to be indented, or has been. tail is where the last paragraph begins, if that could
 * be trailers. Space at the margin does not matter to the answer, which is what makes it reversible. */
static gboolean is_quoted(const GPtrArray *lines, guint at, guint tail)
{
    const char *text = unindented(lines->pdata[at]);
    return is_special(text) || (is_bullet(text) && stands_alone(lines, at)) ||
           (at >= tail && (trailer_key(text) || g_str_has_prefix(text, "(cherry picked from commit ")));
}

static guint quoted_tail(const GPtrArray *lines)
{
    guint start = message_lines_paragraph(lines, lines->len);
    return could_be_trailers(lines, start, lines->len) ? start : lines->len;
}

void message_lines_quote(GPtrArray *lines)
{
    guint tail = quoted_tail(lines);

    for (guint i = 0; i < lines->len; i++)
        if (is_quoted(lines, i, tail)) {
            char *line = lines->pdata[i];
            lines->pdata[i] = g_strconcat(" ", line, NULL);
            g_free(line);
        }
}

void message_lines_unquote(GPtrArray *lines)
{
    guint tail = quoted_tail(lines);

    for (guint i = 0; i < lines->len; i++) {
        char *line = lines->pdata[i];
        if (*line == ' ' && is_quoted(lines, i, tail))
            memmove(line, line + 1, strlen(line));
    }
}

/* -- texts -- */

GPtrArray *message_lines_trim(const GPtrArray *lines, guint start, guint end)
{
    GPtrArray *kept = g_ptr_array_new_with_free_func(g_free);

    while (end > start && is_blank(lines->pdata[end - 1]))
        end--;
    for (guint i = start; i < end; i++) {
        gboolean blank = is_blank(lines->pdata[i]);
        if (!blank || (kept->len && !is_blank(kept->pdata[kept->len - 1])))
            g_ptr_array_add(kept, g_strdup(blank ? "" : lines->pdata[i]));
    }
    return kept;
}

GPtrArray *message_lines_split(const char *text)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);

    while (*text) {
        gsize length = strcspn(text, "\n"), kept = length;
        while (kept && strchr(" \t\r", text[kept - 1]))
            kept--;
        g_ptr_array_add(lines, g_strndup(text, kept));
        text += length + (text[length] == '\n');
    }
    return lines;
}

char *message_lines_join(const GPtrArray *lines)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < lines->len; i++)
        g_string_append_printf(text, "%s%s", i ? "\n" : "", (const char *)lines->pdata[i]);
    return g_string_free(text, FALSE);
}
