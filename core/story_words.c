/* The words of a paragraph, as its source reads. */
#include "story_private.h"

#include <string.h>

/* A story is told at the beginning: what stands behind so many words is not read. */
#define MOST_WORDS 2000

struct scan {
    struct story_words *words;
    gsize at;
    guint marks;
    gboolean no_comment; /* none is closed any more */
};

/* -- characters -- */

/* GLib's is a call, and most time goes here. */
static inline char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/* How many bytes of typographic punctuation or white space are at, and what they are as a mark; 0: none. */
static gsize foreign_mark(const char *text, gsize left, guint *mark)
{
    const guchar *bytes = (const guchar *)text;

    if (left >= 2 && bytes[0] == 0xc2 && (bytes[1] == 0xa0 || bytes[1] == 0xab || bytes[1] == 0xbb)) {
        *mark = bytes[1] == 0xa0 ? 0 : MARK_OTHER;
        return 2;
    }
    if (left < 3 || bytes[0] != 0xe2 || bytes[1] != 0x80 || bytes[2] > 0xbf)
        return 0;
    if (bytes[2] >= 0x90 && bytes[2] <= 0x95)
        *mark = MARK_DASH;
    else if (bytes[2] == 0xa6)
        *mark = MARK_STOP;
    else if (bytes[2] >= 0x98 && bytes[2] <= 0xbe)
        *mark = MARK_OTHER;
    else
        *mark = 0;
    return 3;
}

static gboolean is_letter(const char *text, gsize left)
{
    guint mark;

    return left > 0 &&
           (g_ascii_isalnum(*text) || ((guchar)*text >= 0x80 && !foreign_mark(text, left, &mark)));
}

/* How many bytes at are of what joins two letters to one word: don't, read-only, v1.1, and/or. */
static gsize inner_length(const char *text, gsize left)
{
    if (left > 0 && *text && strchr("'-._/|&+@", *text))
        return 1;
    return left >= 3 && (memcmp(text, "\xe2\x80\x99", 3) == 0 || memcmp(text, "\xe2\x80\x91", 3) == 0) ? 3
                                                                                                       : 0;
}

static guint mark_of(char byte)
{
    switch (byte) {
    case ',':
        return MARK_COMMA;
    case '.':
    case '!':
    case '?':
        return MARK_STOP;
    case '\n':
    case '\r':
        return MARK_BREAK;
    case ':':
    case ';':
        return MARK_COLON;
    case '-':
        return MARK_DASH;
    case '(':
    case '[':
    case '{':
        return MARK_OPEN;
    case ')':
    case ']':
    case '}':
        return MARK_CLOSE;
    default:
        return g_ascii_isspace(byte) ? 0 : MARK_OTHER;
    }
}

/* -- words -- */

static gsize word_end(const struct scan *scan)
{
    const char *text = scan->words->text;
    const gsize last = scan->words->span.end;
    gsize at = scan->at;

    while (at < last) {
        if (is_letter(text + at, last - at)) {
            at++;
            while (at < last && ((guchar)text[at] & 0xc0) == 0x80)
                at++;
            continue;
        }
        gsize inner = inner_length(text + at, last - at);
        if (!inner || !is_letter(text + at + inner, last - at - inner))
            break;
        at += inner;
    }
    return at;
}

/* Past a comment or a line break of HTML; at itself where there is none. */
static gsize skip_tag(struct scan *scan)
{
    const char *at = scan->words->text + scan->at;
    const gsize left = scan->words->span.end - scan->at;

    if (left >= 4 && g_ascii_strncasecmp(at, "<br", 3) == 0 && strchr(" />", at[3])) {
        const char *close = memchr(at, '>', MIN(left, 8));
        scan->marks |= MARK_BREAK;
        return scan->at + (close ? (gsize)(close - at) + 1 : 3);
    }
    if (scan->no_comment || left < 7 || memcmp(at, "<!--", 4) != 0)
        return scan->at;
    const char *close = g_strstr_len(at + 4, (gssize)left - 4, "-->");
    scan->no_comment = close == NULL;
    return close ? scan->at + (gsize)(close - at) + 3 : scan->at;
}

static void scan_one(struct scan *scan)
{
    const char *text = scan->words->text;
    const gsize left = scan->words->span.end - scan->at;
    guint mark = 0;

    if (is_letter(text + scan->at, left)) {
        const struct story_word word = { { scan->at, word_end(scan) }, scan->marks, lower(text[scan->at]) };
        g_array_append_val(scan->words->words, word);
        scan->marks = 0;
        scan->at = word.span.end;
        return;
    }
    const gsize past = text[scan->at] == '<' ? skip_tag(scan) : scan->at;
    if (past > scan->at) {
        scan->at = past;
        return;
    }
    const gsize length = foreign_mark(text + scan->at, left, &mark);
    mark = length ? mark : mark_of(text[scan->at]);
    if (mark == MARK_BREAK && !(text[scan->at] == '\n' && scan->at > 0 && text[scan->at - 1] == '\r'))
        mark |= scan->marks & MARK_BREAK ? MARK_BLANK : 0;
    scan->marks |= mark;
    scan->at += length ? length : 1;
}

