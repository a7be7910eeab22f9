/*
 * A dot plot over a scale: a row a value, a dot for each that has it, then a few words.
 *
 *       3
 *       5  ●●   Ana Silva, Bo Chen
 *       8  ●    Cy Dunn
 */
#pragma once

#include "scale.h"
#include "styled.h"

struct dot_row {
    char *value;
    double weight; /* G_MAXDOUBLE: none, which stands last */
    guint dots;
    GString *words; /* "" for none */
    guint marks;    /* of styled.h, for dots and words */
};

/* Rows for all values of the scale, without dots: an array of struct dot_row that owns them. */
GArray *dot_plot_new(const struct scale *scale);

/* The row of a value, which is put in at its place where the scale does not have it; borrowed until the next
 * call. weight is G_MAXDOUBLE for a value without. */
struct dot_row *dot_plot_find(GArray *rows, const char *value, double weight);

/* Appends the rows; of a long scale those around the dots alone. */
void dot_plot_print(const GArray *rows, GString *out, const struct styled_look *look);
