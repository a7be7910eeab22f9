#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "approach-missing",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "nothing says how it fits into what is there",
        .help = {
            .what = "Nothing says how the story fits into what is there: no section Approach with "
                    "words, no link to a decision record, no spike.",
            .why = "Two developers who begin it tomorrow would build two things, and the estimate was "
                   "of one of them.",
            .bad = "## Approach\n",
            .good = "approach: trivial\n"
                    "\n"
                    "## Approach\n",
            .decided = "A section of one of the names under sections.approach of the policy with any "
                       "words, a code block or a table; a link to a file below adr, decisions or rfc; a "
                       "spike among the dependencies or linked; or a word in the field approach, "
                       "trivial for one. Of 2 points or fewer it is a warning.",
            .source = "M. Nygard, Documenting Architecture Decisions (2011), for the records; R. "
                      "Jeffries, Card, Conversation, Confirmation (2001): of the conversation a line is "
                      "left.",
            .mistakes = "An approach in one sentence of no use is an approach to this rule.",
        },
    },
    {
        .name = "open-question",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a question is not answered, or something is to be decided",
        .help = {
            .what = "A question is not answered, or the text says TBD, ???, to be decided or the like.",
            .why = "The question is answered in the sprint by whoever meets it first, alone.",
            .bad = "## Open questions\n"
                   "\n"
                   "- [ ] @product-owner Do archived orders count?\n",
            .good = "## Open questions\n"
                    "\n"
                    "- [x] @product-owner Do archived orders count?\n"
                    "  - 2026-11-20 Ana: yes, they are most of the calls\n",
            .decided = "Each entry under Open questions without a tick, but \"None\"; words of the list "
                       "vague-pending in prose, but for what was decided and what people said; TODO, FIXME "
                       "and XXX in capitals in the story, the why and the approach. Of the criteria "
                       "untestable-wording says the same. refine answer ID N TEXT answers and ticks.",
            .source = "ISO/IEC/IEEE 29148:2018, 5.2.8, on TBD; our own practice.",
            .mistakes = "A title that is about such marks, such as one of an editor: quote them, or put "
                        "them in a code span.",
        },
    },
    {
        .name = "assumption-untested",
        .severity = SEVERITY_WARNING,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "an assumption is not tested yet",
        .help = {
            .what = "An assumption of the item is neither confirmed nor refuted.",
            .why = "The item may be built on sand, and a test costs less than the item.",
            .bad = "assumptions:\n"
                   "  - belief: customers filter by date first\n"
                   "    test: count the filters of one week\n"
                   "    result: open\n",
            .good = "assumptions:\n"
                    "  - belief: customers filter by date first\n"
                    "    test: count the filters of one week\n"
                    "    result: confirmed\n",
            .decided = "By result of each entry of assumptions; what is neither confirmed nor refuted "
                       "is open. refine assume ID N --confirmed -m FOUND, or --refuted.",
            .source = "E. Ries, The Lean Startup (2011); D. Bland and A. Osterwalder, Testing Business "
                      "Ideas (2019).",
            .mistakes = "Beliefs that the item itself will test: say so in a waiver.",
        },
    },
    {
        .name = "assumption-refuted",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "an assumption was refuted, and the item still stands",
        .help = {
            .what = "An assumption was refuted, and the item still stands as if it held.",
            .why = "The team knows better, and builds it all the same.",
            .bad = "assumptions:\n"
                   "  - belief: customers filter by date first\n"
                   "    result: refuted\n",
            .good = "assumptions:\n"
                    "  - belief: customers filter by date first\n"
                    "    result: confirmed\n",
            .decided = "By result of each entry of assumptions. Take the item back with refine ready ID "
                       "--revoke and rethink it; once it no longer rests on that, remove the entry: "
                       "history keeps it.",
            .source = "E. Ries, The Lean Startup (2011): persevere or pivot.",
            .mistakes = "An entry kept for the record in an item that was rewritten since: waive it "
                        "with that reason.",
        },
    },
    {
        .name = "design-missing",
        .severity = SEVERITY_ERROR,
        .reach = RULE_READINESS,
        .types = RULE_WORK,
        .summary = "a design that it lists is not in the repository",
        .help = {
            .what = "A design that the item lists is not in the repository.",
            .why = "The mock-up that was agreed on is on somebody's disk, or gone.",
            .bad = "designs: [docs/mockups/filter.png]\n",
            .good = "designs: [docs/mockups/filter.png]\n"
                    "\n"
                    "==> docs/mockups/filter.png <==\n"
                    "a picture\n",
            .decided = "A path counts from the top of the repository, from the policy's folder or from "
                       "the item. Of the work tree any file or folder will do; of a revision or of the "
                       "index what git has there. Links are not followed.",
            .source = "Referential integrity; our own practice.",
            .mistakes = "A design kept elsewhere and written without https://: write the link whole.",
        },
    },
    {
        .name = "measure-missing",
        .severity = SEVERITY_OFF,
        .reach = RULE_READINESS,
        .types = RULE_STORY,
        .summary = "nothing says how one will see that it worked",
        .help = {
            .what = "No section Measure says which behaviour of customers will show that the item "
                    "worked.",
            .why = "Without it every item that was built is a success.",
            .bad = "==> .refine.yaml <==\n"
                   "rules:\n"
                   "  measure-missing: warning\n",
            .good = "## Measure\n"
                    "\n"
                    "Fewer calls about orders that cannot be found.\n"
                    "\n"
                    "==> .refine.yaml <==\n"
                    "rules:\n"
                    "  measure-missing: warning\n",
            .decided = "Off unless the policy sets it: rules: {measure-missing: warning}. Any words "
                       "under Measure will do.",
            .source = "J. Seiden, Outcomes over Output (2019); The Scrum Guide (2020), on goals.",
            .mistakes = "Items whose worth is not in what customers do, such as those a law asks for: "
                        "set it by label.",
        },
    },
    {
        .name = "personal-data",
        .severity = SEVERITY_WARNING,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "an e-mail address in feedback",
        .help = {
            .what = "An e-mail address stands in the feedback of the item.",
            .why = "Git keeps it for good and hands it to everybody who clones; who asked has a right "
                   "to be forgotten.",
            .bad = "feedback:\n"
                   "  - from: mireille@kunde.example\n"
                   "    says: I page for minutes\n",
            .good = "feedback:\n"
                    "  - from: customer 4711\n"
                    "    says: I page for minutes\n",
            .decided = "By the look of an address in the entries of feedback and in the section of that "
                       "name, but for addresses that the policy's team has. Name a handle, a company or "
                       "a customer number that only you can look up; refine-feedback(1) says how to "
                       "take back what was committed.",
            .source = "GDPR (2016), article 5: data minimisation, and article 17.",
            .mistakes = "Addresses that are nobody's, such as info@ of a company. Names and telephone "
                        "numbers are not looked for.",
        },
    },
    { 0 },
};

const struct rule *rules_settled_table(void)
{
    return table;
}
