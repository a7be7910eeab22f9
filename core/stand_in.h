/*
 * What bugs and spikes have in the place of a story, by the headings of their sections: what to do to see the
 * bug, what should happen and what happens instead; what the spike asks, and what is decided with the answer.
 *
 * One table for who asks whether it is there (the rule story-missing) and for who reads it as what was agreed
 * on (stamp_text.h), so that nothing passes as a story that no stamp holds. The headings are those of common
 * issue forms, for markdown_is_named; the first of each is the one to propose.
 */
#pragma once

#include <glib.h>

enum stand_in {
    STAND_IN_STEPS,
    STAND_IN_EXPECTED,
    STAND_IN_ACTUAL,
    STAND_IN_QUESTION,
    STAND_IN_DECIDES,
    N_STAND_INS
};

/* The headings of one; static, NULL-terminated. */
const char *const *stand_in_headings(enum stand_in which);
