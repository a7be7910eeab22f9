#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "depends-unplanned",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "what it depends on is neither done nor planned before it",
        .help = {
            .what = "The item depends on one that is neither done nor ready and ranked above it: still "
                    "new or in refinement, ready but ranked below, dropped, or split without parts.",
            .why = "The sprint begins with waiting, and the wait is found out when the item is begun.",
            .bad = "depends: [t2h8k]\n"
                   "\n"
                   "==> backlog/t2h8k-print-a-label.md <==\n"
                   "status: refining\n",
            .good = "depends: [t2h8k]\n"
                    "\n"
                    "==> backlog/t2h8k-print-a-label.md <==\n"
                    "status: done\n",
            .decided = "A split item stands for its parts and a duplicate for what it repeats. What is "
                       "in work is planned, wherever it is ranked. refine ready A B takes both as "
                       "ready. Make it ready first, move it up with refine order, or take it off with "
                       "refine depend ID --off ID.",
            .source = "B. Wake, INVEST in Good Stories (2003): independent; M. Cohn, User Stories "
                      "Applied (2004), chapter 2.",
            .mistakes = "Work that could go on beside it after all: then it is no dependency.",
        },
    },
    {
        .name = "depends-unstated",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "nothing says whether it depends on anything",
        .help = {
            .what = "Nothing says what the item depends on, and nothing says that it depends on nothing.",
            .why = "Forgotten and thought about look the same.",
            .bad = "depends:\n",
            .good = "depends: none\n",
            .decided = "The field depends is not there or empty. refine depend ID --none writes the "
                       "answer, --on ID a dependency.",
            .source = "Our own practice, after the rule that a missing answer is no answer.",
            .mistakes = "Teams that write dependencies down only where there are some: turn it off.",
        },
    },
    {
        .name = "depends-unlinked",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "the text names a dependency that the field does not list",
        .help = {
            .what = "The text says that the item depends on another one, or is blocked by it, and the "
                    "field depends does not list that.",
            .why = "Order, plan and check go by the field: what only the text knows nobody waits for.",
            .bad = "depends: none\n"
                   "\n"
                   "## Approach\n"
                   "\n"
                   "Filter in the index query. This is blocked by t2h8k.\n"
                   "\n"
                   "==> backlog/t2h8k-print-a-label.md <==\n"
                   "status: new\n",
            .good = "depends: none\n"
                    "\n"
                    "## Approach\n"
                    "\n"
                    "Filter in the index query. This is no longer blocked by t2h8k.\n"
                    "\n"
                    "==> backlog/t2h8k-print-a-label.md <==\n"
                    "status: new\n",
            .decided = "By the words depends on, dependent on, dependency on, blocked by or blocked on "
                       "before the id or alias of an item that is open, outside of code blocks, quotes, "
                       "decisions and feedback. A part or a duplicate of what is listed is listed. "
                       "refine depend ID --on ID lists it.",
            .source = "Our own practice.",
            .mistakes = "Sentences about other items are told apart only where they name them before. "
                        "Other words for waiting, and other languages, are missed.",
        },
    },
    {
        .name = "depends-external",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "an external dependency without owner or date, or due too late",
        .help = {
            .what = "The item waits for something outside of the backlog, and nothing says who sees to "
                    "it or by when it comes; or it is due too late for a sprint that begins today, or "
                    "its day is over.",
            .why = "Nobody in the team can do it, so that all there is to plan with is a name and a day.",
            .bad = "depends:\n"
                   "  - external: API key of the carrier\n"
                   "    owner: Bo\n",
            .good = "depends:\n"
                    "  - external: API key of the carrier\n"
                    "    owner: Bo\n"
                    "    due: 2026-11-28\n",
            .decided = "Too late is later than sprint.days of the policy from today: no file says when "
                       "the next sprint begins, and what claims to be ready may be begun today. A day "
                       "that is over means that it has come, or that somebody should ask. refine depend "
                       "ID --external WHAT --owner WHO --due DAY sets them, --off WHAT takes it off.",
            .source = "M. Cohn, Agile Estimating and Planning (2005), chapter 18, feeding buffers.",
            .mistakes = "An item that is ready long before its sprint: waive it until the day of that "
                        "sprint.",
        },
    },
    {
        .name = "order-inversion",
        .severity = SEVERITY_WARNING,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "it is ranked above what it depends on",
        .help = {
            .what = "The item is ranked above one that it depends on.",
            .why = "Who takes items from the top begins with one that cannot be finished.",
            .bad = "status: refining\n"
                   "depends: [t2h8k]\n"
                   "\n"
                   "==> backlog/t2h8k-print-a-label.md <==\n"
                   "status: refining\n",
            .good = "status: refining\n"
                    "depends: [t2h8k]\n"
                    "\n"
                    "==> backlog/t2h8k-print-a-label.md <==\n"
                    "status: refining\n"
                    "rank: nb\n",
            .decided = "By the ranks of open items; what is in work is passed over. Where "
                       "depends-unplanned has said so of an item that claims to be ready it is not said "
                       "twice. refine order ID --before ID mends it.",
            .source = "D. Reinertsen, The Principles of Product Development Flow (2009), on sequence; "
                      "our own practice.",
            .mistakes = "None known: in a circle of dependencies somebody always stands above.",
        },
    },
    {
        .name = "spike-unfinished",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "it waits for what a spike will find out",
        .help = {
            .what = "The item depends on a spike that is not done.",
            .why = "A spike is there to find out what the item is: before that it can be neither "
                   "estimated nor agreed.",
            .bad = "depends: [t2h8k]\n"
                   "\n"
                   "==> backlog/t2h8k-which-index.md <==\n"
                   "type: spike\n"
                   "status: doing\n",
            .good = "depends: [t2h8k]\n"
                    "\n"
                    "==> backlog/t2h8k-which-index.md <==\n"
                    "type: spike\n"
                    "status: done\n",
            .decided = "By type and status of what depends leads to, in any order of ranks. Finish the "
                       "spike, write under Approach what it found, then refine set ID status=done.",
            .source = "Extreme Programming, spike solutions (K. Beck, 1999); M. Cohn, SPIDR (2017).",
            .mistakes = "A spike that answered its question and was left open.",
        },
    },
    { 0 },
};

const struct rule *rules_order_table(void)
{
    return table;
}
