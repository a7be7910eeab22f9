#include "outcome_private.h"

#include <string.h>

/* Longer words are no verbs. */
#define WORD_MAX 32

/* Tokens behind a verb of work in which it is told from a noun. */
#define OPENING 5

/* -- forms of verbs -- */

/* Whether the first length bytes of word, with ending, are in list, or what stands behind their last hyphen:
 * "pre-select". */
static gboolean has_stem(const struct word_list *list, const char *word, gsize length, const char *ending)
{
    char stem[WORD_MAX + 2];
    const char *hyphen = strchr(word, '-') ? g_strrstr_len(word, (gssize)length, "-") : NULL;

    if (length < 2 || length > WORD_MAX || length + strlen(ending) > WORD_MAX)
        return FALSE;
    memcpy(stem, word, length);
    memcpy(stem + length, ending, strlen(ending) + 1);
    return word_list_has(list, stem) || (hyphen && word_list_has(list, stem + (hyphen - word) + 1));
}

/* Whether the word itself is a verb of list. */
static gboolean is_base(const struct word_list *list, const struct token *token)
{
    gsize n = strlen(token->text);

    if (n < 2 || n > WORD_MAX)
        return FALSE;
    return word_list_holds(list, token) || (strchr(token->text, '-') && has_stem(list, token->text, n, ""));
}

/* Whether word is the third person of a verb in list: shows, catches, applies. */
static gboolean is_third(const struct word_list *list, const char *word)
{
    gsize n = strlen(word);

    if (n < 3 || word[n - 1] != 's')
        return FALSE;
    return has_stem(list, word, n - 1, "") || (word[n - 2] == 'e' && has_stem(list, word, n - 2, "")) ||
           (g_str_has_suffix(word, "ies") && has_stem(list, word, n - 3, "y"));
}

/* Whether it is the past participle of a regular verb in list: shown is none, returned, saved, applied. */
static gboolean is_past(const struct word_list *list, const char *word)
{
    gsize n = strlen(word);

    if (n < 4 || !g_str_has_suffix(word, "ed"))
        return FALSE;
    return has_stem(list, word, n - 1, "") || has_stem(list, word, n - 2, "") ||
           (word[n - 3] == word[n - 4] && has_stem(list, word, n - 3, "")) ||
           (word[n - 3] == 'i' && has_stem(list, word, n - 3, "y"));
}

gboolean outcome_is_verb(const struct vocabulary *words, const char *word)
{
    return has_stem(words->verb, word, strlen(word), "") || is_third(words->verb, word) ||
           is_past(words->verb, word);
}

/* -- around a word -- */

const struct token *outcome_beside(const struct prose *prose, struct prose_range range, guint index, int step)
{
    guint other = index + (guint)step;

    if (other < range.first || other >= range.end || (step < 0 && index == 0))
        return NULL;
    const struct token *token = prose_at(prose, other);
    return token->block == prose_at(prose, index)->block ? token : NULL;
}

/* Whether a noun is due behind the token, so that what follows it is no verb. */
static gboolean opens_noun(const struct token *token)
{
    static const char *const words[] = {
        "the",     "a",     "an",   "of",      "for",   "with",  "in",       "on",       "to",    "from",
        "by",      "at",    "all",  "any",     "no",    "its",   "their",    "this",     "these", "those",
        "each",    "every", "some", "both",    "other", "new",   "existing", "multiple", "more",  "as",
        "between", "into",  "per",  "without", "via",   "under", "using",    "than",     NULL
    };
    return token_among(token, words);
}

/* Whether what follows a verb follows: its object, how or where. */
static gboolean opens_object(const struct token *token)
{
    static const char *const words[] = {
        "the",     "a",     "an",      "its",     "their", "all",     "any",   "no",      "only",
        "each",    "every", "both",    "this",    "that",  "same",    "exact", "these",   "those",
        "it",      "them",  "to",      "as",      "when",  "if",      "with",  "without", "correctly",
        "in",      "on",    "by",      "at",      "from",  "into",    "after", "before",  "not",
        "up",      "out",   "off",     "until",   "while", "instead", "but",   "exactly", "at",
        "between", "over",  "through", "whether", "how",   "what",    "where", NULL
    };
    if (!token)
        return FALSE;
    return token_among(token, words) || token->kind == TOKEN_NUMBER || token->kind == TOKEN_LITERAL ||
           (token->kind == TOKEN_WORD && g_str_has_suffix(token->text, "ly"));
}

