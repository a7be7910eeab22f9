/*
 * What the files of table share: the cells.
 *
 *     table.c       filling a table, and printing it for programs
 *     table_text.c  printing it for people, in columns that fit a width
 *
 * Only they include this.
 */
#pragma once

#include "table.h"

struct cell {
    const char *text; /* never NULL */
    const char *url;  /* NULL: none */
    enum table_style style;
    enum table_style head_style;
    gsize head; /* bytes of text in head_style */
};

struct table {
    struct table_column *columns;
    guint count;
    GArray *cells; /* of struct cell */
    GStringChunk *strings;
};

/* The cells of a row, of which there are as many as columns; borrowed until the next is added. */
const struct cell *table_row(const struct table *table, guint row);
