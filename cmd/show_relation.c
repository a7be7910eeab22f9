#include "show_relation.h"

#include "depends.h"

#include <string.h>

/* The entry of that very id or alias. backlog_find takes a beginning of an id too, which here names nothing.
 */
static const struct entry *find_named(struct backlog *backlog, const char *name)
{
    const struct entry *entry = backlog_find(backlog, name, NULL);

    if (entry && g_strcmp0(backlog_id(backlog, entry), name) == 0)
        return entry;
    backlog_load(backlog);
    const struct item *item = backlog_named(backlog, name);
    return item ? backlog_entry(backlog, item->path) : NULL;
}

static const struct node *find_text(const struct document *document, const char *key)
{
    const struct node *node = node_find(document->front->root, key);
    return node && node->kind == NODE_SCALAR && !node_is_null(node) ? node : NULL;
}

static void add_item(const struct show_head *head, struct styled *line, const struct entry *entry)
{
    g_autoptr(GBytes) bytes = backlog_read(head->backlog, entry, NULL);
    g_autoptr(Document) document = bytes ? document_new(bytes, NULL) : NULL;

    if (!document || !document->front->root) {
        styled_add(line, "  cannot be read", -1, STYLED(TABLE_RED), NULL);
        return;
    }
    const struct node *title = find_text(document, "title"), *status = find_text(document, "status");
    if (title) {
        styled_add(line, "  ", -1, 0, NULL);
        styled_add(line, title->text, (gssize)title->length, 0, NULL);
    }
    if (status) {
        styled_add(line, "  (", -1, 0, NULL);
        styled_add(line, status->text, (gssize)status->length,
                   STYLED(present_status_style(status_parse(status->text))), NULL);
        styled_add(line, ")", -1, 0, NULL);
    }
}

static void add_named(const struct show_head *head, struct styled *line, const char *name)
{
    const struct entry *entry = find_named(head->backlog, name);
    g_autofree char *link = entry && head->linked ? present_item_link(head->context, entry->path) : NULL;

    styled_add(line, name, -1, STYLED(entry ? TABLE_CYAN : TABLE_RED), link);
    if (entry)
        add_item(head, line, entry);
    else
        styled_add(line, "  there is no such item", -1, STYLED(TABLE_RED), NULL);
}

/* "API key of the carrier  (external, Bo, due 2026-12-01)". */
static void add_external(struct styled *line, const struct node *node, const struct node *what)
{
    styled_add(line, what->text, (gssize)what->length, 0, NULL);
    styled_add(line, "  (external", -1, 0, NULL);
    for (const struct node *child = node->first; child; child = child->next) {
        g_autoptr(GString) text = g_string_new(NULL);
        if (child == what || node_is_null(child))
            continue;
        present_text(text, child);
        styled_add(line, ", ", -1, 0, NULL);
        if (strcmp(child->key->text, "owner") != 0) {
            gboolean due = strcmp(child->key->text, "due") == 0;
            styled_add(line, child->key->text, -1, 0, NULL);
            styled_add(line, due ? " " : ": ", -1, 0, NULL);
        }
        styled_add(line, text->str, (gssize)text->len, 0, NULL);
    }
    styled_add(line, ")", -1, 0, NULL);
}

gboolean show_relation_add(const struct show_head *head, struct styled *line, const struct node *node)
{
    const struct node *external = node->kind == NODE_MAP ? node_find(node, "external") : NULL;

    if (external && external->kind == NODE_SCALAR)
        add_external(line, node, external);
    else if (node->kind == NODE_SCALAR && node->length && strcmp(node->text, "none") != 0)
        add_named(head, line, node->text);
    else
        return FALSE;
    return TRUE;
}
