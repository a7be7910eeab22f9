/*
 * refine alone: the backlog at a glance and what to do next. It has no name of its own; main runs it where no
 * command is named. Without a backlog it is refine help.
 */
#pragma once

#include "command.h"
#include "overview.h"

extern const struct command glance_command;

/* What to type for a step, its words NULL-terminated, behind "refine"; newly allocated. The last may end in
 * "…", where a value goes. */
char **glance_words(const struct policy *policy, const struct overview_step *step);

/* A step as --json calls it: "estimate". */
const char *glance_step_name(enum overview_step_kind kind);

/* Appends what to do next: for each step why, and the command line. */
void glance_next(GString *out, struct context *context, const struct overview *overview);

/* Prints it as JSON. */
void glance_json(struct context *context, const struct overview *overview);
