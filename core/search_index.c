/*
 * The table of search in the database of the index: kept from one run to the next, so that only files that
 * the index has read anew are read here. Its rows are those of the table "file", with their versions. Files
 * that the index does not answer for yet have rows below 0, which are made anew each time.
 */
#include "search_private.h"

#include "backlog_private.h"
#include "index_private.h"

/* So many files that the index does not answer for are read faster into memory. */
#define MANY_UNKNOWN 200

#define DROP                                                                                                 \
    "DROP TABLE IF EXISTS searched_file; DROP TABLE IF EXISTS searched_sum; DROP TABLE IF EXISTS searched"
#define FILES                                                                                                \
    "CREATE TABLE searched_file (row INTEGER PRIMARY KEY, version INTEGER);"                                 \
    "CREATE TABLE searched_sum (part INTEGER PRIMARY KEY, sum INTEGER)"

/* A row of the tables, and what is to become of it. */
struct row {
    gint64 row;
    gint64 version; /* 0: unknown */
    guint item;     /* index; G_MAXUINT: of none */
};

/* What is out of date. */
struct difference {
    GArray *gone;  /* struct row: rows of files that are not there any more */
    GArray *stale; /* struct row: rows to be made, or made anew */
    guint unknown; /* of these, without a version */
};

static void difference_init(struct difference *difference)
{
    difference->gone = g_array_new(FALSE, FALSE, sizeof(struct row));
    difference->stale = g_array_new(FALSE, FALSE, sizeof(struct row));
    difference->unknown = 0;
}

static void difference_clear(struct difference *difference)
{
    g_array_unref(difference->gone);
    g_array_unref(difference->stale);
}

/* -- what is there -- */

/* Whether the tables are there; made where they are not and can be. */
static gboolean provide_tables(struct index *index)
{
    sqlite3_stmt *select =
        index_prepare(index, "SELECT row, version, part FROM searched_file, searched, searched_sum LIMIT 1");
    gboolean there = select != NULL;

    sqlite3_finalize(select);
    if (there || !index_begin(index))
        return there;
    gboolean good = index_execute(index, DROP) && index_execute(index, FILES) &&
                    index_execute(index, SEARCH_TABLE("")) && search_sum_write(index);
    return index_end(index, good);
}

/* The rows that are there, rising; NULL where these cannot be read. */
static GArray *read_rows(struct index *index)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct row));
    sqlite3_stmt *select = index_prepare(index, "SELECT row, version FROM searched_file ORDER BY row");

    while (index_step(index, select)) {
        struct row row = { sqlite3_column_int64(select, 0), sqlite3_column_int64(select, 1), G_MAXUINT };
        g_array_append_val(rows, row);
    }
    gboolean whole = select && sqlite3_errcode(sqlite3_db_handle(select)) == SQLITE_DONE;
    sqlite3_finalize(select);
    return whole ? g_steal_pointer(&rows) : NULL;
}

static gint compare_rows(gconstpointer a, gconstpointer b)
{
    const struct row *one = a, *other = b;
    return one->row < other->row ? -1 : one->row > other->row;
}

/* Whether no two items have one row, as in an index that was made anew while it was written. */
static gboolean are_distinct(const GArray *rows)
{
    for (guint i = 1; i < rows->len; i++)
        if (g_array_index(rows, struct row, i - 1).row == g_array_index(rows, struct row, i).row)
            return FALSE;
    return TRUE;
}

/* The rows that there should be, rising. */
static GArray *wanted_rows(struct backlog *backlog)
{
    GArray *rows = g_array_sized_new(FALSE, FALSE, sizeof(struct row), backlog->items->len);
    g_autoptr(GHashTable) entries = g_hash_table_new(NULL, NULL);

    /* The path of an item is that of its entry, the very same. */
    for (guint i = 0; i < backlog->entries->len; i++)
        g_hash_table_insert(entries, (gpointer)g_array_index(backlog->entries, struct entry, i).path,
                            GUINT_TO_POINTER(i + 1));
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        guint entry = GPOINTER_TO_UINT(g_hash_table_lookup(entries, item->path));
        struct row row = { -(gint64)i - 1, 0, i };
        if (!item->readable)
            continue;
        if (entry)
            backlog_index_row(backlog, entry - 1, &row.row, &row.version);
        g_array_append_val(rows, row);
    }
    g_array_sort(rows, compare_rows);
    return rows;
}

static void compare(const GArray *there, const GArray *wanted, struct difference *difference)
{
    guint i = 0;

    for (guint j = 0; j < wanted->len; j++) {
        const struct row *want = &g_array_index(wanted, struct row, j);
        for (; i < there->len && g_array_index(there, struct row, i).row < want->row; i++)
            g_array_append_vals(difference->gone, &g_array_index(there, struct row, i), 1);
        const struct row *here = i < there->len ? &g_array_index(there, struct row, i) : NULL;
        gboolean same = here && here->row == want->row;
        if (!same || !want->version || here->version != want->version)
            g_array_append_vals(difference->stale, want, 1);
        difference->unknown += !want->version;
        i += same;
    }
    if (i < there->len)
        g_array_append_vals(difference->gone, &g_array_index(there, struct row, i), there->len - i);
}

/* -- bringing it up to date -- */

