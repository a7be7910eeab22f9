#include "quality.h"

#include "measure.h"

#include <string.h>

/* How far from a dimension what grades it may stand, in tokens. */
#define REACH_BEFORE 3
#define REACH_BEHIND 6

/* Tokens of a clause that are looked at. */
#define CLAUSE 40

/* A text in which a claim is looked for. */
struct place {
    const struct vocabulary *words;
    const struct prose *prose;
    struct prose_range range;
    guint index;
};

static const struct token *at(const struct place *place, guint index)
{
    if (index < place->range.first || index >= place->range.end)
        return NULL;
    const struct token *token = prose_at(place->prose, index);
    return token->block == prose_at(place->prose, place->index)->block ? token : NULL;
}

static guint find(const struct place *place, const struct word_list *list, guint index)
{
    return word_list_match(list, place->prose, index, place->range.end);
}

/* -- what is no claim -- */

/* Whether an entry of "no-quality" covers the tokens. */
static gboolean is_name(const struct place *place, guint first, guint end)
{
    for (guint i = first >= place->range.first + 2 ? first - 2 : place->range.first; i < end; i++) {
        guint n = find(place, place->words->no_quality, i);
        if (n && i + n > first)
            return TRUE;
    }
    return FALSE;
}

/* Whether the clause in which index stands is a condition: its words are of what is given, not of what is
 * asked for. */
static gboolean is_condition(const struct place *place, guint index)
{
    static const char *const openers[] = { "when",  "whenever", "if",   "while",   "unless", "because",
                                           "since", "although", "even", "whether", "where",  NULL };
    static const char *const ends[] = { "then", NULL };
    const struct token *token;

    for (guint n = 0; n < CLAUSE && index-- > place->range.first && (token = at(place, index)); n++) {
        if (token->kind == TOKEN_MARK && token->mark && strchr(",.;:!?(", token->mark))
            return FALSE;
        if (token_among(token, ends))
            return FALSE;
        if (token_among(token, openers))
            return TRUE;
    }
    return FALSE;
}

/* Whether "responsive" is said of a layout. */
static gboolean is_of_screen(const struct place *place, guint index)
{
    if (!token_is(prose_at(place->prose, index), "responsive"))
        return FALSE;
    static const char *const links[] = { "is",      "are",   "be",    "stay",  "stays", "remain",
                                         "remains", "keeps", "being", "feels", NULL };
    const struct prose_range text = {
        MAX(place->range.first, index > CLAUSE ? index - CLAUSE : 0),
        MIN(place->range.end, index + CLAUSE),
    };
    gboolean linked = FALSE;
    for (guint i = index; i-- > text.first && index - i <= 3;)
        linked = linked || token_among(at(place, i), links);
    if (!linked)
        return TRUE;
    for (guint i = text.first; i < text.end; i++)
        if (at(place, i) && at(place, i)->kind == TOKEN_WORD &&
            word_list_holds(place->words->screen, at(place, i)))
            return TRUE;
    return FALSE;
}

/* Whether the manner is that of a person: "typing quickly", "users who click quickly". */
static gboolean is_of_user(const struct place *place, guint index)
{
    const struct token *token = prose_at(place->prose, index), *before = index ? at(place, index - 1) : NULL;
    static const char *const acts[] = { "click", "clicks",  "press",   "presses", "type", "types",
                                        "typed", "clicked", "pressed", "tap",     "taps", NULL };

    return before && g_str_has_suffix(token->text, "ly") && before->kind == TOKEN_WORD &&
           (g_str_has_suffix(before->text, "ing") || token_among(before, acts));
}

/* -- graded dimensions -- */

/* Whether words before the dimension grade or move it: "low latency", "improves the load time". */
static gboolean is_graded_before(const struct place *place, guint index, guint *first)
{
    static const char *const stops[] = { "of", "for", "with", "to", "that", "and", "or", "in", "on", NULL };
    const struct token *token;

    for (guint i = index, n = 0; n < REACH_BEFORE && i-- > place->range.first && (token = at(place, i));
         n++) {
        if (token->kind == TOKEN_MARK || (n == 0 && token_among(token, stops)))
            return FALSE;
        if (token->kind != TOKEN_WORD)
            continue;
        gboolean moves = word_list_holds(place->words->improve, token);
        if (moves || (n < 2 && word_list_holds(place->words->grade, token))) {
            *first = i;
            return TRUE;
        }
        if (token_among(token, stops) && !token_is(token, "of"))
            return FALSE;
    }
    return FALSE;
}

