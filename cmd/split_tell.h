/*
 * How a split ends, whichever way it was put together: recorded as a decision, with what the team must know
 * of it beside the one line.
 */
#pragma once

#include "command.h"
#include "split.h"

/* Records the split of the item and says so; what would be left behind is listed. Returns the exit status, or
 * -1 with an error. */
int split_record(struct context *context, struct backlog *backlog, const struct entry *entry,
                 struct split *split, GError **error);
