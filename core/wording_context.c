#include "wording.h"

#include "outcome.h"

#include <string.h>

/* Tokens of a clause that are looked at. */
#define CLAUSE 40

/* How far behind "mark" and the like "as" may stand, in tokens. */
#define MARKED_WITHIN 6

/* How far behind "handles" what goes wrong may stand. */
#define WRONG_WITHIN 4

/* Tokens of "where the platform allows" at most. */
#define WAY_OUT 7

/* How many parts of a criterion are asked for what comes of it. */
#define PARTS 4

gboolean wording_is_glued(const struct wording *wording, guint index)
{
    if (index <= wording->range.first || index >= wording->range.end)
        return FALSE;
    const struct token *token = prose_at(wording->prose, index),
                       *before = prose_at(wording->prose, index - 1);
    return before->block == token->block && before->span.end == token->span.start;
}

gboolean wording_is_one_of(const struct wording *wording, guint index, const char *const *words)
{
    return index >= wording->range.first && index < wording->range.end &&
           prose_at(wording->prose, index)->kind == TOKEN_WORD &&
           g_strv_contains(words, prose_at(wording->prose, index)->text);
}

/* The mark that stands right before the token at index; 0: there is none. */
static char mark_before(const struct wording *wording, guint index)
{
    return wording_is_glued(wording, index) ? prose_at(wording->prose, index - 1)->mark : 0;
}

/* The same behind it. */
static char mark_after(const struct wording *wording, guint index)
{
    return wording_is_glued(wording, index + 1) ? prose_at(wording->prose, index + 1)->mark : 0;
}

/* Whether the tokens are part of a name as code and commands have them: "fast_path", "--fast", "clean()",
 * "/fast", "fast.json". */
static gboolean is_code(const struct wording *wording, guint index, guint last)
{
    char before = mark_before(wording, index), after = mark_after(wording, last);

    if ((before && strchr("_\\@#$=-.~", before)) || (after && strchr("_\\=@", after)))
        return TRUE;
    if (before == '/' && !wording_is_glued(wording, index - 1))
        return TRUE;
    if (after == '(')
        return wording_is_glued(wording, last + 1);
    return after && strchr(".:", after) && wording_is_glued(wording, last + 2) &&
           prose_at(wording->prose, last + 2)->kind != TOKEN_MARK;
}

/* Whether the word is written as a name is, with a capital in the middle of a sentence: "the Clear button".
 */
static gboolean is_name(const struct wording *wording, guint index)
{
    const struct token *token = prose_at(wording->prose, index);
    const char *word = wording->reading->document->text + token->span.start;

    if (!g_ascii_isupper(word[0]) || span_length(token->span) < 2 || g_ascii_isupper(word[1]) ||
        index == wording->range.first)
        return FALSE;
    const struct token *before = prose_at(wording->prose, index - 1);
    return before->block == token->block && before->kind != TOKEN_MARK;
}

/* -- verbs -- */

/* The word that is joined to the token at index by "and", "or", a comma or a slash, on the side of step;
 * NULL: none is. */
static const struct token *joined(const struct wording *wording, guint index, int step)
{
    static const char *const joins[] = { "and", "or", NULL };
    const struct token *other = NULL;

    for (guint n = 0; n < 3; n++) {
        index += (guint)step;
        if (index < wording->range.first || index >= wording->range.end)
            return NULL;
        other = prose_at(wording->prose, index);
        gboolean join =
            other->kind == TOKEN_MARK ? other->mark && strchr(",/", other->mark) : token_among(other, joins);
        if (!join)
            return n > 0 && other->kind == TOKEN_WORD ? other : NULL;
    }
    return NULL;
}

/* Whether it is one of several things to do: "set, change and clear the limit". What is easy to read and
 * clear is none. */
