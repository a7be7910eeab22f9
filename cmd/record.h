/*
 * How commands that record a decision end: by the options that main has read into context->record.
 */
#pragma once

#include "command.h"
#include "decision.h"

/* Records the drafts as one decision and says what was decided; with --dry-run prints the diff instead.
 * Returns the exit status, or -1 with an error. */
int record_drafts(struct context *context, struct backlog *backlog, const GPtrArray *drafts, GError **error);

/* Records, and says nothing but warnings: for a command that has its own words for what it did. */
gboolean record_quietly(struct context *context, struct backlog *backlog, const GPtrArray *drafts,
                        GError **error);
