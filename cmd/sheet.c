#include "sheet.h"

#include "meant.h"
#include "plain.h"
#include "present.h"

static void visit_document(const char *id, const char *path, struct document *document, sheet_visitor visit,
                           gpointer data)
{
    const struct node *title = node_find(document->front->root, "title");
    gboolean titled = title && title->kind == NODE_SCALAR;
    const struct sheet sheet = { id, path, titled ? title->text : "", document };

    visit(&sheet, data);
}

gboolean sheet_visit(struct context *context, const char *word, sheet_visitor visit, gpointer data,
                     GError **error)
{
    g_autoptr(Backlog) backlog = backlog_open(context->policy, NULL, error);
    const struct entry *entry = backlog ? meant_find(context, backlog, word, error) : NULL;
    g_autoptr(GBytes) bytes = entry ? backlog_read(backlog, entry, error) : NULL;
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;

    if (document)
        visit_document(backlog_id(backlog, entry), entry->path, document, visit, data);
    return document != NULL;
}

void sheets_visit(struct backlog *backlog,
                  gboolean (*wanted)(struct backlog *backlog, const struct item *item), sheet_visitor visit,
                  gpointer data)
{
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (!wanted(backlog, item))
            continue;
        g_autoptr(GBytes) bytes = backlog_read(backlog, backlog_entry(backlog, item->path), NULL);
        g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;
        if (document)
            visit_document(item->id, item->path, document, visit, data);
    }
}

struct json *sheet_json(struct json *list, const struct policy *policy, const struct sheet *sheet)
{
    struct json *object = json_add_object(list, NULL);
    g_autofree char *path = policy_display(policy, sheet->path);

    json_add_string(object, "id", sheet->id);
    json_add_string(object, "path", path);
    json_add_string(object, "title", sheet->title);
    return object;
}

char *sheet_name(const struct policy *policy, const struct sheet *sheet)
{
    return sheet->id ? g_strdup(sheet->id) : present_path(policy, sheet->path);
}

void sheet_heading(GString *out, struct context *context, const struct sheet *sheet)
{
    g_autofree char *name = sheet_name(context->policy, sheet), *title = plain_escape(sheet->title, -1);

    g_string_append_printf(out, "%s%s%s %s\n", output_sgr(context->output, TABLE_YELLOW), name,
                           output_sgr(context->output, TABLE_PLAIN), title);
}
