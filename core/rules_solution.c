#include "rules_told.h"

#include "solution.h"

static const struct rule table[] = {
    {
        .name = "solution-in-story",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_STORY | RULE_TASK | RULE_OTHER,
        .summary = "title or wish say how, not what",
        .help = {
            .what = "Title or wish name a solution: a verb of building and a part of a screen or a "
                    "technology, as in \"add CSV export button to settings page\".",
            .why = "A solution that is asked for is built, though a cheaper or better one was at hand; and "
                   "nobody can say when it has failed.",
            .bad = "title: Add CSV export button to settings page\n",
            .good = "title: Customers take their orders to their accountant\n",
            .decided = "By a word of the list \"build\", and one of the lists \"interface\" or "
                       "\"technology\" within six words behind it. A section Constraints of four words or "
                       "more silences it: there stands why it must be this.",
            .source = "M. Cohn, \"User Stories Applied\" (2004), chapter 7: stories leave the solution "
                      "open; G. Lucassen, F. Dalpiaz, J. M. E. M. van der Werf and S. Brinkkemper, "
                      "\"Improving agile requirements: the Quality User Story framework and tool\" (2016), "
                      "quality \"problem-oriented\".",
            .mistakes = "Products whose subject are pages, menus or databases: take such words out with "
                        "words.interface.remove.",
        },
    },
    {
        .name = "solution-in-criteria",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a criterion says how, not what",
        .help = {
            .what = "A criterion says how something is made or looks: pixels, colours, selectors, or what "
                    "is to be built.",
            .why = "A criterion is what one can see to be true; how it looks changes with the next design, "
                   "and the criterion is wrong.",
            .bad = "## Acceptance criteria\n"
                   "\n"
                   "- [ ] Given 10,000 results, when a date range is set, a red button of 12px shows "
                   "within 500 ms\n"
                   "- [ ] An empty range says \"No results\" and keeps the range\n",
            .good = "## Acceptance criteria\n"
                    "\n"
                    "- [ ] Given 10,000 results, when a date range is set, the filtered list shows within "
                    "500 ms\n"
                    "- [ ] An empty range says \"No results\" and keeps the range\n",
            .decided = "As solution-in-story; besides by sizes in pixels, colours by number, colours of "
                       "parts of a screen (the lists \"look\" and \"colour\").",
            .source = "G. Adzic, \"Specification by Example\" (2011): describe what, not how.",
            .mistakes = "Where the design is what is agreed, this is what a criterion must say: waive it, "
                        "or add a Constraints section.",
        },
    },
    {
        .name = "solution-without-problem",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_STORY | RULE_TASK | RULE_OTHER,
        .summary = "a solution, and nothing says for what problem",
        .help = {
            .what = "Title or wish name a solution, and nothing says what it is good for.",
            .why = "There is nothing to refine: neither can a better way be found nor can the result be "
                   "judged.",
            .bad = "title: Add CSV export button to settings page\n"
                   "\n"
                   "## Story\n"
                   "\n"
                   "As a returning customer, I want a CSV export.\n",
            .good = "title: Add CSV export button to settings page\n"
                    "\n"
                    "## Story\n"
                    "\n"
                    "As a returning customer, I want a CSV export, so that my accountant gets every order "
                    "of a year.\n",
            .decided = "Where solution-in-story and why-missing are both found.",
            .source = "As of these two.",
            .mistakes = "As of these two.",
        },
    },
    { 0 },
};

const struct rule *rules_solution_table(void)
{
    return table;
}

/* A reason is more than a name. */
#define REASON_WORDS 4

static gboolean is_constrained(const struct reading *reading)
{
    return told_count(reading->prose, reading_range(reading, SECTION_CONSTRAINTS)) >= REASON_WORDS;
}

/* Reports what title or wish name. */
static void report_story(struct reading *reading, const struct told *told, const char *parts,
                         struct span place, const char *help)
{
    reading_report(reading, "solution-in-story", place, help,
                   "this names a solution (%s): say what it is for, or why it must be this under %s", parts,
                   policy_section(reading->policy, SECTION_CONSTRAINTS)[0]);
    if (!told->without_why)
        return;
    g_autofree char *why =
        g_strdup_printf("refine edit %s, and write for whom it is, and what for", told->id);
    reading_report(reading, "solution-without-problem", place, why,
                   "this is a solution (%s) without a problem: nothing says what it is good for", parts);
}

static void check_story(struct reading *reading, const struct told *told, const struct solution_words *words)
{
    const struct prose_range title = { 0, reading->title->tokens->len };
    struct solution solution;
    struct span place;

    if (solution_find(words, reading->title, title, &solution)) {
        g_autofree char *help = g_strdup_printf("refine set %s title=…", told->id);
        place.start = prose_at(reading->title, solution.words.first)->span.start;
        place.end = prose_at(reading->title, solution.words.end - 1)->span.end;
        report_story(reading, told, solution.parts, told_title_place(reading, place), help);
    } else if (!told->item.in_title && solution_find(words, told->prose, told->wish, &solution)) {
        g_autofree char *help = g_strdup_printf("refine edit %s", told->id);
        place = told_words(reading, told, solution.words.first, solution.words.end);
        report_story(reading, told, solution.parts, place, help);
    }
    solution_clear(&solution);
}

static void check_criterion(struct reading *reading, const struct told *told,
                            const struct solution_words *words, guint number)
{
    const struct criterion *criterion = reading->criteria->pdata[number - 1];
    const struct prose_range range = prose_within(reading->prose, criterion->span);
    struct solution solution;

    if (!solution_find_look(words, reading->prose, range, &solution))
        return;
    const struct span place = { prose_at(reading->prose, solution.words.first)->span.start,
                                prose_at(reading->prose, solution.words.end - 1)->span.end };
    g_autofree char *help = g_strdup_printf("refine criteria %s --reword %u=…", told->id, number);
    reading_report(reading, "solution-in-criteria", place, help,
                   "this names a solution (%s): say what must be true, not how it looks or is made",
                   solution.parts);
    solution_clear(&solution);
}

void rules_read_solution(struct reading *reading, const struct told *told)
{
    const struct solution_words words = solution_words(reading->book->lexicon);

    if (!(reading->type & RULE_WORK) || is_constrained(reading))
        return;
    check_story(reading, told, &words);
    for (guint i = 1; i <= reading->criteria->len; i++)
        check_criterion(reading, told, &words, i);
}
