#include "query_private.h"

#include "clock.h"
#include "nearest.h"
#include "people.h"
#include "query_computed.h"
#include "query_saved.h"

#include <string.h>

G_DEFINE_QUARK(refine_query, query_error)

struct term {
    char *key;                       /* NULL: a word to be found in title or text */
    const struct field *field;       /* NULL: the user's own key */
    const struct computed *computed; /* NULL: the front matter has its values */
    gpointer data;                   /* that it opened; NULL: nothing */
    gboolean negated;
    gboolean range;
    char **values; /* case-folded; of a range two, "" where it is open */
};

struct query {
    struct backlog *backlog;
    GArray *terms; /* struct term */
};

/* What terms are read for. */
struct scope {
    const struct policy *policy;
    struct backlog *backlog; /* NULL: any */
};

static void clear_term(gpointer data)
{
    struct term *term = data;
    if (term->data)
        term->computed->close(term->data);
    g_free(term->key);
    g_strfreev(term->values);
}

static char *fold(const char *text)
{
    g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    return g_utf8_casefold(composed ? composed : text, -1);
}

/* -- parsing -- */

static gboolean is_key(const char *text, gsize length)
{
    for (gsize i = 0; i < length; i++)
        if (!g_ascii_islower(text[i]) && text[i] != '-' && text[i] != '_' && !(i && g_ascii_isdigit(text[i])))
            return FALSE;
    return length > 0;
}

/* The names of fields and of what is computed, and the keys of their own that items have (backlog NULL: no
 * items), NULL-terminated. */
static GPtrArray *known_keys(const struct backlog *backlog)
{
    GPtrArray *names = g_ptr_array_new();
    g_autoptr(GHashTable) own = g_hash_table_new(g_str_hash, g_str_equal);

    for (gsize i = 0; i < N_FIELDS; i++)
        g_ptr_array_add(names, (gpointer)field_table()[i].name);
    for (const struct computed *row = computed_table(); row->name; row++)
        g_ptr_array_add(names, (gpointer)row->name);
    for (guint i = 0; backlog && i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        for (guint j = 0; j < item->n_values; j++)
            if (!item->values[j].field && g_hash_table_add(own, (gpointer)item->values[j].key))
                g_ptr_array_add(names, (gpointer)item->values[j].key);
    }
    g_ptr_array_add(names, NULL);
    return names;
}

/* A key that no item has may be asked for where it begins with x- and is not nearly another; without a
 * backlog any that is not nearly a field. */
static gboolean check_key(const struct scope *scope, const char *key, GError **error)
{
    if (field_find(key) || computed_find(key))
        return TRUE;
    g_autoptr(GPtrArray) known = known_keys(scope->backlog);
    const char *const *names = (const char *const *)known->pdata;
    const char *nearest = nearest_name(key, names);
    if (g_strv_contains(names, key) || (!nearest && (!scope->backlog || g_str_has_prefix(key, "x-"))))
        return TRUE;
    g_set_error(error, QUERY_ERROR, QUERY_ERROR_KEY,
                nearest ? "there is no field %s; did you mean %s?"
                        : "there is no field %s; write text:%s:… for a word with a colon",
                key, nearest ? nearest : key);
    return FALSE;
}

/* The weight of an estimate in lower case, whatever the case on the scale. */
static gboolean find_weight(const struct policy *policy, const char *folded, double *weight)
{
    g_autofree const char **scale = policy_choices(policy, FIELD_ESTIMATE);
    for (gsize i = 0; scale[i]; i++) {
        g_autofree char *step = fold(scale[i]);
        if (strcmp(step, folded) == 0)
            return policy_weight(policy, scale[i], weight);
    }
    return policy_weight(policy, folded, weight);
}

