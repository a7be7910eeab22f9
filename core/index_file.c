#include "index_file.h"

#include "index_private.h"

#include <string.h>
#include <sys/stat.h>

/* The columns of INDEX_COLUMNS. */
enum column {
    COLUMN_ID,
    COLUMN_PATH,
    COLUMN_VERSION,
    COLUMN_SIZE,
    COLUMN_MTIME,
    COLUMN_CTIME,
    COLUMN_INODE,
    COLUMN_DEVICE,
    COLUMN_ITEM,
    COLUMN_SUM,
};

/* -- keys -- */

static gint64 nanoseconds(const struct timespec *time)
{
    return (gint64)((guint64)time->tv_sec * 1000000000u + (guint64)time->tv_nsec);
}

struct index_key index_key_of(const struct stat *status)
{
    return (struct index_key){
        .size = status->st_size,
        .mtime = nanoseconds(&status->st_mtim),
        .ctime = nanoseconds(&status->st_ctim),
        .inode = (gint64)status->st_ino,
        .device = (gint64)status->st_dev,
    };
}

gboolean index_key_equal(const struct index_key *a, const struct index_key *b)
{
    return a->size == b->size && a->mtime == b->mtime && a->ctime == b->ctime && a->inode == b->inode &&
           a->device == b->device;
}

/* -- sums -- */

/* FNV-1a over words of 8 bytes, with the upper half of each product folded into the lower: any change of one
 * word changes it. It finds damage; nobody who could forge it would need to. */
guint64 index_sum_number(guint64 sum, gint64 number)
{
    sum = (sum ^ (guint64)number) * G_GUINT64_CONSTANT(0x100000001b3);
    return sum ^ sum >> 32;
}

guint64 index_sum_bytes(guint64 sum, const void *bytes, gsize length)
{
    const char *at = bytes;
    gint64 word;

    sum = index_sum_number(sum, (gint64)length);
    for (; length >= sizeof word; at += sizeof word, length -= sizeof word) {
        memcpy(&word, at, sizeof word);
        sum = index_sum_number(sum, word);
    }
    word = 0;
    if (length)
        memcpy(&word, at, length);
    return index_sum_number(sum, word);
}

static gint64 sum_of(const struct index_row *row)
{
    const gint64 numbers[] = { row->id,        row->version,   row->key.size,  row->key.mtime,
                               row->key.ctime, row->key.inode, row->key.device };
    guint64 sum = INDEX_SUM;

    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
        sum = index_sum_number(sum, numbers[i]);
    sum = index_sum_bytes(sum, row->path, strlen(row->path));
    return (gint64)index_sum_bytes(sum, row->item, row->length);
}

/* -- reading -- */

/* Sets row to what the statement gives, borrowed until its next step; FALSE where that was not written so. */
static gboolean read_row(sqlite3_stmt *select, struct index_row *row)
{
    const char *path = (const char *)sqlite3_column_text(select, COLUMN_PATH);

    *row = (struct index_row){
        .id = sqlite3_column_int64(select, COLUMN_ID),
        .version = sqlite3_column_int64(select, COLUMN_VERSION),
        .path = path,
        .key = {
            .size = sqlite3_column_int64(select, COLUMN_SIZE),
            .mtime = sqlite3_column_int64(select, COLUMN_MTIME),
            .ctime = sqlite3_column_int64(select, COLUMN_CTIME),
            .inode = sqlite3_column_int64(select, COLUMN_INODE),
            .device = sqlite3_column_int64(select, COLUMN_DEVICE),
        },
        .item = sqlite3_column_blob(select, COLUMN_ITEM),
        .length = (gsize)sqlite3_column_bytes(select, COLUMN_ITEM),
    };
    return path && sum_of(row) == sqlite3_column_int64(select, COLUMN_SUM);
}

void index_rows_read(struct index *index, void (*take)(const struct index_row *row, gpointer data),
                     gpointer data)
{
    sqlite3_stmt *select = index_prepare(index, "SELECT " INDEX_COLUMNS " FROM file ORDER BY id");
    gboolean good = TRUE;

    while (good && index_step(index, select)) {
        struct index_row row;
        good = read_row(select, &row);
        if (good)
            take(&row, data);
    }
    sqlite3_finalize(select);
    if (!good)
        index_renew(index);
}

guint index_renewals(const struct index *index)
{
    return index->renewals;
}

/* -- writing -- */

/* The greatest id; -1 where that cannot be told. */
static gint64 read_last(struct index *index)
{
    sqlite3_stmt *select = index_prepare(index, "SELECT max(id) FROM file");
    gint64 last = index_step(index, select) ? sqlite3_column_int64(select, 0) : -1;

    sqlite3_finalize(select);
    return last;
}

struct index_writer *index_writer_open(struct index *index)
{
    if (!index_begin(index))
        return NULL;

    struct index_writer *writer = g_new0(struct index_writer, 1);
    writer->index = index;
    writer->add = index_prepare(index, "INSERT OR REPLACE INTO file (" INDEX_COLUMNS
                                       ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    writer->remove = index_prepare(index, "DELETE FROM file WHERE id = ?");
    writer->add_facts =
        index_prepare(index, "INSERT OR REPLACE INTO facts (file, version, settings, facts, sum)"
                             " VALUES (?, ?, ?, ?, ?)");
    writer->last = read_last(index);
    writer->good = writer->add && writer->remove && writer->add_facts && writer->last >= 0 &&
                   writer->last < G_MAXINT64 / 2;
    return writer;
}

void index_writer_add(struct index_writer *writer, struct index_row *row)
{
    sqlite3_stmt *add = writer->add;

    if (!writer->good)
        return;
    if (row->id == 0)
        row->id = ++writer->last;
    row->version = index_next_version(writer->index);
    const gint64 numbers[][2] = {
        { COLUMN_ID, row->id },
        { COLUMN_VERSION, row->version },
        { COLUMN_SIZE, row->key.size },
        { COLUMN_MTIME, row->key.mtime },
        { COLUMN_CTIME, row->key.ctime },
        { COLUMN_INODE, row->key.inode },
        { COLUMN_DEVICE, row->key.device },
        { COLUMN_SUM, sum_of(row) },
    };
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
        sqlite3_bind_int64(add, (int)numbers[i][0] + 1, numbers[i][1]);
    sqlite3_bind_text(add, COLUMN_PATH + 1, row->path, -1, SQLITE_STATIC);
    sqlite3_bind_blob(add, COLUMN_ITEM + 1, row->item, (int)row->length, SQLITE_STATIC);
    writer->good = index_run(writer->index, add);
}

void index_writer_remove(struct index_writer *writer, gint64 id)
{
    if (!writer->good)
        return;
    sqlite3_bind_int64(writer->remove, 1, id);
    writer->good = index_run(writer->index, writer->remove);
}

gboolean index_writer_close(struct index_writer *writer)
{
    sqlite3_finalize(writer->add);
    sqlite3_finalize(writer->remove);
    sqlite3_finalize(writer->add_facts);
    gboolean good = index_end(writer->index, writer->good);
    g_free(writer);
    return good;
}
