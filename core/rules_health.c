#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "under-refined-top",
        .severity = SEVERITY_NOTE,
        .reach = RULE_BACKLOG,
        .types = RULE_EVERY,
        .summary = "the top of the backlog is not ready for the sprints to come",
        .help = {
            .what = "Less than half of what the horizon asks for is ready, and the next item is not.",
            .why = "A sprint that is planned from items nobody has talked about begins with refining them.",
            .bad = "three sprints of 20 points are wanted, and 8 points are ready",
            .good = "40 of these 60 points are ready",
            .decided = "Ready are items with that status and without errors, wherever they stand; wanted are "
                       "refinement.horizon sprints of sprint.capacity, or, where that is not set, the first ten "
                       "items. refine ready shows the same reckoning and what to do first.",
            .source = "Scrum Guide 2020: items that can be done within a sprint are ready for selection; the "
                      "horizon of two or three sprints is common practice.",
            .mistakes = "A team that refines just in time wants a shorter horizon: set refinement.horizon.",
        },
    },
    {
        .name = "over-refined-tail",
        .severity = SEVERITY_NOTE,
        .reach = RULE_BACKLOG,
        .types = RULE_EVERY,
        .summary = "items far down are ready already",
        .help = {
            .what = "Three items or more that stand far behind what the team will begin next are ready.",
            .why = "What was agreed long before it is built is agreed again, or is built as it was.",
            .bad = "ten items lie near the top, and the items 25, 31 and 40 are ready",
            .good = "what is ready stands among the first twenty",
            .decided = "Far is behind twice as many items as fill the horizon. Order them up, or leave the "
                       "details until they are near.",
            .source = "DEEP backlogs, detailed appropriately: R. Pichler, Agile Product Management with Scrum, 2010.",
            .mistakes = "Items that were ready and then moved down on purpose.",
        },
    },
    {
        .name = "over-specified",
        .severity = SEVERITY_NOTE,
        .reach = RULE_BACKLOG,
        .types = RULE_EVERY,
        .summary = "items far down are written out in full",
        .help = {
            .what = "Items far behind the next ones have more than 1,150 words each.",
            .why = "Details that are written early go stale unread, and hide the one sentence that matters.",
            .bad = "item 34 of 60 has 2,400 words",
            .good = "item 34 of 60 has a story and three questions",
            .decided = "Far is as in over-refined-tail; words are those of the body. 1,150 is the 95th "
                       "percentile of items in real backlogs. Keep the wish, and link what is written elsewhere.",
            .source = "DEEP backlogs: R. Pichler, 2010; the percentile is measured on public backlogs.",
            .mistakes = "Long logs or tables that were pasted into a bug.",
        },
    },
    {
        .name = "re-refined",
        .severity = SEVERITY_NOTE,
        .reach = RULE_BACKLOG,
        .types = RULE_EVERY,
        .summary = "items are agreed on again and again",
        .help = {
            .what = "An item was declared ready, or estimated anew, three times or more within six sprints.",
            .why = "What never settles hides a question that nobody has asked, and costs everyone's time.",
            .bad = "k7q2m became ready on the 2nd, the 9th and the 20th",
            .good = "k7q2m became ready once, and its open part is a spike",
            .decided = "Counted from the contents of successive versions, so that hand edits count too. Split "
                       "what keeps changing off, or answer it with a spike.",
            .source = "Our own rule, after the observation that reopened items take longest.",
            .mistakes = "A change of the whole scale estimates everything anew; three of these within six "
                        "sprints are rare.",
        },
    },
    {
        .name = "product-owner-absent",
        .severity = SEVERITY_NOTE,
        .reach = RULE_BACKLOG,
        .types = RULE_EVERY,
        .summary = "no product owner takes part in what is decided",
        .help = {
            .what = "None of ten or more decisions of the last six sprints has a product owner as its author or "
                    "among those who took part.",
            .why = "The Product Owner answers for the backlog; what developers decide alone is guessed.",
            .bad = "ten decisions by two developers, none with somebody of the role product-owner",
            .good = "one of them says --with ana, who is product owner",
            .decided = "Roles are those of team in the policy, persons are known by address as the mailmap has "
                       "it. Not asked where nobody has that role.",
            .source = "Scrum Guide 2020, Product Owner.",
            .mistakes = "A product owner who was there, but is not named: --with says who took part.",
        },
    },
    {
        .name = "few-deciders",
        .severity = SEVERITY_NOTE,
        .reach = RULE_BACKLOG,
        .types = RULE_EVERY,
        .summary = "one person decides nearly everything",
        .help = {
            .what = "Of twenty or more decisions of the last six sprints seven of ten are those of one person.",
            .why = "Where one voice decides, the others find out in the sprint what they would have said.",
            .bad = "21 of 24 decisions are those of one developer",
            .good = "three people wrote down 9, 8 and 7 of them",
            .decided = "By author. The role is said; check --health --by-person says the name.",
            .source = "Our own rule; participation is what refinement is for (Scrum Guide 2020).",
            .mistakes = "One person who types what all decide together.",
        },
    },
    {
        .name = "solution-trend",
        .severity = SEVERITY_NOTE,
        .reach = RULE_BACKLOG,
        .types = RULE_EVERY,
        .summary = "new items say how, and not what, more often than before",
        .help = {
            .what = "Three of ten open items that were made within the last six sprints have the finding "
                    "solution-in-story, and clearly more than those that are older.",
            .why = "A backlog of solutions leaves nobody a choice, and nobody can say when it is good enough.",
            .bad = "6 of 14 new items say how, 2 of 30 older ones",
            .good = "1 of 14 new items says how",
            .decided = "By the day under created; clearly more is one and a half times the share, and ten "
                       "items are asked for on each side.",
            .source = "Our own rule, over solution-in-story.",
            .mistakes = "Those of solution-in-story.",
        },
    },
    {
        .name = "stale-item",
        .severity = SEVERITY_NOTE,
        .reach = RULE_BACKLOG,
        .types = RULE_EVERY,
        .summary = "nothing was decided about open items for a long time",
        .help = {
            .what = "Open items that are older than six sprints and of which nothing was decided since.",
            .why = "What nobody touches is not wanted, or forgotten; both are worth knowing.",
            .bad = "k7q2m was made in January, and its last decision is of March",
            .good = "k7q2m was ordered anew last week, or dropped with a reason",
            .decided = "By the decisions of the last six sprints, from content. Items without created are not "
                       "asked. An archive commit counts as a decision.",
            .source = "Our own rule; common practice of backlog grooming.",
            .mistakes = "Imported items, until a day is set under created.",
        },
    },
    {
        .name = "estimate-theatre",
        .severity = SEVERITY_NOTE,
        .reach = RULE_BACKLOG,
        .types = RULE_EVERY,
        .summary = "nearly all estimates are the same",
        .help = {
            .what = "Of ten or more estimates of open items eight of ten have one value.",
            .why = "An estimate that tells no item from another costs a meeting and says nothing.",
            .bad = "18 of 20 open items are estimated at 5",
            .good = "estimates of 1, 2, 3, 5 and 8 in about equal parts",
            .decided = "By value, over open items. Compare items with each other, or count them in place of "
                       "estimating.",
            .source = "Our own rule; D. Vacanti and others forecast from counts alone.",
            .mistakes = "A team that splits until all are of one size: then counting them is enough.",
        },
    },
    {
        .name = "backlog-inflation",
        .severity = SEVERITY_NOTE,
        .reach = RULE_BACKLOG,
        .types = RULE_EVERY,
        .summary = "far more comes in than is finished",
        .help = {
            .what = "Within six sprints ten items or more came in, at least twice as many as were finished or "
                    "dropped.",
            .why = "A backlog that grows without end is a promise nobody keeps, and takes longer to refine.",
            .bad = "43 items came, 12 were finished or dropped",
            .good = "43 items came, 12 were finished and 25 dropped with a reason",
            .decided = "From the contents of successive versions: files that came, and statuses that became "
                       "done, released, split or dropped.",
            .source = "Our own rule; Little's law over what is open.",
            .mistakes = "An import within the time.",
        },
    },
    {
        .name = "likely-duplicate",
        .severity = SEVERITY_NOTE,
        .reach = RULE_BACKLOG,
        .types = RULE_EVERY,
        .summary = "items that may ask for the same",
        .help = {
            .what = "Two open items, one of them near the top, share most of the words that tell.",
            .why = "The same wish twice is estimated twice, and its askers are counted apart.",
            .bad = "\"Export orders as CSV\" and \"CSV export of the orders\"",
            .good = "one of them is dropped as a duplicate of the other",
            .decided = "The first 40 items are compared with all open ones, as refine similar does; those from "
                       "50 % on are told, but for parts of one another.",
            .source = "BM25 over all fields: S. Robertson, H. Zaragoza, 2009.",
            .mistakes = "Items of one series that differ in one word (\"page 1\", \"page 2\").",
        },
    },
    {
        .name = "flat-folder",
        .severity = SEVERITY_NOTE,
        .reach = RULE_BACKLOG,
        .types = RULE_EVERY,
        .summary = "so many files lie in one folder that commits get slow",
        .help = {
            .what = "More than 5,000 files lie in the backlog's own folder.",
            .why = "Each commit writes a list of all files of the folders that it touches.",
            .bad = "backlog/ holds 12,000 items",
            .good = "layout: sharded, with the items in sub-folders by the start of their id",
            .decided = "By counting; archive moves finished items away, and archive --reshard the others once "
                       "the policy says layout: sharded.",
            .source = "Measured: a commit in a flat folder of 10,000 files writes a tree of 10,000 entries.",
            .mistakes = "None known.",
        },
    },
    { 0 },
};

const struct rule *rules_health_table(void)
{
    return table;
}
