/* What all lists have of a word, looked up once. */
#include "lexicon_private.h"

#include <string.h>

/* -- gathering -- */

static void gather_entries(struct lexicon *lexicon, const struct word_list *list)
{
    GHashTableIter iter;
    gpointer word, value;

    g_hash_table_iter_init(&iter, list->entries);
    while (g_hash_table_iter_next(&iter, &word, &value)) {
        const struct entry *entry = value;
        struct word_marks *marks = g_hash_table_lookup(lexicon->marks, word);
        if (!marks) {
            marks = g_new0(struct word_marks, 1);
            g_hash_table_insert(lexicon->marks, word, marks);
            lexicon_add_start(lexicon->starts, word, FALSE);
        }
        marks->entries |= entry->alone ? list->bit : 0;
        marks->phrases |= entry->phrases && entry->phrases->len > 0 ? list->bit : 0;
        marks->decided |= entry->alone || entry->removed ? list->bit : 0;
    }
}

static void gather_prefixes(struct lexicon *lexicon, const struct word_list *list)
{
    GHashTableIter iter;
    gpointer prefix;

    g_hash_table_iter_init(&iter, list->prefixes);
    while (g_hash_table_iter_next(&iter, &prefix, NULL)) {
        guint64 *lists = g_hash_table_lookup(lexicon->prefixes, prefix);
        if (!lists) {
            lists = g_new0(guint64, 1);
            g_hash_table_insert(lexicon->prefixes, prefix, lists);
        }
        *lists |= list->bit;
        lexicon->prefix_lengths |= 1U << strlen(prefix);
        lexicon_add_start(lexicon->prefix_starts, prefix, TRUE);
    }
}

void lexicon_gather(struct lexicon *lexicon)
{
    /* Words and prefixes are those of the lists. */
    lexicon->marks = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    lexicon->prefixes = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    for (guint i = 0; i < lexicon->lists->len; i++) {
        gather_entries(lexicon, lexicon->lists->pdata[i]);
        gather_prefixes(lexicon, lexicon->lists->pdata[i]);
    }
}

/* -- marking -- */

/* The lists of which a prefix fits the word. */
static guint64 find_prefixes(const struct lexicon *lexicon, const char *word)
{
    char prefix[PREFIX_LONGEST + 1];
    guint64 lists = 0;

    for (guint n = 1; n <= PREFIX_LONGEST && word[n - 1]; n++) {
        prefix[n - 1] = word[n - 1];
        if (!(lexicon->prefix_lengths >> n & 1))
            continue;
        prefix[n] = '\0';
        const guint64 *found = g_hash_table_lookup(lexicon->prefixes, prefix);
        lists |= found ? *found : 0;
    }
    return lists;
}

void lexicon_mark(const struct lexicon *lexicon, struct prose *prose)
{
    for (guint i = 0; i < prose->tokens->len; i++) {
        struct token *token = &g_array_index(prose->tokens, struct token, i);
        guint start = lexicon_start(token->text);
        const struct word_marks *marks =
            lexicon_begins(lexicon->starts, start) ? g_hash_table_lookup(lexicon->marks, token->text) : NULL;
        guint64 prefixed =
            lexicon_begins(lexicon->prefix_starts, start) ? find_prefixes(lexicon, token->text) : 0;
        token->entries = marks ? marks->entries | (prefixed & ~marks->decided) : prefixed;
        token->phrases = marks ? marks->phrases : 0;
        token->marked = TRUE;
    }
}
