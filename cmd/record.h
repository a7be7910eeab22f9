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

/* What a command does to the draft of one item. */
typedef gboolean (*record_change)(struct draft *draft, gpointer data, GError **error);

/* All of it for one item, also in a command that SETTLES: finds what word means (meant.h), drafts it, makes
 * the change and records that. */
int record_item(struct context *context, const char *word, record_change change, gpointer data,
                GError **error);

/* For a command that SETTLES, before it reads the backlog for a decision: what an earlier one that died has
 * left is finished or undone, with warnings that say so. */
gboolean record_settle(struct context *context, GError **error);

/* The first of the options that only a decision has a use for, as "--message"; NULL: none is given. */
const char *record_given(const struct record_options *record);

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

/* What the options say of a decision; *reason holds the text that it borrows, for g_free. */
struct decision record_decision(const struct context *context, char **reason);

/* Prints what the drafts change as a patch. */
gboolean record_patch(struct context *context, const GPtrArray *drafts, GError **error);

/* As record_quietly, and outcome says what became of it; record_end clears it, and lets a signal that came
 * meanwhile take effect. */
gboolean record_outcome(struct context *context, struct backlog *backlog, const GPtrArray *drafts,
                        struct decision_outcome *outcome, GError **error);
void record_end(struct context *context, struct decision_outcome *outcome);

/* Records, and says nothing but warnings: for a command that has its own words for what it did. */
gboolean record_quietly(struct context *context, struct backlog *backlog, const GPtrArray *drafts,
                        GError **error);
