#include "import_beads.h"

#include "file.h"
#include "import_beads_issue.h"
#include "import_file.h"

#include <glib/gstdio.h>
#include <string.h>

struct reader {
    const struct policy *policy;
    const struct import_progress *progress;
    char *shown; /* the file as the user wrote it */
    const char *text;
    gsize length;
    struct import *import;
    GArray *lines;     /* struct line, of every issue that was read */
    GHashTable *by_id; /* id -> GUINT_TO_POINTER(index in lines) */
};

struct line {
    struct beads_issue issue; /* item is the reader's until it goes into the import */
    struct span span;
    guint number;
    guint twin; /* number of the line with another issue of that id; 0: none */
};

static void clear_line(gpointer data)
{
    struct line *line = data;
    import_item_free(line->issue.item);
    g_free(line->issue.created);
}

static void tell(const struct reader *reader, const char *what, guint done, guint total)
{
    if (reader->progress && reader->progress->step)
        reader->progress->step(what, done, total, reader->progress->data);
}

static void refuse(struct reader *reader, struct position at, const char *help, const char *message)
{
    guint first = reader->import->findings->len;
    finding_add_at(reader->import->findings, "parse", SEVERITY_ERROR, at, help, "%s", message);
    import_refuse(reader->import, first, reader->shown);
}

/* -- which file -- */

static const char *const names[] = { ".beads/issues.jsonl", ".beads/beads.jsonl", "issues.jsonl",
                                     "beads.jsonl" };

static gboolean is_there(const char *path)
{
    GStatBuf status;
    return g_lstat(path, &status) == 0;
}

/* The path of the file that path means, which is that of a file or folder; newly allocated. *other is the
 * older one beside it, or NULL. */
static char *find_file(const char *path, char **other, GError **error)
{
    if (!g_file_test(path, G_FILE_TEST_IS_DIR))
        return g_strdup(path);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *found = g_build_filename(path, names[i], NULL);
        g_autofree char *next = i % 2 == 0 ? g_build_filename(path, names[i + 1], NULL) : NULL;
        if (!is_there(found))
            continue;
        if (next && is_there(next))
            *other = g_steal_pointer(&next);
        return g_steal_pointer(&found);
    }
    g_set_error(
        error, FILE_ERROR, FILE_ERROR_ABSENT,
        "%s: expected issues.jsonl or beads.jsonl in it or in its folder .beads; bd export writes one", path);
    return NULL;
}

static GBytes *read_file(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path), *base = g_path_get_basename(path);
    int root = file_open_root(folder, error);
    GBytes *bytes = root >= 0 ? file_read_limited(root, base, IMPORT_FILE_LIMIT, error) : NULL;

    if (root >= 0)
        g_close(root, NULL);
    return bytes;
}

/* -- lines -- */

/* Whether the line can be read as JSON at all; an error otherwise. */
static gboolean check_line(struct reader *reader, struct span span, guint number)
{
    const char *line = reader->text + span.start, *bad;
    gsize length = span_length(span);

    if (length > FILE_LIMIT) {
        g_autofree char *message =
            g_strdup_printf("expected a line of at most %d bytes, saw %" G_GSIZE_FORMAT, FILE_LIMIT, length);
        refuse(reader, (struct position){ number, 1 }, NULL, message);
        return FALSE;
    }
    if (g_utf8_validate_len(line, length, &bad))
        return TRUE;
    struct position at = { number, (guint)g_utf8_strlen(line, bad - line) + 1 };
    g_autofree char *message = *bad
                                   ? g_strdup_printf("expected UTF-8 text, saw the byte 0x%02x", (guchar)*bad)
                                   : g_strdup("expected text, saw a NUL byte");
    refuse(reader, at, "export it again, as UTF-8", message);
    return FALSE;
}

static gboolean same_text(const struct reader *reader, struct span a, struct span b)
{
    return span_length(a) == span_length(b) &&
           memcmp(reader->text + a.start, reader->text + b.start, span_length(a)) == 0;
}

/* Adds the line; what repeats another is left out, and of two that differ under one id neither is believed.
 */
static void add_line(struct reader *reader, struct line *line)
{
    gpointer index;

    if (!g_hash_table_lookup_extended(reader->by_id, line->issue.item->id, NULL, &index)) {
        g_hash_table_insert(reader->by_id, line->issue.item->id, GUINT_TO_POINTER(reader->lines->len));
        g_array_append_val(reader->lines, *line);
        return;
    }
    struct line *first = &g_array_index(reader->lines, struct line, GPOINTER_TO_UINT(index));
    if (same_text(reader, first->span, line->span)) {
        import_item_remark(first->issue.item, SEVERITY_WARNING, line->issue.item->at,
                           "the line repeats line %u; it is left out", first->number);
        reader->import->left_out++;
        clear_line(line);
        return;
    }
    if (first->twin == 0)
        first->twin = line->number;
    line->twin = first->number;
    g_array_append_val(reader->lines, *line);
}

