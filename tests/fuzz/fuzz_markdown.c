/*
 * Whatever the bytes, the outline of a Markdown body holds what its header promises: places are in bounds, in
 * order, nested, at line starts and character boundaries, a marker is where a marker is said to be, and
 * writing there changes what it should and nothing else.
 */
#include "markdown.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HEADING(m, i) (&g_array_index((m)->headings, struct markdown_heading, (i)))
#define SECTION(m, i) (&g_array_index((m)->sections, struct markdown_section, (i)))
#define ITEM(m, i) (&g_array_index((m)->items, struct markdown_item, (i)))
#define FENCE(m, i) (&g_array_index((m)->fences, struct markdown_fence, (i)))
#define PROSE(m, i) (&g_array_index((m)->prose, struct markdown_prose, (i)))
#define LINK(m, i) (&g_array_index((m)->links, struct markdown_link, (i)))

static gboolean is_boundary(const struct markdown *m, gsize offset)
{
    return offset == m->length || ((unsigned char)m->text[offset] & 0xc0) != 0x80;
}

static void check_span(const struct markdown *m, struct span span, gboolean utf8)
{
    g_assert_cmpuint(span.start, <=, span.end);
    g_assert_cmpuint(span.end, <=, m->length);
    g_assert_true(!utf8 || (is_boundary(m, span.start) && is_boundary(m, span.end)));
}

static gboolean is_line_start(const struct markdown *m, gsize offset)
{
    gboolean bom = offset == 3 && m->start == 0 && memcmp(m->text, "\xef\xbb\xbf", 3) == 0;
    return offset == m->start || bom || m->text[offset - 1] == '\n' ||
           (m->text[offset - 1] == '\r' && (offset == m->length || m->text[offset] != '\n'));
}

static void check_lines(const struct markdown *m, struct span span, gboolean utf8)
{
    check_span(m, span, utf8);
    g_assert_cmpuint(span.start, >=, m->start);
    g_assert_true(span.start == m->length || is_line_start(m, span.start));
    g_assert_true(span.end == m->length || is_line_start(m, span.end));
}

static gboolean is_within(struct span inner, struct span outer)
{
    return inner.start >= outer.start && inner.end <= outer.end;
}

static void check_sections(const struct markdown *m, gboolean utf8)
{
    gsize last = 0;

    g_assert_cmpuint(m->headings->len, ==, m->sections->len);
    for (guint i = 0; i < m->sections->len; i++) {
        const struct markdown_heading *heading = HEADING(m, i);
        const struct markdown_section *section = SECTION(m, i);
        g_assert_true(heading->level >= 1 && heading->level <= 6);
        g_assert_true(g_utf8_validate(heading->title, -1, NULL) && section->title == heading->title);
        check_span(m, heading->span, utf8);
        g_assert_true(is_within(heading->span, section->span) && is_within(section->content, section->span));
        g_assert_cmpuint(heading->span.start, >=, last);
        last = heading->span.end;
        if (section->exact)
            check_lines(m, section->content, utf8);
        if (!heading->exact)
            continue;
        g_assert_true(is_line_start(m, heading->span.start));
        g_assert_true(heading->span.end == m->length || strchr("\r\n", m->text[heading->span.end]));
        g_assert_false(span_is_empty(heading->span));
        for (guint j = i + 1; j < m->sections->len && SECTION(m, j)->span.start < section->span.end; j++)
            g_assert_cmpuint(HEADING(m, j)->level, >, heading->level);
    }
}

