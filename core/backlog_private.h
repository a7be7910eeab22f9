/*
 * What the files of the backlog share. Only they include this, and what keeps something in the index.
 */
#pragma once

#include "backlog.h"
#include "index.h"

/* backlog_read, but of a file in the work tree only as much as its front matter needs. */
GBytes *backlog_read_front(const struct backlog *backlog, const struct entry *entry, GError **error);

/* The index of the work tree's backlog, opened at the first call; NULL: there is none, or this is the backlog
 * of a revision. The backlog's. */
struct index *backlog_index_store(struct backlog *backlog);
