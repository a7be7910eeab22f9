/*
 * Sums over the tables that FTS5 keeps, so that a damaged page is not believed: SQLite sees damage only where
 * it breaks the structure, and a changed word does not.
 */
#include "search_private.h"

#include "index_private.h"

/* What each sum is over: what answers come from, and what is only needed to take a row out. */
static const char *const answers[] = {
    "SELECT id, block FROM searched_data ORDER BY id",
    "SELECT segid, term, pgno FROM searched_idx ORDER BY segid, term",
    "SELECT id, sz FROM searched_docsize ORDER BY id",
    "SELECT k, v FROM searched_config ORDER BY k",
    "SELECT row, version FROM searched_file ORDER BY row",
    NULL,
};
static const char *const texts[] = { "SELECT * FROM searched_content ORDER BY id", NULL };
static const char *const *const parts[N_SEARCH_SUMS] = {
    [SEARCH_SUM_ANSWERS] = answers,
    [SEARCH_SUM_TEXTS] = texts,
};

static guint64 add_row(guint64 sum, sqlite3_stmt *select)
{
    for (int i = 0; i < sqlite3_column_count(select); i++)
        if (sqlite3_column_type(select, i) == SQLITE_INTEGER) {
            sum = index_sum_number(sum, sqlite3_column_int64(select, i));
        } else {
            const void *bytes = sqlite3_column_blob(select, i);
            sum = index_sum_bytes(sum, bytes, (gsize)sqlite3_column_bytes(select, i));
        }
    return sum;
}

/* The sum of a part as it is; FALSE where that cannot be read. */
static gboolean add_up(struct index *index, enum search_sum part, gint64 *result)
{
    guint64 sum = INDEX_SUM;
    gboolean good = TRUE;

    for (gsize i = 0; parts[part][i] && good; i++) {
        sqlite3_stmt *select = index_prepare(index, parts[part][i]);
        while (index_step(index, select))
            sum = add_row(sum, select);
        good = select && sqlite3_errcode(sqlite3_db_handle(select)) == SQLITE_DONE;
        sqlite3_finalize(select);
    }
    *result = (gint64)sum;
    return good;
}

/* The sum that was written, 0 where there is none; FALSE where it cannot be read. */
static gboolean read_sum(struct index *index, enum search_sum part, gint64 *sum)
{
    sqlite3_stmt *select = index_prepare(index, "SELECT sum FROM searched_sum WHERE part = ?");
    if (!select)
        return FALSE;
    sqlite3_bind_int(select, 1, (int)part);
    gboolean there = index_step(index, select);
    *sum = there ? sqlite3_column_int64(select, 0) : 0;
    gboolean good = there || sqlite3_errcode(sqlite3_db_handle(select)) == SQLITE_DONE;
    sqlite3_finalize(select);
    return good;
}

gboolean search_sum_check(struct index *index, enum search_sum part, gboolean *damaged)
{
    gint64 written = 0, seen = 0;
    gboolean good = read_sum(index, part, &written) && add_up(index, part, &seen);

    *damaged = good && written != seen;
    return good && written == seen;
}

gboolean search_sum_write(struct index *index)
{
    sqlite3_stmt *insert = index_prepare(index, "INSERT OR REPLACE INTO searched_sum VALUES (?, ?)");
    gboolean good = insert != NULL;

    for (int part = 0; part < N_SEARCH_SUMS && good; part++) {
        gint64 sum = 0;
        good = add_up(index, (enum search_sum)part, &sum);
        sqlite3_bind_int(insert, 1, part);
        sqlite3_bind_int64(insert, 2, sum);
        good = good && index_run(index, insert);
    }
    sqlite3_finalize(insert);
    return good;
}