static gboolean is_among_verbs(const struct wording *wording, guint index)
{
    static const char *const said_of[] = { "read", "find", "understand", "see", "use", NULL };
    static const char *const nouns_too[] = { "change", "set", "copy", "print", NULL };
    const struct lexicon *lexicon = wording->reading->book->lexicon;

    for (int step = -1; step <= 1; step += 2) {
        const struct token *other = joined(wording, index, step);
        if (other && !token_among(other, said_of) &&
            (token_among(other, nouns_too) || lexicon_has(lexicon, "action", other->text)))
            return TRUE;
    }
    return FALSE;
}

/* Whether the word is what somebody does: "clear the list", "to clean up", "set/clear". */
static gboolean is_verb(const struct wording *wording, guint index)
{
    static const char *const verbs[] = { "clear",  "clean",   "secure",   "smooth",  "slow", "tidy",
                                         "better", "perfect", "moderate", "correct", NULL };
    static const char *const before[] = { "to",    "can", "will",   "should", "must",  "may",     "could",
                                          "would", "not", "cannot", "users",  "don't", "doesn't", NULL };
    static const char *const after[] = { "the",   "a",    "an",   "all",   "any",   "its",
                                         "their", "this", "that", "these", "those", "up",
                                         "down",  "them", "it",   "out",   NULL };

    return wording_is_one_of(wording, index, verbs) &&
           (wording_is_one_of(wording, index + 1, after) ||
            (index > 0 && wording_is_one_of(wording, index - 1, before)) ||
            mark_before(wording, index) == '/' || mark_after(wording, index) == '/' ||
            is_among_verbs(wording, index));
}

/* Whether "works" goes on, and may say what it does: "works with keyboard and mouse". */
static gboolean goes_on(const struct wording *wording, guint index)
{
    static const char *const works[] = { "works", "work", NULL };
    static const char *const before[] = { "to",   "still", "all", "both", "they", "should",
                                          "must", "will",  "can", "not",  NULL };

    if (!wording_is_one_of(wording, index, works))
        return FALSE;
    if (token_is(prose_at(wording->prose, index), "work") &&
        (index == 0 || !wording_is_one_of(wording, index - 1, before)))
        return TRUE;
    if (index + 1 >= wording->range.end ||
        prose_at(wording->prose, index + 1)->block != prose_at(wording->prose, index)->block)
        return FALSE;
    return prose_at(wording->prose, index + 1)->mark == 0 ||
           !strchr(".;!?", prose_at(wording->prose, index + 1)->mark);
}

/* Whether it is a command that works: "`refine list` works". */
static gboolean is_command(const struct wording *wording, guint index)
{
    static const char *const works[] = { "works", "work", NULL };

    return index > wording->range.first && wording_is_one_of(wording, index, works) &&
           prose_at(wording->prose, index - 1)->kind == TOKEN_LITERAL;
}

/* -- nouns and labels -- */

/* Whether the word is somebody: "a sales representative", "a health professional signs". */
static gboolean is_person(const struct wording *wording, guint index)
{
    static const char *const people[] = { "representative", "professional", NULL };
    static const char *const of[] = { "sales",      "service",    "customer", "support",    "legal",
                                      "authorised", "authorized", "health",   "healthcare", "medical",
                                      "company",    "account",    "care",     NULL };
    static const char *const one[] = { "a", "an", "each", "every", "one", "another", "the", "their", NULL };
    static const char *const after[] = { "of",  "from", "in", "at",  "who", "that", "can",  "must", "should",
                                         "may", "will", "is", "has", "and", "or",   "to",   "for",  "with",
                                         "on",  "when", "if", "by",  "as",  "gets", "sees", NULL };

    if (!wording_is_one_of(wording, index, people) || index == wording->range.first)
        return FALSE;
    if (wording_is_one_of(wording, index - 1, of))
        return TRUE;
    return wording_is_one_of(wording, index - 1, one) &&
           (index + 1 >= wording->range.end || prose_at(wording->prose, index + 1)->kind == TOKEN_MARK ||
            wording_is_one_of(wording, index + 1, after));
}

