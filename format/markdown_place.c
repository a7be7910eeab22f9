#include "markdown_blocks.h"

void placer_init(struct placer *placer, struct markdown *outline, gsize start, gboolean lone_cr)
{
    *placer = (struct placer){ .outline = outline, .lone_cr = lone_cr, .cursor = start, .block = PLACE_NONE };
    placer->awaited = g_array_new(FALSE, FALSE, sizeof(struct awaited));
    placer->settled = g_array_new(FALSE, FALSE, sizeof(struct settled));
}

void placer_clear(struct placer *placer)
{
    g_array_unref(placer->awaited);
    g_array_unref(placer->settled);
}

/* -- lines -- */

/* Sets line->parents to the containers that go on in the line, and reads what they take of it. */
static void match_containers(const struct placer *p, struct markdown_line *line)
{
    struct markdown_mark mark;

    markdown_line_indent(line);
    for (; line->parents < p->depth; line->parents++) {
        const struct placer_container *container = &p->stack[line->parents];
        if (container->mark != '>' && line->indent >= container->content) {
            line->indent -= container->content;
        } else if (container->mark == '>' && markdown_line_mark(line, &mark) && mark.kind == '>') {
            line->at++;
            line->column++;
            markdown_line_indent(line);
            line->indent -= line->indent > 0;
        } else {
            break;
        }
    }
    if (markdown_line_is_done(line))
        while (line->parents < p->depth && p->stack[line->parents].mark != '>')
            line->parents++;
}

/* How many of the containers are still open for the parser. */
static guint surviving(const struct placer *p)
{
    guint n = 0;
    while (n < p->depth && n < p->open && p->stack[n].serial == p->path[n])
        n++;
    return n;
}

static gboolean read_fenced(struct placer *p, const struct markdown_line *line, enum place leaf)
{
    if (markdown_line_is_closing(line, &p->fence.mark)) {
        /* Also where the items around it ended: md4c has it so. */
        p->used = line->next;
        placer_close_fence(p, line->start, line->next);
        placer_close_containers(p, line->parents);
        return TRUE;
    }
    if (line->parents < p->depth) {
        placer_close_block(p);
        return FALSE;
    }
    if (!markdown_line_is_done(line)) {
        p->used = line->next;
        p->wrong = p->wrong || leaf != PLACE_FENCE;
    }
    return TRUE;
}

static void read_blank(struct placer *p, const struct markdown_line *line)
{
    if (p->block != PLACE_NONE)
        placer_close_block(p);
    else if (p->bare && line->parents == p->depth)
        p->blank_behind = TRUE;
    placer_close_containers(p, line->parents);
}

/* Whether a fenced block begins here: md4c 0.4.8 lets one end a paragraph however far it is indented. */
static gboolean is_fence(const struct placer *p, const struct markdown_line *line,
                         struct markdown_fence_mark *mark)
{
    return markdown_line_is_fence(line, mark) &&
           (line->indent < MARKDOWN_CODE_INDENT || placer_awaits(p, PLACE_FENCE));
}

/* The rest of a line in which there are no words. */
static void read_silent(struct placer *p, struct markdown_line *line)
{
    struct markdown_fence_mark mark;
    gboolean goes_on = !line->opened && p->block == PLACE_PARAGRAPH;

    if (markdown_line_is_break(line)) {
        placer_begin_other(p, line);
        placer_take(p, PLACE_BREAK);
    } else if (p->block == PLACE_TABLE && line->parents == p->depth && !line->opened) {
        /* A row of empty cells. */
    } else if (markdown_line_is_heading(line)) {
        placer_begin_heading(p, line);
    } else if (is_fence(p, line, &mark)) {
        placer_begin_fence(p, line, mark);
    } else {
        if (!goes_on)
            placer_begin_paragraph(p, line);
        p->paragraph.end = line->stop;
        p->paragraph.lines += !p->paragraph.confirmed;
    }
}

/* The rest of a line in which the first words of a leaf stand. */
static void read_leaf(struct placer *p, struct markdown_line *line, enum place leaf)
{
    gboolean atx = leaf == PLACE_HEADING && markdown_line_is_heading(line);
    gboolean goes_on = !line->opened && p->block == PLACE_PARAGRAPH;

    if (atx) {
        placer_begin_heading(p, line);
    } else if (leaf == PLACE_OTHER) {
        placer_begin_other(p, line);
    } else if (leaf == PLACE_FENCE || (goes_on && p->paragraph.confirmed)) {
        p->wrong = TRUE;
    } else {
        if (!goes_on)
            placer_begin_paragraph(p, line);
        p->bare = FALSE;
        p->paragraph.confirmed = TRUE;
        if (leaf == PLACE_HEADING) {
            const struct awaited *heading = placer_take(p, leaf);
            p->paragraph.heading = TRUE;
            p->paragraph.index = heading ? heading->index : -1;
        } else if (leaf == PLACE_TABLE) {
            p->block = PLACE_TABLE;
        }
    }
}

