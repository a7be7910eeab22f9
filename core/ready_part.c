#include "ready.h"

#include <string.h>

/* The rules of each part, with spaces between; other facts of files are READY_FILE, other rules READY_REST.
 */
static const struct {
    const char *name;
    const char *rules;
} parts[N_READY_PARTS] = {
    [READY_FILE] = { "file", "" },
    [READY_STORY] = { "story", "story-missing role-unknown role-not-stakeholder not-atomic not-minimal "
                               "solution-in-story solution-without-problem" },
    [READY_WHY] = { "why", "why-missing why-empty" },
    [READY_CRITERIA] = { "criteria",
                         "criteria-missing untestable-wording quality-without-measure "
                         "measure-without-condition "
                         "no-outcome task-not-criterion gherkin-incomplete criterion-compound "
                         "only-happy-path "
                         "criterion-duplicate criteria-count criterion-prechecked solution-in-criteria" },
    [READY_ESTIMATE] = { "estimate", "not-estimated off-scale too-large looks-large estimate-outlier "
                                     "votes-diverge votes-sealed" },
    [READY_APPROACH] = { "approach", "approach-missing design-missing" },
    [READY_DEPENDS] = { "dependencies",
                        "depends-dangling depends-cycle depends-unplanned depends-unstated depends-unlinked "
                        "depends-external order-inversion spike-unfinished" },
    [READY_QUESTIONS] = { "questions", "open-question" },
    [READY_ASSUMPTIONS] = { "assumptions", "assumption-untested assumption-refuted" },
    [READY_WAIVERS] = { "waivers", "waiver-reason waiver-expired waiver-unused" },
    [READY_TEAM] = { "team", "" },
    [READY_REST] = { "rest", "" },
};

/* Whether the list, words with spaces between, has the word. */
static gboolean has_word(const char *list, const char *word)
{
    gsize length = strlen(word);

    for (const char *at = list; (at = strstr(at, word)); at += length)
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return TRUE;
    return FALSE;
}

enum ready_part ready_part_of(const char *rule)
{
    for (int part = READY_STORY; part < N_READY_PARTS; part++)
        if (has_word(parts[part].rules, rule))
            return (enum ready_part)part;
    const struct rule *known = rule_find(rule);
    gboolean fact = known && (known->reach == RULE_ANY || known->reach == RULE_OPEN);
    return !known ? READY_TEAM : fact ? READY_FILE : READY_REST;
}

const char *ready_part_name(enum ready_part part)
{
    return parts[part].name;
}
