#include "complete_private.h"

#include "criteria.h"

#include <string.h>

/* The one entry whose id begins with the word; NULL where there is none, or several. Aliases are not looked
 * for, since that would read every file. */
static const struct entry *find_entry(struct backlog *backlog, const char *word)
{
    const struct entry *found = NULL;
    gsize length = strlen(word);

    for (guint i = 0; length > 0 && i < backlog->entries->len; i++) {
        const struct entry *entry = &g_array_index(backlog->entries, struct entry, i);
        const char *id = backlog_id(backlog, entry);
        if (!id || g_ascii_strncasecmp(id, word, length) != 0)
            continue;
        if (strlen(id) == length)
            return entry;
        if (found)
            return NULL;
        found = entry;
    }
    return found;
}

static struct document *read_given(struct completion *completion, const char *word)
{
    struct backlog *backlog = completion_backlog(completion);
    const struct entry *entry = backlog ? find_entry(backlog, word) : NULL;
    g_autoptr(GBytes) bytes = entry ? backlog_read(backlog, entry, NULL) : NULL;
    return bytes ? document_new(bytes, NULL) : NULL;
}

gboolean completion_add_own(struct completion *completion, const struct field *field)
{
    gboolean read = FALSE;

    for (guint i = 0; completion->given && i < completion->given->len; i++) {
        g_autoptr(Document) document = read_given(completion, completion->given->pdata[i]);
        const struct node *list = document ? node_find(document->front->root, field->name) : NULL;
        read = read || document;
        if (list && list->kind == NODE_SCALAR)
            completion_add(completion, list->text, NULL, FALSE);
        for (const struct node *entry = list && list->kind == NODE_SEQUENCE ? list->first : NULL; entry;
             entry = entry->next)
            if (entry->kind == NODE_SCALAR)
                completion_add(completion, entry->text, NULL, FALSE);
    }
    return read;
}

/* Behind "N=" the text that there is, to be changed. */
static void add_text(struct completion *completion, const GPtrArray *criteria)
{
    guint64 number = g_ascii_strtoull(completion_rest(completion), NULL, 10);
    completion_settle(completion, "=");
    if (number >= 1 && number <= criteria->len)
        completion_add(completion, ((const struct criterion *)criteria->pdata[number - 1])->text, NULL, TRUE);
}

void complete_criteria(struct completion *completion, const char *behind)
{
    gboolean single = completion->given && completion->given->len > 0;
    g_autoptr(Document) document = single ? read_given(completion, completion->given->pdata[0]) : NULL;
    g_autoptr(GPtrArray) criteria = document ? criteria_read(document, completion->policy) : NULL;
    const char *stop = *behind ? strstr(completion_rest(completion), behind) : NULL;

    if (criteria && stop && *behind == '=') {
        add_text(completion, criteria);
        return;
    }
    if (stop)
        completion_settle(completion, behind);
    for (guint i = 0; criteria && i < criteria->len; i++) {
        const struct criterion *criterion = criteria->pdata[i];
        g_autofree char *number = g_strdup_printf("%u%s", i + 1, stop ? "" : behind);
        g_autofree char *help = g_strconcat(criterion->ticked ? "[x] " : "", criterion->text, NULL);
        completion_add(completion, number, help, !stop && *behind);
    }
}
