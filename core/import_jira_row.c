#include "import_jira_row.h"

#include "file.h"
#include "import_jira_date.h"
#include "import_jira_text.h"
#include "import_jira_words.h"
#include "import_text.h"

#include <math.h>
#include <string.h>

/* One row while it is read. */
struct reading {
    const struct jira_source *source;
    struct jira_issue *issue;
    struct import_item *item;
    GPtrArray *findings;
};

static const char *cell_at(const struct reading *reading, guint index)
{
    return reading->source->row->cells[index];
}

static struct position place_of(const struct reading *reading, guint index)
{
    const struct import_file *file = reading->source->file;
    return csvrow_locate(file->text, file->length, &reading->source->columns->options, reading->source->row,
                         index);
}

/* The first column of that role, from index on, in which something stands; G_MAXUINT where there is none. */
static guint find_from(const struct reading *reading, enum jira_role role, guint index)
{
    const struct jira_columns *columns = reading->source->columns;
    guint count = reading->source->row->count;

    for (index = import_jira_column_next(columns, role, index); index < count;
         index = import_jira_column_next(columns, role, index + 1)) {
        const char *cell = cell_at(reading, index);
        if (cell[strspn(cell, " \t\r\n")])
            return index;
    }
    return G_MAXUINT;
}

/* That text; "" where there is none. */
static const char *text_of(const struct reading *reading, enum jira_role role)
{
    guint index = find_from(reading, role, 0);
    return index == G_MAXUINT ? "" : cell_at(reading, index);
}

