/*
 * What feedback --demand prints: the open items by how many asked for them.
 */
#pragma once

#include "feedback_print.h"

/* Prints those that the query (terms, NULL-terminated) names; closed ones too where it asks for a status.
 * FALSE where the query cannot be read. */
gboolean feedback_demand(struct context *context, struct backlog *backlog, const char *const *terms,
                         enum feedback_format format, GError **error);
