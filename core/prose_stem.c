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

/* Cuts the ending off, where the word has one; the new length. */
static gsize cut_ending(char *word, gsize length)
{
    for (gsize i = 0; i < G_N_ELEMENTS(endings); i++) {
        gsize ending = strlen(endings[i].ending);
        if (length < ending + 3 || memcmp(word + length - ending, endings[i].ending, ending) != 0)
            continue;
        if (g_str_has_suffix(word, "ss") || g_str_has_suffix(word, "us"))
            return length;
        gsize left = strlen(endings[i].instead);
        memcpy(word + length - ending, endings[i].instead, left + 1);
        return length - ending + left;
    }
    return length;
}

/* A word, of 3 letters or more, without the ending that grammar gives it: "filtered", "filtering" and
 * "filters" are one. */
static char *stem(const char *word)
{
    gsize before = strlen(word), length = before;
    char *out = g_strdup(word);

    if (strchr("sntgyd", word[before - 1])) /* with what endings end */
        length = cut_ending(out, before);
    /* "stopped" is "stop", "save" is "saving", and "cancelled" and "install" have one l. */
    gboolean doubled = length > 3 && out[length - 1] == out[length - 2];
    if ((doubled && (out[length - 1] == 'l' || (length < before && !strchr("sz", out[length - 1])))) ||
        (length > 3 && out[length - 1] == 'e'))
        length--;
    if (length > 3 && out[length - 1] == 'y')
        out[length - 1] = 'i';
    out[length] = '\0';
    return out;
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
