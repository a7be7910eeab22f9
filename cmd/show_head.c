#include "show_head.h"

#include "demand.h"
#include "hyperlink.h"
#include "plain.h"
#include "show_relation.h"

#include <string.h>

#define LEAST_KEY 8 /* columns */
#define MOST_KEY 16
#define GAP 2

/* The keys that come first, in this order, and those that only the program reads, which come last. */
static const enum field_id early[] = { FIELD_OWNER,   FIELD_GOAL,        FIELD_SPRINT, FIELD_LABELS,
                                       FIELD_CREATED, FIELD_VALUE,       FIELD_RISK,   FIELD_PARENT,
                                       FIELD_DEPENDS, FIELD_DUPLICATE_OF };
static const enum field_id late[] = { FIELD_ALIASES, FIELD_RANK, FIELD_STAMP };

static const struct node *find(const struct show_head *head, enum field_id field)
{
    return node_find(head->document->front->root, field_table()[field].name);
}

/* The value of a field that is text and not empty, or NULL. */
static const struct node *find_text(const struct show_head *head, enum field_id field)
{
    const struct node *node = find(head, field);
    return node && node->kind == NODE_SCALAR && !node_is_null(node) && node->length ? node : NULL;
}

static gboolean is_among(const enum field_id *fields, guint count, const struct node *node)
{
    const struct field *field = field_find(node->key->text);
    for (guint i = 0; field && i < count; i++)
        if (field->id == fields[i])
            return TRUE;
    return FALSE;
}

/* -- title and line -- */

/* Whether the line below the title says it. */
static gboolean is_in_line(const struct node *node)
{
    static const enum field_id fields[] = { FIELD_TITLE, FIELD_ID, FIELD_TYPE, FIELD_STATUS, FIELD_ESTIMATE };
    return node->kind == NODE_SCALAR && is_among(fields, G_N_ELEMENTS(fields), node);
}

static void print_title(const struct show_head *head, GString *out)
{
    const struct node *title = find_text(head, FIELD_TITLE);
    g_autoptr(Styled) line = styled_new();

    if (title)
        styled_add(line, title->text, (gssize)title->length, STYLED(TABLE_BOLD), NULL);
    else
        styled_add(line, "without a title", -1, STYLED(TABLE_RED), NULL);
    styled_print(line, out, NULL, NULL, &head->look);
}

/* "5 points", "1 point"; a name on a scale of names is "estimate M". */
static char *estimate_words(const struct show_head *head, const struct node *estimate)
{
    const char *unit = policy_text(head->context->policy, "estimate.unit");
    gboolean number = strspn(estimate->text, "0123456789.") == estimate->length;

    if (!number || !unit || !*unit)
        return g_strdup_printf("estimate %s", estimate->text);
    gboolean one = strcmp(estimate->text, "1") == 0 && g_str_has_suffix(unit, "s");
    return g_strdup_printf("%s %.*s", estimate->text, (int)(strlen(unit) - (one ? 1 : 0)), unit);
}

/* "criteria 2 of 5 done"; NULL where there are none. */
static char *criteria_words(const struct show_head *head)
{
    g_autoptr(GPtrArray) criteria = criteria_read(head->document, head->context->policy);
    guint done = 0;

    for (guint i = 0; i < criteria->len; i++)
        done += ((const struct criterion *)criteria->pdata[i])->ticked ? 1 : 0;
    return criteria->len ? g_strdup_printf("criteria %u of %u done", done, criteria->len) : NULL;
}

/* "3 asked", of the item's own requests; NULL where nobody did. */
static char *demand_words(const struct show_head *head)
{
    g_autoptr(GPtrArray) requests = demand_read(head->context->policy, NULL, head->document);
    guint asked = demand_askers(requests);
    return asked ? g_strdup_printf("%u asked", asked) : NULL;
}

static void add_part(const struct show_head *head, struct styled *line, const char *text, guint marks)
{
    if (!text)
        return;
    if (styled_length(line))
        styled_add(line, head->look.utf8 ? " · " : " - ", -1, STYLED(TABLE_DIM), NULL);
    styled_add(line, text, -1, marks, NULL);
}

static void print_line(const struct show_head *head, GString *out)
{
    const struct node *type = find_text(head, FIELD_TYPE), *status = find_text(head, FIELD_STATUS);
    const struct node *estimate = find_text(head, FIELD_ESTIMATE);
    const char *id = backlog_id(head->backlog, head->entry);
    g_autofree char *link = head->linked ? present_item_link(head->context, head->entry->path) : NULL;
    g_autofree char *points = estimate ? estimate_words(head, estimate) : NULL;
    g_autofree char *criteria = criteria_words(head), *demand = demand_words(head);
    g_autoptr(Styled) line = styled_new();

    styled_add(line, id ? id : "no id yet", -1, STYLED(id ? TABLE_CYAN : TABLE_RED), link);
    add_part(head, line, type ? type->text : NULL, 0);
    add_part(head, line, status ? status->text : NULL,
             status ? STYLED(present_status_style(status_parse(status->text))) : 0);
    add_part(head, line, points, 0);
    add_part(head, line, criteria, 0);
    add_part(head, line, demand, STYLED_WHOLE);
    styled_print(line, out, NULL, NULL, &head->look);
}

/* -- keys -- */

static void add_scalar(const struct show_head *head, struct styled *line, const struct node *node)
{
    g_autofree char *url = head->look.links ? hyperlink_url(node->text) : NULL;
    styled_add(line, node->text, (gssize)node->length, url ? STYLED_UNDERLINE : 0, url);
}

