/*
 * The text of an item from a row of Jira's CSV: description, criteria, long fields and comments; and what is
 * short and has no field, under x-….
 */
#pragma once

#include "import_jira_row.h"

/* The body, complete as by import_body_complete, as a new string. Columns without a field of ours go to the
 * item's keys x-…, or, where the text has several lines or is long, into a section of their name. */
char *import_jira_text(const struct jira_source *source, struct import_item *item);
