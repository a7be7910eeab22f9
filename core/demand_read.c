#include "demand_private.h"

#include "change.h"
#include "people.h"

#include <string.h>

/* Files from which on a second thread pays. */
#define MANY 64

static void request_free(gpointer data)
{
    struct request *request = data;

    g_free(request->from);
    g_free(request->on);
    g_free(request->says);
    g_free(request->via);
    g_free(request->asker);
    g_free(request);
}

/* -- who it is -- */

/* The text in NFC and without case, words with one space between. */
static char *fold_words(const char *text)
{
    g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
    g_autofree char *folded = g_utf8_casefold(composed ? composed : text, -1);
    GString *out = g_string_new(NULL);

    for (const char *at = folded; *at; at = g_utf8_next_char(at)) {
        gunichar character = g_utf8_get_char(at);
        if (!g_unichar_isspace(character))
            g_string_append_unichar(out, character);
        else if (out->len && out->str[out->len - 1] != ' ')
            g_string_append_c(out, ' ');
    }
    if (out->len && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

char *demand_asker(const struct policy *policy, const char *from)
{
    g_autofree char *folded = from ? fold_words(from) : NULL;
    const char *who = folded && *folded == '@' ? folded + 1 : folded;
    struct person person = { 0 };

    if (!who || !*who)
        return NULL;
    if (!people_find(policy, who, &person) || (!person.handle && !person.name))
        return g_strdup(who);
    return fold_words(person.handle ? person.handle : person.name);
}

/* -- one document -- */

static char *text_of(const struct node *record, const char *key)
{
    char *text = change_value(node_find(record, key));
    if (text && !*text)
        g_clear_pointer(&text, g_free);
    return text;
}

/* The requests without their askers. An entry that is a text and no map names who asked. */
static GPtrArray *read_entries(const struct item *item, const struct document *document)
{
    const struct node *list = node_find(document->front->root, field_table()[FIELD_FEEDBACK].name);
    GPtrArray *requests = g_ptr_array_new_with_free_func(request_free);

    for (const struct node *entry = list && list->kind == NODE_SEQUENCE ? list->first : NULL; entry;
         entry = entry->next) {
        struct request *request = g_new0(struct request, 1);
        request->item = item;
        if (entry->kind == NODE_MAP) {
            request->from = text_of(entry, "from");
            request->on = text_of(entry, "on");
            request->says = text_of(entry, "says");
            request->via = text_of(entry, "via");
        } else if (entry->kind == NODE_SCALAR) {
            request->from = change_value(entry);
        }
        if (request->from || request->on || request->says || request->via)
            g_ptr_array_add(requests, request);
        else
            request_free(request);
    }
    return requests;
}

GPtrArray *demand_read(const struct policy *policy, const struct item *item, const struct document *document)
{
    GPtrArray *requests = read_entries(item, document);

    for (guint i = 0; i < requests->len; i++) {
        struct request *request = requests->pdata[i];
        request->asker = demand_asker(policy, request->from);
    }
    return requests;
}

guint demand_askers(const GPtrArray *requests)
{
    g_autoptr(GHashTable) askers = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < requests->len; i++) {
        const struct request *request = requests->pdata[i];
        if (request->asker)
            g_hash_table_add(askers, request->asker);
    }
    return g_hash_table_size(askers);
}

/* -- a whole backlog -- */

/* One thread's part of the items. */
struct part {
    const struct backlog *backlog;
    const GArray *indexes; /* guint: of items with requests */
    guint first;
    guint end;
    GPtrArray **found; /* by index of the backlog's items */
};

static gpointer read_part(gpointer data)
{
    struct part *part = data;

    for (guint i = part->first; i < part->end; i++) {
        guint index = g_array_index(part->indexes, guint, i);
        const struct item *item = part->backlog->items->pdata[index];
        g_autoptr(GBytes) bytes = backlog_read(part->backlog, backlog_entry(part->backlog, item->path), NULL);
        g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;
        part->found[index] = document ? read_entries(item, document) : NULL;
    }
    return NULL;
}

static GArray *find_items(const struct backlog *backlog)
{
    GArray *indexes = g_array_new(FALSE, FALSE, sizeof(guint));

    for (guint i = 0; i < backlog->items->len; i++) {
        const struct value *value = item_field(backlog->items->pdata[i], FIELD_FEEDBACK);
        if (value && value->kind == NODE_SEQUENCE && value->count + value->records > 0)
            g_array_append_val(indexes, i);
    }
    return indexes;
}

/* The same few ask for much: who somebody is, is looked up once. */
static void set_askers(const struct policy *policy, GHashTable *known, const GPtrArray *requests)
{
    for (guint i = 0; i < requests->len; i++) {
        struct request *request = requests->pdata[i];
        gpointer asker = NULL;
        if (request->from && !g_hash_table_lookup_extended(known, request->from, NULL, &asker)) {
            asker = demand_asker(policy, request->from);
            g_hash_table_insert(known, request->from, asker);
        }
        request->asker = g_strdup(asker);
    }
}

GPtrArray **demand_read_all(const struct backlog *backlog)
{
    g_autoptr(GArray) indexes = find_items(backlog);
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    GPtrArray **found = g_new0(GPtrArray *, backlog->items->len + 1);
    /* libgit2's objects are read by one thread. */
    guint half = backlog->repo || indexes->len < MANY ? 0 : indexes->len / 2;
    struct part other = { backlog, indexes, 0, half, found };
    struct part rest = { backlog, indexes, half, indexes->len, found };
    GThread *thread = half ? g_thread_new("demand", read_part, &other) : NULL;

    read_part(&rest);
    if (thread)
        g_thread_join(thread);
    for (guint i = 0; i < indexes->len; i++) {
        GPtrArray *requests = found[g_array_index(indexes, guint, i)];
        if (requests)
            set_askers(backlog->policy, known, requests);
    }
    return found;
}
