/*
 * The rows of the index, one a file: by what stat said of it when it was read, and what it held.
 *
 *     index_rows_read(index, take, data);
 *     struct index_writer *writer = index_writer_open(index);
 *     index_writer_add(writer, &row); …
 *     index_writer_close(writer);
 */
#pragma once

#include "index.h"

struct stat;

/* What tells whether a file is still the one that was read: times in nanoseconds. */
struct index_key {
    gint64 size;
    gint64 mtime;
    gint64 ctime;
    gint64 inode;
    gint64 device;
};

struct index_row {
    gint64 id;      /* 0: a new row */
    gint64 version; /* a number that was never given before, new whenever the row is written */
    const char *path;
    struct index_key key;
    const void *item; /* of index_item_print; NULL: the file holds no item */
    gsize length;     /* of item, in bytes */
};

/* The key of a file of which stat said status. */
struct index_key index_key_of(const struct stat *status);
gboolean index_key_equal(const struct index_key *a, const struct index_key *b);

/* Gives take the rows, borrowed for the call, in the order in which they were first added. A row that is not
 * what index_writer_add wrote ends it, and the index is made anew. */
void index_rows_read(struct index *index, void (*take)(const struct index_row *row, gpointer data),
                     gpointer data);

/* How often the index was made anew since it was opened: what was in it before is gone. */
guint index_renewals(const struct index *index);

/* Begins to write; NULL where that cannot be, as when another process does. */
struct index_writer *index_writer_open(struct index *index);

/* Writes the row: under its id, or under a new one, which it gets, in place of one of the same path. It gets
 * its version. */
void index_writer_add(struct index_writer *writer, struct index_row *row);
void index_writer_remove(struct index_writer *writer, gint64 id);

/* Ends writing; FALSE where nothing was written after all. */
gboolean index_writer_close(struct index_writer *writer);
