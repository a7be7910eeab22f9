/*
 * A split put together in the user's editor.
 */
#pragma once

#include "command.h"
#include "split.h"

/* Lets the user say which children the item gets and what goes to each, in split, which has none yet, and
 * records that as split_record does. A text that cannot be taken is given again with what is wrong in it, or
 * kept for the next time. Returns the exit status: 1 where the user called it off. */
int split_edit(struct context *context, struct backlog *backlog, const struct entry *entry,
               struct split *split, GError **error);
