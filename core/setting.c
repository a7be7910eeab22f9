#include "setting.h"

static const struct setting table[] = {
    { "backlog", SETTING_FOLDER, NULL, "the folder of the items, beside the policy" },
    { "layout", SETTING_WORD, "flat sharded",
      "items in one folder, or under the first two characters of the id" },
    { "vision", SETTING_FOLDER, NULL, "the file with the product vision" },
    { "goals", SETTING_RECORDS, "id says", "product goals; an item names one under goal" },
    { "team", SETTING_RECORDS, "name handle email role",
      "who refines: name, handle, e-mail addresses and role" },
    { "personas", SETTING_LIST, NULL, "the roles that stories speak of" },
    { "types", SETTING_NAMES, NULL, "the types an item can have" },
    { "estimate.unit", SETTING_TEXT, NULL, "what the scale counts" },
    { "estimate.scale", SETTING_SCALE, NULL,
      "the values an estimate can have: numbers, or names with weights" },
    { "estimate.largest", SETTING_TEXT, NULL, "larger items must be split before they are ready" },
    { "estimate.votes", SETTING_WORD, "open sealed", "whether votes can be seen before all have voted" },
    { "sprint.days", SETTING_NUMBER, NULL, "length of a sprint" },
    { "sprint.capacity", SETTING_NUMBER, NULL, "what a sprint holds, in the unit of estimates" },
    { "refinement.share", SETTING_PERCENT, NULL, "how much of the capacity refinement may take" },
    { "refinement.horizon", SETTING_NUMBER, NULL, "how many sprints' worth of items should be ready" },
    { "queries", SETTING_QUERIES, NULL, "names for queries: refine list @NAME" },
    { "sections", SETTING_SECTIONS,
      "story why criteria approach questions assumptions constraints measure decisions feedback",
      "headings by which the sections of an item go; the first is used for new ones" },
    { "decisions.commit", SETTING_WORD, "auto stage off",
      "whether a decision is committed, staged or only written" },
    { "decisions.require-reason", SETTING_WORDS, "drop split estimate ready order set",
      "the decisions that need a reason" },
    { "decisions.subject", SETTING_TEMPLATE, NULL, "the template of the commit subject" },
    { "rules", SETTING_RULES, NULL, "the Definition of Ready: severity by rule, type and label" },
    { "words", SETTING_MAP, NULL, "words added to and removed from the lists that rules use" },
    { "custom", SETTING_CUSTOM, "id when section field pattern must in severity help",
      "the team's own rules" },
    { 0 },
};

const struct setting *setting_table(void)
{
    return table;
}

const char *setting_defaults(void)
{
    return "backlog: backlog\n"
           "layout: flat\n"
           "types: [story, bug, task, spike, epic]\n"
           "estimate:\n"
           "  unit: points\n"
           "  scale: [1, 2, 3, 5, 8, 13, 20]\n"
           "  largest: 8\n"
           "  votes: open\n"
           "sprint:\n"
           "  days: 14\n"
           "refinement:\n"
           "  share: 10%\n"
           "  horizon: 3\n"
           "sections:\n"
           "  story: [Story]\n"
           "  why: [Why, Context, Problem]\n"
           "  criteria: [Acceptance criteria]\n"
           "  approach: [Approach, Technical notes, Design]\n"
           "  questions: [Open questions]\n"
           "  assumptions: [Assumptions]\n"
           "  constraints: [Constraints]\n"
           "  measure: [Measure]\n"
           "  decisions: [Decisions]\n"
           "  feedback: [Feedback]\n"
           "decisions:\n"
           "  commit: auto\n"
           "  subject: \"{subject}\"\n";
}
