#include "import_backlog_fields.h"

#include "clock.h"

#include <math.h>
#include <string.h>

/* One front matter while it is read. */
struct reading {
    const struct backlog_task_source *source;
    const struct document *document;
    struct import_item *item;
    struct backlog_task *task;
    GPtrArray *findings;
};

/* -- complaints -- */

static struct position place_of(const struct reading *reading, const struct node *node)
{
    return lines_locate(reading->document->text, reading->document->length, node->span.start);
}

/* Whether a value is short enough to be taken over as what; an error otherwise. */
static gboolean check_length(const struct reading *reading, const struct node *node, const char *what)
{
    if (node->length <= IMPORT_LONGEST)
        return TRUE;
    finding_add_parse(reading->findings, reading->document->text, reading->document->length, node->span.start,
                      NULL, "%s: expected at most %d bytes, saw %" G_GSIZE_FORMAT, what, IMPORT_LONGEST,
                      node->length);
    return FALSE;
}

static void remark_nested(struct reading *reading, const struct node *node, const char *key)
{
    import_item_remark(reading->item, SEVERITY_WARNING, place_of(reading, node), "%s: %s cannot be kept here",
                       key, node_kind_name(node->kind));
}

/* -- values -- */

static enum scalar_type type_of(const struct node *node)
{
    return node->style == STYLE_PLAIN ? SCALAR_TYPED : SCALAR_STRING;
}

/* Whether there is a value; one that should be a scalar but is not is remarked. */
static gboolean is_text(struct reading *reading, const struct node *node)
{
    if (node->kind == NODE_SCALAR)
        return !node_is_null(node) && node->length > 0;
    if (node->count > 0)
        remark_nested(reading, node, node->key->text);
    return FALSE;
}

/* The texts of a list, or the one of a scalar, as an array of nodes. */
static GPtrArray *texts_of(struct reading *reading, const struct node *node)
{
    GPtrArray *texts = g_ptr_array_new();
    if (node->kind == NODE_MAP) {
        remark_nested(reading, node, node->key->text);
        return texts;
    }
    gboolean is_one = node->kind == NODE_SCALAR;
    for (const struct node *entry = is_one ? node : node->first; entry; entry = is_one ? NULL : entry->next) {
        if (entry->kind != NODE_SCALAR)
            remark_nested(reading, entry, node->key->text);
        else if (!node_is_null(entry) && entry->length > 0)
            g_ptr_array_add(texts, (gpointer)entry);
    }
    return texts;
}

static void keep_texts(struct reading *reading, const char *name, const GPtrArray *texts)
{
    if (texts->len > 0)
        import_item_keep_list(reading->item, name);
    for (guint i = 0; i < texts->len; i++) {
        const struct node *text = texts->pdata[i];
        import_item_keep_entry(reading->item, text->text, type_of(text));
    }
}

static void keep_text(struct reading *reading, const char *name, const struct node *node)
{
    import_item_keep(reading->item, name, node->text, type_of(node));
}

/* -- keys that have a field -- */

static gboolean take_title(struct reading *reading, const struct node *node)
{
    if (!is_text(reading, node))
        return TRUE;
    g_auto(GStrv) words = g_strsplit_set(node->text, " \t\r\n", -1);
    GString *title = g_string_new(NULL);
    for (gsize i = 0; words[i]; i++)
        if (*words[i])
            g_string_append_printf(title, "%s%s", title->len ? " " : "", words[i]);
    reading->item->title = g_string_free(title, FALSE);
    return check_length(reading, node, "title");
}

static gboolean take_id(struct reading *reading, const struct node *node)
{
    if (!is_text(reading, node))
        return TRUE;
    reading->item->id = g_utf8_strup(node->text, -1);
    g_strstrip(reading->item->id);
    reading->item->id_at = place_of(reading, node);
    return check_length(reading, node, "id");
}

static enum status status_of(const char *word, const char *const *statuses, gboolean *exact)
{
    static const struct {
        const char *word;
        enum status status;
        gboolean exact;
    } words[] = {
        { "to do", STATUS_NEW, TRUE },          { "in progress", STATUS_DOING, TRUE },
        { "done", STATUS_DONE, TRUE },          { "draft", STATUS_NEW, FALSE },
        { "won't do", STATUS_DROPPED, FALSE },  { "wont do", STATUS_DROPPED, FALSE },
        { "cancelled", STATUS_DROPPED, FALSE }, { "canceled", STATUS_DROPPED, FALSE },
    };
    g_autofree char *folded = g_utf8_casefold(word, -1);

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(folded, words[i].word) == 0) {
            *exact = words[i].exact;
            return words[i].status;
        }
    *exact = FALSE;
    for (gsize i = 0; statuses[i]; i++) {
        g_autofree char *other = g_utf8_casefold(statuses[i], -1);
        if (strcmp(folded, other) == 0)
            return i == 0 ? STATUS_NEW : statuses[i + 1] ? STATUS_DOING : STATUS_DONE;
    }
    return STATUS_NEW;
}

static gboolean take_status(struct reading *reading, const struct node *node)
{
    gboolean exact, archived = reading->source->folder >= BACKLOG_ARCHIVE_TASKS;

    if (!is_text(reading, node))
        return TRUE;
    reading->item->status = status_of(node->text, reading->source->statuses, &exact);
    if (!exact || (archived && reading->item->status != STATUS_DONE))
        keep_text(reading, "status", node);
    return TRUE;
}