/* Whether a phrase can end in front of the token. */
static gboolean ends_phrase(const struct token *token)
{
    static const char *const words[] = { "for",  "in",      "with",  "by",         "to",     "at",
                                         "from", "on",      "as",    "when",       "and",    "or",
                                         "if",   "without", "but",   "after",      "via",    "into",
                                         "only", "where",   "while", "before",     "so",     "across",
                                         "not",  "using",   "under", "throughout", "during", "through",
                                         "once", "between", "based", NULL };
    return !token || token->kind == TOKEN_MARK || token_among(token, words);
}

/* Whether the token goes on behind a participle: "imported statically", "added explaining how". */
static gboolean goes_on(const struct token *token)
{
    return token && token->kind == TOKEN_WORD &&
           (g_str_has_suffix(token->text, "ly") || g_str_has_suffix(token->text, "ing"));
}

/* -- outcomes -- */

/* Whether the sign says what equals what, follows from what, or is less than what. */
static gboolean is_relation(const struct token *token)
{
    return token->kind == TOKEN_MARK &&
           ((token->mark && strchr("=<>", token->mark)) || strcmp(token->text, "→") == 0 ||
            strcmp(token->text, "≤") == 0 || strcmp(token->text, "≥") == 0 || strcmp(token->text, "➜") == 0);
}

/* Whether the word at index, which reads as a noun as well, stands as a verb. */
static gboolean stands_as_verb(const struct prose *prose, struct prose_range range, guint index)
{
    static const char *const noun[] = { "for", "of", NULL };
    const struct token *before = outcome_beside(prose, range, index, -1),
                       *next = outcome_beside(prose, range, index, 1);

    if (opens_noun(before) || token_among(next, noun))
        return FALSE;
    if (before && before->kind == TOKEN_LITERAL)
        return TRUE;
    return opens_object(next) || (next && next->kind == TOKEN_WORD && !ends_phrase(next));
}

/* Whether a verb in its base form stands behind its subject: "tests pass", "`x` and `y` return". A verb that
 * is no noun may stand behind any, as many subjects are several: "help and validation make". */
static gboolean is_behind_subject(const struct vocabulary *words, const struct prose *prose,
                                  struct prose_range range, guint index)
{
    const struct token *token = prose_at(prose, index), *before = outcome_beside(prose, range, index, -1);
    const struct token *next = outcome_beside(prose, range, index, 1);
    static const char *const sure[] = { "the", "a", "an", "its", "their", "all", "same", NULL };
    static const char *const adverbs[] = { "still", "also", "always", "never", "longer", NULL };

    gboolean verb = before && is_base(words->verb, token);
    if (!before || (!verb && !is_base(words->noun_verb, token)) || opens_noun(before))
        return FALSE;
    if (verb)
        return TRUE;
    if (!stands_as_verb(prose, range, index))
        return FALSE;
    gsize n = strlen(before->text);
    return before->kind == TOKEN_LITERAL || token_among(next, sure) || next->kind == TOKEN_LITERAL ||
           token_among(before, adverbs) ||
           (before->kind == TOKEN_WORD && g_str_has_suffix(before->text, "ly")) ||
           (before->kind == TOKEN_WORD && n > 2 && before->text[n - 1] == 's' && before->text[n - 2] != 's');
}

/* Whether the verb at index opens the text as an order to the product: "Show a summary". */
static gboolean opens_order(const struct vocabulary *words, const struct prose *prose,
                            struct prose_range range, guint index)
{
    static const char *const noun[] = { "for", "of", NULL };
    const struct token *token = prose_at(prose, index), *before = outcome_beside(prose, range, index, -1);
    const struct token *next = outcome_beside(prose, range, index, 1);

    gboolean adverb = before && index == range.first + 1 && g_str_has_suffix(before->text, "ly");
    if ((before && before->kind != TOKEN_MARK && !adverb) || !next || token_among(next, noun) ||
        (next->kind == TOKEN_MARK && next->mark == ':'))
        return FALSE;
    return is_base(words->verb, token) || is_base(words->noun_verb, token);
}

static gboolean is_done(const struct vocabulary *words, const struct prose *prose, struct prose_range range,
                        guint index)
{
    const struct token *token = prose_at(prose, index);
    const struct token *before = outcome_beside(prose, range, index, -1),
                       *next = outcome_beside(prose, range, index, 1);
    gboolean done = word_list_holds(words->participle, token) || word_list_holds(words->state, token) ||
                    g_str_has_suffix(token->text, "able") || g_str_has_suffix(token->text, "ible") ||
                    is_past(words->verb, token->text) || is_past(words->noun_verb, token->text);

    return done && !opens_noun(before) && (!before || before->kind != TOKEN_MARK || before->mark == ')') &&
           (ends_phrase(next) || goes_on(next)) && (before || next);
}

