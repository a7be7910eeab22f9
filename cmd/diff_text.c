#include "diff_text.h"

#include "diff_fact.h"
#include "diff_sum.h"
#include "plain.h"
#include "present.h"

#include <string.h>

#define MOST_LABEL 20 /* columns */
#define GAP 2

/* What stands above the items of a kind. */
static const char *const titles[] = {
    [REVIEW_SPLIT] = "Split",     [REVIEW_ADDED] = "Added",     [REVIEW_DROPPED] = "Dropped",
    [REVIEW_REMOVED] = "Removed", [REVIEW_CHANGED] = "Changed", [REVIEW_AFFECTED] = "Affected by others"
};

static struct styled_look look_of(const struct diff_text *text)
{
    struct output *output = text->context->output;
    return (struct styled_look){ .width = output_width(output),
                                 .color = output_color(output),
                                 .links = output_links(output),
                                 .utf8 = output_is_utf8() };
}

/* -- an item -- */

/* "story, refining, 5 points, place 3", of what there is; without the type where it is known. */
static char *particulars(const struct diff_text *text, const struct item *item, gboolean was)
{
    const struct policy *policy = text->context->policy;
    const char *type = item_text(item, FIELD_TYPE), *estimate = item_text(item, FIELD_ESTIMATE);
    const char *status = item_text(item, FIELD_STATUS);
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    double weight;

    if (type && !was)
        g_ptr_array_add(parts, g_strdup(type));
    if (status)
        g_ptr_array_add(parts, g_strdup(status));
    if (estimate && g_ascii_isdigit(*estimate) && policy_weight(policy, estimate, &weight))
        g_ptr_array_add(parts, present_points(policy, weight));
    else if (estimate)
        g_ptr_array_add(parts, g_strdup(estimate));
    if (item->position)
        g_ptr_array_add(parts, g_strdup_printf("place %u", item->position));
    g_ptr_array_add(parts, NULL);
    return g_strjoinv(", ", (char **)parts->pdata);
}

static void add_particulars(const struct diff_text *text, struct styled *line, const struct item *item,
                            gboolean was)
{
    g_autofree char *parts = particulars(text, item, was);

    if (!*parts)
        return;
    styled_add(line, was ? " (was " : " (", -1, STYLED(TABLE_DIM), NULL);
    styled_add(line, parts, -1, STYLED(TABLE_DIM), NULL);
    styled_add(line, ")", -1, STYLED(TABLE_DIM), NULL);
}

static void add_name(const struct diff_text *text, struct styled *line, const struct review_item *item)
{
    gboolean there = text->linked && item->after;
    g_autofree char *url = there ? present_item_link(text->context, item->path) : NULL;
    g_autofree char *path = item->id ? NULL : present_path(text->context->policy, item->path);

    styled_add(line, item->id ? item->id : path, -1, STYLED(TABLE_CYAN), url);
    if (!*item->title)
        return;
    styled_add(line, " ", -1, 0, NULL);
    styled_add(line, item->title, -1, 0, NULL);
}

/* What the title does not say: "ID TITLE (was place 2): duplicate of k7q2m". */
static void add_head(const struct diff_text *text, struct styled *line, const struct review_item *item)
{
    if (item->split_from)
        styled_add(line, "into ", -1, 0, NULL);
    add_name(text, line, item);
    if (item->kind == REVIEW_ADDED)
        add_particulars(text, line, item->after, FALSE);
    else if (item->before && item->kind != REVIEW_CHANGED && item->kind != REVIEW_AFFECTED)
        add_particulars(text, line, item->before, TRUE);
    if (item->duplicate_of) {
        styled_add(line, ", a duplicate of ", -1, 0, NULL);
        styled_add(line, item->duplicate_of, -1, STYLED(TABLE_CYAN), NULL);
    }
}

/* Columns of the widest label that is not too wide. */
static guint label_width(const GPtrArray *facts)
{
    guint widest = 0;
    for (guint i = 0; i < facts->len; i++) {
        g_autofree char *label = plain_escape(((const struct diff_fact *)facts->pdata[i])->label, -1);
        guint width = plain_width(label);
        if (width <= MOST_LABEL)
            widest = MAX(widest, width);
    }
    return widest;
}

static void print_fact(const struct diff_text *text, GString *out, const struct diff_fact *fact, guint indent,
                       guint width)
{
    g_autoptr(Styled) line = styled_new();
    const struct styled_look look = look_of(text);
    g_autofree char *label = plain_escape(fact->label, -1);
    guint taken = plain_width(label);

    styled_add(line, fact->label, -1, fact->marks, NULL);
    styled_add_fill(line, " ", MAX(width, taken) - taken + GAP, 0);
    styled_add_part(line, fact->value, 0, styled_length(fact->value));
    styled_print_indented(line, out, indent, indent + width + GAP, &look);
}

