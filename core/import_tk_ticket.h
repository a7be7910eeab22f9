/*
 * One ticket of tk read into an import_item.
 */
#pragma once

#include "import.h"

/* Of priorities 0 to 4, what a ticket without one has. */
#define TK_PRIORITY 2

/* A ticket as read: references are not resolved, and the place is open. */
struct tk_ticket {
    struct import_item *item; /* the caller's */
    guint priority;           /* 0 is the highest */
    char *created;            /* as it stands there; NULL: nothing. The caller's */
};

/* Reads the bytes of the file, shown as path, and called name. FALSE where they cannot be taken over: errors
 * in findings, which lack the path, say why. */
gboolean import_tk_ticket_read(const struct policy *policy, const char *path, const char *name, GBytes *bytes,
                               struct tk_ticket *ticket, GPtrArray *findings);
