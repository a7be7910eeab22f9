/*
 * What the finished items most like one tell about its size. Nothing is written.
 */
#pragma once

#include "backlog.h"
#include "command.h"

/* Prints it, or its JSON. Returns the exit status, 1 where there is too little to suggest anything, or -1
 * with an error. */
int estimate_suggest(struct context *context, struct backlog *backlog, const struct entry *entry,
                     GError **error);
