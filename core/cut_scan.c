/* A text in words and marks. */
#include "cut_private.h"

#include <string.h>

/* Longer ones are no words that people write: identifiers, digests. */
#define LONGEST 40

struct quoting {
    gunichar open;
    const char *close;
    gsize missing; /* no close stands from here on; G_MAXSIZE: not known */
};

struct scan {
    struct cut_reading *reading;
    const char *text;
    gsize at;
    gsize end;
    struct quoting quotes[4];
};

/* The character at an offset, and past it in *next; U+FFFD for what is not UTF-8. */
static gunichar character_at(const struct scan *scan, gsize at, gsize *next)
{
    gunichar character = g_utf8_get_char_validated(scan->text + at, (gssize)(scan->end - at));

    if (character == (gunichar)-1 || character == (gunichar)-2 || character == 0) {
        *next = at + 1;
        return 0xfffd;
    }
    *next = at + (gsize)g_unichar_to_utf8(character, NULL);
    return character;
}

static gboolean is_letter(gunichar character)
{
    return g_unichar_isalnum(character) || g_unichar_ismark(character);
}

/* Whether the character joins two letters to one word: "don't", "in-app", "node.js". */
static gboolean is_inner(gunichar character)
{
    return character == '\'' || character == 0x2019 || character == '-' || character == '.' ||
           character == '_' || character == 0x2011;
}

static gsize word_end(const struct scan *scan, gsize at)
{
    gsize end = at;

    while (at < scan->end) {
        gsize next, behind;
        gunichar character = character_at(scan, at, &next);
        if (is_letter(character)) {
            at = end = next;
            continue;
        }
        if (!is_inner(character) || next >= scan->end || !is_letter(character_at(scan, next, &behind)))
            break;
        at = next;
    }
    return end;
}

void cut_add_mark(struct cut_reading *reading, struct span span, char mark)
{
    struct cut_word word = { .text = "", .span = span, .mark = mark };
    g_array_append_val(reading->words, word);
}

static void add_word(struct scan *scan, gsize start, gsize end)
{
    struct cut_reading *reading = scan->reading;

    if (end - start > LONGEST) {
        cut_add_mark(reading, (struct span){ start, end }, '"');
        return;
    }
    g_autofree char *lower = g_utf8_strdown(scan->text + start, (gssize)(end - start));
    for (char *curly = strstr(lower, "’"); curly; curly = strstr(curly, "’")) {
        *curly = '\'';
        memmove(curly + 1, curly + strlen("’"), strlen(curly + strlen("’")) + 1);
    }
    struct cut_word word = { .text = g_string_chunk_insert_const(reading->strings, lower),
                             .span = { start, end },
                             .classes = GPOINTER_TO_UINT(g_hash_table_lookup(reading->lexicon, lower)) };
    g_array_append_val(reading->words, word);
}

/* Where what is quoted from at on ends, past the closing mark; 0: it is not closed, or no quoting. */
static gsize quote_end(struct scan *scan, gunichar open, gsize at)
{
    for (gsize i = 0; i < G_N_ELEMENTS(scan->quotes); i++) {
        struct quoting *quote = &scan->quotes[i];
        if (quote->open != open || at >= quote->missing)
            continue;
        const char *close = g_strstr_len(scan->text + at, (gssize)(scan->end - at), quote->close);
        if (close)
            return (gsize)(close - scan->text) + strlen(quote->close);
        quote->missing = at;
    }
    return 0;
}

/* 'like this', of one line and not too long; an apostrophe is none. */
static gsize single_quote_end(const struct scan *scan, gsize at, gsize next)
{
    gboolean opens = at == 0 || strchr(" \t\n(", scan->text[at - 1]);

    if (!opens || next >= scan->end || strchr(" \t\r\n'", scan->text[next]))
        return 0;
    for (gsize i = next; i < scan->end && i < next + 2 * LONGEST && scan->text[i] != '\n'; i++) {
        gboolean closes = scan->text[i] == '\'' && scan->text[i - 1] != ' ';
        if (closes && (i + 1 == scan->end || !g_ascii_isalnum(scan->text[i + 1])))
            return i + 1;
    }
    return 0;
}

/* The character as a mark; 0: white space, or of no account. */
static char mark_of(gunichar character)
{
    if (character == 0x2014 || character == 0x2013 || character == 0x2026)
        return '-';
    if (character == 0xfffd)
        return '"';
    return character < 0x80 && strchr(",;:.!?/&()[]|+-", (int)character) ? (char)character : 0;
}

/* Adds the word or the mark at the place of the scan, and goes past it. */
static void scan_one(struct scan *scan)
{
    gsize at = scan->at, next;
    gunichar character = character_at(scan, at, &next);

    if (is_letter(character)) {
        next = word_end(scan, at);
        add_word(scan, at, next);
    } else {
        gsize past = character == '\'' ? single_quote_end(scan, at, next) : quote_end(scan, character, next);
        char mark = past ? '"' : mark_of(character);
        next = past ? past : next;
        if (mark)
            cut_add_mark(scan->reading, (struct span){ at, next }, mark);
    }
    scan->at = next;
}

void cut_scan(struct cut_reading *reading, const char *text, struct span span)
{
    struct scan scan = { .reading = reading,
                         .text = text,
                         .at = span.start,
                         .end = span.end,
                         .quotes = { { '"', "\"", G_MAXSIZE },
                                     { 0x201c, "”", G_MAXSIZE },
                                     { 0x201e, "“", G_MAXSIZE },
                                     { 0xab, "»", G_MAXSIZE } } };

    while (scan.at < scan.end)
        scan_one(&scan);
}

gboolean cut_is(const struct cut_reading *reading, guint index, guint end, const char *text)
{
    return index < end && strcmp(cut_word_at(reading, index)->text, text) == 0;
}

guint cut_phrase(const struct cut_reading *reading, guint index, guint end, const char *phrase)
{
    guint n = 0;

    for (const char *at = phrase; *at; n++) {
        gsize length = strcspn(at, " ");
        const char *text = index + n < end ? cut_word_at(reading, index + n)->text : "";
        if (strncmp(text, at, length) != 0 || text[length] != '\0')
            return 0;
        at += length + (at[length] == ' ');
    }
    return n;
}
