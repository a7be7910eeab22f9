#include "solution.h"

#include "vocabulary.h"

#include <string.h>

/* How far behind the verb of building a part is that is built. */
#define REACH 6

struct solution_words solution_words(const struct lexicon *lexicon)
{
    return (struct solution_words){ lexicon_list(lexicon, "build"), lexicon_list(lexicon, "interface"),
                                    lexicon_list(lexicon, "technology"), lexicon_list(lexicon, "look"),
                                    lexicon_list(lexicon, "colour") };
}

static gboolean is_any(const struct prose *prose, guint index, const char *const *texts)
{
    return token_among(prose_at(prose, index), texts);
}

/* Words that a name does not begin with. */
static gboolean is_small(const struct prose *prose, guint index)
{
    static const char *const small[] = { "a",     "an",   "the",     "to",    "on",   "in",   "of",
                                         "for",   "with", "at",      "by",    "from", "and",  "or",
                                         "my",    "our",  "your",    "their", "its",  "his",  "her",
                                         "this",  "that", "these",   "those", "new",  "each", "every",
                                         "all",   "any",  "some",    "into",  "onto", "as",   "via",
                                         "using", "also", "another", "one",   "two",  NULL };
    return prose_at(prose, index)->kind != TOKEN_WORD || is_any(prose, index, small);
}

/* How many words at index are a part of a screen or a technology; 0: none. */
static guint match_part(const struct solution_words *words, const struct prose *prose, guint index, guint end)
{
    const guint n = word_list_match(words->interface, prose, index, end);
    return n ? n : word_list_match(words->technology, prose, index, end);
}

static gboolean is_page(const struct prose *prose, guint index)
{
    static const char *const pages[] = { "page",  "pages", "screen", "screens", "menu",
                                         "menus", "tab",   "tabs",   NULL };
    return is_any(prose, index, pages);
}

/* Appends the words as they are to be shown. A page goes by its name: settings page. */
static void add_part(GString *parts, const struct prose *prose, guint first, guint index, guint n)
{
    if (is_page(prose, index) && index > first && !is_small(prose, index - 1))
        g_string_append_printf(parts, "%s%s %s", parts->len ? ", " : "", prose_at(prose, index - 1)->text,
                               prose_at(prose, index)->text);
    else
        for (guint i = 0; i < n; i++)
            g_string_append_printf(parts, "%s%s",
                                   i            ? " "
                                   : parts->len ? ", "
                                                : "",
                                   prose_at(prose, index + i)->text);
}

/* The parts behind a verb of n words at index; FALSE: none in reach. */
static gboolean find_parts(const struct solution_words *words, const struct prose *prose, guint index,
                           guint n, guint end, struct solution *solution)
{
    g_autoptr(GString) parts = g_string_new(NULL);
    guint passed = 0;

    for (guint i = index + n; i < end && passed < REACH; i++) {
        const struct token *token = prose_at(prose, i);
        if (token->mark == '.' || token->mark == ';' || token->mark == '!' || token->mark == '?')
            break;
        passed += token->kind != TOKEN_MARK;
        const guint length = match_part(words, prose, i, end);
        if (!length)
            continue;
        /* Where the part comes first, the words are its name: "create button is grey". */
        if (i == index + n && i + length < end &&
            is_any(
                prose, i + length,
                (const char *const[]){ "is", "are", "does", "should", "shows", "must", "has", "can", NULL }))
            return FALSE;
        add_part(parts, prose, index + n, i, length);
        solution->words = (struct prose_range){ index, i + length };
        i += length - 1;
    }
    if (parts->len == 0)
        return FALSE;
    solution->parts = g_string_free(g_steal_pointer(&parts), FALSE);
    return TRUE;
}

/* Whether nothing stands between the two tokens, as in "task_create" and "build:css". */
static gboolean is_glued(const struct prose *prose, guint index)
{
    return prose_at(prose, index)->span.end == prose_at(prose, index + 1)->span.start;
}

