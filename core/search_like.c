/*
 * Items like a text: its words that tell most, as a query. A word tells its idf times 1 + ln f, f being how
 * often it stands there, in the title five times as much; the WORDS that tell most are looked for, and weigh
 * so. tests/bench/similar measures it, and how it moves with these numbers.
 */
#include "search_private.h"

#include <math.h>
#include <string.h>

/* Words that are looked for, and different words of a text that are looked at: what stands far below tells no
 * more. */
#define WORDS 25
#define LOOKED_AT 200

/* Who wrote it, when and for which sprint makes no two items alike. */
static const double weights[N_SEARCH_COLUMNS] = {
    [SEARCH_TITLE] = 5, [SEARCH_LABELS] = 2, [SEARCH_TEXT] = 1
};

/* A word of the text. */
struct term {
    struct search_clause *clause; /* owned */
    double frequency;             /* weighted by where it stands */
    double weight;                /* what it tells */
    guint rows_with;              /* in how many items it is, this one among them */
    gboolean common;              /* most items have it */
    guint place;                  /* among the others */
};

/* The text in terms. */
struct profile {
    GArray *terms;           /* struct term */
    GHashTable *places;      /* stem -> index in terms, one more */
    guint telling;           /* the first so many of terms, one of which an item must have */
    double words;            /* in all */
    const struct item *self; /* whose it is; NULL: nobody's */
};

static void clear_term(gpointer data)
{
    search_clause_free(((struct term *)data)->clause);
}

static void profile_init(struct profile *profile, const struct item *self)
{
    profile->terms = g_array_new(FALSE, FALSE, sizeof(struct term));
    g_array_set_clear_func(profile->terms, clear_term);
    profile->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    profile->words = 0;
    profile->self = self;
}

static void profile_clear(struct profile *profile)
{
    g_array_unref(profile->terms);
    g_hash_table_unref(profile->places);
}

static void add_text(struct profile *profile, struct search_tokens *tokens, const char *text, double weight)
{
    g_autoptr(GArray) list = search_tokens_read(tokens, text, strlen(text));

    profile->words += list->len;
    for (guint i = 0; i < list->len && weight > 0; i++) {
        struct search_token *token = &g_array_index(list, struct search_token, i);
        guint place = GPOINTER_TO_UINT(g_hash_table_lookup(profile->places, token->stem));
        if (place) {
            g_array_index(profile->terms, struct term, place - 1).frequency += weight;
            continue;
        }
        if (profile->terms->len == LOOKED_AT)
            continue;
        g_autofree char *word = g_strndup(text + token->span.start, span_length(token->span));
        struct term term = {
            search_clause_new(tokens, word, FALSE), weight, 0, 0, FALSE, profile->terms->len
        };
        if (!term.clause)
            continue;
        g_array_append_val(profile->terms, term);
        g_hash_table_insert(profile->places, g_strdup(token->stem), GUINT_TO_POINTER(profile->terms->len));
    }
}

/* -- choosing -- */

static gint compare_terms(gconstpointer a, gconstpointer b)
{
    const struct term *one = a, *other = b;
    if (one->weight > other->weight || one->weight < other->weight)
        return one->weight > other->weight ? -1 : 1;
    return one->place < other->place ? -1 : one->place > other->place;
}

/* The clauses of the first n terms. */
static GPtrArray *clauses_of(const struct profile *profile, guint n)
{
    GPtrArray *clauses = g_ptr_array_new();
    for (guint i = 0; i < n; i++)
        g_ptr_array_add(clauses, g_array_index(profile->terms, struct term, i).clause);
    return clauses;
}

/* The score that a text with these terms has by those that tell most, as many as are looked for. */
static double own_score(const struct profile *profile, const struct search_score *score)
{
    double sum = 0;

    for (guint i = 0; i < MIN(profile->terms->len, WORDS); i++) {
        const struct term *term = &g_array_index(profile->terms, struct term, i);
        sum += search_score_part(score, term->weight, term->frequency, profile->words);
    }
    return sum;
}

static gint compare_telling(gconstpointer a, gconstpointer b)
{
    const struct term *one = a, *other = b;
    return one->common != other->common ? one->common - other->common : compare_terms(a, b);
}

/* Keeps the terms that tell most, of those that another item has; behind them those that most items have. */
static void keep_best(struct profile *profile)
{
    for (guint i = profile->terms->len; i-- > 0;)
        if (g_array_index(profile->terms, struct term, i).rows_with < 2)
            g_array_remove_index(profile->terms, i);
    if (profile->terms->len > WORDS)
        g_array_set_size(profile->terms, WORDS);
    g_array_sort(profile->terms, compare_telling);
    profile->telling = 0;
    for (guint i = 0; i < profile->terms->len; i++)
        profile->telling += !g_array_index(profile->terms, struct term, i).common;
    if (!profile->telling)
        profile->telling = profile->terms->len;
}

/* Weighs the terms and keeps the best; own is the text's score. A word that most items have tells nothing on
 * its own: S. Robertson and K. Sparck Jones give it a weight below 0. */
static gboolean choose(struct search *search, struct profile *profile, struct search_score *score,
                       double *own, GError **error)
{
    g_autoptr(GPtrArray) clauses = clauses_of(profile, profile->terms->len);
    g_autofree char *expression = search_expression(clauses, " OR ", G_MAXUINT);
    g_autofree guint *rows_with = g_new0(guint, clauses->len + 1);

    score->rows_with = rows_with;
    score->n = clauses->len;
    gboolean good = search_store_count(search, expression, score, error);
    score->rows_with = NULL;
    if (!good)
        return FALSE;
    for (guint i = 0; i < clauses->len; i++) {
        struct term *term = &g_array_index(profile->terms, struct term, i);
        term->rows_with = rows_with[i] + (profile->self ? 0 : 1);
        term->common = 2 * (gint64)term->rows_with > score->rows + (profile->self ? 0 : 1);
        term->weight = search_score_idf(score->rows, MAX(rows_with[i], 1)) * (1 + log(term->frequency));
    }
    g_array_sort(profile->terms, compare_terms);
    *own = own_score(profile, score);
    keep_best(profile);
    return TRUE;
}

