/*
 * What git's hooks start: `refine hook run NAME ARGUMENT…`, with the arguments that git gave.
 */
#pragma once

#include "command.h"

/* Returns the hook's exit status: 1 stops the commit; or -1 with an error, which does so too. */
int hook_run(struct context *context, char **arguments, GError **error);
