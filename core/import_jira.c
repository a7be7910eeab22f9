#include "import_jira.h"

#include "import_jira_row.h"

#include <string.h>

struct reader {
    const struct policy *policy;
    const struct import_progress *progress;
    const struct import_file *file;
    const struct jira_columns *columns;
    struct import *import;
    GArray *issues;    /* struct jira_issue, by the items of import, which own what is item */
    GHashTable *names; /* keys, case-folded, and ids -> GUINT_TO_POINTER(index) */
    GError *error;     /* there are too many */
};

static struct jira_issue *issue_at(const struct reader *reader, guint index)
{
    return &g_array_index(reader->issues, struct jira_issue, index);
}

static struct import_item *item_at(const struct reader *reader, guint index)
{
    return reader->import->items->pdata[index];
}

/* -- rows -- */

/* Whether the row repeats the header: where exports were put one behind the other. */
static gboolean is_header(const struct reader *reader, const struct csvrow *row)
{
    const GArray *columns = reader->columns->columns;
    guint same = 0;

    for (guint i = 0; i < MIN(row->count, columns->len); i++)
        same += g_str_has_prefix(row->cells[i], "Custom field (") ||
                strcmp(row->cells[i], import_jira_column(reader->columns, i)->name) == 0;
    return same == columns->len;
}

/* Gives the issue its names. FALSE, with an error, where another has the first of them. */
static gboolean add_names(struct reader *reader, const struct jira_issue *issue)
{
    g_autofree char *key = g_utf8_casefold(issue->item->id, -1);
    guint index = reader->import->items->len, first = reader->import->findings->len;
    gpointer known;

    if (g_hash_table_lookup_extended(reader->names, key, NULL, &known)) {
        finding_add_at(reader->import->findings, "parse", SEVERITY_ERROR, issue->item->id_at, NULL,
                       "%s stands at line %u already", issue->item->id,
                       item_at(reader, GPOINTER_TO_UINT(known))->id_at.line);
        import_refuse(reader->import, first, reader->file->path);
        return FALSE;
    }
    g_hash_table_insert(reader->names, g_steal_pointer(&key), GUINT_TO_POINTER(index));
    if (issue->id && !g_hash_table_contains(reader->names, issue->id))
        g_hash_table_insert(reader->names, g_strdup(issue->id), GUINT_TO_POINTER(index));
    return TRUE;
}

static gboolean take_row(const struct csvrow *row, gpointer data)
{
    struct reader *reader = data;
    const struct jira_source source = { reader->policy, reader->file, reader->columns, row };
    guint first = reader->import->findings->len;
    struct jira_issue issue;

    if (row->line <= reader->columns->line || is_header(reader, row))
        return TRUE;
    if (reader->progress && reader->progress->step)
        reader->progress->step("reading", (guint)(row->start >> 10), (guint)(reader->file->length >> 10) + 1,
                               reader->progress->data);
    if (!import_jira_row_read(&source, &issue, reader->import->findings)) {
        import_refuse(reader->import, first, reader->file->path);
    } else if (!add_names(reader, &issue)) {
        import_jira_issue_clear(&issue);
    } else {
        g_ptr_array_add(reader->import->items, issue.item);
        g_array_append_val(reader->issues, issue);
    }
    return import_check_count(reader->import, reader->file->path, &reader->error);
}

/* -- links -- */

static guint find(const struct reader *reader, const char *name)
{
    g_autofree char *folded = g_utf8_casefold(name, -1);
    gpointer found;
    return g_hash_table_lookup_extended(reader->names, folded, NULL, &found) ? GPOINTER_TO_UINT(found)
                                                                             : IMPORT_NONE;
}

static void add_dependency(struct import_item *item, const struct jira_link *link, const char *name,
                           guint target)
{
    const struct import_reference reference = { g_strdup(name), link->key, target, link->at };
    g_array_append_val(item->depends, reference);
}

