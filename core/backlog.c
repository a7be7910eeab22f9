#include "backlog.h"

#include "backlog_private.h"
#include "file.h"
#include "repo.h"
#include "rulebook.h"

#include <glib/gstdio.h>
#include <string.h>

/* Entries from which on a second thread pays. */
#define MANY 256

/* Entries that a thread takes at a time. */
#define STRIDE 32

G_DEFINE_QUARK(refine_backlog, backlog_error)

/* -- opening -- */

static gint compare_entries(gconstpointer a, gconstpointer b)
{
    return strcmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

struct backlog *backlog_open(const struct policy *policy, const char *revision, GError **error)
{
    return backlog_open_at(policy, revision, NULL, error);
}

struct backlog *backlog_open_at(const struct policy *policy, const char *revision, const char *place,
                                GError **error)
{
    int root = file_open_root(policy->root, error);
    if (root < 0)
        return NULL;

    g_autoptr(Backlog) backlog = g_new0(struct backlog, 1);
    backlog->policy = policy;
    backlog->root = root;
    backlog->revision = g_strdup(revision);
    backlog->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    backlog->findings = findings_new();
    backlog->aside = g_array_new(FALSE, FALSE, sizeof(struct aside));
    backlog->strings = g_string_chunk_new(64 * 1024);
    if (!(revision ? backlog_list_revision(backlog, revision, place, error)
                   : backlog_list_work_tree(backlog, error)))
        return NULL;
    g_array_sort(backlog->entries, compare_entries);
    return g_steal_pointer(&backlog);
}

void backlog_overlay(struct backlog *backlog, const char *path, GBytes *text)
{
    const struct entry *entry = backlog_entry(backlog, path);

    g_assert(!backlog->items);
    if (!text) {
        if (entry)
            g_array_remove_index(backlog->entries,
                                 (guint)(entry - &g_array_index(backlog->entries, struct entry, 0)));
        return;
    }
    if (!backlog->texts)
        backlog->texts =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
    g_hash_table_insert(backlog->texts, g_strdup(path), g_bytes_ref(text));
    if (entry)
        return;
    backlog_add_entry(backlog, path, NULL, NULL);
    g_array_sort(backlog->entries, compare_entries);
}

void backlog_lend(struct backlog *backlog, GHashTable *items)
{
    g_assert(!backlog->items);
    backlog->lent = g_hash_table_ref(items);
}

void backlog_lend_facts(struct backlog *backlog, struct backlog *lender)
{
    g_assert(lender->policy == backlog->policy);
    backlog->lender = lender;
}

static void free_item(gpointer data)
{
    item_clear(data);
    g_free(data);
}

void backlog_free(struct backlog *backlog)
{
    if (!backlog)
        return;
    backlog_remember(backlog);
    backlog_recall_free(backlog->recall);
    g_free(backlog->ids);
    g_free(backlog->elsewhere);
    g_free(backlog->revision);
    g_clear_pointer(&backlog->by_id, g_hash_table_unref);
    g_clear_pointer(&backlog->by_alias, g_hash_table_unref);
    g_clear_pointer(&backlog->texts, g_hash_table_unref);
    g_clear_pointer(&backlog->lent, g_hash_table_unref);
    g_clear_pointer(&backlog->facts, g_hash_table_unref);
    rulebook_free(backlog->book);
    g_clear_pointer(&backlog->items, g_ptr_array_unref);
    g_array_unref(backlog->entries);
    g_array_unref(backlog->aside);
    g_ptr_array_unref(backlog->findings);
    g_string_chunk_free(backlog->strings);
    g_clear_pointer(&backlog->more_strings, g_string_chunk_free);
    index_close(backlog->index);
    repo_close(backlog->repo);
    g_clear_pointer(&backlog->votes, g_array_unref);
    g_close(backlog->root, NULL);
    g_free(backlog);
}

/* -- reading -- */

static GBytes *read_entry(const struct backlog *backlog, const struct entry *entry, gboolean front,
                          GError **error)
{
    g_assert(entry); /* who asks names a file that is there */
    GBytes *text = backlog->texts ? g_hash_table_lookup(backlog->texts, entry->path) : NULL;

    if (text)
        return g_bytes_ref(text);
    if (entry->trouble) {
        g_set_error_literal(error, FILE_ERROR, FILE_ERROR_KIND, entry->trouble);
        return NULL;
    }
    if (entry->object && backlog->lender && g_hash_table_contains(backlog->lent, entry->path))
        return read_entry(backlog->lender, backlog_entry(backlog->lender, entry->path), front, error);
    if (entry->object)
        return repo_read(backlog->repo, entry->object, error);
    return front ? file_read_front(backlog->root, entry->path, error)
                 : file_read(backlog->root, entry->path, error);
}

GBytes *backlog_read(const struct backlog *backlog, const struct entry *entry, GError **error)
{
    return read_entry(backlog, entry, FALSE, error);
}

GBytes *backlog_read_front(const struct backlog *backlog, const struct entry *entry, GError **error)
{
    return read_entry(backlog, entry, TRUE, error);
}

/* The reading of all entries, which threads take in turns. */
struct loading {
    const struct backlog *backlog;
    struct item **items;  /* by entry; NULL: it holds none */
    struct facts **facts; /* by entry: of its body, read in passing; NULL: it was not */
    gint next;            /* the first that nobody took yet; atomic */
};

/* One thread's part of it. */
struct part {
    struct loading *loading;
    GPtrArray *findings;
    GStringChunk *strings;
};

/* Adds a finding; returns an item where the name makes it one: what refers to it does not dangle. */
static struct item *add_unreadable(struct part *part, const struct entry *entry, const char *message)
{
    struct item *item = entry->id ? g_new(struct item, 1) : NULL;
    if (item)
        item_init(item, entry->path, entry->id, NULL, part->strings);
    struct finding *finding =
        finding_add_at(part->findings, "parse", SEVERITY_ERROR, (struct position){ 0, 0 }, NULL,
                       "the item cannot be read: %s", message);
    finding->path = g_strdup(entry->path);
    return item;
}

/* Reads entry i: the item that it holds, and its body if that is expected to be asked for. TRUE where that
 * gave no finding about its front matter. */
static gboolean read_item(struct part *part, guint i)
{
    const struct backlog *backlog = part->loading->backlog;
    const struct entry *entry = &g_array_index(backlog->entries, struct entry, i);
    struct item **item = &part->loading->items[i];
    g_autoptr(GError) cause = NULL;
    g_autoptr(GBytes) bytes = read_entry(backlog, entry, !backlog->wants_facts, &cause);
    guint first = part->findings->len;

    if (!bytes) {
        g_assert(cause);
        if (entry->id || !g_error_matches(cause, FILE_ERROR, FILE_ERROR_ABSENT))
            *item = add_unreadable(part, entry, cause->message);
        return FALSE;
    }
    g_autoptr(Document) document = document_new(bytes, part->findings);
    if (!entry->id && !document->front->present) {
        /* Neither its name nor front matter makes it an item: notes. */
        g_ptr_array_set_size(part->findings, (gint)first);
        return TRUE;
    }
    findings_set_path(part->findings, first, entry->path);
    *item = g_new(struct item, 1);
    item_init(*item, entry->path, entry->id, document, part->strings);
    if (backlog->wants_facts && backlog->wants_facts(*item))
        part->loading->facts[i] = backlog_read_facts(backlog, *item, document);
    return part->findings->len == first;
}

/* A copy of a lent item, whose values stay the lender's. */
static struct item *copy_lent(const struct item *lent)
{
    struct item *item = g_memdup2(lent, sizeof *lent);
    item->own = NULL;
    item->position = 0;
    return item;
}

static void load_entry(struct part *part, guint i)
{
    const struct backlog *backlog = part->loading->backlog;
    const struct entry *entry = &g_array_index(backlog->entries, struct entry, i);
    const struct item *lent = backlog->lent ? g_hash_table_lookup(backlog->lent, entry->path) : NULL;
    struct item **item = &part->loading->items[i];

    if (lent)
        *item = copy_lent(lent);
    else if (!(backlog->recall && backlog_recall_take(backlog->recall, i, item)) && read_item(part, i) &&
             backlog->recall)
        backlog_recall_add(backlog->recall, i, *item);
}

static gpointer load_part(gpointer data)
{
    struct part *part = data;
    guint count = part->loading->backlog->entries->len;

    for (guint first; (first = (guint)g_atomic_int_add(&part->loading->next, STRIDE)) < count;)
        for (guint i = first; i < MIN(first + STRIDE, count); i++)
            load_entry(part, i);
    return NULL;
}

/* Adds items in the order of their paths: of several with one id or alias, the first has the name. */
static void take_items(struct backlog *backlog, const struct loading *loading)
{
    for (guint i = 0; i < backlog->entries->len; i++) {
        if (loading->items[i])
            g_ptr_array_add(backlog->items, loading->items[i]);
        if (loading->facts[i])
            backlog_keep_facts(backlog, loading->items[i], loading->facts[i]);
    }
}

/* Files of the work tree are read and parsed by two threads where there are enough; libgit2's objects by one.
 */
static void load_entries(struct backlog *backlog)
{
    guint count = backlog->entries->len;
    guint missing = backlog->recall ? backlog_recall_missing(backlog->recall) : count;
    /* To take an item from the index is a tenth of the work of reading it. */
    gboolean many = !backlog->repo && missing + count / 10 >= MANY;
    g_autofree struct item **items = g_new0(struct item *, count + 1);
    g_autofree struct facts **facts = g_new0(struct facts *, count + 1);
    struct loading loading = { backlog, items, facts, 0 };
    struct part own = { &loading, backlog->findings, backlog->strings };
    struct part other = { &loading, findings_new(), g_string_chunk_new(64 * 1024) };
    GThread *thread = many ? g_thread_new("load", load_part, &other) : NULL;

    load_part(&own);
    if (thread)
        g_thread_join(thread);
    backlog->more_strings = other.strings;
    g_ptr_array_extend_and_steal(backlog->findings, other.findings);
    take_items(backlog, &loading);
}

/* As g_utf8_casefold, which most of the time has nothing but ASCII to do. */
static char *fold(const char *text)
{
    return g_str_is_ascii(text) ? g_ascii_strdown(text, -1) : g_utf8_casefold(text, -1);
}

/* The names of an item; one that was added before under the same loses it. */
static void add_names(struct backlog *backlog, struct item *item)
{
    const char *const *aliases = item_texts(item, FIELD_ALIASES);

    if (item->id)
        g_hash_table_insert(backlog->by_id, (gpointer)item->id, item);
    for (gsize i = 0; aliases[i]; i++)
        g_hash_table_insert(backlog->by_alias, fold(aliases[i]), item);
}

void backlog_expect_facts(struct backlog *backlog, gboolean (*wanted)(const struct item *item))
{
    backlog->wants_facts = wanted;
}

void backlog_load(struct backlog *backlog)
{
    if (backlog->items)
        return;
    backlog->items = g_ptr_array_new_with_free_func(free_item);
    backlog->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    backlog->by_alias = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (!backlog->repo)
        backlog_recall(backlog);
    if (backlog->wants_facts)
        backlog_book(backlog); /* for several threads */
    load_entries(backlog);
    for (guint i = backlog->items->len; i > 0; i--)
        add_names(backlog, backlog->items->pdata[i - 1]);
    findings_sort(backlog->findings);
    backlog_sort(backlog->items);
    for (guint i = 0, position = 1; i < backlog->items->len; i++) {
        struct item *item = backlog->items->pdata[i];
        if (item->readable && status_is_open(item->status))
            item->position = position++;
    }
}

/* -- finding -- */

const struct item *backlog_item(const struct backlog *backlog, const char *id)
{
    return id ? g_hash_table_lookup(backlog->by_id, id) : NULL;
}

const struct item *backlog_named(const struct backlog *backlog, const char *word)
{
    const struct item *item = backlog_item(backlog, word);
    g_autofree char *folded = item ? NULL : fold(word);
    return item ? item : g_hash_table_lookup(backlog->by_alias, folded);
}

const struct item *backlog_at(const struct backlog *backlog, const char *path)
{
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (strcmp(item->path, path) == 0)
            return item;
    }
    return NULL;
}

guint backlog_index(const struct backlog *backlog, const struct item *item)
{
    guint index = 0;
    gboolean found = g_ptr_array_find(backlog->items, item, &index);
    g_assert(found);
    return index;
}

const struct entry *backlog_entry(const struct backlog *backlog, const char *path)
{
    struct entry wanted = { .path = path };
    guint index;
    return g_array_binary_search(backlog->entries, &wanted, compare_entries, &index)
               ? &g_array_index(backlog->entries, struct entry, index)
               : NULL;
}
