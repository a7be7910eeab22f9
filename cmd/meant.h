/*
 * The item that a word on the command line means, where a duplicate leads to the item that it repeats.
 *
 * For commands that refine or show an item. Those that are about the file itself (set, edit, archive, log,
 * blame, diff, undo, duplicate, list, show --raw) ask backlog_find.
 */
#pragma once

#include "backlog.h"
#include "command.h"

/* As backlog_find_meant, and says "k7q2m is a duplicate of t2h8k, which is meant" on standard error where a
 * duplicate was followed. */
const struct entry *meant_find(struct context *context, struct backlog *backlog, const char *word,
                               GError **error);
