/*
 * What outcome.c, which finds outcomes and tasks, and outcome_gap.c, which finds what is left out, share.
 * Only they include this.
 */
#pragma once

#include "outcome.h"

/* The token that is step (1 or -1, or past a verb of more words) from the one at index, in range and in the
 * same text; NULL: there is none. */
const struct token *outcome_beside(const struct prose *prose, struct prose_range range, guint index,
                                   int step);
