/*
 * What `refine split ID --suggest` shows: the cuts that the text of an item offers (cut.h), each with the
 * command that would make it. An item that may not be split is refused as by split itself.
 */
#pragma once

#include "backlog.h"
#include "command.h"

/* Prints the cuts of the entry, or, with --json, an object. Returns the exit status: 0 where there are some,
 * 1 where nothing fits; -1 with an error. */
int split_suggest(struct context *context, struct backlog *backlog, const struct entry *entry,
                  GError **error);