static void print_item(const struct diff_text *text, GString *out, const struct review_item *item)
{
    g_autoptr(GPtrArray) facts = diff_facts(item, text->context->policy, output_color(text->context->output));
    const struct styled_look look = look_of(text);
    g_autoptr(Styled) line = styled_new();
    guint indent = item->split_from ? 4 : 2, width = label_width(facts);
    const struct diff_fact *only = facts->len == 1 ? facts->pdata[0] : NULL;

    if (only && only->apart)
        only = NULL;
    add_head(text, line, item);
    if (only) {
        styled_add(line, ": ", -1, 0, NULL);
        styled_add(line, only->label, -1, only->marks, NULL);
        styled_add(line, " ", -1, 0, NULL);
        styled_add_part(line, only->value, 0, styled_length(only->value));
    }
    styled_print_indented(line, out, indent, indent + 4, &look);
    for (guint i = 0; !only && i < facts->len; i++)
        print_fact(text, out, facts->pdata[i], indent + 2, width);
}

/* What stands in one paragraph: children belong to what was split. */
static enum review_kind group_of(const struct review_item *item)
{
    return item->split_from ? item->split_from->kind : item->kind;
}

void diff_text_print(const struct diff_text *text, GString *out)
{
    const GPtrArray *items = text->review->items;
    struct output *output = text->context->output;

    diff_sum_print(text, out);
    for (guint i = 0; i < items->len; i++) {
        const struct review_item *item = items->pdata[i];
        if (i == 0 || group_of(items->pdata[i - 1]) != group_of(item))
            g_string_append_printf(out, "\n%s%s%s\n", output_sgr(output, TABLE_BOLD), titles[group_of(item)],
                                   output_sgr(output, TABLE_PLAIN));
        print_item(text, out, item);
    }
}

/* -- a line an item -- */

static void add_words(GString *words, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Adds to a list with commas. */
static void add_words(GString *words, const char *format, ...)
{
    va_list arguments;

    g_string_append(words, words->len ? ", " : "");
    va_start(arguments, format);
    g_string_append_vprintf(words, format, arguments);
    va_end(arguments);
}

/* "into 2" or what else there is to say of the item as such, then "estimate, 2 criteria": what the facts are
 * about, criteria counted. */
static char *stat_words(const struct diff_text *text, const struct review_item *item)
{
    g_autoptr(GPtrArray) facts = diff_facts(item, text->context->policy, FALSE);
    GString *words = g_string_new(NULL);
    guint criteria = 0;

    if (item->kind == REVIEW_ADDED) {
        g_autofree char *parts = particulars(text, item->after, FALSE);
        g_string_append(words, parts);
    }
    if (item->children->len)
        add_words(words, "into %u", item->children->len);
    if (item->duplicate_of)
        add_words(words, "a duplicate of %s", item->duplicate_of);
    for (guint i = 0; i < facts->len; i++) {
        const struct diff_fact *fact = facts->pdata[i], *last = i ? facts->pdata[i - 1] : NULL;
        gboolean criterion = g_str_has_prefix(fact->label, "criterion ");
        criteria += criterion;
        if (!criterion && (!last || strcmp(last->label, fact->label) != 0))
            add_words(words, "%s", fact->label);
    }
    if (criteria)
        add_words(words, "%u criteri%s", criteria, criteria == 1 ? "on" : "a");
    return g_string_free(words, FALSE);
}

void diff_text_stat(const struct diff_text *text, GString *out)
{
    static const struct table_column columns[] = {
        { .name = "kind", .title = "" },
        { .name = "id", .title = "" },
        { .name = "title", .title = "", .shrink = 2, .minimum = 20 },
        { .name = "changes", .title = "", .shrink = 1, .minimum = 10 },
    };
    g_autoptr(Table) table = table_new(columns, G_N_ELEMENTS(columns));
    struct output *output = text->context->output;
    const struct table_look look = { .width = output_width(output),
                                     .color = output_color(output),
                                     .links = output_links(output) };

    for (guint i = 0; i < text->review->items->len; i++) {
        const struct review_item *item = text->review->items->pdata[i];
        g_autofree char *words = stat_words(text, item);
        g_autofree char *url =
            text->linked && item->after ? present_item_link(text->context, item->path) : NULL;
        const struct table_cell id = { item->id ? item->id : item->path, TABLE_CYAN, .url = url };
        table_add(table, review_kind_name(item->kind), TABLE_PLAIN);
        table_add_cell(table, &id);
        table_add(table, item->title, TABLE_PLAIN);
        table_add(table, words, TABLE_DIM);
    }
    diff_sum_print(text, out);
    if (text->review->items->len)
        g_string_append_c(out, '\n');
    table_print_text(table, out, &look);
}
