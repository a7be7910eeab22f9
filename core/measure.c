#include "measure.h"

#include <string.h>

/* Characters of a number that are no letters of its unit: 10,000 and 3-5 and 1:30 and 800±400. */
#define NUMERIC "0123456789.,:/+-"

/* Tokens before a limit that are looked at for what is limited. */
#define NEAR 4

/* -- numbers -- */

/* What stands behind the digits in a token of a number: "ms" of "500ms". */
static const char *suffix_of(const struct token *token)
{
    const char *at = token->text;
    while (*at && (strchr(NUMERIC, *at) || g_str_has_prefix(at, "±") || g_str_has_prefix(at, "–")))
        at = g_utf8_next_char(at);
    return at;
}

/* Whether it is a unit that is written with more than the letters of a list of words. */
static gboolean is_sign(const char *text)
{
    static const char *const signs[] = { "%", "‰", "µs", "μs", "°c", "°C", "×", NULL };
    return !g_ascii_isalnum(*text) && g_strv_contains(signs, text);
}

/* Whether the token is a number with nothing behind its digits. */
static gboolean is_bare(const struct token *token)
{
    return token->kind == TOKEN_NUMBER && !*suffix_of(token);
}

/* Whether it is a number in words. */
static gboolean is_spelled(const struct token *token)
{
    static const char *const numbers[] = { "one",    "two",    "three", "four",    "five",     "six",
                                           "seven",  "eight",  "nine",  "ten",     "twelve",   "fifteen",
                                           "twenty", "thirty", "sixty", "hundred", "thousand", "million" };

    for (gsize i = 0; token->kind == TOKEN_WORD && i < G_N_ELEMENTS(numbers); i++)
        if (*token->text == *numbers[i] && strcmp(token->text, numbers[i]) == 0)
            return TRUE;
    return FALSE;
}

/* Whether it is one of the space-separated words. */
static gboolean is_one_of(const struct token *token, const char *words)
{
    const char *found = token->kind == TOKEN_WORD ? strstr(words, token->text) : NULL;
    gsize length = strlen(token->text);

    for (; found; found = strstr(found + 1, token->text))
        if ((found == words || found[-1] == ' ') && (found[length] == ' ' || !found[length]))
            return TRUE;
    return FALSE;
}

/* The token at index, NULL where the block or the range ends before it. */
static const struct token *token_in(const struct prose *prose, guint index, guint end, guint block)
{
    return index < end && prose_at(prose, index)->block == block ? prose_at(prose, index) : NULL;
}

/* How many tokens from index on are a unit. */
static guint unit_match(const struct vocabulary *words, const struct word_list *list,
                        const struct prose *prose, guint index, guint end)
{
    if (index >= end)
        return 0;
    const struct token *token = prose_at(prose, index);
    if (is_sign(token->text))
        return list == words->units;
    return token->kind == TOKEN_WORD ? word_list_match(list, prose, index, end) : 0;
}

/* How many tokens from index on are a number in front of a unit: "500", "two", "half a". */
static guint number_match(const struct prose *prose, guint index, guint end)
{
    const struct token *token = prose_at(prose, index);
    guint block = token->block, n = 0;

    while ((token = token_in(prose, index + n, end, block)) && (is_bare(token) || is_spelled(token)))
        n++;
    token = prose_at(prose, index);
    if (n == 0 && is_one_of(token, "half quarter") && index + 1 < end &&
        is_one_of(prose_at(prose, index + 1), "a an"))
        return 2;
    return n;
}

/* "9 of 10", "95 out of 100": a share. */
static guint share_match(const struct prose *prose, guint index, guint end)
{
    guint block = prose_at(prose, index)->block, n = 1;
    const struct token *token = token_in(prose, index + n, end, block);

    if (token && is_one_of(token, "out"))
        token = token_in(prose, index + ++n, end, block);
    if (!token || !is_one_of(token, "of in"))
        return 0;
    token = token_in(prose, index + n + 1, end, block);
    return token && (is_bare(token) || is_spelled(token)) ? n + 2 : 0;
}

static guint match(const struct vocabulary *words, const struct word_list *list, const struct prose *prose,
                   guint index, guint end)
{
    const struct token *token = prose_at(prose, index);
    const char *suffix = token->kind == TOKEN_NUMBER ? suffix_of(token) : "";

    if (*suffix)
        return is_sign(suffix) ? list == words->units : word_list_has(list, suffix);
    guint n = number_match(prose, index, end);
    if (n == 0)
        return 0;
    guint block = token->block;
    const struct token *next = token_in(prose, index + n, end, block);
    guint unit = next ? unit_match(words, list, prose, index + n, end) : 0;
    if (unit)
        return n + unit;
    return list == words->units ? share_match(prose, index, end) : 0;
}

