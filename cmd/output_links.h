/*
 * Whether the terminal knows hyperlinks (OSC 8). None can be asked, so it goes by the variables that
 * terminals which do are known to set; one that does not may show the sequence as text.
 */
#pragma once

#include <glib.h>

/* -1 by FORCE_HYPERLINK=0, 1 by any other value of it that is not empty, else 0: the user leaves it open. */
int output_links_forced(void);

/* Whether the terminal of this process is one that knows them. Within tmux and screen it is not: they drop
 * them, or do not where they are told so, which they do not say. */
gboolean output_links_known(void);
