#include "estimate_family.h"

#include "depends.h"
#include "plain.h"

#include <string.h>

/* Brothers or parts that are shown; of more there is a count. */
#define MOST_SHOWN 12

void family_find(struct family *family, const struct sheet *sheet)
{
    const char *type = sheet_text(sheet, "type"), *parent = sheet_text(sheet, "parent");

    *family = (struct family){ .siblings = g_ptr_array_new(), .parts = g_ptr_array_new() };
    if (!parent && sheet->status != STATUS_SPLIT && g_strcmp0(type, "epic") != 0)
        return;
    backlog_load(sheet->backlog);
    g_autoptr(Depends) depends = depends_new(sheet->backlog);
    family->self = backlog_at(sheet->backlog, sheet->entry->path);
    family->parent = parent ? backlog_named(sheet->backlog, parent) : NULL;
    const GPtrArray *siblings = family->parent ? depends_children(depends, family->parent) : NULL;
    const GPtrArray *parts = family->self ? depends_children(depends, family->self) : NULL;
    for (guint i = 0; siblings && i < siblings->len; i++)
        g_ptr_array_add(family->siblings, siblings->pdata[i]);
    for (guint i = 0; parts && i < parts->len; i++)
        g_ptr_array_add(family->parts, parts->pdata[i]);
}

void family_clear(struct family *family)
{
    g_clear_pointer(&family->siblings, g_ptr_array_unref);
    g_clear_pointer(&family->parts, g_ptr_array_unref);
}

/* -- as text -- */

static void add_row(struct table *table, const char *relation, const struct item *item)
{
    const char *estimate = item_text(item, FIELD_ESTIMATE), *status = item_text(item, FIELD_STATUS);

    table_add(table, relation, TABLE_DIM);
    table_add(table, item->id, TABLE_CYAN);
    table_add(table, estimate ? estimate : "-", estimate ? TABLE_BOLD : TABLE_DIM);
    table_add(table, status, present_status_style(item->status));
    table_add(table, item->title, TABLE_PLAIN);
}

/* Of items, self left out, the most that are shown. Returns how many more there are. */
static guint add_rows(struct table *table, const char *relation, const GPtrArray *items,
                      const struct item *self)
{
    guint count = 0;

    for (guint i = 0; i < items->len; i++)
        if (items->pdata[i] != self && count++ < MOST_SHOWN)
            add_row(table, relation, items->pdata[i]);
    return count > MOST_SHOWN ? count - MOST_SHOWN : 0;
}

/* "the parts of c4x9d: 8 points, 2 of 4 without an estimate; it has 13 points itself". Dropped ones do not
 * count. */
static void print_sum(const struct sheet *sheet, const struct item *whole, const GPtrArray *parts,
                      GString *out)
{
    const struct policy *policy = sheet->context->policy;
    const char *own = item_text(whole, FIELD_ESTIMATE);
    guint without = 0, count = 0;
    double sum = 0, weight;

    for (guint i = 0; i < parts->len; i++) {
        const struct item *part = parts->pdata[i];
        const char *estimate = item_text(part, FIELD_ESTIMATE);
        if (part->status == STATUS_DROPPED)
            continue;
        count++;
        if (estimate && policy_weight(policy, estimate, &weight))
            sum += weight;
        else
            without++;
    }
    if (!count)
        return;
    g_autofree char *all = present_points(policy, sum), *its = own ? sheet_words(policy, own) : NULL;
    g_autoptr(Styled) line = styled_new();
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "%u part%s of %s: %s", count, present_plural(count),
                           whole->id ? whole->id : "it", all);
    if (without)
        g_string_append_printf(text, ", %u of them without an estimate", without);
    if (its)
        g_string_append_printf(text, "; its own estimate: %s", its);
    styled_add(line, text->str, (gssize)text->len, 0, NULL);
    styled_print_indented(line, out, 0, 2, &sheet->look);
}

void family_print(const struct family *family, const struct sheet *sheet, GString *out)
{
    static const struct table_column columns[] = {
        { "relation", "", .drop = 1 },
        { "id", "" },
        { "estimate", "", TABLE_RIGHT },
        { "status", "", .drop = 2 },
        { "title", "", .shrink = 1, .minimum = 16 },
    };
    const struct table_look look = { .width = sheet->look.width, .color = sheet->look.color };
    g_autoptr(Table) table = table_new(columns, G_N_ELEMENTS(columns));

    if (!family->parent && !family->parts->len)
        return;
    g_string_append_c(out, '\n');
    if (family->parent)
        add_row(table, "parent", family->parent);
    guint more = add_rows(table, "sibling", family->siblings, family->self) +
                 add_rows(table, "part", family->parts, NULL);
    table_print_text(table, out, &look);
    if (more)
        g_string_append_printf(out, "and %u more\n", more);
    if (family->parent)
        print_sum(sheet, family->parent, family->siblings, out);
    if (family->self && family->parts->len)
        print_sum(sheet, family->self, family->parts, out);
}

/* -- as JSON -- */

static void add_json(struct json *object, const struct item *item)
{
    json_add_string(object, "id", item->id);
    json_add_string(object, "title", item->title);
    json_add_string(object, "status", item_text(item, FIELD_STATUS));
    present_estimate_json(object, "estimate", item_text(item, FIELD_ESTIMATE));
}

void family_json(const struct family *family, struct json *object)
{
    if (family->parent)
        add_json(json_add_object(object, "parent"), family->parent);
    else
        json_add_null(object, "parent");
    struct json *siblings = json_add_array(object, "siblings");
    for (guint i = 0; i < family->siblings->len; i++)
        if (family->siblings->pdata[i] != family->self)
            add_json(json_add_object(siblings, NULL), family->siblings->pdata[i]);
    struct json *parts = json_add_array(object, "parts");
    for (guint i = 0; i < family->parts->len; i++)
        add_json(json_add_object(parts, NULL), family->parts->pdata[i]);
}
