/*
 * What bugs and spikes have in the place of a story: what to do to see the bug, what should happen and what
 * happens instead; what the spike asks, and what is decided with the answer. Each by the headings of its
 * section, and by the words that say it in prose.
 *
 * One table for who asks whether it is there and who reads it as what was agreed on (parts.h). The headings
 * are those of common issue forms, for markdown_is_named; the first of each is the one to propose.
 */
#pragma once

#include "rules.h"

enum stand_in {
    STAND_IN_STEPS,
    STAND_IN_EXPECTED,
    STAND_IN_ACTUAL,
    STAND_IN_QUESTION,
    STAND_IN_DECIDES,
    N_STAND_INS
};

struct stand_in_words {
    enum rule_types type;       /* that has it */
    const char *what;           /* "what to do to see it" */
    const char *const *names;   /* the headings; NULL-terminated, as the next */
    const char *const *phrases; /* in small letters, for prose_has; "?" is the mark */
    gboolean by_criteria;       /* acceptance criteria say it as well */
};

/* Static. */
const struct stand_in_words *stand_in_words(enum stand_in which);
