#include "csvrow.h"

#include "lines.h"
#include "plain.h"

#include <csv.h>
#include <string.h>

G_DEFINE_QUARK(refine_csvrow, csvrow_error)

const struct csvrow_options csvrow_default_options = {
    .separator = ',',
    .strict = TRUE,
    .bytes = 64 << 20,
    .rows = 1000000,
    .cells = 1000,
    .cell_bytes = 1 << 20,
};

static gboolean is_number(const char *cell)
{
    if (*cell == '-' || *cell == '+')
        cell++;
    gsize whole = strspn(cell, "0123456789");
    cell += whole;
    if (whole && *cell == '.' && g_ascii_isdigit(cell[1]))
        cell += 1 + strspn(cell + 1, "0123456789");
    return whole && !*cell;
}

/* Full-width forms too, which spreadsheets read as the same in some locales; and after spaces, which some
 * drop. */
static gboolean is_formula(const char *cell)
{
    static const char *const signs[] = { "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠" };
    if (is_number(cell))
        return FALSE;
    cell += strspn(cell, " ");
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        if (g_str_has_prefix(cell, signs[i]))
            return TRUE;
    return FALSE;
}

static void print_cell(GString *out, const char *cell, gboolean alone)
{
    gsize length = strlen(cell);
    gboolean quoted = length ? strpbrk(cell, ",;\"\t\r\n") || *cell == ' ' || cell[length - 1] == ' ' : alone;

    if (quoted) {
        gsize before = out->len, more = csv_write(NULL, 0, cell, length);
        g_string_set_size(out, before + more);
        csv_write(out->str + before, more, cell, length);
    } else {
        g_string_append_len(out, cell, (gssize)length);
    }
}

void csvrow_print(GString *out, const char *const *cells, guint count, enum csvrow_safety safety)
{
    for (guint i = 0; i < count; i++) {
        const char *cell = cells[i] ? cells[i] : "";
        g_autofree char *shown = NULL, *guarded = NULL;

        if (safety == CSVROW_GUARDED && is_formula(cell)) {
            /* the escape first: it would make a leading CR visible text, and no formula */
            shown = plain_escape_lines(cell, -1);
            cell = guarded = g_strconcat("'", shown, NULL);
        } else if (safety == CSVROW_GUARDED && !plain_is_clean(cell, -1)) {
            cell = shown = plain_escape_lines(cell, -1);
        }
        if (i)
            g_string_append_c(out, ',');
        print_cell(out, cell, count == 1);
    }
    g_string_append(out, "\r\n");
}

struct reading {
    const struct csvrow_options *options;
    GPtrArray *rows;
    GPtrArray *cells; /* of the row that is being read */
    guint line;       /* of the segment that is being read */
    guint row_line;   /* where the row began */
    gboolean open;    /* a row has begun and not ended */
    GError *error;    /* the first */
};

