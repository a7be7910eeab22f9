#include "rules_private.h"

static const struct rule table[] = {
    {
        .name = "parse",
        .severity = SEVERITY_ERROR,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "the file or its front matter cannot be read",
        .help = {
            .what = "The file, or its front matter, cannot be read. The message names the line and the "
                    "column and what was expected there.",
            .why = "An item that cannot be read is in no list, no order and no plan, and nobody notices "
                   "that it is gone.",
            .bad = "labels: [search, orders\n",
            .good = "labels: [search, orders]\n",
            .decided = "Front matter is a strict subset of YAML between two lines of \"---\": no anchors, "
                       "tags or second documents, no key twice, at most 64 KiB. A file has at most 1 MiB of "
                       "UTF-8, and is no symbolic link. Mend the place that is named; refine-item(5) says "
                       "what is refused, and why.",
            .source = "YAML 1.2.2, without what its readers disagree about; CommonMark 0.31 for the body.",
            .mistakes = "None known: what is refused here some tool can read, but not all of them read it "
                        "alike.",
        },
    },
    {
        .name = "conflict-marker",
        .severity = SEVERITY_ERROR,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "a merge conflict was left in the file",
        .help = {
            .what = "A line of \"<<<<<<<\", \"|||||||\" or \">>>>>>>\" stands in the file: a merge was "
                    "committed before it was resolved.",
            .why = "Both versions stand in the item, and each reader takes the other one for agreed.",
            .bad = "## Approach\n"
                   "\n"
                   "<<<<<<< HEAD\n"
                   "Filter in the index query.\n"
                   "=======\n"
                   "Filter in the browser.\n"
                   ">>>>>>> topic\n",
            .good = "## Approach\n"
                    "\n"
                    "Filter in the index query.\n",
            .decided = "By the lines that git writes, where they stand at the left margin and are seven "
                       "characters followed by a space or nothing. Keep one version or write a third, and "
                       "take the markers out; the merge driver (refine-merge-driver(1)) leaves fewer of "
                       "them.",
            .source = "What git diff --check and the check-merge-conflict hook of pre-commit refuse.",
            .mistakes = "An item that quotes a conflict at the left margin has the finding: indent what it "
                        "quotes.",
        },
    },
    {
        .name = "missing-field",
        .severity = SEVERITY_ERROR,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "title, type or status is missing",
        .help = {
            .what = "An item has no title, no type or no status.",
            .why = "Without a title nobody knows what is meant, and without type and status no rule and no "
                   "query knows what to ask of it.",
            .bad = "title:\n",
            .good = "title: Filter orders by date\n",
            .decided = "The key is not there, or nothing stands behind it. refine set ID title=… writes it.",
            .source = "The least that the Scrum Guide (2020) asks of an item of the Product Backlog, "
                      "description, order and size, with what tells kinds and states of work apart.",
            .mistakes = "None known.",
        },
    },
    {
        .name = "bad-value",
        .severity = SEVERITY_ERROR,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "a value is none that its field can have",
        .help = {
            .what = "A value is none that its field can have: a status, type, goal or result of an "
                    "assumption that there is not, a day that is none, a list where one value belongs.",
            .why = "Queries and reports pass over such an item, so that it is left out of the plan without "
                   "a word.",
            .bad = "status: redy\n",
            .good = "status: ready\n",
            .decided = "By the choices of the field, which for types and goals are those of the policy; an "
                       "estimate may be any number here, off-scale looks further. The nearest word is "
                       "suggested, and refine check --fix writes it where it takes no guess.",
            .source = "The fields of refine-item(5).",
            .mistakes = "A type that the team has and the policy does not name: add it under types of the "
                        "policy.",
        },
    },
    {
        .name = "unknown-key",
        .severity = SEVERITY_WARNING,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "a key that is nearly the name of a field",
        .help = {
            .what = "A key is no field, but nearly the name of one.",
            .why = "A misspelt key is kept and never read: the estimate is there, and the item counts as "
                   "not estimated.",
            .bad = "estimat: 5\n",
            .good = "estimate: 5\n",
            .decided = "The key is at most two letters from the name of a field (Damerau's distance), or, "
                       "in an entry of feedback, assumptions or depends, from a key there. Mend the spelling, or let a key of your own begin with \"x-\".",
            .source = "F. J. Damerau, A technique for computer detection and correction of spelling errors "
                      "(1964).",
            .mistakes = "A key of the team's own that happens to be near, such as \"values\": write it as "
                        "\"x-values\".",
        },
    },
    {
        .name = "file-name",
        .severity = SEVERITY_ERROR,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "the name of the file does not begin with the item's id",
        .help = {
            .what = "The name of the file begins with another id than the one in its front matter.",
            .why = "An item is found by the name of its file, and its history is followed by it: two ids "
                   "for one file lead to two different items.",
            .bad = "id: t2h8k\n",
            .good = "id: k7q2m\n",
            .decided = "The name must be the id, or begin with the id and a dash, case aside. Rename the "
                       "file with git mv, or mend the id; refine check --fix does so where no other item is "
                       "in the way.",
            .source = "The form of items in refine-item(5).",
            .mistakes = "None known.",
        },
    },
    {
        .name = "not-read",
        .severity = SEVERITY_WARNING,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "items lie where none is read",
        .help = {
            .what = "Files by the names of items lie in a hidden folder, in the folder of votes, or behind a "
                    "symbolic link to a folder.",
            .why = "They look like items and are in no list, no order and no check, and nobody notices.",
            .bad = "==> backlog/.later/t2h8k-sort-orders.md <==\n"
                   "title: Sort orders by price\n",
            .good = "==> backlog/later/t2h8k-sort-orders.md <==\n"
                    "title: Sort orders by price\n",
            .decided = "By the names of files alone, in what begins with a dot, in the folder votes, and where a "
                       "link leads that is no way back into the backlog; of one that leads out of the "
                       "repository it is told without a look there. A link by the name of an item is a "
                       "finding of parse. Move the files, or set the rule to off where they are to stay away.",
            .source = "The practice of linters that say which files they leave out.",
            .mistakes = "What lies there may have been put away on purpose. A submodule that is not checked "
                        "out is not told of.",
        },
    },
    {
        .name = "no-id",
        .severity = SEVERITY_NOTE,
        .claimed = SEVERITY_ERROR,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "an item without an id",
        .help = {
            .what = "The item has no id yet: it was written by hand or in a web editor.",
            .why = "Nothing can refer to it, and nobody can vote on it or find it again once its title "
                   "changes.",
            .bad = "id:\n",
            .good = "id: k7q2m\n",
            .decided = "There is no id in the front matter. A note for an idea, an error once the item "
                       "claims to be ready. refine commit mints the id, and names the file.",
            .source = "The form of items in refine-item(5).",
            .mistakes = "None known.",
        },
    },
    {
        .name = "no-rank",
        .severity = SEVERITY_NOTE,
        .claimed = SEVERITY_ERROR,
        .reach = RULE_OPEN,
        .types = RULE_EVERY,
        .summary = "an open item without a rank",
        .help = {
            .what = "An open item has no rank, and so stands behind all that have one.",
            .why = "The order of the backlog is the team's plan; an item outside of it is overlooked, or "
                   "taken up as it comes.",
            .bad = "rank:\n",
            .good = "rank: nbhm\n",
            .decided = "There is no rank, or nothing that is one. A note for an idea, an error once the "
                       "item claims to be ready. refine order ID --bottom, --top or --before ID places it.",
            .source = "The Scrum Guide (2020): the Product Backlog is an ordered list.",
            .mistakes = "None known.",
        },
    },
    {
        .name = "duplicate-section",
        .severity = SEVERITY_ERROR,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "a section stands twice, and only the first is read",
        .help = {
            .what = "A section that refine reads stands twice, and only the first is read.",
            .why = "Criteria or questions under the second heading are in the file, but nobody checks, "
                   "counts or asks them.",
            .bad = "## Approach\n"
                   "\n"
                   "Filter in the index query.\n"
                   "\n"
                   "## Approach\n"
                   "\n"
                   "Keep the last filter.\n",
            .good = "## Approach\n"
                    "\n"
                    "Filter in the index query. Keep the last filter.\n",
            .decided = "Two headings of one name, case and a colon aside; of acceptance criteria and open "
                       "questions, any two of the headings by which the policy knows them. Put what stands "
                       "under them together.",
            .source = "The sections of refine-item(5).",
            .mistakes = "None known.",
        },
    },
    {
        .name = "duplicate-heading",
        .severity = SEVERITY_WARNING,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "two sections of one's own have one heading",
        .help = {
            .what = "Two sections of the team's own, within the same section, have one heading.",
            .why = "Most often a merge left both; who links to the heading or looks for it finds the first, "
                   "and not what was added.",
            .bad = "## Notes\n"
                   "\n"
                   "The hotline asks twice a week.\n"
                   "\n"
                   "## Notes\n"
                   "\n"
                   "Guests have no orders.\n",
            .good = "## Notes\n"
                    "\n"
                    "The hotline asks twice a week. Guests have no orders.\n",
            .decided = "Headings of one level and one text, case and a colon aside, that refine itself does "
                       "not read. Put them together, or name one otherwise.",
            .source = "Rule MD024 of markdownlint, with siblings only.",
            .mistakes = "A log with a heading a day, two of which are the same day.",
        },
    },
    {
        .name = "duplicate-entry",
        .severity = SEVERITY_WARNING,
        .reach = RULE_ANY,
        .types = RULE_EVERY,
        .summary = "a list has one entry twice",
        .help = {
            .what = "A list of the front matter, or that of the open questions, has one entry twice.",
            .why = "Two branches added the same thing; who counts labels, dependencies or questions counts "
                   "it twice.",
            .bad = "labels:\n"
                   "  - search\n"
                   "  - search\n",
            .good = "labels:\n"
                    "  - search\n",
            .decided = "By equal text; of questions, of equal text to the same person. Remove one of them; "
                       "refine check --fix does so in the front matter.",
            .source = "What merges of lists leave behind.",
            .mistakes = "None known.",
        },
    },
    { 0 },
};

const struct rule *rules_file_table(void)
{
    return table;
}