/* Whether a finite verb that is no noun stands at index. */
static gboolean is_finite(const struct vocabulary *words, const struct prose *prose, struct prose_range range,
                          guint index)
{
    const struct token *token = prose_at(prose, index);

    if (token->kind != TOKEN_WORD)
        return FALSE;
    return word_list_holds(words->modal, token) ||
           (is_third(words->verb, token->text) && !opens_noun(outcome_beside(prose, range, index, -1)));
}

/* Whether a word that is in no list reads as a verb: "the pattern debounces input". */
static gboolean is_unknown_third(const struct prose *prose, struct prose_range range, guint index)
{
    const char *text = prose_at(prose, index)->text;
    const struct token *before = outcome_beside(prose, range, index, -1),
                       *next = outcome_beside(prose, range, index, 1);
    gsize n = strlen(text);

    return n > 4 && text[n - 1] == 's' && !strchr("sui'", text[n - 2]) && before &&
           before->kind == TOKEN_WORD && !opens_noun(before) && next && next->kind == TOKEN_WORD &&
           !ends_phrase(next) && !g_str_has_suffix(before->text, "ed");
}

/* Whether the token tells something whatever stands beside it. */
static gboolean tells_alone(const struct vocabulary *words, const struct token *token)
{
    return token->kind == TOKEN_NUMBER || is_relation(token) ||
           (token->kind == TOKEN_WORD && (word_list_holds(words->modal, token) || token_is(token, "then")));
}

static gboolean tells(const struct vocabulary *words, const struct prose *prose, struct prose_range range,
                      guint index)
{
    const struct token *token = prose_at(prose, index);

    if (token->kind != TOKEN_WORD)
        return FALSE;
    if (is_finite(words, prose, range, index))
        return TRUE;
    if (is_third(words->noun_verb, token->text))
        return stands_as_verb(prose, range, index);
    if (is_unknown_third(prose, range, index))
        return TRUE;
    return is_behind_subject(words, prose, range, index) || opens_order(words, prose, range, index) ||
           is_done(words, prose, range, index);
}

gboolean outcome_is_named(const struct vocabulary *words, const struct prose *prose, struct prose_range range)
{
    static const char *const absence[] = { "no",     "zero",    "never",  "none", "only", "nothing",
                                           "nobody", "without", "cannot", "same", NULL };

    if (range.first < range.end && token_among(prose_at(prose, range.first), absence))
        return TRUE;
    /* What is seen at a glance first: one is enough. */
    for (guint i = range.first; i < range.end; i++)
        if (tells_alone(words, prose_at(prose, i)))
            return TRUE;
    for (guint i = range.first; i < range.end; i++)
        if (tells(words, prose, range, i))
            return TRUE;
    return FALSE;
}

/* -- tasks -- */

/* Whether what stands at index makes a noun of the verb that opens the text: "Test suites pass", "Test
 * coverage added", "Port probing checks the same". */
static gboolean is_said_of_noun(const struct vocabulary *words, const struct prose *prose,
                                struct prose_range range, guint index)
{
    static const char *const sure[] = { "the",  "a",   "an",  "its",      "their",
                                        "same", "all", "new", "existing", NULL };
    const struct token *token = prose_at(prose, index), *next = outcome_beside(prose, range, index, 1);
    const struct token *before = outcome_beside(prose, range, index, -1);
    gsize n = next ? strlen(next->text) : 0, m = before ? strlen(before->text) : 0;

    if (!before || token->kind != TOKEN_WORD || index == range.first + 1)
        return FALSE;
    if (is_third(words->noun_verb, token->text))
        return !opens_noun(before) &&
               (token_among(next, sure) || (next && next->kind == TOKEN_WORD && n > 3 &&
                                            next->text[n - 1] == 's' && next->text[n - 2] != 's'));
    gboolean plural =
        before->kind == TOKEN_WORD && m > 3 && before->text[m - 1] == 's' && before->text[m - 2] != 's';
    if (plural &&
        (is_base(words->verb, token) || (token_among(next, sure) && is_base(words->noun_verb, token))))
        return TRUE;
    return is_past(words->verb, token->text) && is_done(words, prose, range, index);
}

/* Whether a name as commands, files and paths have them begins at index: "Add --plain", "Create /settings".
 */
