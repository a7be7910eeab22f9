#include "search_private.h"

#include "nearest.h"
#include "query_computed.h"

#include <string.h>

void search_clause_free(struct search_clause *clause)
{
    if (!clause)
        return;
    g_free(clause->text);
    g_array_unref(clause->tokens);
    g_free(clause);
}

struct search_clause *search_clause_new(struct search_tokens *tokens, const char *text, gboolean prefix)
{
    g_autofree char *composed = search_compose(text, -1);
    GArray *list = search_tokens_read(tokens, composed, strlen(composed));

    if (!list->len) {
        g_array_unref(list);
        return NULL;
    }
    struct search_clause *clause = g_new(struct search_clause, 1);
    clause->text = g_steal_pointer(&composed);
    clause->prefix = prefix;
    clause->tokens = list;
    return clause;
}

/* What two clauses that ask the same have in common. */
static char *key_of(const struct search_clause *clause)
{
    GString *key = g_string_new(clause->prefix ? "*" : " ");
    for (guint i = 0; i < clause->tokens->len; i++) {
        const struct search_token *token = &g_array_index(clause->tokens, struct search_token, i);
        g_string_append_printf(key, "%s ", clause->prefix ? token->word : token->stem);
    }
    return g_string_free(key, FALSE);
}

struct collector {
    struct search_tokens *tokens;
    GPtrArray *clauses;
    GHashTable *seen;
};

/* Adds a word or phrase; a "*" at its end makes it a beginning. */
static void collect(struct collector *collector, const char *text, gsize length)
{
    g_autofree char *word = g_strndup(text, length);
    gsize end = strlen(g_strchomp(word));
    gboolean prefix = end > 1 && word[end - 1] == '*' && !g_ascii_isspace(word[end - 2]);

    if (prefix)
        word[end - 1] = '\0';
    struct search_clause *clause = search_clause_new(collector->tokens, word, prefix);
    if (clause && g_hash_table_add(collector->seen, key_of(clause)))
        g_ptr_array_add(collector->clauses, clause);
    else
        search_clause_free(clause);
}

static void collect_words(struct collector *collector, const char *text, gsize length)
{
    g_autofree char *part = g_strndup(text, length);
    g_auto(GStrv) words = g_strsplit_set(part, " \t\r\n", -1);

    for (gsize i = 0; words[i]; i++)
        collect(collector, words[i], strlen(words[i]));
}

/* What stands between double quotes is a phrase, the rest are words; a quote without another is none. */
static void collect_quoted(struct collector *collector, const char *text)
{
    for (const char *open; (open = strchr(text, '"'));) {
        const char *close = strchr(open + 1, '"');
        collect_words(collector, text, (gsize)(open - text));
        text = open + 1;
        if (!close)
            break;
        collect(collector, text, (gsize)(close - text));
        text = close + 1;
    }
    collect_words(collector, text, strlen(text));
}

static void free_clause(gpointer data)
{
    search_clause_free(data);
}

GPtrArray *search_clauses(struct search_tokens *tokens, const char *const *words)
{
    GPtrArray *clauses = g_ptr_array_new_with_free_func(free_clause);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct collector collector = { tokens, clauses, seen };

    for (gsize i = 0; words[i]; i++)
        if (strchr(words[i], '"'))
            collect_quoted(&collector, words[i]);
        else
            collect(&collector, words[i], strlen(words[i]));
    return clauses;
}

char *search_expression(const GPtrArray *clauses, const char *joint, guint without)
{
    GString *expression = g_string_new(NULL);

    for (guint i = 0; i < clauses->len; i++) {
        const struct search_clause *clause = clauses->pdata[i];
        if (i == without)
            continue;
        g_string_append_printf(expression, "%s\"", expression->len ? joint : "");
        for (const char *at = clause->text; *at; at++) {
            g_string_append_c(expression, *at);
            if (*at == '"')
                g_string_append_c(expression, '"');
        }
        g_string_append(expression, clause->prefix ? "\"*" : "\"");
    }
    return g_string_free(expression, FALSE);
}

/* -- filters -- */

/* Whether an item of the backlog has the key, or a table that queries go by. */
static gboolean is_known(const struct backlog *backlog, const char *key)
{
    gboolean known = field_find(key) || computed_find(key) || g_str_has_prefix(key, "x-");
    for (guint i = 0; i < backlog->items->len && !known; i++)
        known = item_value(backlog->items->pdata[i], key) != NULL;
    return known;
}

gboolean search_is_filter(const struct backlog *backlog, const char *word)
{
    gsize length = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-_");
    gboolean unequal = g_str_has_prefix(word + length, "!=");
    g_autofree char *key = g_strndup(word, length);

    if (!length || (word[length] != ':' && !unequal) || strcmp(key, "text") == 0)
        return FALSE;
    if (is_known(backlog, key))
        return TRUE;
    /* A slip of the pen is told, but "http://" and "std::sort" are words. */
    const char *value = word + length + (unequal ? 2 : 1);
    g_autofree const char **names = field_order();
    return *value && !strchr("/:", *value) && nearest_name(key, names);
}