/* Whether the word is what something is marked with: "flagged as important", "marked as required". */
static gboolean is_label(const struct wording *wording, guint index, guint n)
{
    static const char *const as[] = { "as", NULL }, *const required[] = { "required", NULL };
    static const char *const marks[] = { "mark",     "flag",  "tag",  "label",  "classif",
                                         "categori", "treat", "rate", "report", "record" };
    guint at = n == 1 && index > wording->range.first ? index - 1 : index;

    if (!wording_is_one_of(wording, at, as) || wording_is_one_of(wording, index + n, as) ||
        (n > 1 && !wording_is_one_of(wording, index + n - 1, required)))
        return FALSE;
    for (guint i = at, far = 0; far < MARKED_WITHIN && i-- > wording->range.first; far++) {
        const struct token *token = prose_at(wording->prose, i);
        for (gsize k = 0; token->kind == TOKEN_WORD && k < G_N_ELEMENTS(marks); k++)
            if (g_str_has_prefix(token->text, marks[k]))
                return TRUE;
    }
    return FALSE;
}

/* Whether the word is one value of a scale that is named with others: "small, medium and large". Two that
 * "and" joins may as well be two qualities, unless one of them is the middle: "small and large shops". */
static gboolean is_on_scale(const struct wording *wording, guint index)
{
    static const char *const size[] = { "small", "medium", "large", "big", "tiny", "huge", NULL };
    static const char *const degree[] = { "low",    "mild", "medium",   "moderate",
                                          "severe", "high", "critical", NULL };
    static const char *const weight[] = { "minor", "major", "critical", "trivial", "blocker", NULL };
    static const char *const mark[] = { "good", "fair", "poor", "bad", "excellent", "average", NULL };
    static const char *const effort[] = { "easy", "medium", "hard", "difficult", NULL };
    static const char *const depth[] = { "simple", "complex", "basic", "advanced", NULL };
    static const char *const pace[] = { "slow", "normal", "fast", "express", NULL };
    static const char *const middle[] = { "medium", "moderate", "fair", "average", "normal", NULL };
    static const char *const *const scales[] = { size, degree, weight, mark, effort, depth, pace };
    static const char *const and[] = { "and", NULL };

    for (int step = -1; step <= 1; step += 2) {
        const struct token *other = joined(wording, index, step);
        gboolean loose = wording_is_one_of(wording, index + (guint)step, and) && !token_among(other, middle);
        for (gsize i = 0; other && !loose && i < G_N_ELEMENTS(scales); i++)
            if (token_among(other, scales[i]) && wording_is_one_of(wording, index, scales[i]))
                return TRUE;
    }
    return FALSE;
}

/* Whether it says which one is meant, as a name does: "the improved search". */
static gboolean is_told_apart(const struct wording *wording, guint index)
{
    static const char *const changed[] = { "improved",  "enhanced",    "simplified", "optimized",
                                           "optimised", "streamlined", NULL };
    static const char *const the[] = { "the", "this", "its", "our", NULL };
    static const char *const ends[] = { "and", "or", "in", "on", "for", "with", "by", NULL };

    return wording_is_one_of(wording, index, changed) && index > wording->range.first &&
           wording_is_one_of(wording, index - 1, the) && index + 1 < wording->range.end &&
           prose_at(wording->prose, index + 1)->kind == TOKEN_WORD &&
           !wording_is_one_of(wording, index + 1, ends);
}

/* -- conditions -- */

/* Whether the word says of what is given that there is one, or that it is true, and nothing is asked with it:
 * "if some rows are empty", "when the PIN is correct". */
static gboolean is_given(const struct wording *wording, guint index)
{
    static const char *const words[] = { "some", "correct", NULL };
    static const char *const openers[] = { "when", "whenever", "if",      "while", "unless",
                                           "once", "until",    "whether", "given", NULL };
    static const char *const then[] = { "then", NULL };

    if (!wording_is_one_of(wording, index, words))
        return FALSE;
    for (guint i = index, far = 0; far < CLAUSE && i-- > wording->range.first; far++) {
        if (prose_at(wording->prose, i)->kind == TOKEN_MARK || wording_is_one_of(wording, i, then))
            return FALSE;
        if (wording_is_one_of(wording, i, openers))
            return TRUE;
    }
    return FALSE;
}

/* -- handling -- */