static void check_item_bytes(const struct markdown *m, const struct markdown_item *item)
{
    char last = m->text[item->marker.end - 1];

    g_assert_cmpint(last, ==, item->mark);
    g_assert_true(strchr(item->ordered ? ".)" : "-*+", last) && is_within(item->marker, item->span));
    for (gsize i = item->marker.start; i + 1 < item->marker.end; i++)
        g_assert_true(item->ordered && g_ascii_isdigit(m->text[i]));
    g_assert_true(item->marker.end == m->length || strchr(" \t\r\n", m->text[item->marker.end]));
    g_assert_cmpuint(item->indent, ==, item->marker.start - item->span.start);
    for (gsize i = item->span.start; i < item->marker.start; i++)
        g_assert_true(strchr(" \t-*+.)0123456789", m->text[i]));
    g_assert_true(is_within(item->text, item->span) && item->text.start >= item->marker.end);
    if (!span_is_empty(item->text)) {
        g_assert_false(g_ascii_isspace(m->text[item->text.start]));
        g_assert_false(g_ascii_isspace(m->text[item->text.end - 1]));
        g_assert_true(*item->plain);
    }
    if (item->task != MARKDOWN_TASK_NONE) {
        g_assert_true(item->tick > item->marker.end && item->tick < item->text.start);
        g_assert_true(m->text[item->tick - 1] == '[' && m->text[item->tick + 1] == ']');
        g_assert_true(strchr(item->task == MARKDOWN_TASK_TICKED ? "xX" : " ", m->text[item->tick]));
    }
}

static void check_items(const struct markdown *m, gboolean utf8)
{
    gsize marker = 0;

    for (guint i = 0; i < m->items->len; i++) {
        const struct markdown_item *item = ITEM(m, i);
        g_assert_true(!strpbrk(item->plain, "\r\n") && g_utf8_validate(item->plain, -1, NULL));
        g_assert_true(item->parent < (int)i && item->section < (int)m->headings->len);
        g_assert_cmpuint(item->depth, ==, item->parent < 0 ? 0 : ITEM(m, item->parent)->depth + 1);
        if (!item->exact) {
            g_assert_true(item->span.end == 0 && item->text.end == 0 && item->marker.end == 0 &&
                          item->tick == 0);
            continue;
        }
        check_lines(m, item->span, utf8);
        check_span(m, item->marker, utf8);
        check_span(m, item->text, utf8);
        check_item_bytes(m, item);
        g_assert_cmpuint(item->marker.start, >=, marker);
        marker = item->marker.end;
        if (item->parent >= 0 && ITEM(m, item->parent)->exact)
            g_assert_true(is_within(item->span, ITEM(m, item->parent)->span));
        for (int j = (int)i - 1; j >= 0; j--)
            if (ITEM(m, j)->parent == item->parent && ITEM(m, j)->exact) {
                g_assert_cmpuint(ITEM(m, j)->span.end, <=, item->span.start);
                break;
            }
    }
}

static void check_fences(const struct markdown *m, gboolean utf8)
{
    for (guint i = 0; i < m->fences->len; i++) {
        const struct markdown_fence *fence = FENCE(m, i);
        g_autoptr(GPtrArray) scenarios = markdown_scenarios(m, fence);
        gsize last = fence->content.start;
        if (!fence->exact) {
            g_assert_true(fence->span.end == 0 && scenarios->len == 0);
            continue;
        }
        check_lines(m, fence->span, utf8);
        check_lines(m, fence->content, utf8);
        check_span(m, fence->info, utf8);
        g_assert_true(is_within(fence->content, fence->span) && is_within(fence->info, fence->span));
        if (fence->item >= 0 && ITEM(m, fence->item)->exact)
            g_assert_true(is_within(fence->span, ITEM(m, fence->item)->span));
        for (guint j = 0; j < scenarios->len; j++) {
            const struct markdown_scenario *scenario = scenarios->pdata[j];
            check_span(m, scenario->span, utf8);
            g_assert_true(scenario->span.start >= last && is_within(scenario->span, fence->content));
            g_assert_true(g_utf8_validate(scenario->name, -1, NULL));
            last = scenario->span.end;
        }
    }
}

/* What is no prose stands in the order of the text, and in none of the prose. */
static void check_others(const struct markdown *m, gboolean utf8)
{
    gsize last = m->start;

    for (guint i = 0, next = 0; i < m->others->len; i++) {
        const struct markdown_other *other = &g_array_index(m->others, struct markdown_other, i);
        check_span(m, other->at.span, utf8);
        g_assert_true(other->at.span.start >= last && !span_is_empty(other->at.span));
        last = other->at.span.end;
        while (next < m->prose->len && PROSE(m, next)->span.start < other->at.span.start)
            next++;
        if (next > 0)
            g_assert_cmpuint(PROSE(m, next - 1)->span.end, <=, other->at.span.start);
        if (next < m->prose->len)
            g_assert_cmpuint(PROSE(m, next)->span.start, >=, other->at.span.end);
    }
}