/* A value of a choice must be one: a misspelt status would silently match nothing. */
static gboolean check_choice(const struct policy *policy, const struct term *term, GError **error)
{
    if (!term->field || term->field->kind != FIELD_CHOICE)
        return TRUE;
    g_autofree const char **choices = policy_choices(policy, term->field->id);
    for (gsize i = 0; choices && term->values[i]; i++) {
        gboolean known = *term->values[i] == '\0';
        for (gsize j = 0; choices[j] && !known; j++) {
            g_autofree char *folded = fold(choices[j]);
            known = strcmp(folded, term->values[i]) == 0;
        }
        double weight;
        if (known || (term->field->id == FIELD_ESTIMATE && find_weight(policy, term->values[i], &weight)))
            continue;
        const char *nearest = nearest_name(term->values[i], choices);
        g_autofree char *all = g_strjoinv(", ", (char **)choices);
        g_set_error(error, QUERY_ERROR, QUERY_ERROR_VALUE,
                    nearest ? "%s is never %s; did you mean %s?" : "%s is never %s; it can be %s", term->key,
                    term->values[i], nearest ? nearest : all);
        return FALSE;
    }
    return TRUE;
}

static gboolean is_reference(const struct field *field)
{
    return field && (field->kind == FIELD_REFERENCE || field->kind == FIELD_REFERENCES);
}

/* Turns ids, prefixes and aliases into ids. */
static gboolean resolve_references(struct backlog *backlog, struct term *term, GError **error)
{
    if (!is_reference(term->field))
        return TRUE;
    for (gsize i = 0; term->values[i]; i++) {
        if (*term->values[i] == '\0' || strcmp(term->values[i], "none") == 0)
            continue;
        const struct entry *entry = backlog_find(backlog, term->values[i], error);
        if (!entry)
            return FALSE;
        const char *id = backlog_id(backlog, entry);
        if (id) {
            g_free(term->values[i]);
            term->values[i] = g_strdup(id);
        }
    }
    return TRUE;
}

static char **parse_values(const char *text, gboolean *range)
{
    g_autofree char *folded = fold(text);
    const char *dots = strstr(folded, "..");
    *range = dots != NULL;
    if (!dots)
        return *folded ? g_strsplit(folded, ",", -1) : g_strdupv((char *[]){ (char *)"", NULL });
    char **ends = g_new0(char *, 3);
    ends[0] = g_strndup(folded, (gsize)(dots - folded));
    ends[1] = g_strdup(dots + 2);
    return ends;
}

/* Ordered as a number where both are (an estimate by its weight), else as text: days are written so that this
 * is their order. */
static int compare_values(const struct policy *policy, const struct field *field, const char *a,
                          const char *b)
{
    double left, right;
    if (field && field->kind == FIELD_DAY)
        return strcmp(a, b);
    if (field && field->id == FIELD_ESTIMATE
            ? find_weight(policy, a, &left) && find_weight(policy, b, &right)
            : policy_weight(policy, a, &left) && policy_weight(policy, b, &right))
        return left < right ? -1 : left > right;
    return strcmp(a, b);
}

static gboolean check_range(const struct policy *policy, const struct term *term, GError **error)
{
    const char *low = term->values[0], *high = term->range ? term->values[1] : "";
    if (term->range && term->field && term->field->kind == FIELD_CHOICE &&
        term->field->id != FIELD_ESTIMATE) {
        g_set_error(error, QUERY_ERROR, QUERY_ERROR_VALUE, "%s has no order for a range; write %s:%s,%s",
                    term->key, term->key, low, high);
        return FALSE;
    }
    if (!*low || !*high || compare_values(policy, term->field, low, high) <= 0)
        return TRUE;
    g_set_error(error, QUERY_ERROR, QUERY_ERROR_VALUE, "%s:%s..%s is empty: the lower end goes first",
                term->key, low, high);
    return FALSE;
}

/* A day must be one, or it would silently match nothing. */
static gboolean check_days(const struct term *term, GError **error)
{
    for (gsize i = 0; term->field && term->field->kind == FIELD_DAY && term->values[i]; i++)
        if (*term->values[i] && !clock_is_day(term->values[i])) {
            g_set_error(error, QUERY_ERROR, QUERY_ERROR_VALUE, "%s: expected a day as YYYY-MM-DD, saw %s",
                        term->key, term->values[i]);
            return FALSE;
        }
    return TRUE;
}

