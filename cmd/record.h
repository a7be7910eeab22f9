/*
 * How commands that record a decision end: by the options that main has read into context->record.
 */
#pragma once

#include "command.h"
#include "decision.h"
#include "json.h"

/* Records the drafts as one decision and says what was decided; with --dry-run prints the diff instead.
 * Returns the exit status, or -1 with an error. */
int record_drafts(struct context *context, struct backlog *backlog, const GPtrArray *drafts, GError **error);

/* What a decision has beside the drafts. */
struct record_more {
    const char *undoes; /* as of struct decision */
    /* Adds what the command has to say to the JSON object; NULL: nothing. */
    void (*add)(struct json *object, gpointer data);
    gpointer data;
};

/* The same as record_drafts with more. */
int record_more(struct context *context, struct backlog *backlog, const GPtrArray *drafts,
                const struct record_more *more, GError **error);

/* Records, and says nothing but warnings: for a command that has its own words for what it did. */
gboolean record_quietly(struct context *context, struct backlog *backlog, const GPtrArray *drafts,
                        GError **error);
