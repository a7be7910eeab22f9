#include "prose_private.h"

#include <string.h>

/* What stands in 'single quotes' is short; what is farther from the first one is an apostrophe. */
#define SINGLE_LONGEST 200

enum shape { SHAPE_MARK, SHAPE_SPACE, SHAPE_LETTER, SHAPE_DIGIT, SHAPE_HIGH };

/* -- characters -- */

/* By byte: "." a mark, " " white space or a control character, "a" a letter, "0" a digit, "x" part of a
 * longer character. */
static const char shapes[] = "                                "
                             " ...............0000000000......"
                             ".aaaaaaaaaaaaaaaaaaaaaaaaaa....."
                             ".aaaaaaaaaaaaaaaaaaaaaaaaaa.... "
                             "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                             "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

static enum shape shape_of(char byte)
{
    switch (shapes[(guchar)byte]) {
    case ' ':
        return SHAPE_SPACE;
    case 'a':
        return SHAPE_LETTER;
    case '0':
        return SHAPE_DIGIT;
    case 'x':
        return SHAPE_HIGH;
    default:
        return SHAPE_MARK;
    }
}

/* Past the ASCII letters and digits from at on. */
static const char *skip_plain(const char *at, const char *end)
{
    while (at < end && (shapes[(guchar)*at] == 'a' || shapes[(guchar)*at] == '0'))
        at++;
    return at;
}

/* The character at at, before end; *size is its bytes. Bytes that are none stand for themselves. */
static gunichar character_at(const char *at, const char *end, gsize *size)
{
    gunichar c = g_utf8_get_char_validated(at, end - at);
    gboolean good = c != (gunichar)-1 && c != (gunichar)-2;

    *size = good ? (gsize)(g_utf8_next_char(at) - at) : 1;
    return good ? c : 0xfffd;
}

static gboolean is_apostrophe(const char *at, const char *end)
{
    return end - at >= 3 && memcmp(at, "\xe2\x80\x99", 3) == 0;
}

/* Bytes of the letter or digit at at; 0: it is none. */
static gsize measure_letter(const char *at, const char *end)
{
    gsize size = 1;

    if (at >= end)
        return 0;
    switch (shape_of(*at)) {
    case SHAPE_LETTER:
    case SHAPE_DIGIT:
        return 1;
    case SHAPE_HIGH: {
        gunichar c = character_at(at, end, &size);
        return g_unichar_isalnum(c) || g_unichar_ismark(c) ? size : 0;
    }
    default:
        return 0;
    }
}

/* -- tokens -- */

static void add(struct scan *scan, enum token_kind kind, char mark, struct span span, const char *text)
{
    struct token token = scan->like;

    token.kind = kind;
    token.mark = mark;
    token.span = span;
    token.text = text;
    g_array_append_val(scan->prose->tokens, token);
}

/* A copy of the text in small letters, owned by the prose. */
static char *lower(struct scan *scan, struct span span)
{
    char *copy =
        g_string_chunk_insert_len(scan->prose->texts, scan->text + span.start, (gssize)span_length(span));

    for (gsize i = 0; i < span_length(span); i++)
        copy[i] = (char)(copy[i] + ((guchar)(copy[i] - 'A') < 26) * ('a' - 'A'));
    return copy;
}

void scan_begin(struct scan *scan, guint block)
{
    memset(scan->open, 0, sizeof scan->open);
    scan->like.block = block;
}

void scan_whole(struct scan *scan, enum token_kind kind, struct span span)
{
    add(scan, kind, 0, span, kind == TOKEN_LITERAL ? lower(scan, span) : "");
}

/* -- quotes -- */

/* What an open quote and all behind it were becomes one literal, up to end; its last quote is at close. */
static void close_quote(struct scan *scan, enum quote quote, gsize close, gsize end)
{
    guint index = scan->open[quote] - 1;
    struct span mark = prose_at(scan->prose, index)->span;

    g_array_set_size(scan->prose->tokens, index);
    add(scan, TOKEN_LITERAL, 0, (struct span){ mark.start, end },
        lower(scan, (struct span){ mark.end, close }));
    for (guint i = 0; i < N_QUOTES; i++)
        if (scan->open[i] > index)
            scan->open[i] = 0;
}