static gboolean take_type(struct reading *reading, const struct node *node)
{
    static const char *const names[][2] = {
        { "bug", "bug" },     { "feature", "story" },  { "enhancement", "story" }, { "story", "story" },
        { "spike", "spike" }, { "research", "spike" }, { "epic", "epic" },
    };
    const char *wanted = NULL;

    if (!is_text(reading, node))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strcasecmp(node->text, names[i][0]) == 0)
            wanted = names[i][1];
    g_free(reading->item->type);
    reading->item->type = g_strdup(import_type(reading->source->policy, node->text, wanted));
    if (g_ascii_strcasecmp(node->text, reading->item->type) != 0)
        keep_text(reading, "type", node);
    return TRUE;
}

static gboolean take_created(struct reading *reading, const struct node *node)
{
    if (!is_text(reading, node))
        return TRUE;
    g_autofree char *text = g_strndup(node->text, 10);
    gboolean is_day = clock_is_day(text) && !g_ascii_isdigit(node->text[10]);
    if (is_day)
        reading->item->created = g_strdup(text);
    else
        import_item_remark(reading->item, SEVERITY_WARNING, place_of(reading, node),
                           "%s: expected a day as YYYY-MM-DD, saw %s; the day of the import stands for it",
                           node->key->text, node->text);
    if (!is_day || node->length > 10)
        keep_text(reading, node->key->text, node);
    return TRUE;
}

static gboolean take_assignee(struct reading *reading, const struct node *node)
{
    g_autoptr(GPtrArray) names = texts_of(reading, node);
    const struct node *first = names->len ? names->pdata[0] : NULL;

    if (!first)
        return TRUE;
    const char *bare = first->text + (*first->text == '@');
    if (*bare)
        reading->item->owner = g_strdup(bare);
    if (names->len > 1 || !*bare)
        keep_texts(reading, node->key->text, names);
    return check_length(reading, first, "assignee");
}

static gboolean take_labels(struct reading *reading, const struct node *node)
{
    g_autoptr(GPtrArray) labels = texts_of(reading, node);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < labels->len; i++) {
        const struct node *label = labels->pdata[i];
        if (!check_length(reading, label, "labels"))
            return FALSE;
        if (g_hash_table_add(seen, (gpointer)label->text))
            g_ptr_array_add(reading->item->labels, g_strdup(label->text));
    }
    return TRUE;
}

static gboolean take_dependencies(struct reading *reading, const struct node *node)
{
    g_autoptr(GPtrArray) entries = texts_of(reading, node);

    for (guint i = 0; i < entries->len; i++) {
        const struct node *entry = entries->pdata[i];
        if (!check_length(reading, entry, "dependencies"))
            return FALSE;
        struct import_reference reference = { g_strdup(entry->text), "dependencies", IMPORT_NONE,
                                              place_of(reading, entry) };
        g_array_append_val(reading->item->depends, reference);
    }
    return TRUE;
}

static gboolean take_parent(struct reading *reading, const struct node *node)
{
    if (!is_text(reading, node))
        return TRUE;
    reading->item->parent = (struct import_reference){ g_strdup(node->text), "parent_task_id", IMPORT_NONE,
                                                       place_of(reading, node) };
    return check_length(reading, node, "parent_task_id");
}

static gboolean take_priority(struct reading *reading, const struct node *node)
{
    static const char *const names[] = { "high", "medium", "low" };

    if (!is_text(reading, node))
        return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strcasecmp(node->text, names[i]) == 0)
            reading->task->priority = i;
    keep_text(reading, node->key->text, node);
    return TRUE;
}

static gboolean take_ordinal(struct reading *reading, const struct node *node)
{
    char *end;

    if (!is_text(reading, node))
        return TRUE;
    double number = g_ascii_strtod(node->text, &end);
    if (*end == '\0' && isfinite(number))
        reading->task->ordinal = number;
    keep_text(reading, node->key->text, node);
    return TRUE;
}

static gboolean take_other(struct reading *reading, const struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        if (is_text(reading, node))
            keep_text(reading, node->key->text, node);
        return TRUE;
    }
    g_autoptr(GPtrArray) texts = texts_of(reading, node);
    keep_texts(reading, node->key->text, texts);
    return TRUE;
}

/* Each FALSE where the task is refused; an error says why. */
static const struct {
    const char *key;
    gboolean (*take)(struct reading *reading, const struct node *node);
} takers[] = {
    { "title", take_title },       { "id", take_id },
    { "status", take_status },     { "type", take_type },
    { "labels", take_labels },     { "created_date", take_created },
    { "assignee", take_assignee }, { "dependencies", take_dependencies },
    { "priority", take_priority }, { "parent_task_id", take_parent },
    { "ordinal", take_ordinal },
};

gboolean import_backlog_fields_read(const struct backlog_task_source *source, const struct document *document,
                                    struct backlog_task *task, GPtrArray *findings)
{
    struct reading reading = { source, document, task->item, task, findings };

    for (const struct node *node = document->front->root->first; node; node = node->next) {
        gboolean (*take)(struct reading *, const struct node *) = take_other;
        for (gsize i = 0; i < G_N_ELEMENTS(takers); i++)
            if (strcmp(node->key->text, takers[i].key) == 0)
                take = takers[i].take;
        if (!take(&reading, node))
            return FALSE;
    }
    return TRUE;
}
