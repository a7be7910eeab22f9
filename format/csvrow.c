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
    const char *text;
    GPtrArray *rows;    /* where they go; NULL: to visit */
    csvrow_visit visit; /* FALSE ends the reading */
    gpointer data;
    GPtrArray *cells; /* of the row that is being read */
    guint line;       /* of the segment that is being read */
    guint row_line;   /* where the row began */
    gsize row_start;
    guint count;      /* of rows */
    guint first_line; /* of the first row, */
    guint first_count;
    gboolean open;    /* a row has begun and not ended */
    gboolean stopped; /* by visit */
    GError *error;    /* the first */
};

static void refuse(struct reading *reading, struct position at, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void refuse(struct reading *reading, struct position at, const char *format, ...)
{
    va_list arguments;
    if (reading->error)
        return;
    va_start(arguments, format);
    reading->error = g_error_new_valist(CSVROW_ERROR, 0, format, arguments);
    va_end(arguments);
    g_prefix_error(&reading->error, "%u:%u: ", at.line, at.column);
}

static struct position row_place(const struct reading *reading)
{
    return (struct position){ reading->row_line, 1 };
}

static void take_cell(void *text, size_t length, void *data)
{
    struct reading *reading = data;
    const struct csvrow_options *options = reading->options;

    if (length > options->cell_bytes)
        refuse(reading, row_place(reading),
               "expected cells of at most %" G_GSIZE_FORMAT " bytes, found %" G_GSIZE_FORMAT,
               options->cell_bytes, length);
    else if (reading->cells->len >= options->cells)
        refuse(reading, row_place(reading), "expected at most %u cells in a row", options->cells);
    if (!reading->error && !reading->stopped)
        g_ptr_array_add(reading->cells, g_strndup(text, length));
}

static void free_row(gpointer data)
{
    struct csvrow *row = data;
    g_strfreev(row->cells);
    g_free(row);
}

static struct csvrow *end_row(struct reading *reading)
{
    struct csvrow *row = g_new(struct csvrow, 1);
    guint count = reading->cells->len;

    g_ptr_array_add(reading->cells, NULL);
    *row = (struct csvrow){ reading->row_line, count, (char **)g_ptr_array_steal(reading->cells, NULL),
                            reading->row_start };
    return row;
}

static void take_row(int terminator, void *data)
{
    struct reading *reading = data;
    const struct csvrow_options *options = reading->options;
    guint count = reading->cells->len;

    reading->open = FALSE;
    if (reading->stopped)
        return;
    if (reading->count >= options->rows)
        refuse(reading, row_place(reading), "expected at most %u rows", options->rows);
    if (options->strict && !options->uneven && reading->count > 0 && reading->first_count != count)
        refuse(reading, row_place(reading), "expected %u cells as in line %u, found %u", reading->first_count,
               reading->first_line, count);
    if (reading->error)
        return;
    if (reading->count++ == 0) {
        reading->first_line = reading->row_line;
        reading->first_count = count;
    }
    struct csvrow *row = end_row(reading);
    if (reading->rows) {
        g_ptr_array_add(reading->rows, row);
        return;
    }
    reading->stopped = !reading->visit(row, reading->data);
    free_row(row);
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

static void refuse_syntax(struct reading *reading, const char *line, const char *at, const char *end)
{
    struct position place = { reading->line, (guint)g_utf8_strlen(line, at - line) + 1 };

    if (*at == '"') {
        refuse(reading, place, "expected quotes around the whole cell, found one inside it");
        return;
    }
    g_autofree char *found = plain_escape(at, MIN(g_utf8_next_char(at), end) - at);
    refuse(reading, place, "expected a separator after the closing quote, found '%s'", found);
}

static void read_segments(struct reading *reading, struct csv_parser *parser, const char *text, gsize length)
{
    while (length && !reading->error && !reading->stopped) {
        gsize segment = segment_length(text, length);
        reading->line++;
        if (!reading->open && begins_row(reading->options, text, segment)) {
            reading->open = TRUE;
            reading->row_line = reading->line;
            reading->row_start = (gsize)(text - reading->text);
        }
        gsize used = csv_parse(parser, text, segment, take_cell, take_row, reading);
        if (used < segment)
            refuse_syntax(reading, text, text + used, text + segment);
        text += segment;
        length -= segment;
    }
    if (reading->error || reading->stopped)
        return;
    if (csv_fini(parser, take_cell, take_row, reading) != 0)
        refuse(reading, row_place(reading),
               "expected a closing quote in this row, found the end of the file");
}

static gboolean check_bytes(struct reading *reading, const char *text, gsize length)
{
    const char *bad;

    if (length > reading->options->bytes)
        refuse(reading, (struct position){ 1, 1 },
               "expected at most %" G_GSIZE_FORMAT " bytes of CSV, found %" G_GSIZE_FORMAT,
               reading->options->bytes, length);
    else if (!g_utf8_validate_len(text, length, &bad))
        refuse(reading, lines_locate(text, length, (gsize)(bad - text)),
               "expected UTF-8, found the byte 0x%02x", (guchar)*bad);
    return reading->error == NULL;
}

static int no_space(unsigned char character)
{
    return 0;
}

static gboolean read_text(struct reading *reading, const char *text, gsize length, GError **error)
{
    const struct csvrow_options *options = reading->options;
    gsize bom = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    struct csv_parser parser;

    if (check_bytes(reading, text, length)) {
        reading->text = text;
        reading->cells = g_ptr_array_new_with_free_func(g_free);
        csv_init(&parser, options->strict ? CSV_STRICT | CSV_STRICT_FINI : 0);
        csv_set_delim(&parser, (unsigned char)options->separator);
        csv_set_blk_size(&parser, 4096);
        if (options->strict)
            csv_set_space_func(&parser, no_space);
        read_segments(reading, &parser, text + bom, length - bom);
        csv_free(&parser);
        g_ptr_array_unref(reading->cells);
    }
    if (!reading->error)
        return TRUE;
    g_propagate_error(error, reading->error);
    return FALSE;
}

gboolean csvrow_each(const char *text, gsize length, const struct csvrow_options *options, csvrow_visit visit,
                     gpointer data, GError **error)
{
    struct reading reading = { .options = options, .visit = visit, .data = data };
    return read_text(&reading, text, length, error);
}

GPtrArray *csvrow_parse(const char *text, gsize length, const struct csvrow_options *options, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_row);
    struct reading reading = { .options = options, .rows = rows };

    return read_text(&reading, text, length, error) ? g_steal_pointer(&rows) : NULL;
}

struct position csvrow_locate(const char *text, gsize length, const struct csvrow_options *options,
                              const struct csvrow *row, guint index)
{
    struct position place = { row->line, 1 };
    gboolean quoted = FALSE;

    for (gsize at = row->start; at < length && index > 0; at++) {
        gboolean ends = text[at] == '\n' || (text[at] == '\r' && (at + 1 == length || text[at + 1] != '\n'));
        if (text[at] == '"')
            quoted = !quoted;
        else if (text[at] == options->separator && !quoted)
            index--;
        if (ends)
            place = (struct position){ place.line + 1, 1 };
        else
            place.column += ((guchar)text[at] & 0xc0) != 0x80;
    }
    return place;
}