/* Makes it the parent where there is none yet, or only one that names nothing, which is kept. */
static void add_parent(struct import_item *item, const struct jira_link *link, guint target)
{
    struct import_reference *parent = &item->parent;

    if (parent->id && (parent->target != IMPORT_NONE || target == IMPORT_NONE)) {
        if (target != parent->target || target == IMPORT_NONE)
            import_item_keep(item, link->key, link->name, SCALAR_STRING);
        return;
    }
    if (parent->id)
        import_item_keep(item, item->parent_key, parent->id, SCALAR_STRING);
    g_free(parent->id);
    *parent = (struct import_reference){ g_strdup(link->name), link->key, target, link->at };
}

static void resolve_link(struct reader *reader, guint index, const struct jira_link *link)
{
    struct import_item *item = item_at(reader, index);
    guint target = find(reader, link->name);

    if (target == index) {
        import_item_remark(item, SEVERITY_WARNING, link->at, "%s names itself; the reference is left out",
                           item->id);
    } else if (link->role == JIRA_BLOCKED_BY) {
        add_dependency(item, link, link->name, target);
    } else if (link->role != JIRA_BLOCKS) {
        add_parent(item, link, target);
    } else if (target != IMPORT_NONE) {
        add_dependency(item_at(reader, target), link, item->id, index);
    } else {
        import_item_remark(item, SEVERITY_WARNING, link->at, "%s: %s is not in the export; kept under x-%s",
                           link->key, link->name, link->key);
        import_item_keep(item, link->key, link->name, SCALAR_STRING);
    }
}

static void resolve(struct reader *reader)
{
    for (guint i = 0; i < reader->issues->len; i++) {
        const GArray *links = issue_at(reader, i)->links;
        for (guint j = 0; j < links->len; j++)
            resolve_link(reader, i, &g_array_index(links, struct jira_link, j));
    }
}

/* -- order -- */

/* LexoRank is made to be compared as text; before it, ranks were numbers. */
static int compare_ranks(const char *left, const char *right)
{
    char *left_end, *right_end;

    if (!left || !right)
        return !left - !right;
    double one = g_ascii_strtod(left, &left_end), other = g_ascii_strtod(right, &right_end);
    if (*left_end == '\0' && *right_end == '\0' && one != other)
        return one < other ? -1 : 1;
    return strcmp(left, right);
}

static gint compare(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct reader *reader = data;
    guint left = *(const guint *)a, right = *(const guint *)b;
    gboolean left_open = status_is_open(item_at(reader, left)->status);
    gboolean right_open = status_is_open(item_at(reader, right)->status);

    if (left_open != right_open)
        return left_open ? -1 : 1;
    int by_rank = compare_ranks(issue_at(reader, left)->rank, issue_at(reader, right)->rank);
    return by_rank ? by_rank : left < right ? -1 : left > right;
}

/* -- */

static void clear_issue(gpointer data)
{
    struct jira_issue *issue = data;
    issue->item = NULL;
    import_jira_issue_clear(issue);
}

struct import *import_jira_read(const struct policy *policy, const char *path,
                                const struct import_progress *progress, GError **error)
{
    g_auto(ImportFile) file = { 0 };
    g_auto(JiraColumns) columns = { 0 };
    g_autoptr(Import) import = import_new();
    g_autoptr(GArray) issues = g_array_new(FALSE, FALSE, sizeof(struct jira_issue));
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct reader reader = { policy, progress, &file, &columns, import, issues, names, NULL };

    g_array_set_clear_func(issues, clear_issue);
    if (!import_file_read(path, &file, error) || !import_jira_columns_read(&file, &columns, error))
        return NULL;
    gboolean good = csvrow_each(file.text, file.length, &columns.options, take_row, &reader, error);
    if (progress && progress->step)
        progress->step(NULL, 1, 1, progress->data);
    if (!good) {
        g_prefix_error(error, "%s:", file.path);
        return NULL;
    }
    if (reader.error) {
        g_propagate_error(error, reader.error);
        return NULL;
    }
    resolve(&reader);
    import_order(import, compare, &reader);
    return g_steal_pointer(&import);
}
