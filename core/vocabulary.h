/*
 * The word lists that the rules about criteria ask of every word, looked up by name once, and words that are
 * asked for in the code: a few that belong to the grammar of a rule.
 *
 *     struct vocabulary words = vocabulary_of(book->lexicon);
 *     if (word_list_has(words.quality, token->text)) …
 */
#pragma once

#include "lexicon.h"

struct vocabulary {
    const struct word_list *quality, *usability, *dimension, *load, *grade, *improve, *no_quality, *screen,
        *comparison;                                                              /* quality.h */
    const struct word_list *units, *counts, *bound, *condition;                   /* measure.h */
    const struct word_list *verb, *noun_verb, *participle, *state, *modal, *task; /* outcome.h */
    const struct word_list *unhappy, *pending;
};

/* The lists are the lexicon's, which must outlive them. */
struct vocabulary vocabulary_of(const struct lexicon *lexicon);

/* Whether the token (NULL: none) is one of the words, NULL-terminated and in small letters. */
gboolean token_among(const struct token *token, const char *const *words);
