#include "present.h"

#include "nearest.h"
#include "plain.h"
#include "query.h"
#include "table.h"

#include <stddef.h>
#include <string.h>

struct list_options {
    char *revision;
    char *columns;
    char *format;
    gboolean all;
};

static const struct option table[] = {
    { "at", 0, OPTION_TEXT, offsetof(struct list_options, revision), "REV",
      "the backlog of a revision; : is the index" },
    { "columns", 0, OPTION_TEXT, offsetof(struct list_options, columns), "LIST",
      "fields, position, path; separated by commas" },
    { "format", 0, OPTION_TEXT, offsetof(struct list_options, format), "FORMAT",
      "table, tsv, csv, json, jsonl or markdown" },
    { "all", 'a', OPTION_FLAG, offsetof(struct list_options, all), NULL, "closed items too" },
    { 0 },
};

static const char *const formats[] = { "table", "tsv", "csv", "json", "jsonl", "markdown", NULL };
static const char default_columns[] = "position,id,type,status,estimate,title";

/* -- columns -- */

static GPtrArray *known_columns(const struct backlog *backlog)
{
    GPtrArray *names = g_ptr_array_new();
    g_ptr_array_add(names, (gpointer) "position");
    g_ptr_array_add(names, (gpointer) "path");
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

/* The names in a list with commas; NULL with an error where one is empty. */
static char **split_columns(const char *list, GError **error)
{
    g_auto(GStrv) columns = g_strsplit(list, ",", -1);
    gboolean good = columns[0] != NULL;

    for (gsize i = 0; columns[i]; i++)
        good = *g_strstrip(columns[i]) && good;
    if (good)
        return g_steal_pointer(&columns);
    usage_error(error, "--columns: expected names with commas between, saw \"%s\"", list);
    return NULL;
}

static gboolean check_columns(const struct backlog *backlog, char **columns, GError **error)
{
    g_autoptr(GPtrArray) known = known_columns(backlog);
    for (gsize i = 0; columns[i]; i++) {
        const char *const *names = (const char *const *)known->pdata;
        if (g_strv_contains(names, columns[i]) || g_str_has_prefix(columns[i], "x-"))
            continue;
        const char *nearest = nearest_name(columns[i], names);
        usage_error(error,
                    nearest ? "there is no column %s; did you mean %s?"
                            : "there is no column %s; a column is a field, position or path",
                    columns[i], nearest);
        return FALSE;
    }
    return TRUE;
}

static struct table_column column_for(const char *name)
{
    struct table_column column = { .name = name, .title = name, .align = TABLE_LEFT, .minimum = 8 };

    if (strcmp(name, "position") == 0) {
        column.title = "#";
        column.align = TABLE_RIGHT;
        column.numeric = TRUE;
    } else if (strcmp(name, "estimate") == 0) {
        column.title = "est";
        column.align = TABLE_RIGHT;
        column.numeric = TRUE;
    } else if (strcmp(name, "title") == 0) {
        column.shrink = 1;
        column.minimum = 20;
    } else if (strcmp(name, "labels") == 0 || strcmp(name, "path") == 0) {
        column.shrink = 2;
    }
    return column;
}

static enum table_style status_style(enum status status)
{
    static const enum table_style styles[] = {
        [STATUS_NEW] = TABLE_PLAIN,  [STATUS_REFINING] = TABLE_YELLOW, [STATUS_READY] = TABLE_GREEN,
        [STATUS_DOING] = TABLE_BLUE, [STATUS_DONE] = TABLE_DIM,        [STATUS_RELEASED] = TABLE_DIM,
        [STATUS_SPLIT] = TABLE_DIM,  [STATUS_DROPPED] = TABLE_DIM,     [STATUS_UNKNOWN] = TABLE_RED,
    };
    return styles[status];
}

static void add_cell(struct table *cells, const struct policy *policy, const struct item *item,
                     const char *name)
{
    const struct value *value = item_value(item, name);
    enum table_style style = TABLE_PLAIN;

    if (strcmp(name, "position") == 0) {
        if (item->position)
            table_add_integer(cells, item->position, TABLE_DIM);
        else
            table_add(cells, NULL, TABLE_PLAIN);
        return;
    }
    if (strcmp(name, "path") == 0) {
        g_autofree char *path = policy_display(policy, item->path);
        table_add(cells, path, TABLE_PLAIN);
        return;
    }
    if (strcmp(name, "id") == 0) {
        table_add(cells, item->id, TABLE_CYAN);
        return;
    }
    if (strcmp(name, "status") == 0)
        style = status_style(item->status);
    else if (!status_is_open(item->status))
        style = TABLE_DIM;
    g_autofree char *text = value && value->count ? g_strjoinv(", ", (char **)value->texts) : NULL;
    table_add(cells, text, style);
}

/* -- printing -- */

static void print(struct context *context, const struct table *cells, const char *format, GString *out)
{
    const struct table_look look = { output_width(context->output), TRUE, output_color(context->output) };

    if (strcmp(format, "table") == 0)
        table_print_text(cells, out, &look);
    else if (strcmp(format, "tsv") == 0)
        table_print_tsv(cells, out);
    else if (strcmp(format, "csv") == 0)
        table_print_csv(cells, out, CSVROW_GUARDED);
    else if (strcmp(format, "jsonl") == 0)
        table_print_jsonl(cells, out);
    else if (strcmp(format, "markdown") == 0)
        table_print_markdown(cells, out);
}

static void print_json(struct context *context, const struct table *cells, const GPtrArray *items,
                       const struct backlog *backlog)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    struct json *list = json_add_array(json, "items");
    if (cells)
        table_add_json(cells, list);
    for (guint i = 0; !cells && i < items->len; i++)
        present_item(json_add_object(list, NULL), context->policy, items->pdata[i]);
    json_add_integer(json, "unreadable", backlog->findings->len);
    present_json(context, json);
}

