#include "import_backlog_fields.h"

#include "import_front.h"
#include "import_text.h"

#include <math.h>
#include <string.h>

/* What the takers share beside the front matter. */
struct reading {
    const struct backlog_task_source *source;
    struct backlog_task *task;
};

static gboolean take_title(const struct import_front *front, const struct node *node, const char *key)
{
    if (!import_front_is_text(front, node))
        return TRUE;
    front->item->title = import_text_line(node->text);
    return import_front_fits(front, node, "title");
}

static gboolean take_id(const struct import_front *front, const struct node *node, const char *key)
{
    if (!import_front_is_text(front, node))
        return TRUE;
    g_autofree char *id = g_utf8_strup(node->text, -1);
    front->item->id = *g_strstrip(id) ? g_steal_pointer(&id) : NULL;
    front->item->id_at = import_front_place(front, node);
    return import_front_fits(front, node, "id");
}

static enum status status_of(const char *word, const char *const *statuses, gboolean *exact)
{
    static const struct {
        const char *word;
        enum status status;
        gboolean exact;
    } words[] = {
        { "to do", STATUS_NEW, TRUE },          { "in progress", STATUS_DOING, TRUE },
        { "done", STATUS_DONE, TRUE },          { "draft", STATUS_NEW, FALSE },
        { "won't do", STATUS_DROPPED, FALSE },  { "wont do", STATUS_DROPPED, FALSE },
        { "cancelled", STATUS_DROPPED, FALSE }, { "canceled", STATUS_DROPPED, FALSE },
    };
    g_autofree char *folded = g_utf8_casefold(word, -1);

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(folded, words[i].word) == 0) {
            *exact = words[i].exact;
            return words[i].status;
        }
    *exact = FALSE;
    for (gsize i = 0; statuses[i]; i++) {
        g_autofree char *other = g_utf8_casefold(statuses[i], -1);
        if (strcmp(folded, other) == 0)
            return i == 0 ? STATUS_NEW : statuses[i + 1] ? STATUS_DOING : STATUS_DONE;
    }
    return STATUS_NEW;
}

static gboolean take_status(const struct import_front *front, const struct node *node, const char *key)
{
    const struct reading *reading = front->data;
    gboolean exact, archived = reading->source->folder >= BACKLOG_ARCHIVE_TASKS;

    if (!import_front_is_text(front, node))
        return TRUE;
    front->item->status = status_of(node->text, reading->source->statuses, &exact);
    if (!exact || (archived && front->item->status != STATUS_DONE))
        import_front_keep(front, "status", node);
    return TRUE;
}

static gboolean take_type(const struct import_front *front, const struct node *node, const char *key)
{
    const struct reading *reading = front->data;
    return import_front_take_type(front, node, reading->source->policy);
}

static gboolean take_priority(const struct import_front *front, const struct node *node, const char *key)
{
    const struct reading *reading = front->data;
    static const char *const names[] = { "high", "medium", "low" };

    if (!import_front_is_text(front, node))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strcasecmp(node->text, names[i]) == 0)
            reading->task->priority = i;
    import_front_keep(front, key, node);
    return TRUE;
}

static gboolean take_ordinal(const struct import_front *front, const struct node *node, const char *key)
{
    const struct reading *reading = front->data;
    char *end;

    if (!import_front_is_text(front, node))
        return TRUE;
    double number = g_ascii_strtod(node->text, &end);
    if (*end == '\0' && isfinite(number))
        reading->task->ordinal = number;
    import_front_keep(front, key, node);
    return TRUE;
}

gboolean import_backlog_fields_read(const struct backlog_task_source *source, const struct document *document,
                                    struct backlog_task *task, GPtrArray *findings)
{
    static const struct import_front_taker takers[] = {
        { "title", take_title },
        { "id", take_id },
        { "status", take_status },
        { "type", take_type },
        { "labels", import_front_take_labels },
        { "created_date", import_front_take_created },
        { "assignee", import_front_take_owner },
        { "dependencies", import_front_take_depends },
        { "priority", take_priority },
        { "parent_task_id", import_front_take_parent },
        { "ordinal", take_ordinal },
        { NULL, NULL },
    };
    struct reading reading = { source, task };
    const struct import_front front = { document, task->item, findings, &reading };

    return import_front_read(&front, takers);
}
