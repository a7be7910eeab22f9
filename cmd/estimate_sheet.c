#include "estimate_sheet.h"

#include "voter.h"

#include <string.h>

/* The round that the item's own votes are of stands among them from the second one on. */
#define ROUND_KEY "round"

/* -- the item -- */

gboolean sheet_read(struct sheet *sheet, struct context *context, struct backlog *backlog,
                    const struct entry *entry, GError **error)
{
    g_autoptr(GBytes) bytes = backlog_read(backlog, entry, error);
    if (!bytes)
        return FALSE;
    g_autoptr(Document) document = document_new(bytes, NULL);
    if (!document->front->root) {
        g_autofree char *path = policy_display(context->policy, entry->path);
        g_set_error(error, BACKLOG_ERROR, BACKLOG_ERROR_NO_ITEM,
                    "%s cannot be read as an item; refine check says why", path);
        return FALSE;
    }
    *sheet = (struct sheet){ .context = context, .backlog = backlog, .entry = entry };
    sheet->document = g_steal_pointer(&document);
    sheet->id = backlog_id(backlog, entry);
    sheet->title = sheet_text(sheet, "title");
    sheet->estimate = sheet_text(sheet, "estimate");
    const char *status = sheet_text(sheet, "status");
    sheet->status = status_parse(status ? status : "");
    sheet->handles = g_ptr_array_new_with_free_func(g_free);
    sheet->names = g_ptr_array_new_with_free_func(g_free);
    sheet->values = g_ptr_array_new();
    sheet->look = (struct styled_look){ .width = output_width(context->output),
                                        .color = output_color(context->output),
                                        .links = output_links(context->output),
                                        .utf8 = output_is_utf8() };
    if (!sheet->look.width || sheet->look.width > STYLED_MEASURE)
        sheet->look.width = STYLED_MEASURE;
    return TRUE;
}

void sheet_clear(struct sheet *sheet)
{
    g_clear_pointer(&sheet->document, document_free);
    g_clear_pointer(&sheet->handles, g_ptr_array_unref);
    g_clear_pointer(&sheet->names, g_ptr_array_unref);
    g_clear_pointer(&sheet->values, g_ptr_array_unref);
}

const char *sheet_text(const struct sheet *sheet, const char *key)
{
    const struct node *node = node_find(sheet->document->front->root, key);
    return node && node->kind == NODE_SCALAR && !node_is_null(node) && node->length ? node->text : NULL;
}

/* -- votes -- */

static void take_open(struct sheet *sheet)
{
    sheet->number = sheet->votes->round;
    for (guint i = 0; i < sheet->votes->votes->len; i++) {
        const struct vote *vote = sheet->votes->votes->pdata[i];
        g_ptr_array_add(sheet->handles, g_strdup(vote->who));
        g_ptr_array_add(sheet->names, g_strdup(vote->name));
        g_ptr_array_add(sheet->values, vote->value);
    }
}

/* The votes that the item keeps. */
static void take_recorded(struct sheet *sheet)
{
    const struct node *votes = node_find(sheet->document->front->root, "votes");
    guint64 number;

    sheet->recorded = TRUE;
    sheet->number = 1;
    for (const struct node *vote = votes && votes->kind == NODE_MAP ? votes->first : NULL; vote;
         vote = vote->next) {
        if (vote->kind != NODE_SCALAR)
            continue;
        if (strcmp(vote->key->text, ROUND_KEY) == 0) {
            if (g_ascii_string_to_unsigned(vote->text, 10, 1, G_MAXINT, &number, NULL))
                sheet->number = (guint)number;
            continue;
        }
        g_ptr_array_add(sheet->handles, g_strdup(vote->key->text));
        g_ptr_array_add(sheet->names, voter_name(sheet->context->policy, vote->key->text));
        g_ptr_array_add(sheet->values, (gpointer)vote->text);
    }
    if (!sheet->values->len)
        sheet->number = sheet->votes->round;
}

void sheet_take(struct sheet *sheet, const struct votes *votes)
{
    sheet->votes = votes;
    if (votes->votes->len)
        take_open(sheet);
    else
        take_recorded(sheet);
    sheet->round =
        round_of(sheet->context->policy, (const char *const *)sheet->values->pdata, sheet->values->len);
}

gboolean sheet_says(const struct sheet *sheet, guint index, const char *value)
{
    const struct policy *policy = sheet->context->policy;
    const char *own = sheet->values->pdata[index];
    double weight, wanted = 0;

    if (!own)
        return FALSE;
    gboolean known = strcmp(own, SCALE_UNKNOWN) != 0 && policy_weight(policy, own, &weight);
    return value ? known && policy_weight(policy, value, &wanted) && wanted == weight : !known;
}

char *sheet_names(const struct sheet *sheet, const char *value, const char *joint)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    g_autoptr(GString) names = g_string_new(NULL);

    for (guint i = 0; i < sheet->values->len; i++)
        if (sheet_says(sheet, i, value))
            g_ptr_array_add(found, sheet->names->pdata[i]);
    for (guint i = 0; i < found->len; i++) {
        if (i && i + 1 == found->len)
            g_string_append_printf(names, " %s ", joint);
        else if (i)
            g_string_append(names, ", ");
        g_string_append(names, found->pdata[i]);
    }
    return g_strdup(names->str);
}

/* -- words -- */

void sheet_print_title(const struct sheet *sheet, GString *out)
{
    g_autoptr(Styled) line = styled_new();
    g_autofree char *link = present_item_link(sheet->context, sheet->entry->path);

    styled_add(line, sheet->id ? sheet->id : "no id yet", -1, STYLED(sheet->id ? TABLE_CYAN : TABLE_RED),
               link);
    styled_add(line, "  ", -1, 0, NULL);
    if (sheet->title)
        styled_add(line, sheet->title, -1, STYLED(TABLE_BOLD), NULL);
    else
        styled_add(line, "without a title", -1, STYLED(TABLE_RED), NULL);
    styled_print(line, out, NULL, NULL, &sheet->look);
}

char *sheet_words(const struct policy *policy, const char *estimate)
{
    double number;
    char *end;

    number = g_ascii_strtod(estimate, &end);
    return g_ascii_isdigit(*estimate) && !*end ? present_points(policy, number) : g_strdup(estimate);
}
