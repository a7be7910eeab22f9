#include "vocabulary.h"

#include <string.h>

struct vocabulary vocabulary_of(const struct lexicon *lexicon)
{
    return (struct vocabulary){
        .quality = lexicon_list(lexicon, "quality"),
        .usability = lexicon_list(lexicon, "usability"),
        .dimension = lexicon_list(lexicon, "dimension"),
        .load = lexicon_list(lexicon, "load"),
        .grade = lexicon_list(lexicon, "grade"),
        .improve = lexicon_list(lexicon, "improve"),
        .no_quality = lexicon_list(lexicon, "no-quality"),
        .screen = lexicon_list(lexicon, "screen"),
        .comparison = lexicon_list(lexicon, "comparison"),
        .units = lexicon_list(lexicon, "units"),
        .counts = lexicon_list(lexicon, "counts"),
        .bound = lexicon_list(lexicon, "bound"),
        .condition = lexicon_list(lexicon, "condition"),
        .verb = lexicon_list(lexicon, "verb"),
        .noun_verb = lexicon_list(lexicon, "noun-verb"),
        .participle = lexicon_list(lexicon, "participle"),
        .state = lexicon_list(lexicon, "state"),
        .modal = lexicon_list(lexicon, "modal"),
        .task = lexicon_list(lexicon, "task"),
        .unhappy = lexicon_list(lexicon, "unhappy"),
        .pending = lexicon_list(lexicon, "vague-pending"),
    };
}

gboolean token_among(const struct token *token, const char *const *words)
{
    if (!token || token->kind != TOKEN_WORD)
        return FALSE;
    for (char first = token->text[0]; *words; words++)
        if (**words == first && strcmp(*words, token->text) == 0)
            return TRUE;
    return FALSE;
}
