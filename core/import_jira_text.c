#include "import_jira_text.h"

#include "import_body.h"
#include "import_jira_date.h"
#include "import_jira_markup.h"
#include "import_section.h"
#include "import_text.h"
#include "markdown.h"

#include <string.h>

/* Text of more bytes is for the body. */
#define LONGEST_KEPT 300

static gboolean is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* -- criteria -- */

static gboolean has_list(const char *text)
{
    g_autoptr(Markdown) outline = markdown_parse(text, strlen(text), 0, NULL);
    return outline->items->len > 0;
}

/* Whether a line goes on with the scenario above. */
static gboolean goes_on(const char *line)
{
    static const char *const words[] = { "when ", "then ", "and ", "but " };

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_ascii_strncasecmp(line, words[i], strlen(words[i])) == 0)
            return TRUE;
    return FALSE;
}

/* Each line as a criterion; those of one scenario together. */
static char *list_lines(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *out = g_string_new(NULL);
    gboolean open = FALSE;

    for (gsize i = 0; lines[i]; i++) {
        const char *line = g_strstrip(lines[i]);
        if (*line)
            g_string_append_printf(out, "%s%s\n", open && goes_on(line) ? "  " : "- ", line);
        open = *line != '\0';
    }
    return g_string_free(out, FALSE);
}

static void append_criteria(GString *out, const struct policy *policy, const char *cell)
{
    const char *heading = policy_section(policy, SECTION_CRITERIA)[0];
    g_autofree char *text = import_jira_markup(cell);
    /* A table, code or heading is no list of lines. */
    gboolean plain = !has_list(text) && !strstr(text, "```") && *text != '#' && *text != '|';
    g_autofree char *list = plain ? list_lines(text) : NULL;

    import_section_add(out, heading ? heading : "Acceptance criteria", 2, list ? list : text);
}

/* -- comments -- */

/* "21/Nov/26 9:00 AM;ana;text": when, who and what; a cell of another shape is all text. */
static void append_comment(GString *comments, const char *cell)
{
    const char *first = strchr(cell, ';'), *second = first ? strchr(first + 1, ';') : NULL;
    g_autofree char *when = second ? g_strndup(cell, MIN((gsize)(first - cell), 60)) : NULL;
    g_autofree char *day = NULL;
    enum jira_date date = when ? import_jira_date(when, &day) : JIRA_DATE_UNKNOWN;

    if (date == JIRA_DATE_UNKNOWN || first - cell > 60) {
        g_autofree char *text = import_jira_markup(cell);
        import_text_add_comment(comments, NULL, NULL, text);
        return;
    }
    g_autofree char *who = g_strndup(first + 1, (gsize)(second - first) - 1);
    g_autofree char *text = import_jira_markup(second + 1);
    import_text_add_comment(comments, day ? day : when, who, text);
}

/* -- columns without a field -- */

/* The columns with the name of the first in which something stands. */
static GArray *columns_of(const struct jira_source *source, guint first)
{
    GArray *indexes = g_array_new(FALSE, FALSE, sizeof(guint));
    guint i = first;

    do {
        if (!is_blank(source->row->cells[i]))
            g_array_append_val(indexes, i);
        i = import_jira_column(source->columns, i)->next;
    } while (i > 0);
    return indexes;
}

static gboolean is_long(const char *cell)
{
    return strlen(cell) > LONGEST_KEPT || strpbrk(cell, "\r\n");
}

static void keep_column(const struct jira_source *source, struct import_item *item, GString *out, guint first)
{
    const struct jira_column *column = import_jira_column(source->columns, first);
    g_autoptr(GArray) indexes = columns_of(source, first);
    g_autofree char *heading = import_text_bare(*column->name ? column->name : column->key);
    guint kept = 0;

    for (guint i = 0; i < indexes->len; i++) {
        const char *cell = source->row->cells[g_array_index(indexes, guint, i)];
        if (is_long(cell)) {
            g_autofree char *text = import_jira_markup(cell);
            import_section_add(out, heading, 2, text);
        } else {
            kept++;
        }
    }
    if (kept > 1)
        import_item_keep_list(item, column->key);
    for (guint i = 0; i < indexes->len; i++) {
        const char *cell = source->row->cells[g_array_index(indexes, guint, i)];
        if (!is_long(cell) && kept > 1)
            import_item_keep_entry(item, cell, SCALAR_STRING);
        else if (!is_long(cell))
            import_item_keep(item, column->key, cell, SCALAR_STRING);
    }
}

static void keep_columns(const struct jira_source *source, struct import_item *item, GString *out)
{
    for (guint i = 0; i < source->columns->columns->len; i++) {
        const struct jira_column *column = import_jira_column(source->columns, i);
        if (column->role == JIRA_OTHER && !column->again)
            keep_column(source, item, out, i);
    }
}

/* -- */

char *import_jira_text(const struct jira_source *source, struct import_item *item)
{
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(GString) comments = g_string_new(NULL);
    const struct jira_columns *columns = source->columns;

    for (guint i = 0; i < columns->columns->len; i++) {
        const char *cell = source->row->cells[i];
        enum jira_role role = import_jira_column(columns, i)->role;
        if (role == JIRA_DESCRIPTION && !is_blank(cell)) {
            g_autofree char *text = import_jira_markup(cell);
            import_section_add(out, NULL, 0, text);
        }
        if (role == JIRA_COMMENT && !is_blank(cell))
            append_comment(comments, cell);
    }
    for (guint i = 0; i < columns->columns->len; i++)
        if (import_jira_column(columns, i)->role == JIRA_CRITERIA && !is_blank(source->row->cells[i]))
            append_criteria(out, source->policy, source->row->cells[i]);
    keep_columns(source, item, out);
    g_autofree char *text = import_text_join(out->str, comments);
    return import_body_complete(source->policy, text, import_text_later());
}
