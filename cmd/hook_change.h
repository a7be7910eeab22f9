/*
 * Installing and removing what `refine hook` sets up: shown first, asked about, then done.
 */
#pragma once

#include "command.h"
#include "hook_step.h"

struct hook_wish {
    guint parts; /* HOOK_WANTS */
    gboolean removes;
    gboolean yes;     /* nobody is asked */
    gboolean dry_run; /* shown only */
};

/* Fails with a usage error where the user would have to be asked, and there is no terminal to do so. */
gboolean hook_change_may_ask(const struct hook_wish *wish, GError **error);

/* Does it for the repository of context->policy, and says what was done. Returns the exit status: 1 where the
 * user says no or a part could not be put in place; or -1 with an error. */
int hook_change(struct context *context, const struct hook_wish *wish, GError **error);

/* The path as the user would write it, fit to be shown. Newly allocated. */
char *hook_change_path(const struct hook_setup *setup, const char *path);
