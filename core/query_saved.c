#include "query_saved.h"

#include "complaints.h"
#include "nearest.h"
#include "query_private.h"

#include <string.h>

#define BLANKS " \t\r\n"

/* How deep saved queries may name others. */
#define MAX_DEPTH 32

/* -- reading -- */

static const struct node *find_saved(const struct policy *policy, const char *name)
{
    const struct node *queries = policy_get(policy, "queries");
    const struct node *node = queries && queries->kind == NODE_MAP ? node_find(queries, name) : NULL;
    return node_is_null(node) ? NULL : node;
}

/* One term where it stands: node is the text or entry that holds it, from offset at of its text on. */
struct place {
    char *text;
    const struct node *node;
    gsize at;
};

static void clear_place(gpointer data)
{
    g_free(((struct place *)data)->text);
}

static void add_place(GArray *places, const struct node *node, gsize at, gsize length)
{
    struct place place = { g_strndup(node->text + at, length), node, at };
    if (*place.text)
        g_array_append_val(places, place);
    else
        clear_place(&place);
}

/* The terms of a saved query; what is of another form is left out. */
static GArray *places_of(const struct node *saved)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(struct place));

    g_array_set_clear_func(places, clear_place);
    if (saved->kind == NODE_SCALAR)
        for (gsize at = strspn(saved->text, BLANKS), length; saved->text[at];
             at += length + strspn(saved->text + at + length, BLANKS)) {
            length = strcspn(saved->text + at, BLANKS);
            add_place(places, saved, at, length);
        }
    for (const struct node *entry = saved->kind == NODE_SEQUENCE ? saved->first : NULL; entry;
         entry = entry->next)
        if (entry->kind == NODE_SCALAR)
            add_place(places, entry, 0, strlen(entry->text));
    return places;
}

gboolean query_saved_is_name(const char *word)
{
    return *word == '@';
}

const char **query_saved_names(const struct policy *policy)
{
    const struct node *queries = policy_get(policy, "queries");
    GPtrArray *names = g_ptr_array_new();

    /* To expand one without value finds nothing, so it is no name to offer. */
    for (const struct node *node = queries && queries->kind == NODE_MAP ? queries->first : NULL; node;
         node = node->next)
        if (!node_is_null(node))
            g_ptr_array_add(names, (gpointer)node->key->text);
    g_ptr_array_add(names, NULL);
    return (const char **)g_ptr_array_free(names, FALSE);
}

char *query_saved_text(const struct policy *policy, const char *name)
{
    const struct node *saved = find_saved(policy, name);
    g_autoptr(GArray) places = saved ? places_of(saved) : NULL;
    GString *text = g_string_new(NULL);

    for (guint i = 0; places && i < places->len; i++)
        g_string_append_printf(text, "%s%s", i ? " " : "", g_array_index(places, struct place, i).text);
    return g_string_free(text, FALSE);
}

/* -- expanding -- */

static void set_unknown(const struct policy *policy, const char *name, GError **error)
{
    g_autofree const char **names = query_saved_names(policy);
    const char *nearest = nearest_name(name, names);
    g_autofree char *all = g_strjoinv(", @", (char **)names);

    if (strcmp(name, "me") == 0)
        g_set_error(error, QUERY_ERROR, QUERY_ERROR_SAVED, "@me is a value: write owner:@me");
    else if (nearest)
        g_set_error(error, QUERY_ERROR, QUERY_ERROR_SAVED, "there is no saved query %s; did you mean @%s?",
                    name, nearest);
    else
        g_set_error(
            error, QUERY_ERROR, QUERY_ERROR_SAVED,
            "there is no saved query \"%s\"%s%s; the policy has them under queries, and text:@%s finds "
            "the word",
            name, *all ? ", but @" : "", all, name);
}

struct expansion {
    const struct policy *policy;
    GHashTable *done; /* names that were expanded */
    GArray *terms;
};

static void clear_term(gpointer data)
{
    g_free(((struct query_term *)data)->text);
}

static gboolean expand(struct expansion *expansion, const char *text, const char *saved, GError **error)
{
    if (!query_saved_is_name(text)) {
        struct query_term term = { g_strdup(text), saved };
        g_array_append_val(expansion->terms, term);
        return TRUE;
    }
    const struct node *node = find_saved(expansion->policy, text + 1);
    if (!node) {
        set_unknown(expansion->policy, text + 1, error);
        return FALSE;
    }
    if (!g_hash_table_add(expansion->done, (gpointer)node->key->text))
        return TRUE;
    g_autoptr(GArray) places = places_of(node);
    for (guint i = 0; i < places->len; i++)
        if (!expand(expansion, g_array_index(places, struct place, i).text, node->key->text, error))
            return FALSE;
    return TRUE;
}

GArray *query_saved_expand(const struct policy *policy, const char *const *terms, GError **error)
{
    g_autoptr(GHashTable) done = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct query_term));
    struct expansion expansion = { policy, done, all };

    g_array_set_clear_func(all, clear_term);
    for (gsize i = 0; terms[i]; i++)
        if (!expand(&expansion, terms[i], NULL, error))
            return NULL;
    return g_steal_pointer(&all);
}

