/*
 * What git's configuration says of the terminal: the user's taste, not the team's. Reading it starts libgit2,
 * so it is asked for only where standard output is a terminal.
 */
#pragma once

#include <glib.h>

struct preference {
    char *pager; /* core.pager; "" is none, NULL where it is not set */
    char *color; /* refine.color, else color.ui; NULL where neither is set */
};

/* Reads them as git would in the current folder; what cannot be read is not set. */
struct preference *preference_read(void);
void preference_free(struct preference *preference);

/* Whether the value of a setting of colour is one that switches it off. */
gboolean preference_is_off(const char *color);
