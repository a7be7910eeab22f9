#include "diff_word.h"

#include "output.h"
#include "reword.h"

#include <string.h>

/* Bytes of what stays the same that are shown on either side of a change, and those for which it is worth to
 * leave some out. */
#define CONTEXT 48
#define WORTH 40

/* The first space at or behind, the last one at or before, a place in the text of that length. */
static gsize space_behind(const char *text, gsize at, gsize length)
{
    while (at < length && text[at] != ' ')
        at++;
    return at;
}

static gsize space_before(const char *text, gsize at)
{
    while (at > 0 && text[at] != ' ')
        at--;
    return at;
}

/* The end of what leads to a change, the beginning of what follows one, or both. */
static void add_same(struct styled *line, const char *text, gboolean first, gboolean last)
{
    gsize length = strlen(text);
    gsize head = first ? 0 : space_behind(text, MIN(CONTEXT, length), length);
    gsize tail = last ? length : space_before(text, length > CONTEXT ? length - CONTEXT : 0);

    if (tail < head + WORTH) {
        styled_add(line, text, (gssize)length, 0, NULL);
        return;
    }
    styled_add(line, text, (gssize)head, 0, NULL);
    styled_add(line, first ? "" : " ", -1, 0, NULL);
    styled_add(line, output_is_utf8() ? "…" : "...", -1, STYLED(TABLE_DIM), NULL);
    styled_add(line, text + tail, (gssize)(length - tail), 0, NULL);
}

/* White space at the ends of what changed is not marked: brackets and colour stand at words. */
static void add_changed(struct styled *line, const char *text, gboolean removed, gboolean color)
{
    gsize length = strlen(text), start = 0;
    guint marks = removed ? STYLED(TABLE_RED) | (color ? STYLED_STRIKE : 0) : STYLED(TABLE_GREEN);

    while (start < length && g_ascii_isspace(text[start]))
        start++;
    while (length > start && g_ascii_isspace(text[length - 1]))
        length--;
    styled_add(line, start ? " " : "", -1, 0, NULL);
    if (length > start) {
        styled_add(line, color ? "" : removed ? "[-" : "{+", -1, 0, NULL);
        styled_add(line, text + start, (gssize)(length - start), marks, NULL);
        styled_add(line, color ? "" : removed ? "-]" : "+}", -1, 0, NULL);
    }
    styled_add(line, text[length] ? " " : "", -1, 0, NULL);
}

void diff_word_add(struct styled *line, const char *before, const char *after, gboolean color)
{
    g_autofree char *old = g_strstrip(g_strdup(before)), *new = g_strstrip(g_strdup(after));
    g_autoptr(GPtrArray) pieces = reword_list(old, new);

    for (guint i = 0; i < pieces->len; i++) {
        const struct reword *piece = pieces->pdata[i], *last = i ? pieces->pdata[i - 1] : NULL;
        if (piece->kind == REWORD_SAME) {
            add_same(line, piece->text, i == 0, i + 1 == pieces->len);
            continue;
        }
        /* What replaces something stands directly behind it. */
        if (last && last->kind == REWORD_REMOVED && color && !g_str_has_suffix(styled_text(line), " "))
            styled_add(line, " ", -1, 0, NULL);
        add_changed(line, piece->text, piece->kind == REWORD_REMOVED, color);
    }
}