void story_words_init(struct story_words *words, const char *text, struct span span)
{
    struct scan scan = { words, span.start, 0, FALSE };

    *words = (struct story_words){ .text = text, .span = span };
    words->words = g_array_new(FALSE, FALSE, sizeof(struct story_word));
    if (span.end >= span.start + 3 && memcmp(text + span.start, "\xef\xbb\xbf", 3) == 0)
        scan.at += 3;
    while (scan.at < span.end && words->words->len < MOST_WORDS)
        scan_one(&scan);
    words->span.end = scan.at;
    words->count = words->words->len;
}

void story_words_clear(struct story_words *words)
{
    g_array_unref(words->words);
}

/* -- asking -- */

/* How much of text, up to a space or its end, the word at index is; 0: it is another. */
static gsize equal_length(const struct story_words *words, guint index, const char *text)
{
    const struct story_word *word = story_word(words, index);
    gsize at = word->span.start, i = 0;

    if (*text != word->first)
        return 0;
    while (at < word->span.end) {
        gboolean curly = words->text[at] == '\xe2' && word->span.end - at >= 3 &&
                         memcmp(words->text + at, "\xe2\x80\x99", 3) == 0;
        if ((curly ? '\'' : lower(words->text[at])) != text[i] || text[i] == '\0')
            return 0;
        at += curly ? 3 : 1;
        i++;
    }
    return text[i] == '\0' || text[i] == ' ' ? i : 0;
}

gboolean story_is(const struct story_words *words, guint index, const char *text)
{
    return index < words->count && equal_length(words, index, text) != 0;
}

gboolean story_is_any(const struct story_words *words, guint index, const char *list)
{
    gboolean begins = TRUE;

    if (index >= words->count)
        return FALSE;
    const char first = story_word(words, index)->first;
    for (const char *at = list; *at; at++) {
        if (begins && *at == first && equal_length(words, index, at))
            return TRUE;
        begins = *at == ' ';
    }
    return FALSE;
}

guint story_phrase(const struct story_words *words, guint index, const char *phrase)
{
    guint n = 0;

    for (const char *at = phrase; *at; n++) {
        gsize length = index + n < words->count ? equal_length(words, index + n, at) : 0;
        if (!length || (n > 0 && story_marks(words, index + n) & MARK_STOP))
            return 0;
        at += length + (at[length] == ' ');
    }
    return n;
}

guint story_any_phrase(const struct story_words *words, guint index, const char *const *phrases)
{
    guint longest = 0;

    for (gsize i = 0; phrases[i]; i++)
        longest = MAX(longest, story_phrase(words, index, phrases[i]));
    return longest;
}

/* -- sentences -- */

gboolean story_ends(const struct story_words *words, guint index)
{
    if (index == 0 || index >= words->count)
        return TRUE;
    const struct story_word *word = story_word(words, index);
    if (word->marks & MARK_BLANK)
        return TRUE;
    if (!(word->marks & MARK_STOP) ||
        story_is_any(words, index - 1, "e.g i.e eg ie vs cf approx incl no resp dr mr mrs ms prof st"))
        return FALSE;
    if (story_is(words, index - 1, "etc"))
        return (word->marks & MARK_BREAK) != 0;
    const char first = words->text[word->span.start];
    return g_ascii_isupper(first) || (guchar)first >= 0x80 || word->marks & MARK_BREAK;
}

guint story_sentence(const struct story_words *words, guint index)
{
    do
        index++;
    while (!story_ends(words, index));
    return MIN(index, words->count);
}

/* The bracket of that sort next to at, no further than limit; at itself where there is none. */
static gsize bracket(const struct story_words *words, gsize at, gsize limit, const char *sort)
{
    for (gsize i = at; i != limit;) {
        const gsize byte = at < limit ? i++ : --i;
        if (words->text[byte] && strchr(sort, words->text[byte]))
            return at < limit ? byte + 1 : byte;
    }
    return at;
}

struct span story_span(const struct story_words *words, guint first, guint end)
{
    if (first >= end || end > words->count)
        return (struct span){ words->span.start, words->span.start };
    struct span span = { story_word(words, first)->span.start, story_word(words, end - 1)->span.end };
    guint opened = 0, closed = 0;

    for (guint i = first + 1; i < end; i++) {
        guint marks = story_marks(words, i);
        opened += (marks & MARK_OPEN) != 0;
        closed += (marks & MARK_CLOSE) != 0;
    }
    if (opened > closed)
        span.end = bracket(words, span.end,
                           end < words->count ? story_word(words, end)->span.start : words->span.end, ")]}");
    if (closed > opened)
        span.start = bracket(words, span.start,
                             first > 0 ? story_word(words, first - 1)->span.end : words->span.start, "([{");
    return span;
}
