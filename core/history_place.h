/*
 * Where a revision has the backlog, for whoever reads one moment and does not walk: as history follows it
 * (history_site.h), seen from the last commit.
 */
#pragma once

#include "policy.h"
#include "repo.h"

/* The folder, from the top of the repository; newly allocated. NULL where none is found, and where the
 * revision is no commit. */
char *history_place(const struct policy *policy, struct repo *repo, const char *revision);
