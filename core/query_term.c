#include "query_private.h"

#include "clock.h"
#include "nearest.h"
#include "people.h"

#include <string.h>

G_DEFINE_QUARK(refine_query, query_error)

void term_clear(gpointer data)
{
    struct term *term = data;
    if (term->data)
        term->computed->close(term->data);
    g_free(term->key);
    g_strfreev(term->values);
}

char *term_fold(const char *text)
{
    g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    return g_utf8_casefold(composed ? composed : text, -1);
}

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
static gboolean check_key(struct backlog *backlog, const char *key, GError **error)
{
    if (field_find(key) || computed_find(key))
        return TRUE;
    g_autoptr(GPtrArray) known = known_keys(backlog);
    const char *const *names = (const char *const *)known->pdata;
    const char *nearest = nearest_name(key, names);
    if (g_strv_contains(names, key) || (!nearest && (!backlog || g_str_has_prefix(key, "x-"))))
        return TRUE;
    g_set_error(error, QUERY_ERROR, QUERY_ERROR_KEY,
                nearest ? "there is no field %s; did you mean %s?"
                        : "there is no field %s; write text:%s:… for a word with a colon",
                key, nearest ? nearest : key);
    return FALSE;
}

gboolean term_weight(const struct policy *policy, const char *folded, double *weight)
{
    g_autofree const char **scale = policy_choices(policy, FIELD_ESTIMATE);
    for (gsize i = 0; scale[i]; i++) {
        g_autofree char *step = term_fold(scale[i]);
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
            g_autofree char *folded = term_fold(choices[j]);
            known = strcmp(folded, term->values[i]) == 0;
        }
        double weight;
        if (known || (term->field->id == FIELD_ESTIMATE && term_weight(policy, term->values[i], &weight)))
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

gboolean term_is_reference(const struct term *term)
{
    return term->field && (term->field->kind == FIELD_REFERENCE || term->field->kind == FIELD_REFERENCES);
}

/* Turns ids, prefixes and aliases into ids. */
static gboolean resolve_references(struct backlog *backlog, struct term *term, GError **error)
{
    if (!term_is_reference(term))
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
    g_autofree char *folded = term_fold(text);
    const char *dots = strstr(folded, "..");
    *range = dots != NULL;
    if (!dots)
        return *folded ? g_strsplit(folded, ",", -1) : g_strdupv((char *[]){ (char *)"", NULL });
    char **ends = g_new0(char *, 3);
    ends[0] = g_strndup(folded, (gsize)(dots - folded));
    ends[1] = g_strdup(dots + 2);
    return ends;
}

int term_compare(const struct policy *policy, const struct field *field, const char *a, const char *b)
{
    double left, right;
    if (field && field->kind == FIELD_DAY)
        return strcmp(a, b);
    if (field && field->id == FIELD_ESTIMATE
            ? term_weight(policy, a, &left) && term_weight(policy, b, &right)
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
    if (!*low || !*high || term_compare(policy, term->field, low, high) <= 0)
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
static gboolean resolve_me(struct backlog *backlog, struct term *term, GError **error)
{
    gboolean title = term->field && term->field->id == FIELD_TITLE;

    if (!backlog || title || !g_strv_contains((const char *const *)term->values, "@me"))
        return TRUE;
    g_auto(GStrv) names = people_me(backlog->policy, error);
    if (!names)
        return FALSE;
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    for (gsize i = 0; names[i]; i++)
        g_ptr_array_add(values, term_fold(names[i]));
    for (gsize i = 0; term->values[i]; i++)
        if (strcmp(term->values[i], "@me") != 0)
            g_ptr_array_add(values, g_strdup(term->values[i]));
    g_ptr_array_add(values, NULL);
    g_strfreev(term->values);
    term->values = (char **)g_ptr_array_free(g_steal_pointer(&values), FALSE);
    return TRUE;
}

gboolean term_parse(const struct policy *policy, struct backlog *backlog, const char *text, struct term *term,
                    GError **error)
{
    const char *colon = strchr(text, ':'), *unequal = strstr(text, "!=");
    const char *end = unequal && (!colon || unequal < colon) ? unequal : colon;

    if (!end || !is_key(text, (gsize)(end - text)) || g_str_has_prefix(text, "text:")) {
        const char *word = g_str_has_prefix(text, "text:") ? text + 5 : text;
        term->values = g_new0(char *, 2);
        term->values[0] = term_fold(word);
        return TRUE;
    }
    term->negated = end == unequal;
    term->key = g_strndup(text, (gsize)(end - text));
    term->field = field_find(term->key);
    term->computed = computed_find(term->key);
    if (!check_key(backlog, term->key, error))
        return FALSE;
    term->values = parse_values(end + (term->negated ? 2 : 1), &term->range);
    return check_days(term, error) && check_computed(term, error) && check_choice(policy, term, error) &&
           check_range(policy, term, error) && resolve_me(backlog, term, error) &&
           (!backlog || resolve_references(backlog, term, error));
}

gboolean query_check_term(const struct policy *policy, const char *text, GError **error)
{
    struct term term = { 0 };
    gboolean good = term_parse(policy, NULL, text, &term, error);

    term_clear(&term);
    return good;
}
