#include "dot_plot.h"

#include "plain.h"

#include <string.h>

/* Scales of more steps than this are shown around the dots alone. */
#define LONG 12

#define INDENT 2
#define GAP 2

/* Columns of a dot and the number of them. */
#define COUNTED 4

/* Columns that are left for words behind the dots where the terminal is narrow. */
#define LEAST_WORDS 12

static void clear_row(gpointer data)
{
    struct dot_row *row = data;
    g_free(row->value);
    g_string_free(row->words, TRUE);
}

static struct dot_row row_of(const char *value, double weight)
{
    return (struct dot_row){ .value = g_strdup(value), .weight = weight, .words = g_string_new(NULL) };
}

GArray *dot_plot_new(const struct scale *scale)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct dot_row));

    g_array_set_clear_func(rows, clear_row);
    for (guint i = 0; i < scale->n; i++) {
        struct dot_row row = row_of(scale->steps[i].value, scale->steps[i].weight);
        g_array_append_val(rows, row);
    }
    return rows;
}

/* Whether the row stands before that of the value: values without a weight have a row each, as they come. */
static gboolean stands_before(const struct dot_row *row, const char *value, double weight)
{
    return row->weight < weight || (weight == G_MAXDOUBLE && strcmp(row->value, value) != 0);
}

struct dot_row *dot_plot_find(GArray *rows, const char *value, double weight)
{
    guint at = 0;

    while (at < rows->len && stands_before(&g_array_index(rows, struct dot_row, at), value, weight))
        at++;
    if (at == rows->len || g_array_index(rows, struct dot_row, at).weight > weight) {
        struct dot_row row = row_of(value, weight);
        g_array_insert_val(rows, at, row);
    }
    return &g_array_index(rows, struct dot_row, at);
}

/* The rows that are printed. */
static struct span shown_rows(const GArray *rows)
{
    gsize first = rows->len, last = 0;

    for (guint i = 0; i < rows->len; i++)
        if (g_array_index(rows, struct dot_row, i).dots) {
            first = MIN(first, i);
            last = i;
        }
    if (rows->len <= LONG || first == rows->len)
        return (struct span){ 0, rows->len };
    return (struct span){ first ? first - 1 : 0, MIN(last + 2, rows->len) };
}

struct layout {
    guint values;   /* columns */
    guint dots;     /* the same */
    gboolean drawn; /* each dot, not their number */
};

static struct layout lay_out(const GArray *rows, struct span shown, guint width)
{
    struct layout layout = { 0, 0, TRUE };
    gboolean words = FALSE;

    for (gsize i = shown.start; i < shown.end; i++) {
        const struct dot_row *row = &g_array_index(rows, struct dot_row, i);
        g_autofree char *value = plain_escape(row->value, -1);
        layout.values = MAX(layout.values, plain_width(value));
        layout.dots = MAX(layout.dots, row->dots);
        words = words || row->words->len;
    }
    layout.drawn =
        !width || INDENT + layout.values + GAP + layout.dots + (words ? GAP + LEAST_WORDS : 0) <= width;
    if (!layout.drawn)
        layout.dots = COUNTED;
    return layout;
}

/* "●●●", or where these do not fit "● 3". */
static guint add_dots(struct styled *line, const struct dot_row *row, const struct layout *layout,
                      const struct styled_look *look)
{
    const char *dot = look->utf8 ? "●" : "*";

    if (layout->drawn || row->dots < 2) {
        styled_add_fill(line, dot, row->dots, row->marks | STYLED(TABLE_CYAN));
        return row->dots;
    }
    g_autofree char *number = g_strdup_printf(" %u", row->dots);
    styled_add_fill(line, dot, 1, row->marks | STYLED(TABLE_CYAN));
    styled_add(line, number, -1, row->marks, NULL);
    return 1 + (guint)strlen(number);
}

static void print_row(const struct dot_row *row, const struct layout *layout, GString *out,
                      const struct styled_look *look)
{
    g_autoptr(Styled) front = styled_new(), rest = styled_new(), words = styled_new();
    g_autofree char *value = plain_escape(row->value, -1);
    guint used = plain_width(value);

    styled_add_fill(front, " ", INDENT + layout->values - MIN(used, layout->values), 0);
    styled_add(front, row->value, -1, row->dots ? row->marks : STYLED(TABLE_DIM), NULL);
    styled_add_fill(front, " ", GAP, 0);
    guint dots = add_dots(front, row, layout, look);
    if (!row->words->len) {
        styled_print_line(front, out, look);
        return;
    }
    styled_add_fill(front, " ", GAP + (layout->dots > dots ? layout->dots - dots : 0), 0);
    styled_add_fill(rest, " ", INDENT + layout->values + GAP + MAX(layout->dots, dots) + GAP, 0);
    styled_add(words, row->words->str, (gssize)row->words->len, row->marks, NULL);
    styled_print(words, out, front, rest, look);
}

void dot_plot_print(const GArray *rows, GString *out, const struct styled_look *look)
{
    struct span shown = shown_rows(rows);
    struct layout layout = lay_out(rows, shown, look->width);

    for (gsize i = shown.start; i < shown.end; i++)
        print_row(&g_array_index(rows, struct dot_row, i), &layout, out, look);
}
