/*
 * What an editor gave back, taken as the next version of an item.
 */
#pragma once

#include "buffer.h"
#include "draft.h"

/* Takes text as draft's, unless draft_faults speaks against it; then its errors are printed, and on a
 * terminal the user is asked. */
enum attempt rewrite_take(struct context *context, const struct buffer *buffer, struct draft *draft,
                          GBytes *text, GError **error);
