/*
 * What feedback --notify prints: whom to tell about what was released.
 */
#pragma once

#include "feedback_print.h"

/* Prints the notices since a revision, NULL for the last release. Returns the exit status, -1 with an error.
 */
int feedback_notify(struct context *context, const char *since, enum feedback_format format, GError **error);
