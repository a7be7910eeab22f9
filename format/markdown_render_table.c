#include "markdown_render_table.h"

#define LEAST 6    /* columns of a cell that is broken */
#define BETWEEN 3  /* columns between two cells */
#define ALIGNED 80 /* columns that a cell is filled up to where lines have no limit */

struct cell {
    gsize start;
    gsize end;
    enum render_align align;
};

/* How a table is printed. */
struct grid {
    const struct render_table *table;
    const struct styled *words;
    struct page *page;
    guint *widths;
    gboolean broken; /* some cell takes several lines */
};

void render_table_init(struct render_table *table, guint columns)
{
    table->columns = columns;
    table->cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
}

void render_table_clear(struct render_table *table)
{
    g_clear_pointer(&table->cells, g_array_unref);
}

void render_table_add(struct render_table *table, gsize start, gsize end, enum render_align align)
{
    struct cell cell = { start, end, align };
    g_array_append_val(table->cells, cell);
}

static const struct cell *cell_at(const struct render_table *table, guint index)
{
    return &g_array_index(table->cells, struct cell, index);
}

/* -- widths -- */

static guint64 sum_of(const guint *widths, guint count, guint most)
{
    guint64 sum = 0;
    for (guint i = 0; i < count; i++)
        sum += MIN(widths[i], most);
    return sum;
}

/* Cuts the widest columns so that all fit; FALSE where there is no room. */
static gboolean fit(guint *widths, guint count, guint columns)
{
    guint64 between = (guint64)BETWEEN * (count - 1), room = columns > between ? columns - between : 0;
    guint low = LEAST, high = columns;

    if (sum_of(widths, count, columns) <= room)
        return TRUE;
    if (sum_of(widths, count, LEAST) > room)
        return FALSE;
    while (high - low > 1) {
        guint middle = low + (high - low) / 2;
        if (sum_of(widths, count, middle) <= room)
            low = middle;
        else
            high = middle;
    }
    guint64 left = room - sum_of(widths, count, low);
    for (guint i = 0; i < count; i++)
        if (widths[i] > low) {
            widths[i] = low + (left > 0);
            left -= left > 0;
        }
    return TRUE;
}

static void measure(struct grid *grid)
{
    const struct render_table *table = grid->table;

    for (guint i = 0; i < table->cells->len; i++) {
        const struct cell *cell = cell_at(table, i);
        guint *width = &grid->widths[i % table->columns];
        *width = MAX(*width, styled_width(grid->words, cell->start, cell->end));
    }
}

/* -- side by side -- */

static void add_cell(struct grid *grid, struct styled *line, const struct cell *cell, gsize *at, guint width)
{
    gsize next = cell->end, stop = cell->end;
    guint columns = page_columns(grid->page) ? width : 0;

    if (*at < cell->end)
        stop = styled_break(grid->words, *at, cell->end, columns, &next);
    guint used = *at < cell->end ? styled_width(grid->words, *at, stop) : 0;
    guint fill = width > used ? width - used : 0;
    guint before = cell->align == RENDER_RIGHT ? fill : cell->align == RENDER_CENTRE ? fill / 2 : 0;
    styled_add_fill(line, " ", before, 0);
    if (*at < cell->end)
        styled_add_part(line, grid->words, *at, stop);
    styled_add_fill(line, " ", fill - before, 0);
    *at = next;
}

static void print_row(struct grid *grid, guint first)
{
    guint count = grid->table->columns;
    g_autofree gsize *at = g_new(gsize, count);
    g_autoptr(Styled) line = styled_new();
    gboolean more = TRUE;

    for (guint i = 0; i < count; i++)
        at[i] = cell_at(grid->table, first + i)->start;
    while (more) {
        more = FALSE;
        styled_clear(line);
        for (guint i = 0; i < count; i++) {
            if (i)
                styled_add(line, grid->page->look.utf8 ? " │ " : " | ", -1, STYLED(TABLE_DIM), NULL);
            add_cell(grid, line, cell_at(grid->table, first + i), &at[i], grid->widths[i]);
            more |= at[i] < cell_at(grid->table, first + i)->end;
        }
        page_print_line(grid->page, line);
        grid->broken |= more;
    }
}

static void print_rule(struct grid *grid)
{
    gboolean utf8 = grid->page->look.utf8;
    g_autoptr(Styled) line = styled_new();

    for (guint i = 0; i < grid->table->columns; i++) {
        if (i)
            styled_add(line, utf8 ? "─┼─" : "-|-", -1, STYLED(TABLE_DIM), NULL);
        styled_add_fill(line, utf8 ? "─" : "-", MAX(grid->widths[i], 1), STYLED(TABLE_DIM));
    }
    page_print_line(grid->page, line);
}

static void print_grid(struct grid *grid)
{
    guint count = grid->table->columns;

    for (guint i = 0; i < count && !page_columns(grid->page); i++)
        grid->widths[i] = MIN(grid->widths[i], ALIGNED);
    print_row(grid, 0);
    print_rule(grid);
    grid->broken = FALSE;
    for (guint first = count; first + count <= grid->table->cells->len; first += count) {
        if (grid->broken) {
            g_autoptr(Styled) nothing = styled_new();
            page_print_line(grid->page, nothing);
        }
        grid->broken = FALSE;
        print_row(grid, first);
    }
}

/* -- one below the other -- */

static void print_record(struct grid *grid, guint first)
{
    for (guint i = 0; i < grid->table->columns; i++) {
        const struct cell *heading = cell_at(grid->table, i), *cell = cell_at(grid->table, first + i);
        g_autoptr(Styled) line = styled_new();
        if (cell->start == cell->end && heading->start == heading->end)
            continue;
        if (first) {
            styled_add_part(line, grid->words, heading->start, heading->end);
            styled_add(line, ": ", -1, 0, NULL);
        }
        styled_add_part(line, grid->words, cell->start, cell->end);
        page_print(grid->page, line, page_columns(grid->page));
    }
}

static void print_records(struct grid *grid)
{
    guint count = grid->table->columns, rows = grid->table->cells->len / count;

    for (guint row = rows > 1 ? 1 : 0; row < rows; row++) {
        page_separate(grid->page);
        print_record(grid, row * count);
        page_space(grid->page);
    }
}

void render_table_print(const struct render_table *table, const struct styled *words, struct page *page)
{
    g_autofree guint *widths = g_new0(guint, table->columns);
    struct grid grid = { table, words, page, widths, FALSE };
    guint columns = page_columns(page);

    if (table->cells->len < table->columns)
        return;
    page_separate(page);
    measure(&grid);
    if (!columns || fit(widths, table->columns, columns))
        print_grid(&grid);
    else
        print_records(&grid);
}
