#include "prose.h"

#include <stdlib.h>
#include <string.h>

/* Sorted. */
static const char *const stop_words[] = {
    "able",  "about", "after",   "all",    "also",  "and",   "any",  "are",   "because", "been",  "before",
    "being", "both",  "but",     "can",    "could", "did",   "does", "doing", "each",    "for",   "from",
    "get",   "has",   "have",    "having", "her",   "here",  "him",  "his",   "how",     "into",  "its",
    "just",  "let",   "may",     "might",  "more",  "most",  "must", "not",   "now",     "off",   "one",
    "only",  "order", "other",   "our",    "out",   "over",  "own",  "same",  "shall",   "she",   "should",
    "some",  "such",  "than",    "that",   "the",   "their", "them", "then",  "there",   "these", "they",
    "this",  "those", "through", "too",    "under", "until", "very", "want",  "was",     "were",  "what",
    "when",  "where", "which",   "while",  "who",   "why",   "will", "with",  "would",   "you",   "your",
};

static int by_text(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

/* Endings that leave the word what it is about, the longest first, with what stands for them. */
static const struct {
    const char *ending, *instead;
} endings[] = {
    { "isations", "" }, { "izations", "" }, { "isation", "" }, { "ization", "" }, { "ations", "" },
    { "ation", "" },    { "ments", "" },    { "ment", "" },    { "ingly", "" },   { "ities", "" },
    { "ings", "" },     { "ness", "" },     { "ions", "" },    { "edly", "" },    { "ing", "" },
    { "ion", "" },      { "ies", "y" },     { "ity", "" },     { "ed", "" },      { "es", "" },
    { "ly", "" },       { "s", "" },
};

/* A word without the ending that grammar gives it: "filtered", "filtering" and "filters" are one. */
static char *stem(const char *word)
{
    gsize length = strlen(word);
    GString *out = g_string_new(word);

    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        gsize ending = strlen(endings[i].ending);
        if (length < ending + 3 || !g_str_has_suffix(word, endings[i].ending))
            continue;
        if (g_str_has_suffix(word, "ss") || g_str_has_suffix(word, "us"))
            break;
        g_string_truncate(out, length - ending);
        g_string_append(out, endings[i].instead);
        break;
    }
    /* "stopped" is "stop", "save" is "saving", and "cancelled" and "install" have one l. */
    gboolean doubled = out->len > 3 && out->str[out->len - 1] == out->str[out->len - 2];
    if ((doubled &&
         (out->str[out->len - 1] == 'l' || (out->len < length && !strchr("sz", out->str[out->len - 1])))) ||
        (out->len > 3 && out->str[out->len - 1] == 'e'))
        g_string_truncate(out, out->len - 1);
    if (out->len > 3 && out->str[out->len - 1] == 'y')
        out->str[out->len - 1] = 'i';
    return g_string_free(out, FALSE);
}

GHashTable *prose_stems(const struct prose *prose, struct prose_range range)
{
    GHashTable *stems = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = range.first; i < range.end; i++) {
        const struct token *token = prose_at(prose, i);
        if (token->kind == TOKEN_WORD && strlen(token->text) >= 3 &&
            !bsearch(token->text, stop_words, G_N_ELEMENTS(stop_words), sizeof *stop_words, by_text))
            g_hash_table_add(stems, stem(token->text));
    }
    return stems;
}
