#include "import_jira_table.h"

#include "import_jira_inline.h"

#include <string.h>

/* The line without white space around it. */
static void trim(const char **line, gsize *length)
{
    while (*length > 0 && g_ascii_isspace(**line)) {
        (*line)++;
        (*length)--;
    }
    while (*length > 0 && g_ascii_isspace((*line)[*length - 1]))
        (*length)--;
}

gboolean import_jira_is_row(const char *line, gsize length)
{
    trim(&line, &length);
    return length > 2 && *line == '|' && line[length - 1] == '|' && strspn(line, "|") < length;
}

/* Bytes up to the bar that ends the cell; a bar within brackets or braces that close is none. */
static gsize cell_length(const char *text, gsize length)
{
    gsize at = 0;

    while (at < length && text[at] != '|') {
        const char *close = NULL;
        if (text[at] == '\\' && at + 1 < length)
            at++;
        else if (text[at] == '[')
            close = g_strstr_len(text + at, (gssize)MIN(length - at, 2000), "]");
        else if (g_str_has_prefix(text + at, "{{"))
            close = g_strstr_len(text + at, (gssize)MIN(length - at, 2000), "}}");
        at = close ? (gsize)(close - text) + 1 : at + 1;
    }
    return MIN(at, length);
}

/* Appends the cell with every bar in it escaped. */
static void append_cell(GString *out, const char *text, gsize length)
{
    g_autoptr(GString) cell = g_string_new(NULL);

    trim(&text, &length);
    import_jira_inline(cell, text, length);
    for (gsize i = 0; i < cell->len; i++) {
        if (cell->str[i] == '|' && (i == 0 || cell->str[i - 1] != '\\'))
            g_string_append_c(out, '\\');
        g_string_append_c(out, cell->str[i]);
    }
}

/* Appends the row with at least that many cells; returns how many it has itself. */
static guint append_row(GString *out, const char *line, gsize length, guint least)
{
    guint count = 0;

    trim(&line, &length);
    g_string_append_c(out, '|');
    while (length > 0) {
        gsize bars = line[0] == '|' && length > 1 && line[1] == '|' ? 2 : 1;
        line += bars;
        length -= bars;
        if (length == 0)
            break;
        gsize cell = cell_length(line, length);
        g_string_append_c(out, ' ');
        append_cell(out, line, cell);
        g_string_append(out, " |");
        line += cell;
        length -= cell;
        count++;
    }
    for (guint i = count; i < least; i++)
        g_string_append(out, "  |");
    g_string_append_c(out, '\n');
    return count;
}

static gsize line_length(const char *text)
{
    const char *end = strchr(text, '\n');
    return end ? (gsize)(end - text) : strlen(text);
}

static gboolean is_header(const char *line)
{
    return g_str_has_prefix(line + strspn(line, " \t"), "||");
}

void import_jira_table(GString *out, const char *text, guint count)
{
    g_autoptr(GString) scratch = g_string_new(NULL);
    const char *line = text;
    guint widest = 0;

    for (guint i = 0; i < count; i++, line += line_length(line) + 1) {
        g_string_truncate(scratch, 0);
        widest = MAX(widest, append_row(scratch, line, line_length(line), 0));
    }
    line = text;
    for (guint i = 0; i < count; i++, line += line_length(line) + 1) {
        gboolean named = i == 0 && is_header(line);
        if (named)
            append_row(out, line, line_length(line), widest);
        else if (i == 0)
            append_row(out, "", 0, widest);
        for (guint column = 0; i == 0 && column < widest; column++)
            g_string_append(out, column ? " --- |" : "| --- |");
        g_string_append(out, i == 0 ? "\n" : "");
        if (!named)
            append_row(out, line, line_length(line), widest);
    }
}
