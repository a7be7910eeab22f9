/*
 * What `refine ready` says of items: as a list to be ticked off, as JSON, and of the top of the backlog.
 */
#pragma once

#include "command.h"
#include "horizon.h"
#include "json.h"
#include "ready.h"

/* Prints for each item what is there and what is missing, with the command that mends it. */
void ready_list_print(struct context *context, const struct ready *ready);

/* Prints what is worth knowing of items that were declared: what changed since the last time, what warns and
 * what is waived. */
void ready_list_told(struct context *context, const struct ready *ready);

/* Adds "items" to the object: struct ready is data. */
void ready_list_json(struct json *object, struct context *context, const struct ready *ready);
