#include "search_private.h"

#include "nearest.h"

#include <string.h>

/* More words than this are not left out one by one to see which is one too many. */
#define FEW 8

G_DEFINE_QUARK(refine_search, search_error)

/* What stands in title and names weighs most, then labels; refine-search(1) says so. */
static const double weights[N_SEARCH_COLUMNS] = {
    [SEARCH_TITLE] = 5, [SEARCH_NAMES] = 5, [SEARCH_LABELS] = 2, [SEARCH_FIELDS] = 1, [SEARCH_TEXT] = 1,
};

/* -- opening -- */

struct search *search_open(struct backlog *backlog, GError **error)
{
    g_autoptr(Search) search = g_new0(struct search, 1);

    search->backlog = backlog;
    backlog_load(backlog);
    return search_store_open(search, error) ? g_steal_pointer(&search) : NULL;
}

void search_close(struct search *search)
{
    if (!search)
        return;
    search_store_close(search);
    g_free(search);
}

/* -- answers -- */

static void free_hit(gpointer data)
{
    struct search_hit *hit = data;
    g_free(hit->title);
    g_array_unref(hit->title_matches);
    g_free(hit->field);
    g_free(hit->snippet);
    g_array_unref(hit->matches);
    g_strfreev(hit->shared);
    g_free(hit);
}

struct search_found *search_found_new(void)
{
    struct search_found *found = g_new0(struct search_found, 1);
    found->hits = g_ptr_array_new_with_free_func(free_hit);
    return found;
}

void search_found_free(struct search_found *found)
{
    if (!found)
        return;
    g_ptr_array_unref(found->hits);
    g_free(found->missing);
    g_free(found->nearest);
    g_free(found->spare);
    g_free(found->rarest);
    g_free(found);
}

gboolean search_is_wanted(const struct search_wish *wish, const struct item *item)
{
    return (!wish->open_only || status_is_open(item->status)) &&
           (!wish->among || g_hash_table_contains(wish->among, item)) &&
           (!wish->query || query_matches(wish->query, item));
}

void search_found_take(struct search *search, struct search_found *found, const GArray *rows,
                       const struct search_wish *wish, const struct item *leave_out)
{
    for (guint i = 0; i < rows->len; i++) {
        const struct search_row *row = &g_array_index(rows, struct search_row, i);
        if (row->item == leave_out)
            continue;
        if (!search_is_wanted(wish, row->item)) {
            found->unwanted++;
            continue;
        }
        if (found->total++ >= wish->limit)
            continue;
        struct search_hit *hit = g_new0(struct search_hit, 1);
        hit->item = row->item;
        hit->score = row->score;
        hit->title = g_strdup(row->item->title);
        hit->title_matches = g_array_new(FALSE, FALSE, sizeof(struct span));
        hit->field = g_strdup("");
        hit->snippet = g_strdup("");
        hit->matches = g_array_new(FALSE, FALSE, sizeof(struct span));
        g_ptr_array_add(found->hits, hit);
    }
}

struct search_found *search_try(struct search *search, search_ask ask, gconstpointer question,
                                const struct search_wish *wish, GError **error)
{
    g_autoptr(GError) cause = NULL;
    struct search_found *found = NULL;

    if (!search->index || search_index_is_same(search))
        found = ask(search, question, wish, &cause);
    if (found && search->index && !search_index_is_same(search))
        g_clear_pointer(&found, search_found_free);
    if (found || !search->index || (cause && !g_error_matches(cause, SEARCH_ERROR, SEARCH_ERROR_ENGINE))) {
        if (cause)
            g_propagate_error(error, g_steal_pointer(&cause));
        return found;
    }
    search_index_doubt(search);
    search_store_close(search);
    return search_store_open_memory(search, error) ? ask(search, question, wish, error) : NULL;
}

/* -- words -- */

/* The word of a row that goes by the term, which may be a stem. */
static char *spell(struct search *search, const char *term)
{
    g_autoptr(GPtrArray) clauses = search_clauses(search->tokens, (const char *[]){ term, NULL });
    g_autofree char *expression = g_strdup_printf("\"%s\"*", term);
    double weight = 1;
    struct search_score score = { .phrases = &weight, .n = 1 };
    g_autoptr(SearchFound) found = search_found_new();
    const struct search_wish wish = { .limit = 1 };

    memcpy(score.columns, weights, sizeof weights);
    g_autoptr(GArray) rows = search_store_rank(search, expression, &score, NULL);
    if (!rows || !clauses->len)
        return NULL;
    search_found_take(search, found, rows, &wish, NULL);
    if (!found->hits->len)
        return NULL;
    struct search_hit *hit = found->hits->pdata[0];
    ((struct search_clause *)clauses->pdata[0])->prefix = TRUE;
    search_hit_fill(search, hit, clauses, &score, 1);
    return hit->shared && hit->shared[0] ? g_utf8_strdown(hit->shared[0], -1) : NULL;
}

