#include "lexicon_private.h"

#include "lexicon_words.h"

#include <string.h>

const char *const *lexicon_names(void)
{
    return word_source_names;
}

/* -- making -- */

static const struct entry word_alone = { .alone = TRUE };

static void entry_free(gpointer data)
{
    struct entry *entry = data;
    if (entry == &word_alone)
        return;
    if (entry->phrases)
        g_ptr_array_unref(entry->phrases);
    g_free(entry);
}

static void word_list_free(gpointer data)
{
    struct word_list *list = data;
    g_hash_table_unref(list->entries);
    g_hash_table_unref(list->prefixes);
    g_string_chunk_free(list->words);
    g_free(list);
}

void lexicon_add_start(guint32 *starts, const char *word, gboolean prefix)
{
    guint first = lexicon_start(word), n = prefix && strlen(word) < 3 ? 1U << 5 * (3 - strlen(word)) : 1;
    for (guint i = first; i < first + n; i++)
        starts[i / 32] |= 1U << i % 32;
}

/* Whether the entry is one plain word. */
static gboolean is_word(const char *text)
{
    while (g_ascii_islower(*text))
        text++;
    return *text == '\0';
}

/* The entry for what text begins with; *alone is set where that is all of it. */
static struct entry *entry_of(struct word_list *list, const char *text, gboolean *alone)
{
    g_autoptr(Prose) prose = is_word(text) ? NULL : prose_plain(text, (struct span){ 0, strlen(text) });
    const char *first = !prose ? text : prose->tokens->len > 0 ? prose_at(prose, 0)->text : "";
    struct entry *entry = g_hash_table_lookup(list->entries, first);

    if (!entry || entry == &word_alone) {
        gboolean was_alone = entry != NULL;
        entry = g_new0(struct entry, 1);
        entry->alone = was_alone;
        g_hash_table_replace(list->entries, (gpointer)g_string_chunk_insert(list->words, first), entry);
        lexicon_add_start(list->starts, first, FALSE);
    }
    *alone = !prose || prose->tokens->len <= 1;
    return entry;
}

static gint by_length(gconstpointer a, gconstpointer b)
{
    gsize left = strlen(*(const char *const *)a), right = strlen(*(const char *const *)b);
    return (left < right) - (left > right);
}

static void add_phrase(struct entry *entry, const char *text)
{
    if (!entry->phrases)
        entry->phrases = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(entry->phrases, g_strdup(text));
    g_ptr_array_sort(entry->phrases, by_length);
}

static void remove_phrase(struct entry *entry, const char *text)
{
    for (guint i = entry->phrases ? entry->phrases->len : 0; i-- > 0;)
        if (strcmp(entry->phrases->pdata[i], text) == 0)
            g_ptr_array_remove_index(entry->phrases, i);
}

/* The prefix that the entry, of one word, is, without its "*"; NULL: it is none. */
static char *prefix_of(const char *text)
{
    gsize length = strlen(text);
    gboolean prefix = length > 1 && length <= PREFIX_LONGEST + 1 && strcspn(text, "* ") == length - 1 &&
                      text[length - 1] == '*';
    return prefix ? g_strndup(text, length - 1) : NULL;
}

static void list_add(struct word_list *list, const char *text)
{
    g_autofree char *prefix = prefix_of(text);
    gboolean alone;

    if (prefix) {
        list->prefix_lengths |= 1U << strlen(prefix);
        lexicon_add_start(list->starts, prefix, TRUE);
        g_hash_table_add(list->prefixes, g_steal_pointer(&prefix));
        return;
    }
    struct entry *entry = entry_of(list, text, &alone);
    if (alone)
        entry->alone = TRUE;
    else
        add_phrase(entry, text);
}

static void list_remove(struct word_list *list, const char *text)
{
    g_autofree char *prefix = prefix_of(text);
    gboolean alone;

    if (prefix) {
        g_hash_table_remove(list->prefixes, prefix);
        return;
    }
    struct entry *entry = entry_of(list, text, &alone);
    if (!alone) {
        remove_phrase(entry, text);
        return;
    }
    entry->alone = FALSE;
    entry->removed = TRUE;
}

static struct word_list *word_list_new(const struct word_source *source)
{
    struct word_list *list = g_new0(struct word_list, 1);

    list->name = source->name;
    list->words = g_string_chunk_new(1024);
    list->entries = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, entry_free);
    list->prefixes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize i = 0; source->entries[i]; i++)
        if (is_word(source->entries[i]) && !g_hash_table_contains(list->entries, source->entries[i])) {
            g_hash_table_insert(list->entries, (gpointer)source->entries[i], (gpointer)&word_alone);
            lexicon_add_start(list->starts, source->entries[i], FALSE);
        } else {
            list_add(list, source->entries[i]);
        }
    return list;
}

/* Whether the list is the one that the policy names, or one of its kinds. */
static gboolean is_named(const struct word_list *list, const char *name, gboolean kinds)
{
    gsize length = strlen(name);
    return strncmp(list->name, name, length) == 0 &&
           (list->name[length] == '\0' || (kinds && list->name[length] == '-'));
}