/* Whether the word asks for something here, as at the beginning, and is no noun ("the build"), no part of a
 * name nor what a user does ("users can add"). */
static gboolean is_asked(const struct prose *prose, struct prose_range range, guint index)
{
    static const char *const before[] = { "to",     "and", "or",    "then", "also", "please", "must",
                                          "should", "we",  "shall", "not",  "just", "only",   NULL };
    if (index + 1 < range.end && prose_at(prose, index + 1)->kind == TOKEN_MARK && is_glued(prose, index))
        return FALSE;
    if (index == range.first)
        return TRUE;
    return prose_at(prose, index - 1)->kind == TOKEN_MARK ? !is_glued(prose, index - 1)
                                                          : is_any(prose, index - 1, before);
}

gboolean solution_find(const struct solution_words *words, const struct prose *prose,
                       struct prose_range range, struct solution *solution)
{
    *solution = (struct solution){ 0 };
    for (guint i = range.first; i < range.end; i++) {
        if (prose_at(prose, i)->kind != TOKEN_WORD)
            continue;
        const guint n = word_list_match(words->build, prose, i, range.end);
        if (n > 0 && is_asked(prose, range, i) && find_parts(words, prose, i, n, range.end, solution))
            return TRUE;
    }
    return FALSE;
}

/* -- looks -- */

/* "12px", "#ff8800". */
static gboolean is_measured(const struct prose *prose, guint index, guint end)
{
    const struct token *token = prose_at(prose, index);

    if (token->kind == TOKEN_NUMBER)
        return g_str_has_suffix(token->text, "px") || g_str_has_suffix(token->text, "rem");
    if (token->mark != '#' || index + 1 >= end || prose_at(prose, index + 1)->span.start != token->span.end)
        return FALSE;
    const char *digits = prose_at(prose, index + 1)->text;
    const gsize length = strlen(digits);
    return (length == 3 || length == 6) && strspn(digits, "0123456789abcdef") == length &&
           strcspn(digits, "abcdef") < length;
}

/* A colour counts where a part of a screen, or what is seen of it, has it. */
static gboolean is_coloured(const struct solution_words *words, const struct prose *prose,
                            struct prose_range range, guint index)
{
    static const char *const seen[] = { "background", "text",     "font",    "border",      "colour",
                                        "color",      "coloured", "colored", "highlighted", "shown",
                                        "displayed",  "turns",    "becomes", NULL };
    if (!word_list_holds(words->colour, prose_at(prose, index)))
        return FALSE;
    for (guint i = MAX(range.first + 3, index) - 3; i < MIN(range.end, index + 4); i++)
        if (i != index && (is_any(prose, i, seen) || word_list_match(words->interface, prose, i, range.end)))
            return TRUE;
    return FALSE;
}

gboolean solution_find_look(const struct solution_words *words, const struct prose *prose,
                            struct prose_range range, struct solution *solution)
{
    *solution = (struct solution){ 0 };
    for (guint i = range.first; i < range.end; i++) {
        const struct token *token = prose_at(prose, i);
        guint n = is_measured(prose, i, range.end) ? 1 + (token->mark == '#') : 0;
        if (token->kind == TOKEN_WORD && !n)
            n = word_list_match(words->look, prose, i, range.end);
        if (token->kind == TOKEN_WORD && !n)
            n = is_coloured(words, prose, range, i);
        if (!n)
            continue;
        solution->words = (struct prose_range){ i, i + n };
        GString *parts = g_string_new(NULL);
        for (guint j = i; j < i + n; j++)
            g_string_append_printf(parts, "%s%s", j > i && token->mark != '#' ? " " : "",
                                   token->mark == '#' && j == i ? "#" : prose_at(prose, j)->text);
        solution->parts = g_string_free(parts, FALSE);
        return TRUE;
    }
    return solution_find(words, prose, range, solution);
}

void solution_clear(struct solution *solution)
{
    g_free(solution->parts);
    *solution = (struct solution){ 0 };
}
