/*
 * The round of an item: what its team has said about its size, how far that is apart, and what to do next.
 */
#pragma once

#include "command.h"
#include "vote.h"

/* Prints it, or its JSON; votes are of votes_read in the same backlog. Returns the exit status, 1 where there
 * is a finding in them, or -1 with an error. */
int estimate_show_round(struct context *context, struct backlog *backlog, const struct entry *entry,
                        const struct votes *votes, GError **error);
