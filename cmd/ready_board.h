/*
 * How ready the top of the backlog is, and what to do first about each item there that is not.
 */
#pragma once

#include "command.h"

/* Prints it, as text or as JSON; returns the exit status, or -1 with an error. */
int ready_board(struct context *context, GError **error);
