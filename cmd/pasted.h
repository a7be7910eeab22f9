/*
 * What refine itself has in place of a value, pasted and not filled in: "refine criteria k7q2m --add …", as a
 * checklist has it, would make "…" a criterion.
 */
#pragma once

#include "command.h"

/* FALSE with a usage error where the command records a decision and one of its words (options and arguments
 * as given) is "…", or ends with it behind "=". */
gboolean pasted_check(const struct command *command, char *const *words, GError **error);
