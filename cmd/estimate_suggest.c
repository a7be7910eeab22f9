#include "estimate_suggest.h"

#include "dot_plot.h"
#include "estimate_sheet.h"
#include "neighbours.h"
#include "plain.h"

#include <string.h>

/* Neighbours that are listed; of more there is a count. */
#define MOST_LISTED 10

/* What is shown. */
struct advice {
    struct sheet *sheet;
    const struct neighbours *neighbours;
    GString *out;
};

static void print_text(const struct advice *advice, const char *text, guint marks)
{
    g_autoptr(Styled) line = styled_new();

    styled_add(line, text, -1, marks, NULL);
    styled_print(line, advice->out, NULL, NULL, &advice->sheet->look);
}

/* -- what is suggested, and why -- */

/* How many neighbours have the suggested value, and how many are within a step of it. */
static void count_near(const struct neighbours *neighbours, guint *same, guint *beside)
{
    *same = *beside = 0;
    for (guint i = 0; i < neighbours->nearest->len; i++) {
        double weight = g_array_index(neighbours->nearest, struct neighbour, i).weight;
        guint apart = scale_apart(neighbours->scale, weight, neighbours->suggested->weight);
        *same += apart == 0;
        *beside += apart <= 1;
    }
}

/* The value of the scale with that weight, else the weight. */
static char *value_of(const struct neighbours *neighbours, double weight)
{
    const struct scale_step *step = scale_find(neighbours->scale, weight);
    return step ? g_strdup(step->value) : present_weight(weight);
}

static char *range_of(const struct neighbours *neighbours, const struct neighbours_spread *spread)
{
    g_autofree char *low = value_of(neighbours, spread->low), *high = value_of(neighbours, spread->high);
    return g_strdup_printf("%s to %s", low, high);
}

/* Where it is the neighbours' value, or one between theirs and the usual one. */
static char *explain_near(const struct neighbours *neighbours)
{
    g_autofree char *near = value_of(neighbours, neighbours->near.median),
                    *all = value_of(neighbours, neighbours->all.median);
    guint same, beside;

    count_near(neighbours, &same, &beside);
    if (same == neighbours->near.n)
        return g_strdup_printf("all %u nearest finished items have it", same);
    if (scale_nearest(neighbours->scale, neighbours->near.median) != neighbours->suggested)
        return g_strdup_printf(
            "between the median of the %u nearest finished items, %s, and that of all %u, %s",
            neighbours->near.n, near, neighbours->all.n, all);
    return g_strdup_printf("%u of the %u nearest finished items have it, %u are within a step", same,
                           neighbours->near.n, beside);
}

/* Where it is the usual value, although that is not the neighbours'. */
static char *explain_all(const struct neighbours *neighbours)
{
    g_autofree char *near = value_of(neighbours, neighbours->near.median),
                    *range = range_of(neighbours, &neighbours->near);
    gboolean apart = scale_apart(neighbours->scale, neighbours->near.low, neighbours->near.high) > 1;
    return g_strdup_printf("the median of all %u finished items: the %u nearest %s (%s, median %s)",
                           neighbours->all.n, neighbours->near.n, apart ? "disagree" : "do not outweigh them",
                           range, near);
}

static char *explain(const struct neighbours *neighbours)
{
    switch (neighbours->source) {
    case NEIGHBOURS_TOO_FEW:
        return g_strdup_printf(
            "%u finished item%s with an estimate: too few to suggest anything, which takes %d",
            neighbours->all.n, present_plural(neighbours->all.n), NEIGHBOURS_FINISHED);
    case NEIGHBOURS_STRANGER:
        if (!neighbours->near.n)
            return g_strdup_printf(
                "the median of all %u finished items: none of them has a telling word in common "
                "with it",
                neighbours->all.n);
        return g_strdup_printf(
            "the median of all %u finished items: no more than %u of them ha%s a telling word "
            "in common with it",
            neighbours->all.n, neighbours->near.n, neighbours->near.n == 1 ? "s" : "ve");
    case NEIGHBOURS_DISAGREE:
        return explain_all(neighbours);
    case NEIGHBOURS_CONFIRM:
    case NEIGHBOURS_DIFFER:
        break;
    }
    return explain_near(neighbours);
}

