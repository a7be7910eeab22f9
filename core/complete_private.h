/*
 * What the files of complete share. Only they include this.
 */
#pragma once

#include "complete.h"

/* The policy, and the backlog of it, not loaded; NULL where there is none that can be used. */
const struct policy *completion_policy(struct completion *completion);
struct backlog *completion_backlog(struct completion *completion);

/* Adds what the given items have in a list; FALSE where none of them can be read. */
gboolean completion_add_own(struct completion *completion, const struct field *field);
