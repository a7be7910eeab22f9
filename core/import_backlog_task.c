#include "import_backlog_task.h"

#include "import_backlog_body.h"
#include "import_backlog_fields.h"
#include "import_document.h"

#include <math.h>
#include <string.h>

/* Fills in what the file does not say. */
static void complete(const struct backlog_task_source *source, struct import_item *item)
{
    if (!item->title) {
        item->title = g_strndup(source->name, strlen(source->name) - strlen(".md"));
        import_item_remark(item, SEVERITY_WARNING, (struct position){ 0 },
                           "there is no title; the name of the file stands for it");
    }
    if (!item->id)
        import_item_remark(item, SEVERITY_WARNING, (struct position){ 0 },
                           "there is no id; the item has no alias");
    if (source->folder >= BACKLOG_ARCHIVE_TASKS && item->status != STATUS_DONE)
        item->status = STATUS_DROPPED;
}

gboolean import_backlog_task_read(const struct backlog_task_source *source, GBytes *bytes,
                                  struct backlog_task *task, GPtrArray *findings)
{
    g_autoptr(ImportItem) item = import_item_new(source->path, source->name);
    g_autoptr(Document) document = import_document_open(bytes, item, findings);

    *task = (struct backlog_task){ item, INFINITY, 3 };
    item->type = g_strdup(import_type(source->policy, NULL, "task"));
    item->parent_key = "x-parent-task-id";
    if (!document || !import_backlog_fields_read(source, document, task, findings))
        return FALSE;
    complete(source, item);
    item->body = import_backlog_body(source->policy, document);
    task->item = g_steal_pointer(&item);
    return TRUE;
}