/* Runs a statement of one number, and of another where it has two. */
static gboolean run(struct index *index, sqlite3_stmt *statement, gint64 row, gint64 version)
{
    sqlite3_bind_int64(statement, 1, row);
    if (sqlite3_bind_parameter_count(statement) > 1)
        sqlite3_bind_int64(statement, 2, version);
    return index_run(index, statement);
}

/* Fills the row anew. What could not be read is noted without a version, so that it is read the next time. */
static gboolean write_row(struct search *search, sqlite3_stmt *note, sqlite3_stmt *insert,
                          const struct row *stale)
{
    gboolean read;
    return search_store_insert(search, insert, stale->row, search->backlog->items->pdata[stale->item],
                               &read) &&
           run(search->index, note, stale->row, read ? stale->version : 0);
}

static gboolean write_rows(struct search *search, const struct difference *difference)
{
    struct index *index = search->index;
    gboolean damaged;
    sqlite3_stmt *forget = index_prepare(index, "DELETE FROM searched_file WHERE row = ?");
    sqlite3_stmt *remove = index_prepare(index, "DELETE FROM searched WHERE rowid = ?");
    sqlite3_stmt *note = index_prepare(index, "INSERT OR REPLACE INTO searched_file VALUES (?, ?)");
    sqlite3_stmt *insert = index_prepare(index, SEARCH_INSERT);
    gboolean good = forget && remove && note && insert && search_sum_check(index, SEARCH_SUM_TEXTS, &damaged);

    for (guint i = 0; i < difference->gone->len && good; i++) {
        gint64 row = g_array_index(difference->gone, struct row, i).row;
        good = run(index, forget, row, 0) && run(index, remove, row, 0);
    }
    for (guint i = 0; i < difference->stale->len && good; i++) {
        const struct row *stale = &g_array_index(difference->stale, struct row, i);
        good = run(index, remove, stale->row, 0) && write_row(search, note, insert, stale);
    }
    sqlite3_finalize(forget);
    sqlite3_finalize(remove);
    sqlite3_finalize(note);
    sqlite3_finalize(insert);
    /* FTS5 keeps what is new in memory until the transaction ends, or a savepoint begins. */
    return good && index_execute(index, "SAVEPOINT written; RELEASE written") && search_sum_write(index);
}

/* Whether what answers come from is as it was written, in one state of the database; an index where it is
 * damaged is made anew. */
static gboolean check_answers(struct index *index)
{
    gboolean damaged;

    if (!index_execute(index, "BEGIN"))
        return FALSE;
    gboolean good = search_sum_check(index, SEARCH_SUM_ANSWERS, &damaged);
    if (index->db)
        index_execute(index, "COMMIT");
    if (damaged && index->db)
        index_renew(index);
    return good;
}

/* Whether the index was not made anew meanwhile. */
static gboolean is_there(const struct search *search)
{
    return search->index->db && search->index->db == search->db;
}

/* A number that another process changes when it writes; -1 where that cannot be told. */
static gint64 read_state(struct index *index)
{
    sqlite3_stmt *select = index_prepare(index, "PRAGMA data_version");
    gint64 state = index_step(index, select) ? sqlite3_column_int64(select, 0) : -1;

    sqlite3_finalize(select);
    return state;
}

/* Whether the tables hold what the backlog does, now or already. */
static gboolean update(struct search *search)
{
    struct index *index = search->index;
    g_autoptr(GArray) there = read_rows(index), wanted = wanted_rows(search->backlog);
    struct difference difference;
    gboolean good = FALSE, damaged;

    if (!there || !are_distinct(wanted) || !is_there(search))
        return FALSE;
    difference_init(&difference);
    compare(there, wanted, &difference);
    if (!difference.stale->len && !difference.gone->len)
        good = TRUE;
    else if (difference.unknown <= MANY_UNKNOWN && index_begin(index))
        good = index_end(index, write_rows(search, &difference));
    if (!good && is_there(search) && !difference.unknown &&
        !search_sum_check(index, SEARCH_SUM_TEXTS, &damaged) && damaged)
        index_renew(index);
    difference_clear(&difference);
    search->rows = g_array_sized_new(FALSE, FALSE, sizeof(struct search_place), wanted->len);
    for (guint i = 0; i < wanted->len; i++) {
        const struct row *row = &g_array_index(wanted, struct row, i);
        struct search_place place = { row->row, row->item };
        g_array_append_val(search->rows, place);
    }
    return good;
}

gboolean search_index_open(struct search *search)
{
    struct index *index = search->backlog->recall ? backlog_index_store(search->backlog) : NULL;

    if (!index || !index->db)
        return FALSE;
    search->index = index;
    search->db = index->db;
    search->tokens = search_tokens_new(search->db);
    search->state = read_state(index);
    if (search->tokens && search_score_register(search->db) && provide_tables(index) &&
        check_answers(index) && update(search) && index_execute(index, SEARCH_VOCABULARY) &&
        search_index_is_same(search))
        return TRUE;
    search_store_close(search);
    return FALSE;
}

gboolean search_index_is_same(const struct search *search)
{
    return is_there(search) && search->state != -1 && read_state(search->index) == search->state;
}

void search_index_doubt(struct search *search)
{
    int code = is_there(search) ? sqlite3_errcode(search->db) & 0xff : SQLITE_OK;
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        index_renew(search->index);
}
