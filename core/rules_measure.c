#include "statement.h"

#include "measure.h"
#include "quality.h"

static const struct rule table[] = {
    {
        .name = "quality-without-measure",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a quality such as speed or load without a number and its unit",
        .help = {
            .what = "A criterion claims a quality (fast, responsive, low latency, scalable, intuitive, "
                    "robust …) and has no number with a unit, nothing to compare with and no example; or "
                    "it sets a limit that has lost its number or its unit (\"within ms\", \"at most 500\").",
            .why = "Fast is what the builder's own machine does. Without a number the claim is met or not "
                   "as one likes, and nobody can test it before the customer does.",
            .bad = "## Acceptance criteria\n"
                   "\n"
                   "- [ ] Search should be fast\n"
                   "- [ ] No match says \"No results\"\n",
            .good = "## Acceptance criteria\n"
                    "\n"
                    "- [ ] Search results appear within 500ms for queries under 1000 results\n"
                    "- [ ] No match says \"No results\"\n",
            .decided = "By the lists quality and load, and by words of dimension that are graded (grade) "
                       "or moved (improve): \"latency is low\", \"improve performance\". A number with a unit "
                       "(units), a comparison (\"no slower than today\", \"no regression\") or a literal "
                       "behind the claim settles it. Names (\"fast path\"), conditions (\"when the network is "
                       "fast\") and what is merely shown (\"the file size is shown\") are no claims. Words of "
                       "use and dependability (usability) and a number without a unit only warn.",
            .source = "Tom Gilb, \"Competitive Engineering\" (2005), on scale and level; ISO/IEC 25010 and "
                      "25023 for the qualities.",
            .mistakes = "A quality that the team has defined elsewhere: name it (\"meets the speed "
                        "budget\"), or remove the word under words. Only the first claim of a criterion is "
                        "reported. Scenarios in fences are code, and not read.",
        },
    },
    {
        .name = "measure-without-condition",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a number that does not say under which conditions it holds",
        .help = {
            .what = "A criterion sets a limit with number and unit, but does not say under which "
                    "conditions: for how many, on what, at which load.",
            .why = "500 ms for three rows on a developer's machine and for a million on a busy Monday are "
                   "two different pieces of work.",
            .bad = "## Acceptance criteria\n"
                   "\n"
                   "- [ ] The list shows within 500 ms\n"
                   "- [ ] No match says \"No results\"\n",
            .good = "## Acceptance criteria\n"
                    "\n"
                    "- [ ] The list shows within 500 ms for 10,000 orders\n"
                    "- [ ] No match says \"No results\"\n",
            .decided = "A word of the list bound stands before a number with a unit (\"within 500 ms\", \"at "
                       "most 2 MB\"), and no word of the list condition (for, under, when, with, at, per …) "
                       "stands anywhere else in the criterion.",
            .source = "Tom Gilb's qualifiers, \"Competitive Engineering\" (2005).",
            .mistakes = "Any \"for\" or \"with\" silences it, also one that is no condition.",
        },
    },
    { 0 },
};

const struct rule *rules_measure_table(void)
{
    return table;
}

/* -- quality-without-measure -- */

/* What was claimed in a criterion: the first of each gravity. */
struct claims {
    struct claim hard;
    struct claim soft;
    gboolean has_hard, has_soft;
};

static void report_claim(const struct statement *statement, const struct claim *claim)
{
    static const char *const advice[] = {
        [CLAIM_QUALITY] =
            "say how much, in which unit and under which load, as in \"within 500 ms for 10,000 "
            "orders\", or compare, as in \"no slower than today\"",
        [CLAIM_USABILITY] = "say how one could tell, as in \"9 of 10 new users finish within 2 minutes\" or "
                            "\"in at most 3 clicks\"",
        [CLAIM_LOAD] = "say how many, as in \"500 concurrent users\"",
    };
    enum severity severity = claim->kind == CLAIM_USABILITY ? SEVERITY_WARNING : SEVERITY_ERROR;
    g_autofree char *help = statement_help(statement, advice[claim->kind]);
    g_autofree char *words = statement_quote(statement, claim->first, claim->end);

    reading_report_as(statement->reading, "quality-without-measure", severity,
                      statement_span(statement, claim->first, claim->end), help,
                      claim->kind == CLAIM_LOAD
                          ? "\"%s\" does not say how many"
                          : "\"%s\" has no number with a unit that tells when it is met",
                      words);
}

