#include "list_cells.h"

#include "nearest.h"

#include <string.h>

/* -- columns -- */

static GPtrArray *known_columns(const struct backlog *backlog, gboolean tree)
{
    GPtrArray *names = g_ptr_array_new();
    g_ptr_array_add(names, (gpointer) "position");
    g_ptr_array_add(names, (gpointer) "readiness");
    g_ptr_array_add(names, (gpointer) "path");
    g_ptr_array_add(names, (gpointer) "demand");
    if (tree)
        g_ptr_array_add(names, (gpointer) "sum");
    for (gsize i = 0; i < N_FIELDS; i++)
        g_ptr_array_add(names, (gpointer)field_table()[i].name);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        for (guint j = 0; j < item->n_values; j++)
            if (!item->values[j].field &&
                !g_ptr_array_find_with_equal_func(names, item->values[j].key, g_str_equal, NULL))
                g_ptr_array_add(names, (gpointer)item->values[j].key);
    }
    g_ptr_array_add(names, NULL);
    return names;
}

gboolean list_columns_check(const struct backlog *backlog, char **columns, gboolean tree, GError **error)
{
    g_autoptr(GPtrArray) known = known_columns(backlog, tree);
    const char *const *names = (const char *const *)known->pdata;

    for (gsize i = 0; columns[i]; i++) {
        const char *nearest = nearest_name(columns[i], names);
        if (g_strv_contains(names, columns[i]) || (!nearest && g_str_has_prefix(columns[i], "x-")))
            continue;
        usage_error(error,
                    nearest
                        ? "there is no column %s; did you mean %s?"
                        : "there is no column %s; a column is a field, position, readiness, demand or path",
                    columns[i], nearest);
        return FALSE;
    }
    return TRUE;
}

struct table_column list_column(const char *name, gboolean usual)
{
    static const struct table_column known[] = {
        { "position", "#", TABLE_RIGHT, TRUE, .drop = 3 },
        { "type", "type", .drop = 1 },
        { "status", "status", .drop = 6 },
        { "estimate", "est", TABLE_RIGHT, TRUE, .drop = 5 },
        { "sum", "sum", TABLE_RIGHT, TRUE, .drop = 2 },
        { "readiness", "ok", .numeric = TRUE, .drop = 4 },
        { "demand", "asked", TABLE_RIGHT, TRUE },
        { "title", "title", .shrink = 1, .minimum = 24 },
        { "labels", "labels", .shrink = 2, .minimum = 8 },
        { "path", "path", .shrink = 2, .minimum = 8 },
    };
    struct table_column column = { .name = name, .title = name };

    for (gsize i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(known[i].name, name) == 0)
            column = known[i];
    if (!usual)
        column.drop = 0;
    return column;
}

/* -- cells -- */

static void add_position(struct table *cells, const struct item *item)
{
    if (item->position)
        table_add_integer(cells, item->position, TABLE_DIM);
    else
        table_add(cells, NULL, TABLE_PLAIN);
}

static void add_id(const struct list_cells *from, struct table *cells, const struct item *item, gboolean dim)
{
    const GArray *entries = from->backlog->entries;
    g_autofree char *url = from->links ? present_item_link(from->context, item->path) : NULL;
    struct table_cell cell = { .text = item->id, .style = dim ? TABLE_DIM : TABLE_CYAN, .url = url };

    if (item->id && !dim && from->shortest) {
        const struct entry *entry = backlog_entry(from->backlog, item->path);
        cell.style = TABLE_DIM;
        cell.head = from->shortest[entry - &g_array_index(entries, struct entry, 0)];
        cell.head_style = TABLE_BOLD_CYAN;
    }
    table_add_cell(cells, &cell);
}

static void add_readiness(const struct list_cells *from, struct table *cells, const struct item *item)
{
    guint errors = 0;
    gboolean checked = from->readiness && readiness_find(from->readiness, item, &errors);

    if (!checked) {
        table_add(cells, NULL, TABLE_PLAIN);
    } else if (!from->marks) {
        table_add_integer(cells, errors, TABLE_PLAIN);
    } else if (errors == 0) {
        table_add(cells, from->unicode ? "✓" : "ok", TABLE_GREEN);
    } else {
        g_autofree char *text = g_strdup_printf(from->unicode ? "✗ %u" : "x %u", errors);
        table_add(cells, text, TABLE_RED);
    }
}

static void add_demand(const struct list_cells *from, struct table *cells, const struct item *item)
{
    guint asked = from->demand ? demand_count(from->demand, item) : 0;

    if (asked || !from->marks)
        table_add_integer(cells, asked, TABLE_PLAIN);
    else
        table_add(cells, NULL, TABLE_PLAIN);
}

static void add_sum(struct table *cells, const struct tree_node *node)
{
    g_autofree char *sum = node && node->below > 0 ? present_weight(node->below) : NULL;
    table_add(cells, sum, TABLE_DIM);
}

static void add_title(struct table *cells, const struct item *item, const char *guide, enum table_style style)
{
    g_autofree char *text = g_strconcat(guide, item->readable ? item->title : "(cannot be read)", NULL);
    table_add_cell(cells, &(struct table_cell){ text, style, strlen(guide), TABLE_DIM, NULL });
}

static void add_value(struct table *cells, const struct item *item, const char *name, enum table_style style)
{
    const struct value *value = item_value(item, name);
    g_autofree char *text = value && value->count ? g_strjoinv(", ", (char **)value->texts) : NULL;
    table_add(cells, text, style);
}

static void add_cell(const struct list_cells *from, struct table *cells, const char *name,
                     const struct item *item, const struct tree_node *node, const char *guide)
{
    gboolean aside = node && !node->listed;
    enum table_style style = aside || !status_is_open(item->status) ? TABLE_DIM : TABLE_PLAIN;

    if (strcmp(name, "position") == 0) {
        add_position(cells, item);
    } else if (strcmp(name, "path") == 0) {
        g_autofree char *path = policy_display(from->context->policy, item->path);
        table_add(cells, path, aside ? TABLE_DIM : TABLE_PLAIN);
    } else if (strcmp(name, "id") == 0) {
        add_id(from, cells, item, aside);
    } else if (strcmp(name, "readiness") == 0) {
        add_readiness(from, cells, item);
    } else if (strcmp(name, "demand") == 0) {
        add_demand(from, cells, item);
    } else if (strcmp(name, "sum") == 0 && node) {
        add_sum(cells, node);
    } else if (strcmp(name, "title") == 0) {
        add_title(cells, item, guide, item->readable ? style : TABLE_DIM);
    } else {
        gboolean status = strcmp(name, "status") == 0 && !aside;
        add_value(cells, item, name, status ? present_status_style(item->status) : style);
    }
}

void list_cells_add(const struct list_cells *from, struct table *cells, char **columns,
                    const struct item *item, const struct tree_node *node, const char *guide)
{
    for (gsize i = 0; columns[i]; i++)
        add_cell(from, cells, columns[i], item, node, guide);
}
