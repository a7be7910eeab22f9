#include "order_private.h"

#include "plain.h"

#include <string.h>

/* How many missing lines are told one by one. */
#define MAX_MISSING 5

/* -- printing -- */

GPtrArray *order_items(struct backlog *backlog)
{
    GPtrArray *items = g_ptr_array_new();

    backlog_load(backlog);
    for (guint i = 0; i < backlog->items->len; i++) {
        const struct item *item = backlog->items->pdata[i];
        if (item->position && item->id && backlog_item(backlog, item->id) == item)
            g_ptr_array_add(items, (gpointer)item);
    }
    return items;
}

static guint widest_id(const GPtrArray *items)
{
    gsize width = 0;
    for (guint i = 0; i < items->len; i++)
        width = MAX(width, strlen(((const struct item *)items->pdata[i])->id));
    return (guint)width;
}

char *order_print(const GPtrArray *items)
{
    GString *out = g_string_new(NULL);
    guint width = widest_id(items);

    for (guint i = 0; i < items->len; i++) {
        const struct item *item = items->pdata[i];
        const char *status = item_text(item, FIELD_STATUS), *estimate = item_text(item, FIELD_ESTIMATE);
        g_autoptr(GString) about = g_string_new(status);
        if (estimate)
            g_string_append_printf(about, "%s%s", about->len ? ", " : "", estimate);
        g_autofree char *title = plain_escape(item->title, -1), *shown = plain_escape(about->str, -1);
        plain_pad(out, item->id, *title || *shown ? width : 0, FALSE);
        if (*title)
            g_string_append_printf(out, "  %s", title);
        if (*shown)
            g_string_append_printf(out, "%s(%s)", *title ? " " : "  ", shown);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

/* -- reading -- */

/* A line that counts. */
struct line {
    char *word;       /* its first: the id */
    struct span span; /* without the line ending */
};

static void clear_line(gpointer data)
{
    g_free(((struct line *)data)->word);
}

/* The lines of bytes that count, in order. */
static GArray *read_lines(GBytes *bytes)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct line));
    gsize length;
    const char *text = g_bytes_get_data(bytes, &length);
    gsize start = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    g_array_set_clear_func(lines, clear_line);
    for (gsize next; start < length; start = next) {
        next = lines_next(text, length, start);
        struct line line = { NULL, { start, lines_end(text, length, start) } };
        while (line.span.start < line.span.end && g_ascii_isspace(text[line.span.start]))
            line.span.start++;
        gsize end = line.span.start;
        while (end < line.span.end && !g_ascii_isspace(text[end]))
            end++;
        if (end == line.span.start || text[line.span.start] == '#')
            continue;
        line.word = g_strndup(text + line.span.start, end - line.span.start);
        g_array_append_val(lines, line);
    }
    return lines;
}

gboolean order_is_empty(GBytes *text)
{
    g_autoptr(GArray) lines = read_lines(text);
    return lines->len == 0;
}

static const struct line *line_at(const GArray *lines, guint i)
{
    return &g_array_index(lines, struct line, i);
}

/* The lines by their words: word -> index + 1, of several the first. The keys are borrowed. */
static GHashTable *lines_by_word(const GArray *lines)
{
    GHashTable *by_word = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < lines->len; i++)
        if (!g_hash_table_contains(by_word, line_at(lines, i)->word))
            g_hash_table_insert(by_word, line_at(lines, i)->word, GUINT_TO_POINTER(i + 1));
    return by_word;
}

static guint find_line(GHashTable *by_word, const char *word)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(by_word, word));
}

/* -- checking -- */

