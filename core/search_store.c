#include "search_private.h"

#include <sqlite3.h>

/* The tables. FTS5 keeps no text here where nothing is ever taken out. */
#define COLUMNS "title, names, labels, fields, body"
#define MAKE "CREATE VIRTUAL TABLE searched USING fts5(" COLUMNS ", tokenize = 'refine'%s)"
#define VOCABULARY "CREATE VIRTUAL TABLE temp.searched_words USING fts5vocab(main, searched, row)"

static gboolean fail(sqlite3 *db, GError **error)
{
    g_set_error(error, SEARCH_ERROR, SEARCH_ERROR_ENGINE, "SQLite cannot search: %s",
                db ? sqlite3_errmsg(db) : "it does not start");
    return FALSE;
}

static gboolean execute(sqlite3 *db, const char *statement, GError **error)
{
    return sqlite3_exec(db, statement, NULL, NULL, NULL) == SQLITE_OK || fail(db, error);
}

/* -- filling -- */

static gboolean add_row(struct search *search, sqlite3_stmt *insert, gint64 row, const struct item *item)
{
    const struct entry *entry = backlog_entry(search->backlog, item->path);
    g_autoptr(GBytes) bytes = entry ? backlog_read(search->backlog, entry, NULL) : NULL;
    if (!bytes)
        return TRUE; /* it went away meanwhile */
    g_autoptr(Document) document = document_new(bytes, NULL);
    g_auto(GStrv) columns = search_columns(document, search->backlog->policy, item);

    sqlite3_bind_int64(insert, 1, row);
    for (int i = 0; i < N_SEARCH_COLUMNS; i++)
        sqlite3_bind_text(insert, i + 2, columns[i], -1, SQLITE_STATIC);
    gboolean good = sqlite3_step(insert) == SQLITE_DONE;
    sqlite3_reset(insert);
    return good;
}

static sqlite3_stmt *prepare_insert(sqlite3 *db)
{
    sqlite3_stmt *insert = NULL;
    sqlite3_prepare_v2(db, "INSERT INTO searched (rowid, " COLUMNS ") VALUES (?, ?, ?, ?, ?, ?)", -1, &insert,
                       NULL);
    return insert;
}

static void number_items(struct search *search)
{
    const GPtrArray *items = search->backlog->items;

    search->indices = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < items->len; i++)
        g_hash_table_insert(search->indices, items->pdata[i], GUINT_TO_POINTER(i));
}

/* A table in memory with all items. */
gboolean search_store_open_memory(struct search *search, GError **error)
{
    const GPtrArray *items = search->backlog->items;
    g_autofree char *make = g_strdup_printf(MAKE, ", content = ''");

    search->own = TRUE;
    number_items(search);
    sqlite3_open_v2(":memory:", &search->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                    NULL);
    search->tokens = search->db ? search_tokens_new(search->db) : NULL;
    if (!search->tokens || !search_score_register(search->db))
        return fail(search->db, error);
    if (!execute(search->db, make, error) || !execute(search->db, VOCABULARY "; BEGIN", error))
        return FALSE;
    sqlite3_stmt *insert = prepare_insert(search->db);
    gboolean good = insert != NULL;
    for (guint i = 0; i < items->len && good; i++) {
        const struct item *item = items->pdata[i];
        good = !item->readable || add_row(search, insert, (gint64)i + 1, item);
    }
    sqlite3_finalize(insert);
    return good ? execute(search->db, "COMMIT", error) : fail(search->db, error);
}

gboolean search_store_open(struct search *search, GError **error)
{
    return search_store_open_memory(search, error);
}

void search_store_close(struct search *search)
{
    g_clear_pointer(&search->indices, g_hash_table_unref);
    g_clear_pointer(&search->by_row, g_hash_table_unref);
    g_clear_pointer(&search->tokens, search_tokens_unref);
    if (search->own)
        sqlite3_close(search->db);
    search->db = NULL;
}

/* -- asking -- */

static sqlite3_stmt *prepare(struct search *search, const char *select, const char *query)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(search->db, select, -1, &statement, NULL) == SQLITE_OK)
        sqlite3_bind_text(statement, 1, query, -1, SQLITE_STATIC);
    return statement;
}

/* Finalizes; TRUE where the last step found the end of the rows, or there was one row as wanted. */
static gboolean finish(struct search *search, sqlite3_stmt *statement, int code, GError **error)
{
    gboolean good = code == SQLITE_DONE || code == SQLITE_ROW || fail(search->db, error);
    sqlite3_finalize(statement);
    return good;
}

gboolean search_store_count(struct search *search, const char *query, struct search_score *score,
                            GError **error)
{
    sqlite3_stmt *select = prepare(
        search, "SELECT refine_count(searched, ?2) FROM searched WHERE searched MATCH ?1 LIMIT 1", query);
    if (select)
        search_score_bind(select, 2, score);
    return finish(search, select, sqlite3_step(select), error);
}

gboolean search_store_rows(struct search *search, const char *query, guint *rows, GError **error)
{
    sqlite3_stmt *select = prepare(search, "SELECT count(*) FROM searched WHERE searched MATCH ?1", query);
    int code = sqlite3_step(select);

    *rows = code == SQLITE_ROW ? (guint)sqlite3_column_int64(select, 0) : 0;
    return finish(search, select, code, error);
}

static const struct item *item_of(const struct search *search, gint64 row)
{
    const GPtrArray *items = search->backlog->items;
    if (search->by_row)
        return g_hash_table_lookup(search->by_row, &row);
    return row > 0 && row <= items->len ? items->pdata[row - 1] : NULL;
}

static gint compare_rows(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct search_row *one = a, *other = b;
    const struct search *search = data;

    if (one->score > other->score || one->score < other->score)
        return one->score > other->score ? -1 : 1;
    guint first = GPOINTER_TO_UINT(g_hash_table_lookup(search->indices, one->item));
    guint second = GPOINTER_TO_UINT(g_hash_table_lookup(search->indices, other->item));
    return first < second ? -1 : first > second;
}

GArray *search_store_rank(struct search *search, const char *query, struct search_score *score,
                          GError **error)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct search_row));
    sqlite3_stmt *select = prepare(
        search, "SELECT rowid, refine_score(searched, ?2) FROM searched WHERE searched MATCH ?1", query);
    int code;

    if (select)
        search_score_bind(select, 2, score);
    while ((code = sqlite3_step(select)) == SQLITE_ROW) {
        struct search_row row = { item_of(search, sqlite3_column_int64(select, 0)),
                                  sqlite3_column_double(select, 1) };
        if (row.item && row.score > 0)
            g_array_append_val(rows, row);
    }
    if (!finish(search, select, code, error))
        return NULL;
    g_array_sort_with_data(rows, compare_rows, search);
    return g_steal_pointer(&rows);
}

char **search_store_vocabulary(struct search *search)
{
    GStrvBuilder *builder = g_strv_builder_new();
    sqlite3_stmt *select = prepare(search, "SELECT term FROM temp.searched_words WHERE ?1 IS NOT NULL", "");

    while (sqlite3_step(select) == SQLITE_ROW)
        g_strv_builder_add(builder, (const char *)sqlite3_column_text(select, 0));
    sqlite3_finalize(select);
    char **words = g_strv_builder_end(builder);
    g_strv_builder_unref(builder);
    return words;
}
