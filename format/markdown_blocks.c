#include "markdown_blocks.h"

static struct markdown_item *item_at(struct placer *p, int index)
{
    return &g_array_index(p->outline->items, struct markdown_item, index);
}

static struct markdown_heading *heading_at(struct placer *p, int index)
{
    return &g_array_index(p->outline->headings, struct markdown_heading, index);
}

static struct markdown_fence *fence_at(struct placer *p, int index)
{
    return &g_array_index(p->outline->fences, struct markdown_fence, index);
}

/* -- what the parser announced -- */

static const struct awaited *awaited_at(const struct placer *p, guint index)
{
    return index < p->awaited->len ? &g_array_index(p->awaited, struct awaited, index) : NULL;
}

/* Whether the open paragraph, seen without words so far, is the next the parser announced. */
static gboolean is_paragraph_next(const struct placer *p)
{
    const struct awaited *next = awaited_at(p, p->next);
    return p->block == PLACE_PARAGRAPH && !p->paragraph.confirmed && next && next->what == PLACE_PARAGRAPH &&
           next->depth == p->depth;
}

/* What is announced next but for the open paragraph. */
static const struct awaited *upcoming(const struct placer *p)
{
    return awaited_at(p, p->next + is_paragraph_next(p));
}

gboolean placer_awaits(const struct placer *p, enum place what)
{
    const struct awaited *next = upcoming(p);
    return next && next->what == what;
}

const struct awaited *placer_take(struct placer *p, enum place what)
{
    const struct awaited *next = awaited_at(p, p->next);

    p->bare = FALSE;
    if (!next || next->what != what || next->depth != p->depth) {
        p->wrong = TRUE;
        return NULL;
    }
    p->next++;
    return next;
}

static void settle(struct placer *p, enum place what, int index)
{
    struct settled settled = { what, index };
    if (index >= 0)
        g_array_append_val(p->settled, settled);
}

void placer_make_exact(struct placer *p)
{
    for (guint i = 0; i < p->settled->len; i++) {
        struct settled settled = g_array_index(p->settled, struct settled, i);
        if (settled.what == PLACE_ITEM)
            item_at(p, settled.index)->exact = TRUE;
        else if (settled.what == PLACE_HEADING)
            heading_at(p, settled.index)->exact = TRUE;
        else
            fence_at(p, settled.index)->exact = TRUE;
    }
}

/* -- ends -- */

/* The paragraph's text without the white space around it. */
static struct span paragraph_text(const struct placer *p)
{
    const char *text = p->outline->text;
    struct span span = { p->paragraph.start, p->paragraph.end };

    while (span.end > span.start && g_ascii_isspace(text[span.end - 1]))
        span.end--;
    while (span.start < span.end && g_ascii_isspace(text[span.start]))
        span.start++;
    return span;
}

/* Whether the paragraph's first lines may be link definitions, which the parser takes away without a word. */
static gboolean is_doubtful(const struct placer *p)
{
    const struct placer_paragraph *paragraph = &p->paragraph;
    guint harmless = paragraph->confirmed ? 0 : 1;
    return paragraph->lines > harmless && p->outline->text[paragraph->start] == '[';
}

static void close_paragraph(struct placer *p)
{
    struct placer_paragraph *paragraph = &p->paragraph;
    gboolean doubtful = is_doubtful(p);

    if (paragraph->heading)
        p->wrong = TRUE;
    if (is_paragraph_next(p)) {
        placer_take(p, PLACE_PARAGRAPH);
        paragraph->confirmed = TRUE;
    }
    if (paragraph->confirmed && paragraph->owner) {
        struct placer_container *owner = &p->stack[paragraph->owner - 1];
        owner->doubtful = doubtful;
        struct span text = paragraph_text(p);
        if (!span_is_empty(text))
            item_at(p, owner->item)->text = text;
    }
}

void placer_close_fence(struct placer *p, gsize content_end, gsize end)
{
    if (p->fence.index >= 0) {
        struct markdown_fence *fence = fence_at(p, p->fence.index);
        fence->content.end = content_end;
        fence->span.end = end;
        settle(p, PLACE_FENCE, p->fence.index);
    }
    p->block = PLACE_NONE;
}

void placer_close_block(struct placer *p)
{
    if (p->block == PLACE_PARAGRAPH)
        close_paragraph(p);
    else if (p->block == PLACE_FENCE)
        placer_close_fence(p, p->used, p->used);
    p->block = PLACE_NONE;
}

void placer_close_containers(struct placer *p, guint depth)
{
    while (p->depth > depth) {
        const struct placer_container *container = &p->stack[--p->depth];
        p->bare = FALSE;
        if (container->item < 0)
            continue;
        struct markdown_item *item = item_at(p, container->item);
        item->span.end = p->used;
        if (!container->doubtful && (container->boxed || item->task == MARKDOWN_TASK_NONE))
            settle(p, PLACE_ITEM, container->item);
    }
}

/* -- beginnings -- */

/* Ends what does not go on in the line, so that a leaf can begin there. Returns the container it begins in.
 */
static struct placer_container *make_room(struct placer *p, const struct markdown_line *line)
{
    placer_close_block(p);
    placer_close_containers(p, line->parents);
    return p->depth ? &p->stack[p->depth - 1] : NULL;
}