/* Whether words behind it do: "latency is low", "performance improvements", "load time improves". */
static gboolean is_graded_behind(const struct place *place, guint index, guint *end)
{
    static const char *const links[] = { "is",      "are",  "be",    "stay",    "stays", "remain",
                                         "remains", "kept", "keeps", "becomes", "been",  NULL };
    const struct token *token = at(place, index);
    gboolean linked = FALSE;

    if (token && token->kind == TOKEN_WORD && word_list_holds(place->words->improve, token)) {
        *end = index + 1;
        return TRUE;
    }
    for (guint i = index; i < index + REACH_BEHIND && (token = at(place, i)); i++) {
        if (token->kind == TOKEN_MARK || token->kind == TOKEN_NUMBER)
            return FALSE;
        guint n = linked ? find(place, place->words->grade, i) : 0;
        if (n) {
            *end = i + n;
            return TRUE;
        }
        linked = linked || token_among(token, links);
    }
    return FALSE;
}

static gboolean find_dimension(const struct place *place, struct claim *claim)
{
    guint n = find(place, place->words->dimension, place->index), end = place->index + n;
    struct claim found = { CLAIM_QUALITY, place->index, end };

    if (n == 0 || is_name(place, place->index, end) || is_condition(place, place->index))
        return FALSE;
    if (!is_graded_before(place, place->index, &found.first) && !is_graded_behind(place, end, &found.end))
        return FALSE;
    *claim = found;
    return TRUE;
}

/* "supports concurrent users". */
static gboolean find_load(const struct place *place, struct claim *claim)
{
    static const char *const carries[] = { "support", "supports", "handle",   "handles", "serve",
                                           "serves",  "sustain",  "sustains", "process", "processes",
                                           "allow",   "allows",   "accept",   "accepts", NULL };
    guint n = find(place, place->words->load, place->index);
    const struct token *token;

    for (guint i = place->index, far = 0; n && far < REACH_BEFORE && i-- > place->range.first; far++) {
        token = at(place, i);
        if (!token || token->kind == TOKEN_NUMBER)
            return FALSE;
        if (token_among(token, carries) && !is_condition(place, i)) {
            *claim = (struct claim){ CLAIM_LOAD, i, place->index + n };
            return TRUE;
        }
    }
    return FALSE;
}

/* Whether a claim that ends so is one of how much is carried. */
static gboolean is_of_load(const struct token *last)
{
    static const char *const words[] = { "load", "scale", "traffic", "scalable", "well", NULL };
    return token_among(last, words);
}

gboolean quality_find(const struct vocabulary *words, const struct prose *prose, struct prose_range range,
                      guint index, struct claim *claim)
{
    struct place place = { words, prose, range, index };
    if (prose_at(prose, index)->kind != TOKEN_WORD)
        return FALSE;
    guint n = find(&place, place.words->quality, index),
          soft = n ? 0 : find(&place, place.words->usability, index);

    if (n + soft > 0) {
        *claim = (struct claim){ n ? CLAIM_QUALITY : CLAIM_USABILITY, index, index + n + soft };
        if (n && is_of_load(prose_at(prose, index + n - 1)))
            claim->kind = CLAIM_LOAD;
        return !is_name(&place, index, claim->end) && !is_condition(&place, index) &&
               !is_of_screen(&place, index) && !is_of_user(&place, index);
    }
    return find_dimension(&place, claim) || find_load(&place, claim);
}

/* -- what makes it testable -- */

/* Whether what stands at index names a target: "than today", but not "rather than". */
static gboolean is_comparison(const struct place *place, guint index)
{
    static const char *const other[] = { "rather", "other", NULL };
    const struct token *token = prose_at(place->prose, index);

    if (token->kind != TOKEN_WORD || find(place, place->words->comparison, index) == 0)
        return FALSE;
    return !token_is(token, "than") || index == place->range.first ||
           !token_among(prose_at(place->prose, index - 1), other);
}

static gboolean is_example(const struct place *place, guint index)
{
    static const char *const phrases[] = { "e.g",          "e . g", "for example", "such as",
                                           "for instance", "i.e",   "that is",     "meaning" };

    for (gsize i = 0; i < G_N_ELEMENTS(phrases); i++)
        if (prose_has(place->prose, index, place->range.end, phrases[i]))
            return TRUE;
    return FALSE;
}

gboolean quality_is_pinned(const struct vocabulary *words, const struct prose *prose,
                           struct prose_range range, const struct claim *claim)
{
    struct place place = { words, prose, range, claim->first };

    for (guint i = range.first; i < range.end; i++) {
        const struct token *token = prose_at(prose, i);
        gboolean inside = i >= claim->first && i < claim->end;
        if (token->kind == TOKEN_LITERAL && i > claim->first)
            return TRUE;
        if (claim->kind == CLAIM_USABILITY && token->mark == '=' && i >= claim->end)
            return TRUE; /* "intuitive (a higher score = a better match)" */
        if (token->kind == TOKEN_MARK)
            continue;
        if (measure_match(words, prose, i, range.end))
            return TRUE;
        if (claim->kind != CLAIM_QUALITY && measure_or_count_match(words, prose, i, range.end))
            return TRUE;
        if (!inside && is_comparison(&place, i))
            return TRUE;
        if (claim->kind == CLAIM_USABILITY && is_example(&place, i))
            return TRUE;
    }
    return FALSE;
}