guint measure_match(const struct vocabulary *words, const struct prose *prose, guint index, guint end)
{
    const struct token *token = prose_at(prose, index);
    if (token->kind != TOKEN_NUMBER && token->kind != TOKEN_WORD)
        return 0;
    return match(words, words->units, prose, index, end);
}

guint measure_or_count_match(const struct vocabulary *words, const struct prose *prose, guint index,
                             guint end)
{
    guint n = measure_match(words, prose, index, end);
    return n ? n : match(words, words->counts, prose, index, end);
}

/* -- limits -- */

/* A word of limit, as it is looked at. */
struct bound {
    const struct vocabulary *words;
    const struct prose *prose;
    struct prose_range range;
    guint first; /* its words */
    guint end;
    guint block;
};

static gboolean bound_is(const struct bound *bound, const char *phrase)
{
    return prose_has(bound->prose, bound->first, bound->end, phrase);
}

static const struct token *bound_next(const struct bound *bound, guint distance)
{
    return token_in(bound->prose, bound->end + distance, bound->range.end, bound->block);
}

/* Whether nothing that could be a number's noun follows: the end, a mark, or a word that begins something
 * else. */
static gboolean ends_phrase(const struct token *token)
{
    if (!token)
        return TRUE;
    if (token->kind == TOKEN_MARK)
        return token->mark && strchr(".,;:!?)", token->mark);
    return is_one_of(
        token, "for of per with when on at to after if in while by during from over across once without "
               "and or is are must should shall but until under without while compared");
}

/* Whether the sentence tells in what its numbers are, or that they are shown: "shown in ms". */
static gboolean is_told_in(const struct bound *bound)
{
    const struct token *before =
        bound->first > bound->range.first ? prose_at(bound->prose, bound->first - 1) : NULL;
    return !before || before->block != bound->block || before->kind == TOKEN_MARK ||
           is_one_of(before,
                     "shown displayed given measured expressed formatted rounded stored reported "
                     "returned logged converted duration durations time times size sizes age interval "
                     "value values timeout length elapsed specified configured set printed rendered "
                     "recorded counted sent is are stated written number estimate amount period");
}

/* Whether a plural stands there: "at most results". */
static gboolean is_plural(const struct token *token)
{
    gsize length = strlen(token->text);
    return token->kind == TOKEN_WORD && length > 3 && token->text[length - 1] == 's' &&
           !strchr("s'ui", token->text[length - 2]) &&
           !is_one_of(token, "its this always sometimes does has was perhaps towards others");
}

/* Whether the unit at the token reads as one without a number in front: "seconds", "ms" or "%", but neither
 * "second" nor a letter that may stand for anything. */
static gboolean is_plain_unit(const struct token *token)
{
    gsize n = strlen(token->text);

    if (token->kind != TOKEN_WORD || is_sign(token->text))
        return TRUE;
    if (n == 1)
        return token->text[0] == 's';
    return token->text[n - 1] == 's' || n == 2 ||
           is_one_of(token, "percent kib mib gib fps rpm rps qps tps sec min");
}

/* Whether what lies behind the words may be another thing than a limit: "in ms", "longer than days". */
static gboolean is_weak(const struct bound *bound)
{
    return !bound_is(bound, "within") && !bound_is(bound, "at most") && !bound_is(bound, "at least") &&
           !bound_is(bound, "no more than") && !bound_is(bound, "less than") && !bound_is(bound, "up to") &&
           !bound_is(bound, "in under") && !bound_is(bound, "in less than") && !bound_is(bound, "fewer than");
}

static gboolean lacks_number(const struct bound *bound)
{
    const struct token *next = bound_next(bound, 0);
    guint unit =
        next ? unit_match(bound->words, bound->words->units, bound->prose, bound->end, bound->range.end) : 0;

    if (unit)
        return is_plain_unit(next) && (!bound_is(bound, "in") || !is_told_in(bound));
    if (bound_is(bound, "within"))
        return !next ||
               (ends_phrase(next) && !is_one_of(next, "and or is are must should shall but from by"));
    gboolean counts = bound_is(bound, "at most") || bound_is(bound, "no more than") ||
                      bound_is(bound, "not more than") || bound_is(bound, "no fewer than") ||
                      bound_is(bound, "fewer than") || bound_is(bound, "up to");
    if (counts && next && is_plural(next))
        return TRUE;
    if (bound_is(bound, "up to"))
        return next && is_one_of(next, "of per when");
    const struct token *behind = bound_next(bound, 1);
    if (bound_is(bound, "at least") && next && is_plural(next) && behind && is_one_of(behind, "per"))
        return TRUE;
    return (counts || bound_is(bound, "at least") || bound_is(bound, "less than")) &&
           (!next || is_one_of(next, "of per"));
}

