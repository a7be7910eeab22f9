#include "outcome_private.h"

/* How far before a preposition at the end the word may stand that asks for what belongs to it. */
#define ASKED_WITHIN 200

/* Whether nothing follows the word at index: the end, or a mark that no word touches (".backlog" is one). */
static gboolean ends_text(const struct prose *prose, struct prose_range range, guint index)
{
    const struct token *next = outcome_beside(prose, range, index, 1);
    const struct token *touching = next ? outcome_beside(prose, range, index + 1, 1) : NULL;

    if (!next)
        return TRUE;
    return next->kind == TOKEN_MARK && next->mark && strchr(".,;", next->mark) &&
           !(touching && touching->span.start == next->span.end && touching->kind != TOKEN_MARK);
}

/* Whether what is said or named must follow the word at index. */
static gboolean takes_literal(const struct prose *prose, struct prose_range range, guint index)
{
    static const char *const says[] = { "says", "equals", "contains", "includes", NULL };
    static const char *const named[] = { "labelled", "labeled", "titled", "entitled", NULL };
    static const char *const links[] = { "is", "are", "be", NULL };
    const struct token *token = prose_at(prose, index), *before = outcome_beside(prose, range, index, -1);

    return token_among(token, says) || (token_among(token, named) && token_among(before, links));
}

/* Whether a message, a line or a status stands at index of which the words are due: "shows the message". */
static gboolean takes_words(const struct prose *prose, struct prose_range range, guint index)
{
    static const char *const shows[] = { "shows", "displays", "prints", "returns", "says", "with", NULL };
    static const char *const has[] = { "has", "with", "gets", NULL };
    const struct token *token = prose_at(prose, index), *before = outcome_beside(prose, range, index, -1);
    gboolean article = before && token_is(before, "the");

    if (article)
        before = index > range.first + 1 ? outcome_beside(prose, range, index - 1, -1) : NULL;
    if (article && (token_is(token, "message") || token_is(token, "line")))
        return token_among(before, shows);
    return token_is(token, "status") && token_among(before, has);
}

/* Whether a word before index asks for what a preposition at the end belongs to: "which crate it goes into".
 */
static gboolean is_stranded(const struct prose *prose, struct prose_range range, guint index)
{
    static const char *const asks[] = { "which", "what", "whom", "who", "whose", "that", "where", NULL };
    static const char *const prepositions[] = { "with", "to", "of", "into", NULL };

    if (!token_among(prose_at(prose, index), prepositions))
        return FALSE;
    for (guint i = index; i-- > range.first && index - i <= ASKED_WITHIN;)
        if (token_among(prose_at(prose, i), asks))
            return TRUE;
    return FALSE;
}

gboolean outcome_breaks_off(const struct prose *prose, struct prose_range range, guint index)
{
    static const char *const open[] = { "with", "as",    "to",     "of",  "into", "is",
                                        "are",  "named", "titled", "the", "an",   NULL };
    static const char *const joins[] = { "and", "or", "but", "while", "when", "if", NULL };
    static const char *const pairs[] = { "from", "to",     "without", "with", "is",   "are", "was",
                                         "of",   "should", "as",      "must", "will", "can", "not",
                                         "in",   "by",     "for",     "on",   "has",  NULL };
    const struct token *token = prose_at(prose, index), *next = outcome_beside(prose, range, index, 1);

    if (token->kind != TOKEN_WORD)
        return FALSE;
    gboolean literal = takes_literal(prose, range, index);
    gboolean due = literal || takes_words(prose, range, index);
    if (!due && !token_among(token, open))
        return FALSE;
    gboolean ends = ends_text(prose, range, index);
    if (literal)
        return ends || token_among(next, joins) ||
               (next->kind == TOKEN_LITERAL && span_length(next->span) <= 2);
    if (due)
        return ends || token_among(next, joins);
    static const char *const links[] = { "is", "are", "be", "been", NULL };
    if (is_stranded(prose, range, index) ||
        (token_is(token, "named") && token_among(outcome_beside(prose, range, index, -1), links)))
        return FALSE;
    if (token_is(token, "as") && next && token_is(next, "if"))
        return FALSE;
    /* "to and from", "is and must be" */
    return ends ||
           (token_among(next, joins) && !token_among(outcome_beside(prose, range, index + 1, 1), pairs));
}