static void print_suggestion(const struct advice *advice)
{
    const struct neighbours *neighbours = advice->neighbours;
    g_autofree char *why = explain(neighbours);
    g_autoptr(Styled) line = styled_new();

    if (neighbours->suggested) {
        g_autofree char *words = sheet_words(advice->sheet->context->policy, neighbours->suggested->value);
        styled_add(line, "suggests ", -1, 0, NULL);
        styled_add(line, words, -1, STYLED(TABLE_BOLD), NULL);
        styled_add(line, ": ", -1, 0, NULL);
    }
    styled_add(line, why, -1, 0, NULL);
    styled_print(line, advice->out, NULL, NULL, &advice->sheet->look);
}

static void print_plot(const struct advice *advice)
{
    const struct neighbours *neighbours = advice->neighbours;
    g_autoptr(GArray) rows = dot_plot_new(neighbours->scale);

    for (guint i = 0; i < neighbours->nearest->len; i++) {
        const struct neighbour *neighbour = &g_array_index(neighbours->nearest, struct neighbour, i);
        dot_plot_find(rows, neighbour->estimate, neighbour->weight)->dots++;
    }
    if (neighbours->suggested) {
        struct dot_row *row =
            dot_plot_find(rows, neighbours->suggested->value, neighbours->suggested->weight);
        row->marks = STYLED(TABLE_BOLD);
    }
    g_string_append_c(advice->out, '\n');
    dot_plot_print(rows, advice->out, &advice->sheet->look);
    g_string_append_c(advice->out, '\n');
}

/* -- numbers -- */

static void print_ranges(const struct advice *advice)
{
    const struct neighbours *neighbours = advice->neighbours;
    const struct policy *policy = advice->sheet->context->policy;
    g_autofree char *near = range_of(neighbours, &neighbours->near),
                    *all = range_of(neighbours, &neighbours->all),
                    *middle = value_of(neighbours, neighbours->all.median);
    g_autoptr(GString) text = g_string_new(NULL);

    if (neighbours->near.n)
        g_string_append_printf(text, "10 to 90 percent of the nearest %u: %s; ", neighbours->near.n, near);
    g_string_append_printf(text, "%sof all %u finished: %s, median %s",
                           neighbours->near.n ? "" : "10 to 90 percent ", neighbours->all.n, all, middle);
    print_text(advice, text->str, 0);
    if (!neighbours->suggested || neighbours->off < 0.05)
        return;
    g_autofree char *off = present_points(policy, (double)(gint64)(neighbours->off * 10 + 0.5) / 10);
    g_autofree char *line = g_strdup_printf("such a guess is wrong by about %s on average", off);
    print_text(advice, line, 0);
}

static void print_words(const struct advice *advice)
{
    const GPtrArray *words = advice->neighbours->words;
    g_autoptr(GString) text = g_string_new("shared words: ");

    for (guint i = 0; i < words->len; i++) {
        const struct neighbours_word *word = words->pdata[i];
        g_string_append_printf(text, "%s%s (%u)", i ? ", " : "", word->word, word->n);
    }
    if (words->len)
        print_text(advice, text->str, 0);
}

/* -- the neighbours -- */

static void print_list(const struct advice *advice)
{
    static const struct table_column columns[] = {
        { "likeness", "", TABLE_RIGHT, .drop = 2 },
        { "id", "" },
        { "estimate", "", TABLE_RIGHT },
        { "title", "", .shrink = 2, .minimum = 16 },
        { "shares", "", .shrink = 1, .minimum = 12, .drop = 1 },
    };
    const GArray *nearest = advice->neighbours->nearest;
    const struct table_look look = { .width = advice->sheet->look.width, .color = advice->sheet->look.color };
    g_autoptr(Table) table = table_new(columns, G_N_ELEMENTS(columns));

    for (guint i = 0; i < MIN(nearest->len, MOST_LISTED); i++) {
        const struct neighbour *neighbour = &g_array_index(nearest, struct neighbour, i);
        g_autofree char *percent = g_strdup_printf("%d%%", (int)(neighbour->hit->likeness * 100));
        g_autofree char *shared = g_strjoinv(", ", neighbour->hit->shared);
        table_add(table, percent, TABLE_DIM);
        table_add(table, neighbour->hit->item->id, TABLE_CYAN);
        table_add(table, neighbour->estimate, TABLE_BOLD);
        table_add(table, neighbour->hit->title, TABLE_PLAIN);
        table_add(table, shared, TABLE_DIM);
    }
    if (nearest->len)
        g_string_append_c(advice->out, '\n');
    table_print_text(table, advice->out, &look);
    if (nearest->len > MOST_LISTED)
        g_string_append_printf(advice->out, "and %u more\n", nearest->len - MOST_LISTED);
}

