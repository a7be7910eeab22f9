/*
 * A review as JSON: diff.json of refine-json(5).
 */
#pragma once

#include "diff_text.h"

/* Prints the whole object; range names the two moments. */
void diff_json_print(struct context *context, const struct review *review, const struct review_range *range);
