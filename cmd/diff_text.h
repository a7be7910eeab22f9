/*
 * A review as text, for a terminal.
 */
#pragma once

#include "command.h"
#include "review.h"

/* What is printed, and how. */
struct diff_text {
    struct context *context;
    const struct review *review;
    gboolean linked; /* ids lead to files of the work tree: what comes after is what is there */
};

/* Appends the sums, and each item with all that became of it. */
void diff_text_print(const struct diff_text *text, GString *out);

/* Appends the sums, and a line for each item. */
void diff_text_stat(const struct diff_text *text, GString *out);
