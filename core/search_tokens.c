#include "search_private.h"

#include <sqlite3.h>
#include <string.h>

/* Words that are longer have no stem: Porter's of FTS5 leaves these as they are. */
#define LONGEST 64

/* FTS5's tokenizers, which ours is made of. */
struct search_tokens {
    fts5_tokenizer porter; /* over unicode61 */
    fts5_tokenizer plain;  /* unicode61 alone */
    Fts5Tokenizer *stems;
    Fts5Tokenizer *words;
};

typedef int (*emit_token)(void *context, int flags, const char *token, int length, int start, int end);

/* One pass over a text. */
struct pass {
    const struct search_tokens *tokens;
    int purpose; /* FTS5_TOKENIZE_… */
    const char *text;
    int base; /* where text begins in the whole text */
    void *context;
    emit_token emit;
};

/* A word, folded, while it is made. */
struct word {
    char text[4 * LONGEST];
    int length; /* -1: there is none, or it is too long */
};

/* -- the word itself -- */

static int keep_word(void *context, int flags, const char *token, int length, int start, int end)
{
    struct word *word = context;
    gboolean fits = length <= (int)sizeof word->text;
    if (fits)
        memcpy(word->text, token, (gsize)length);
    word->length = fits ? length : -1;
    return SQLITE_OK;
}

/* The word as unicode61 folds it. */
static void fold_word(const struct search_tokens *tokens, const char *text, int length, struct word *word)
{
    gboolean ascii = length <= LONGEST;

    for (int i = 0; i < length && ascii; i++) {
        ascii = (guchar)text[i] < 0x80;
        word->text[i] = g_ascii_tolower(text[i]);
    }
    word->length = ascii ? length : -1;
    if (!ascii)
        tokens->plain.xTokenize(tokens->words, word, FTS5_TOKENIZE_QUERY, text, length, keep_word);
}

/* -- scripts without spaces -- */

static gboolean has_wide(const char *text, int length)
{
    for (const char *at = text; at < text + length; at = g_utf8_next_char(at))
        if ((guchar)*at >= 0xe1 && g_unichar_iswide(g_utf8_get_char(at)))
            return TRUE;
    return FALSE;
}

static int take(void *context, int flags, const char *stem, int length, int start, int end);

/* Gives each wide character as a word, and what stands between them as words of its own. */
static int split_wide(const struct pass *pass, int start, int end)
{
    const char *at = pass->text + start, *stop = pass->text + end;
    int code = SQLITE_OK;

    while (at < stop && code == SQLITE_OK) {
        const char *from = at;
        gunichar character = g_utf8_get_char(at);
        if (g_unichar_iswide(character)) {
            char folded[6];
            int length = g_unichar_to_utf8(g_unichar_tolower(character), folded);
            at = g_utf8_next_char(at);
            code = pass->emit(pass->context, 0, folded, length, pass->base + (int)(from - pass->text),
                              pass->base + (int)(at - pass->text));
            continue;
        }
        while (at < stop && !g_unichar_iswide(g_utf8_get_char(at)))
            at = g_utf8_next_char(at);
        struct pass inner = *pass;
        inner.text = from;
        inner.base = pass->base + (int)(from - pass->text);
        code = pass->tokens->porter.xTokenize(pass->tokens->stems, &inner, pass->purpose, from,
                                              (int)(at - from), take);
    }
    return code;
}

/* -- the tokenizer -- */

/* Takes one stem: gives it, and for a document the word beside it; for a beginning only that. */
static int take(void *context, int flags, const char *stem, int length, int start, int end)
{
    const struct pass *pass = context;
    const char *text = pass->text + start;
    struct word word;

    if (has_wide(text, end - start))
        return split_wide(pass, start, end);
    if (pass->purpose == FTS5_TOKENIZE_QUERY)
        return pass->emit(pass->context, 0, stem, length, pass->base + start, pass->base + end);
    fold_word(pass->tokens, text, end - start, &word);
    gboolean same = word.length < 0 || (word.length == length && memcmp(word.text, stem, (gsize)length) == 0);
    if (pass->purpose & FTS5_TOKENIZE_PREFIX)
        return pass->emit(pass->context, 0, same ? stem : word.text, same ? length : word.length,
                          pass->base + start, pass->base + end);
    int code = pass->emit(pass->context, 0, stem, length, pass->base + start, pass->base + end);
    if (code == SQLITE_OK && !same)
        code = pass->emit(pass->context, FTS5_TOKEN_COLOCATED, word.text, word.length, pass->base + start,
                          pass->base + end);
    return code;
}

