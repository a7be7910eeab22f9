/*
 * What the files of the backlog share. Only they include this.
 */
#pragma once

#include "backlog.h"

/* backlog_read, but of a file in the work tree only as much as its front matter needs. */
GBytes *backlog_read_front(const struct backlog *backlog, const struct entry *entry, GError **error);
