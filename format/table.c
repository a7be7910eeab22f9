#include "table_private.h"

#include "plain.h"

#include <math.h>
#include <string.h>

struct table *table_new(const struct table_column *columns, guint count)
{
    struct table *table = g_new(struct table, 1);

    g_assert(count > 0);
    table->columns = g_memdup2(columns, count * sizeof *columns);
    table->count = count;
    table->cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
    table->strings = g_string_chunk_new(4096);
    return table;
}

void table_free(struct table *table)
{
    if (!table)
        return;
    g_string_chunk_free(table->strings);
    g_array_unref(table->cells);
    g_free(table->columns);
    g_free(table);
}

void table_add_cell(struct table *table, const struct table_cell *given)
{
    struct cell cell = {
        .text = given->text && *given->text ? g_string_chunk_insert(table->strings, given->text) : "",
        .url = given->url ? g_string_chunk_insert(table->strings, given->url) : NULL,
        .style = given->style,
        .head_style = given->head_style,
        .head = given->head,
    };
    g_array_append_val(table->cells, cell);
}

void table_add(struct table *table, const char *text, enum table_style style)
{
    table_add_cell(table, &(struct table_cell){ .text = text, .style = style });
}

void table_add_integer(struct table *table, gint64 value, enum table_style style)
{
    char digits[24];
    g_snprintf(digits, sizeof digits, "%" G_GINT64_FORMAT, value);
    table_add(table, digits, style);
}

guint table_rows(const struct table *table)
{
    return table->cells->len / table->count;
}

const struct cell *table_row(const struct table *table, guint row)
{
    g_assert(table->cells->len % table->count == 0);
    return &g_array_index(table->cells, struct cell, row * table->count);
}

const char *table_sgr(enum table_style style)
{
    static const char *const codes[] = {
        [TABLE_PLAIN] = "\x1b[m",         [TABLE_BOLD] = "\x1b[1m",     [TABLE_DIM] = "\x1b[2m",
        [TABLE_RED] = "\x1b[31m",         [TABLE_GREEN] = "\x1b[32m",   [TABLE_YELLOW] = "\x1b[33m",
        [TABLE_BLUE] = "\x1b[34m",        [TABLE_MAGENTA] = "\x1b[35m", [TABLE_CYAN] = "\x1b[36m",
        [TABLE_BOLD_CYAN] = "\x1b[1;36m",
    };
    return codes[style];
}

static void append_tsv(GString *out, const char *text, gboolean last)
{
    g_autofree char *doubled = NULL, *escaped = NULL;

    if (strchr(text, '\\')) {
        g_auto(GStrv) parts = g_strsplit(text, "\\", -1);
        text = doubled = g_strjoinv("\\\\", parts);
    }
    if (!plain_is_clean(text, -1))
        text = escaped = plain_escape(text, -1);
    g_string_append(out, text);
    g_string_append_c(out, last ? '\n' : '\t');
}

void table_print_tsv(const struct table *table, GString *out)
{
    guint rows = table_rows(table);

    for (guint i = 0; i < table->count; i++)
        append_tsv(out, table->columns[i].name, i + 1 == table->count);
    for (guint row = 0; row < rows; row++) {
        const struct cell *cells = table_row(table, row);
        for (guint i = 0; i < table->count; i++)
            append_tsv(out, cells[i].text, i + 1 == table->count);
    }
}

void table_print_csv(const struct table *table, GString *out, enum csvrow_safety safety)
{
    g_autofree const char **line = g_new(const char *, table->count);
    guint rows = table_rows(table);

    for (guint i = 0; i < table->count; i++)
        line[i] = table->columns[i].name;
    csvrow_print(out, line, table->count, safety);
    for (guint row = 0; row < rows; row++) {
        const struct cell *cells = table_row(table, row);
        for (guint i = 0; i < table->count; i++)
            line[i] = cells[i].text;
        csvrow_print(out, line, table->count, safety);
    }
}

static void append_markdown(GString *out, const char *text)
{
    g_autofree char *escaped = plain_escape_markdown(text, -1);
    g_string_append_printf(out, " %s%s|", escaped, *escaped ? " " : "");
}

void table_print_markdown(const struct table *table, GString *out)
{
    guint rows = table_rows(table);

    g_string_append_c(out, '|');
    for (guint i = 0; i < table->count; i++)
        append_markdown(out, table->columns[i].title);
    g_string_append(out, "\n|");
    for (guint i = 0; i < table->count; i++)
        g_string_append(out, table->columns[i].align == TABLE_RIGHT ? " ---: |" : " --- |");
    g_string_append_c(out, '\n');
    for (guint row = 0; row < rows; row++) {
        const struct cell *cells = table_row(table, row);
        g_string_append_c(out, '|');
        for (guint i = 0; i < table->count; i++)
            append_markdown(out, cells[i].text);
        g_string_append_c(out, '\n');
    }
}

/* A number is digits, perhaps with a sign and a fraction: what g_ascii_strtod takes beyond that is text here.
 */
static void add_json_number(struct json *object, const char *name, const char *text)
{
    gboolean fraction = strchr(text, '.') && !text[strspn(text, "-.0123456789")];
    gint64 integer;
    char *end;
    double real = g_ascii_strtod(text, &end);

    if (g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, &integer, NULL))
        json_add_integer(object, name, integer);
    else if (fraction && !*end && isfinite(real))
        json_add_real(object, name, real);
    else
        json_add_string(object, name, text);
}

void table_add_row_json(const struct table *table, guint row, struct json *object)
{
    const struct cell *cells = table_row(table, row);

    for (guint i = 0; i < table->count; i++) {
        const struct table_column *column = &table->columns[i];
        if (!*cells[i].text)
            json_add_null(object, column->name);
        else if (column->numeric)
            add_json_number(object, column->name, cells[i].text);
        else
            json_add_string(object, column->name, cells[i].text);
    }
}

void table_add_json(const struct table *table, struct json *array)
{
    guint rows = table_rows(table);
    for (guint row = 0; row < rows; row++)
        table_add_row_json(table, row, json_add_object(array, NULL));
}

void table_print_jsonl(const struct table *table, GString *out)
{
    guint rows = table_rows(table);
    for (guint row = 0; row < rows; row++) {
        g_autoptr(Json) object = json_new_object();
        table_add_row_json(table, row, object);
        g_autofree char *line = json_print(object, 0);
        g_string_append(out, line);
        g_string_append_c(out, '\n');
    }
}
