#include "tongue.h"

/* Words that are enough to tell. */
#define ENOUGH 200

enum tongue tongue_of(const struct lexicon *lexicon, const struct prose *prose, struct prose_range range)
{
    const struct word_list *own = lexicon_list(lexicon, "english"), *other = lexicon_list(lexicon, "foreign");
    guint english = 0, foreign = 0;

    for (guint i = range.first; i < range.end && english + foreign < ENOUGH; i++) {
        const struct token *token = prose_at(prose, i);
        if (token->kind != TOKEN_WORD)
            continue;
        if (word_list_holds(other, token))
            foreign++;
        else if (word_list_holds(own, token))
            english++;
        else if (!g_str_is_ascii(token->text))
            foreign++;
    }
    if (english == foreign)
        return TONGUE_UNKNOWN;
    return english > foreign ? TONGUE_ENGLISH : TONGUE_FOREIGN;
}
