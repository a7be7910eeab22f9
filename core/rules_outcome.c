#include "statement.h"

#include "outcome.h"

/* Words in a criterion past which it is taken to be several: the longest twentieth of 5,262 real ones. */
#define WORDS_MAX 29

/* -- criterion-compound -- */

static gboolean is_demand(const struct token *token)
{
    return token_is(token, "must") || token_is(token, "should") || token_is(token, "shall");
}

static void check_compound(const struct statement *statement)
{
    const struct prose *prose = statement->reading->prose;
    guint words = 0, demands = 0, second = 0, last = statement->own.first;

    for (guint i = statement->own.first; i < statement->own.end; i++) {
        const struct token *token = prose_at(prose, i);
        if (token->kind != TOKEN_MARK) {
            words++;
            last = words == WORDS_MAX + 1 ? i : last;
        }
        if (is_demand(token) && ++demands == 2)
            second = i;
    }
    if (demands < 2 && words <= WORDS_MAX)
        return;
    guint at = demands >= 2 ? second : last;
    g_autofree char *help = statement_help(statement, "keep one result here and --add the other");
    g_autofree char *word = statement_quote(statement, at, at + 1);
    struct finding *finding =
        demands >= 2
            ? reading_report(statement->reading, "criterion-compound", statement_span(statement, at, at + 1),
                             help,
                             "a second \"%s\" in criterion %u: with one of them met it is neither met nor "
                             "open",
                             word, statement->number)
            : reading_report(statement->reading, "criterion-compound", statement_span(statement, at, at + 1),
                             help, "criterion %u has %u words; more than %u are seldom one thing to test",
                             statement->number, words, WORDS_MAX);
    if (finding)
        finding->key = g_strdup(statement->criterion->text);
}

/* -- task-not-criterion, no-outcome -- */

/* Whether it has words that could tell anything. */
static gboolean has_words(const struct statement *statement)
{
    for (guint i = statement->range.first; i < statement->range.end; i++) {
        const struct token *token = prose_at(statement->reading->prose, i);
        if (token->kind == TOKEN_WORD || token->kind == TOKEN_LITERAL)
            return TRUE;
    }
    return FALSE;
}

static gboolean check_task(const struct statement *statement)
{
    guint end;

    if (!(statement->reading->type & RULE_STORY) ||
        !outcome_is_task(statement->words, statement->reading->prose, statement->own, &end))
        return FALSE;
    g_autofree char *help = statement_help(statement, "say what a user or a tester sees when it is done");
    g_autofree char *words = statement_quote(statement, statement->own.first, end);
    reading_report(statement->reading, "task-not-criterion",
                   statement_span(statement, statement->own.first, end), help,
                   "\"%s\" is work to do, and no result that tells whether it is done", words);
    return TRUE;
}

/* Where it breaks off: "the banner says". */
static gboolean check_gap(const struct statement *statement)
{
    for (guint i = statement->own.first; i < statement->own.end; i++) {
        if (!outcome_breaks_off(statement->reading->prose, statement->range, i))
            continue;
        g_autofree char *help = statement_help(statement, "write out what is meant");
        g_autofree char *word = statement_quote(statement, i, i + 1);
        reading_report(statement->reading, "no-outcome", statement_span(statement, i, i + 1), help,
                       "nothing follows \"%s\": the result itself was left out", word);
        return TRUE;
    }
    return FALSE;
}

void statement_check_outcome(const struct statement *statement, gboolean followed)
{
    const struct prose *prose = statement->reading->prose;
    struct prose_range range = statement->range;

    check_compound(statement);
    if (!has_words(statement) || check_task(statement))
        return;
    if (statement_is_pending(statement) || check_gap(statement) || followed)
        return;
    if (outcome_is_named(statement->words, prose, range))
        return;
    g_autofree char *help = statement_help(statement, "say what happens or what can be seen, with a verb");
    g_autofree char *words = statement_quote(statement, statement->own.first, statement->own.end);
    reading_report(statement->reading, "no-outcome",
                   statement_span(statement, statement->own.first, statement->own.first + 1), help,
                   "\"%s\" does not say what happens, or what can be seen", words);
}
