#include "table_private.h"

#include "hyperlink.h"
#include "plain.h"

#include <string.h>

#define GAP 2 /* spaces between columns */

/* A cell as the terminal shows it. */
struct shown {
    const char *text;
    const char *url;
    guint width;
    enum table_style style;
    enum table_style head_style;
    gsize head;
};

/* The table as text: all cells, the titles first, and how wide each column is. */
struct layout {
    const struct table *table;
    GArray *shown; /* of struct shown */
    guint *widths;
    gboolean *dropped;
    GStringChunk *strings;
};

static void layout_add(struct layout *layout, const struct cell *cell)
{
    const char *text = cell->text;
    gsize length = strlen(text), head = cell->head;
    guint column = layout->shown->len % layout->table->count;

    if (!plain_is_clean(text, (gssize)length) || (length && text[length - 1] == ' ')) {
        g_autofree char *first = plain_escape(text, (gssize)MIN(head, length));
        g_autofree char *escaped = g_strchomp(plain_escape(text, (gssize)length));
        text = g_string_chunk_insert(layout->strings, escaped);
        head = g_str_has_prefix(text, first) ? strlen(first) : 0;
    }
    struct shown shown = { text, cell->url, plain_width(text), cell->style, cell->head_style, head };
    g_array_append_val(layout->shown, shown);
    layout->widths[column] = MAX(layout->widths[column], shown.width);
}

static void layout_init(struct layout *layout, const struct table *table, gboolean header)
{
    guint rows = table_rows(table);

    layout->table = table;
    layout->shown = g_array_sized_new(FALSE, FALSE, sizeof(struct shown), table->cells->len + table->count);
    layout->widths = g_new0(guint, table->count);
    layout->dropped = g_new0(gboolean, table->count);
    layout->strings = g_string_chunk_new(1024);
    for (guint column = 0; header && column < table->count; column++)
        layout_add(layout, &(struct cell){ .text = table->columns[column].title, .style = TABLE_BOLD });
    for (guint row = 0; row < rows; row++) {
        const struct cell *cells = table_row(table, row);
        for (guint column = 0; column < table->count; column++)
            layout_add(layout, &cells[column]);
    }
}

static void layout_clear(struct layout *layout)
{
    g_string_chunk_free(layout->strings);
    g_free(layout->widths);
    g_free(layout->dropped);
    g_array_unref(layout->shown);
}

/* What cutting leaves of a column. */
static guint least_width(const struct layout *layout, guint column)
{
    const struct table_column *shape = &layout->table->columns[column];
    guint width = layout->widths[column];
    return shape->shrink ? MIN(width, MAX(shape->minimum, 1)) : width;
}

/* Leaves columns out, those with the lowest drop first, until what cutting leaves fits. */
static void layout_drop(struct layout *layout, guint limit)
{
    const struct table *table = layout->table;
    guint total = 0, last = 0;

    for (guint i = 0; i < table->count; i++) {
        total += least_width(layout, i) + GAP;
        last = MAX(last, table->columns[i].drop);
    }
    for (guint turn = 1; turn <= last; turn++)
        for (guint i = 0; i < table->count && total > limit + GAP; i++) {
            if (table->columns[i].drop != turn)
                continue;
            layout->dropped[i] = TRUE;
            total -= least_width(layout, i) + GAP;
        }
}

static void layout_shrink(struct layout *layout, guint limit)
{
    const struct table *table = layout->table;
    guint total = 0, last = 0;

    for (guint i = 0; i < table->count; i++) {
        total += layout->dropped[i] ? 0 : layout->widths[i] + GAP;
        last = MAX(last, table->columns[i].shrink);
    }
    for (guint turn = 1; turn <= last; turn++) {
        for (guint i = 0; i < table->count && total > limit + GAP; i++) {
            guint minimum = MAX(table->columns[i].minimum, 1), width = layout->widths[i];
            if (table->columns[i].shrink != turn || width <= minimum || layout->dropped[i])
                continue;
            guint cut = MIN(width - minimum, total - limit - GAP);
            layout->widths[i] -= cut;
            total -= cut;
        }
    }
}

static void append_spaces(GString *out, gsize count)
{
    gsize before = out->len;
    if (!count)
        return;
    g_string_set_size(out, before + count);
    memset(out->str + before, ' ', count);
}

static void append_styled(GString *out, const char *text, gsize length, enum table_style style)
{
    if (!length)
        return;
    if (style != TABLE_PLAIN)
        g_string_append(out, table_sgr(style));
    g_string_append_len(out, text, (gssize)length);
    if (style != TABLE_PLAIN)
        g_string_append(out, table_sgr(TABLE_PLAIN));
}

/* text is the cell's own, or what a cut left of it: a head that was cut is none. */
static void append_cell(GString *out, const char *text, const struct shown *cell,
                        const struct table_look *look)
{
    gsize length = strlen(text), head = MIN(cell->head, length);
    const char *url = look->links ? cell->url : NULL;

    if (strncmp(text, cell->text, head) != 0)
        head = 0;
    if (url)
        hyperlink_open(out, url);
    append_styled(out, text, head, look->color ? cell->head_style : TABLE_PLAIN);
    append_styled(out, text + head, length - head, look->color ? cell->style : TABLE_PLAIN);
    if (url)
        hyperlink_close(out);
}

/* Spaces wait until a cell with text follows, so that none end a line. */
static void print_line(GString *out, const struct layout *layout, const struct shown *cells,
                       const struct table_look *look)
{
    gsize spaces = 0;

    for (guint i = 0; i < layout->table->count; i++) {
        g_autofree char *cut = NULL;
        const char *text = cells[i].text;
        guint width = cells[i].width;
        if (layout->dropped[i])
            continue;
        if (width > layout->widths[i]) {
            text = cut = plain_truncate(text, layout->widths[i]);
            width = plain_width(cut);
        }
        gboolean right = layout->table->columns[i].align == TABLE_RIGHT;
        guint fill = layout->widths[i] - width;
        spaces += right ? fill : 0;
        if (*text) {
            append_spaces(out, spaces);
            append_cell(out, text, &cells[i], look);
            spaces = 0;
        }
        spaces += (right ? 0 : fill) + GAP;
    }
    g_string_append_c(out, '\n');
}

void table_print_text(const struct table *table, GString *out, const struct table_look *look)
{
    struct layout layout;

    layout_init(&layout, table, look->header);
    if (look->width) {
        layout_drop(&layout, look->width);
        layout_shrink(&layout, look->width);
    }
    for (guint i = 0; i < layout.shown->len; i += table->count)
        print_line(out, &layout, &g_array_index(layout.shown, struct shown, i), look);
    layout_clear(&layout);
}
