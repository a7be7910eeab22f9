#include "backlog_private.h"

#include "facts.h"
#include "reading.h"

/* Bodies from which on a second thread pays. */
#define MANY 64

/* Bodies that a thread takes at a time. */
#define STRIDE 16

static void free_facts(gpointer facts)
{
    facts_free(facts);
}

struct facts *backlog_read_facts(const struct backlog *backlog, const struct item *item,
                                 struct document *document)
{
    struct facts *facts = facts_read(document, backlog->policy);
    reading_judge(backlog->book, item, document, !backlog->no_advice, facts);
    return facts;
}

static struct facts *read_facts(const struct backlog *backlog, const struct item *item)
{
    const struct entry *entry = backlog_entry(backlog, item->path);
    g_autoptr(GBytes) bytes = backlog_read(backlog, entry, NULL);
    g_autoptr(Document) document = bytes ? document_new_body(bytes) : NULL;
    return document ? backlog_read_facts(backlog, item, document) : NULL;
}

const struct rulebook *backlog_book(struct backlog *backlog)
{
    if (!backlog->book)
        backlog->book = rulebook_new(backlog->policy);
    return backlog->book;
}

/* Whether the facts of the item are kept. */
static gboolean find_kept(const struct backlog *backlog, const struct item *item, gpointer *facts)
{
    return backlog->facts && g_hash_table_lookup_extended(backlog->facts, item, NULL, facts);
}

static void keep(struct backlog *backlog, const struct item *item, struct facts *facts)
{
    if (!backlog->facts)
        backlog->facts = g_hash_table_new_full(NULL, NULL, NULL, free_facts);
    g_hash_table_insert(backlog->facts, (gpointer)item, facts);
}

void backlog_leave_advice(struct backlog *backlog)
{
    backlog->no_advice = TRUE;
}

void backlog_keep_facts(struct backlog *backlog, const struct item *item, struct facts *facts)
{
    if (!backlog->no_advice)
        backlog_recall_add_facts(backlog, item, facts);
    keep(backlog, item, facts);
}

/* The lender's item that this one is a copy of; NULL: it is none, or its facts are not lent. */
static struct item *lent_item(const struct backlog *backlog, const struct item *item)
{
    return backlog->lender ? g_hash_table_lookup(backlog->lent, item->path) : NULL;
}

const struct facts *backlog_facts(struct backlog *backlog, const struct item *item)
{
    const struct item *lent = lent_item(backlog, item);
    gpointer kept = NULL;

    if (lent)
        return backlog_facts(backlog->lender, lent);
    if (find_kept(backlog, item, &kept))
        return kept;
    struct facts *facts = backlog_recall_facts(backlog, item);
    if (!facts) {
        backlog_book(backlog);
        facts = read_facts(backlog, item);
        if (!backlog->no_advice)
            backlog_recall_add_facts(backlog, item, facts);
    }
    keep(backlog, item, facts);
    return facts;
}

/* The reading of many bodies, which threads take in turns. */
struct bodies {
    const struct backlog *backlog;
    const GPtrArray *items;
    struct facts **facts; /* by index of items */
    gint next;            /* the first that nobody took yet; atomic */
};

static gpointer read_bodies(gpointer data)
{
    struct bodies *bodies = data;
    guint count = bodies->items->len;

    for (guint first; (first = (guint)g_atomic_int_add(&bodies->next, STRIDE)) < count;)
        for (guint i = first; i < MIN(first + STRIDE, count); i++)
            bodies->facts[i] = read_facts(bodies->backlog, bodies->items->pdata[i]);
    return NULL;
}

/* Those of items of which no facts are kept, and none to be had from the lender or the index. */
static GPtrArray *find_missing(struct backlog *backlog, const GPtrArray *items)
{
    GPtrArray *missing = g_ptr_array_new();
    g_autoptr(GPtrArray) lent = g_ptr_array_new();
    gpointer kept;

    if (backlog->recall)
        index_hold(backlog->index);
    for (guint i = 0; i < items->len; i++) {
        struct item *item = items->pdata[i], *lenders = lent_item(backlog, item);
        if (lenders)
            g_ptr_array_add(lent, lenders);
        if (lenders || find_kept(backlog, item, &kept))
            continue;
        struct facts *known = backlog_recall_facts(backlog, item);
        if (known)
            keep(backlog, item, known);
        else
            g_ptr_array_add(missing, item);
    }
    if (backlog->recall)
        index_release(backlog->index);
    if (lent->len)
        backlog_facts_load(backlog->lender, lent);
    return missing;
}

void backlog_facts_load(struct backlog *backlog, const GPtrArray *items)
{
    g_autoptr(GPtrArray) missing = find_missing(backlog, items);

    g_autofree struct facts **facts = g_new0(struct facts *, missing->len + 1);
    struct bodies bodies = { backlog, missing, facts, 0 };
    backlog_book(backlog);
    /* libgit2's objects are read by one thread. */
    gboolean many = !backlog->repo && missing->len >= MANY;
    GThread *thread = many ? g_thread_new("facts", read_bodies, &bodies) : NULL;

    read_bodies(&bodies);
    if (thread)
        g_thread_join(thread);
    for (guint i = 0; i < missing->len; i++)
        backlog_keep_facts(backlog, missing->pdata[i], facts[i]);
}
