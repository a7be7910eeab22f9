/*
 * What feedback ID prints: who asked for an item, when, what and where from.
 */
#pragma once

#include "feedback_print.h"

/* Prints all requests for the item, which is of the loaded backlog. */
void feedback_list(struct context *context, struct backlog *backlog, const struct item *item,
                   enum feedback_format format);
