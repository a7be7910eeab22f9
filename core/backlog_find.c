#include "backlog.h"

#include "backlog_private.h"
#include "ident.h"

#include <string.h>

#define MAX_CANDIDATES 5

/* -- ids -- */

/* The id in the front matter of an entry of which the name does not tell; "" where there is none. */
static const char *read_id(struct backlog *backlog, const struct entry *entry)
{
    g_autoptr(GBytes) bytes = backlog_read_front(backlog, entry, NULL);
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;
    const struct node *id = document ? node_find(document->front->root, "id") : NULL;
    gboolean good = id && id->kind == NODE_SCALAR && ident_is_valid(id->text);
    return good ? g_string_chunk_insert(backlog->strings, id->text) : "";
}

/* The ids of all entries, "" for none. */
static const char *const *ids_of(struct backlog *backlog)
{
    if (backlog->ids)
        return backlog->ids;
    backlog->ids = g_new(const char *, backlog->entries->len + 1);
    for (guint i = 0; i < backlog->entries->len; i++) {
        const struct entry *entry = &g_array_index(backlog->entries, struct entry, i);
        backlog->ids[i] = entry->id ? entry->id : read_id(backlog, entry);
    }
    return backlog->ids;
}

const char *backlog_id(struct backlog *backlog, const struct entry *entry)
{
    const char *id = ids_of(backlog)[entry - &g_array_index(backlog->entries, struct entry, 0)];
    return *id ? id : NULL;
}

guint *backlog_shortest(struct backlog *backlog)
{
    const char *const *ids = ids_of(backlog);
    guint *lengths = g_new(guint, backlog->entries->len + 1);
    ident_shortest(ids, backlog->entries->len, lengths);
    return lengths;
}

/* -- what a word names -- */

/* "k7q2m (Filter search results)"; the title is read for it. */
static char *describe(struct backlog *backlog, const struct entry *entry)
{
    g_autoptr(GBytes) bytes = backlog_read_front(backlog, entry, NULL);
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;
    const struct node *title = document ? node_find(document->front->root, "title") : NULL;
    const char *id = backlog_id(backlog, entry);
    return title && title->kind == NODE_SCALAR ? g_strdup_printf("%s (%s)", id, title->text) : g_strdup(id);
}

static const struct entry *match_at(const struct backlog *backlog, const GArray *matches, guint i)
{
    return &g_array_index(backlog->entries, struct entry, g_array_index(matches, guint, i));
}

static void set_ambiguous(struct backlog *backlog, const char *word, const GArray *matches, GError **error)
{
    g_autoptr(GString) list = g_string_new(NULL);
    const char *id = backlog_id(backlog, match_at(backlog, matches, 0));
    guint shown = MIN(matches->len, MAX_CANDIDATES);
    gboolean one_id = TRUE;

    for (guint i = 1; i < matches->len; i++)
        one_id = one_id && g_strcmp0(backlog_id(backlog, match_at(backlog, matches, i)), id) == 0;
    for (guint i = 0; i < shown; i++) {
        const struct entry *entry = match_at(backlog, matches, i);
        g_autofree char *one =
            one_id ? policy_display(backlog->policy, entry->path) : describe(backlog, entry);
        g_string_append_printf(list, "%s%s", i ? ", " : "", one);
    }
    if (matches->len > shown)
        g_string_append_printf(list, " and %u more", matches->len - shown);
    g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_AMBIGUOUS,
                one_id ? "%s is the id of %s; name one by its path, and give it a new id"
                       : "%s could be %s; write more of the id",
                one_id ? id : word, list->str);
}

/* Whether no other item goes by the alias. */
static gboolean check_alias(const struct backlog *backlog, const struct item *item, const char *alias,
                            GError **error)
{
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *other = backlog->items->pdata[i];
        const char *const *aliases = item_texts(other, FIELD_ALIASES);
        for (gsize j = 0; other != item && aliases[j]; j++) {
            g_autofree char *folded = g_utf8_casefold(aliases[j], -1), *wanted = g_utf8_casefold(alias, -1);
            if (strcmp(folded, wanted) != 0)
                continue;
            g_autofree char *one = policy_display(backlog->policy, item->path);
            g_autofree char *two = policy_display(backlog->policy, other->path);
            g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_AMBIGUOUS,
                        "%s is an alias in %s and in %s; write the id", alias, one, two);
            return FALSE;
        }
    }
    return TRUE;
}