/* Ends containers that could go on in the line by their columns but do not: an item that begins with two
 * blank lines has no more, and md4c has cases of its own, of which only a line with words tells. */
static void drop_parents(struct placer *p, struct markdown_line *line, enum place leaf)
{
    guint parents = line->parents;

    if (p->blank_behind && parents && parents == p->depth)
        parents--;
    p->blank_behind = FALSE;
    if (leaf == PLACE_NONE) {
        line->parents = parents;
        return;
    }
    line->parents = MIN(line->parents, surviving(p));
    if (line->parents < parents && p->silent)
        p->wrong = TRUE;
}

/* Reads the line at the cursor; leaf is what has its first words in it, or PLACE_NONE. */
static void read_line(struct placer *p, struct markdown_line *line, enum place leaf)
{
    match_containers(p, line);
    p->cursor = line->next;
    if (p->block == PLACE_FENCE && read_fenced(p, line, leaf))
        return;
    if (markdown_line_is_done(line)) {
        read_blank(p, line);
        return;
    }
    drop_parents(p, line, leaf);
    if (leaf != PLACE_NONE || !placer_read_underline(p, line)) {
        while ((leaf != PLACE_NONE || !markdown_line_is_break(line)) && placer_open_container(p, line))
            continue;
        if (leaf != PLACE_NONE)
            read_leaf(p, line, leaf);
        else if (!markdown_line_is_done(line))
            read_silent(p, line);
    }
    p->silent = line->opened ? 0 : p->silent + (leaf == PLACE_NONE);
    p->used = line->next;
}

/* -- agreement -- */

static void forget(struct placer *p)
{
    if (p->awaited->len)
        g_array_set_size(p->awaited, 0);
    if (p->settled->len)
        g_array_set_size(p->settled, 0);
    p->next = 0;
    p->silent = 0;
    p->wrong = FALSE;
}

/* Makes exact what is settled if the lines and the parser agree; else gives up on what is open. */
static void compare(struct placer *p)
{
    p->lost = p->wrong || p->next < p->awaited->len || p->depth != p->open || surviving(p) != p->depth;
    if (p->lost) {
        p->depth = 0;
        p->block = PLACE_NONE;
    } else {
        placer_make_exact(p);
    }
    forget(p);
}

/* Begins anew at a leaf that is in no container. If it is a heading, that was announced last. */
static void recover(struct placer *p, enum place leaf)
{
    struct awaited last = { .what = PLACE_NONE };

    if (p->awaited->len)
        last = g_array_index(p->awaited, struct awaited, p->awaited->len - 1);
    forget(p);
    if (leaf == PLACE_HEADING && last.what == leaf)
        g_array_append_val(p->awaited, last);
    p->bare = p->blank_behind = p->lost = FALSE;
}

gboolean placer_enter(struct placer *p, enum place what, char mark, int index)
{
    gboolean container = what <= PLACE_ITEM;
    struct awaited awaited = { what, mark, index, p->open, ++p->serial };

    if (container && p->open == MARKDOWN_DEPTH)
        return FALSE;
    g_array_append_val(p->awaited, awaited);
    if (container)
        p->path[p->open++] = awaited.serial;
    return TRUE;
}

void placer_leave(struct placer *p)
{
    p->open--;
}

void placer_reach(struct placer *p, enum place leaf, gsize offset)
{
    gboolean anew = p->lost && p->open == 0;
    struct markdown_line line;

    if (p->lost && !anew) {
        forget(p);
        return;
    }
    if (anew)
        recover(p, leaf);
    do {
        if (p->cursor == p->outline->length)
            break;
        markdown_line_start(&line, p->outline->text, p->outline->length, p->cursor, p->lone_cr);
        gboolean here = offset <= line.stop;
        if (here || !anew)
            read_line(p, &line, here ? leaf : PLACE_NONE);
        p->cursor = line.next;
    } while (offset >= p->cursor);
    compare(p);
}

void placer_end(struct placer *p, enum place leaf, gboolean shows)
{
    const struct markdown *outline = p->outline;

    if (p->reached) {
        gsize stop = markdown_line_stop(outline->text, outline->length, p->reached, p->lone_cr);
        p->cursor = p->used = markdown_line_next(outline->text, outline->length, stop);
        p->paragraph.end = stop;
    } else if (leaf == PLACE_PARAGRAPH && shows) {
        struct awaited awaited = { leaf, '\0', -1, p->open, ++p->serial };
        g_array_append_val(p->awaited, awaited);
    }
    p->reached = 0;
}

void placer_finish(struct placer *p)
{
    struct markdown_line line;

    while (!p->lost && p->cursor < p->outline->length) {
        markdown_line_start(&line, p->outline->text, p->outline->length, p->cursor, p->lone_cr);
        read_line(p, &line, PLACE_NONE);
    }
    if (p->lost)
        return;
    placer_close_block(p);
    placer_close_containers(p, 0);
    compare(p);
}
