#include "pattern.h"

#include <string.h>

G_DEFINE_QUARK(refine_pattern, pattern_error)

/* The steps at one place in texts of up to so many bytes: together they bound the whole. A step takes some
 * nanoseconds; an item of a usual size has 2 KiB, a file at most 1 MiB. */
static const struct budget {
    gsize upto;
    const char *limits;
} budgets[] = {
    { 16 * 1024, "(*LIMIT_MATCH=20000)(*LIMIT_HEAP=4000)" },
    { G_MAXSIZE, "(*LIMIT_MATCH=1000)(*LIMIT_HEAP=4000)" },
};

struct pattern {
    GRegex *regexes[G_N_ELEMENTS(budgets)]; /* the same with other limits */
};

/* Whether "\C" stands there outside of "\Q…\E". */
static const char *find_unit(const char *text)
{
    gboolean literal = FALSE;

    for (const char *at = text; *at; at++) {
        if (*at != '\\' || !at[1])
            continue;
        if (literal) {
            literal = at[1] != 'E';
            continue;
        }
        if (at[1] == 'C')
            return at;
        literal = at[1] == 'Q';
        at++;
    }
    return NULL;
}

/* The library puts the pattern, the place and the reason into one translated sentence. Takes the latter two
 * out of it; prefix is what stands before the user's part of whole. */
static void explain(const GError *cause, const char *whole, const char *prefix, gsize *at, GError **error)
{
    const char *behind = strstr(cause->message, whole);
    const char *digits = behind ? strpbrk(behind + strlen(whole), "0123456789") : NULL;
    const char *reason = digits ? strstr(digits, ": ") : NULL;

    if (!reason) {
        g_set_error_literal(error, PATTERN_ERROR, PATTERN_ERROR_WRONG, cause->message);
        return;
    }
    guint64 place = g_ascii_strtoull(digits, NULL, 10);
    *at = place > strlen(prefix) ? (gsize)place - strlen(prefix) : 0;
    g_set_error_literal(error, PATTERN_ERROR, PATTERN_ERROR_WRONG, reason + strlen(": "));
}

static GRegex *compile(const char *text, const char *limits, GRegexCompileFlags flags, gsize *at,
                       GError **error)
{
    g_autofree char *whole = g_strconcat(limits, text, NULL);
    g_autoptr(GError) cause = NULL;

    flags |= G_REGEX_MULTILINE | G_REGEX_DOLLAR_ENDONLY | G_REGEX_NEWLINE_ANYCRLF | G_REGEX_BSR_ANYCRLF;
    GRegex *regex = g_regex_new(whole, flags, 0, &cause);
    if (!regex)
        explain(cause, whole, limits, at, error);
    return regex;
}

static gboolean check(const char *text, gsize *at, GError **error)
{
    const char *unit = find_unit(text);

    *at = unit ? (gsize)g_utf8_pointer_to_offset(text, unit) : 0;
    if (strlen(text) > PATTERN_MOST)
        g_set_error(error, PATTERN_ERROR, PATTERN_ERROR_WRONG,
                    "it has %" G_GSIZE_FORMAT " bytes, and may have %d", strlen(text), PATTERN_MOST);
    else if (unit)
        g_set_error(error, PATTERN_ERROR, PATTERN_ERROR_WRONG,
                    "\\C, which takes characters apart, is not taken");
    else
        return TRUE;
    return FALSE;
}

gboolean pattern_check(const char *text, gsize *at, gboolean *empty, GError **error)
{
    g_autoptr(GRegex) regex = NULL;

    *empty = FALSE;
    if (!check(text, at, error) || !(regex = compile(text, budgets[0].limits, 0, at, error)))
        return FALSE;
    *empty = g_regex_match(regex, "", 0, NULL);
    return TRUE;
}

struct pattern *pattern_new(const char *text)
{
    g_autoptr(Pattern) pattern = g_new0(struct pattern, 1);
    gsize at;

    if (!check(text, &at, NULL))
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(budgets); i++)
        if (!(pattern->regexes[i] = compile(text, budgets[i].limits, G_REGEX_OPTIMIZE, &at, NULL)))
            return NULL;
    return g_steal_pointer(&pattern);
}

void pattern_free(struct pattern *pattern)
{
    for (gsize i = 0; pattern && i < G_N_ELEMENTS(budgets); i++)
        g_clear_pointer(&pattern->regexes[i], g_regex_unref);
    g_free(pattern);
}

enum pattern_answer pattern_find(const struct pattern *pattern, const char *text, gsize length, gsize start,
                                 struct span *found)
{
    g_autoptr(GMatchInfo) match = NULL;
    g_autoptr(GError) error = NULL;
    gsize budget = 0;
    int first = 0, end = 0;

    while (length > budgets[budget].upto)
        budget++;
    gboolean is_there =
        g_regex_match_full(pattern->regexes[budget], text, (gssize)length, (int)start, 0, &match, &error);
    if (error)
        return PATTERN_GAVE_UP;
    /* "\K" may put the end first. */
    if (is_there && found && g_match_info_fetch_pos(match, 0, &first, &end))
        *found = (struct span){ (gsize)MIN(first, end), (gsize)MAX(first, end) };
    return is_there ? PATTERN_FOUND : PATTERN_ABSENT;
}