static int tokenize(Fts5Tokenizer *self, void *context, int purpose, const char *text, int length,
                    emit_token emit)
{
    const struct search_tokens *tokens = (const struct search_tokens *)(gpointer)self;
    struct pass pass = { tokens, purpose, text, 0, context, emit };
    return text ? tokens->porter.xTokenize(tokens->stems, &pass, purpose, text, length, take) : SQLITE_OK;
}

static int create(void *context, const char **arguments, int n, Fts5Tokenizer **self)
{
    *self = context;
    return SQLITE_OK;
}

static void delete_nothing(Fts5Tokenizer *self)
{
}

fts5_api *search_fts_find(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *select = NULL;

    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &select, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(select, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(select);
    }
    sqlite3_finalize(select);
    return api;
}

/* A tokenizer of FTS5's by its words, such as "porter unicode61". */
static gboolean make(fts5_api *api, const char **words, int n, fts5_tokenizer *kind, Fts5Tokenizer **self)
{
    void *context = NULL;
    return api->xFindTokenizer(api, words[0], &context, kind) == SQLITE_OK &&
           kind->xCreate(context, words + 1, n - 1, self) == SQLITE_OK;
}

static void clear(gpointer data)
{
    struct search_tokens *tokens = data;
    if (tokens->stems)
        tokens->porter.xDelete(tokens->stems);
    if (tokens->words)
        tokens->plain.xDelete(tokens->words);
}

struct search_tokens *search_tokens_ref(struct search_tokens *tokens)
{
    return g_rc_box_acquire(tokens);
}

void search_tokens_unref(struct search_tokens *tokens)
{
    if (tokens)
        g_rc_box_release_full(tokens, clear);
}

static void forget(void *data)
{
    search_tokens_unref(data);
}

struct search_tokens *search_tokens_new(sqlite3 *db)
{
    const char *porter[] = { "porter", "unicode61", "remove_diacritics", "2" };
    const char *plain[] = { "unicode61", "remove_diacritics", "2" };
    fts5_tokenizer ours = { create, delete_nothing, tokenize };
    fts5_api *api = search_fts_find(db);

    if (!api)
        return NULL;
    struct search_tokens *tokens = g_rc_box_new0(struct search_tokens);
    if (make(api, porter, G_N_ELEMENTS(porter), &tokens->porter, &tokens->stems) &&
        make(api, plain, G_N_ELEMENTS(plain), &tokens->plain, &tokens->words) &&
        api->xCreateTokenizer(api, "refine", search_tokens_ref(tokens), &ours, forget) == SQLITE_OK)
        return tokens;
    search_tokens_unref(tokens);
    return NULL;
}

/* -- for others -- */

static void clear_token(gpointer data)
{
    struct search_token *token = data;
    g_free(token->stem);
    g_free(token->word);
}

static int add_token(void *context, int flags, const char *text, int length, int start, int end)
{
    GArray *list = context;
    struct search_token token = { .stem = g_strndup(text, (gsize)length),
                                  .word = g_strndup(text, (gsize)length),
                                  .span = { (gsize)start, (gsize)end } };

    if (flags & FTS5_TOKEN_COLOCATED) {
        struct search_token *last = &g_array_index(list, struct search_token, list->len - 1);
        g_free(last->word);
        last->word = g_steal_pointer(&token.word);
        g_free(token.stem);
    } else {
        g_array_append_val(list, token);
    }
    return SQLITE_OK;
}

GArray *search_tokens_read(struct search_tokens *tokens, const char *text, gsize length)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct search_token));

    g_array_set_clear_func(list, clear_token);
    tokenize((Fts5Tokenizer *)(gpointer)tokens, list, FTS5_TOKENIZE_DOCUMENT, text,
             (int)MIN(length, G_MAXINT), add_token);
    return list;
}

char *search_compose(const char *text, gssize length)
{
    gsize n = length < 0 ? strlen(text) : (gsize)length;
    gsize ascii = 0;

    while (ascii < n && text[ascii] && (guchar)text[ascii] < 0x80)
        ascii++;
    if (ascii == n)
        return g_strndup(text, n);
    g_autofree char *valid = g_utf8_make_valid(text, (gssize)n);
    return g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);
}
