#include "styled.h"

#include "hyperlink.h"
#include "plain.h"

#include <string.h>

#define LEAST_COLUMNS 20

/* Marks that a terminal shows. */
#define SHOWN (STYLED_WHOLE - 1)

/* From start to the start of the next one. */
struct run {
    gsize start;
    guint marks;
    const char *url; /* NULL: none */
};

struct styled {
    GString *text;
    GArray *runs; /* struct run; the first one starts at 0 */
    GStringChunk *urls;
};

struct styled *styled_new(void)
{
    struct styled *styled = g_new(struct styled, 1);
    styled->text = g_string_new(NULL);
    styled->runs = g_array_new(FALSE, FALSE, sizeof(struct run));
    styled->urls = g_string_chunk_new(256);
    return styled;
}

void styled_free(struct styled *styled)
{
    if (!styled)
        return;
    g_string_free(styled->text, TRUE);
    g_array_unref(styled->runs);
    g_string_chunk_free(styled->urls);
    g_free(styled);
}

void styled_clear(struct styled *styled)
{
    g_string_truncate(styled->text, 0);
    g_array_set_size(styled->runs, 0);
    g_string_chunk_clear(styled->urls);
}

const char *styled_text(const struct styled *styled)
{
    return styled->text->str;
}

gsize styled_length(const struct styled *styled)
{
    return styled->text->len;
}

/* -- adding -- */

static const struct run *run_at(const struct styled *styled, guint index)
{
    return &g_array_index(styled->runs, struct run, index);
}

/* Begins a run at the end of the text, unless the last one is like it. */
static void begin_run(struct styled *styled, guint marks, const char *url)
{
    struct run run = { styled->text->len, marks, url };
    const struct run *last = styled->runs->len ? run_at(styled, styled->runs->len - 1) : NULL;

    if (!last || last->marks != marks || last->url != url)
        g_array_append_val(styled->runs, run);
}

/* Text that stands within a line: without the escapes that only the beginning of one needs. */
static char *escape_within(const char *text, gsize length)
{
    g_autofree char *behind = g_malloc(length + 1);
    behind[0] = 'x';
    memcpy(behind + 1, text, length);
    char *escaped = plain_escape(behind, (gssize)length + 1);
    memmove(escaped, escaped + 1, strlen(escaped));
    return escaped;
}

void styled_add(struct styled *styled, const char *text, gssize length, guint marks, const char *url)
{
    gsize size = length < 0 ? strlen(text) : (gsize)length;
    g_autofree char *spaced = NULL, *escaped = NULL;

    if (!size)
        return;
    begin_run(styled, marks, url ? g_string_chunk_insert_const(styled->urls, url) : NULL);
    if (plain_is_clean(text, (gssize)size)) {
        g_string_append_len(styled->text, text, (gssize)size);
        return;
    }
    spaced = g_memdup2(text, size);
    for (gsize i = 0; i < size; i++)
        if (g_ascii_isspace(spaced[i]))
            spaced[i] = ' ';
    escaped = escape_within(spaced, size);
    g_string_append(styled->text, escaped);
}

void styled_add_break(struct styled *styled)
{
    begin_run(styled, 0, NULL);
    g_string_append_c(styled->text, '\n');
}

void styled_add_fill(struct styled *styled, const char *character, guint times, guint marks)
{
    begin_run(styled, marks, NULL);
    for (guint i = 0; i < times; i++)
        g_string_append(styled->text, character);
}

