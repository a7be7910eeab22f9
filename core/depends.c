#include "depends.h"

#include <string.h>

struct depends {
    const struct backlog *backlog;
    GHashTable *children;   /* item -> array */
    GHashTable *duplicates; /* item -> array */
    GHashTable *ends;       /* dropped item -> where its chain of duplicates ends, NULL for a circle */
};

/* The item that a reference field of item names, or NULL. */
static const struct item *find_named(const struct backlog *backlog, const struct item *item,
                                     enum field_id field)
{
    const char *name = item_text(item, field);
    return name ? backlog_named(backlog, name) : NULL;
}

/* What the next of a chain of duplicates is; NULL at its end. */
static const struct item *find_repeated(const struct backlog *backlog, const struct item *item)
{
    return item->status == STATUS_DROPPED ? find_named(backlog, item, FIELD_DUPLICATE_OF) : NULL;
}

/* -- one walk over the backlog -- */

static void add_to(GHashTable *lists, const struct item *key, const struct item *item)
{
    GPtrArray *list = g_hash_table_lookup(lists, key);
    if (!list) {
        list = g_ptr_array_new();
        g_hash_table_insert(lists, (gpointer)key, list);
    }
    g_ptr_array_add(list, (gpointer)item);
}

/* Fills in the end of the chain that item is in, for all of the chain, so that each is walked once. */
static const struct item *find_end(struct depends *depends, const struct item *item)
{
    g_autoptr(GPtrArray) chain = g_ptr_array_new();
    const struct item *end = NULL;

    for (const struct item *at = item; at; at = find_repeated(depends->backlog, at)) {
        end = at;
        if (g_hash_table_contains(depends->ends, at)) {
            end = g_hash_table_lookup(depends->ends, at);
            break;
        }
        g_hash_table_insert(depends->ends, (gpointer)at, NULL); /* whoever comes back here is in a circle */
        g_ptr_array_add(chain, (gpointer)at);
    }
    for (guint i = 0; i < chain->len; i++)
        g_hash_table_insert(depends->ends, chain->pdata[i], (gpointer)end);
    return end;
}

struct depends *depends_new(const struct backlog *backlog)
{
    struct depends *depends = g_new(struct depends, 1);

    depends->backlog = backlog;
    depends->children = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
    depends->ends = g_hash_table_new(NULL, NULL);
    depends->duplicates = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < backlog->items->len; i++)
        if (find_repeated(backlog, backlog->items->pdata[i]))
            find_end(depends, backlog->items->pdata[i]);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        const struct item *parent = find_named(backlog, item, FIELD_PARENT);
        const struct item *original = depends_original(depends, item);
        const struct item *whole = parent ? depends_original(depends, parent) : NULL;
        if (parent)
            add_to(depends->children, whole ? whole : parent, item);
        if (original)
            add_to(depends->duplicates, original, item);
    }
    return depends;
}

void depends_free(struct depends *depends)
{
    if (!depends)
        return;
    g_hash_table_unref(depends->children);
    g_hash_table_unref(depends->duplicates);
    g_hash_table_unref(depends->ends);
    g_free(depends);
}

const struct item *depends_original(const struct depends *depends, const struct item *item)
{
    const struct item *end = g_hash_table_lookup(depends->ends, item);
    return end == item ? NULL : end;
}

const GPtrArray *depends_children(const struct depends *depends, const struct item *item)
{
    return g_hash_table_lookup(depends->children, item);
}

const GPtrArray *depends_duplicates(const struct depends *depends, const struct item *item)
{
    return g_hash_table_lookup(depends->duplicates, item);
}

/* -- what a reference leads to -- */

GPtrArray *depends_find(const struct depends *depends, const char *reference)
{
    GPtrArray *found = g_ptr_array_new();
    const struct item *item = backlog_named(depends->backlog, reference);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    GQueue waiting = G_QUEUE_INIT;

    for (; item; item = g_queue_pop_head(&waiting)) {
        if (!g_hash_table_add(seen, (gpointer)item))
            continue;
        const GPtrArray *parts = item->status == STATUS_SPLIT ? depends_children(depends, item) : NULL;
        const struct item *original = depends_original(depends, item);
        for (guint i = 0; parts && i < parts->len; i++)
            g_queue_push_tail(&waiting, parts->pdata[i]);
        if (original)
            g_queue_push_tail(&waiting, (gpointer)original);
        else if (item->status != STATUS_SPLIT && !find_repeated(depends->backlog, item))
            g_ptr_array_add(found, (gpointer)item);
    }
    return found;
}

GPtrArray *depends_resolve(const struct backlog *backlog, const char *reference)
{
    g_autoptr(Depends) depends = depends_new(backlog);
    return depends_find(depends, reference);
}

/* -- as a graph -- */

static void add_edge(struct graph *graph, GHashTable *indexes, guint from, const struct item *to)
{
    if (to)
        graph_add(graph, from, GPOINTER_TO_UINT(g_hash_table_lookup(indexes, to)));
}

/* Edges from the open item with that index to what it depends on: each reference once, for one to a split
 * item may lead to many. */
static void add_references(struct graph *graph, GHashTable *indexes, const struct depends *depends,
                           guint from)
{
    const char *const *references = item_texts(depends->backlog->items->pdata[from], FIELD_DEPENDS);
    g_autoptr(GHashTable) seen = references[0] && references[1] ? g_hash_table_new(NULL, NULL) : NULL;

    for (gsize i = 0; references[i]; i++) {
        const struct item *named = backlog_named(depends->backlog, references[i]);
        if (!named || (seen && !g_hash_table_add(seen, (gpointer)named)))
            continue;
        g_autoptr(GPtrArray) targets = depends_find(depends, references[i]);
        for (guint j = 0; j < targets->len; j++)
            add_edge(graph, indexes, from, targets->pdata[j]);
    }
}

struct graph *depends_graph(const struct backlog *backlog, gboolean parents)
{
    g_autoptr(GHashTable) indexes = g_hash_table_new(NULL, NULL);
    g_autoptr(Depends) depends = depends_new(backlog);
    struct graph *graph = graph_new(backlog->items->len);

    for (guint i = 0; i < backlog->items->len; i++)
        g_hash_table_insert(indexes, backlog->items->pdata[i], GUINT_TO_POINTER(i));
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (parents) {
            add_edge(graph, indexes, i, find_named(backlog, item, FIELD_PARENT));
            add_edge(graph, indexes, i, find_repeated(backlog, item));
        } else if (status_is_open(item->status)) {
            add_references(graph, indexes, depends, i);
        }
    }
    return graph;
}