static gboolean refuse(const struct reading *reading, guint index, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* Adds an error; returns FALSE. */
static gboolean refuse(const struct reading *reading, guint index, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    finding_add_at(reading->findings, "parse", SEVERITY_ERROR, place_of(reading, index), NULL, "%s", message);
    return FALSE;
}

static const char *name_of(const struct reading *reading, guint index)
{
    return import_jira_column(reading->source->columns, index)->name;
}

static const char *key_of(const struct reading *reading, guint index)
{
    return import_jira_column(reading->source->columns, index)->key;
}

static gboolean check_length(const struct reading *reading, guint index, const char *text)
{
    if (strlen(text) <= IMPORT_LONGEST)
        return TRUE;
    return refuse(reading, index, "%s: expected at most %d bytes, saw %" G_GSIZE_FORMAT,
                  name_of(reading, index), IMPORT_LONGEST, strlen(text));
}

static void keep(const struct reading *reading, guint index)
{
    import_item_keep(reading->item, key_of(reading, index), cell_at(reading, index), SCALAR_STRING);
}

/* Keeps what stands in further columns of the role and is not the same. */
static void keep_others(const struct reading *reading, enum jira_role role)
{
    guint first = find_from(reading, role, 0), index = first;

    while (index != G_MAXUINT && (index = find_from(reading, role, index + 1)) != G_MAXUINT)
        if (strcmp(cell_at(reading, index), cell_at(reading, first)) != 0)
            keep(reading, index);
}

/* -- what has a field; each FALSE where the row is refused -- */

static gboolean take_name(struct reading *reading)
{
    guint title = find_from(reading, JIRA_SUMMARY, 0), key = find_from(reading, JIRA_KEY, 0);
    guint id = find_from(reading, JIRA_ID, 0), name = key == G_MAXUINT ? id : key;
    const struct jira_columns *columns = reading->source->columns;

    if (name == G_MAXUINT) {
        guint column = import_jira_column_next(columns, JIRA_KEY, 0);
        return refuse(reading, column < columns->columns->len ? column : 0,
                      "expected the key of an issue, saw nothing");
    }
    reading->item->id = import_text_line(cell_at(reading, name));
    reading->item->id_at = place_of(reading, name);
    if (title == G_MAXUINT)
        return refuse(reading, import_jira_column_next(columns, JIRA_SUMMARY, 0),
                      "%s: expected a title, saw nothing", reading->item->id);
    reading->item->title = import_text_line(cell_at(reading, title));
    if (!check_length(reading, title, reading->item->title) ||
        !check_length(reading, name, reading->item->id))
        return FALSE;
    g_free(reading->item->source);
    reading->item->source = g_strconcat("jira:", reading->item->id, NULL);
    if (id != G_MAXUINT)
        reading->issue->id = import_text_line(cell_at(reading, id));
    if (id != G_MAXUINT && id != name)
        import_item_keep(reading->item, key_of(reading, id), reading->issue->id, SCALAR_TYPED);
    keep_others(reading, JIRA_SUMMARY);
    keep_others(reading, JIRA_KEY);
    return TRUE;
}

static gboolean take_status(struct reading *reading)
{
    const char *name = text_of(reading, JIRA_STATUS), *category = text_of(reading, JIRA_CATEGORY);
    const char *resolution = text_of(reading, JIRA_RESOLUTION);
    guint index = find_from(reading, *name ? JIRA_STATUS : JIRA_CATEGORY, 0);
    gboolean known;

    reading->item->status = import_jira_status(name, category, resolution, &known);
    if (!known && index != G_MAXUINT)
        import_item_remark(reading->item, SEVERITY_WARNING, place_of(reading, index),
                           "%s: %s is no status that is known; the item is new", name_of(reading, index),
                           cell_at(reading, index));
    if (!import_jira_is_plain_status(name, reading->item->status))
        import_item_keep(reading->item, "status", name, SCALAR_STRING);
    if (*category && !import_jira_is_plain_status(category, reading->item->status))
        import_item_keep(reading->item, "status-category", category, SCALAR_STRING);
    if (!import_jira_is_plain_resolution(resolution))
        import_item_keep(reading->item, "resolution", resolution, SCALAR_STRING);
    return TRUE;
}

static gboolean take_type(struct reading *reading)
{
    const char *word = text_of(reading, JIRA_TYPE);

    g_free(reading->item->type);
    reading->item->type = g_strdup(import_jira_type(reading->source->policy, word));
    if (*word && g_ascii_strcasecmp(word, reading->item->type) != 0)
        import_item_keep(reading->item, "issue-type", word, SCALAR_STRING);
    return TRUE;
}

static gboolean take_people(struct reading *reading)
{
    guint index = find_from(reading, JIRA_ASSIGNEE, 0);

    if (index == G_MAXUINT || g_ascii_strcasecmp(cell_at(reading, index), "Unassigned") == 0)
        return TRUE;
    reading->item->owner = import_text_line(cell_at(reading, index));
    keep_others(reading, JIRA_ASSIGNEE);
    return check_length(reading, index, reading->item->owner);
}

static gboolean take_created(struct reading *reading)
{
    guint index = find_from(reading, JIRA_CREATED, 0);
    if (index == G_MAXUINT)
        return TRUE;
    const char *text = cell_at(reading, index);
    char *day = NULL;
    enum jira_date date = import_jira_date(text, &day);

    reading->item->created = day;
    if (date == JIRA_DATE_AMBIGUOUS)
        import_item_remark(
            reading->item, SEVERITY_WARNING, place_of(reading, index),
            "%s: %s can be read as two days; kept under x-%s, and the day of the import stands "
            "for it",
            name_of(reading, index), text, key_of(reading, index));
    if (date == JIRA_DATE_UNKNOWN)
        import_item_remark(
            reading->item, SEVERITY_WARNING, place_of(reading, index),
            "%s: expected a date, saw %s; kept under x-%s, and the day of the import stands for "
            "it",
            name_of(reading, index), text, key_of(reading, index));
    if (!day || strcmp(day, text) != 0)
        keep(reading, index);
    return TRUE;
}

static gboolean take_labels(struct reading *reading)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint index = find_from(reading, JIRA_LABELS, 0); index != G_MAXUINT;
         index = find_from(reading, JIRA_LABELS, index + 1)) {
        /* A label of Jira has no space; some exports have all of them in one cell. */
        g_auto(GStrv) labels = g_strsplit_set(cell_at(reading, index), " ,\t\r\n", -1);
        for (gsize i = 0; labels[i]; i++) {
            if (!*labels[i] || !g_hash_table_add(seen, g_strdup(labels[i])))
                continue;
            if (!check_length(reading, index, labels[i]))
                return FALSE;
            g_ptr_array_add(reading->item->labels, g_strdup(labels[i]));
        }
    }
    return TRUE;
}

/* The name of a sprint, which old versions export as "…Sprint@1f[id=7,name=Sprint 3,…]". */
static char *sprint_name(const char *cell)
{
    const char *name = strstr(cell, "Sprint@") ? strstr(cell, "name=") : NULL;
    g_autofree char *text = name ? g_strndup(name + 5, strcspn(name + 5, ",]")) : g_strdup(cell);
    return import_text_line(text);
}

static gboolean take_sprint(struct reading *reading)
{
    guint index = find_from(reading, JIRA_SPRINT, 0), last = index, count = 0;

    for (; index != G_MAXUINT; index = find_from(reading, JIRA_SPRINT, index + 1), count++)
        last = index;
    if (count == 0)
        return TRUE;
    reading->item->sprint = sprint_name(cell_at(reading, last));
    if (count > 1 || strcmp(reading->item->sprint, cell_at(reading, last)) != 0)
        import_item_keep_list(reading->item, key_of(reading, last));
    for (index = find_from(reading, JIRA_SPRINT, 0);
         (count > 1 || strcmp(reading->item->sprint, cell_at(reading, last)) != 0) && index != G_MAXUINT;
         index = find_from(reading, JIRA_SPRINT, index + 1))
        import_item_keep_entry(reading->item, cell_at(reading, index), SCALAR_STRING);
    return check_length(reading, last, reading->item->sprint);
}

