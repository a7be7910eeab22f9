/*
 * The pager: the program that shows long output a screen at a time.
 *
 * pager_open, write to pager_stream, pager_close. Which program is the user's choice: REFINE_PAGER, else
 * GIT_PAGER, else core.pager of git's configuration, else PAGER, else less; an empty one, or "cat", is none.
 * Nothing of the backlog has a say.
 *
 * The program sees LESS=FRX and LV=-c where these are unset, and neither LESSOPEN nor LESSCLOSE, which name
 * programs that less would run. Until pager_close an interrupt is ignored here: it is meant for the pager,
 * which must not lose its terminal.
 */
#pragma once

#include <glib.h>
#include <stdio.h>

struct pager;

/* Whether a variable that goes before core.pager is set. */
gboolean pager_is_chosen(void);

/* Starts the pager; configured is core.pager, NULL where it is not set. NULL without an error where none is
 * wanted, or where less was not chosen by the user and is not there; NULL with an error where the user's
 * choice does not start. */
struct pager *pager_open(const char *configured, GError **error);

/* Its input; owned by the pager. */
FILE *pager_stream(const struct pager *pager);

/* Whether it hands hyperlinks on to the terminal: it is a less that is told to show escape sequences, and new
 * enough, for which it is asked once. */
gboolean pager_passes_links(struct pager *pager);

/* Ends its input, waits until it has ended, frees it. FALSE where a shell did not find the program, so that
 * nothing was shown. What could not be written is not an error: the user has quit. */
gboolean pager_close(struct pager *pager, GError **error);
