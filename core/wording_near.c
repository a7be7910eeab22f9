#include "wording.h"

#include "outcome.h"

#include <string.h>

/* How far behind a comparative the "than" may stand, in tokens. */
#define THAN_WITHIN 8

/* How far before it "=" may. */
#define EQUALS_WITHIN 2

/* How many tokens are looked through for the end of brackets. */
#define BRACKETS_WITHIN 40

/* How many tokens in brackets can tell anything. */
#define BRACKETS_LEAST 3

/* How far behind "the correct" what it is may be named. */
#define NAMED_WITHIN 4

/* How far behind a word brackets, what it is compared with, or what a message says may stand. */
#define ASIDE_WITHIN 7
#define WITH_WITHIN 7
#define MESSAGE_WITHIN 10

/* How far before "properly" the verb may stand. */
#define VERB_WITHIN 7

/* A word that leaves something open, and where to look for what says it. */
struct near {
    const struct wording *wording;
    const struct prose *prose;
    guint first, last; /* its tokens */
    enum wording_kind kind;
    gboolean work; /* "works properly" */
};

/* The token there, if it is in the criterion and in the word's own paragraph. */
static const struct token *at(const struct near *near, guint index)
{
    if (index < near->wording->range.first || index >= near->wording->range.end)
        return NULL;
    const struct token *token = prose_at(near->prose, index);
    return token->block == prose_at(near->prose, near->last)->block ? token : NULL;
}

static const struct word_list *list_of(const struct near *near, const char *name)
{
    return lexicon_list(near->wording->reading->book->lexicon, name);
}

/* Whether what is done well is only to work, so that nothing is said of it. */
static gboolean is_work(const struct wording *wording, guint index)
{
    static const char *const work[] = { "work",      "works",  "working", "function",
                                        "functions", "behave", "behaves", NULL };
    return index > 0 && wording_is_one_of(wording, index - 1, work);
}

/* -- in brackets -- */

/* Where the brackets end that open at index; 0: they do not, or hold fewer than least tokens. */
static guint end_of_brackets(const struct near *near, guint index, guint least)
{
    const struct token *token;

    for (guint i = index + 1; i < index + BRACKETS_WITHIN && (token = at(near, i)); i++)
        if (token->mark == ')')
            return i > index + least ? i + 1 : 0;
    return 0;
}

/* Whether two words follow each other, and not all are set apart by commas or slashes. */
static gboolean is_phrase(const struct near *near, guint first, guint end)
{
    for (guint i = first + 1; i < end; i++)
        if (at(near, i)->kind != TOKEN_MARK && at(near, i - 1)->kind != TOKEN_MARK)
            return TRUE;
    return FALSE;
}

/* Whether the brackets say what the word is to mean: "(a higher score = a better match)". */
static gboolean is_equation(const struct near *near, guint first, guint end)
{
    for (guint i = first + 1; i + 1 < end; i++)
        if (at(near, i)->mark == '=')
            return TRUE;
    return FALSE;
}

/* Whether a word in the brackets leaves something open itself. */
static gboolean is_open(const struct near *near, guint first, guint end)
{
    for (guint i = first; i < end; i++)
        for (guint k = 0; k < N_WORDING_KINDS; k++)
            if (word_list_match(near->wording->lists[k], near->prose, i, end))
                return TRUE;
    return FALSE;
}

/* How many of several are named between first and end: commas and slashes. */
static guint count_named(const struct near *near, guint first, guint end)
{
    guint commas = 0;

    for (guint i = first; i < end && at(near, i); i++)
        commas += at(near, i)->mark == ',' || at(near, i)->mark == '/';
    return commas;
}

/* Whether the word picks some of several, so that their names say which: "major browsers (Firefox, Safari)".
 */
static gboolean picks(const struct near *near)
{
    static const char *const picking[] = { "major",   "relevant",   "appropriate", "typical", "important",
                                           "similar", "applicable", "popular",     "usual",   "common",
                                           "various", "several",    "numerous",    "some",    "different",
                                           "of",      NULL };
    return near->kind == WORDING_OPEN || wording_is_one_of(near->wording, near->last, picking);
}

/* Brackets behind the word that tell what happens, what equals what, or which are meant: "remain consistent
 * (no gaps, no conflicts)". */
static struct wording_pin find_aside(const struct near *near)
{
    static const char *const more[] = { "not", "also", "including", "optional", "optionally", NULL };
    const struct vocabulary words = vocabulary_of(near->wording->reading->book->lexicon);
    const struct token *token;

