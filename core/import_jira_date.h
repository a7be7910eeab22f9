/*
 * The day in a date as Jira exports it, which is written by the settings of the site and of who exports.
 */
#pragma once

#include <glib.h>

enum jira_date {
    JIRA_DATE_GOOD,
    JIRA_DATE_AMBIGUOUS, /* 01/02/2026: January or February */
    JIRA_DATE_UNKNOWN,
};

/* The day as YYYY-MM-DD in *day, which is the caller's; nothing in it otherwise. Known are
 *
 *     2026-11-21   2026/11/21   21/Nov/26   21-Nov-2026   21 November 2026   Nov 21, 2026   21.11.2026
 *
 * and 21/11/2026 or 11/21/2026 where only one of the two can be the month; each may have a time behind it.
 * Months go by their names in English, German, French, Spanish, Portuguese, Italian and Dutch, in full or
 * short. Years of two digits are those from 1970 to 2069. */
enum jira_date import_jira_date(const char *text, char **day);
