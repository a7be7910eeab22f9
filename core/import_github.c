#include "import_github.h"

#include "import_github_issue.h"
#include "json_place.h"

#include <string.h>

/* Of issues that stand twice no more are told. */
#define MOST_TOLD 1000

struct reader {
    const struct policy *policy;
    const struct import_progress *progress;
    const struct import_file *file;
    struct import *import;
    GArray *issues;      /* struct issue, by the items of import */
    GHashTable *sources; /* x-source -> GUINT_TO_POINTER(index) */
    gsize located;       /* offset up to which place is known */
    struct position place;
    gboolean bare; /* an issue without address has been told */
    GError *error; /* there are too many */
};

struct issue {
    gint64 number;
    struct span span;
    GArray *links; /* struct github_link */
};

static struct import_item *item_at(const struct reader *reader, guint index)
{
    return reader->import->items->pdata[index];
}

static struct issue *issue_at(const struct reader *reader, guint index)
{
    return &g_array_index(reader->issues, struct issue, index);
}

/* The place of an offset, none of which may be before the last one: so all of them take one walk. */
static struct position locate(struct reader *reader, gsize offset)
{
    const char *text = reader->file->text;

    for (; reader->located < offset; reader->located++) {
        if (text[reader->located] == '\n')
            reader->place = (struct position){ reader->place.line + 1, 1 };
        else
            reader->place.column += ((guchar)text[reader->located] & 0xc0) != 0x80;
    }
    return reader->place;
}

/* What is wrong with the file, but no issue of its own. */
static void complain(struct reader *reader, struct position at, const char *message)
{
    guint first = reader->import->findings->len;
    finding_add_at(reader->import->findings, "parse", SEVERITY_ERROR, at, NULL, "%s", message);
    findings_set_path(reader->import->findings, first, reader->file->path);
}

