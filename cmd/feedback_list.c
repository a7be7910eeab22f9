#include "feedback_list.h"

#include "present.h"

#include <string.h>

/* Columns of a day and the spaces behind it. */
#define DAY 12

static struct table *new_table(const GPtrArray *requests)
{
    static const struct table_column columns[] = {
        { .name = "on", .title = "on" },     { .name = "from", .title = "from" },
        { .name = "says", .title = "says" }, { .name = "via", .title = "via" },
        { .name = "item", .title = "item" }, { .name = "source", .title = "source" },
    };
    struct table *table = table_new(columns, G_N_ELEMENTS(columns));

    for (guint i = 0; i < requests->len; i++) {
        const struct demanded *one = requests->pdata[i];
        const struct request *request = one->request;
        const char *const cells[] = { request->on,  request->from,     request->says,
                                      request->via, request->item->id, request_source_name(one->source) };
        for (gsize j = 0; j < G_N_ELEMENTS(cells); j++)
            table_add(table, cells[j], TABLE_PLAIN);
    }
    return table;
}

static void print_json(struct context *context, const struct demand *demand, const struct item *item,
                       const GPtrArray *requests)
{
    g_autoptr(Json) json = json_new_object();
    g_autoptr(Table) table = new_table(requests);

    json_add_integer(json, "version", 1);
    json_add_string(json, "id", item->id);
    json_add_string(json, "title", item->title);
    json_add_integer(json, "demand", demand_count(demand, item));
    json_add_string(json, "latest", demand_latest(demand, item));
    table_add_json(table, json_add_array(json, "requests"));
    present_json(context, json);
}

/* -- text -- */

static void print_request(GString *out, const struct demanded *one, guint columns,
                          const struct styled_look *look, GHashTable *seen)
{
    const char *on = one->request->on ? one->request->on : "";
    g_autoptr(Styled) lead = styled_new(), body = styled_new();

    styled_add(lead, on, -1, STYLED(TABLE_DIM), NULL);
    styled_add_fill(lead, " ", DAY - MIN(styled_width(lead, 0, styled_length(lead)), DAY - 2), 0);
    feedback_add_request(body, look, one->request);
    feedback_add_source(body, one, seen);
    feedback_print_asker(out, lead, one->request->from, columns, body, look);
}

static void print_text(struct context *context, const struct demand *demand, const struct item *item,
                       const GPtrArray *requests)
{
    struct styled_look look = feedback_look(context);
    const char *latest = demand_latest(demand, item);
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    guint columns = 0;

    for (guint i = 0; i < requests->len; i++)
        columns = feedback_widen(columns, ((const struct demanded *)requests->pdata[i])->request->from);
    feedback_print_item(context, out, item);
    g_string_append_printf(out, "%s%u asked%s%s%s\n\n", output_sgr(context->output, TABLE_DIM),
                           demand_count(demand, item), latest ? ", last on " : "", latest ? latest : "",
                           output_sgr(context->output, TABLE_PLAIN));
    for (guint i = 0; i < requests->len; i++)
        print_request(out, requests->pdata[i], columns, &look, seen);
    output_write(context->output, out->str);
}

void feedback_list(struct context *context, struct backlog *backlog, const struct item *item,
                   enum feedback_format format)
{
    g_autoptr(Demand) demand = demand_new(backlog);
    g_autoptr(GPtrArray) requests = demand_requests(demand, item);

    if (format == FEEDBACK_JSON) {
        print_json(context, demand, item, requests);
    } else if (format != FEEDBACK_TEXT) {
        g_autoptr(Table) table = new_table(requests);
        feedback_print_table(context, table, format);
    } else if (requests->len) {
        print_text(context, demand, item, requests);
    }
    if (!requests->len && format == FEEDBACK_TEXT)
        output_hint(context->output,
                    "nobody asked for %s yet; refine feedback %s --from ASKER notes who does",
                    item->id ? item->id : item->path, item->id ? item->id : item->path);
}
