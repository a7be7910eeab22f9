#include "backlog.h"

#include "facts.h"

static void free_facts(gpointer facts)
{
    facts_free(facts);
}

const struct facts *backlog_facts(struct backlog *backlog, const struct item *item)
{
    gpointer kept = NULL;

    if (!backlog->facts)
        backlog->facts = g_hash_table_new_full(NULL, NULL, NULL, free_facts);
    if (g_hash_table_lookup_extended(backlog->facts, item, NULL, &kept))
        return kept;
    const struct entry *entry = backlog_entry(backlog, item->path);
    g_autoptr(GBytes) bytes = backlog_read(backlog, entry, NULL);
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;
    struct facts *facts = document ? facts_read(document, backlog->policy) : NULL;
    g_hash_table_insert(backlog->facts, (gpointer)item, facts);
    return facts;
}
