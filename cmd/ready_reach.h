/*
 * How far the ready items reach, in the words and the JSON of all that tell it.
 */
#pragma once

#include "command.h"
#include "horizon.h"
#include "json.h"

/* Appends "ready: 20 points, 0.7 of the 3 sprints wanted", and what lacks to say it; with_bar a line that
 * draws it, too. */
void ready_reach_print(GString *out, struct context *context, const struct horizon *horizon,
                       gboolean with_bar);

/* Adds "ready" to the object. */
void ready_reach_json(struct json *object, const struct horizon *horizon);

/* Adds items, weight and unestimated to the object. */
void ready_count_json(struct json *object, const struct horizon_count *count);
