#include "query_private.h"

#include "query_saved.h"

#include <string.h>

struct query {
    struct backlog *backlog;
    GArray *terms; /* struct term */
};

struct query *query_parse(struct backlog *backlog, const char *const *terms, GError **error)
{
    g_autoptr(Query) query = g_new0(struct query, 1);

    query->backlog = backlog;
    query->terms = g_array_new(FALSE, TRUE, sizeof(struct term));
    g_array_set_clear_func(query->terms, term_clear);
    g_autoptr(GArray) all = query_saved_expand(backlog->policy, terms, error);
    for (guint i = 0; all && i < all->len; i++) {
        const struct query_term *one = &g_array_index(all, struct query_term, i);
        struct term term = { 0 };
        if (!term_parse(backlog->policy, backlog, one->text, &term, error)) {
            term_clear(&term);
            if (one->saved)
                g_prefix_error(error, "@%s: ", one->saved);
            return NULL;
        }
        if (term.computed && term.computed->open)
            term.data = term.computed->open(backlog);
        g_array_append_val(query->terms, term);
    }
    return all ? g_steal_pointer(&query) : NULL;
}

void query_free(struct query *query)
{
    if (!query)
        return;
    g_array_unref(query->terms);
    g_free(query);
}

gboolean query_mentions(const struct query *query, enum field_id field)
{
    for (guint i = 0; i < query->terms->len; i++) {
        const struct term *term = &g_array_index(query->terms, struct term, i);
        if (term->field && term->field->id == field)
            return TRUE;
    }
    return FALSE;
}

/* -- matching -- */

static gboolean contains(const char *text, const char *word)
{
    g_autofree char *folded = term_fold(text);
    return strstr(folded, word) != NULL;
}

/* Whether the id begins with the word, or an alias has it. */
static gboolean is_called(const struct item *item, const char *word)
{
    const char *const *aliases = item_texts(item, FIELD_ALIASES);

    if (item->id && g_str_has_prefix(item->id, word))
        return TRUE;
    for (gsize i = 0; aliases[i]; i++)
        if (contains(aliases[i], word))
            return TRUE;
    return FALSE;
}

static gboolean matches_word(const struct query *query, const struct item *item, const char *word)
{
    if (contains(item->title, word) || is_called(item, word))
        return TRUE;
    const struct entry *entry = backlog_entry(query->backlog, item->path);
    g_autoptr(GBytes) bytes = backlog_read(query->backlog, entry, NULL);
    if (!bytes)
        return FALSE;
    g_autoptr(Document) document = document_new(bytes, NULL);
    gsize body = document->front->body;
    g_autofree char *text = g_utf8_make_valid(document->text + body, (gssize)(document->length - body));
    return contains(text, word);
}

static gboolean is_within(const struct policy *policy, const struct term *term, const char *text)
{
    double weight;
    /* What weighs nothing lies in no range. */
    if (term->field && term->field->id == FIELD_ESTIMATE && !term_weight(policy, text, &weight))
        return FALSE;
    return (*term->values[0] == '\0' || term_compare(policy, term->field, text, term->values[0]) >= 0) &&
           (*term->values[1] == '\0' || term_compare(policy, term->field, text, term->values[1]) <= 0);
}

static gboolean matches_text(const struct query *query, const struct term *term, const char *text)
{
    const struct item *named = term_is_reference(term) ? backlog_named(query->backlog, text) : NULL;
    g_autofree char *folded = term_fold(named && named->id ? named->id : text);
    if (term->range)
        return is_within(query->backlog->policy, term, folded);
    for (gsize i = 0; term->values[i]; i++) {
        if (*term->values[i] == '\0')
            continue;
        if (term->field && term->field->id == FIELD_TITLE ? strstr(folded, term->values[i]) != NULL
                                                          : strcmp(folded, term->values[i]) == 0)
            return TRUE;
    }
    return FALSE;
}

/* Whether the item has the key with one of the values; an empty value means without. */
static gboolean matches_key(const struct query *query, const struct term *term, const struct item *item)
{
    const struct value *value = item_value(item, term->key);
    gboolean empty = !value || value->count + value->records == 0 ||
                     (value->kind == NODE_SCALAR && *value->texts[0] == '\0');
    if (term->field && term->field->id == FIELD_ID && item->id)
        return matches_text(query, term, item->id);
    if (empty)
        return !term->range && g_strv_contains((const char *const *)term->values, "");
    for (guint i = 0; i < value->count; i++)
        if (matches_text(query, term, value->texts[i]))
            return TRUE;
    return FALSE;
}

static gboolean matches_term(const struct query *query, const struct term *term, const struct item *item)
{
    if (term->computed)
        return computed_matches(term->computed, term->data ? term->data : query->backlog, item,
                                (const char *const *)term->values, term->range);
    return term->key ? matches_key(query, term, item) : matches_word(query, item, term->values[0]);
}

gboolean query_matches(const struct query *query, const struct item *item)
{
    for (guint i = 0; i < query->terms->len; i++) {
        const struct term *term = &g_array_index(query->terms, struct term, i);
        if (matches_term(query, term, item) == term->negated)
            return FALSE;
    }
    return TRUE;
}
