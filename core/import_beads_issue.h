/*
 * One line of beads read into an import_item.
 */
#pragma once

#include "import.h"
#include "json.h"

/* Of priorities 0 to 4, what an issue without one has. */
#define BEADS_PRIORITY 2

struct beads_source {
    const struct policy *policy;
    const char *path; /* of the file, as a person would write it */
    const char *text; /* the line, valid UTF-8; not ended by a NUL */
    gsize length;
    guint number; /* of the line, from 1 */
};

/* An issue as read: references are not resolved, and the place is open. */
struct beads_issue {
    struct import_item *item; /* the caller's; NULL: it is left out */
    guint priority;           /* 0 is the highest */
    char *created;            /* as it stands there; NULL: nothing. The caller's */
};

/* Reads the line. FALSE where it cannot be taken over: an error in findings, which lacks the path, says why.
 */
gboolean import_beads_issue_read(const struct beads_source *source, struct beads_issue *issue,
                                 GPtrArray *findings);