    for (guint i = near->last + 1; i <= near->last + ASIDE_WITHIN && (token = at(near, i)); i++) {
        if (token->mark && strchr(",.;:", token->mark))
            break;
        guint end = token->mark == '(' ? end_of_brackets(near, i, BRACKETS_LEAST) : 0;
        if (end == 0)
            continue;
        struct prose_range inside = { i + 1, end - 1 };
        if (is_equation(near, inside.first, inside.end))
            return wording_pin_at(near->wording, i, end, FALSE);
        if (token_among(at(near, i + 1), more) || is_open(near, inside.first, inside.end))
            break;
        if (picks(near)
                ? count_named(near, inside.first, inside.end) > 0
                : is_phrase(near, inside.first, inside.end) && outcome_is_named(&words, near->prose, inside))
            return wording_pin_at(near->wording, i, end, FALSE);
        break;
    }
    return (struct wording_pin){ .following = FALSE };
}

/* What a colon names: "edge cases: no orders, one order". */
static struct wording_pin find_list(const struct near *near)
{
    const struct token *token;

    for (guint i = near->last + 1; i <= near->last + NAMED_WITHIN && (token = at(near, i)); i++)
        if (token->mark == ':' && picks(near) && count_named(near, i, i + BRACKETS_WITHIN) > 0)
            return wording_pin_at(near->wording, i, i + 1, TRUE);
    return (struct wording_pin){ .following = FALSE };
}

/* What says, in brackets or code soon behind it, what correct or proper is. */
static struct wording_pin find_named(const struct near *near)
{
    static const char *const right[] = { "correct",       "correctly",    "proper",     "properly",
                                         "appropriately", "consistently", "accurately", NULL };
    static const char *const things[] = { "correct", "proper", NULL };
    guint within = wording_is_one_of(near->wording, near->last, things) ? NAMED_WITHIN : 1;
    const struct token *token;

    for (guint i = near->last + 1; i <= near->last + within && (token = at(near, i)); i++) {
        if (!wording_is_one_of(near->wording, near->last, right))
            break;
        guint end = token->mark == '('             ? end_of_brackets(near, i, 2)
                    : token->kind == TOKEN_LITERAL ? i + 1
                                                   : 0;
        if (end > 0)
            return wording_pin_at(near->wording, i, end, FALSE);
    }
    return (struct wording_pin){ .following = FALSE };
}

/* -- what it is compared with -- */

/* What it is compared with: "consistent with the list", "a similar layout to the old one"; behind other words
 * than "consistent" itself, "to" is a direction. */
static struct wording_pin find_compared(const struct near *near)
{
    static const char *const likeness[] = { "consistent", "consistently", "similar",
                                            "uniform",    "uniformly",    NULL };
    static const char *const with[] = { "with", "across", "between", "throughout", NULL };
    const struct token *token;

    if (!wording_is_one_of(near->wording, near->last, likeness))
        return (struct wording_pin){ .following = FALSE };
    for (guint i = near->last + 1; i <= near->last + WITH_WITHIN && (token = at(near, i)); i++) {
        if (token->kind == TOKEN_MARK)
            break;
        if (token_among(token, with) || (i == near->last + 1 && token_is(token, "to")))
            return wording_pin_at(near->wording, near->last, i + 1, TRUE);
    }
    return (struct wording_pin){ .following = FALSE };
}

/* "faster than the old list", and what is equalled with it: "a higher score = better". */
static struct wording_pin find_than(const struct near *near)
{
    for (guint i = near->last + 1; i <= near->last + THAN_WITHIN && at(near, i); i++)
        if (token_is(at(near, i), "than"))
            return wording_pin_at(near->wording, i, i + 1, TRUE);
    for (guint i = near->first; i-- > 0 && i + EQUALS_WITHIN >= near->first && at(near, i);)
        if (at(near, i)->mark == '=')
            return wording_pin_at(near->wording, i, near->first, FALSE);
    return (struct wording_pin){ .following = FALSE };
}

/* -- what the rest of the sentence tells -- */

/* Whether the words from index on say what a message holds: "naming the field", "that lists", "with the". */
static gboolean says(const struct near *near, guint index)
{
    static const char *const saying[] = { "naming",     "listing",    "stating",     "saying",   "telling",
                                          "explaining", "indicating", "identifying", "pointing", "showing",
                                          "containing", "including",  "giving",      "reading",  "suggesting",
                                          "asking",     "quoting",    "offering",    NULL };
    static const char *const says[] = { "names",    "name",    "lists",    "list",       "states", "state",
                                        "says",     "say",     "tells",    "tell",       "shows",  "show",
                                        "explains", "explain", "includes", "include",    "asks",   "contains",
                                        "contain",  "points",  "gives",    "identifies", NULL };
    static const char *const that[] = { "that", NULL };
    const struct token *token = at(near, index);

    return (token_among(token, saying) ||
            (token_among(token, that) && token_among(at(near, index + 1), says))) &&
           at(near, index + 2);
}

