#include "depend_show.h"

#include "depends_tree.h"
#include "draft.h"
#include "list_tree.h"
#include "plain.h"
#include "present.h"

#include <string.h>

struct showing {
    struct context *context;
    struct backlog *backlog;
    const struct depends *depends;
};

static const char *word_of(const struct item *item)
{
    return item->status == STATUS_UNKNOWN ? NULL : status_names()[item->status];
}

static struct table_look look_of(struct context *context, gboolean header)
{
    return (struct table_look){ .width = output_width(context->output),
                                .header = header,
                                .color = output_color(context->output),
                                .links = output_links(context->output) };
}

/* "Bo, due 2026-12-01, overdue" */
static char *describe_external(const struct external *external)
{
    g_autoptr(GString) note = g_string_new(external->owner);

    if (external->due)
        g_string_append_printf(note, "%sdue %s", note->len ? ", " : "", external->due);
    if (external->overdue)
        g_string_append(note, ", overdue");
    return g_strdup(note->str);
}

/* Why the item stands here, and what is left out below it. */
static char *describe_item(const struct depends_node *node)
{
    g_autoptr(GString) note = g_string_new(NULL);

    if (node->by)
        g_string_append_printf(note, "for %s, %s", item_name(node->by),
                               node->by->status == STATUS_SPLIT ? "which was split" : "its duplicate");
    if (node->circle || node->above)
        g_string_append_printf(note, "%s%s", note->len ? "; " : "", node->circle ? "a circle" : "see above");
    return g_strdup(note->str);
}

/* -- a tree as text -- */

static void add_id(const struct showing *showing, struct table *table, const struct item *item)
{
    g_autofree char *url = item ? present_item_link(showing->context, item->path) : NULL;
    struct table_cell cell = { .text = item ? item->id : NULL, .style = TABLE_CYAN, .url = url };

    table_add_cell(table, &cell);
}

static void add_title(struct table *table, const char *guide, const char *title, enum table_style style)
{
    g_autofree char *text = g_strconcat(guide, title, NULL);

    table_add_cell(table, &(struct table_cell){ text, style, strlen(guide), TABLE_DIM, NULL });
}

static void add_row(const struct showing *showing, struct table *table, const struct depends_node *node,
                    const char *guide)
{
    g_autofree char *note = node->external ? describe_external(node->external)
                            : node->item   ? describe_item(node)
                                           : g_strdup("there is no such item");

    add_id(showing, table, node->item);
    if (node->item)
        table_add(table, word_of(node->item), present_status_style(node->item->status));
    else
        table_add(table, node->external ? "external" : "missing", node->external ? TABLE_MAGENTA : TABLE_RED);
    add_title(table, guide,
              node->item       ? node->item->readable ? node->item->title : "(cannot be read)"
              : node->external ? node->external->what
                               : node->missing,
              TABLE_PLAIN);
    table_add(table, note,
              (node->external && node->external->overdue) || node->missing || node->circle ? TABLE_RED
                                                                                           : TABLE_DIM);
}

static void print_tree(const struct showing *showing, const char *heading, const GPtrArray *nodes,
                       GString *out)
{
    static const struct table_column columns[] = {
        { "id", "id" },
        { "status", "status", .drop = 1 },
        { "title", "title", .shrink = 1, .minimum = 20 },
        { "note", "note", .shrink = 2, .minimum = 10 },
    };
    struct output *output = showing->context->output;
    g_autoptr(Table) table = table_new(columns, G_N_ELEMENTS(columns));
    g_autofree struct list_tree_place *places = g_new(struct list_tree_place, nodes->len + 1);
    const struct table_look look = look_of(showing->context, FALSE);

    for (guint i = 0; i < nodes->len; i++) {
        const struct depends_node *node = nodes->pdata[i];
        places[i] = (struct list_tree_place){ node->depth, node->last };
    }
    g_autoptr(GPtrArray) guides =
        list_tree_guides(places, nodes->len, list_tree_levels(output_width(output)), output_is_utf8());
    for (guint i = 0; i < nodes->len; i++)
        add_row(showing, table, nodes->pdata[i], guides->pdata[i]);
    g_string_append_printf(out, "\n%s%s%s\n", output_sgr(output, TABLE_BOLD), heading,
                           output_sgr(output, TABLE_PLAIN));
    table_print_text(table, out, &look);
}

static gboolean says_none(const struct item *item)
{
    const struct value *value = item_field(item, FIELD_DEPENDS);
    return value && value->kind == NODE_SCALAR && value->count > 0 && strcmp(value->texts[0], "none") == 0;
}

static void print_text(const struct showing *showing, const struct item *item, const GPtrArray *down,
                       const GPtrArray *up)
{
    struct output *output = showing->context->output;
    g_autofree char *title = plain_escape(item->title, -1);
    g_autofree char *name = plain_escape(item_name(item), -1);
    g_autoptr(GString) out = g_string_new(NULL);

    g_string_append_printf(out, "%s%s%s  %s%s%s%s\n", output_sgr(output, TABLE_CYAN), name,
                           output_sgr(output, TABLE_PLAIN), title, word_of(item) ? "  (" : "",
                           word_of(item) ? word_of(item) : "", word_of(item) ? ")" : "");
    if (down->len > 0)
        print_tree(showing, "depends on", down, out);
    else
        g_string_append_printf(out, "\ndepends on nothing%s\n",
                               says_none(item) ? ", as its file says" : ", for its file says nothing");
    if (up->len > 0)
        print_tree(showing, "needed by", up, out);
    else
        g_string_append(out, "\nneeded by nothing\n");
    output_write(output, out->str);
}

