#include "import_criteria.h"

#include "lines.h"
#include "markdown.h"

#include <string.h>

static const char box[] = "- [ ] ";

struct conversion {
    const char *text;
    gsize length;
    const struct markdown *outline;
    GString *out;
    gsize copied; /* of text, to out */
    guint made;   /* entries */
};

/* The end of what has a form of its own and holds the line at offset: a list entry, a fence, a heading; the
 * offset itself where nothing does. */
static gsize skip_block(const struct conversion *conversion, gsize at, guint *item, guint *fence,
                        guint *heading)
{
    const struct markdown *outline = conversion->outline;
    gsize end = at;

    while (*item < outline->items->len &&
           g_array_index(outline->items, struct markdown_item, *item).span.start <= at)
        end = MAX(end, g_array_index(outline->items, struct markdown_item, (*item)++).span.end);
    while (*fence < outline->fences->len &&
           g_array_index(outline->fences, struct markdown_fence, *fence).span.start <= at)
        end = MAX(end, g_array_index(outline->fences, struct markdown_fence, (*fence)++).span.end);
    while (*heading < outline->headings->len &&
           g_array_index(outline->headings, struct markdown_heading, *heading).span.start <= at)
        end = MAX(end, g_array_index(outline->headings, struct markdown_heading, (*heading)++).span.end);
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

/* Where the paragraph that begins at offset ends: at a blank line, or where next begins. */
static gsize paragraph_end(const struct conversion *conversion, gsize at, gsize next)
{
    while (at < next && !lines_is_blank(conversion->text, conversion->length, at))
        at = lines_next(conversion->text, conversion->length, at);
    return at;
}

/* Where the next list entry, fence or heading begins that was not passed yet; length where there is none. */
static gsize next_block(const struct conversion *conversion, guint item, guint fence, guint heading)
{
    const struct markdown *outline = conversion->outline;
    gsize next = conversion->length;

    if (item < outline->items->len)
        next = MIN(next, g_array_index(outline->items, struct markdown_item, item).span.start);
    if (fence < outline->fences->len)
        next = MIN(next, g_array_index(outline->fences, struct markdown_fence, fence).span.start);
    if (heading < outline->headings->len)
        next = MIN(next, g_array_index(outline->headings, struct markdown_heading, heading).span.start);
    return next;
}

/* Whether the outline says of all blocks where they stand. */
static gboolean is_exact(const struct markdown *outline)
{
    for (guint i = 0; i < outline->items->len; i++)
        if (!g_array_index(outline->items, struct markdown_item, i).exact)
            return FALSE;
    for (guint i = 0; i < outline->fences->len; i++)
        if (!g_array_index(outline->fences, struct markdown_fence, i).exact)
            return FALSE;
    for (guint i = 0; i < outline->headings->len; i++)
        if (!g_array_index(outline->headings, struct markdown_heading, i).exact)
            return FALSE;
    return outline->readable;
}

char *import_criteria_list(const char *text)
{
    gsize length = strlen(text);
    g_autoptr(Markdown) outline = markdown_parse(text, length, 0, NULL);
    struct conversion conversion = { text, length, outline, g_string_sized_new(length), 0, 0 };
    guint item = 0, fence = 0, heading = 0;

    for (gsize at = 0; is_exact(outline) && at < length;) {
        gsize block = skip_block(&conversion, at, &item, &fence, &heading);
        if (block > at) {
            at = lines_next(text, length, block > 0 && text[block - 1] == '\n' ? block - 1 : block);
            continue;
        }
        gsize end = paragraph_end(&conversion, at, next_block(&conversion, item, fence, heading));
        if (is_paragraph(&conversion, at, end))
            convert(&conversion, at, end);
        at = end > at ? end : lines_next(text, length, at);
    }
    copy_to(&conversion, length);
    g_autofree char *list = g_string_free(conversion.out, FALSE);
    /* Within what only ends further down, such as a comment, an entry is none. */
    g_autoptr(Markdown) after = markdown_parse(list, strlen(list), 0, NULL);
    return after->items->len == outline->items->len + conversion.made ? g_steal_pointer(&list)
                                                                      : g_strdup(text);
}
