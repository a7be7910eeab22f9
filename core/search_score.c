#include "search_private.h"

#include <math.h>
#include <sqlite3.h>

/* As frequencies are weighted, they saturate later: the customary 1.2 would make a title count for little. */
#define K1 3
#define B 0.75

/* By this name SQLite gives the score on to the functions. */
#define POINTER "refine_score"

double search_score_idf(gint64 rows, guint rows_with)
{
    return log(1 + ((double)rows - rows_with + 0.5) / (rows_with + 0.5));
}

double search_score_part(const struct search_score *score, double weight, double frequency, double words)
{
    double length = score->average > 0 ? words / score->average : 1;
    return weight * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length));
}

/* The score that is bound; NULL with the function's error where it does not fit the query. */
static struct search_score *find_score(const Fts5ExtensionApi *api, Fts5Context *fts,
                                       sqlite3_context *context, int n, sqlite3_value **values)
{
    struct search_score *score = n == 1 ? sqlite3_value_pointer(values[0], POINTER) : NULL;

    if (score && api->xPhraseCount(fts) == (int)score->n && api->xColumnCount(fts) == N_SEARCH_COLUMNS)
        return score;
    sqlite3_result_error(context, "the score does not fit the query", -1);
    return NULL;
}

static int count_row(const Fts5ExtensionApi *api, Fts5Context *fts, void *data)
{
    (*(guint *)data)++;
    return SQLITE_OK;
}

/* refine_count: of the whole table, whichever row it is called for. */
static void count(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int n,
                  sqlite3_value **values)
{
    struct search_score *score = find_score(api, fts, context, n, values);
    sqlite3_int64 rows = 0, words = 0;

    if (!score)
        return;
    int code = api->xRowCount(fts, &rows);
    if (code == SQLITE_OK)
        code = api->xColumnTotalSize(fts, -1, &words);
    for (guint i = 0; i < score->n && code == SQLITE_OK; i++) {
        score->rows_with[i] = 0;
        code = api->xQueryPhrase(fts, (int)i, &score->rows_with[i], count_row);
    }
    score->rows = rows;
    score->average = rows > 0 ? (double)words / (double)rows : 0;
    if (code != SQLITE_OK)
        sqlite3_result_error_code(context, code);
    else
        sqlite3_result_double(context, 0);
}

/* refine_score. */
static void rate(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int n,
                 sqlite3_value **values)
{
    const struct search_score *score = find_score(api, fts, context, n, values);
    int words = 0;
    double sum = 0;

    if (!score)
        return;
    int code = api->xColumnSize(fts, -1, &words);
    for (guint i = 0; i < score->n && code == SQLITE_OK; i++) {
        Fts5PhraseIter place;
        int column, offset;
        double frequency = 0;

        if (score->phrases[i] <= 0)
            continue;
        code = api->xPhraseFirst(fts, (int)i, &place, &column, &offset);
        for (; code == SQLITE_OK && column >= 0 && column < N_SEARCH_COLUMNS;
             api->xPhraseNext(fts, &place, &column, &offset))
            frequency += score->columns[column];
        sum += frequency > 0 ? search_score_part(score, score->phrases[i], frequency, words) : 0;
    }
    if (code != SQLITE_OK)
        sqlite3_result_error_code(context, code);
    else
        sqlite3_result_double(context, sum);
}

gboolean search_score_register(sqlite3 *db)
{
    fts5_api *api = search_fts_find(db);
    return api && api->xCreateFunction(api, "refine_count", NULL, count, NULL) == SQLITE_OK &&
           api->xCreateFunction(api, "refine_score", NULL, rate, NULL) == SQLITE_OK;
}

void search_score_bind(sqlite3_stmt *statement, int place, struct search_score *score)
{
    sqlite3_bind_pointer(statement, place, score, POINTER, NULL);
}
