#include "feedback_demand.h"

#include "present.h"
#include "query.h"

static const struct table_column columns[] = {
    { .name = "demand", .title = "asked", .align = TABLE_RIGHT, .numeric = TRUE },
    { .name = "latest", .title = "latest", .drop = 2 },
    { .name = "position", .title = "#", .align = TABLE_RIGHT, .numeric = TRUE, .drop = 3 },
    { .name = "id", .title = "id" },
    { .name = "status", .title = "status", .drop = 1 },
    { .name = "title", .title = "title", .shrink = 1, .minimum = 24 },
};

static void add_row(struct context *context, struct table *table, const struct demand *demand,
                    const struct item *item)
{
    gboolean open = status_is_open(item->status);
    g_autofree char *link = output_links(context->output) ? present_item_link(context, item->path) : NULL;
    struct table_cell id = { .text = item->id, .style = TABLE_CYAN, .url = link };

    table_add_integer(table, demand_count(demand, item), TABLE_BOLD);
    table_add(table, demand_latest(demand, item), TABLE_DIM);
    if (item->position)
        table_add_integer(table, item->position, TABLE_DIM);
    else
        table_add(table, NULL, TABLE_PLAIN);
    table_add_cell(table, &id);
    table_add(table, item_text(item, FIELD_STATUS), present_status_style(item->status));
    table_add(table, item->title, open ? TABLE_PLAIN : TABLE_DIM);
}

static void print_json(struct context *context, const struct table *table, const struct backlog *backlog)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    table_add_json(table, json_add_array(json, "items"));
    json_add_integer(json, "unreadable", backlog->findings->len);
    present_json(context, json);
}

static void print_text(struct context *context, const struct table *table)
{
    const struct table_look look = { .width = output_width(context->output),
                                     .header = TRUE,
                                     .color = output_color(context->output),
                                     .links = output_links(context->output) };
    g_autoptr(GString) out = g_string_new(NULL);

    table_print_text(table, out, &look);
    output_write(context->output, out->str);
}

/* The rows of those that the query names; *closed is how many closed ones are not shown. */
static void fill_table(struct context *context, struct table *table, const struct demand *demand,
                       const struct query *query, gboolean all, guint *closed)
{
    g_autoptr(GPtrArray) ranked = demand_rank(demand);

    for (guint i = 0; i < ranked->len; i++) {
        const struct item *item = ranked->pdata[i];
        if (!query_matches(query, item))
            continue;
        if (all || status_is_open(item->status))
            add_row(context, table, demand, item);
        else
            (*closed)++;
    }
}

static void say_none(struct context *context, const struct feedback_wish *wish, guint closed)
{
    const char *which = wish->terms[0] ? " like that" : "";

    if (closed)
        output_hint(context->output, "nobody asked for an open item%s; --all shows the %u closed", which,
                    closed);
    else
        output_hint(context->output,
                    "nobody asked for an item%s; refine feedback ID --from ASKER notes who does", which);
}

gboolean feedback_demand(struct context *context, struct backlog *backlog, const struct feedback_wish *wish,
                         enum feedback_format format, GError **error)
{
    g_autoptr(Query) query = query_parse(backlog, wish->terms, error);
    g_autoptr(Table) table = table_new(columns, G_N_ELEMENTS(columns));
    guint closed = 0;

    if (!query)
        return FALSE;
    g_autoptr(Demand) demand = demand_new(backlog);
    fill_table(context, table, demand, query, wish->all || query_mentions(query, FIELD_STATUS), &closed);
    if (format == FEEDBACK_JSON)
        print_json(context, table, backlog);
    else if (format != FEEDBACK_TEXT)
        feedback_print_table(context, table, format);
    else if (table_rows(table))
        print_text(context, table);
    if (!table_rows(table) && format == FEEDBACK_TEXT)
        say_none(context, wish, closed);
    return TRUE;
}
