/*
 * The front matter of a task of Backlog.md, key by key: what has a field here goes there, all else under x-….
 */
#pragma once

#include "import_backlog_task.h"

/* Reads the front matter of document, whose root is there, into task and its item. FALSE where it cannot be
 * taken over: an error in findings, which lacks the path, says why. */
gboolean import_backlog_fields_read(const struct backlog_task_source *source, const struct document *document,
                                    struct backlog_task *task, GPtrArray *findings);
