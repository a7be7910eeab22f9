/*
 * Reads the issues of beads (github.com/steveyegge/beads) from the file that it keeps in git or bd export
 * writes: one JSON object a line. import.h says what happens next.
 */
#pragma once

#include "import.h"

/* The issues of the file at path; of issues.jsonl or beads.jsonl in a folder, or in its folder .beads, where
 * path is one. A line that cannot be read is an error among the findings, and the others go on; NULL only
 * where there is no such file. progress may be NULL. */
struct import *import_beads_read(const struct policy *policy, const char *path,
                                 const struct import_progress *progress, GError **error);
