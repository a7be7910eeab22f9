/*
 * What the files of search share; only they include this. Three parts stand below search.h: the tokenizer
 * (search_tokens.c), the tables of FTS5 with what fills them (search_store.c, search_text.c), and the score
 * (search_score.c).
 */
#pragma once

#include "document.h"
#include "search.h"

struct sqlite3; /* these of sqlite3.h, which no header includes */
struct sqlite3_stmt;
struct fts5_api;

/* What FTS5 offers to extensions of it; NULL where SQLite has none. The database's. */
struct fts5_api *search_fts_find(struct sqlite3 *db);

/* -- words -- */

/*
 * A text in words: FTS5's unicode61 (letters and digits of any script, case and diacritics folded) with
 * Porter's stems. Beside each stem stands the word itself where that differs, so that a beginning of a word
 * finds it, and what is proposed is a word. Scripts that write no spaces (what Unicode calls wide) have a
 * word a character: a phrase of these is found wherever it stands.
 */
struct search_tokens;

struct search_token {
    char *stem;
    char *word; /* the same as stem where they do not differ */
    struct span span;
};

/* Makes the tokenizer "refine" known to the database and gives a reference to it; NULL where SQLite has no
 * FTS5. */
struct search_tokens *search_tokens_new(struct sqlite3 *db);
struct search_tokens *search_tokens_ref(struct search_tokens *tokens);
void search_tokens_unref(struct search_tokens *tokens);

/* The words of text, in order: an array of struct search_token that owns them. */
GArray *search_tokens_read(struct search_tokens *tokens, const char *text, gsize length);

/* Text as search compares it: valid UTF-8 in composed form (NFC). length -1: ends with a NUL. */
char *search_compose(const char *text, gssize length);

/* -- the text of an item -- */

/* The columns of the table. */
enum search_column {
    SEARCH_TITLE,
    SEARCH_NAMES, /* id and aliases */
    SEARCH_LABELS,
    SEARCH_FIELDS, /* whatever else the front matter says in words */
    SEARCH_TEXT,   /* the body */
    N_SEARCH_COLUMNS,
};

/* A stretch of an item that stands for itself: a value, a paragraph, a list item. */
struct search_piece {
    const char *field; /* the key; of the body a section ("criteria"), "heading", "answers" or "text" */
    enum search_column column;
    char *text; /* composed */
};

/* The pieces of the front matter and, with body, those of the body; an array that owns them. Fields are
 * borrowed from the document and from policy. */
GPtrArray *search_pieces(struct document *document, const struct policy *policy, const struct item *item,
                         gboolean body);

/* The texts of the columns, N_SEARCH_COLUMNS and a NULL. */
char **search_columns(struct document *document, const struct policy *policy, const struct item *item);

/* -- what is looked for -- */

/* A word or a phrase. */
struct search_clause {
    char *text; /* as it was written, composed */
    gboolean prefix;
    GArray *tokens; /* struct search_token, one at least; with prefix the last is a beginning */
};

/* The clauses in words, as search_words takes them; an array that owns them. What has no word in it is left
 * out, and what comes again. */
GPtrArray *search_clauses(struct search_tokens *tokens, const char *const *words);

/* A clause of text, which may hold anything; NULL where there is no word in it. */
struct search_clause *search_clause_new(struct search_tokens *tokens, const char *text, gboolean prefix);
void search_clause_free(struct search_clause *clause);

/* The clauses as an expression of FTS5, joined by " AND " or " OR ", without the one of that index
 * (G_MAXUINT: with all). */
char *search_expression(const GPtrArray *clauses, const char *joint, guint without);

/* -- the score -- */

/*
 * BM25 over weighted fields: S. Robertson and H. Zaragoza, The Probabilistic Relevance Framework: BM25 and
 * Beyond (2009), with the frequencies of a row's columns weighted and added up before they saturate, and the
 * length of the whole row, as SQLite's bm25() does. b is SQLite's; k1 is 3, by tests/bench/similar. The
 * weight of a word is ln(1 + (N - n + 0.5) / (n + 0.5)) of N rows, n of which have it: never negative, unlike
 * SQLite's.
 */
struct search_score {
    double columns[N_SEARCH_COLUMNS]; /* weights; 0: what stands there does not count */
    double *phrases;                  /* weights, in the order of the query */
    guint *rows_with;                 /* of a count: in how many rows each phrase stands */
    guint n;                          /* phrases */
    gint64 rows;                      /* of a count: in all */
    double average;                   /* of a count: words of a row */
};

/* Makes the functions known to the database: refine_count(TABLE, ?) fills the score that is bound, and
 * refine_score(TABLE, ?) gives the row's by it. */