/* What the message says whose words are to be clear or helpful. */
static struct wording_pin find_message(const struct near *near)
{
    static const char *const of[] = { "of", NULL };
    const struct word_list *messages = list_of(near, "message");
    gboolean message = FALSE;
    const struct token *token;

    for (guint i = near->last + 1;
         near->kind == WORDING_QUALITY && i <= near->last + MESSAGE_WITHIN && (token = at(near, i)); i++) {
        if (token->kind == TOKEN_MARK && token->mark && strchr(",.;:(", token->mark))
            break;
        if (message && says(near, i) && !token_among(at(near, i - 1), of))
            return wording_pin_at(near->wording, i, i + 1, TRUE);
        message = message || (token->kind == TOKEN_WORD && word_list_has(messages, token->text));
    }
    return (struct wording_pin){ .following = FALSE };
}

/* What is told "clearly": "clearly states that", "clearly shows the range". */
static struct wording_pin find_told(const struct near *near)
{
    static const char *const manner[] = { "clearly", NULL };
    static const char *const tells[] = { "states",    "state",     "says",     "say",     "warns",
                                         "warn",      "tells",     "tell",     "lists",   "names",
                                         "name",      "notes",     "mentions", "mention", "identifies",
                                         "specifies", "indicates", "shows",    NULL };
    const struct token *behind = at(near, near->last + 2);

    if (wording_is_one_of(near->wording, near->last, manner) &&
        token_among(at(near, near->last + 1), tells) && behind && behind->kind != TOKEN_MARK)
        return wording_pin_at(near->wording, near->last + 1, near->last + 2, TRUE);
    return (struct wording_pin){ .following = FALSE };
}

/* Whether the word is a noun as well, so that in front of an adverb it may be no verb: "shows links
 * properly".
 */
static gboolean is_noun(const struct near *near, const char *word)
{
    const struct word_list *nouns = list_of(near, "noun-verb");
    g_autofree char *stem = g_str_has_suffix(word, "s") ? g_strndup(word, strlen(word) - 1) : NULL;

    return word_list_has(nouns, word) || (stem && word_list_has(nouns, stem));
}

/* The verb that says what happens, so that it happens well adds nothing: "is properly removed". */
static struct wording_pin find_verb(const struct near *near)
{
    static const char *const manner[] = { "correctly", "properly", "accurately", "consistently", NULL };
    static const char *const joins[] = { "and", "or", "but", "to", NULL };
    const struct vocabulary words = vocabulary_of(near->wording->reading->book->lexicon);
    const struct word_list *decisive = list_of(near, "decisive");
    const struct token *token = at(near, near->last + 1);

    if (!wording_is_one_of(near->wording, near->last, manner))
        return (struct wording_pin){ .following = FALSE };
    if (token && token->kind == TOKEN_WORD && word_list_has(decisive, token->text))
        return wording_pin_at(near->wording, near->last + 1, near->last + 2, FALSE);
    for (guint i = near->first, far = 0; far < VERB_WITHIN && i-- > 0 && (token = at(near, i)); far++) {
        if (token->kind != TOKEN_WORD)
            continue;
        if (token_among(token, joins))
            break;
        if (word_list_has(decisive, token->text) && !is_noun(near, token->text))
            return wording_pin_at(near->wording, i, i + 1, FALSE);
        if (outcome_is_verb(&words, token->text))
            break;
    }
    return (struct wording_pin){ .following = FALSE };
}

/* What shall not happen with it: "exits cleanly without losing the draft". */
static struct wording_pin find_without(const struct near *near)
{
    const struct token *token;

    for (guint i = near->last + 1;
         near->kind == WORDING_MANNER && i <= near->last + NAMED_WITHIN && (token = at(near, i)); i++)
        if (token_is(token, "without") && at(near, i + 1) && !is_open(near, i, near->wording->range.end))
            return wording_pin_at(near->wording, i, i + 1, TRUE);
    return (struct wording_pin){ .following = FALSE };
}

struct wording_pin wording_find_pin_of(const struct wording *wording, guint index, guint n,
                                       enum wording_kind kind)
{
    static struct wording_pin (*const always[])(const struct near *) = { find_aside, find_list };
    static struct wording_pin (*const said[])(const struct near *) = {
        find_named, find_compared, find_message, find_told, find_verb, find_without,
    };
    struct near near = { wording, wording->prose, index, index + n - 1, kind, is_work(wording, index) };
    struct wording_pin pin = { .following = FALSE };

    for (gsize i = 0; i < G_N_ELEMENTS(said) && !near.work && span_is_empty(pin.span); i++)
        pin = said[i](&near);
    for (gsize i = 0; i < G_N_ELEMENTS(always) && span_is_empty(pin.span); i++)
        pin = always[i](&near);
    if (kind == WORDING_MORE && span_is_empty(pin.span))
        pin = find_than(&near);
    return pin;
}