/* Whether what is limited has no unit: a count, a version, a code. */
static gboolean is_plain_number(const struct bound *bound)
{
    guint first = MAX(bound->range.first, bound->first > NEAR ? bound->first - NEAR : 0);

    for (guint i = first; i < bound->first; i++) {
        const struct token *token = prose_at(bound->prose, i);
        if (token->block == bound->block &&
            is_one_of(token, "number numbers count counts total index version versions level levels score "
                             "scores code codes status port ports value values priority rank id ids position "
                             "rating step padding digits ratio exit ordinal sequence quantity length height "
                             "width depth year sum amount section chapter table figure"))
            return TRUE;
    }
    return FALSE;
}

static gboolean is_year(const struct token *token)
{
    return strlen(token->text) == 4 &&
           (g_str_has_prefix(token->text, "19") || g_str_has_prefix(token->text, "20"));
}

/* Whether it is a ratio or a time of day, which take no unit: "4.5:1", "16:00". */
static gboolean has_colon(const struct token *token)
{
    return strchr(token->text, ':') != NULL;
}

static gboolean lacks_unit(const struct bound *bound)
{
    const struct token *number = bound_next(bound, 0), *next = bound_next(bound, 1);
    const struct token *behind = bound_next(bound, 2);

    if (!number || !is_bare(number) || has_colon(number) || !ends_phrase(next))
        return FALSE;
    if (next && is_one_of(next, "of"))
        return behind && is_one_of(behind, "memory ram disk storage bandwidth traffic data space");
    if (bound_is(bound, "within"))
        return TRUE;
    if (next && is_one_of(next, "in and or to"))
        return FALSE;
    if (bound_is(bound, "in"))
        return !is_year(number) && next && is_one_of(next, "over for with at on") && !is_told_in(bound);
    return !is_plain_number(bound);
}

/* "after minutes", "for 10 while …": a time without its number, or without its unit. */
static gboolean find_time(const struct bound *bound, struct limit *limit)
{
    const struct token *next = bound_next(bound, 0), *behind = bound_next(bound, 1);
    guint unit =
        next ? unit_match(bound->words, bound->words->units, bound->prose, bound->end, bound->range.end) : 0;

    if (unit && is_plain_unit(next)) {
        *limit = (struct limit){ LIMIT_IN_DOUBT, bound->end + unit };
        return TRUE;
    }
    if (!next || !is_bare(next) || !ends_phrase(behind) || is_year(next) || is_plain_number(bound) ||
        (behind && is_one_of(behind, "of in and or to")))
        return FALSE;
    *limit = (struct limit){ LIMIT_NO_UNIT, bound->end + 1 };
    return TRUE;
}

/* "> %", "% of the reads": a sign without a number in front of it. */
static gboolean find_sign(const struct prose *prose, struct prose_range range, guint index,
                          struct limit *limit)
{
    const struct token *token = prose_at(prose, index);
    const struct token *next = token_in(prose, index + 1, range.end, token->block);
    const struct token *before = index > range.first ? prose_at(prose, index - 1) : NULL;
    gboolean less = (token->mark && strchr("<>", token->mark)) || strcmp(token->text, "≤") == 0 ||
                    strcmp(token->text, "≥") == 0;

    *limit = (struct limit){ LIMIT_NO_NUMBER, index + 1 };
    if (less && next && is_sign(next->text)) {
        limit->end++;
        return TRUE;
    }
    return token->mark == '%' && next && is_one_of(next, "of") &&
           (!before || before->block != token->block || (before->kind == TOKEN_WORD && !is_spelled(before)));
}

gboolean limit_find(const struct vocabulary *words, const struct prose *prose, struct prose_range range,
                    guint index, struct limit *limit)
{
    if (prose_at(prose, index)->kind == TOKEN_MARK)
        return find_sign(prose, range, index, limit);
    guint n = word_list_match(words->bound, prose, index, range.end);
    struct bound bound = { words, prose, range, index, index + n, prose_at(prose, index)->block };
    if (n == 0 && is_one_of(prose_at(prose, index), "after every for")) {
        bound.end = index + 1;
        return find_time(&bound, limit);
    }
    if (n == 0)
        return FALSE;
    if (lacks_number(&bound)) {
        const struct token *next = bound_next(&bound, 0);
        guint unit = next ? unit_match(words, words->units, prose, bound.end, range.end) : 0;
        *limit = (struct limit){ is_weak(&bound) ? LIMIT_IN_DOUBT : LIMIT_NO_NUMBER, bound.end + unit };
        return TRUE;
    }
    if (!lacks_unit(&bound))
        return FALSE;
    *limit = (struct limit){ LIMIT_NO_UNIT, bound.end + 1 };
    return TRUE;
}
