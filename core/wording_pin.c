#include "wording.h"

#include <string.h>

/* How far behind a comparative the "than" may stand, in tokens. */
#define THAN_WITHIN 8

/* How many tokens are looked through for the end of brackets. */
#define BRACKETS_WITHIN 40

/* How far behind "the correct" what it is may be named. */
#define NAMED_WITHIN 4

/* Words after which a bare number is a value and no ordinal: "returns 404", "exit code 0". */
static const char *const valued[] = { "returns", "return", "returned", "code", "status",
                                      "http",    "exit",   "exits",    NULL };

/* How many tokens at index count or measure something, or are a value: not "#12", "task-184" or "1.". */
static guint measure_number(const struct wording *wording, guint index)
{
    const struct token *token = prose_at(wording->prose, index);

    if (wording_is_glued(wording, index) && prose_at(wording->prose, index - 1)->mark &&
        strchr("#-_./:@", prose_at(wording->prose, index - 1)->mark))
        return 0;
    if (!g_ascii_isdigit(token->text[strlen(token->text) - 1]) ||
        (index > 0 && wording_is_one_of(wording, index - 1, valued)))
        return 1;
    gboolean counts = index + 1 < wording->range.end &&
                      prose_at(wording->prose, index + 1)->block == token->block &&
                      prose_at(wording->prose, index + 1)->kind == TOKEN_WORD;
    return counts ? 2 : 0;
}

/* Whether the literal is an example: something in quotes, or code that is more than a name. */
static gboolean is_example(const struct wording *wording, const struct token *token)
{
    const char *text = wording->reading->document->text;
    gboolean code = token->span.start > 0 && text[token->span.start - 1] == '`';

    return token->kind == TOKEN_LITERAL && (!code || strpbrk(token->text, "=;{}\"'"));
}

/* How many tokens from index on pin something down; 0: none. */
static guint measure_pin(const struct wording *wording, guint index)
{
    switch (prose_at(wording->prose, index)->kind) {
    case TOKEN_NUMBER:
        return measure_number(wording, index);
    case TOKEN_LITERAL:
        return is_example(wording, prose_at(wording->prose, index));
    default:
        return word_list_match(wording->pins, wording->prose, index, wording->range.end);
    }
}

static struct wording_pin pin_at(const struct wording *wording, guint first, guint end, gboolean following)
{
    return (struct wording_pin){ .span = { prose_at(wording->prose, first)->span.start,
                                           prose_at(wording->prose, end - 1)->span.end },
                                 .following = following };
}

struct wording_pin wording_find_pin(const struct wording *wording)
{
    const struct prose *prose = wording->prose;

    for (guint i = wording->range.first, n; i < wording->range.end; i += MAX(n, 1)) {
        n = word_list_match(wording->names, prose, i, wording->range.end);
        guint pin = n ? 0 : measure_pin(wording, i);
        if (pin > 0)
            return pin_at(wording, i, i + pin, prose_at(prose, i)->kind == TOKEN_WORD);
    }
    return (struct wording_pin){ .following = FALSE };
}

/* Whether what is done well is only to work, so that nothing is said of it. */
static gboolean is_work(const struct wording *wording, guint index)
{
    static const char *const work[] = { "work",      "works",  "working", "function",
                                        "functions", "behave", "behaves", NULL };
    return index > 0 && wording_is_one_of(wording, index - 1, work);
}

/* Where the brackets end that open at index; 0: they do not, or hold no more than two tokens. */
static guint end_of_brackets(const struct wording *wording, guint index)
{
    guint block = prose_at(wording->prose, index)->block;

    for (guint i = index + 1; i < MIN(wording->range.end, index + BRACKETS_WITHIN); i++) {
        const struct token *token = prose_at(wording->prose, i);
        if (token->block != block)
            break;
        if (token->mark == ')')
            return i > index + 2 ? i + 1 : 0;
    }
    return 0;
}

/* What says, in brackets or code soon behind it, what correct or proper is. */
static struct wording_pin find_named(const struct wording *wording, guint index)
{
    static const char *const right[] = { "correct",       "correctly",    "proper",     "properly",
                                         "appropriately", "consistently", "accurately", NULL };
    static const char *const things[] = { "correct", "proper", NULL };
    guint within = wording_is_one_of(wording, index, things) ? NAMED_WITHIN : 1;
    guint block = prose_at(wording->prose, index)->block;

    for (guint i = index + 1; i <= MIN(index + within, wording->range.end - 1); i++) {
        const struct token *token = prose_at(wording->prose, i);
        if (token->block != block || !wording_is_one_of(wording, index, right))
            break;
        guint end = token->mark == '('             ? end_of_brackets(wording, i)
                    : token->kind == TOKEN_LITERAL ? i + 1
                                                   : 0;
        if (end > 0)
            return pin_at(wording, i, end, FALSE);
    }
    return (struct wording_pin){ .following = FALSE };
}

/* Whether the word compares, and with what is said: "consistent with the list", "similar to the old one". */
static gboolean is_compared(const struct wording *wording, guint index)
{
    static const char *const likeness[] = { "consistent", "consistently", "similar",
                                            "uniform",    "uniformly",    NULL };
    static const char *const with[] = { "with", "to", "across", "between", NULL };

    return wording_is_one_of(wording, index, likeness) && wording_is_one_of(wording, index + 1, with);
}

struct wording_pin wording_find_pin_of(const struct wording *wording, guint index, guint n,
                                       enum wording_kind kind)
{
    const struct prose *prose = wording->prose;
    guint last = index + n - 1, block = prose_at(prose, index)->block;
    gboolean work = is_work(wording, index);
    struct wording_pin named = { .following = FALSE };

    if (!work)
        named = find_named(wording, last);
    if (!span_is_empty(named.span))
        return named;
    if (!work && is_compared(wording, last))
        return pin_at(wording, last, last + 2, TRUE);
    for (guint i = last + 1; kind == WORDING_MORE && i < MIN(wording->range.end, last + 1 + THAN_WITHIN); i++)
        if (prose_at(prose, i)->block == block && token_is(prose_at(prose, i), "than"))
            return pin_at(wording, i, i + 1, TRUE);
    return (struct wording_pin){ .following = FALSE };
}
