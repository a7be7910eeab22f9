#include "import_criteria.h"

#include "lines.h"
#include "markdown.h"

#include <string.h>

static const char box[] = "- [ ] ";

struct conversion {
    const char *text;
    gsize length;
    GString *out;
    gsize copied; /* of text, to out */
    guint made;   /* entries */
};

/* What has a form of its own, in the order of the text: list entries, fences, headings. */
struct blocks {
    GArray *spans; /* struct span */
    guint next;    /* the first that was not passed yet */
};

static gint by_start(gconstpointer a, gconstpointer b)
{
    const struct span *left = a, *right = b;
    return left->start < right->start ? -1 : left->start > right->start;
}

/* FALSE where the outline does not say of all where they stand. */
static gboolean find_blocks(const struct markdown *outline, struct blocks *blocks)
{
    gboolean exact = outline->readable;

    for (guint i = 0; i < outline->items->len; i++) {
        const struct markdown_item *item = &g_array_index(outline->items, struct markdown_item, i);
        g_array_append_val(blocks->spans, item->span);
        exact = exact && item->exact;
    }
    for (guint i = 0; i < outline->fences->len; i++) {
        const struct markdown_fence *fence = &g_array_index(outline->fences, struct markdown_fence, i);
        g_array_append_val(blocks->spans, fence->span);
        exact = exact && fence->exact;
    }
    for (guint i = 0; i < outline->headings->len; i++) {
        const struct markdown_heading *heading =
            &g_array_index(outline->headings, struct markdown_heading, i);
        g_array_append_val(blocks->spans, heading->span);
        exact = exact && heading->exact;
    }
    g_array_sort(blocks->spans, by_start);
    return exact;
}

/* The end of the block that holds the line at offset; the offset itself where none does. */
static gsize skip_block(struct blocks *blocks, gsize at)
{
    gsize end = at;

    for (; blocks->next < blocks->spans->len; blocks->next++) {
        const struct span *span = &g_array_index(blocks->spans, struct span, blocks->next);
        if (span->start > at)
            break;
        end = MAX(end, span->end);
    }
    return end;
}

/* Whether the line is a rule, begins a quote, HTML or code, or defines a link. */
static gboolean is_other(const char *line, gsize length)
{
    gsize spaces = 0, rule = 0;

    while (spaces < length && line[spaces] == ' ')
        spaces++;
    while (rule < length && strchr("-*_ \t", line[rule]))
        rule++;
    if (spaces > 3 || spaces == length || rule == length || strchr("\t><", line[spaces]))
        return TRUE;
    const char *close = line[spaces] == '[' ? memchr(line, ']', length) : NULL;
    return close && close + 1 < line + length && close[1] == ':';
}

/* Whether the line underlines the head of a table. */
static gboolean is_table_rule(const char *line, gsize length)
{
    gsize at = 0;
    while (at < length && strchr("|-: \t", line[at]))
        at++;
    return length > 0 && at == length && memchr(line, '|', length);
}

/* Whether the lines from start to end are a paragraph. */
static gboolean is_paragraph(const struct conversion *conversion, gsize start, gsize end)
{
    const char *text = conversion->text;
    gsize first = lines_end(text, conversion->length, start),
          next = lines_next(text, conversion->length, start);

    return end > start && !is_other(text + start, first - start) &&
           (next >= end || !is_table_rule(text + next, lines_end(text, conversion->length, next) - next));
}

static void copy_to(struct conversion *conversion, gsize end)
{
    g_string_append_len(conversion->out, conversion->text + conversion->copied,
                        (gssize)(end - conversion->copied));
    conversion->copied = end;
}

/* Makes the lines from start to end one entry. */
static void convert(struct conversion *conversion, gsize start, gsize end)
{
    gsize last = end;

    while (last > start && g_ascii_isspace(conversion->text[last - 1]))
        last--;
    if (conversion->text[last - 1] == ':')
        return;
    for (gsize at = start; at < end; at = lines_next(conversion->text, conversion->length, at)) {
        copy_to(conversion, at);
        g_string_append(conversion->out, at == start ? box : "  ");
    }
    copy_to(conversion, end);
    conversion->made++;
}

/* Where the paragraph that begins at offset ends: at a blank line, or where the next block begins. */
static gsize paragraph_end(const struct conversion *conversion, const struct blocks *blocks, gsize at)
{
    gsize next = blocks->next < blocks->spans->len
                     ? g_array_index(blocks->spans, struct span, blocks->next).start
                     : conversion->length;

    while (at < next && !lines_is_blank(conversion->text, conversion->length, at))
        at = lines_next(conversion->text, conversion->length, at);
    return at;
}

static void convert_all(struct conversion *conversion, struct blocks *blocks)
{
    const char *text = conversion->text;
    gsize length = conversion->length;

    for (gsize at = 0; at < length;) {
        gsize block = skip_block(blocks, at);
        if (block > at) {
            at = text[block - 1] == '\n' ? block : lines_next(text, length, block);
            continue;
        }
        gsize end = paragraph_end(conversion, blocks, at);
        if (is_paragraph(conversion, at, end))
            convert(conversion, at, end);
        at = end > at ? end : lines_next(text, length, at);
    }
}

char *import_criteria_list(const char *text)
{
    gsize length = strlen(text);
    g_autoptr(Markdown) outline = markdown_parse(text, length, 0, NULL);
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(struct span));
    struct blocks blocks = { spans, 0 };
    struct conversion conversion = { text, length, g_string_sized_new(length), 0, 0 };

    if (find_blocks(outline, &blocks))
        convert_all(&conversion, &blocks);
    copy_to(&conversion, length);
    g_autofree char *list = g_string_free(conversion.out, FALSE);
    /* Within what only ends further down, such as a comment, an entry is none. */
    g_autoptr(Markdown) after = markdown_parse(list, strlen(list), 0, NULL);
    return after->items->len == outline->items->len + conversion.made ? g_steal_pointer(&list)
                                                                      : g_strdup(text);
}