/* Calls change for each text under key, of every list that the map names. */
static void apply(const struct lexicon *lexicon, const struct node *lists, const char *key, gboolean kinds,
                  void (*change)(struct word_list *, const char *))
{
    for (const struct node *named = lists && lists->kind == NODE_MAP ? lists->first : NULL; named;
         named = named->next) {
        const struct node *texts = named->kind == NODE_MAP ? node_find(named, key) : NULL;
        for (const struct node *text = texts && texts->kind == NODE_SEQUENCE ? texts->first : NULL; text;
             text = text->next) {
            if (text->kind != NODE_SCALAR)
                continue;
            g_autofree char *word = g_strstrip(g_ascii_strdown(text->text, -1));
            for (guint i = 0; *word && i < lexicon->lists->len; i++)
                if (is_named(lexicon->lists->pdata[i], named->key->text, kinds))
                    change(lexicon->lists->pdata[i], word);
        }
    }
}

/* Takes a list up into those that it is a kind of. */
static void join_family(const struct lexicon *lexicon, const struct word_list *kind)
{
    for (guint i = 0; i < lexicon->lists->len; i++) {
        struct word_list *list = lexicon->lists->pdata[i];
        if (is_named(kind, list->name, TRUE))
            list->family |= kind->bit;
    }
}

struct lexicon *lexicon_new(const struct policy *policy)
{
    struct lexicon *lexicon = g_new0(struct lexicon, 1);
    const struct node *words = policy_get(policy, "words");

    lexicon->lists = g_ptr_array_new_with_free_func(word_list_free);
    lexicon->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    for (const struct word_source *source = word_sources; source->name; source++) {
        struct word_list *list = word_list_new(source);
        g_assert(lexicon->lists->len < 64); /* bits of marks */
        list->bit = G_GUINT64_CONSTANT(1) << lexicon->lists->len;
        g_ptr_array_add(lexicon->lists, list);
        g_hash_table_insert(lexicon->by_name, (gpointer)list->name, list);
    }
    apply(lexicon, words, "remove", TRUE, list_remove);
    apply(lexicon, words, "add", FALSE, list_add);
    for (guint i = 0; i < lexicon->lists->len; i++)
        join_family(lexicon, lexicon->lists->pdata[i]);
    lexicon_gather(lexicon);
    return lexicon;
}

void lexicon_free(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    g_hash_table_unref(lexicon->by_name);
    g_hash_table_unref(lexicon->marks);
    g_hash_table_unref(lexicon->prefixes);
    g_ptr_array_unref(lexicon->lists);
    g_free(lexicon);
}

/* -- asking -- */

const struct word_list *lexicon_list(const struct lexicon *lexicon, const char *name)
{
    const struct word_list *list = g_hash_table_lookup(lexicon->by_name, name);
    g_assert(list);
    return list;
}

static gboolean may_begin(const struct word_list *list, const char *word)
{
    return lexicon_begins(list->starts, lexicon_start(word));
}

static gboolean has_prefix(const struct word_list *list, const char *word)
{
    char prefix[PREFIX_LONGEST + 1];
    gsize length = strlen(word);

    for (guint n = 1; n <= MIN(length, PREFIX_LONGEST); n++) {
        if (!(list->prefix_lengths >> n & 1))
            continue;
        memcpy(prefix, word, n);
        prefix[n] = '\0';
        if (g_hash_table_contains(list->prefixes, prefix))
            return TRUE;
    }
    return FALSE;
}

gboolean word_list_has(const struct word_list *list, const char *word)
{
    if (!may_begin(list, word))
        return FALSE;
    const struct entry *entry = g_hash_table_lookup(list->entries, word);
    return entry && (entry->alone || entry->removed) ? entry->alone : has_prefix(list, word);
}

gboolean word_list_may(const struct word_list *list, const struct token *token)
{
    return !token->marked || (token->entries | token->phrases) & list->family;
}

gboolean word_list_holds(const struct word_list *list, const struct token *token)
{
    return token->marked ? (token->entries & list->bit) != 0 : word_list_has(list, token->text);
}

guint word_list_match(const struct word_list *list, const struct prose *prose, guint index, guint end)
{
    const struct token *token = index < end ? prose_at(prose, index) : NULL;

    if (!token || token->kind == TOKEN_LITERAL)
        return 0;
    if (token->marked ? !(token->phrases & list->bit) : !may_begin(list, token->text))
        return word_list_holds(list, token);
    const struct entry *entry = g_hash_table_lookup(list->entries, token->text);
    for (guint i = 0; entry && entry->phrases && i < entry->phrases->len; i++) {
        guint n = prose_match(prose, index, end, entry->phrases->pdata[i]);
        if (n > 0)
            return n;
    }
    return word_list_holds(list, token);
}

gboolean lexicon_has(const struct lexicon *lexicon, const char *list, const char *word)
{
    return word_list_has(lexicon_list(lexicon, list), word);
}

guint lexicon_match(const struct lexicon *lexicon, const char *list, const struct prose *prose, guint index,
                    guint end)
{
    return word_list_match(lexicon_list(lexicon, list), prose, index, end);
}
