/*
 * Reads the issues of Jira from its CSV export: one issue a row, fields by the names in the header.
 *
 * Issues come in the order of the backlog: open ones first, then by rank where the export has it, then as
 * they stand in the file. Also taken is a CSV with the columns issuekey, title, description and storypoint,
 * as research data has it. import.h says what happens next.
 */
#pragma once

#include "import.h"

/* The issues of the file at path. A row that cannot be taken over is an error among the findings, and the
 * others go on; NULL where the file cannot be read, or is no CSV with a header. progress may be NULL. */
struct import *import_jira_read(const struct policy *policy, const char *path,
                                const struct import_progress *progress, GError **error);