/* What a person would write: lists with commas, maps as names and values, and no brackets around. */
static void add_value(const struct show_head *head, struct styled *line, const struct node *node)
{
    if (node->kind == NODE_SCALAR)
        add_scalar(head, line, node);
    else if (!node->first)
        styled_add(line, node->kind == NODE_MAP ? "{}" : "[]", -1, STYLED(TABLE_DIM), NULL);
    for (const struct node *child = node->first; child; child = child->next) {
        if (child->key) {
            styled_add(line, child->key->text, -1, STYLED(TABLE_DIM), NULL);
            styled_add(line, ": ", -1, STYLED(TABLE_DIM), NULL);
        }
        if (child->kind == NODE_SCALAR) {
            add_scalar(head, line, child);
        } else {
            g_autoptr(GString) text = g_string_new(NULL);
            present_text(text, child);
            styled_add(line, text->str, (gssize)text->len, 0, NULL);
        }
        styled_add(line, child->next ? ", " : "", -1, 0, NULL);
    }
}

static void add_goal(const struct show_head *head, struct styled *line, const struct node *node)
{
    const struct node *goals = policy_get(head->context->policy, "goals");

    add_value(head, line, node);
    for (const struct node *goal = goals ? goals->first : NULL; goal; goal = goal->next) {
        const struct node *id = node_find(goal, "id"), *says = node_find(goal, "says");
        if (id && says && node->kind == NODE_SCALAR && id->kind == NODE_SCALAR && says->kind == NODE_SCALAR &&
            strcmp(id->text, node->text) == 0) {
            styled_add(line, "  ", -1, 0, NULL);
            styled_add(line, says->text, (gssize)says->length, 0, NULL);
        }
    }
}

/* A request as a person would tell it: when, who, what, and where that is to be read. FALSE where there is
 * more in it, or something else. */
static gboolean add_request(const struct show_head *head, struct styled *line, const struct node *node)
{
    static const char *const keys[] = { "on", "from", "says", "via" };
    const struct node *parts[G_N_ELEMENTS(keys)] = { NULL };
    guint known = 0;

    for (gsize i = 0; node->kind == NODE_MAP && i < G_N_ELEMENTS(keys); i++) {
        parts[i] = node_find(node, keys[i]);
        known += parts[i] && parts[i]->kind == NODE_SCALAR ? 1 : 0;
    }
    if (!parts[1] || known != node->count)
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (!parts[i])
            continue;
        styled_add(line, !styled_length(line) ? "" : i == 2 ? ": " : "  ", -1, 0, NULL);
        if (i == 0)
            styled_add(line, parts[i]->text, (gssize)parts[i]->length, STYLED(TABLE_DIM), NULL);
        else
            add_scalar(head, line, parts[i]);
    }
    return TRUE;
}

static void add_entry(const struct show_head *head, struct styled *line, const struct field *field,
                      const struct node *node)
{
    gboolean reference = field && (field->kind == FIELD_REFERENCE || field->kind == FIELD_REFERENCES);

    if (field && field->id == FIELD_GOAL)
        add_goal(head, line, node);
    else if (field && field->id == FIELD_FEEDBACK && add_request(head, line, node))
        return;
    else if (!reference || !show_relation_add(head, line, node))
        add_value(head, line, node);
}

/* Relations and records take a line an entry. */
static gboolean takes_lines(const struct field *field, const struct node *node)
{
    gboolean references = field && field->kind == FIELD_REFERENCES;
    return node->kind == NODE_SEQUENCE && node->first && (references || node->first->kind != NODE_SCALAR);
}

static void print_key(const struct show_head *head, GString *out, const struct node *node, guint columns)
{
    const struct field *field = field_find(node->key->text);
    gboolean lines = takes_lines(field, node);
    g_autoptr(Styled) key = styled_new(), spaces = styled_new();
    const struct styled *front = key;

    styled_add(key, node->key->text, -1, STYLED(TABLE_DIM), NULL);
    guint taken = styled_width(key, 0, styled_length(key));
    styled_add_fill(key, " ", GAP + (columns > taken ? columns - taken : 0), 0);
    styled_add_fill(spaces, " ", columns + GAP, 0);
    for (const struct node *entry = lines ? node->first : node; entry; entry = lines ? entry->next : NULL) {
        g_autoptr(Styled) line = styled_new();
        add_entry(head, line, field, entry);
        styled_print(line, out, front, spaces, &head->look);
        front = spaces;
    }
}

static guint key_columns(const struct node *root)
{
    guint columns = LEAST_KEY;
    for (const struct node *node = root->first; node; node = node->next) {
        g_autofree char *key = plain_escape(node->key->text, -1);
        if (!is_in_line(node) && !node_is_null(node))
            columns = MAX(columns, plain_width(key));
    }
    return MIN(columns, MOST_KEY);
}

static void print_fields(const struct show_head *head, GString *out, const enum field_id *fields, guint count,
                         guint columns)
{
    for (guint i = 0; i < count; i++) {
        const struct node *node = find(head, fields[i]);
        if (node && !node_is_null(node))
            print_key(head, out, node, columns);
    }
}

void show_head_print(const struct show_head *head, GString *out)
{
    const struct node *root = head->document->front->root;
    struct show_head narrow = *head;
    guint columns = key_columns(root);

    narrow.look.width = MIN(head->look.width, STYLED_MEASURE);
    print_title(&narrow, out);
    print_line(&narrow, out);
    print_fields(&narrow, out, early, G_N_ELEMENTS(early), columns);
    for (const struct node *node = root->first; node; node = node->next)
        if (!is_in_line(node) && !node_is_null(node) && !is_among(early, G_N_ELEMENTS(early), node) &&
            !is_among(late, G_N_ELEMENTS(late), node))
            print_key(&narrow, out, node, columns);
    print_fields(&narrow, out, late, G_N_ELEMENTS(late), columns);
}
