#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "criteria-missing",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_STORY | RULE_BUG | RULE_TASK | RULE_OTHER,
        .summary = "there is no acceptance criterion",
        .help = {
            .what = "No acceptance criterion stands in the item: no list entry, and no scenario of a "
                    "Gherkin fence, under the heading for criteria.",
            .why = "Nobody can say when the item is done, so that it is done when whoever builds it stops, "
                   "and the argument comes at the review.",
            .bad = "## Acceptance criteria\n",
            .good = "## Acceptance criteria\n"
                    "\n"
                    "- [ ] An empty range says \"No orders between A and B\"\n",
            .decided = "Every list entry of the first level under \"Acceptance criteria\", or another "
                       "heading that the policy names for it, is a criterion, and so is every "
                       "\"Scenario:\" of a Gherkin fence there; an empty box is none. A spike needs none. "
                       "refine criteria ID --add \"…\" writes one.",
            .source = "The Definition of Ready of most Scrum teams; INVEST's \"testable\" (Bill Wake, 2003); "
                      "Mike Cohn, \"User Stories Applied\" (2004), on conditions of satisfaction.",
            .mistakes = "Criteria in a table, in a paragraph or in another tracker are not seen.",
        },
    },
    {
        .name = "no-outcome",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a criterion names no result that one could see",
        .help = {
            .what = "A criterion names a thing or a subject, but not what happens or what can be seen; or "
                    "it breaks off where what is meant should follow.",
            .why = "\"Support for tags\" is ticked when there is some support. Only a result can be looked "
                   "at and found there or missing.",
            .bad = "## Acceptance criteria\n"
                   "\n"
                   "- [ ] Keyboard navigation for the order list\n"
                   "- [ ] An unknown number shows \"no such order\"\n",
            .good = "## Acceptance criteria\n"
                    "\n"
                    "- [ ] The arrow keys move the selection in the order list\n"
                    "- [ ] An unknown number shows \"no such order\"\n",
            .decided = "It has no verb that tells something (shows, is refused, stays, can …), no modal, "
                       "no \"then\", no number and no sign such as = or <, and does not open with \"no\" or "
                       "\"only\"; what is in doubt counts as a result. Or \"says\", \"is named\", \"with\", \"the "
                       "message\" and the like end it or stand before \"and\". Verbs are the lists verb, "
                       "noun-verb, participle, state and modal of the policy's words. Prose in other "
                       "languages than English is left in peace.",
            .source = "Dan North, \"Introducing BDD\" (2006), on Then; Gojko Adzic, \"Specification by "
                      "Example\" (2011).",
            .mistakes = "A verb that is in no list, or one that reads as a noun (\"the parser scans for "
                        "tags\"), may be missed: add it under words. About 1 in 100 real criteria has this "
                        "finding.",
        },
    },
    {
        .name = "task-not-criterion",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "a criterion is work to do, not a result",
        .help = {
            .what = "A criterion of a story opens with work to do (add, update, implement, refactor, test "
                    "…) and names no result.",
            .why = "Work can be finished while the story is not: the button was added, and does nothing. A "
                   "criterion says what is so afterwards, and leaves the way to the team.",
            .bad = "## Acceptance criteria\n"
                   "\n"
                   "- [ ] Add a date filter to the order list\n"
                   "- [ ] An empty range is refused\n",
            .good = "## Acceptance criteria\n"
                    "\n"
                    "- [ ] The order list shows only orders of the range that was chosen\n"
                    "- [ ] An empty range is refused\n",
            .decided = "The first word is a verb of the list task, what follows makes no noun of it "
                       "(\"Test suites pass\"), and no verb besides tells what comes of it (\"Add a limit so "
                       "that the API answers 429\" is fine; \"Add a page that lists orders\" says only which page). "
                       "Only stories are asked: a task, a bug or a "
                       "spike may list its work.",
            .source = "Mike Cohn, \"User Stories Applied\" (2004); of 300 real criteria 8 in 100 were "
                      "labelled tasks by two people apart.",
            .mistakes = "\"Remove the old export\" may well be what the customer wants to see gone: say what "
                        "is seen instead, or waive it.",
        },
    },
    {
        .name = "gherkin-incomplete",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a scenario without When or Then, or in the wrong order",
        .help = {
            .what = "A scenario has no When, no Then, or its steps are in another order than Given, When, "
                    "Then; or a criterion on one line has a \"given …, when …\" of which nothing comes.",
            .why = "Without When nothing is done, without Then nothing is checked: such a scenario passes "
                   "whatever is built, and no runner of Gherkin says so.",
            .bad = "## Acceptance criteria\n"
                   "\n"
                   "```gherkin\n"
                   "Scenario: Empty range\n"
                   "  Given a customer with 3 orders\n"
                   "  When the range holds none of them\n"
                   "```\n",
            .good = "## Acceptance criteria\n"
                    "\n"
                    "```gherkin\n"
                    "Scenario: Empty range\n"
                    "  Given a customer with 3 orders\n"
                    "  When the range holds none of them\n"
                    "  Then the list says \"No orders\"\n"
                    "```\n",
            .decided = "Scenario, Scenario Outline, Example, Background and Rule are known; And, But and * "
                       "go on with the step before, and a scenario of * alone is left in peace, as are "
                       "fences that say \"# language:\". When and Then may come again. On one line \"Given a "
                       "…\" must come to something behind \"then\" or a comma. refine edit ID opens the item.",
            .source = "The Gherkin reference of the Cucumber project; Dan North, \"Introducing BDD\" (2006).",
            .mistakes = "A scenario that only states what is always so has no When by intent: write it as "
                        "a criterion in a list.",
        },
    },
    {
        .name = "criterion-compound",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a criterion is several, or too long to test",
        .help = {
            .what = "A criterion holds more than one must, should or shall, or more than 29 words.",
            .why = "One that is half met can be neither ticked nor left open, and a long one is read by "
                   "nobody.",
            .bad = "## Acceptance criteria\n"
                   "\n"
                   "- [ ] The list must show 20 orders and the export should hold all of them\n"
                   "- [ ] An empty list says \"No orders\"\n",
            .good = "## Acceptance criteria\n"
                    "\n"
                    "- [ ] The list must show 20 orders\n"
                    "- [ ] The export holds all orders\n"
                    "- [ ] An empty list says \"No orders\"\n",
            .decided = "By counting, in the criterion's own words and not in what is nested in it; a "
                       "literal counts as one word. refine criteria ID --reword N=… --add \"…\" cuts one in "
                       "two.",
            .source = "ISO/IEC/IEEE 29148 (2018) on singular requirements; 29 words are the longest "
                      "twentieth of 5,262 real criteria.",
            .mistakes = "A list of what one result consists of may be long and still one thing.",
        },
    },
    {
        .name = "only-happy-path",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "no criterion says what happens when something goes wrong",
        .help = {
            .what = "Of two or more criteria, none speaks of what goes wrong: an error, something empty, "
                    "denied, too large, too late or missing.",
            .why = "What happens then is decided anyway, by whoever writes the code, on a Friday afternoon.",
            .bad = "## Acceptance criteria\n"
                   "\n"
                   "- [ ] The list shows the orders of the range\n"
                   "- [ ] The newest order stands first\n",
            .good = "## Acceptance criteria\n"
                    "\n"
                    "- [ ] The list shows the orders of the range\n"
                    "- [ ] A range without orders says \"No orders\"\n",
            .decided = "No word of the list unhappy, and no status from 400 to 599, stands in any "
                       "criterion; literals and scenarios are looked into, too. One such word is enough: "
                       "it is a reminder to have asked once.",
            .source = "Alistair Cockburn, \"Writing Effective Use Cases\" (2000), on extensions.",
            .mistakes = "Where nothing can go wrong, say so in one criterion or waive it. A sad word in a "
                        "happy criterion silences it.",
        },
    },
    {
        .name = "criterion-duplicate",
        .severity = SEVERITY_WARNING,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "the same criterion stands twice",
        .help = {
            .what = "The same criterion stands twice in the item.",
            .why = "One is ticked and the other is not, or one is reworded and the other still says what "
                   "was agreed before.",
            .bad = "## Acceptance criteria\n"
                   "\n"
                   "- [ ] An empty range says \"No orders\"\n"
                   "- [ ] An empty range says \"No orders\"\n",
            .good = "## Acceptance criteria\n"
                    "\n"
                    "- [ ] An empty range says \"No orders\"\n"
                    "- [ ] A range that ends before it begins is refused\n",
            .decided = "Same words, and nothing different nested in them; ticks do not count. It is what a "
                       "merge of text leaves when two branches added the criterion at two places. refine "
                       "criteria ID --remove N takes one out.",
            .source = "The practice of teams that edit one file on two branches.",
            .mistakes = "None known; the same said in other words is not seen.",
        },
    },
    {
        .name = "criteria-count",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "more than ten criteria",
        .help = {
            .what = "The item has more than ten criteria.",
            .why = "It is several items in one: it takes longer than planned, and the part that was wanted "
                   "most is delivered last.",
            .bad = "## Acceptance criteria\n"
                   "\n"
                   "- [ ] The export holds column 1\n"
                   "- [ ] The export holds column 2\n"
                   "- [ ] The export holds column 3\n"
                   "- [ ] The export holds column 4\n"
                   "- [ ] The export holds column 5\n"
                   "- [ ] The export holds column 6\n"
                   "- [ ] The export holds column 7\n"
                   "- [ ] The export holds column 8\n"
                   "- [ ] The export holds column 9\n"
                   "- [ ] The export holds column 10\n"
                   "- [ ] The export holds column 11\n",
            .good = "## Acceptance criteria\n"
                    "\n"
                    "- [ ] The export holds the columns 1 to 11\n"
                    "- [ ] An empty export holds the headings only\n",
            .decided = "By counting list entries of the first level and scenarios. Ten are what 19 of 20 "
                       "real items keep to. refine split ID --suggest says where to cut; entries that are "
                       "one result can be nested below one criterion.",
            .source = "Ian Spence's and Mike Cohn's advice to split what has many criteria; the 95th "
                      "percentile of real items.",
            .mistakes = "A table of cases written as a list: nest the cases, or use a Scenario Outline.",
        },
    },
    {
        .name = "criterion-prechecked",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a criterion was ticked before work began",
        .help = {
            .what = "A criterion is ticked though work on the item has not begun.",
            .why = "Either it holds already and is no work, or the tick was copied with the rest, and "
                   "nobody will check it again.",
            .bad = "## Acceptance criteria\n"
                   "\n"
                   "- [x] The list shows the orders of the range\n"
                   "- [ ] An empty range says \"No orders\"\n",
            .good = "## Acceptance criteria\n"
                    "\n"
                    "- [ ] The list shows the orders of the range\n"
                    "- [ ] An empty range says \"No orders\"\n",
            .decided = "A box is ticked and the status is new, refining or ready. refine set ID "
                       "status=doing says that work has begun, refine criteria ID --untick N takes the "
                       "tick out. One finding names the first of them.",
            .source = "The practice of ticking criteria at the review.",
            .mistakes = "An item that went back from doing keeps its ticks, and has the finding until it "
                        "is begun again.",
        },
    },
    { 0 },
};

const struct rule *rules_criteria_table(void)
{
    return table;
}