/* -- as JSON -- */

static void add_day(struct json *object, const struct external *external)
{
    json_add_string(object, "owner", external->owner);
    json_add_string(object, "due", external->due);
    json_add_boolean(object, "overdue", external->overdue);
}

static void add_node(struct json *list, const struct depends_node *node)
{
    struct json *object = json_add_object(list, NULL);

    json_add_integer(object, "depth", node->depth);
    if (node->item) {
        json_add_string(object, "id", node->item->id);
        json_add_string(object, "title", node->item->title);
        json_add_string(object, "status", word_of(node->item));
        json_add_boolean(object, "above", node->above);
        json_add_boolean(object, "circle", node->circle);
    }
    if (node->by)
        json_add_string(object, "for", item_name(node->by));
    if (node->missing)
        json_add_string(object, "missing", node->missing);
    if (node->external) {
        json_add_string(object, "external", node->external->what);
        add_day(object, node->external);
    }
}

static void print_json(struct context *context, const struct item *item, const GPtrArray *down,
                       const GPtrArray *up)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_string(json, "id", item->id);
    json_add_string(json, "title", item->title);
    json_add_string(json, "status", word_of(item));
    json_add_boolean(json, "none", says_none(item));
    struct json *list = json_add_array(json, "depends");
    for (guint i = 0; i < down->len; i++)
        add_node(list, down->pdata[i]);
    list = json_add_array(json, "needed-by");
    for (guint i = 0; i < up->len; i++)
        add_node(list, up->pdata[i]);
    present_json(context, json);
}

int depend_show_item(struct context *context, struct backlog *backlog, const struct entry *entry,
                     GError **error)
{
    backlog_load(backlog);
    const struct item *item = backlog_at(backlog, entry->path);
    /* Says what is wrong with one that cannot be read. */
    if (!item || !item->readable) {
        g_autoptr(Draft) draft = draft_open(backlog, entry, error);
        g_assert(!draft);
        return -1;
    }
    g_autoptr(Depends) depends = depends_new(backlog);
    const struct showing showing = { context, backlog, depends };
    g_autoptr(GPtrArray) down = depends_tree(backlog, depends, item, DEPENDS_DOWN);
    g_autoptr(GPtrArray) up = depends_tree(backlog, depends, item, DEPENDS_UP);
    if (context->json)
        print_json(context, item, down, up);
    else
        print_text(&showing, item, down, up);
    return 0;
}

/* -- what lies outside -- */

static void print_externals(struct context *context, const GPtrArray *externals)
{
    static const struct table_column columns[] = {
        { "due", "due" },
        { "owner", "owner", .shrink = 3, .minimum = 8 },
        { "external", "external", .shrink = 2, .minimum = 20 },
        { "id", "id" },
        { "title", "title", .shrink = 1, .minimum = 16, .drop = 1 },
    };
    g_autoptr(Table) table = table_new(columns, G_N_ELEMENTS(columns));
    const struct table_look look = look_of(context, TRUE);
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < externals->len; i++) {
        const struct external *external = externals->pdata[i];
        g_autofree char *url = present_item_link(context, external->item->path);
        g_autofree char *day = g_strconcat(external->due ? external->due : "no day",
                                           external->overdue ? " overdue" : NULL, NULL);
        table_add(table, day, external->overdue ? TABLE_RED : external->due ? TABLE_PLAIN : TABLE_DIM);
        table_add(table, external->owner ? external->owner : "nobody",
                  external->owner ? TABLE_PLAIN : TABLE_YELLOW);
        table_add(table, external->what, TABLE_PLAIN);
        table_add_cell(table,
                       &(struct table_cell){ .text = external->item->id, .style = TABLE_CYAN, .url = url });
        table_add(table, external->item->title, TABLE_PLAIN);
    }
    table_print_text(table, out, &look);
    output_write(context->output, out->str);
}

void depend_show_external(struct context *context, struct backlog *backlog)
{
    g_autoptr(GPtrArray) externals = external_all(backlog);
    g_autoptr(Json) json = json_new_object();

    if (!context->json && externals->len == 0) {
        output_hint(context->output, "no open item depends on anything outside of the backlog");
        return;
    }
    if (!context->json) {
        print_externals(context, externals);
        return;
    }
    json_add_integer(json, "version", 1);
    struct json *list = json_add_array(json, "external");
    for (guint i = 0; i < externals->len; i++) {
        const struct external *external = externals->pdata[i];
        struct json *object = json_add_object(list, NULL);
        json_add_string(object, "external", external->what);
        add_day(object, external);
        json_add_string(object, "id", external->item->id);
        json_add_string(object, "title", external->item->title);
        json_add_string(object, "status", word_of(external->item));
    }
    present_json(context, json);
}