static void read_line(struct reader *reader, struct span span, guint number)
{
    const struct beads_source source = { reader->policy, reader->shown, reader->text + span.start,
                                         span_length(span), number };
    struct line line = { .span = span, .number = number };
    guint first = reader->import->findings->len;

    if (lines_is_blank(reader->text, reader->length, span.start) || !check_line(reader, span, number))
        return;
    if (!import_beads_issue_read(&source, &line.issue, reader->import->findings))
        import_refuse(reader->import, first, reader->shown);
    else if (line.issue.item)
        add_line(reader, &line);
    else
        reader->import->left_out++;
}

static void read_lines(struct reader *reader)
{
    gsize at = reader->length >= 3 && memcmp(reader->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    guint total = 0;

    for (gsize line = at; line < reader->length; line = lines_next(reader->text, reader->length, line))
        total++;
    for (guint number = 1; at < reader->length; number++) {
        tell(reader, "reading", number, total + 1);
        read_line(reader, (struct span){ at, lines_end(reader->text, reader->length, at) }, number);
        at = lines_next(reader->text, reader->length, at);
    }
    tell(reader, NULL, total, total);
}

/* -- items -- */

/* Open ones first; then by priority, time and id. */
static gint compare_lines(gconstpointer a, gconstpointer b)
{
    const struct beads_issue *left = &((const struct line *)a)->issue,
                             *right = &((const struct line *)b)->issue;
    gboolean left_open = status_is_open(left->item->status), right_open = status_is_open(right->item->status);

    if (left_open != right_open)
        return left_open ? -1 : 1;
    if (left->priority != right->priority)
        return left->priority < right->priority ? -1 : 1;
    int by_time = g_strcmp0(left->created, right->created);
    return by_time ? by_time : strcmp(left->item->id, right->item->id);
}

/* Hands over the issues that no other contradicts, in the order of the file, and gives them their places. */
static void take_items(struct reader *reader)
{
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(struct line));

    g_hash_table_remove_all(reader->by_id);
    for (guint i = 0; i < reader->lines->len; i++) {
        struct line *line = &g_array_index(reader->lines, struct line, i);
        struct import_item *item = line->issue.item;
        if (line->twin > 0) {
            g_autofree char *message =
                g_strdup_printf("id: %s is the id of line %u too, which differs", item->id, line->twin);
            refuse(reader, item->id_at, "keep one of the two lines", message);
            continue;
        }
        g_hash_table_insert(reader->by_id, item->id, GUINT_TO_POINTER(reader->import->items->len));
        g_ptr_array_add(reader->import->items, item);
        g_array_append_val(order, *line);
        line->issue.item = NULL;
    }
    g_array_sort(order, compare_lines);
    for (guint i = 0; i < order->len; i++)
        g_array_index(order, struct line, i).issue.item->place = i;
}

static guint find_item(gconstpointer data, const char *id)
{
    gpointer index;
    return g_hash_table_lookup_extended((GHashTable *)data, id, NULL, &index) ? GPOINTER_TO_UINT(index)
                                                                              : IMPORT_NONE;
}

/* -- */

static void remark_other(struct reader *reader, const char *other)
{
    g_autofree char *shown = g_utf8_make_valid(other, -1);
    guint first = reader->import->findings->len;

    finding_add_at(reader->import->findings, "import", SEVERITY_WARNING, (struct position){ 0, 0 }, NULL,
                   "it is left out, since %s is beside it", reader->shown);
    findings_set_path(reader->import->findings, first, shown);
    reader->import->left_out++;
}

static struct import *read_all(struct reader *reader, const char *other)
{
    g_autoptr(Import) import = import_new();
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(struct line));
    g_autoptr(GHashTable) by_id = g_hash_table_new(g_str_hash, g_str_equal);

    g_array_set_clear_func(lines, clear_line);
    reader->import = import;
    reader->lines = lines;
    reader->by_id = by_id;
    if (other)
        remark_other(reader, other);
    read_lines(reader);
    take_items(reader);
    import_resolve(import, find_item, by_id);
    return g_steal_pointer(&import);
}

/* Whether the file is one array, which bd list --json prints. */
static gboolean is_array(const struct reader *reader)
{
    gsize at = 0;
    while (at < reader->length && reader->text[at] && strchr("\xef\xbb\xbf \t\r\n", reader->text[at]))
        at++;
    return at < reader->length && reader->text[at] == '[';
}

struct import *import_beads_read(const struct policy *policy, const char *path,
                                 const struct import_progress *progress, GError **error)
{
    g_autofree char *other = NULL, *file = find_file(path, &other, error);
    g_autofree char *shown = file ? g_utf8_make_valid(file, -1) : NULL;
    g_autoptr(GBytes) bytes = file ? read_file(file, error) : NULL;
    struct reader reader = { .policy = policy, .progress = progress, .shown = shown };

    if (!bytes) {
        if (file)
            g_prefix_error(error, "%s: ", shown);
        return NULL;
    }
    reader.text = g_bytes_get_data(bytes, &reader.length);
    if (!is_array(&reader))
        return read_all(&reader, other);
    g_set_error(error, FILE_ERROR, FILE_ERROR_KIND,
                "%s:1:1: expected one JSON object a line, saw an array; write the file with bd export",
                shown);
    return NULL;
}
