/*
 * A date as git takes it in GIT_AUTHOR_DATE and GIT_COMMITTER_DATE: "1795251600 +0100", "@123 +0100",
 * ISO 8601 (2026-11-21T09:00:00+0100; a space for the T, no seconds, no zone), the same with 2026.11.21,
 * 11/21/2026 or 21.11.2026 as the date, RFC 2822, and what git log prints. What is taken is the moment that
 * git makes of it (git's date.c); much that git also makes something of, such as the 31st of February or two
 * digits for a year, is not.
 */
#pragma once

#include <glib.h>

/* The latest second that a commit can have here: libgit2 keeps 32 bits of it. */
#define COMMIT_DATE_LAST G_MAXUINT32

/* Seconds since 1970 in UTC, and minutes east of it; without a zone those of the local one at that time.
 * FALSE, with nothing set, where text is no such date or before 1970 or after the last. */
gboolean commit_date_parse(const char *text, gint64 *time, int *offset);