/* Reports the first claim of quality that nothing pins down, the graver first. */
static void check_claims(const struct statement *statement)
{
    const struct vocabulary *words = statement->words;
    const struct prose *prose = statement->reading->prose;
    struct claims claims = { 0 };
    struct claim claim;

    for (guint i = statement->range.first; i < statement->range.end && !claims.has_hard; i++) {
        if (!quality_find(words, prose, statement->range, i, &claim))
            continue;
        if (claim.kind != CLAIM_USABILITY) {
            claims.hard = claim;
            claims.has_hard = TRUE;
        } else if (!claims.has_soft) {
            claims.soft = claim;
            claims.has_soft = TRUE;
        }
    }
    if (claims.has_hard && !quality_is_pinned(words, prose, statement->range, &claims.hard))
        report_claim(statement, &claims.hard);
    else if (claims.has_soft && !quality_is_pinned(words, prose, statement->range, &claims.soft))
        report_claim(statement, &claims.soft);
}

/* Reports the first limit that has lost its number or its unit. */
static gboolean check_limits(const struct statement *statement)
{
    const struct vocabulary *words = statement->words;
    const struct prose *prose = statement->reading->prose;
    struct limit limit;

    for (guint i = statement->range.first; i < statement->range.end; i++) {
        if ((prose_at(prose, i)->kind != TOKEN_WORD && prose_at(prose, i)->kind != TOKEN_MARK) ||
            !limit_find(words, prose, statement->range, i, &limit))
            continue;
        gboolean number = limit.fault != LIMIT_NO_UNIT;
        g_autofree char *help = statement_help(statement, number ? "say how much, and in which unit"
                                                                 : "name the unit, such as ms, s, MB or %");
        g_autofree char *quote = statement_quote(statement, i, limit.end);
        reading_report_as(statement->reading, "quality-without-measure",
                          limit.fault == LIMIT_NO_NUMBER ? SEVERITY_ERROR : SEVERITY_WARNING,
                          statement_span(statement, i, limit.end), help,
                          number ? "\"%s\" is a limit without a number" : "\"%s\" is a number without a unit",
                          quote);
        return TRUE;
    }
    return FALSE;
}

/* -- measure-without-condition -- */

/* Whether a condition stands in front of the measure's words or behind them. */
static gboolean has_condition(const struct statement *statement, guint first, guint end)
{
    const struct vocabulary *words = statement->words;

    for (guint i = statement->range.first; i < statement->range.end; i++)
        if ((i < first || i >= end) && prose_at(statement->reading->prose, i)->kind == TOKEN_WORD &&
            word_list_match(words->condition, statement->reading->prose, i, statement->range.end))
            return TRUE;
    return FALSE;
}

/* Looks at the first measure that is a limit: "within 500 ms". */
static void check_condition(const struct statement *statement)
{
    const struct vocabulary *words = statement->words;
    const struct prose *prose = statement->reading->prose;

    for (guint i = statement->range.first; i < statement->range.end; i++) {
        guint bound = prose_at(prose, i)->kind == TOKEN_WORD
                          ? word_list_match(words->bound, prose, i, statement->range.end)
                          : 0;
        guint n = bound && i + bound < statement->range.end
                      ? measure_match(words, prose, i + bound, statement->range.end)
                      : 0;
        if (n == 0)
            continue;
        if (has_condition(statement, i, i + bound + n))
            return;
        g_autofree char *help = statement_help(
            statement,
            "say for which data, on which device or under which load, as in \"for 10,000 orders\"");
        g_autofree char *quote = statement_quote(statement, i, i + bound + n);
        reading_report(statement->reading, "measure-without-condition",
                       statement_span(statement, i, i + bound + n), help,
                       "\"%s\" does not say under which conditions", quote);
        return;
    }
}

void statement_check_measure(const struct statement *statement)
{
    if (!statement_is_pending(statement) && !check_limits(statement))
        check_claims(statement);
    check_condition(statement);
}
