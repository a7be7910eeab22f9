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

/* Items from which on a word can be too common. */
#define MANY 1000

/* Who wrote it, when and for which sprint makes no two items alike. */
static const double weights[N_SEARCH_COLUMNS] = {
    [SEARCH_TITLE] = 5, [SEARCH_LABELS] = 2, [SEARCH_TEXT] = 1
};

/* A word of the text. */
struct term {
    struct search_clause *clause; /* owned */
    double frequency;             /* weighted by where it stands */
    double weight;                /* what it tells */
    guint place;                  /* among the others */
};

/* The text in terms. */
struct profile {
    GArray *terms;           /* struct term */
    GHashTable *places;      /* stem -> index in terms, one more */
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
        struct term term = { search_clause_new(tokens, word, FALSE), weight, 0, profile->terms->len };
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

static GPtrArray *clauses_of(const struct profile *profile)
{
    GPtrArray *clauses = g_ptr_array_new();
    for (guint i = 0; i < profile->terms->len; i++)
        g_ptr_array_add(clauses, g_array_index(profile->terms, struct term, i).clause);
    return clauses;
}

/* Whether most of many items have the word: then it tells nothing (Robertson and Sparck Jones give it a
 * weight below 0), and takes more time than all others. */
static gboolean is_common(const struct search_score *score, guint rows_with)
{
    return score->rows >= MANY && rows_with > score->rows / 2;
}

/* Weighs the terms and keeps those that tell most, of those that another item has. */
static gboolean choose(struct search *search, struct profile *profile, struct search_score *score,
                       GError **error)
{
    g_autoptr(GPtrArray) clauses = clauses_of(profile);
    g_autofree char *expression = search_expression(clauses, " OR ", G_MAXUINT);
    g_autofree guint *rows_with = g_new0(guint, clauses->len + 1);

    score->rows_with = rows_with;
    score->n = clauses->len;
    gboolean good = search_store_count(search, expression, score, error);
    score->rows_with = NULL;
    for (guint i = clauses->len; i-- > 0 && good;) {
        struct term *term = &g_array_index(profile->terms, struct term, i);
        term->weight = search_score_idf(score->rows, rows_with[i]) * (1 + log(term->frequency));
        if (rows_with[i] < (profile->self ? 2 : 1) || is_common(score, rows_with[i]))
            g_array_remove_index(profile->terms, i);
    }
    g_array_sort(profile->terms, compare_terms);
    if (profile->terms->len > WORDS)
        g_array_set_size(profile->terms, WORDS);
    return good;
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

/* The score that the text has by its own words. */
static double own_score(const struct profile *profile, const struct search_score *score)
{
    double sum = 0;
    for (guint i = 0; i < profile->terms->len; i++)
        sum += search_score_part(score, score->phrases[i],
                                 g_array_index(profile->terms, struct term, i).frequency, profile->words);
    return sum;
}

static struct search_found *ask(struct search *search, struct profile *profile,
                                const struct search_wish *wish, GError **error)
{
    g_autoptr(SearchFound) found = search_found_new();
    double phrases[WORDS];
    struct search_score score = { .phrases = phrases };

    memcpy(score.columns, weights, sizeof weights);
    if (profile->terms->len && !choose(search, profile, &score, error))
        return NULL;
    if (!profile->terms->len)
        return g_steal_pointer(&found);
    for (guint i = 0; i < profile->terms->len; i++)
        phrases[i] = g_array_index(profile->terms, struct term, i).weight;
    score.n = profile->terms->len;
    g_autoptr(GPtrArray) clauses = clauses_of(profile);
    g_autofree char *expression = search_expression(clauses, " OR ", G_MAXUINT);
    g_autoptr(GArray) rows = search_store_rank(search, expression, &score, error);
    if (!rows)
        return NULL;
    double own = own_score(profile, &score);
    search_found_take(search, found, rows, wish, profile->self);
    for (guint i = 0; i < found->hits->len; i++) {
        struct search_hit *hit = found->hits->pdata[i];
        hit->likeness = own > 0 ? MIN(1, hit->score / own) : 0;
        hit->relation = relate(search->backlog, profile->self, hit->item);
        search_hit_fill(search, hit, clauses, &score, TRUE);
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
