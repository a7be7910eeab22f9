/*
 * A date as people give it to `--since` and `--until`, in the words that git takes there (its approxidate):
 * "2.weeks", "3 days ago", "last friday", "yesterday", "noon", "nov 3", "2026-11-20", "2026-11-20 10:00", and
 * all that commit_date.h has.
 *
 * It is told apart what is a day and what is a moment. "2026-11-20", "yesterday", "friday" are days, from
 * midnight to midnight on the local clock, where git takes the time of now on that day, which leaves out what
 * was decided in the morning; "2.weeks" is the moment two weeks before now, as for git. What says nothing to
 * git it takes for now; here it is refused.
 */
#pragma once

#include <glib.h>

/* Sets *first and *last to the seconds since 1970 with which what text means begins and ends; of a moment
 * they are the same. now is what clock_now gives. FALSE, with nothing set, where text says nothing. */
gboolean moment_parse(const char *text, GDateTime *now, gint64 *first, gint64 *last);
