/*
 * Reads a file of user stories, one a line: "As a ROLE, I want WISH, so that BENEFIT". Lines end with LF or
 * CR LF, and those that are blank do not count. import.h says what happens next.
 */
#pragma once

#include "import.h"

/* The stories of the file at path. A line that is not UTF-8 is an error among the findings, one that repeats
 * another is left out and remarked; NULL where the file cannot be read. progress may be NULL. */
struct import *import_stories_read(const struct policy *policy, const char *path,
                                   const struct import_progress *progress, GError **error);

/* A title for a story: the wish, its first letter upper-case, else the whole line; at most 80 columns, cut
 * after a word. A new string. */
char *import_stories_title(const char *story);
