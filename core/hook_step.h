/*
 * The steps that bring what hook_setup.h speaks of in place, or take it away. Each is one file and is done
 * whole or not at all; what is as wanted already is no step. Others' hooks, settings and lines are kept.
 *
 *     GPtrArray *steps = hook_steps_install(setup, parts, refused, &error);    to be shown
 *     hook_step_apply(setup, steps->pdata[i], &error)                          does it
 */
#pragma once

#include "hook_setup.h"

enum hook_step_kind {
    HOOK_STEP_CONFIG,
    HOOK_STEP_ATTRIBUTES,
    HOOK_STEP_INSTALL, /* of a hook */
    HOOK_STEP_REMOVE,
};

struct hook_step {
    enum hook_step_kind kind;
    const char *path;             /* absolute; the setup's */
    GBytes *before;               /* of a file that is changed; NULL: it is not there */
    GBytes *after;                /* NULL: it goes */
    const struct hook_file *file; /* of a hook; the setup's */
};

/* The steps that bring the parts (HOOK_WANTS) in place, an array that owns its struct hook_step. A part that
 * somebody else's stands in the way of is left out, and refused, an array of owned sentences, gets why. */
GPtrArray *hook_steps_install(const struct hook_setup *setup, guint parts, GPtrArray *refused,
                              GError **error);

/* The steps that take them away. */
GPtrArray *hook_steps_remove(const struct hook_setup *setup, guint parts, GError **error);

gboolean hook_step_apply(const struct hook_setup *setup, const struct hook_step *step, GError **error);