static void refuse(struct reader *reader, struct position at, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void refuse(struct reader *reader, struct position at, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    complain(reader, at, message);
    reader->import->refused++;
}

/* -- issues -- */

/* Pages that were fetched while issues were added overlap: the same text again is no mistake. */
static void leave_out(struct reader *reader, guint index, struct span span, struct import_item *item)
{
    struct import_item *first = item_at(reader, index);
    const struct issue *known = issue_at(reader, index);
    const char *text = reader->file->text;

    if (span_length(span) != span_length(known->span) ||
        memcmp(text + span.start, text + known->span.start, span_length(span)) != 0) {
        refuse(reader, item->id_at, "number: %s stands at line %u already, and says something else", item->id,
               first->id_at.line);
        return;
    }
    if (reader->import->left_out++ < MOST_TOLD)
        import_item_remark(first, SEVERITY_NOTE, item->id_at, "%s stands at line %u already; it is left out",
                           item->id, first->id_at.line);
}

static void clear_issue(gpointer data)
{
    struct issue *issue = data;
    g_clear_pointer(&issue->links, g_array_unref);
}

static void take_issue(struct reader *reader, struct span span)
{
    const struct github_source source = { reader->policy, reader->file, span, locate(reader, span.start) };
    guint first = reader->import->findings->len;
    struct github_issue read;
    gpointer known;

    if (reader->progress && reader->progress->step)
        reader->progress->step("reading", (guint)(span.start >> 10), (guint)(reader->file->length >> 10) + 1,
                               reader->progress->data);
    if (!import_github_issue_read(&source, &read, reader->import->findings)) {
        if (read.is_pull)
            reader->import->left_out++;
        else
            import_refuse(reader->import, first, reader->file->path);
        return;
    }
    if (read.is_bare && !reader->bare)
        import_item_remark(
            read.item, SEVERITY_WARNING, source.at,
            "no url says of which repository the issue is; the name of the file stands for it, so "
            "import later exports under the same name");
    reader->bare = reader->bare || read.is_bare;
    struct issue issue = { read.number, span, read.links };
    if (g_hash_table_lookup_extended(reader->sources, read.item->source, NULL, &known)) {
        leave_out(reader, GPOINTER_TO_UINT(known), span, read.item);
        import_item_free(read.item);
        clear_issue(&issue);
        return;
    }
    g_hash_table_insert(reader->sources, read.item->source, GUINT_TO_POINTER(reader->import->items->len));
    g_ptr_array_add(reader->import->items, read.item);
    g_array_append_val(reader->issues, issue);
}

/* Takes the issues of the array at start, or of the pages in it. Returns the offset behind it. */
static gsize take_array(struct reader *reader, gsize start, gboolean is_page)
{
    const char *text = reader->file->text;
    gsize length = reader->file->length;
    struct json_place entry = { 0 };
    guint refused = 0;

    while (!reader->error && json_place_step(text, length, start, &entry)) {
        gsize at = entry.value.start;
        refused = reader->import->refused;
        if (!is_page && at < entry.value.end && text[at] == '[')
            take_array(reader, at, TRUE);
        else
            take_issue(reader, entry.value);
        if (!reader->error)
            import_check_count(reader->import, reader->file->path, &reader->error);
    }
    gsize end = entry.value.start;
    if (reader->error)
        return length;
    if (end < length && text[end] == ']')
        return end + 1;
    if (end < length)
        refuse(reader, locate(reader, end), "expected a comma or ] behind an issue, saw %c", text[end]);
    else if (!is_page)
        complain(reader, locate(reader, end),
                 "expected ] at the end of the issues, saw the end of the file: the export is cut off");
    /* What is cut off within an issue has been counted. */
    if (end == length && !is_page && reader->import->refused == refused)
        reader->import->refused++;
    return length;
}

/* Where the object at start ends; the end of the text where nothing closes it. */
static gsize object_end(const struct reader *reader, gsize start)
{
    struct json_place entry = { 0 };

    while (json_place_step(reader->file->text, reader->file->length, start, &entry))
        ;
    return MIN(entry.value.start + 1, reader->file->length);
}

/* Takes one value after another; FALSE where the first is neither array nor object. */
static gboolean take_values(struct reader *reader, GError **error)
{
    const char *text = reader->file->text;
    gsize length = reader->file->length, first = json_place_start(text, length), at = first;

    while (at < length) {
        gsize start = at;
        if (text[at] == '[') {
            at = take_array(reader, at, FALSE);
        } else if (text[at] == '{') {
            at = object_end(reader, at);
            take_issue(reader, (struct span){ start, at });
            if (!import_check_count(reader->import, reader->file->path, &reader->error))
                at = length;
        } else if (at > first) {
            refuse(reader, locate(reader, at), "expected the end of the file or more issues, saw other text");
            break;
        } else {
            break;
        }
        while (at < length && strchr(" \t\r\n", text[at]))
            at++;
    }
    if (reader->error) {
        g_propagate_error(error, reader->error);
        return FALSE;
    }
    if (at > first)
        return TRUE;
    g_set_error(error, JSON_ERROR, 0,
                "%s:1:1: expected issues as JSON, as gh issue list --json number,title,… writes them, saw %s",
                reader->file->path, at < length ? "other text" : "an empty file");
    return FALSE;
}

/* -- links -- */

static void add_dependency(struct import_item *item, const struct github_link *link, const char *name,
                           const char *key, guint target)
{
    const struct import_reference reference = { g_strdup(name), key, target, link->at };
    g_array_append_val(item->depends, reference);
}

static void set_parent(struct import_item *item, const char *name, const char *key, guint target,
                       struct position at)
{
    if (!item->parent.id)
        item->parent = (struct import_reference){ g_strdup(name), key, target, at };
}

/* Keeps what another issue would say, were it in the export. */
static void keep_dangling(struct import_item *item, const struct github_link *link, const char *key)
{
    import_item_remark(item, SEVERITY_WARNING, link->at, "%s: %s is not in the export; kept under x-%s", key,
                       link->name, key);
    import_item_keep(item, key, link->name, SCALAR_STRING);
}

static void resolve_link(struct reader *reader, guint index, const struct github_link *link)
{
    struct import_item *item = item_at(reader, index);
    gpointer found;
    gboolean known = g_hash_table_lookup_extended(reader->sources, link->source, NULL, &found);
    guint target = known ? GPOINTER_TO_UINT(found) : IMPORT_NONE;
    struct import_item *other = known ? item_at(reader, target) : NULL;

    if (target == index) {
        import_item_remark(item, SEVERITY_WARNING, link->at, "%s names itself; the reference is left out",
                           item->id);
        return;
    }
    switch (link->relation) {
    case GITHUB_PARENT:
        set_parent(item, link->name, "parent", target, link->at);
        break;
    case GITHUB_CHILD:
        if (other)
            set_parent(other, item->id, "sub-issues", index, link->at);
        else
            keep_dangling(item, link, "sub-issues");
        break;
    case GITHUB_BLOCKED_BY:
        add_dependency(item, link, link->name, "blocked-by", target);
        break;
    case GITHUB_BLOCKS:
        if (other)
            add_dependency(other, link, item->id, "blocking", index);
        else
            keep_dangling(item, link, "blocking");
        break;
    }
}

static void resolve(struct reader *reader)
{
    for (guint i = 0; i < reader->issues->len; i++) {
        const GArray *links = issue_at(reader, i)->links;
        for (guint j = 0; j < links->len; j++)
            resolve_link(reader, i, &g_array_index(links, struct github_link, j));
    }
}

/* -- order -- */

static gint compare(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct reader *reader = data;
    guint left = *(const guint *)a, right = *(const guint *)b;
    gboolean left_open = status_is_open(item_at(reader, left)->status);
    gboolean right_open = status_is_open(item_at(reader, right)->status);
    gint64 one = issue_at(reader, left)->number, other = issue_at(reader, right)->number;

    if (left_open != right_open)
        return left_open ? -1 : 1;
    if (one != other)
        return one < other ? -1 : 1;
    return left < right ? -1 : left > right;
}

/* -- */

struct import *import_github_read(const struct policy *policy, const char *path,
                                  const struct import_progress *progress, GError **error)
{
    g_auto(ImportFile) file = { 0 };
    g_autoptr(Import) import = import_new();
    g_autoptr(GArray) issues = g_array_new(FALSE, FALSE, sizeof(struct issue));
    g_autoptr(GHashTable) sources = g_hash_table_new(g_str_hash, g_str_equal);
    struct reader reader = { policy, progress, &file, import, issues, sources, 0, { 1, 1 }, FALSE, NULL };

    g_array_set_clear_func(issues, clear_issue);
    if (!import_file_read(path, &file, error) || !take_values(&reader, error))
        return NULL;
    if (progress && progress->step)
        progress->step(NULL, 1, 1, progress->data);
    resolve(&reader);
    import_order(import, compare, &reader);
    return g_steal_pointer(&import);
}
