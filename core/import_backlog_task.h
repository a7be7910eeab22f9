/*
 * One task file of Backlog.md read into an import_item.
 */
#pragma once

#include "import.h"

/* Where a task's file is: in the order in which an id that stands twice is settled. */
enum backlog_folder {
    BACKLOG_TASKS,
    BACKLOG_COMPLETED,
    BACKLOG_DRAFTS,
    BACKLOG_ARCHIVE_TASKS,
    BACKLOG_ARCHIVE_DRAFTS,
    N_BACKLOG_FOLDERS,
};

struct backlog_task_source {
    const struct policy *policy;
    const char *const *statuses; /* of the tracker's settings, NULL-terminated */
    const char *path;            /* as a person would write it */
    const char *name;            /* of the file alone */
    enum backlog_folder folder;
};

/* A task as read: references are not resolved, and the place is open. */
struct backlog_task {
    struct import_item *item; /* the caller's */
    double ordinal;           /* infinite where there is none */
    guint priority;           /* 0 is the highest, 3 none */
};

/* Reads the bytes of the file. FALSE where they cannot be taken over: errors in findings, which lack the
 * path, say why. */
gboolean import_backlog_task_read(const struct backlog_task_source *source, GBytes *bytes,
                                  struct backlog_task *task, GPtrArray *findings);
