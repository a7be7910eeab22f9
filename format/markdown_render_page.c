#include "markdown_render_page.h"

void page_init(struct page *page, GString *out, const struct styled_look *look)
{
    *page = (struct page){ .out = out, .look = *look };
}

void page_clear(struct page *page)
{
    for (guint i = 0; i < page->depth; i++)
        styled_free(page->containers[i].marker);
}

/* What so many containers put before the first line that is printed next, or, not first, before those that
 * follow it. */
static struct styled *front_of(const struct page *page, guint depth, gboolean first)
{
    struct styled *front = styled_new();

    for (guint i = 0; i < depth; i++) {
        const struct page_container *container = &page->containers[i];
        if (container->quote)
            styled_add(front, page->look.utf8 ? "│ " : "> ", -1, STYLED(TABLE_DIM), NULL);
        else if (container->marker && first)
            styled_add_part(front, container->marker, 0, styled_length(container->marker));
        else
            styled_add_fill(front, " ", container->width, 0);
    }
    return front;
}

static void drop_markers(struct page *page)
{
    for (guint i = 0; i < page->depth; i++)
        g_clear_pointer(&page->containers[i].marker, styled_free);
}

gboolean page_open_quote(struct page *page)
{
    if (page->depth == MARKDOWN_DEPTH)
        return FALSE;
    page->containers[page->depth++] = (struct page_container){ .quote = TRUE, .width = 2 };
    return TRUE;
}

gboolean page_open_item(struct page *page, struct styled *marker, guint width)
{
    if (page->depth == MARKDOWN_DEPTH) {
        styled_free(marker);
        return FALSE;
    }
    page->containers[page->depth++] = (struct page_container){ .marker = marker, .width = width };
    return TRUE;
}

void page_close(struct page *page)
{
    if (page->containers[page->depth - 1].marker) {
        g_autoptr(Styled) nothing = styled_new();
        page_separate(page);
        page_print_line(page, nothing);
    }
    page->depth--;
    page->gap_depth = MIN(page->gap_depth, page->depth);
}

guint page_columns(const struct page *page)
{
    guint taken = 0;

    if (!page->look.width)
        return 0;
    for (guint i = 0; i < page->depth; i++)
        taken += page->containers[i].width;
    return MAX(page->look.width > taken ? page->look.width - taken : 0, MIN(page->look.width, 20));
}

void page_space(struct page *page)
{
    page->gap = TRUE;
    page->gap_depth = page->depth;
}

void page_separate(struct page *page)
{
    if (page->gap && page->out->len) {
        g_autoptr(Styled) front = front_of(page, page->gap_depth, FALSE);
        styled_print_line(front, page->out, &page->look);
    }
    page->gap = FALSE;
}

void page_print(struct page *page, const struct styled *text, guint columns)
{
    g_autoptr(Styled) first = front_of(page, page->depth, TRUE), rest = front_of(page, page->depth, FALSE);
    struct styled_look look = page->look;

    look.width = columns ? columns + styled_width(rest, 0, styled_length(rest)) : 0;
    styled_print(text, page->out, first, rest, &look);
    if (styled_length(text))
        drop_markers(page);
}

void page_print_line(struct page *page, const struct styled *line)
{
    g_autoptr(Styled) whole = front_of(page, page->depth, TRUE);
    styled_add_part(whole, line, 0, styled_length(line));
    styled_print_line(whole, page->out, &page->look);
    drop_markers(page);
}
