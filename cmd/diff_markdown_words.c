#include "diff_markdown_words.h"

#include "plain.h"
#include "reword.h"

#include <string.h>

/* Characters of a text that is shown alone, of one that changed, and of what stayed beside a change. */
#define MAX_TEXT 600
#define MAX_CHANGED 600
#define MAX_BESIDE 100

/* Changes that are shown of one text. */
#define MAX_PIECES 60

/* The first count characters of text, up to a space if there is one near, which is UTF-8; its length. */
static gsize head(const char *text, glong count)
{
    const char *end = g_utf8_offset_to_pointer(text, count), *cut = end;

    while (cut > text && end - cut < 20 && *cut != ' ')
        cut--;
    return (gsize)((*cut == ' ' && cut > text ? cut : end) - text);
}

/* Where the last count characters begin, behind a space if there is one near. */
static gsize tail(const char *text, glong count)
{
    const char *start = g_utf8_offset_to_pointer(text, g_utf8_strlen(text, -1) - count), *cut = start;

    while (*cut && cut - start < 20 && *cut != ' ')
        cut++;
    return (gsize)((*cut == ' ' ? cut : start) - text);
}

static void append(GString *out, const char *text, gsize length)
{
    g_autofree char *escaped = plain_escape_forge(text, (gssize)length);
    g_string_append(out, escaped);
}

/* Appends text of which no more is shown than first characters at its beginning and last at its end. */
static void append_cut(GString *out, const char *text, glong first, glong last)
{
    if (g_utf8_strlen(text, -1) <= first + last + 20) {
        append(out, text, strlen(text));
        return;
    }
    gsize start = first ? head(text, first) : 0, end = last ? tail(text, last) : strlen(text);
    append(out, text, start);
    g_string_append(out, first ? " …" : "…");
    append(out, text + end, strlen(text + end));
}

/* A box or dash of a list, at the beginning of a word, as a reader would see it; NULL where none is. *length
 * is that of the source. */
static const char *list_mark(const char *at, gsize *length)
{
    static const struct {
        const char *source, *shown;
    } marks[] = { { "- [ ] ", "☐ " }, { "- [x] ", "☑ " }, { "- [X] ", "☑ " }, { "* [ ] ", "☐ " },
                  { "* [x] ", "☑ " }, { "- ", "• " },     { "* ", "• " } };

    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        if (g_str_has_prefix(at, marks[i].source)) {
            *length = strlen(marks[i].source);
            return marks[i].shown;
        }
    return NULL;
}

/* The text of a section, of which the lists have become one line. Newly allocated. */
static char *draw_lists(const char *text)
{
    GString *out = g_string_new(NULL);
    gsize length = 1;

    for (const char *at = text; *at; at += length) {
        const char *shown = at == text || at[-1] == ' ' ? list_mark(at, &length) : NULL;
        if (shown) {
            g_string_append(out, shown);
            length--; /* its space may stand before another mark */
            g_string_truncate(out, out->len - 1);
        } else {
            length = 1;
            g_string_append_c(out, *at);
        }
    }
    return g_string_free(out, FALSE);
}

/* White space is no matter of a comment: one space, none at either end. The result can be shown, and is
 * UTF-8. */
static char *tidy(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GString *out = g_string_new(NULL);

    for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        if (!g_unichar_isspace(character))
            g_string_append_unichar(out, character);
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
    g_autofree char *tidied = g_strchomp(g_string_free(out, FALSE));
    g_autofree char *drawn = draw_lists(tidied);
    return plain_escape(drawn, -1);
}

void diff_markdown_text(GString *out, const char *text)
{
    g_autofree char *tidied = tidy(text);
    append_cut(out, tidied, MAX_TEXT, 0);
}

/* Appends text, which begins and ends with no space, between marks. Where a reader might not take marks for
 * such, for letters or other marks are beside them, tags say the same. */
static void append_marked(GString *out, enum reword_kind kind, const char *text, gboolean free_standing)
{
    static const char *const marks[] = { "", "~~", "**" }, *const names[] = { "", "del", "strong" };

    if (free_standing)
        g_string_append(out, marks[kind]);
    else
        g_string_append_printf(out, "<%s>", names[kind]);
    append_cut(out, text, MAX_CHANGED, 0);
    if (free_standing)
        g_string_append(out, marks[kind]);
    else
        g_string_append_printf(out, "</%s>", names[kind]);
}

static gboolean ends_free(const GString *out)
{
    return out->len == 0 || out->str[out->len - 1] == ' ';
}

/* Appends a piece that changed. next is what follows it, or NULL. */
static void append_change(GString *out, const struct reword *piece, const struct reword *next)
{
    g_autofree char *text = g_strstrip(g_strdup(piece->text));
    gboolean replaced = piece->kind == REWORD_REMOVED && next && next->kind == REWORD_ADDED;
    gboolean follows_free = !next || replaced || *next->text == ' ' || g_str_has_suffix(piece->text, " ");

    if (*piece->text == ' ' && !ends_free(out))
        g_string_append_c(out, ' ');
    if (*text)
        append_marked(out, piece->kind, text, ends_free(out) && follows_free);
    if (*text && next && (replaced || g_str_has_suffix(piece->text, " ")))
        g_string_append_c(out, ' ');
}

void diff_markdown_words(GString *out, const char *before, const char *after)
{
    g_autofree char *old = tidy(before), *new = tidy(after);
    g_autoptr(GPtrArray) pieces = reword_list(old, new);

    for (guint i = 0; i < pieces->len; i++) {
        const struct reword *piece = pieces->pdata[i];
        gboolean last = i + 1 == pieces->len || i + 1 == MAX_PIECES;
        if (piece->kind == REWORD_SAME)
            append_cut(out, piece->text, i ? MAX_BESIDE : last ? MAX_TEXT : 0, last ? 0 : MAX_BESIDE);
        else
            append_change(out, piece, i + 1 < pieces->len ? pieces->pdata[i + 1] : NULL);
        if (last && i + 1 < pieces->len) {
            g_string_append(out, " …");
            break;
        }
    }
}

void diff_markdown_struck(GString *out, const char *text)
{
    g_autofree char *tidied = tidy(text);
    if (*tidied)
        append_marked(out, REWORD_REMOVED, tidied, ends_free(out));
}
