#include "search_private.h"

#include <sqlite3.h>

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

gboolean search_store_insert(struct search *search, sqlite3_stmt *insert, gint64 row, const struct item *item,
                             gboolean *read)
{
    const struct entry *entry = backlog_entry(search->backlog, item->path);
    g_autoptr(GBytes) bytes = entry ? backlog_read(search->backlog, entry, NULL) : NULL;
    if (read)
        *read = bytes != NULL;
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

/* A table in memory with all items; nothing is ever taken out of it, so FTS5 need not keep the texts. */
gboolean search_store_open_memory(struct search *search, GError **error)
{
    const GPtrArray *items = search->backlog->items;

    search->index = NULL;
    sqlite3_open_v2(":memory:", &search->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                    NULL);
    search->tokens = search->db ? search_tokens_new(search->db) : NULL;
    if (!search->tokens || !search_score_register(search->db))
        return fail(search->db, error);
    if (!execute(search->db, SEARCH_TABLE(", content = ''") ";" SEARCH_VOCABULARY "; BEGIN", error))
        return FALSE;
    sqlite3_stmt *insert = NULL;
    gboolean good = sqlite3_prepare_v2(search->db, SEARCH_INSERT, -1, &insert, NULL) == SQLITE_OK;
    for (guint i = 0; i < items->len && good; i++) {
        const struct item *item = items->pdata[i];
        good = !item->readable || search_store_insert(search, insert, (gint64)i + 1, item, NULL);
    }
    sqlite3_finalize(insert);
    return good ? execute(search->db, "COMMIT", error) : fail(search->db, error);
}

gboolean search_store_open(struct search *search, GError **error)
{
    return search_index_open(search) || search_store_open_memory(search, error);
}

void search_store_close(struct search *search)
{
    g_clear_pointer(&search->rows, g_array_unref);
    g_clear_pointer(&search->tokens, search_tokens_unref);
    if (!search->index)
        sqlite3_close(search->db);
    search->index = NULL;
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

static gint compare_places(gconstpointer a, gconstpointer b)
{
    const struct search_place *one = a, *other = b;
    return one->row < other->row ? -1 : one->row > other->row;
}

/* The index of the item whose row it is; G_MAXUINT where it is nobody's. */
static guint item_of(const struct search *search, gint64 row)
{
    struct search_place wanted = { .row = row };
    guint at;

    if (!search->rows)
        return row > 0 && row <= search->backlog->items->len ? (guint)row - 1 : G_MAXUINT;
    return g_array_binary_search(search->rows, &wanted, compare_places, &at)
               ? g_array_index(search->rows, struct search_place, at).item
               : G_MAXUINT;
}

gboolean search_store_rows(struct search *search, const char *query, const struct search_wish *wish,
                           guint *rows, GError **error)
{
    sqlite3_stmt *select = prepare(search, "SELECT rowid FROM searched WHERE searched MATCH ?1", query);
    int code;

    *rows = 0;
    while ((code = sqlite3_step(select)) == SQLITE_ROW) {
        guint item = item_of(search, sqlite3_column_int64(select, 0));
        *rows += item != G_MAXUINT && search_is_wanted(wish, search->backlog->items->pdata[item]);
    }
    return finish(search, select, code, error);
}

static gint compare_rows(gconstpointer a, gconstpointer b)
{
    const struct search_row *one = a, *other = b;

    if (one->score > other->score || one->score < other->score)
        return one->score > other->score ? -1 : 1;
    return one->index < other->index ? -1 : one->index > other->index;
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
        struct search_row row = { NULL, item_of(search, sqlite3_column_int64(select, 0)),
                                  sqlite3_column_double(select, 1) };
        if (row.index == G_MAXUINT || row.score <= 0)
            continue;
        row.item = search->backlog->items->pdata[row.index];
        g_array_append_val(rows, row);
    }
    if (!finish(search, select, code, error))
        return NULL;
    g_array_sort(rows, compare_rows);
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