/* Whether what opened the quote is near enough to at. */
static gboolean is_open(const struct scan *scan, enum quote quote, gsize at)
{
    gboolean single = quote == QUOTE_SINGLE || quote == QUOTE_CURLY_SINGLE;
    return scan->open[quote] &&
           (!single || at - prose_at(scan->prose, scan->open[quote] - 1)->span.start <= SINGLE_LONGEST);
}

/* Takes a quotation mark: the end of a literal, perhaps the beginning of one, or neither. */
static void take_quote(struct scan *scan, enum quote quote, gboolean opens, gboolean closes, struct span span)
{
    const char *text = scan->text, *end = text + scan->length;
    gboolean after_word = span.start > 0 && (shape_of(text[span.start - 1]) == SHAPE_LETTER ||
                                             shape_of(text[span.start - 1]) == SHAPE_DIGIT);
    gboolean after_space = span.start == 0 || shape_of(text[span.start - 1]) == SHAPE_SPACE;
    gboolean before_word = measure_letter(text + span.end, end) > 0;
    gboolean before_space = span.end >= scan->length || shape_of(text[span.end]) == SHAPE_SPACE;

    if (closes && !after_space && !(before_word && quote != QUOTE_ANGLE) &&
        is_open(scan, quote, span.start)) {
        close_quote(scan, quote, span.start, span.end);
        return;
    }
    char mark = span_length(span) == 1 ? text[span.start] : 0;
    add(scan, TOKEN_MARK, mark, span, mark ? (mark == '"' ? "\"" : "'") : lower(scan, span));
    if (opens && !before_space && !after_word)
        scan->open[quote] = scan->prose->tokens->len;
}

/* -- words, numbers, marks -- */

/* The one-byte texts of marks. */
#define PAIR(c)                                                                                              \
    { (c), 0 },                                                                                              \
    {                                                                                                        \
        (c) + 1, 0                                                                                           \
    }
#define EIGHT(c) PAIR(c), PAIR((c) + 2), PAIR((c) + 4), PAIR((c) + 6)
#define THIRTY_TWO(c) EIGHT(c), EIGHT((c) + 8), EIGHT((c) + 16), EIGHT((c) + 24)
static const char mark_texts[128][2] = { THIRTY_TWO(0), THIRTY_TWO(32), THIRTY_TWO(64), THIRTY_TWO(96) };

/* Takes the mark that begins at span.start, and returns where it ends. */
static gsize take_mark(struct scan *scan, struct span span)
{
    static const struct {
        gunichar character;
        enum quote quote;
        gboolean opens, closes;
    } quotes[] = {
        { 0x201c, QUOTE_CURLY, TRUE, FALSE },        { 0x201d, QUOTE_CURLY, FALSE, TRUE },
        { 0x2018, QUOTE_CURLY_SINGLE, TRUE, FALSE }, { 0x2019, QUOTE_CURLY_SINGLE, FALSE, TRUE },
        { 0xab, QUOTE_ANGLE, TRUE, FALSE },          { 0xbb, QUOTE_ANGLE, FALSE, TRUE },
    };
    const char *at = scan->text + span.start;
    gsize size = 1;

    if (*at == '"' || *at == '\'') {
        take_quote(scan, *at == '"' ? QUOTE_DOUBLE : QUOTE_SINGLE, TRUE, TRUE,
                   (struct span){ span.start, span.start + 1 });
        return span.start + 1;
    }
    if (shape_of(*at) == SHAPE_MARK) {
        add(scan, TOKEN_MARK, *at, (struct span){ span.start, span.start + 1 }, mark_texts[(guchar)*at]);
        return span.start + 1;
    }
    gunichar c = character_at(at, scan->text + span.end, &size);
    span.end = span.start + size;
    for (gsize i = 0; i < G_N_ELEMENTS(quotes); i++)
        if (quotes[i].character == c) {
            take_quote(scan, quotes[i].quote, quotes[i].opens, quotes[i].closes, span);
            return span.end;
        }
    if (!g_unichar_isspace(c))
        add(scan, TOKEN_MARK, 0, span, lower(scan, span));
    return span.end;
}