static gboolean begins_name(const struct prose *prose, struct prose_range range, guint index)
{
    const struct token *token = prose_at(prose, index), *next = outcome_beside(prose, range, index, 1);
    const struct token *before = outcome_beside(prose, range, index, -1);
    static const char *const methods[] = { "delete", "patch", NULL };

    if (token->mark == '/' && token_among(before, methods))
        return FALSE;
    return token->mark && strchr("-./@<#_$", token->mark) && before && before->span.end < token->span.start &&
           next && next->span.start == token->span.end;
}

/* Whether what stands behind the verb that opens the text leaves no doubt that it is one. */
static gboolean opens_work(const struct prose *prose, struct prose_range range, guint index)
{
    static const char *const words[] = { "a",        "an",      "the",  "any",   "all",  "new",   "existing",
                                         "missing",  "another", "its",  "their", "this", "these", "those",
                                         "multiple", "several", "more", "both",  "each", "every", NULL };
    const struct token *token = prose_at(prose, index);

    return token_among(token, words) || token->kind == TOKEN_LITERAL;
}

/* Whether a clause begins at index that says of what the work is, or what for, and not what comes of it: "a
 * page that lists orders", "tests to verify that it opens". "Test that it opens" says what comes of it. */
static gboolean opens_aside(const struct prose *prose, struct prose_range range, guint index, guint behind)
{
    static const char *const given[] = { "when",  "if",      "where",  "how",     "what",
                                         "why",   "whether", "after",  "before",  "once",
                                         "until", "while",   "unless", "because", NULL };
    static const char *const relative[] = { "that", "which", "who", "whose", NULL };
    static const char *const checks[] = { "ensure",  "verify", "confirm", "check", "prove", "assert",
                                          "explain", "say",    "show",    "state", NULL };
    static const char *const checking[] = { "ensuring",   "verifying",  "confirming", "checking", "proving",
                                            "asserting",  "explaining", "saying",     "showing",  "stating",
                                            "describing", "covering",   NULL };
    const struct token *token = prose_at(prose, index);

    return token_among(token, given) || token_among(token, checking) ||
           (index > behind && token_among(token, relative)) ||
           (token_is(token, "to") && token_among(outcome_beside(prose, range, index, 1), checks));
}

/* Whether "so" stands at index with what comes of the work behind it: "so that", "so the page opens". */
static gboolean is_so(const struct prose *prose, struct prose_range range, guint index)
{
    static const char *const other[] = { "far", "on", "as", "much", "many", "called", NULL };
    const struct token *next = outcome_beside(prose, range, index, 1);

    return (token_is(prose_at(prose, index), "so") && next && next->kind == TOKEN_WORD &&
            !token_among(next, other)) ||
           prose_has(prose, index, range.end, "such that");
}

/* Whether the verb at index has what follows a verb, and is no noun of several: "for Windows installs". */
static gboolean goes_with_object(const struct vocabulary *words, const struct prose *prose,
                                 struct prose_range range, guint index)
{
    const struct token *next = outcome_beside(prose, range, index, 1);
    return word_list_has(words->modal, prose_at(prose, index)->text) || (next && next->kind != TOKEN_MARK);
}

gboolean outcome_is_task(const struct vocabulary *words, const struct prose *prose, struct prose_range range,
                         guint *end)
{
    guint n = range.first < range.end ? word_list_match(words->task, prose, range.first, range.end) : 0;
    const struct token *next = n ? outcome_beside(prose, range, range.first, (int)n) : NULL;
    static const char *const noun[] = { "for", "of", "is", "are", "in", "by", NULL };
    gboolean aside = FALSE;

    if (!next || token_among(next, noun) ||
        (next->kind == TOKEN_MARK && !begins_name(prose, range, range.first + n)))
        return FALSE;
    gboolean sure = opens_work(prose, range, range.first + n);
    for (guint i = range.first + n; i < range.end; i++) {
        const struct token *token = prose_at(prose, i);
        if (is_so(prose, range, i))
            return FALSE;
        if (token->kind == TOKEN_MARK && token->mark && strchr(",;.", token->mark) &&
            !begins_name(prose, range, i))
            aside = FALSE;
        else if (opens_aside(prose, range, i, range.first + n))
            aside = TRUE;
        else if (!aside &&
                 ((is_finite(words, prose, range, i) && goes_with_object(words, prose, range, i)) ||
                  (!sure && i < range.first + n + OPENING && is_said_of_noun(words, prose, range, i))))
            return FALSE;
    }
    *end = range.first + n;
    return TRUE;
}
