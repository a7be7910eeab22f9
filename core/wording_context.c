#include "wording.h"

#include <string.h>

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
            mark_before(wording, index) == '/' || mark_after(wording, index) == '/');
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

gboolean wording_is_other(const struct wording *wording, guint index, guint n)
{
    return is_code(wording, index, index + n - 1) || is_name(wording, index) ||
           (n == 1 && (is_verb(wording, index) || goes_on(wording, index)));
}
