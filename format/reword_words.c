#include "reword_words.h"

#include "plain.h"

#include <string.h>

/* The character at, U+FFFD for a stray byte; *bytes is its length. */
static gunichar decode(const char *at, const char *end, gsize *bytes)
{
    gunichar character = g_utf8_get_char_validated(at, end - at);

    *bytes = 1;
    if (character > 0x10ffff)
        return 0xfffd;
    if (character) /* GLib says that a NUL has no next one */
        *bytes = (gsize)(g_utf8_next_char(at) - at);
    return character;
}

/* Whether words of the character's script follow each other without a space. */
static gboolean is_unspaced(gunichar character)
{
    switch (g_unichar_get_script(character)) {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_MYANMAR:
    case G_UNICODE_SCRIPT_THAI:
        return TRUE;
    default:
        return FALSE;
    }
}

static gboolean is_spoken(gunichar character)
{
    return g_unichar_isalnum(character) || g_unichar_ismark(character);
}

static gboolean is_lettered(gunichar character)
{
    return (is_spoken(character) || character == '_' || g_unichar_iszerowidth(character)) &&
           !is_unspaced(character);
}

/* The length of the word at: a run of letters with single joints between them, or one cluster. */
static gsize measure(const char *at, const char *end)
{
    const char *start = at;
    gsize bytes, joint;
    guint columns;

    if (!is_lettered(decode(at, end, &bytes)))
        return plain_cluster(at, end, &columns);
    for (at += bytes; at < end; at += bytes) {
        gunichar character = decode(at, end, &bytes);
        if (is_lettered(character))
            continue;
        gboolean joins = character == 0x2019 || (character < 0x80 && strchr("'-.,:/@", (int)character));
        if (!joins || at + bytes >= end || !is_lettered(decode(at + bytes, end, &joint)))
            break;
    }
    return (gsize)(at - start);
}

static guint number_of(GHashTable *numbers, char *word)
{
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, word));

    if (number) {
        g_free(word);
        return number;
    }
    number = g_hash_table_size(numbers) + 1;
    g_hash_table_insert(numbers, word, GUINT_TO_POINTER(number));
    return number;
}

void reword_words(GArray *words, const char *text, GHashTable *numbers)
{
    const char *end = text + strlen(text);
    guint spoken = 0;
    gsize bytes;

    for (const char *at = text; at < end; at += bytes) {
        gunichar character = decode(at, end, &bytes);
        if (g_unichar_isspace(character))
            continue;
        bytes = measure(at, end);
        const struct reword_word word = {
            .span = { (gsize)(at - text), (gsize)(at - text) + bytes },
            .number = number_of(numbers, g_strndup(at, bytes)),
            .spoken = is_spoken(character),
            .before = spoken,
        };
        spoken += word.spoken;
        g_array_append_val(words, word);
    }
}

/* The same behind a word of one mark. */
static guint mark_break(gunichar mark)
{
    static const gunichar ends[] = { '.', '!', '?', 0x2026, 0x3002, 0xff01, 0xff1f };

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
        if (mark == ends[i])
            return 3;
    GUnicodeType type = g_unichar_type(mark);
    return type == G_UNICODE_OPEN_PUNCTUATION || type == G_UNICODE_INITIAL_PUNCTUATION ? 0 : 2;
}

guint reword_break(const GArray *words, const char *text, guint index)
{
    gsize bytes;

    if (index == 0 || index == words->len)
        return 3;
    const struct reword_word *before = &g_array_index(words, struct reword_word, index - 1);
    const struct reword_word *word = &g_array_index(words, struct reword_word, index);
    if (before->span.end == word->span.start)
        return 0;
    return before->spoken ? 1
                          : mark_break(decode(text + before->span.start, text + before->span.end, &bytes));
}
