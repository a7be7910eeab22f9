/*
 * Rows of cells under named columns, printed in every shape that a command offers.
 *
 * table_new with the columns, then table_add for each cell, row after row from left to right, then one of the
 * printers, which append to a string. Cells hold text as it is, untrusted; each printer escapes what its
 * format needs. Every line, the last too, ends with LF, of CSV with CR LF.
 */
#pragma once

#include "csvrow.h"
#include "json.h"

enum table_style {
    TABLE_PLAIN,
    TABLE_BOLD,
    TABLE_DIM,
    TABLE_RED,
    TABLE_GREEN,
    TABLE_YELLOW,
    TABLE_BLUE,
    TABLE_MAGENTA,
    TABLE_CYAN,
    TABLE_BOLD_CYAN,
};

enum table_align { TABLE_LEFT, TABLE_RIGHT };

struct table_column {
    const char *name;  /* for programs: key of JSON, heading of TSV and CSV */
    const char *title; /* for people: heading of text and Markdown */
    enum table_align align;
    gboolean numeric; /* a cell that is a number is one in JSON */
    guint shrink;     /* 0: never cut; else 1 is cut first where the line is too wide, then 2, … */
    guint minimum;    /* columns of the terminal that a cut leaves; at least 1 */
    guint drop; /* 0: always shown; else 1 is left out of text first where cutting is not enough, then 2, … */
};

struct table;

/* An empty table. The columns are copied, their strings borrowed. */
struct table *table_new(const struct table_column *columns, guint count);
void table_free(struct table *table);
typedef struct table Table; /* for g_autoptr(Table) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Table, table_free)

/* Adds the next cell; text is copied, NULL is an empty cell. The printers want whole rows. */
void table_add(struct table *table, const char *text, enum table_style style);
void table_add_integer(struct table *table, gint64 value, enum table_style style);

/* A cell that is more than text in one style. */
struct table_cell {
    const char *text;
    enum table_style style;
    gsize head; /* bytes of text that have a style of their own */
    enum table_style head_style;
    const char *url; /* one of hyperlink.h that the text leads to; NULL: none */
};

void table_add_cell(struct table *table, const struct table_cell *cell);

/* Whole rows so far. */
guint table_rows(const struct table *table);

struct table_look {
    guint width;     /* columns of the terminal; 0 is no limit */
    gboolean header; /* a first line of titles */
    gboolean color;  /* write the styles */
    gboolean links;  /* write the links */
};

/* Columns side by side, two spaces between, no spaces at the end of a line. Where a line would be wider than
 * look says, columns are cut as their shrink says; where that is not enough, some are left out as their drop
 * says; where that is not enough either, lines stay too wide. */
void table_print_text(const struct table *table, GString *out, const struct table_look *look);

/* A heading, then a row a line. A backslash is "\\", tab "\t", newline "\n", and so on as plain_escape:
 * undoing the backslashes gives each cell back byte by byte. */
void table_print_tsv(const struct table *table, GString *out);

/* A heading, then the rows, as csvrow_print. */
void table_print_csv(const struct table *table, GString *out, enum csvrow_safety safety);

/* A GitHub table, cells as plain_escape_markdown. */
void table_print_markdown(const struct table *table, GString *out);

/* Adds an object for each row to array. An empty cell is null whatever its column; a numeric cell that is no
 * number is a string, such as an estimate of "M". */
void table_add_json(const struct table *table, struct json *array);

/* Adds the cells of one row to object, in the same way. */
void table_add_row_json(const struct table *table, guint row, struct json *object);

/* The same objects, one a line. */
void table_print_jsonl(const struct table *table, GString *out);

/* What switches a terminal to the style; TABLE_PLAIN switches all styles off. */
const char *table_sgr(enum table_style style);
