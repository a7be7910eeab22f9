/*
 * The cells of a list: which columns there are, and what an item shows in each.
 */
#pragma once

#include "demand.h"
#include "present.h"
#include "readiness.h"
#include "tree.h"

/* What cells are filled from. All is borrowed. */
struct list_cells {
    struct context *context;
    const struct readiness *readiness; /* NULL: no such column */
    const struct demand *demand;       /* likewise */
    const struct backlog *backlog;
    const guint
        *shortest;  /* of backlog_shortest, to emphasise what has to be typed of an id; NULL: nothing */
    gboolean marks; /* for people: readiness as a mark, not as a number */
    gboolean unicode;
    gboolean links; /* ids lead to files, which are there */
};

/* FALSE with a usage error that names the nearest, where one of columns is none. tree says that there is a
 * sum. */
gboolean list_columns_check(const struct backlog *backlog, char **columns, gboolean tree, GError **error);

/* The shape of a column. Where usual, the list chose it: it may give way on a narrow terminal. */
struct table_column list_column(const char *name, gboolean usual);

/* Adds a row: of node (NULL: the list is no tree), whose title stands behind guide. */
void list_cells_add(const struct list_cells *from, struct table *cells, char **columns,
                    const struct item *item, const struct tree_node *node, const char *guide);