/* Where text would go in an item without any: one space behind what stands before it. */
static struct span empty_text(const struct markdown_line *line, gsize behind)
{
    gsize at = behind < line->stop && markdown_is_blank(line->text[behind]) ? behind + 1 : behind;
    return (struct span){ at, at };
}

/* Reads the box of a task. md4c has seen it, but for an item after one that ends with a quote: there it
 * forgets to look. */
static void read_box(struct placer *p, struct markdown_line *line, struct placer_container *container)
{
    struct markdown_item *item = item_at(p, container->item);

    if (!markdown_line_is_box(line) || (item->task != MARKDOWN_TASK_NONE && item->tick != line->at + 1))
        return;
    item->tick = line->at + 1;
    item->task = line->text[item->tick] == ' ' ? MARKDOWN_TASK_UNTICKED : MARKDOWN_TASK_TICKED;
    container->boxed = TRUE;
    line->at += 3;
    item->text = empty_text(line, line->at);
    markdown_line_indent(line);
}

void placer_begin_paragraph(struct placer *p, struct markdown_line *line)
{
    struct placer_container *container = make_room(p, line);

    p->paragraph = (struct placer_paragraph){ .line = line->start, .end = line->stop, .index = -1 };
    if (container && container->fresh && container->item >= 0) {
        if (line->opened)
            read_box(p, line, container);
        p->paragraph.owner = p->depth;
    }
    if (container)
        container->fresh = FALSE;
    p->paragraph.start = line->at;
    p->block = PLACE_PARAGRAPH;
}

void placer_begin_other(struct placer *p, const struct markdown_line *line)
{
    struct placer_container *container = make_room(p, line);
    if (container)
        container->fresh = FALSE;
    p->bare = FALSE;
}

void placer_begin_heading(struct placer *p, const struct markdown_line *line)
{
    placer_begin_other(p, line);
    const struct awaited *heading = placer_take(p, PLACE_HEADING);
    if (heading && heading->index >= 0) {
        heading_at(p, heading->index)->span = (struct span){ line->start, line->stop };
        settle(p, PLACE_HEADING, heading->index);
    }
}

void placer_begin_fence(struct placer *p, const struct markdown_line *line, struct markdown_fence_mark mark)
{
    placer_begin_other(p, line);
    const struct awaited *awaited = placer_take(p, PLACE_FENCE);
    if (!awaited)
        return;
    p->block = PLACE_FENCE;
    p->fence = (struct placer_fence){ mark, awaited->index };
    if (awaited->index < 0)
        return;
    struct markdown_fence *fence = fence_at(p, awaited->index);
    gsize at = line->at + mark.length;
    while (at < line->stop && markdown_is_blank(line->text[at]))
        at++;
    fence->span.start = line->start;
    fence->content.start = line->next;
    for (fence->info = (struct span){ at, at }; at < line->stop && !markdown_is_blank(line->text[at]); at++)
        fence->info.end++;
}

gboolean placer_read_underline(struct placer *p, const struct markdown_line *line)
{
    struct placer_paragraph *paragraph = &p->paragraph;

    if (p->block != PLACE_PARAGRAPH || line->parents < p->depth || !markdown_line_is_underline(line))
        return FALSE;
    gboolean doubtful = is_doubtful(p);
    if (!paragraph->heading) {
        const struct awaited *heading = placer_take(p, PLACE_HEADING);
        paragraph->index = heading ? heading->index : -1;
    }
    if (paragraph->index >= 0) {
        heading_at(p, paragraph->index)->span = (struct span){ paragraph->line, line->stop };
        if (!doubtful)
            settle(p, PLACE_HEADING, paragraph->index);
    }
    p->block = PLACE_NONE;
    return TRUE;
}

/* Whether a marker here, which the parser announced, begins a container: some cannot end a paragraph. */
static gboolean can_open(const struct placer *p, const struct markdown_line *line,
                         const struct markdown_mark *mark)
{
    if (line->opened || p->block != PLACE_PARAGRAPH || mark->kind == '>' || line->parents < p->depth)
        return TRUE;
    return mark->end < line->stop && ((mark->kind != '.' && mark->kind != ')') || mark->number == 1);
}

gboolean placer_open_container(struct placer *p, struct markdown_line *line)
{
    const struct awaited *next = upcoming(p);
    struct markdown_mark mark;
    gsize at = line->at;

    if (!next || next->what > PLACE_ITEM || !markdown_line_mark(line, &mark) || mark.kind != next->mark ||
        !can_open(p, line, &mark))
        return FALSE;
    struct placer_container *around = make_room(p, line);
    if (!placer_take(p, next->what))
        return FALSE;
    if (around)
        around->fresh = FALSE;
    p->stack[p->depth++] = (struct placer_container){ .serial = next->serial,
                                                      .mark = mark.kind,
                                                      .fresh = TRUE,
                                                      .content = markdown_line_pass(line, &mark),
                                                      .item = next->index };
    p->bare = mark.kind != '>';
    line->parents = p->depth;
    line->opened = TRUE;
    if (next->index >= 0) {
        struct markdown_item *item = item_at(p, next->index);
        item->span.start = line->start;
        item->indent = at - line->start;
        item->marker = (struct span){ at, mark.end };
        item->text = empty_text(line, mark.end);
    }
    return TRUE;
}
