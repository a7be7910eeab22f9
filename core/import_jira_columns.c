#include "import_jira_columns.h"

#include "import_text.h"

#include <string.h>

static const struct {
    const char *name;
    enum jira_role role;
} names[] = {
    { "summary", JIRA_SUMMARY },
    { "title", JIRA_SUMMARY },
    { "issue key", JIRA_KEY },
    { "issuekey", JIRA_KEY },
    { "key", JIRA_KEY },
    { "issue id", JIRA_ID },
    { "issueid", JIRA_ID },
    { "issue type", JIRA_TYPE },
    { "issuetype", JIRA_TYPE },
    { "status", JIRA_STATUS },
    { "status category", JIRA_CATEGORY },
    { "resolution", JIRA_RESOLUTION },
    { "assignee", JIRA_ASSIGNEE },
    { "created", JIRA_CREATED },
    { "description", JIRA_DESCRIPTION },
    { "labels", JIRA_LABELS },
    { "sprint", JIRA_SPRINT },
    { "story points", JIRA_POINTS },
    { "story point estimate", JIRA_POINTS },
    { "storypoints", JIRA_POINTS },
    { "storypoint", JIRA_POINTS },
    { "parent key", JIRA_PARENT },
    { "parent", JIRA_PARENT },
    { "parent id", JIRA_PARENT },
    { "epic link", JIRA_EPIC },
    { "inward issue link (blocks)", JIRA_BLOCKED_BY },
    { "outward issue link (blocks)", JIRA_BLOCKS },
    { "comment", JIRA_COMMENT },
    { "comments", JIRA_COMMENT },
    { "acceptance criteria", JIRA_CRITERIA },
    { "rank", JIRA_RANK },
};

const struct jira_column *import_jira_column(const struct jira_columns *columns, guint index)
{
    return &g_array_index(columns->columns, struct jira_column, index);
}

guint import_jira_column_next(const struct jira_columns *columns, enum jira_role role, guint index)
{
    while (index < columns->columns->len && import_jira_column(columns, index)->role != role)
        index++;
    return index;
}

/* -- names -- */

/* "Story Points" of "Custom field (Story Points)". */
static char *bare_name(const char *cell)
{
    static const char custom[] = "custom field (";
    g_autofree char *line = import_text_line(cell);
    gsize length = strlen(line);

    if (g_ascii_strncasecmp(line, custom, strlen(custom)) != 0 || line[length - 1] != ')')
        return g_steal_pointer(&line);
    return g_strndup(line + strlen(custom), length - strlen(custom) - 1);
}

static enum jira_role role_of(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strcasecmp(names[i].name, name) == 0)
            return names[i].role;
    return JIRA_OTHER;
}

/* "affects-version-s" of "Affects Version/s"; of a name without a letter that a key can have, its number. */
static char *key_of(const char *name, guint number)
{
    GString *key = g_string_new(NULL);

    for (const char *at = name; *at; at++) {
        if (g_ascii_isalnum(*at))
            g_string_append_c(key, g_ascii_tolower(*at));
        else if (key->len > 0 && key->str[key->len - 1] != '-')
            g_string_append_c(key, '-');
    }
    while (key->len > 0 && key->str[key->len - 1] == '-')
        g_string_truncate(key, key->len - 1);
    if (key->len == 0)
        g_string_printf(key, "column-%u", number);
    return g_string_free(key, FALSE);
}

static void clear_column(gpointer data)
{
    struct jira_column *column = data;
    g_free(column->name);
    g_free(column->key);
}

static GArray *read_names(const struct csvrow *row)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(struct jira_column));

    g_array_set_clear_func(columns, clear_column);
    for (guint i = 0; i < row->count; i++) {
        char *name = bare_name(row->cells[i]);
        gpointer before;
        gboolean again = g_hash_table_lookup_extended(seen, name, NULL, &before);
        const struct jira_column column = { role_of(name), name, key_of(name, i + 1), again, 0 };
        if (again)
            g_array_index(columns, struct jira_column, GPOINTER_TO_UINT(before)).next = i;
        g_hash_table_insert(seen, name, GUINT_TO_POINTER(i));
        g_array_append_val(columns, column);
    }
    return columns;
}

/* -- the header -- */

gboolean import_jira_is_separator(const struct csvrow *row)
{
    return row->count <= 2 && g_ascii_strncasecmp(row->cells[0], "sep=", 4) == 0;
}

/* The first row that is a header, or might be. */
static gboolean take_header(const struct csvrow *row, gpointer data)
{
    struct jira_columns *columns = data;

    if (import_jira_is_separator(row))
        return TRUE;
    columns->columns = read_names(row);
    columns->line = row->line;
    return FALSE;
}

static guint count_known(const struct jira_columns *columns)
{
    guint known = 0;
    for (guint i = 0; columns->columns && i < columns->columns->len; i++)
        known += import_jira_column(columns, i)->role != JIRA_OTHER;
    return known;
}

static gboolean has(const struct jira_columns *columns, enum jira_role role)
{
    return import_jira_column_next(columns, role, 0) < columns->columns->len;
}

static gboolean check(const struct import_file *file, const struct jira_columns *columns, GError **error)
{
    const char *lacking = has(columns, JIRA_SUMMARY) ? NULL : "Summary";

    if (!lacking && !has(columns, JIRA_KEY) && !has(columns, JIRA_ID))
        lacking = "Issue key or Issue id";
    if (!lacking)
        return TRUE;
    g_autoptr(GString) seen = g_string_new(NULL);
    for (guint i = 0; i < MIN(columns->columns->len, 5); i++) {
        g_autofree char *name = g_strndup(import_jira_column(columns, i)->name, 40);
        g_autofree char *valid = g_utf8_make_valid(name, -1);
        g_string_append_printf(seen, "%s%s", i ? ", " : "", valid);
    }
    g_set_error(error, CSVROW_ERROR, 0,
                "%s:%u:1: expected a header with a column %s, as Jira exports it, saw %s%s", file->path,
                columns->line, lacking, seen->str, columns->columns->len > 5 ? ", …" : "");
    return FALSE;
}

gboolean import_jira_columns_read(const struct import_file *file, struct jira_columns *columns,
                                  GError **error)
{
    static const char separators[] = ",;\t";
    g_auto(JiraColumns) best = { 0 };
    g_autoptr(GError) first = NULL;

    for (gsize i = 0; i < strlen(separators); i++) {
        g_auto(JiraColumns) tried = { .options = csvrow_default_options };
        tried.options.separator = separators[i];
        tried.options.uneven = TRUE;
        tried.options.bytes = tried.options.cell_bytes = IMPORT_FILE_LIMIT;
        tried.options.cells = 10000;
        if (!csvrow_each(file->text, file->length, &tried.options, take_header, &tried,
                         first ? NULL : &first))
            continue;
        if (tried.columns && (!best.columns || count_known(&tried) > count_known(&best))) {
            import_jira_columns_clear(&best);
            best = tried;
            tried.columns = NULL;
        }
    }
    if (first && (!best.columns || count_known(&best) == 0)) {
        g_propagate_prefixed_error(error, g_steal_pointer(&first), "%s:", file->path);
        return FALSE;
    }
    if (!best.columns) {
        g_set_error(error, CSVROW_ERROR, 0, "%s:1:1: expected the header of a CSV export, saw an empty file",
                    file->path);
        return FALSE;
    }
    if (!check(file, &best, error))
        return FALSE;
    *columns = best;
    best.columns = NULL;
    return TRUE;
}

void import_jira_columns_clear(struct jira_columns *columns)
{
    g_clear_pointer(&columns->columns, g_array_unref);
}