static gboolean check_computed(const struct term *term, GError **error)
{
    for (gsize i = 0; term->computed && term->values[i]; i++)
        if (!computed_check(term->computed, term->values[i], term->range, error))
            return FALSE;
    return TRUE;
}

/* Puts the user's names in the place of @me, which is who asks and not a title. */
static gboolean resolve_me(const struct scope *scope, struct term *term, GError **error)
{
    gboolean title = term->field && term->field->id == FIELD_TITLE;

    if (!scope->backlog || title || !g_strv_contains((const char *const *)term->values, "@me"))
        return TRUE;
    g_auto(GStrv) names = people_me(scope->policy, error);
    if (!names)
        return FALSE;
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    for (gsize i = 0; names[i]; i++)
        g_ptr_array_add(values, fold(names[i]));
    for (gsize i = 0; term->values[i]; i++)
        if (strcmp(term->values[i], "@me") != 0)
            g_ptr_array_add(values, g_strdup(term->values[i]));
    g_ptr_array_add(values, NULL);
    g_strfreev(term->values);
    term->values = (char **)g_ptr_array_free(g_steal_pointer(&values), FALSE);
    return TRUE;
}

static gboolean parse_term(const struct scope *scope, const char *text, struct term *term, GError **error)
{
    const char *colon = strchr(text, ':'), *unequal = strstr(text, "!=");
    const char *end = unequal && (!colon || unequal < colon) ? unequal : colon;

    if (!end || !is_key(text, (gsize)(end - text)) || g_str_has_prefix(text, "text:")) {
        const char *word = g_str_has_prefix(text, "text:") ? text + 5 : text;
        term->values = g_new0(char *, 2);
        term->values[0] = fold(word);
        return TRUE;
    }
    term->negated = end == unequal;
    term->key = g_strndup(text, (gsize)(end - text));
    term->field = field_find(term->key);
    term->computed = computed_find(term->key);
    if (!check_key(scope, term->key, error))
        return FALSE;
    term->values = parse_values(end + (term->negated ? 2 : 1), &term->range);
    return check_days(term, error) && check_computed(term, error) &&
           check_choice(scope->policy, term, error) && check_range(scope->policy, term, error) &&
           resolve_me(scope, term, error) &&
           (!scope->backlog || resolve_references(scope->backlog, term, error));
}

gboolean query_check_term(const struct policy *policy, const char *text, GError **error)
{
    const struct scope scope = { policy, NULL };
    struct term term = { 0 };
    gboolean good = parse_term(&scope, text, &term, error);

    clear_term(&term);
    return good;
}

struct query *query_parse(struct backlog *backlog, const char *const *terms, GError **error)
{
    const struct scope scope = { backlog->policy, backlog };
    g_autoptr(Query) query = g_new0(struct query, 1);

    query->backlog = backlog;
    query->terms = g_array_new(FALSE, TRUE, sizeof(struct term));
    g_array_set_clear_func(query->terms, clear_term);
    g_autoptr(GArray) all = query_saved_expand(backlog->policy, terms, error);
    for (guint i = 0; all && i < all->len; i++) {
        const struct query_term *one = &g_array_index(all, struct query_term, i);
        struct term term = { 0 };
        if (!parse_term(&scope, one->text, &term, error)) {
            clear_term(&term);
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
    g_autofree char *folded = fold(text);
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
    if (term->field && term->field->id == FIELD_ESTIMATE && !find_weight(policy, text, &weight))
        return FALSE;
    return (*term->values[0] == '\0' || compare_values(policy, term->field, text, term->values[0]) >= 0) &&
           (*term->values[1] == '\0' || compare_values(policy, term->field, text, term->values[1]) <= 0);
}

static gboolean matches_text(const struct query *query, const struct term *term, const char *text)
{
    const struct item *named = is_reference(term->field) ? backlog_named(query->backlog, text) : NULL;
    g_autofree char *folded = fold(named && named->id ? named->id : text);
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
