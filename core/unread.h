/*
 * Items that lie where a backlog is not read, so that they are in no list and nobody misses them: in a hidden
 * folder, among the votes, behind a symbolic link to a folder.
 *
 *     g_autoptr(GPtrArray) findings = unread_find(backlog);
 *     …                                          struct finding of the rule not-read, one a folder or link
 *
 * Only names are looked at, here and where a link leads; what lies there is never opened. A link into the
 * backlog itself hides nothing; one that leads out of the repository is told without following it.
 */
#pragma once

#include "backlog.h"

/* What the backlog, which may be of a revision, passes over; the caller's. Files are to be listed, and need
 * not be loaded. */
GPtrArray *unread_find(const struct backlog *backlog);
