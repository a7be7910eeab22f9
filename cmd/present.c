#include "present.h"

#include "plain.h"

#include <string.h>

char *present_path(const struct policy *policy, const char *path)
{
    g_autofree char *shown = policy_display(policy, path);
    return plain_escape(shown, -1);
}

char *present_command(char **words)
{
    GString *line = g_string_new("refine");

    for (gsize i = 0; words[i]; i++) {
        g_autofree char *shown = plain_escape(words[i], -1);
        gboolean plain = *shown && *shown != '=' && !shown[strcspn(shown, " \t\n\"'`$&|;<>()[]{}*?!#~^\\")];
        g_autofree char *word = plain ? g_strdup(shown) : g_shell_quote(shown);
        g_string_append_printf(line, " %s", word);
    }
    return g_string_free(line, FALSE);
}

const char *present_plural(guint n)
{
    return n == 1 ? "" : "s";
}

enum table_style present_status_style(enum status status)
{
    static const enum table_style styles[] = {
        [STATUS_NEW] = TABLE_PLAIN,  [STATUS_REFINING] = TABLE_YELLOW, [STATUS_READY] = TABLE_GREEN,
        [STATUS_DOING] = TABLE_BLUE, [STATUS_DONE] = TABLE_DIM,        [STATUS_RELEASED] = TABLE_DIM,
        [STATUS_SPLIT] = TABLE_DIM,  [STATUS_DROPPED] = TABLE_DIM,     [STATUS_UNKNOWN] = TABLE_RED,
    };
    return styles[status];
}

char *present_item_link(struct context *context, const char *path)
{
    if (!output_links(context->output))
        return NULL;
    g_autofree char *full = g_build_filename(context->policy->root, path, NULL);
    return output_file_link(context->output, full);
}

/* An estimate on a scale of numbers is a number, all else text. */
static void add_scalar(struct json *parent, const char *key, const struct field *field, const char *text,
                       gsize length)
{
    gsize digits = strspn(text, "0123456789");
    gsize decimals = text[digits] == '.' ? 1 + strspn(text + digits + 1, "0123456789") : 0;
    gboolean numeric = field && field->id == FIELD_ESTIMATE && digits > 0 && digits < 10 && decimals != 1 &&
                       text[digits + decimals] == '\0';

    if (numeric)
        present_weight_json(parent, key, g_ascii_strtod(text, NULL));
    else
        json_add_string_len(parent, key, text, length);
}

void present_node(struct json *parent, const char *key, const struct field *field, const struct node *node)
{
    if (node_is_null(node)) {
        json_add_null(parent, key);
    } else if (node->kind == NODE_SCALAR) {
        add_scalar(parent, key, field, node->text, node->length);
    } else {
        struct json *inside =
            node->kind == NODE_MAP ? json_add_object(parent, key) : json_add_array(parent, key);
        for (const struct node *child = node->first; child; child = child->next)
            present_node(inside, child->key ? child->key->text : NULL, NULL, child);
    }
}

static void add_value(struct json *parent, const struct value *value)
{
    if (value->kind == NODE_SCALAR && value->count == 0) {
        json_add_null(parent, value->key);
    } else if (value->kind == NODE_SCALAR) {
        add_scalar(parent, value->key, value->field, value->texts[0], strlen(value->texts[0]));
    } else if (value->kind == NODE_SEQUENCE && (value->count || !value->records)) {
        struct json *list = json_add_array(parent, value->key);
        for (guint i = 0; i < value->count; i++)
            json_add_string(list, NULL, value->texts[i]);
    }
}

void present_item(struct json *object, const struct policy *policy, const struct item *item)
{
    g_autofree char *path = policy_display(policy, item->path);

    json_add_string(object, "id", item->id);
    json_add_string(object, "path", path);
    if (item->position)
        json_add_integer(object, "position", item->position);
    else
        json_add_null(object, "position");
    for (guint i = 0; i < item->n_values; i++)
        if (item->values[i].field && item->values[i].field->id != FIELD_ID)
            add_value(object, &item->values[i]);
    struct json *other = json_add_object(object, "other");
    for (guint i = 0; i < item->n_values; i++)
        if (!item->values[i].field)
            add_value(other, &item->values[i]);
}

void present_text(GString *out, const struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        g_autofree char *text = plain_escape(node->text, (gssize)node->length);
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, node->kind == NODE_MAP ? '{' : '[');
    for (const struct node *child = node->first; child; child = child->next) {
        if (child->key) {
            g_autofree char *key = plain_escape(child->key->text, -1);
            g_string_append_printf(out, "%s: ", key);
        }
        present_text(out, child);
        g_string_append(out, child->next ? ", " : "");
    }
    g_string_append_c(out, node->kind == NODE_MAP ? '}' : ']');
}

void present_json(struct context *context, const struct json *json)
{
    g_autofree char *printed = json_print(json, 2);
    output_write(context->output, printed);
    output_write(context->output, "\n");
}

char *present_weight(double weight)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];
    return g_strdup(g_ascii_formatd(buffer, sizeof buffer, "%.10g", weight));
}

char *present_points(const struct policy *policy, double weight)
{
    const char *unit = policy_text(policy, "estimate.unit");
    g_autofree char *shown = plain_escape(unit ? unit : "", -1), *number = present_weight(weight);
    gsize length = strlen(shown);

    if (weight == 1 && length > 1 && shown[length - 1] == 's')
        shown[length - 1] = '\0';
    return g_strdup_printf("%s%s%s", number, *shown ? " " : "", shown);
}

void present_weight_json(struct json *object, const char *key, double weight)
{
    if (ABS(weight) < 1e15 && weight == (double)(gint64)weight)
        json_add_integer(object, key, (gint64)weight);
    else
        json_add_real(object, key, weight);
}

void present_estimate_json(struct json *object, const char *key, const char *estimate)
{
    if (estimate)
        add_scalar(object, key, &field_table()[FIELD_ESTIMATE], estimate, strlen(estimate));
    else
        json_add_null(object, key);
}

static void add_texts(struct json *object, const char *key, char *const *texts)
{
    struct json *list = json_add_array(object, key);

    for (gsize i = 0; texts && texts[i]; i++)
        json_add_string(list, NULL, texts[i]);
}

void present_remark(struct json *object, const char *text, const struct remark *remark)
{
    json_add_string(object, "text", text);
    json_add_string(object, "day", remark->day);
    add_texts(object, "names", remark->names);
    json_add_string(object, "says", remark->text);
    add_texts(object, "rejected", remark->rejected);
}
