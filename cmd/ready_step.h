/*
 * What to type for what an item lacks, so that it becomes ready.
 */
#pragma once

#include "ready.h"

/* The words behind "refine" that mend the gap, NULL-terminated; newly allocated. One may be or end in "…",
 * where a value goes. */
char **ready_step_mend(const struct ready *ready, const struct ready_item *each, const struct ready_gap *gap);

/* The same for the first thing to do with an item that is not ready: to mend the first gap, or to declare it.
 */
char **ready_step_first(const struct ready *ready, const struct ready_item *each);
