#include "index_private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "rfni": that a database is an index of refine. */
#define APPLICATION 0x72666e69

/* Bytes of a page: few files have more than one row's worth, and reading all is a walk over pages. */
#define PAGE "8192"

/* Milliseconds to wait for another process, which is less than an index saves. */
#define PATIENCE 5

/* Files from which on the index is faster: with 60 a list takes the same time with and without it. */
#define PAYS 64

/* -- what went wrong -- */

/* Whether what is in the database is at fault, and not the moment, the disk or the statement. */
static gboolean is_damage(int code)
{
    return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB ||
           code == SQLITE_IOERR_SHORT_READ;
}

/* Whether another attempt to write would fare no better. */
static gboolean is_lasting(int code)
{
    return (code & 0xff) == SQLITE_READONLY || (code & 0xff) == SQLITE_FULL ||
           (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
}

/* Takes the result of a call; whether it was good. */
static gboolean is_good(struct index *index, int code)
{
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
        return TRUE;
    if (is_damage(code))
        index_renew(index);
    else if (is_lasting(code))
        index->writable = FALSE;
    return FALSE;
}

/* -- opening -- */

/* A file of this user that is no link; an empty one is made where there is none and may be. */
static gboolean provide_file(const struct index *index)
{
    struct stat folder, status;

    if (lstat(index->path, &status) < 0) {
        if (!index->writable || lstat(index->folder, &folder) < 0)
            return FALSE;
        /* Who may read the folder may read it, as far as the umask has it. */
        int made =
            open(index->path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, folder.st_mode & 0666);
        if (made >= 0)
            close(made);
        if (lstat(index->path, &status) < 0)
            return FALSE;
    }
    return S_ISREG(status.st_mode) && status.st_uid == geteuid();
}

static gint64 read_number(sqlite3 *db, const char *statement, int *code)
{
    sqlite3_stmt *prepared = NULL;
    gint64 number = -1;

    *code = sqlite3_prepare_v2(db, statement, -1, &prepared, NULL);
    if (*code == SQLITE_OK && (*code = sqlite3_step(prepared)) == SQLITE_ROW)
        number = sqlite3_column_int64(prepared, 0);
    sqlite3_finalize(prepared);
    return number;
}

/* Whether the tables are as this program makes them: a view may never end, and a trigger does what it likes.
 */
static int check_tables(sqlite3 *db)
{
    sqlite3_stmt *prepared = NULL;
    int code;

    if (read_number(db,
                    "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')"
                    " OR (sql LIKE 'CREATE VIRTUAL%' AND name <> 'searched')",
                    &code) > 0)
        return SQLITE_NOTADB;
    if (code != SQLITE_ROW)
        return code;
    code = sqlite3_prepare_v2(db,
                              "SELECT " INDEX_COLUMNS " FROM file WHERE EXISTS "
                              "(SELECT file, version, settings, facts, sum FROM facts)",
                              -1, &prepared, NULL);

    sqlite3_finalize(prepared);
    return code == SQLITE_ERROR ? SQLITE_NOTADB : code;
}

static int make_tables(sqlite3 *db)
{
    g_autofree char *statements = g_strdup_printf(
        "BEGIN IMMEDIATE; PRAGMA application_id = %d; PRAGMA user_version = %d;" INDEX_TABLES "COMMIT",
        APPLICATION, INDEX_VERSION);
    int code = sqlite3_exec(db, "PRAGMA page_size = " PAGE, NULL, NULL, NULL);
    return code == SQLITE_OK ? sqlite3_exec(db, statements, NULL, NULL, NULL) : code;
}

/* Opens what is there; SQLITE_NOTADB where that is no index of this version. */
static int open_database(struct index *index)
{
    int flags = (index->writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOFOLLOW |
                SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(index->path, &index->db, flags, NULL);
    gint64 application, version, pages;

    if (code != SQLITE_OK)
        return code;
    sqlite3_extended_result_codes(index->db, TRUE);
    sqlite3_busy_timeout(index->db, PATIENCE);
    code = sqlite3_exec(index->db,
                        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA synchronous = OFF;"
                        "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192",
                        NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return code;
    /* In one state of the file: another process may be making the index. */
    code = sqlite3_exec(index->db, "BEGIN", NULL, NULL, NULL);
    application = code == SQLITE_OK ? read_number(index->db, "PRAGMA application_id", &code) : 0;
    version = code == SQLITE_ROW ? read_number(index->db, "PRAGMA user_version", &code) : 0;
    pages = code == SQLITE_ROW ? read_number(index->db, "PRAGMA page_count", &code) : 0;
    if (code != SQLITE_ROW)
        return code;
    sqlite3_exec(index->db, "COMMIT", NULL, NULL, NULL);
    if (application == APPLICATION && version == INDEX_VERSION)
        return check_tables(index->db);
    if (application || version || pages > 0)
        return SQLITE_NOTADB;
    return index->writable ? make_tables(index->db) : SQLITE_CANTOPEN;
}

static void close_database(struct index *index)
{
    g_clear_pointer(&index->facts, sqlite3_finalize);
    /* Statements that are still prepared keep it alive until they are finalized. */
    sqlite3_close_v2(index->db);
    index->db = NULL;
}

static void remove_file(const struct index *index)
{
    g_autofree char *journal = g_strconcat(index->path, "-journal", NULL);
    g_unlink(index->path);
    g_unlink(journal);
}

/* Opens the database, an empty one in place of what is no index; FALSE where that cannot be. */
static gboolean open_or_make(struct index *index)
{
    for (int attempt = 0; attempt < 2 && provide_file(index); attempt++) {
        int code = open_database(index);
        if (code == SQLITE_OK)
            return TRUE;
        close_database(index);
        if (!is_damage(code) || !index->writable)
            return FALSE;
        remove_file(index);
    }
    return FALSE;
}

static gboolean is_off(void)
{
    return g_strcmp0(g_getenv("REFINE_INDEX"), "off") == 0;
}

/* Whether the index, or what would become it, can be written. */
static gboolean is_writable(const struct index *index)
{
    return faccessat(AT_FDCWD, index->folder, W_OK | X_OK, AT_EACCESS) == 0 &&
           (faccessat(AT_FDCWD, index->path, R_OK | W_OK, AT_EACCESS) == 0 || errno == ENOENT);
}

struct index *index_open(const struct policy *policy, gboolean write)
{
    if (is_off())
        return NULL;
    g_autoptr(Index) index = g_new0(struct index, 1);

    index->folder = index_place_find(policy, write, &index->path);
    if (!index->folder)
        return NULL;
    index->writable = write && is_writable(index);
    index->version = (gint64)g_random_int() << 30 | g_random_int() >> 2;
    return open_or_make(index) ? g_steal_pointer(&index) : NULL;
}

void index_close(struct index *index)
{
    if (!index)
        return;
    close_database(index);
    g_free(index->folder);
    g_free(index->path);
    g_free(index);
}

gboolean index_pays(guint files)
{
    const char *wish = g_getenv("REFINE_INDEX");
    return !is_off() && (files >= PAYS || g_strcmp0(wish, "always") == 0);
}

void index_renew(struct index *index)
{
    close_database(index);
    index->renewals++;
    if (index->writable) {
        remove_file(index);
        if (!open_or_make(index))
            close_database(index);
    }
}

/* -- use -- */

sqlite3_stmt *index_prepare(struct index *index, const char *statement)
{
    sqlite3_stmt *prepared = NULL;

    if (!index->db || !is_good(index, sqlite3_prepare_v2(index->db, statement, -1, &prepared, NULL)))
        return NULL;
    return prepared;
}

/* Whether the statement is of the database that there is now. */
static gboolean is_current(const struct index *index, sqlite3_stmt *statement)
{
    return statement && sqlite3_db_handle(statement) == index->db;
}

gboolean index_step(struct index *index, sqlite3_stmt *statement)
{
    if (!is_current(index, statement))
        return FALSE;
    int code = sqlite3_step(statement);
    return is_good(index, code) && code == SQLITE_ROW;
}

gboolean index_run(struct index *index, sqlite3_stmt *statement)
{
    if (!is_current(index, statement))
        return FALSE;
    int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    return is_good(index, code);
}

gboolean index_execute(struct index *index, const char *statements)
{
    return index->db && is_good(index, sqlite3_exec(index->db, statements, NULL, NULL, NULL));
}

void index_hold(struct index *index)
{
    if (index->db && sqlite3_get_autocommit(index->db))
        index_execute(index, "BEGIN");
}

void index_release(struct index *index)
{
    if (index->db && !sqlite3_get_autocommit(index->db))
        index_execute(index, "COMMIT");
}

gboolean index_begin(struct index *index)
{
    return index->writable && index_execute(index, "BEGIN IMMEDIATE");
}

gboolean index_end(struct index *index, gboolean good)
{
    if (!index->db || sqlite3_get_autocommit(index->db))
        return FALSE;
    if (good && index_execute(index, "COMMIT"))
        return TRUE;
    if (index->db && !sqlite3_get_autocommit(index->db))
        sqlite3_exec(index->db, "ROLLBACK", NULL, NULL, NULL);
    return FALSE;
}

gint64 index_next_version(struct index *index)
{
    return ++index->version;
}