/* The value of the scale that text is, "5" for "5.0"; NULL where it is on none. Borrowed from scale. */
static const char *on_scale(const char *const *scale, const char *text)
{
    char *end, *other;
    double points = g_ascii_strtod(text, &end);
    gboolean is_number = end != text && *end == '\0' && isfinite(points);

    for (gsize i = 0; scale[i]; i++)
        if (g_ascii_strcasecmp(scale[i], text) == 0 ||
            (is_number && g_ascii_strtod(scale[i], &other) == points && other != scale[i] && *other == '\0'))
            return scale[i];
    return NULL;
}

static gboolean take_points(struct reading *reading)
{
    g_autofree const char **scale = policy_choices(reading->source->policy, FIELD_ESTIMATE);
    guint index = find_from(reading, JIRA_POINTS, 0);
    if (index == G_MAXUINT)
        return TRUE;
    g_autofree char *text = import_text_line(cell_at(reading, index));
    const char *value = scale ? on_scale(scale, text) : NULL;

    reading->item->estimate = g_strdup(value);
    if (!value) {
        import_item_remark(reading->item, SEVERITY_WARNING, place_of(reading, index),
                           "%s: %s is not on the scale of the policy; kept under x-story-points",
                           name_of(reading, index), text);
        import_item_keep(reading->item, "story-points", text, SCALAR_TYPED);
    }
    keep_others(reading, JIRA_POINTS);
    return TRUE;
}

static gboolean take_links(struct reading *reading)
{
    static const struct {
        enum jira_role role;
        const char *key;
    } roles[] = {
        { JIRA_PARENT, "parent" },
        { JIRA_EPIC, "epic-link" },
        { JIRA_BLOCKED_BY, "inward-issue-link-blocks" },
        { JIRA_BLOCKS, "outward-issue-link-blocks" },
    };

    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++)
        for (guint index = find_from(reading, roles[i].role, 0); index != G_MAXUINT;
             index = find_from(reading, roles[i].role, index + 1)) {
            const struct jira_link link = { roles[i].role, import_text_line(cell_at(reading, index)),
                                            roles[i].key, place_of(reading, index) };
            g_array_append_val(reading->issue->links, link);
            if (!check_length(reading, index, link.name))
                return FALSE;
        }
    return TRUE;
}

static gboolean take_rank(struct reading *reading)
{
    guint index = find_from(reading, JIRA_RANK, 0);
    if (index == G_MAXUINT)
        return TRUE;
    reading->issue->rank = import_text_line(cell_at(reading, index));
    keep(reading, index);
    return TRUE;
}

/* -- the row -- */

static gboolean check_row(struct reading *reading)
{
    const struct csvrow *row = reading->source->row;
    guint count = reading->source->columns->columns->len;

    if (row->count != count)
        return refuse(reading, 0, "expected %u cells as in the header, saw %u", count, row->count);
    for (guint i = 0; i < count; i++)
        if (strlen(row->cells[i]) > FILE_LIMIT)
            return refuse(reading, i, "%s: %" G_GSIZE_FORMAT " bytes, over the limit of %d",
                          name_of(reading, i), strlen(row->cells[i]), FILE_LIMIT);
    return TRUE;
}

static gboolean take_all(struct reading *reading)
{
    static gboolean (*const takers[])(struct reading *) = {
        check_row,   take_name,   take_status, take_type,  take_people, take_created,
        take_labels, take_sprint, take_points, take_links, take_rank,
    };

    for (gsize i = 0; i < G_N_ELEMENTS(takers); i++)
        if (!takers[i](reading))
            return FALSE;
    reading->item->parent_key = "x-parent";
    reading->item->body = import_jira_text(reading->source, reading->item);
    return TRUE;
}

static void clear_link(gpointer data)
{
    g_free(((struct jira_link *)data)->name);
}

gboolean import_jira_row_read(const struct jira_source *source, struct jira_issue *issue, GPtrArray *findings)
{
    *issue = (struct jira_issue){ .item = import_item_new(source->file->path, ""),
                                  .links = g_array_new(FALSE, FALSE, sizeof(struct jira_link)) };
    struct reading reading = { source, issue, issue->item, findings };

    g_array_set_clear_func(issue->links, clear_link);
    if (take_all(&reading))
        return TRUE;
    import_jira_issue_clear(issue);
    return FALSE;
}

void import_jira_issue_clear(struct jira_issue *issue)
{
    g_clear_pointer(&issue->item, import_item_free);
    g_clear_pointer(&issue->id, g_free);
    g_clear_pointer(&issue->rank, g_free);
    g_clear_pointer(&issue->links, g_array_unref);
}
