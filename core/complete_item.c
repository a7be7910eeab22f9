#include "complete_private.h"

#include "assumption.h"
#include "criteria.h"
#include "question.h"

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

/* The first item that was given, for whose parts numbers stand; NULL: none, or it cannot be read. */
static struct document *read_first(struct completion *completion)
{
    gboolean single = completion->given && completion->given->len > 0;
    return single ? read_given(completion, completion->given->pdata[0]) : NULL;
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
    g_autoptr(Document) document = read_first(completion);
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

void complete_questions(struct completion *completion)
{
    g_autoptr(Document) document = read_first(completion);
    g_autoptr(GPtrArray) questions = document ? questions_read(document, completion->policy) : NULL;

    for (guint i = 0; questions && i < questions->len; i++) {
        const struct question *question = ((const struct asked *)questions->pdata[i])->question;
        g_autofree char *number = g_strdup_printf("%u", question->number);
        g_autofree char *help =
            g_strconcat(question->answered ? "[x] " : "", question->to ? "@" : "",
                        question->to ? question->to : "", question->to ? " " : "", question->text, NULL);
        completion_add(completion, number, help, FALSE);
    }
}

void complete_assumptions(struct completion *completion)
{
    g_autoptr(Document) document = read_first(completion);
    g_autoptr(GPtrArray) assumptions = document ? assumptions_read(document) : NULL;

    for (guint i = 0; assumptions && i < assumptions->len; i++) {
        const struct assumption *assumption = assumptions->pdata[i];
        g_autofree char *number = g_strdup_printf("%u", assumption->number);
        g_autofree char *help =
            g_strdup_printf("%s: %s", assumption_results()[assumption->result], assumption->belief);
        completion_add(completion, number, help, FALSE);
    }
}
