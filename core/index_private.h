/*
 * The database of the index, for the files that keep something in it: core/index*.c and core/search*.c, the
 * only ones that see SQLite.
 *
 *     sqlite3_stmt *select = index_prepare(index, "SELECT …");
 *     while (index_step(index, select)) …
 *     sqlite3_finalize(select);
 *     if (index_begin(index)) { … index_end(index, good); }
 *
 * Any of these may fail at any time, and then there is simply nothing: where the database is damaged it is
 * deleted and made anew, empty, which a statement that was prepared before does not see.
 */
#pragma once

#include "index.h"

#include <sqlite3.h>

struct index {
    char *folder;      /* absolute, without links */
    char *path;        /* of the database */
    sqlite3 *db;       /* NULL: it was lost on the way, and the index holds nothing any more */
    gboolean writable; /* FALSE: it was opened to be read, or the disk is read-only or full */
    guint renewals;    /* how often it was made anew since it was opened: what was in it is gone */
    /* private */
    gint64 version;      /* the last that index_next_version gave */
    sqlite3_stmt *facts; /* that reads a row of facts; NULL: not yet prepared */
};

/* Where the index of the policy's backlog lies: the folder, with make made where it is missing, and the path.
 * NULL: there is no place for it. */
char *index_place_find(const struct policy *policy, gboolean make, char **path);

/* What holds in every index: the version of its tables and of what they hold, which is that of the program's
 * items too. One more whenever either changes. */
#define INDEX_VERSION 6

/*
 * Its tables. Of a file: what stat said when its bytes were read, and what they said (index_file.h). version
 * is a number that no other row has or had (a random one), so that whoever derives something from a file
 * (rowid: its id) knows by it what is out of date. Of what its body says (index_facts.h): the id and the
 * version of the file, and a digest of the settings that have a say in it. sum is over all other columns.
 */
#define INDEX_TABLES                                                                                         \
    "CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,"        \
    " size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER, device INTEGER, item BLOB, sum INTEGER);"   \
    "CREATE TABLE facts (file INTEGER PRIMARY KEY, version INTEGER, settings TEXT, facts BLOB, sum "         \
    "INTEGER);"

#define INDEX_COLUMNS "id, path, version, size, mtime, ctime, inode, device, item, sum"

/* A prepared statement, to be finalized by the caller; NULL where it cannot be. */
sqlite3_stmt *index_prepare(struct index *index, const char *statement);

/* Whether there is a next row. */
gboolean index_step(struct index *index, sqlite3_stmt *statement);

/* Runs a statement that gives no rows (one that was bound is reset); FALSE where that failed. */
gboolean index_run(struct index *index, sqlite3_stmt *statement);
gboolean index_execute(struct index *index, const char *statements);

/* Begins to write: FALSE where that cannot be, also because another process does. All that follows is done by
 * index_end with good, if that is TRUE, or not at all. */
gboolean index_begin(struct index *index);
gboolean index_end(struct index *index, gboolean good);

/* Deletes the database and makes an empty one, because what it holds is not what a program wrote. */
void index_renew(struct index *index);

/* A new number for the column version. */
gint64 index_next_version(struct index *index);

/* A sum that sees any damage: of sum and a number, or of sum and bytes. It begins with INDEX_SUM. */
#define INDEX_SUM G_GUINT64_CONSTANT(0xcbf29ce484222325)
guint64 index_sum_number(guint64 sum, gint64 number);
guint64 index_sum_bytes(guint64 sum, const void *bytes, gsize length);

/* What writes rows: of the table file in index_file.c, of the table facts in index_facts.c. */
struct index_writer {
    struct index *index;
    sqlite3_stmt *add;
    sqlite3_stmt *remove;
    sqlite3_stmt *add_facts;
    gint64 last;   /* id */
    gboolean good; /* so far */
};