/* The entry that word, a path as seen from the current folder, leads to; NULL where it is none. */
static const struct entry *find_path(const struct backlog *backlog, const char *word)
{
    if (!g_str_has_suffix(word, ".md"))
        return NULL;
    g_autofree char *full = g_canonicalize_filename(word, NULL);
    gsize length = strlen(backlog->policy->root);
    gboolean inside = g_str_has_prefix(full, backlog->policy->root) && full[length] == '/';
    return inside ? backlog_entry(backlog, full + length + 1) : NULL;
}

const struct entry *backlog_find(struct backlog *backlog, const char *word, GError **error)
{
    const struct entry *by_path = find_path(backlog, word);
    if (by_path)
        return by_path;
    if (!*word) {
        g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM, "expected an id, saw an empty word");
        return NULL;
    }
    g_autoptr(GArray) matches = ident_matches(ids_of(backlog), backlog->entries->len, word);
    if (matches->len == 1)
        return match_at(backlog, matches, 0);
    if (matches->len > 1) {
        set_ambiguous(backlog, word, matches, error);
        return NULL;
    }
    backlog_load(backlog);
    const struct item *item = backlog_named(backlog, word);
    if (item)
        return g_strcmp0(item->id, word) == 0 || check_alias(backlog, item, word, error)
                   ? backlog_entry(backlog, item->path)
                   : NULL;
    g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM,
                "no item has the id, or an id that begins with, %s%s", word,
                backlog->entries->len ? "; refine list shows them"
                                      : ": the backlog is empty; refine add makes the first");
    return NULL;
}

const struct entry *backlog_find_exact(struct backlog *backlog, const char *name)
{
    const char *const *ids = ids_of(backlog);

    for (guint i = 0; i < backlog->entries->len && *name; i++)
        if (strcmp(ids[i], name) == 0)
            return &g_array_index(backlog->entries, struct entry, i);
    backlog_load(backlog);
    const struct item *item = backlog_named(backlog, name);
    return item ? backlog_entry(backlog, item->path) : NULL;
}

/* -- what a duplicate stands for -- */

static const struct node *find_text(const struct document *document, const char *key)
{
    const struct node *node = node_find(document->front->root, key);
    return node && node->kind == NODE_SCALAR && !node_is_null(node) && *node->text ? node : NULL;
}

/* The entry that this one, where it was dropped, names as what it repeats; NULL where there is none. */
static const struct entry *find_original(struct backlog *backlog, const struct entry *entry)
{
    g_autoptr(GBytes) bytes = backlog_read_front(backlog, entry, NULL);
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;

    if (!document || !document->front->root)
        return NULL;
    const struct node *status = find_text(document, "status"), *of = find_text(document, "duplicate-of");
    gboolean repeats = of && status && status_parse(status->text) == STATUS_DROPPED;
    return repeats ? backlog_find_exact(backlog, of->text) : NULL;
}

const struct entry *backlog_original(struct backlog *backlog, const struct entry *entry)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    const struct entry *last = NULL;

    for (const struct entry *next = entry; next; next = find_original(backlog, next)) {
        if (!g_hash_table_add(seen, (gpointer)next))
            return NULL;
        last = next;
    }
    return last == entry ? NULL : last;
}

const struct entry *backlog_find_meant(struct backlog *backlog, const char *word,
                                       const struct entry **followed, GError **error)
{
    const struct entry *entry = backlog_find(backlog, word, error);
    gboolean itself = entry && find_path(backlog, word) == entry;
    const struct entry *original = entry && !itself ? backlog_original(backlog, entry) : NULL;

    if (followed)
        *followed = original ? entry : NULL;
    return original ? original : entry;
}

gboolean backlog_has_id(const char *id, gpointer data)
{
    struct backlog *backlog = data;
    const char *const *ids = ids_of(backlog);

    if (backlog->by_id && g_hash_table_contains(backlog->by_id, id))
        return TRUE;
    for (guint i = 0; i < backlog->entries->len; i++)
        if (strcmp(ids[i], id) == 0)
            return TRUE;
    return FALSE;
}