static void refuse(struct reading *reading, guint line, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void refuse(struct reading *reading, guint line, const char *format, ...)
{
    va_list arguments;
    if (reading->error)
        return;
    va_start(arguments, format);
    reading->error = g_error_new_valist(CSVROW_ERROR, 0, format, arguments);
    va_end(arguments);
    g_prefix_error(&reading->error, "line %u: ", line);
}

static void take_cell(void *text, size_t length, void *data)
{
    struct reading *reading = data;
    const struct csvrow_options *options = reading->options;

    if (length > options->cell_bytes)
        refuse(reading, reading->row_line,
               "expected cells of at most %" G_GSIZE_FORMAT " bytes, found %" G_GSIZE_FORMAT,
               options->cell_bytes, length);
    else if (reading->cells->len >= options->cells)
        refuse(reading, reading->row_line, "expected at most %u cells in a row", options->cells);
    if (!reading->error)
        g_ptr_array_add(reading->cells, g_strndup(text, length));
}

static void take_row(int terminator, void *data)
{
    struct reading *reading = data;
    const struct csvrow *first = reading->rows->len ? reading->rows->pdata[0] : NULL;
    guint count = reading->cells->len;

    reading->open = FALSE;
    if (reading->rows->len >= reading->options->rows)
        refuse(reading, reading->row_line, "expected at most %u rows", reading->options->rows);
    if (reading->options->strict && first && first->count != count)
        refuse(reading, reading->row_line, "expected %u cells as in line %u, found %u", first->count,
               first->line, count);
    if (reading->error)
        return;
    struct csvrow *row = g_new(struct csvrow, 1);
    g_ptr_array_add(reading->cells, NULL);
    *row = (struct csvrow){ reading->row_line, count, (char **)g_ptr_array_steal(reading->cells, NULL) };
    g_ptr_array_add(reading->rows, row);
}

static void free_row(gpointer data)
{
    struct csvrow *row = data;
    g_strfreev(row->cells);
    g_free(row);
}

/* Length of the first line, its ending included. libcsv counts no lines, so it is fed one at a time. */
static gsize segment_length(const char *text, gsize length)
{
    gsize i = 0;
    while (i < length && text[i] != '\n' && text[i] != '\r')
        i++;
    if (i + 1 < length && text[i] == '\r' && text[i + 1] == '\n')
        i++;
    return MIN(i + 1, length);
}

/* Whether a row begins in the segment; libcsv passes over the others without a word. */
static gboolean begins_row(const struct csvrow_options *options, const char *text, gsize length)
{
    gsize i = 0;
    while (!options->strict && i < length && text[i] != options->separator &&
           (text[i] == ' ' || text[i] == '\t'))
        i++;
    return i < length && text[i] != '\r' && text[i] != '\n';
}

static void refuse_syntax(struct reading *reading, const char *at, const char *end)
{
    if (*at == '"') {
        refuse(reading, reading->line, "expected quotes around the whole cell, found one inside it");
        return;
    }
    g_autofree char *found = plain_escape(at, MIN(g_utf8_next_char(at), end) - at);
    refuse(reading, reading->line, "expected a separator after the closing quote, found '%s'", found);
}

static void read_segments(struct reading *reading, struct csv_parser *parser, const char *text, gsize length)
{
    while (length && !reading->error) {
        gsize segment = segment_length(text, length);
        reading->line++;
        if (!reading->open && begins_row(reading->options, text, segment)) {
            reading->open = TRUE;
            reading->row_line = reading->line;
        }
        gsize used = csv_parse(parser, text, segment, take_cell, take_row, reading);
        if (used < segment)
            refuse_syntax(reading, text + used, text + segment);
        text += segment;
        length -= segment;
    }
    if (!reading->error && csv_fini(parser, take_cell, take_row, reading) != 0)
        refuse(reading, reading->row_line, "expected a closing quote in this row, found the end of the file");
}

static gboolean check_bytes(struct reading *reading, const char *text, gsize length)
{
    const char *bad;

    if (length > reading->options->bytes)
        refuse(reading, 1, "expected at most %" G_GSIZE_FORMAT " bytes of CSV, found %" G_GSIZE_FORMAT,
               reading->options->bytes, length);
    else if (!g_utf8_validate_len(text, length, &bad))
        refuse(reading, lines_locate(text, length, (gsize)(bad - text)).line,
               "expected UTF-8, found the byte 0x%02x", (guchar)*bad);
    return reading->error == NULL;
}

static int no_space(unsigned char character)
{
    return 0;
}

GPtrArray *csvrow_parse(const char *text, gsize length, const struct csvrow_options *options, GError **error)
{
    struct reading reading = { .options = options };
    struct csv_parser parser;

    if (!check_bytes(&reading, text, length)) {
        g_propagate_error(error, reading.error);
        return NULL;
    }
    gsize bom = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    reading.rows = g_ptr_array_new_with_free_func(free_row);
    reading.cells = g_ptr_array_new_with_free_func(g_free);

    csv_init(&parser, options->strict ? CSV_STRICT | CSV_STRICT_FINI : 0);
    csv_set_delim(&parser, (unsigned char)options->separator);
    csv_set_blk_size(&parser, 4096);
    if (options->strict)
        csv_set_space_func(&parser, no_space);
    read_segments(&reading, &parser, text + bom, length - bom);
    csv_free(&parser);

    g_ptr_array_unref(reading.cells);
    if (reading.error) {
        g_ptr_array_unref(reading.rows);
        g_propagate_error(error, reading.error);
        return NULL;
    }
    return reading.rows;
}
