/*
 * A table of Markdown, laid out. For the markdown modules only.
 *
 * The words of all cells are one text; render_table_add tells which of it a cell is, row after row, the first
 * row being the heading.
 */
#pragma once

#include "markdown_render_page.h"

enum render_align { RENDER_LEFT, RENDER_CENTRE, RENDER_RIGHT };

struct render_table {
    guint columns;
    GArray *cells; /* private */
};

void render_table_init(struct render_table *table, guint columns);
void render_table_clear(struct render_table *table);

void render_table_add(struct render_table *table, gsize start, gsize end, enum render_align align);

/* Prints it: cells side by side, broken where the line would be too long; where so many columns have no room
 * side by side, each cell on lines of its own behind its heading. */
void render_table_print(const struct render_table *table, const struct styled *words, struct page *page);