/* The run that holds the byte. */
static guint find_run(const struct styled *styled, gsize offset)
{
    guint low = 0, high = styled->runs->len;
    while (high - low > 1) {
        guint middle = low + (high - low) / 2;
        if (run_at(styled, middle)->start <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Where the run ends. */
static gsize run_end(const struct styled *styled, guint index)
{
    return index + 1 < styled->runs->len ? run_at(styled, index + 1)->start : styled->text->len;
}

void styled_add_part(struct styled *styled, const struct styled *from, gsize start, gsize end)
{
    if (start >= end)
        return;
    for (guint i = find_run(from, start); start < end; i++) {
        const struct run *run = run_at(from, i);
        gsize stop = MIN(end, run_end(from, i));
        begin_run(styled, run->marks, run->url);
        g_string_append_len(styled->text, from->text->str + start, (gssize)(stop - start));
        start = stop;
    }
}

/* -- breaking -- */

guint styled_width(const struct styled *styled, gsize start, gsize end)
{
    g_autofree char *part = g_strndup(styled->text->str + start, end - start);
    guint width = 0;

    for (char *line = part, *stop; line; line = stop) {
        stop = strchr(line, '\n');
        if (stop)
            *stop++ = '\0';
        width = MAX(width, plain_width(line));
    }
    return width;
}

/* Whether a line may end between two characters that are not spaces: beside wide ones, but not before what
 * closes nor behind what opens (a part of UAX #14: ID, CL, OP, NS). */
static gboolean may_part(gunichar before, gunichar after)
{
    if (!g_unichar_iswide(before) && !g_unichar_iswide(after))
        return FALSE;
    GUnicodeType open = g_unichar_type(before), close = g_unichar_type(after);
    return open != G_UNICODE_OPEN_PUNCTUATION && open != G_UNICODE_INITIAL_PUNCTUATION &&
           close != G_UNICODE_CLOSE_PUNCTUATION && close != G_UNICODE_FINAL_PUNCTUATION &&
           close != G_UNICODE_OTHER_PUNCTUATION && close != G_UNICODE_MODIFIER_LETTER;
}

static gsize trim_end(const struct styled *styled, gsize start, gsize end)
{
    while (end > start && styled->text->str[end - 1] == ' ')
        end--;
    return end;
}

/* What is known of a line while it is read. */
struct line {
    gsize best;   /* where it may end; 0: nowhere yet */
    gsize second; /* where it may if it must */
    guint width;
    gunichar last; /* character */
};

/* Notes whether the line may end before the byte at. */
static void note_place(struct line *line, const char *text, gsize at, guint marks)
{
    gboolean space = text[at] == ' ';
    gboolean parts = !space && line->last && (guchar)text[at] >= 0x80 && line->last != ' ' &&
                     may_part(line->last, g_utf8_get_char(text + at));

    parts |= !space && line->last >= 0x1100 && g_unichar_iswide(line->last) && (guchar)text[at] < 0x80 &&
             may_part(line->last, (gunichar)text[at]);
    if ((space || parts) && marks & STYLED_WHOLE)
        line->second = at;
    else if (space || (parts && !(marks & STYLED_LONG)))
        line->best = at;
}

gsize styled_break(const struct styled *styled, gsize start, gsize end, guint columns, gsize *next)
{
    const char *text = styled->text->str;
    struct line line = { 0 };
    guint run = styled->runs->len ? find_run(styled, start) : 0, more;

    for (gsize at = start, bytes; at < end; at += bytes) {
        if (text[at] == '\n') {
            *next = at + 1;
            return trim_end(styled, start, at);
        }
        while (at >= run_end(styled, run))
            run++;
        guint marks = run_at(styled, run)->marks;
        if (at > start)
            note_place(&line, text, at, marks);
        bytes = plain_cluster(text + at, text + end, &more);
        gsize place = line.best ? line.best : line.second;
        if (columns && line.width + more > columns && text[at] != ' ' &&
            (place || (line.width && !(marks & STYLED_LONG)))) {
            *next = place ? place : at;
            while (*next < end && text[*next] == ' ')
                (*next)++;
            return trim_end(styled, start, place ? place : at);
        }
        line.width += more;
        line.last = g_utf8_get_char(text + at);
    }
    *next = end;
    return trim_end(styled, start, end);
}

/* -- printing -- */

static void append_marks(GString *out, guint marks)
{
    static const struct {
        guint mark;
        const char *code;
    } others[] = { { STYLED_ITALIC, "\x1b[3m" },
                   { STYLED_UNDERLINE, "\x1b[4m" },
                   { STYLED_STRIKE, "\x1b[9m" } };

    for (enum table_style style = TABLE_BOLD; style <= TABLE_CYAN; style++)
        if (marks & STYLED(style))
            g_string_append(out, table_sgr(style));
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        if (marks & others[i].mark)
            g_string_append(out, others[i].code);
}

/* What the terminal is switched to. */
struct state {
    guint marks;
    const char *url;
};

static void switch_to(GString *out, struct state *state, const struct styled_look *look, guint marks,
                      const char *url)
{
    struct state wanted = { look->color ? marks & SHOWN : 0, look->links ? url : NULL };

    if (state->url && state->url != wanted.url)
        hyperlink_close(out);
    if (state->marks && state->marks != wanted.marks)
        g_string_append(out, table_sgr(TABLE_PLAIN));
    if (wanted.marks != state->marks)
        append_marks(out, wanted.marks);
    if (wanted.url && state->url != wanted.url)
        hyperlink_open(out, wanted.url);
    *state = wanted;
}

/* The length that plain_escape makes of a ":" or "#" that a CI service would obey: "\u003a". */
#define BROKEN 6

void styled_print_line(const struct styled *styled, GString *out, const struct styled_look *look)
{
    gsize end = trim_end(styled, 0, styled->text->len);
    const char *text = styled->text->str;
    g_autofree char *safe = plain_is_clean(text, (gssize)end) ? NULL : plain_escape(text, (gssize)end);
    struct state state = { 0, NULL };
    gsize at = 0, from = 0; /* the same place in text and in safe */

    for (guint i = 0; at < end; i++) {
        const struct run *run = run_at(styled, i);
        gsize stop = MIN(end, run_end(styled, i));
        switch_to(out, &state, look, run->marks, run->url);
        if (!safe)
            g_string_append_len(out, text + at, (gssize)(stop - at));
        for (; safe && at < stop; at++) {
            gsize taken = safe[from] == text[at] ? 1 : BROKEN;
            g_string_append_len(out, safe + from, (gssize)taken);
            from += taken;
        }
        at = stop;
    }
    switch_to(out, &state, look, 0, NULL);
    g_string_append_c(out, '\n');
}

static void add_front(struct styled *line, const struct styled *front)
{
    styled_clear(line);
    if (front)
        styled_add_part(line, front, 0, front->text->len);
}

void styled_print(const struct styled *styled, GString *out, const struct styled *first,
                  const struct styled *rest, const struct styled_look *look)
{
    g_autoptr(Styled) line = styled_new();
    const struct styled *front = first;
    gsize next;

    for (gsize at = 0; at < styled->text->len; at = next) {
        guint taken = front ? styled_width(front, 0, front->text->len) : 0;
        guint left = MAX(look->width > taken ? look->width - taken : 0, MIN(look->width, LEAST_COLUMNS));
        gsize stop = styled_break(styled, at, styled->text->len, left, &next);
        add_front(line, front);
        styled_add_part(line, styled, at, stop);
        styled_print_line(line, out, look);
        front = rest;
    }
}

void styled_print_indented(const struct styled *styled, GString *out, guint first, guint rest,
                           const struct styled_look *look)
{
    g_autoptr(Styled) before = styled_new(), below = styled_new();

    styled_add_fill(before, " ", first, 0);
    styled_add_fill(below, " ", rest, 0);
    styled_print(styled, out, before, below, look);
}