gboolean search_score_register(struct sqlite3 *db);
void search_score_bind(struct sqlite3_stmt *statement, int place, struct search_score *score);

/* ln(1 + …). */
double search_score_idf(gint64 rows, guint rows_with);

/* What a phrase adds to the score of a row of that many words that has it frequency times. */
double search_score_part(const struct search_score *score, double weight, double frequency, double words);

/* -- where it stands -- */

/* Fills title, snippet and their matches of the hit from the item's file, and the words that it shares of the
 * first so many clauses. Clauses weigh as the score says. */
void search_hit_fill(struct search *search, struct search_hit *hit, const GPtrArray *clauses,
                     const struct search_score *score, guint shared);

/* -- the tables -- */

/* A row of the table, and the index of the item whose it is. */
struct search_place {
    gint64 row;
    guint item;
};

struct search {
    struct backlog *backlog;
    struct index *index; /* whose db is; NULL: it is of its own */
    struct sqlite3 *db;
    gint64 state; /* of the index's db when it was compared with the backlog: PRAGMA data_version */
    GArray *rows; /* struct search_place, by row; NULL: row r is that of item r - 1 */
    struct search_tokens *tokens;
};

#define SEARCH_COLUMNS "title, names, labels, fields, body"

/* What makes the table "searched", with further settings of FTS5, and fills a row of it; and that of its
 * words, for this connection. */
#define SEARCH_TABLE(settings)                                                                               \
    "CREATE VIRTUAL TABLE searched USING fts5(" SEARCH_COLUMNS ", tokenize = 'refine'" settings ")"
#define SEARCH_INSERT "INSERT INTO searched (rowid, " SEARCH_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?)"
#define SEARCH_VOCABULARY                                                                                    \
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.searched_words USING fts5vocab(main, searched, row)"

/* Opens the table of the index and brings it up to date; FALSE and nothing open where that cannot be. */
gboolean search_index_open(struct search *search);

/* Whether the index was not made anew meanwhile, and no other process wrote to it; and makes it anew where
 * the last error says that it must. */
gboolean search_index_is_same(const struct search *search);
void search_index_doubt(struct search *search);

/* Sums over what FTS5 keeps in the index: of what answers come from, and of the texts that it needs to take a
 * row out. Whether that is as it was written, and damaged, that it is not: it may also be that it cannot be
 * read now, as while another process writes. And writing both, in the transaction of what they are about. */
enum search_sum {
    SEARCH_SUM_ANSWERS,
    SEARCH_SUM_TEXTS,
    N_SEARCH_SUMS,
};
gboolean search_sum_check(struct index *index, enum search_sum part, gboolean *damaged);
gboolean search_sum_write(struct index *index);

/* Fills a row with what the item's file holds, by a statement of SEARCH_INSERT. A file that cannot be read
 * makes none; *read, if not NULL, says whether it could. */
gboolean search_store_insert(struct search *search, struct sqlite3_stmt *insert, gint64 row,
                             const struct item *item, gboolean *read);

/* Opens the table: that of the index, brought up to date, or where that cannot be one in memory. */
gboolean search_store_open(struct search *search, GError **error);
gboolean search_store_open_memory(struct search *search, GError **error);
void search_store_close(struct search *search);

/* Counts the phrases of the query, an expression of FTS5 with all of them joined by OR. */
gboolean search_store_count(struct search *search, const char *query, struct search_score *score,
                            GError **error);

/* Whether the item is one that is wished for. */
gboolean search_is_wanted(const struct search_wish *wish, const struct item *item);

/* How many items that are wished for the query names. */
gboolean search_store_rows(struct search *search, const char *query, const struct search_wish *wish,
                           guint *rows, GError **error);

/* An item and its score. */
struct search_row {
    const struct item *item;
    guint index; /* of item */
    double score;
};

/* The rows that the query names, best first, equal ones in the order of the backlog: an array of struct
 * search_row; those with a score of 0 are left out. */
GArray *search_store_rank(struct search *search, const char *query, struct search_score *score,
                          GError **error);

/* The words of the table, NULL-terminated; stems are among them. */
char **search_store_vocabulary(struct search *search);

/* -- an answer -- */

/* An empty answer. */
struct search_found *search_found_new(void);

/* Adds the rows that are wanted to found as hits, as far as the limit goes; leave_out (or NULL) is not one.
 */
void search_found_take(struct search *search, struct search_found *found, const GArray *rows,
                       const struct search_wish *wish, const struct item *leave_out);

/* Calls ask, and once more without the index where that fails. */
typedef struct search_found *(*search_ask)(struct search *search, gconstpointer question,
                                           const struct search_wish *wish, GError **error);
struct search_found *search_try(struct search *search, search_ask ask, gconstpointer question,
                                const struct search_wish *wish, GError **error);
