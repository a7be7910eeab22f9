#include "meant.h"

static const char *name_of(struct backlog *backlog, const struct entry *entry)
{
    const char *id = backlog_id(backlog, entry);
    return id ? id : entry->path;
}

const struct entry *meant_find(struct context *context, struct backlog *backlog, const char *word,
                               GError **error)
{
    const struct entry *followed, *entry = backlog_find_meant(backlog, word, &followed, error);

    if (entry && followed)
        output_hint(context->output, "%s is a duplicate of %s, which is meant", name_of(backlog, followed),
                    name_of(backlog, entry));
    return entry;
}
