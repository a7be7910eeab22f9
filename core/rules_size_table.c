#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "not-estimated",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_STORY | RULE_BUG | RULE_SPIKE,
        .summary = "there is no estimate",
        .help = {
            .what = "A story, a bug or a spike has no estimate; of a spike it is the time-box.",
            .why = "Nobody can say whether it fits into a sprint, and that the team never spoke about "
                   "its size is the surest sign that it does not know what is to be done.",
            .bad = "estimate:\n",
            .good = "estimate: 3\n",
            .decided = "The field is not there, or nothing stands behind it. refine estimate ID VALUE "
                       "writes what the team agreed on, --vote opens a round, and --suggest shows what "
                       "similar items were. A policy that plans without numbers turns the rule off, or "
                       "off for a type.",
            .source = "The Scrum Guide (2020): items of the Product Backlog have a size; M. Cohn, Agile "
                      "Estimating and Planning (2005).",
            .mistakes = "Teams that count items and do not estimate them: not-estimated: off.",
        },
    },
    {
        .name = "off-scale",
        .severity = SEVERITY_WARNING,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "the estimate is not on the scale of the team",
        .help = {
            .what = "The estimate is a number that the team's scale does not have.",
            .why = "A scale is coarse on purpose: 4 between 3 and 5 claims to know more than anybody "
                   "does, and sums and forecasts mix two scales.",
            .bad = "estimate: 4\n",
            .good = "estimate: 5\n",
            .decided = "By weight, so that 5.0 is 5 and s is S. A name that the scale does not have is "
                       "bad-value. The message has the values beside it; refine estimate ID VALUE "
                       "writes one.",
            .source = "M. Cohn, Agile Estimating and Planning (2005), chapter 4: values a team can tell "
                      "apart.",
            .mistakes = "Numbers that another tool kept, after an import: name them in estimate.scale, "
                        "or estimate anew.",
        },
    },
    {
        .name = "too-large",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_EVERY,
        .summary = "larger than what the team begins: split it first",
        .help = {
            .what = "The estimate is above the largest that the team begins, or the item is an epic, "
                    "which is a heading for others and no piece of work.",
            .why = "What is too large for a sprint is begun and not finished, and its estimate is the "
                   "least certain of all.",
            .bad = "estimate: 13\n",
            .good = "estimate: 5\n",
            .decided = "By the weight of the estimate against estimate.largest of the policy. An epic "
                       "is always too large. refine split ID gives its criteria to parts; the help "
                       "names the cut that its words offer, after SPIDR, if any.",
            .source = "M. Cohn, Five Simple but Powerful Ways to Split User Stories (2017); B. Wake, "
                      "INVEST in Good Stories (2003): small.",
            .mistakes = "None known of estimates. A team that works on an epic as a whole takes it for "
                        "a story, or waives the rule.",
        },
    },
    {
        .name = "looks-large",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "it looks larger than its estimate says",
        .help = {
            .what = "The estimate is small, or there is none, and two signs say that the item is not: "
                    "more than 10 criteria, more than 1,150 words, three dependencies or more, a verb "
                    "such as manage, handle or administer.",
            .why = "What was estimated at a glance and written at length is found out in the middle of "
                   "the sprint.",
            .bad = "title: Manage orders\n"
                   "estimate: 2\n"
                   "depends: [t2h82, t2h83, t2h84]\n"
                   "\n"
                   "==> backlog/t2h8{2..4}-part.md <==\n"
                   "status: done\n",
            .good = "title: Cancel an order\n"
                    "estimate: 2\n"
                    "depends: [t2h82, t2h83, t2h84]\n"
                    "\n"
                    "==> backlog/t2h8{2..4}-part.md <==\n"
                    "status: done\n",
            .decided = "Small is up to half of estimate.largest. Words count without code and without "
                       "decisions and feedback; the verb counts in the title and in the wish of the "
                       "story (the list broad of words in the policy). The help names the cut that "
                       "fits: refine split ID --suggest shows it whole.",
            .source = "R. Lawrence, Patterns for Splitting User Stories (2009), for the verbs; the "
                      "bounds are 95th percentiles of real items.",
            .mistakes = "Long items that quote a specification; many criteria that are one table of "
                        "cases.",
        },
    },
    {
        .name = "estimate-outlier",
        .severity = SEVERITY_NOTE,
        .reach = RULE_READINESS,
        .types = RULE_WORK & ~RULE_SPIKE,
        .summary = "its estimate is far from those of similar finished items",
        .help = {
            .what = "The estimate is below or above what 8 of 10 of the finished items most like it "
                    "were estimated at.",
            .why = "Either something is different this time, and worth a sentence, or something was "
                   "forgotten.",
            .bad = "estimate: 8\n"
                   "\n"
                   "==> backlog/t2h8{2..9}-like-it.md <==\n"
                   "status: done\n"
                   "estimate: 2\n",
            .good = "estimate: 2\n"
                    "\n"
                    "==> backlog/t2h8{2..9}-like-it.md <==\n"
                    "status: done\n"
                    "estimate: 2\n",
            .decided = "By the range of 10 to 90 percent of the 30 finished items whose words are most "
                       "like the item's, of which there must be 5. It takes a search for each item, so "
                       "it is asked only of items that are named (refine check ID), or of all where the "
                       "policy has an entry for estimate-outlier under rules. refine estimate ID "
                       "--suggest shows them.",
            .source = "Measured on the issues of M. Choetkiertikul and others, A Deep Learning Model "
                      "for Estimating Story Points (2018): 92 percent of their estimates lie within the "
                      "range.",
            .mistakes = "One of twelve good estimates is outside by chance: it is a note, and no more.",
        },
    },
    {
        .name = "votes-diverge",
        .severity = SEVERITY_WARNING,
        .claimed = SEVERITY_ERROR,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "the votes are far apart, and nobody has said why",
        .help = {
            .what = "The votes on the estimate are two steps of the scale apart or more, or three "
                    "times, or somebody voted ?; and neither a later round nor a decision says how the "
                    "team came to its value.",
            .why = "Such votes are no difference of opinion about the size: people have different work "
                   "in mind, and one of them is right.",
            .bad = "estimate: 3\n"
                   "votes:\n"
                   "  ana: 2\n"
                   "  bo: 13\n",
            .good = "estimate: 3\n"
                    "votes:\n"
                    "  ana: 2\n"
                    "  bo: 13\n"
                    "\n"
                    "## Decisions\n"
                    "\n"
                    "- 2026-11-20 Ana, Bo: estimate 3 after 2, 13: the index is there already.\n",
            .decided = "Of the round that is open, once nobody's vote is sealed, and of the votes that "
                       "the item keeps of its last round; of these a dated line under Decisions that "
                       "speaks of the estimate is the answer, which refine estimate ID VALUE -m REASON "
                       "writes. An error where the item claims to be ready.",
            .source = "J. Grenning, Planning Poker (2002); M. Cohn, Agile Estimating and Planning "
                      "(2005), chapter 6: those who are far apart speak first.",
            .mistakes = "None known: who agreed by talking writes it down with refine decide.",
        },
    },
    {
        .name = "votes-sealed",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_EVERY,
        .summary = "a round of votes is open and not revealed",
        .help = {
            .what = "A round of sealed votes is open, and not everybody has revealed.",
            .why = "The team is in the middle of estimating: what it will agree on is not known.",
            .bad = "==> backlog/votes/k7q2m/1-ana <==\n"
                   "sealed b72a1299805166f7c51fada22429232b06cabe915dd63177a7e8aa7fe74f0736\n",
            .good = "==> backlog/votes/k7q2m/1-ana <==\n"
                    "3 (k7q2m 1 ana)\n",
            .decided = "By the files of votes of the round. Each reveals with refine estimate ID "
                       "--reveal; --reveal-all -m REASON goes on without those who are away, and "
                       "--clear ends the round.",
            .source = "Our own practice; J. Grenning, Planning Poker (2002), for votes that all show at "
                      "once.",
            .mistakes = "None known.",
        },
    },
    { 0 },
};

const struct rule *rules_size_table(void)
{
    return table;
}
