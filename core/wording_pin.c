#include "wording.h"

#include <string.h>

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

struct wording_pin wording_pin_at(const struct wording *wording, guint first, guint end, gboolean following)
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
            return wording_pin_at(wording, i, i + pin, prose_at(prose, i)->kind == TOKEN_WORD);
    }
    return (struct wording_pin){ .following = FALSE };
}