static void check_words(const struct markdown *m, gboolean utf8)
{
    gsize last = m->start;
    guint block = 0;

    for (guint i = 0; i < m->prose->len; i++) {
        const struct markdown_prose *prose = PROSE(m, i);
        check_span(m, prose->span, utf8);
        g_assert_true(prose->span.start >= last && !span_is_empty(prose->span) && prose->block >= block);
        g_assert_true(prose->item < (int)m->items->len && prose->section < (int)m->headings->len);
        last = prose->span.end;
        block = prose->block;
        if (prose->item >= 0 && ITEM(m, prose->item)->exact)
            g_assert_true(is_within(prose->span, ITEM(m, prose->item)->span));
    }
    for (guint i = 0; i < m->links->len; i++)
        check_span(m, LINK(m, i)->text, utf8);
    check_others(m, utf8);
}

static void check_same_items(const struct markdown *a, const struct markdown *b, guint but)
{
    g_assert_cmpuint(a->items->len, ==, b->items->len);
    g_assert_cmpuint(a->headings->len, ==, b->headings->len);
    g_assert_cmpuint(a->fences->len, ==, b->fences->len);
    for (guint i = 0; i < a->items->len; i++) {
        const struct markdown_item *left = ITEM(a, i), *right = ITEM(b, i);
        g_assert_true(left->parent == right->parent && left->exact == right->exact);
        g_assert_true(i == but || left->task == right->task);
        g_assert_true(i == but || strcmp(left->plain, right->plain) == 0);
    }
}

/* Ticking an item, and putting other words in its place, does that and nothing else. */
static void check_edits(const struct markdown *m, guint index)
{
    const struct markdown_item *item = ITEM(m, index);
    g_autofree char *text = g_memdup2(m->text, m->length + 1);

    if (item->task != MARKDOWN_TASK_NONE) {
        text[item->tick] = item->task == MARKDOWN_TASK_TICKED ? ' ' : 'x';
        g_autoptr(Markdown) ticked = markdown_parse(text, m->length, m->start, NULL);
        check_same_items(m, ticked, index);
        g_assert_cmpint(ITEM(ticked, index)->task, !=, item->task);
        g_assert_cmpstr(ITEM(ticked, index)->plain, ==, item->plain);
    }
    if (!span_is_empty(item->text)) {
        memset(text + item->text.start, 'w', span_length(item->text));
        g_autoptr(Markdown) reworded = markdown_parse(text, m->length, m->start, NULL);
        check_same_items(m, reworded, index);
        g_assert_cmpint(strspn(ITEM(reworded, index)->plain, "w"), ==, span_length(item->text));
    }
}

/* The index behind the item and all in it. */
static guint behind(const struct markdown *m, guint index)
{
    guint next = index + 1;
    while (next < m->items->len && ITEM(m, next)->depth > ITEM(m, index)->depth)
        next++;
    return next;
}

/* The text with span replaced, read. The caller frees *text after the outline. */
static struct markdown *splice(const struct markdown *m, struct span span, const char *insert, char **text)
{
    GString *string = g_string_new_len(m->text, (gssize)m->length);

    g_string_erase(string, (gssize)span.start, (gssize)span_length(span));
    g_string_insert(string, (gssize)span.start, insert);
    gsize length = string->len;
    *text = g_string_free(string, FALSE);
    return markdown_parse(*text, length, m->start, NULL);
}

/* Whether one of the items begins right behind the other, as far to the right, in the same list. */
static gboolean are_neighbours(const struct markdown_item *item, const struct markdown_item *next)
{
    return next->exact && next->list == item->list && next->indent == item->indent &&
           next->span.start == item->span.end && next->span.start > item->span.start;
}

