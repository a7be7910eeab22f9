/*
 * What a comment of diff_markdown.h begins with: what became of the whole, in a few lines for a Product
 * Owner.
 */
#pragma once

#include "diff_markdown_item.h"

/* Appends a heading and a list. */
void diff_markdown_sum(GString *out, const struct diff_markdown *markdown);
