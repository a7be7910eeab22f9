/*
 * The settings of git that `refine hook` makes in a repository: a table of keys and values.
 */
#pragma once

#include <glib.h>

/* What the settings and the hooks run. */
#define HOOK_PROGRAM "refine"

enum hook_state {
    HOOK_ABSENT,
    HOOK_INSTALLED,
    HOOK_OUTDATED, /* ours, but not as this version has it */
    HOOK_FOREIGN,  /* somebody else's stands in its place */
};

struct hook_setting {
    gboolean merges; /* of the merge driver; else of the headings of hunks */
    const char *key;
    const char *value;
};

/* The table; a NULL key ends it. */
const struct hook_setting *hook_settings(void);

/* What a value of the setting is; NULL: it is not set. */
enum hook_state hook_setting_state(const struct hook_setting *setting, const char *value);
