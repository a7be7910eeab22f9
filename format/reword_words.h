/*
 * The words of a text as reword.h tells them apart, and which of two texts' words are the same.
 */
#pragma once

#include "span.h"

#include <glib.h>

struct reword_word {
    struct span span;
    guint number;    /* words of equal bytes have the same, in both texts */
    gboolean spoken; /* letters or digits, not a mark of punctuation */
    guint before;    /* spoken words in front of it */
};

/* Appends the words of text to words (of struct reword_word), numbered by numbers, a table of
 * strings that it owns. */
void reword_words(GArray *words, const char *text, GHashTable *numbers);

/* How well a change may begin before the word at index, as a sentence does: 3 at an end of the text and
 * behind a full stop, 2 behind another mark, 1 behind white space, else 0. */
guint reword_break(const GArray *words, const char *text, guint index);
