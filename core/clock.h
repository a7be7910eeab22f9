/*
 * What time it is: the one place that asks. REFINE_NOW, a time as 2026-11-21T09:00:00Z, stands in for the
 * clock in tests.
 */
#pragma once

#include <glib.h>

/* Now, in the local time zone; a new reference. */
GDateTime *clock_now(void);

/* Today as YYYY-MM-DD; newly allocated. */
char *clock_today(void);

/* Whether text is a day of the calendar, as YYYY-MM-DD. */
gboolean clock_is_day(const char *text);