/* -- relations -- */

static const struct item *referred(const struct backlog *backlog, const struct item *item,
                                   enum field_id field)
{
    const char *id = item_text(item, field);
    return id ? backlog_named(backlog, id) : NULL;
}

static enum search_relation relate(const struct backlog *backlog, const struct item *self,
                                   const struct item *other)
{
    const struct item *parent = self ? referred(backlog, self, FIELD_PARENT) : NULL;

    if (!self)
        return SEARCH_UNRELATED;
    if (referred(backlog, other, FIELD_DUPLICATE_OF) == self)
        return SEARCH_DUPLICATE;
    if (referred(backlog, self, FIELD_DUPLICATE_OF) == other)
        return SEARCH_ORIGINAL;
    if (referred(backlog, other, FIELD_PARENT) == self)
        return SEARCH_PART;
    if (parent == other)
        return SEARCH_PARENT;
    return parent && referred(backlog, other, FIELD_PARENT) == parent ? SEARCH_SIBLING : SEARCH_UNRELATED;
}

/* -- asking -- */

/* What an item must have, and all that counts: each phrase of the first part stands in the second too, and
 * weighs nothing there. */
static char *express(const struct profile *profile, double *phrases, guint *n)
{
    g_autoptr(GPtrArray) all = clauses_of(profile, profile->terms->len);
    g_autoptr(GPtrArray) telling = clauses_of(profile, profile->telling);
    g_autofree char *first = search_expression(all, " OR ", G_MAXUINT);
    g_autofree char *second = search_expression(telling, " OR ", G_MAXUINT);

    *n = 0;
    for (guint i = 0; i < all->len; i++)
        phrases[(*n)++] = g_array_index(profile->terms, struct term, i).weight;
    if (telling->len == all->len)
        return g_steal_pointer(&first);
    for (guint i = 0; i < telling->len; i++)
        phrases[(*n)++] = 0;
    return g_strdup_printf("(%s) AND (%s)", first, second);
}

static struct search_found *ask(struct search *search, struct profile *profile,
                                const struct search_wish *wish, GError **error)
{
    g_autoptr(SearchFound) found = search_found_new();
    double phrases[2 * WORDS], own = 0;
    struct search_score score = { .phrases = phrases };

    memcpy(score.columns, weights, sizeof weights);
    if (profile->terms->len && !choose(search, profile, &score, &own, error))
        return NULL;
    if (!profile->terms->len)
        return g_steal_pointer(&found);
    g_autofree char *expression = express(profile, phrases, &score.n);
    g_autoptr(GArray) rows = search_store_rank(search, expression, &score, error);
    if (!rows)
        return NULL;
    g_autoptr(GPtrArray) clauses = clauses_of(profile, profile->terms->len);
    search_found_take(search, found, rows, wish, profile->self);
    for (guint i = 0; i < found->hits->len; i++) {
        struct search_hit *hit = found->hits->pdata[i];
        hit->likeness = own > 0 ? MIN(1, hit->score / own) : 0;
        hit->relation = relate(search->backlog, profile->self, hit->item);
        search_hit_fill(search, hit, clauses, &score, profile->telling);
    }
    return g_steal_pointer(&found);
}

static struct search_found *ask_item(struct search *search, gconstpointer question,
                                     const struct search_wish *wish, GError **error)
{
    const struct item *item = question;
    const struct entry *entry = backlog_entry(search->backlog, item->path);
    g_autoptr(GBytes) bytes = backlog_read(search->backlog, entry, error);
    if (!bytes)
        return NULL;
    g_autoptr(Document) document = document_new(bytes, NULL);
    g_auto(GStrv) columns = search_columns(document, search->backlog->policy, item);
    struct profile profile;

    profile_init(&profile, item);
    for (int i = 0; i < N_SEARCH_COLUMNS; i++)
        add_text(&profile, search->tokens, columns[i], weights[i]);
    struct search_found *found = ask(search, &profile, wish, error);
    profile_clear(&profile);
    return found;
}

struct search_found *search_like_item(struct search *search, const struct item *item,
                                      const struct search_wish *wish, GError **error)
{
    return search_try(search, ask_item, item, wish, error);
}

static struct search_found *ask_text(struct search *search, gconstpointer question,
                                     const struct search_wish *wish, GError **error)
{
    g_autofree char *text = search_compose(question, -1);
    gsize title = strcspn(text, "\n");
    struct profile profile;
    struct search_found *found = NULL;

    profile_init(&profile, NULL);
    g_autofree char *first = g_strndup(text, title);
    add_text(&profile, search->tokens, first, weights[SEARCH_TITLE]);
    add_text(&profile, search->tokens, text + title, weights[SEARCH_TEXT]);
    if (profile.terms->len)
        found = ask(search, &profile, wish, error);
    else
        g_set_error(error, SEARCH_ERROR, SEARCH_ERROR_WORDS,
                    "there is no letter or digit to compare by in \"%s\"", first);
    profile_clear(&profile);
    return found;
}

struct search_found *search_like_text(struct search *search, const char *text, const struct search_wish *wish,
                                      GError **error)
{
    return search_try(search, ask_text, text, wish, error);
}
