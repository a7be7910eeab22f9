#include "import_backlog_fields.h"

#include "import_front.h"

#include <math.h>
#include <string.h>

/* One front matter while it is read. */
struct reading {
    struct import_front front;
    const struct backlog_task_source *source;
    struct import_item *item;
    struct backlog_task *task;
};

static gboolean take_title(struct reading *reading, const struct node *node)
{
    if (!import_front_is_text(&reading->front, node))
        return TRUE;
    reading->item->title = import_one_line(node->text);
    return import_front_fits(&reading->front, node, "title");
}

static gboolean take_id(struct reading *reading, const struct node *node)
{
    if (!import_front_is_text(&reading->front, node))
        return TRUE;
    reading->item->id = g_utf8_strup(node->text, -1);
    g_strstrip(reading->item->id);
    reading->item->id_at = import_front_place(&reading->front, node);
    return import_front_fits(&reading->front, node, "id");
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

static gboolean take_status(struct reading *reading, const struct node *node)
{
    gboolean exact, archived = reading->source->folder >= BACKLOG_ARCHIVE_TASKS;

    if (!import_front_is_text(&reading->front, node))
        return TRUE;
    reading->item->status = status_of(node->text, reading->source->statuses, &exact);
    if (!exact || (archived && reading->item->status != STATUS_DONE))
        import_front_keep(&reading->front, "status", node);
    return TRUE;
}

static gboolean take_type(struct reading *reading, const struct node *node)
{
    if (!import_front_is_text(&reading->front, node))
        return TRUE;
    g_free(reading->item->type);
    reading->item->type = g_strdup(import_type_named(reading->source->policy, node->text));
    if (g_ascii_strcasecmp(node->text, reading->item->type) != 0)
        import_front_keep(&reading->front, "type", node);
    return TRUE;
}

static gboolean take_priority(struct reading *reading, const struct node *node)
{
    static const char *const names[] = { "high", "medium", "low" };

    if (!import_front_is_text(&reading->front, node))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strcasecmp(node->text, names[i]) == 0)
            reading->task->priority = i;
    import_front_keep(&reading->front, node->key->text, node);
    return TRUE;
}

static gboolean take_ordinal(struct reading *reading, const struct node *node)
{
    char *end;

    if (!import_front_is_text(&reading->front, node))
        return TRUE;
    double number = g_ascii_strtod(node->text, &end);
    if (*end == '\0' && isfinite(number))
        reading->task->ordinal = number;
    import_front_keep(&reading->front, node->key->text, node);
    return TRUE;
}

static gboolean take_created(struct reading *reading, const struct node *node)
{
    return import_front_take_created(&reading->front, node);
}

static gboolean take_assignee(struct reading *reading, const struct node *node)
{
    return import_front_take_owner(&reading->front, node);
}

static gboolean take_labels(struct reading *reading, const struct node *node)
{
    return import_front_take_labels(&reading->front, node);
}

static gboolean take_dependencies(struct reading *reading, const struct node *node)
{
    return import_front_take_depends(&reading->front, node, "dependencies");
}

static gboolean take_parent(struct reading *reading, const struct node *node)
{
    return import_front_take_parent(&reading->front, node, "parent_task_id");
}

static gboolean take_other(struct reading *reading, const struct node *node)
{
    import_front_take_other(&reading->front, node);
    return TRUE;
}

/* Each FALSE where the task is refused; an error says why. */
static const struct {
    const char *key;
    gboolean (*take)(struct reading *reading, const struct node *node);
} takers[] = {
    { "title", take_title },       { "id", take_id },
    { "status", take_status },     { "type", take_type },
    { "labels", take_labels },     { "created_date", take_created },
    { "assignee", take_assignee }, { "dependencies", take_dependencies },
    { "priority", take_priority }, { "parent_task_id", take_parent },
    { "ordinal", take_ordinal },
};

gboolean import_backlog_fields_read(const struct backlog_task_source *source, const struct document *document,
                                    struct backlog_task *task, GPtrArray *findings)
{
    struct reading reading = { { document, task->item, findings }, source, task->item, task };

    for (const struct node *node = document->front->root->first; node; node = node->next) {
        gboolean (*take)(struct reading *, const struct node *) = take_other;
        for (gsize i = 0; i < G_N_ELEMENTS(takers); i++)
            if (strcmp(node->key->text, takers[i].key) == 0)
                take = takers[i].take;
        if (!take(&reading, node))
            return FALSE;
    }
    return TRUE;
}
