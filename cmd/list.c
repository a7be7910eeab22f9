#include "list_cells.h"
#include "list_tree.h"

#include "nearest.h"
#include "query.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

struct list_options {
    char *revision;
    char *columns;
    char *format;
    gboolean all;
    gboolean tree;
};

static const struct option table[] = {
    { "at", 0, OPTION_TEXT, offsetof(struct list_options, revision), "REV",
      "the backlog of a revision; : is the index" },
    { "columns", 0, OPTION_TEXT, offsetof(struct list_options, columns), "LIST",
      "fields, position, readiness, demand, path; separated by commas" },
    { "format", 0, OPTION_TEXT, offsetof(struct list_options, format), "FORMAT",
      "table, tsv, csv, json, jsonl or markdown" },
    { "all", 'a', OPTION_FLAG, offsetof(struct list_options, all), NULL, "closed items too" },
    { "tree", 0, OPTION_FLAG, offsetof(struct list_options, tree), NULL, "items below their parents" },
    { 0 },
};

static const char *const formats[] = { "table", "tsv", "csv", "json", "jsonl", "markdown", NULL };
static const char usual_columns[] = "position,id,type,status,estimate,readiness,title";
static const char usual_tree_columns[] = "position,id,type,status,estimate,sum,readiness,title";

/* A list that is being printed. */
struct listing {
    struct context *context;
    const struct list_options *options;
    const char *format;
    char **columns;
    struct backlog *backlog;
    GPtrArray *items;
    struct readiness *readiness; /* NULL: nobody asks for it */
    struct demand *demand;       /* likewise */
    struct tree *tree;           /* NULL: a plain list */
    struct table *cells;         /* NULL: JSON of whole items */
};

/* -- options -- */

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

static gboolean is_format(const struct listing *listing, const char *format)
{
    return strcmp(listing->format, format) == 0;
}

static int check_format(const struct listing *listing, GError **error)
{
    const struct list_options *given = listing->options;

    if (given->format && !g_strv_contains(formats, given->format)) {
        const char *nearest = nearest_name(given->format, formats);
        return usage_error(error,
                           nearest ? "--format: there is no %s; did you mean %s?"
                                   : "--format: expected table, tsv, csv, json, jsonl or markdown, saw %s",
                           given->format, nearest);
    }
    if (given->format && !is_format(listing, given->format))
        return usage_error(error, "choose one of --json and --format %s", given->format);
    if (given->tree && !is_format(listing, "table") && !is_format(listing, "json"))
        return usage_error(
            error,
            "--tree: expected --format table or json, saw %s, which has no place for children; "
            "the column parent says what each belongs to",
            listing->format);
    return 0;
}

/* -- cells -- */

static gboolean has_column(const struct listing *listing, const char *name)
{
    return g_strv_contains((const char *const *)listing->columns, name);
}

static struct table *new_table(const struct listing *listing)
{
    g_autoptr(GArray) shapes = g_array_new(FALSE, FALSE, sizeof(struct table_column));
    for (gsize i = 0; listing->columns[i]; i++) {
        struct table_column column = list_column(listing->columns[i], !listing->options->columns);
        g_array_append_val(shapes, column);
    }
    return table_new((const struct table_column *)(gpointer)shapes->data, shapes->len);
}

static void fill_table(struct listing *listing)
{
    struct output *output = listing->context->output;
    gboolean table_wanted = is_format(listing, "table");
    g_autofree guint *shortest =
        table_wanted && output_color(output) ? backlog_shortest(listing->backlog) : NULL;
    const struct list_cells from = {
        .context = listing->context,
        .readiness = listing->readiness,
        .demand = listing->demand,
        .backlog = listing->backlog,
        .shortest = shortest,
        .marks = table_wanted || is_format(listing, "markdown"),
        .unicode = is_format(listing, "markdown") || output_is_utf8(),
        .links = table_wanted && !listing->options->revision && output_links(output),
    };

    if (listing->tree) {
        guint n = listing->tree->nodes->len;
        g_autofree struct list_tree_place *places = g_new(struct list_tree_place, n + 1);
        for (guint i = 0; i < n; i++) {
            const struct tree_node *node = listing->tree->nodes->pdata[i];
            places[i] = (struct list_tree_place){ node->depth, node->last };
        }
        g_autoptr(GPtrArray) guides =
            list_tree_guides(places, n, list_tree_levels(output_width(output)), from.unicode);
        for (guint i = 0; i < guides->len; i++) {
            const struct tree_node *node = listing->tree->nodes->pdata[i];
            list_cells_add(&from, listing->cells, listing->columns, node->item, node,
                           table_wanted ? guides->pdata[i] : "");
        }
        return;
    }
    for (guint i = 0; i < listing->items->len; i++)
        list_cells_add(&from, listing->cells, listing->columns, listing->items->pdata[i], NULL, "");
}

/* -- printing -- */

static void print(const struct listing *listing, GString *out)
{
    struct output *output = listing->context->output;
    const struct table_look look = { .width = output_width(output),
                                     .header = TRUE,
                                     .color = output_color(output),
                                     .links = output_links(output) };

    if (is_format(listing, "table"))
        table_print_text(listing->cells, out, &look);
    else if (is_format(listing, "tsv"))
        table_print_tsv(listing->cells, out);
    else if (is_format(listing, "csv"))
        table_print_csv(listing->cells, out, CSVROW_GUARDED);
    else if (is_format(listing, "jsonl"))
        table_print_jsonl(listing->cells, out);
    else if (is_format(listing, "markdown"))
        table_print_markdown(listing->cells, out);
}