/* Whether the criterion goes on behind index with what is then so: "handles lost parcels, and the recipient
 * is told". */
static gboolean tells_what_comes(const struct wording *wording, guint index)
{
    static const char *const joins[] = { "and", "so", "but", "then", NULL };
    static const char *const how[] = { "by", "without", "like", "as", NULL };
    const struct vocabulary words = vocabulary_of(wording->reading->book->lexicon);
    guint end = MIN(wording->range.end, index + CLAUSE), parts = 0;

    for (guint i = index; i < end && parts < PARTS; i++) {
        const struct token *token = prose_at(wording->prose, i);
        if (token_among(token, how) && i + 1 < end)
            return TRUE;
        if (token->kind == TOKEN_MARK ? !token->mark || !strchr(",;.", token->mark)
                                      : !token_among(token, joins))
            continue;
        parts++;
        if (outcome_is_named(&words, wording->prose, (struct prose_range){ i + 1, end }))
            return TRUE;
    }
    return FALSE;
}

/* Whether "handles" and its like say what is handled and how, or are no verb ("the drag handle"). To handle
 * what goes wrong is to do anything at all about it; so is a criterion that says only this. */
static gboolean is_handled(const struct wording *wording, guint index, guint n)
{
    static const char *const words[] = { "handle", "handles", "handled", NULL };
    static const char *const nouns[] = { "a",    "the", "an",     "its",    "their", "with", "of",
                                         "drag", "all", "resize", "leaked", "open",  "file", NULL };
    const struct word_list *unhappy = lexicon_list(wording->reading->book->lexicon, "unhappy");

    if (!wording_is_one_of(wording, index, words))
        return FALSE;
    if (index > wording->range.first &&
        (wording_is_one_of(wording, index - 1, nouns) || prose_at(wording->prose, index - 1)->mark == '@'))
        return TRUE;
    guint end = index + n;
    gboolean opens = index == wording->range.first && !token_is(prose_at(wording->prose, index), "handled");
    gboolean ends = token_is(prose_at(wording->prose, index), "handled") &&
                    (end >= wording->range.end || prose_at(wording->prose, end)->mark == '.');
    gboolean wrong = FALSE;
    for (guint i = end; i < MIN(wording->range.end, end + WRONG_WITHIN); i++)
        wrong = wrong || (prose_at(wording->prose, i)->kind == TOKEN_WORD &&
                          word_list_match(unhappy, wording->prose, i, wording->range.end));
    return (!opens && !ends && !wrong) || tells_what_comes(wording, end);
}

/* -- ways out -- */

guint wording_match_way_out(const struct wording *wording, guint index)
{
    static const char *const openers[] = { "where", "as", NULL };
    static const char *const allows[] = { "allow", "allows", "permit", "permits", NULL };
    static const char *const exist[] = { "exist", "allow", "permit", NULL };
    static const char *const customs[] = { "patterns", "conventions", "precedents", NULL };

    if (!wording_is_one_of(wording, index, openers))
        return 0;
    for (guint i = index + 2; i < MIN(wording->range.end, index + WAY_OUT); i++) {
        const struct token *token = prose_at(wording->prose, i);
        gboolean last = i + 1 >= wording->range.end || prose_at(wording->prose, i + 1)->kind == TOKEN_MARK;
        if (token->kind != TOKEN_WORD || token->block != prose_at(wording->prose, index)->block)
            return 0;
        if (last && (token_among(token, allows) ||
                     (token_among(token, exist) && wording_is_one_of(wording, i - 1, customs))))
            return i + 1 - index;
    }
    return 0;
}

gboolean wording_is_other(const struct wording *wording, guint index, guint n)
{
    if (is_code(wording, index, index + n - 1) || is_name(wording, index) || is_label(wording, index, n))
        return TRUE;
    return n == 1 &&
           (is_verb(wording, index) || goes_on(wording, index) || is_command(wording, index) ||
            is_person(wording, index) || is_on_scale(wording, index) || is_told_apart(wording, index) ||
            is_given(wording, index) || is_handled(wording, index, n));
}