/* Where the word ends that begins at at. *apostrophe is set where it has a typographic one. */
static const char *end_of_word(const char *at, const char *end, gboolean *apostrophe)
{
    for (;;) {
        at = skip_plain(at, end);
        if (at == end)
            return at;
        gsize size = shapes[(guchar)*at] == 'x' ? measure_letter(at, end) : 0;
        if (size == 0) {
            gboolean typographic = is_apostrophe(at, end);
            size = *at == '\'' || *at == '-' ? 1 : typographic ? 3 : 0;
            if (size == 0 || measure_letter(at + size, end) == 0)
                return at;
            *apostrophe |= typographic;
        }
        at += size;
    }
}

/* The same of a number: "10,000", "2026-11-21", "500ms", "99.9%". */
static const char *end_of_number(const char *at, const char *end)
{
    for (gsize size; at < end; at += size) {
        size = measure_letter(at, end);
        if (size > 0)
            continue;
        size = 1;
        if (!strchr(".,:/-", *at) || *at == '\0' || at + 1 >= end || !g_ascii_isdigit(at[1]))
            break;
    }
    return at + (at < end && *at == '%');
}

/* Where the address ends of which a word at at is the scheme; at: it is none. The Markdown reader knows only
 * those whose host has a dot. */
static const char *end_of_address(const char *at, const char *stop, const char *end)
{
    if (end - stop < 4 || memcmp(stop, "://", 3) != 0 || shape_of(stop[3]) == SHAPE_SPACE)
        return at;
    while (stop < end && shape_of(*stop) != SHAPE_SPACE && !strchr("<>\"`|", *stop))
        stop++;
    while (strchr(".,;:!?)'", stop[-1]))
        stop--;
    return stop;
}

/* Makes typographic apostrophes plain. */
static void plain_apostrophes(char *word, gsize length)
{
    char *out = word;

    for (const char *at = word, *end = word + length; at < end; out++)
        if (is_apostrophe(at, end)) {
            *out = '\'';
            at += 3;
        } else {
            *out = *at++;
        }
    *out = '\0';
}

void scan_words(struct scan *scan, struct span span)
{
    const char *start = scan->text + span.start, *end = scan->text + span.end;
    /* The copy is cut into texts in place. Only behind "%" may stand a word whose first letter that would
     * hit. */
    char *texts = lower(scan, span);

    for (const char *at = start; at < end;) {
        enum shape shape = shape_of(*at);
        gboolean word = shape == SHAPE_LETTER || (shape == SHAPE_HIGH && measure_letter(at, end) > 0);
        if (shape == SHAPE_SPACE) {
            at++;
            continue;
        }
        if (!word && shape != SHAPE_DIGIT) {
            at = scan->text + take_mark(scan, (struct span){ (gsize)(at - scan->text), span.end });
            continue;
        }
        gboolean apostrophe = FALSE;
        const char *stop = word ? end_of_word(at, end, &apostrophe) : end_of_number(at, end);
        const char *address = word ? end_of_address(at, stop, end) : at;
        if (address > at) {
            scan_whole(scan, TOKEN_LINK,
                       (struct span){ (gsize)(at - scan->text), (gsize)(address - scan->text) });
            at = address;
            continue;
        }
        struct span taken = { (gsize)(at - scan->text), (gsize)(stop - scan->text) };
        char *text = stop[-1] == '%' ? lower(scan, taken) : texts + (at - start);
        text[stop - at] = '\0';
        if (apostrophe)
            plain_apostrophes(text, (gsize)(stop - at));
        add(scan, word ? TOKEN_WORD : TOKEN_NUMBER, 0, taken, text);
        at = stop;
    }
}
