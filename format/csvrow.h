/*
 * Rows of CSV (RFC 4180), written and read. The header is not named csv.h because libcsv's own is.
 *
 * csvrow_print writes one row; csvrow_parse reads a whole text into rows that know their line, csvrow_each
 * one row after another, so that of a long text no more than a row is kept.
 *
 * A file of cells from a backlog is opened in spreadsheets, where a cell that begins with "=", "+", "-", "@",
 * a tab or a carriage return is a formula: such cells get a "'" before them (OWASP ASVS 5.0, 1.2.10), and
 * text is made fit to be shown as by plain_escape_lines. A cell written raw is the caller's text to the byte.
 */
#pragma once

#include "lines.h"

enum csvrow_safety { CSVROW_GUARDED, CSVROW_RAW };

/* Appends a row of count cells, ended by CR LF. A cell that is NULL is empty. A plain number such as "-5" is
 * no formula and keeps its sign. Cells are quoted where a reader with comma, semicolon or tab as separator
 * needs it. */
void csvrow_print(GString *out, const char *const *cells, guint count, enum csvrow_safety safety);

struct csvrow {
    guint line;   /* of the file, from 1, where the row begins */
    guint count;  /* of cells */
    char **cells; /* valid UTF-8, ended by a NULL */
    gsize start;  /* byte of the text where the row begins */
};

struct csvrow_options {
    char separator;
    /* Strict: quotes only around and doubled inside a cell, spaces are part of a cell, the last quote is
     * closed, every row has as many cells as the first. Else a stray quote is text and space around a cell is
     * dropped. */
    gboolean strict;
    gboolean uneven;  /* strict, but rows may differ in how many cells they have */
    gsize bytes;      /* limit of the whole text */
    guint rows;       /* limits of rows, */
    guint cells;      /* of cells in a row, */
    gsize cell_bytes; /* and of bytes in a cell */
};

/* Comma, strict, 64 MiB, 1,000,000 rows, 1,000 cells, 1 MiB. */
extern const struct csvrow_options csvrow_default_options;

#define CSVROW_ERROR (csvrow_error_quark())
GQuark csvrow_error_quark(void);

/* The rows of text as a list of struct csvrow, which g_ptr_array_unref frees. Lines end with LF, CR LF or CR;
 * empty ones are no rows; a byte order mark is skipped. NULL with a message that begins "LINE:COLUMN: ". */
GPtrArray *csvrow_parse(const char *text, gsize length, const struct csvrow_options *options, GError **error);

/* Takes a row, which is borrowed. FALSE ends the reading, which then has not failed. */
typedef gboolean (*csvrow_visit)(const struct csvrow *row, gpointer data);

/* The same, row by row; what was visited before an error was so. */
gboolean csvrow_each(const char *text, gsize length, const struct csvrow_options *options, csvrow_visit visit,
                     gpointer data, GError **error);

/* Where the cell at index, from 0, of a row of that text begins; meant for messages, strict reading only. */
struct position csvrow_locate(const char *text, gsize length, const struct csvrow_options *options,
                              const struct csvrow *row, guint index);
