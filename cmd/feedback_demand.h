/*
 * What feedback --demand prints: the open items by how many asked for them.
 */
#pragma once

#include "feedback_print.h"

struct feedback_wish {
    const char *const *terms; /* of a query, NULL-terminated */
    gboolean all;             /* closed items too, as where the query asks for a status */
};

/* Prints those that are wished for. FALSE where the query cannot be read. */
gboolean feedback_demand(struct context *context, struct backlog *backlog, const struct feedback_wish *wish,
                         enum feedback_format format, GError **error);
