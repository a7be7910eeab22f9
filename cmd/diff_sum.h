/*
 * What became of a backlog as a whole, as text: how many items, points, ready points, the top.
 */
#pragma once

#include "diff_text.h"

/* Appends a line of what there is to review, and one for each sum that is another now. */
void diff_sum_print(const struct diff_text *text, GString *out);