/* The word that is spelt much like the clause's, if that is one word and not so short that any would be. */
static char *find_nearest(struct search *search, const struct search_clause *clause)
{
    const struct search_token *token = &g_array_index(clause->tokens, struct search_token, 0);

    if (clause->tokens->len > 1 || clause->prefix || strlen(token->word) < 4)
        return NULL;
    g_auto(GStrv) words = search_store_vocabulary(search);
    const char *nearest = nearest_name(token->word, (const char *const *)words);
    return nearest ? spell(search, nearest) : NULL;
}

/* How many items have the words of a phrase, wherever these stand. */
static gboolean count_apart(struct search *search, const struct search_clause *clause,
                            const struct search_wish *wish, struct search_found *found, GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < clause->tokens->len; i++) {
        struct span span = g_array_index(clause->tokens, struct search_token, i).span;
        g_ptr_array_add(words, g_strndup(clause->text + span.start, span_length(span)));
    }
    g_ptr_array_add(words, NULL);
    g_autoptr(GPtrArray) clauses = search_clauses(search->tokens, (const char *const *)words->pdata);
    g_autofree char *expression = search_expression(clauses, " AND ", G_MAXUINT);
    return search_store_rows(search, expression, wish, &found->apart, error);
}

/* Names the first clause that no item has, and what comes near it. */
static gboolean name_missing(struct search *search, const GPtrArray *clauses,
                             const struct search_score *score, const struct search_wish *wish,
                             struct search_found *found, GError **error)
{
    for (guint i = 0; i < clauses->len; i++) {
        const struct search_clause *clause = clauses->pdata[i];
        if (score->rows_with[i])
            continue;
        found->missing = g_strconcat(clause->text, clause->prefix ? "*" : "", NULL);
        found->nearest = find_nearest(search, clause);
        return clause->tokens->len == 1 || count_apart(search, clause, wish, found, error);
    }
    return TRUE;
}

/* Names the clause without which most items have the rest. */
static gboolean name_spare(struct search *search, const GPtrArray *clauses, const struct search_wish *wish,
                           struct search_found *found, GError **error)
{
    for (guint i = 0; i < clauses->len && clauses->len > 1 && clauses->len <= FEW; i++) {
        g_autofree char *expression = search_expression(clauses, " AND ", i);
        const struct search_clause *clause = clauses->pdata[i];
        guint rows;
        if (!search_store_rows(search, expression, wish, &rows, error))
            return FALSE;
        if (rows <= found->rest)
            continue;
        found->rest = rows;
        g_free(found->spare);
        found->spare = g_strdup(clause->text);
    }
    return TRUE;
}

static void name_rarest(const GPtrArray *clauses, const struct search_score *score,
                        struct search_found *found)
{
    guint rarest = 0;

    for (guint i = 1; i < clauses->len; i++)
        if (score->rows_with[i] < score->rows_with[rarest])
            rarest = i;
    if (clauses->len < 2 || !score->rows_with[rarest])
        return;
    found->rarest = g_strdup(((struct search_clause *)clauses->pdata[rarest])->text);
    found->rarest_rows = score->rows_with[rarest];
}

static struct search_found *ask_words(struct search *search, gconstpointer question,
                                      const struct search_wish *wish, GError **error)
{
    const GPtrArray *clauses = question;
    g_autofree char *any = search_expression(clauses, " OR ", G_MAXUINT);
    g_autofree char *all = search_expression(clauses, " AND ", G_MAXUINT);
    g_autofree double *phrases = g_new0(double, clauses->len);
    g_autofree guint *rows_with = g_new0(guint, clauses->len);
    struct search_score score = { .phrases = phrases, .rows_with = rows_with, .n = clauses->len };
    g_autoptr(SearchFound) found = search_found_new();

    memcpy(score.columns, weights, sizeof weights);
    if (!search_store_count(search, any, &score, error))
        return NULL;
    for (guint i = 0; i < clauses->len; i++)
        phrases[i] = search_score_idf(score.rows, rows_with[i]);
    g_autoptr(GArray) rows = search_store_rank(search, all, &score, error);
    if (!rows)
        return NULL;
    search_found_take(search, found, rows, wish, NULL);
    for (guint i = 0; i < found->hits->len; i++)
        search_hit_fill(search, found->hits->pdata[i], clauses, &score, 0);
    if (rows->len)
        return g_steal_pointer(&found);
    if (!name_missing(search, clauses, &score, wish, found, error) ||
        !name_spare(search, clauses, wish, found, error))
        return NULL;
    if (!found->spare)
        name_rarest(clauses, &score, found);
    return g_steal_pointer(&found);
}

struct search_found *search_words(struct search *search, const char *const *words,
                                  const struct search_wish *wish, GError **error)
{
    g_autoptr(GPtrArray) clauses = search_clauses(search->tokens, words);

    if (clauses->len)
        return search_try(search, ask_words, clauses, wish, error);
    g_set_error(error, SEARCH_ERROR, SEARCH_ERROR_WORDS,
                words[0] ? "there is no letter or digit to look for in \"%s\""
                         : "expected words to look for%s",
                words[0] ? words[0] : "");
    return NULL;
}