/* What is wrong with the lines that are there. */
static void check_lines(GBytes *text, const GArray *lines, GHashTable *base, GHashTable *own,
                        GPtrArray *findings)
{
    gsize length;
    const char *bytes = g_bytes_get_data(text, &length);

    for (guint i = 0; i < lines->len; i++) {
        const struct line *line = line_at(lines, i);
        guint first = find_line(own, line->word) - 1;
        if (!find_line(base, line->word)) {
            finding_add(findings, "parse", SEVERITY_ERROR, bytes, length, line->span,
                        "lines can be moved, but not be added", "no line began with %s", line->word);
        } else if (first < i) {
            struct position at = lines_locate(bytes, length, line_at(lines, first)->span.start);
            finding_add(findings, "parse", SEVERITY_ERROR, bytes, length, line->span, "leave one of them",
                        "%s stands in line %u too", line->word, at.line);
        }
    }
}

static void check_missing(GBytes *base, const GArray *lines, GHashTable *own, GPtrArray *findings)
{
    const char *bytes = g_bytes_get_data(base, NULL);
    const struct span whole = { 0, 0 };
    guint missing = 0;

    for (guint i = 0; i < lines->len; i++) {
        const struct line *line = line_at(lines, i);
        if (find_line(own, line->word) || ++missing > MAX_MISSING)
            continue;
        g_autofree char *text = g_strndup(bytes + line->span.start, span_length(line->span));
        finding_add(findings, "parse", SEVERITY_ERROR, NULL, 0, whole,
                    "put it back, wherever it should stand", "a line is missing: %s", text);
    }
    if (missing > MAX_MISSING)
        finding_add(findings, "parse", SEVERITY_ERROR, NULL, 0, whole, NULL, "%u more lines are missing",
                    missing - MAX_MISSING);
}

gboolean order_check(GBytes *base, GBytes *text, GPtrArray *findings)
{
    g_autoptr(GArray) old = read_lines(base), new = read_lines(text);
    g_autoptr(GHashTable) by_old = lines_by_word(old), by_new = lines_by_word(new);
    guint first = findings->len;

    check_lines(text, new, by_old, by_new, findings);
    check_missing(base, old, by_new, findings);
    return findings->len == first;
}

/* -- replaying -- */

/* Which lines of new stay where they were in old. */
static gboolean *keep_lines(const GArray *new, GHashTable *old)
{
    g_autofree guint *keys = g_new(guint, new->len + 1), *weights = g_new(guint, new->len + 1);

    for (guint i = 0; i < new->len; i++) {
        keys[i] = find_line(old, line_at(new, i)->word) - 1;
        weights[i] = 1;
    }
    return order_keep(keys, NULL, weights, new->len);
}

/* A list of items by links: next[0] is the first, and next[i] that behind item i - 1, each plus 1; 0 ends it.
 */
static guint *link_items(const GPtrArray *items, GHashTable *moved)
{
    guint *next = g_new0(guint, items->len + 1), last = 0;

    for (guint i = 0; i < items->len; i++)
        if (!g_hash_table_contains(moved, ((const struct item *)items->pdata[i])->id))
            last = next[last] = i + 1;
    return next;
}

GPtrArray *order_replay(struct backlog *backlog, GBytes *base, GBytes *text)
{
    g_autoptr(GArray) old = read_lines(base), new = read_lines(text);
    g_autoptr(GHashTable) by_old = lines_by_word(old), moved = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) items = order_items(backlog);
    g_autofree gboolean *kept = keep_lines(new, by_old);
    GPtrArray *wanted = g_ptr_array_new();

    for (guint i = 0; i < items->len; i++)
        g_hash_table_insert(numbers, (gpointer)((const struct item *)items->pdata[i])->id,
                            GUINT_TO_POINTER(i + 1));
    for (guint i = 0; i < new->len; i++)
        if (!kept[i])
            g_hash_table_add(moved, line_at(new, i)->word);
    g_autofree guint *next = link_items(items, moved);
    for (guint i = 0, last = 0; i < new->len; i++) {
        guint number = find_line(numbers, line_at(new, i)->word);
        if (number && !kept[i]) {
            next[number] = next[last];
            next[last] = number;
        }
        last = number ? number : last;
    }
    for (guint number = next[0]; number; number = next[number])
        g_ptr_array_add(wanted, items->pdata[number - 1]);
    return wanted;
}