/* How many items there are and what they weigh, for a person: a program counts lines. */
static void print_sum(const struct listing *listing, GString *out)
{
    struct output *output = listing->context->output;
    const struct policy *policy = listing->context->policy;
    double sum = 0;
    guint without = 0;

    for (guint i = 0; i < listing->items->len; i++) {
        const char *estimate = item_text(listing->items->pdata[i], FIELD_ESTIMATE);
        double weight;
        if (estimate && policy_weight(policy, estimate, &weight))
            sum += weight;
        else
            without++;
    }
    g_autofree char *points = present_points(policy, sum);
    g_string_append_printf(out, "%s%u item%s", output_sgr(output, TABLE_DIM), listing->items->len,
                           present_plural(listing->items->len));
    if (without < listing->items->len)
        g_string_append_printf(out, ", %s", points);
    if (without && without < listing->items->len)
        g_string_append_printf(out, ", %u without estimate", without);
    g_string_append_printf(out, "%s\n", output_sgr(output, TABLE_PLAIN));
}

static void add_readiness(const struct listing *listing, struct json *object, const struct item *item)
{
    guint errors;
    if (readiness_find(listing->readiness, item, &errors))
        json_add_integer(object, "readiness", errors);
    else
        json_add_null(object, "readiness");
}

static void add_item(const struct listing *listing, struct json *object, const struct item *item)
{
    present_item(object, listing->context->policy, item);
    add_readiness(listing, object, item);
}

static void add_node(struct json *object, guint index, gpointer data)
{
    const struct listing *listing = data;
    const struct tree_node *node = listing->tree->nodes->pdata[index];
    struct json *item = json_add_object(object, "item");

    if (listing->cells)
        table_add_row_json(listing->cells, index, item);
    else
        add_item(listing, item, node->item);
    json_add_boolean(object, "listed", node->listed);
    present_weight_json(object, "sum", node->below);
}

static void print_json(struct listing *listing)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    struct json *list = json_add_array(json, "items");
    if (listing->tree)
        list_tree_json(listing->tree, list, add_node, listing);
    else if (listing->cells)
        table_add_json(listing->cells, list);
    else
        for (guint i = 0; i < listing->items->len; i++)
            add_item(listing, json_add_object(list, NULL), listing->items->pdata[i]);
    json_add_integer(json, "unreadable", listing->backlog->findings->len);
    present_json(listing->context, json);
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

static gboolean shows_readiness(const struct listing *listing)
{
    return (is_format(listing, "json") && !listing->options->columns) || has_column(listing, "readiness");
}

/* Gathers what the items show and prints it. */
static void print_all(struct listing *listing)
{
    gboolean json = is_format(listing, "json");
    g_autoptr(Readiness) readiness =
        shows_readiness(listing) ? readiness_new(listing->backlog, listing->items) : NULL;
    g_autoptr(Tree) tree = listing->options->tree ? tree_new(listing->backlog, listing->items) : NULL;
    g_autoptr(Table) cells = json && !listing->options->columns ? NULL : new_table(listing);
    g_autoptr(Demand) demand = has_column(listing, "demand") ? demand_new(listing->backlog) : NULL;
    g_autoptr(GString) out = g_string_new(NULL);

    listing->readiness = readiness;
    listing->demand = demand;
    listing->tree = tree;
    listing->cells = cells;
    if (cells)
        fill_table(listing);
    if (json)
        print_json(listing);
    else if (listing->items->len || !is_format(listing, "table"))
        print(listing, out);
    if (listing->items->len && is_format(listing, "table") && isatty(STDOUT_FILENO))
        print_sum(listing, out);
    output_write(listing->context->output, out->str);
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const struct list_options *given = options;
    struct listing listing = {
        .context = context,
        .options = given,
        .format = context->json   ? "json"
                  : given->format ? given->format
                                  : "table",
    };
    const char *usual = given->tree ? usual_tree_columns : usual_columns;
    g_auto(GStrv) columns = split_columns(given->columns ? given->columns : usual, error);
    guint closed = 0;

    if (!columns || check_format(&listing, error) < 0)
        return -1;
    g_autoptr(Backlog) backlog = backlog_open(context->policy, given->revision, error);
    if (!backlog)
        return -1;
    listing.columns = columns;
    if (!arguments[0] && shows_readiness(&listing))
        readiness_expect(backlog);
    backlog_load(backlog);
    g_autoptr(Query) query = query_parse(backlog, (const char *const *)arguments, error);
    if (!query || (given->columns && !list_columns_check(backlog, columns, given->tree, error)))
        return -1;
    if (given->tree && is_format(&listing, "table") && !has_column(&listing, "title"))
        return usage_error(error, "--tree is drawn in front of the title; add title to --columns");

    gboolean all = given->all || query_mentions(query, FIELD_STATUS);
    g_autoptr(GPtrArray) items = choose(backlog, query, all, &closed);
    listing.backlog = backlog;
    listing.items = items;
    print_all(&listing);
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