/* How many there are, how many are not shown and why, and what could not be read. */
static void say_rest(struct context *context, const struct backlog *backlog, const char *revision,
                     guint shown, guint closed)
{
    struct output *output = context->output;
    if (backlog->items->len == 0 && backlog->findings->len == 0 && revision)
        output_hint(output, "there is no item at %s", revision);
    else if (backlog->items->len == 0 && backlog->findings->len == 0)
        output_hint(output, "the backlog is empty; refine add TITLE makes the first item");
    else if (shown == 0 && closed > 0)
        output_hint(output, "no open item; --all shows the %u closed", closed);
    else if (shown == 0)
        output_hint(output, "no item is like that");
    for (guint i = 0; i < backlog->findings->len && i < 10; i++) {
        const struct finding *finding = backlog->findings->pdata[i];
        g_autofree char *path = policy_display(context->policy, finding->path);
        if (finding->at.line)
            output_warning(output, "%s:%u:%u: %s", path, finding->at.line, finding->at.column,
                           finding->message);
        else
            output_warning(output, "%s: %s", path, finding->message);
    }
    if (backlog->findings->len > 10)
        output_warning(output, "and %u more; refine check shows all", backlog->findings->len - 10);
}

static GPtrArray *choose(const struct backlog *backlog, const struct query *query, gboolean all,
                         guint *closed)
{
    GPtrArray *chosen = g_ptr_array_new();
    for (guint i = 0; i < backlog->items->len; i++) {
        struct item *item = backlog->items->pdata[i];
        gboolean hidden = !all && !status_is_open(item->status);
        if (!item->readable || (hidden && !closed) || !query_matches(query, item))
            continue;
        if (hidden)
            (*closed)++;
        else
            g_ptr_array_add(chosen, item);
    }
    return chosen;
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct list_options *given = options;
    const char *format = context->json ? "json" : given->format ? given->format : "table";
    g_autoptr(Backlog) backlog = NULL;
    g_auto(GStrv) columns = split_columns(given->columns ? given->columns : default_columns, error);
    g_autoptr(GArray) shapes = g_array_new(FALSE, FALSE, sizeof(struct table_column));
    g_autoptr(GString) out = g_string_new(NULL);
    guint closed = 0;

    if (!columns)
        return -1;
    if (!g_strv_contains(formats, given->format ? given->format : format))
        return usage_error(error, "--format: expected table, tsv, csv, json, jsonl or markdown, saw %s",
                           given->format);
    if (given->format && strcmp(format, given->format) != 0)
        return usage_error(error, "choose one of --json and --format %s", given->format);
    backlog = backlog_open(context->policy, given->revision, error);
    if (!backlog)
        return -1;
    backlog_load(backlog);
    g_autoptr(Query) query = query_parse(backlog, (const char *const *)arguments, error);
    if (!query || (given->columns && !check_columns(backlog, columns, error)))
        return -1;

    gboolean all = given->all || query_mentions(query, FIELD_STATUS);
    g_autoptr(GPtrArray) items = choose(backlog, query, all, &closed);
    for (gsize i = 0; columns[i]; i++) {
        struct table_column column = column_for(columns[i]);
        g_array_append_val(shapes, column);
    }
    g_autoptr(Table) cells = table_new((const struct table_column *)(gpointer)shapes->data, shapes->len);
    for (guint i = 0; i < items->len; i++)
        for (gsize j = 0; columns[j]; j++)
            add_cell(cells, context->policy, items->pdata[i], columns[j]);
    if (strcmp(format, "json") == 0)
        print_json(context, given->columns ? cells : NULL, items, backlog);
    else if (items->len || strcmp(format, "table") != 0)
        print(context, cells, format, out);
    output_write(context->output, out->str);
    say_rest(context, backlog, given->revision, items->len, closed);
    return backlog->findings->len ? 1 : 0;
}

const struct command command_list = {
    .name = "list",
    .arguments = "[QUERY…]",
    .summary = "List items in order: all open ones, or those that a query names.",
    .needs = NEEDS_POLICY | NEEDS_PAGER,
    .options_size = sizeof(struct list_options),
    .options = table,
    .most = G_MAXUINT,
    .run = run,
};