/* -- checking -- */

struct check {
    const struct policy *policy;
    struct complaints complaints;
    GHashTable *done; /* names from which no circle is reached but those that were found */
    GPtrArray *trail; /* names that lead to where the check is */
};

/* Where the term stands in the file: within its text, unless that is folded or has escapes. */
static struct span span_of(const struct check *check, const struct place *place)
{
    struct span span = place->node->span;
    gsize quote = place->node->style == STYLE_SINGLE || place->node->style == STYLE_DOUBLE;
    gsize start = span.start + quote + place->at, length = strlen(place->text);

    if (start + length <= span.end && memcmp(check->complaints.text + start, place->text, length) == 0)
        return (struct span){ start, start + length };
    return span;
}

static gboolean is_name(const char *text)
{
    for (const char *at = text; *at; at++)
        if (!g_ascii_isalnum(*at) && *at != '-' && *at != '_')
            return FALSE;
    return *text != '\0';
}

static void check_form(const struct check *check, const struct node *node)
{
    const struct node *bad = node->kind == NODE_MAP ? node : NULL;

    if (!is_name(node->key->text) || strcmp(node->key->text, "me") == 0)
        complaints_add(&check->complaints, SEVERITY_ERROR, node->key->span,
                       "a name is letters, digits and dashes; @me is the user",
                       "queries: \"%s\" can be no name of a query", node->key->text);
    for (const struct node *entry = node->kind == NODE_SEQUENCE ? node->first : NULL; entry && !bad;
         entry = entry->next)
        if (entry->kind != NODE_SCALAR)
            bad = entry;
    g_autoptr(GArray) places = places_of(node);
    if (bad)
        complaints_add(&check->complaints, SEVERITY_ERROR, bad->span,
                       "write \"status:ready type:bug\", or a list with an entry a term",
                       "queries.%s: expected terms, saw %s", node->key->text, node_kind_name(bad->kind));
    else if (places->len == 0)
        complaints_add(&check->complaints, SEVERITY_ERROR, node->span, NULL,
                       "queries.%s: expected terms, saw none", node->key->text);
}

static void check_saved(struct check *check, const struct node *node);

static void check_reference(struct check *check, const struct node *from, const struct place *place)
{
    const char *name = place->text + 1;
    const struct node *node = find_saved(check->policy, name);
    g_autoptr(GError) cause = NULL;
    guint index = 0;

    if (!node) {
        set_unknown(check->policy, name, &cause);
        complaints_add(&check->complaints, SEVERITY_ERROR, span_of(check, place), NULL, "queries.%s: %s",
                       from->key->text, cause->message);
        return;
    }
    if (!g_ptr_array_find_with_equal_func(check->trail, name, g_str_equal, &index)) {
        if (check->trail->len < MAX_DEPTH)
            check_saved(check, node);
        else
            complaints_add(&check->complaints, SEVERITY_ERROR, span_of(check, place), NULL,
                           "queries.%s: saved queries may name others %d deep, and this is deeper",
                           from->key->text, MAX_DEPTH);
        return;
    }
    g_autoptr(GString) circle = g_string_new(NULL);
    for (guint i = index; i < check->trail->len; i++)
        g_string_append_printf(circle, "@%s -> ", (const char *)check->trail->pdata[i]);
    complaints_add(&check->complaints, SEVERITY_ERROR, span_of(check, place), NULL,
                   "queries.%s: it comes back to itself: %s@%s", from->key->text, circle->str, name);
}

static void check_term(const struct check *check, const struct node *from, const struct place *place)
{
    g_autoptr(GError) cause = NULL;

    if (query_check_term(check->policy, place->text, &cause))
        return;
    /* An item may have the key all the same. */
    gboolean own = g_error_matches(cause, QUERY_ERROR, QUERY_ERROR_KEY);
    complaints_add(&check->complaints, own ? SEVERITY_WARNING : SEVERITY_ERROR, span_of(check, place), NULL,
                   "queries.%s: %s", from->key->text, cause->message);
}

static void check_saved(struct check *check, const struct node *node)
{
    if (!g_hash_table_add(check->done, (gpointer)node->key->text))
        return;
    g_ptr_array_add(check->trail, (gpointer)node->key->text);
    check_form(check, node);
    g_autoptr(GArray) places = places_of(node);
    for (guint i = 0; i < places->len; i++) {
        const struct place *place = &g_array_index(places, struct place, i);
        if (query_saved_is_name(place->text))
            check_reference(check, node, place);
        else
            check_term(check, node, place);
    }
    g_ptr_array_set_size(check->trail, (gint)check->trail->len - 1);
}

void query_saved_check(const struct policy *policy, const char *text, gsize length, GPtrArray *findings)
{
    g_autoptr(GHashTable) done = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) trail = g_ptr_array_new();
    struct check check = { policy, { text, length, findings }, done, trail };
    const struct node *queries = policy_get(policy, "queries");

    if (!queries || queries->kind != NODE_MAP)
        return;
    for (const struct node *node = queries->first; node; node = node->next)
        if (!node_is_null(node))
            check_saved(&check, node);
}
