/*
 * What the files of story share; only they include this. story_words.c makes the words of a text, story_why.c
 * finds the benefit, story.c the rest.
 */
#pragma once

#include "story.h"

/* What stands between a word and the one before it. */
enum story_mark {
    MARK_COMMA = 1 << 0,
    MARK_STOP = 1 << 1,  /* . ! ? */
    MARK_BREAK = 1 << 2, /* a line's end */
    MARK_COLON = 1 << 3, /* : ; */
    MARK_DASH = 1 << 4,
    MARK_OPEN = 1 << 5,  /* an opening bracket */
    MARK_CLOSE = 1 << 6, /* a closing one */
    MARK_OTHER = 1 << 7, /* quotes, emphasis and the like */
    MARK_BLANK = 1 << 8, /* a blank line, besides */
};

struct story_word {
    struct span span;
    guint marks; /* before it */
    char first;  /* its first byte, in small letters */
};

struct story_words {
    const char *text;
    struct span span;
    GArray *words; /* struct story_word */
    guint count;
};

void story_words_init(struct story_words *words, const char *text, struct span span);
void story_words_clear(struct story_words *words);

static inline const struct story_word *story_word(const struct story_words *words, guint index)
{
    return &g_array_index(words->words, struct story_word, index);
}

/* What stands before the word at index; of the first and past the last: a stop. */
static inline guint story_marks(const struct story_words *words, guint index)
{
    return index == 0 || index >= words->count ? MARK_STOP : story_word(words, index)->marks;
}

/* Whether the word at index is that one, given in small letters; a typographic apostrophe is a plain one. */
gboolean story_is(const struct story_words *words, guint index, const char *text);

/* Whether it is one of those, with one space between. */
gboolean story_is_any(const struct story_words *words, guint index, const char *list);

/* How many words the phrase is, where they stand from index on without a stop between; 0: they do not. */
guint story_phrase(const struct story_words *words, guint index, const char *phrase);

/* The longest of phrases (NULL-terminated) that stands at index, in words; 0: none. */
guint story_any_phrase(const struct story_words *words, guint index, const char *const *phrases);

/* Whether a sentence ends before the word at index: a stop and a capital letter, no abbreviation. Also past
 * the last. */
gboolean story_ends(const struct story_words *words, guint index);

/* Past the last word of the sentence that the word at index is in. */
guint story_sentence(const struct story_words *words, guint index);

/* From the first word to before end; a bracket that is closed behind the last is in it. Empty where there are
 * no words. */
struct span story_span(const struct story_words *words, guint first, guint end);

/* Where the benefit is introduced, from index on; *first: where its own words begin, which can be past the
 * last. The count of words: nowhere. */
guint story_find_benefit(const struct story_words *words, guint index, guint *first);

/* How many words at index introduce a benefit that stands before the role: "in order to"; 0: none. */
guint story_purpose(const struct story_words *words, guint index);
