/*
 * Reads the issues of a GitHub repository from one file: what gh issue list --json writes, or what the REST
 * API gives, as an array, as arrays one after another (the pages of it), or as one issue a line.
 *
 * Pull requests are left out. Issues come in the order of the backlog: open ones first, then by number.
 * import.h says what happens next.
 */
#pragma once

#include "import.h"

/* The issues of the file at path. One that cannot be taken over is an error among the findings, and the
 * others go on; NULL where the file cannot be read or holds no JSON. progress may be NULL. */
struct import *import_github_read(const struct policy *policy, const char *path,
                                  const struct import_progress *progress, GError **error);
