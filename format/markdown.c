#include "markdown.h"

#include "markdown_limits.h"
#include "markdown_line.h"
#include "markdown_reader.h"

#include <string.h>

static void clear_heading(gpointer data)
{
    g_free(((struct markdown_heading *)data)->title);
}

static void clear_item(gpointer data)
{
    g_free(((struct markdown_item *)data)->plain);
}

static void clear_link(gpointer data)
{
    g_free(((struct markdown_link *)data)->destination);
}

static struct markdown *outline_new(const char *text, gsize length, gsize start)
{
    struct markdown *outline = g_new0(struct markdown, 1);

    outline->text = text;
    outline->length = length;
    outline->start = start;
    /* Room for what a common body has. */
    outline->headings = g_array_sized_new(FALSE, FALSE, sizeof(struct markdown_heading), 8);
    outline->sections = g_array_sized_new(FALSE, FALSE, sizeof(struct markdown_section), 8);
    outline->items = g_array_sized_new(FALSE, FALSE, sizeof(struct markdown_item), 16);
    outline->fences = g_array_sized_new(FALSE, FALSE, sizeof(struct markdown_fence), 2);
    outline->prose = g_array_sized_new(FALSE, FALSE, sizeof(struct markdown_prose), 32);
    outline->others = g_array_sized_new(FALSE, FALSE, sizeof(struct markdown_other), 8);
    outline->links = g_array_sized_new(FALSE, FALSE, sizeof(struct markdown_link), 4);
    g_array_set_clear_func(outline->headings, clear_heading);
    g_array_set_clear_func(outline->items, clear_item);
    g_array_set_clear_func(outline->links, clear_link);
    return outline;
}

void markdown_free(struct markdown *markdown)
{
    if (!markdown)
        return;
    g_array_unref(markdown->headings);
    g_array_unref(markdown->sections);
    g_array_unref(markdown->items);
    g_array_unref(markdown->fences);
    g_array_unref(markdown->prose);
    g_array_unref(markdown->others);
    g_array_unref(markdown->links);
    g_free(markdown);
}

static void finish_sections(struct markdown *outline)
{
    gsize next[7], last = outline->start; /* by level: where a section of it ends … */
    gboolean exact[7];                    /* … and whether that is known */

    for (gsize level = 0; level < G_N_ELEMENTS(next); level++) {
        next[level] = outline->length;
        exact[level] = TRUE;
    }
    g_array_set_size(outline->sections, outline->headings->len);
    for (guint i = 0; i < outline->headings->len; i++) {
        struct markdown_heading *heading = &g_array_index(outline->headings, struct markdown_heading, i);
        if (!heading->exact) {
            heading->span.start = MAX(heading->span.start, last);
            heading->span.end = MAX(heading->span.end, heading->span.start);
            heading->span.end = markdown_line_stop(outline->text, outline->length, heading->span.end, TRUE);
        }
        last = heading->span.end;
    }
    for (guint i = outline->headings->len; i-- > 0;) {
        const struct markdown_heading *heading =
            &g_array_index(outline->headings, struct markdown_heading, i);
        struct markdown_section *section = &g_array_index(outline->sections, struct markdown_section, i);
        gsize end = next[heading->level];
        gsize content = markdown_line_next(outline->text, outline->length, heading->span.end);
        section->title = heading->title;
        section->span = (struct span){ heading->span.start, end };
        section->content = (struct span){ MIN(content, end), end };
        section->exact = heading->exact && exact[heading->level];
        for (gsize level = heading->level; level < G_N_ELEMENTS(next); level++) {
            next[level] = heading->span.start;
            exact[level] = heading->exact;
        }
    }
}

/* The text on one line. */
static char *plain_text(const char *text, struct span span)
{
    gsize length = span_length(span);
    char *plain = g_strndup(text + span.start, length);
    char *end = plain;

    if (memchr(plain, '\n', length) || memchr(plain, '\r', length)) {
        for (const char *at = plain; *at;) {
            if (*at != '\n' && *at != '\r') {
                *end++ = *at++;
                continue;
            }
            while (end > plain && markdown_is_blank(end[-1]))
                end--;
            at += strspn(at, " \t\r\n\v\f");
            *end++ = ' ';
        }
        *end = '\0';
    }
    if (!g_utf8_validate(plain, -1, NULL)) {
        char *valid = g_utf8_make_valid(plain, -1);
        g_free(plain);
        return valid;
    }
    return plain;
}

static void finish_items(struct markdown *outline)
{
    for (guint i = 0; i < outline->items->len; i++) {
        struct markdown_item *item = &g_array_index(outline->items, struct markdown_item, i);
        if (!item->exact) {
            item->tick = item->indent = 0;
            item->marker = item->text = item->span = (struct span){ 0, 0 };
        }
        item->plain = plain_text(outline->text, item->text);
    }
    for (guint i = 0; i < outline->fences->len; i++) {
        struct markdown_fence *fence = &g_array_index(outline->fences, struct markdown_fence, i);
        if (!fence->exact)
            fence->span = fence->content = fence->info = (struct span){ 0, 0 };
    }
}

static void refuse(const struct markdown *outline, enum reader_refusal refusal, gsize offset,
                   GPtrArray *findings)
{
    while (offset < outline->length && g_ascii_isspace(outline->text[offset]))
        offset++;
    if (refusal == REFUSAL_DEPTH)
        markdown_limits_refuse_depth(outline->text, outline->length, offset, findings);
    else if (refusal == REFUSAL_SIZE)
        finding_add_parse(findings, outline->text, outline->length, offset,
                          "give rows all their cells, and long links once",
                          "expected tables and links about as large as their text, saw far larger ones");
    else
        finding_add_parse(findings, outline->text, outline->length, offset, NULL,
                          "expected Markdown, saw what its parser cannot read");
}

struct markdown *markdown_parse(const char *text, gsize length, gsize start, GPtrArray *findings)
{
    struct markdown *outline = outline_new(text, length, start);
    struct markdown_limits limits;
    enum reader_refusal refusal;
    gsize offset;

    g_assert(start <= length);
    if (start == 0 && length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        start = 3;
    if (!markdown_limits_check(text, length, start, &limits, findings))
        return outline;
    refusal = markdown_read(outline, start, &limits, &offset);
    if (refusal != REFUSAL_NONE) {
        refuse(outline, refusal, offset, findings);
        markdown_free(outline);
        return outline_new(text, length, start);
    }
    finish_sections(outline);
    finish_items(outline);
    outline->readable = TRUE;
    return outline;
}