/* -- as JSON -- */

static void add_spread(struct json *object, const char *key, const struct neighbours_spread *spread)
{
    if (!spread->n) {
        json_add_null(object, key);
        return;
    }
    struct json *values = json_add_object(object, key);
    json_add_integer(values, "n", spread->n);
    present_weight_json(values, "low", spread->low);
    present_weight_json(values, "median", spread->median);
    present_weight_json(values, "high", spread->high);
}

static void add_neighbour(struct json *list, const struct policy *policy, const struct neighbour *neighbour)
{
    const struct item *item = neighbour->hit->item;
    struct json *object = json_add_object(list, NULL);
    g_autofree char *path = policy_display(policy, item->path);

    json_add_string(object, "id", item->id);
    json_add_string(object, "path", path);
    json_add_string(object, "title", item->title);
    json_add_string(object, "status", item_text(item, FIELD_STATUS));
    present_estimate_json(object, "estimate", neighbour->estimate);
    present_weight_json(object, "weight", neighbour->weight);
    json_add_real(object, "similarity", (double)(int)(neighbour->hit->likeness * 1000) / 1000);
    struct json *shared = json_add_array(object, "shared");
    for (gsize i = 0; neighbour->hit->shared && neighbour->hit->shared[i]; i++)
        json_add_string(shared, NULL, neighbour->hit->shared[i]);
}

static void print_json(const struct sheet *sheet, const struct neighbours *neighbours)
{
    g_autoptr(Json) json = json_new_object();

    json_add_integer(json, "version", 1);
    json_add_string(json, "id", sheet->id);
    present_estimate_json(json, "estimate", sheet->estimate);
    present_estimate_json(json, "suggested", neighbours->suggested ? neighbours->suggested->value : NULL);
    json_add_string(json, "source", neighbours_source_name(neighbours->source));
    if (neighbours->suggested)
        json_add_real(json, "off", (double)(gint64)(neighbours->off * 1000 + 0.5) / 1000);
    else
        json_add_null(json, "off");
    add_spread(json, "near", &neighbours->near);
    add_spread(json, "all", &neighbours->all);
    struct json *words = json_add_array(json, "words");
    for (guint i = 0; i < neighbours->words->len; i++) {
        const struct neighbours_word *word = neighbours->words->pdata[i];
        struct json *one = json_add_object(words, NULL);
        json_add_string(one, "word", word->word);
        json_add_integer(one, "items", word->n);
    }
    struct json *nearest = json_add_array(json, "nearest");
    for (guint i = 0; i < neighbours->nearest->len; i++)
        add_neighbour(nearest, sheet->context->policy,
                      &g_array_index(neighbours->nearest, struct neighbour, i));
    present_json(sheet->context, json);
}

/* -- */

static void print(struct sheet *sheet, const struct neighbours *neighbours)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const struct advice advice = { sheet, neighbours, out };

    sheet_print_title(sheet, out);
    print_suggestion(&advice);
    if (neighbours->nearest->len)
        print_plot(&advice);
    if (neighbours->all.n)
        print_ranges(&advice);
    print_words(&advice);
    print_list(&advice);
    output_write(sheet->context->output, out->str);
}

int estimate_suggest(struct context *context, struct backlog *backlog, const struct entry *entry,
                     GError **error)
{
    struct sheet sheet;
    int status = -1;

    if (!sheet_read(&sheet, context, backlog, entry, error))
        return -1;
    backlog_load(backlog);
    const struct item *item = backlog_at(backlog, entry->path);
    g_autoptr(Search) search = item ? search_open(backlog, error) : NULL;
    g_autoptr(Neighbours) neighbours = search ? neighbours_find(backlog, search, item, error) : NULL;
    if (neighbours) {
        if (context->json)
            print_json(&sheet, neighbours);
        else
            print(&sheet, neighbours);
        status = neighbours->suggested ? 0 : 1;
    }
    sheet_clear(&sheet);
    return status;
}