/* Without an item that stands between two brothers, the others are as they were; so they are with one more.
 */
static void check_brothers(const struct markdown *m, guint index)
{
    const struct markdown_item *item = ITEM(m, index);
    guint next = behind(m, index), before = index;
    g_autofree char *shorter = NULL, *longer = NULL;

    if (next == m->items->len || !are_neighbours(item, ITEM(m, next)))
        return;
    for (gsize i = item->span.start; i < item->marker.start; i++)
        if (!strchr(" \t", m->text[i]))
            return;
    g_autofree char *prefix = g_strndup(m->text + item->span.start, item->marker.end - item->span.start);
    g_autofree char *line = g_strconcat(prefix, " w\n", NULL);
    g_autoptr(Markdown) more = splice(m, (struct span){ item->span.end, item->span.end }, line, &longer);
    g_assert_cmpuint(more->items->len, ==, m->items->len + 1);
    for (guint i = 0; i < more->items->len; i++)
        g_assert_cmpstr(ITEM(more, i)->plain, ==, i == next ? "w" : ITEM(m, i < next ? i : i - 1)->plain);

    while (before > 0 && ITEM(m, before - 1)->depth > item->depth)
        before--;
    if (before == 0 || !are_neighbours(ITEM(m, before - 1), item))
        return;
    g_autoptr(Markdown) fewer = splice(m, item->span, "", &shorter);
    g_assert_cmpuint(fewer->items->len, ==, m->items->len - (next - index));
    for (guint i = 0; i < fewer->items->len; i++)
        g_assert_cmpstr(ITEM(fewer, i)->plain, ==, ITEM(m, i < index ? i : i + next - index)->plain);
}

static gboolean is_all_exact(const struct markdown *m)
{
    for (guint i = 0; i < m->items->len; i++)
        if (!ITEM(m, i)->exact)
            return FALSE;
    return TRUE;
}

/* md4c 0.4.8 decides by where a line stands in the file whether two blank lines end an item, and one behind
 * what is no paragraph. Edits that move lines can make it do so. */
static gboolean has_two_blank_lines(const struct markdown *m)
{
    guint blank = 0;
    for (gsize i = 0; i < m->length && blank < 3; i++)
        if (m->text[i] == '\n' || m->text[i] == '\r')
            blank++;
        else if (!strchr(" \t>", m->text[i]))
            blank = 0;
    return blank >= 3;
}

/* Whether what follows a blank line may go on with an item. */
static gboolean has_blank_within(const struct markdown *m)
{
    guint blank = 0;
    for (gsize i = 0; i < m->length; i++) {
        if (blank > 1 && strchr(" \t>", m->text[i]))
            return TRUE;
        if (m->text[i] == '\n' || m->text[i] == '\r')
            blank++;
        else if (!strchr(" \t>", m->text[i]))
            blank = 0;
    }
    return FALSE;
}

static void check(const char *text, gsize length, gsize start)
{
    g_autoptr(GPtrArray) findings = findings_new();
    g_autoptr(Markdown) m = markdown_parse(text, length, start, findings);
    gboolean utf8 = g_utf8_validate_len(text, length, NULL);

    g_assert_true(m->readable == (findings->len == 0));
    if (!m->readable)
        g_assert_cmpuint(m->items->len + m->headings->len + m->prose->len + m->fences->len, ==, 0);
    check_sections(m, utf8);
    check_items(m, utf8);
    check_fences(m, utf8);
    check_words(m, utf8);
    for (guint i = 0; i < m->items->len && i < 8 && !has_two_blank_lines(m); i++)
        if (ITEM(m, i)->exact) {
            check_edits(m, i);
            if (is_all_exact(m) && !has_blank_within(m))
                check_brothers(m, i);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_malloc(size + 1);
    const char *newline;

    if (size)
        memcpy(text, data, size);
    text[size] = 'x'; /* what is behind the text must not matter */
    check(text, size, 0);
    newline = memchr(text, '\n', size);
    if (newline)
        check(text, size, (gsize)(newline - text) + 1);
    return 0;
}
