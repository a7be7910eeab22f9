#include "markdown_render.h"

#include "markdown_entity.h"
#include "markdown_limits.h"
#include "markdown_render_private.h"

#include <md4c.h>
#include <string.h>

/* Wider lines help nobody, and padding of tables is paid by the line. */
#define WIDEST 400
#define RULE 40

/* -- leaves -- */

static guint measure(const struct render *render)
{
    return MIN(page_columns(&render->page), STYLED_MEASURE);
}

static void begin_leaf(struct render *render)
{
    render->leaf = TRUE;
    styled_clear(render->words);
}

/* Ends the open paragraph or heading. */
static void end_leaf(struct render *render)
{
    if (render->leaf && styled_length(render->words)) {
        page_separate(&render->page);
        page_print(&render->page, render->words, measure(render));
        page_space(&render->page);
    }
    render->leaf = render->implied = FALSE;
    render->base = 0;
}

static void enter_heading(struct render *render, guint level)
{
    static const guint marks[] = { STYLED(TABLE_BOLD) | STYLED_UNDERLINE, STYLED(TABLE_BOLD),
                                   STYLED_UNDERLINE };

    begin_leaf(render);
    render->base = marks[MIN(level, G_N_ELEMENTS(marks)) - 1];
    if (render->page.look.color)
        return;
    styled_add_fill(render->words, "#", level, 0);
    styled_add(render->words, " ", 1, 0, NULL);
}

static void leave_heading(struct render *render)
{
    end_leaf(render);
    /* What stands out by its style needs no line below. */
    if (render->page.look.color)
        render->page.gap = FALSE;
}

static void print_rule(struct render *render)
{
    g_autoptr(Styled) line = styled_new();
    guint columns = page_columns(&render->page);

    page_separate(&render->page);
    styled_add_fill(line, render->page.look.utf8 ? "─" : "-", columns ? MIN(columns, RULE) : RULE,
                    STYLED(TABLE_DIM));
    page_print_line(&render->page, line);
    page_space(&render->page);
}

static void begin_verbatim(struct render *render)
{
    render->verbatim = TRUE;
    g_string_truncate(render->raw, 0);
}

static void leave_code(struct render *render, const MD_BLOCK_CODE_DETAIL *detail)
{
    g_autofree char *info = markdown_entity_attribute(&detail->info);
    render_print_code(render, info);
    render->verbatim = FALSE;
}

static void leave_html(struct render *render)
{
    render_print_html(render);
    render->verbatim = FALSE;
}

/* -- tables -- */

static void enter_table(struct render *render, const MD_BLOCK_TABLE_DETAIL *detail)
{
    if ((guint64)detail->col_count * (detail->body_row_count + 1) > markdown_limits_cells(render->size)) {
        render->refused = TRUE;
        return;
    }
    begin_leaf(render);
    render_table_init(&render->table, detail->col_count);
}

static void enter_cell(struct render *render, gboolean heading)
{
    render->base = heading ? STYLED(TABLE_BOLD) : 0;
    render->cell = styled_length(render->words);
}

static void leave_cell(struct render *render, MD_ALIGN align)
{
    render_table_add(&render->table, render->cell, styled_length(render->words),
                     align == MD_ALIGN_RIGHT    ? RENDER_RIGHT
                     : align == MD_ALIGN_CENTER ? RENDER_CENTRE
                                                : RENDER_LEFT);
}

static void leave_table(struct render *render)
{
    render_table_print(&render->table, render->words, &render->page);
    render_table_clear(&render->table);
    render->leaf = FALSE;
    render->base = 0;
    page_space(&render->page);
}

/* -- containers -- */

static void enter_list(struct render *render, struct render_list list)
{
    if (render->list == G_N_ELEMENTS(render->lists)) {
        render->refused = TRUE;
        return;
    }
    render->lists[render->list++] = list;
}

/* "- ", "3. ", "☑ ", "3. [x] "; *width is where the text below goes, which is not indented by a box behind a
 * bullet or number. */
static struct styled *make_marker(const struct render *render, const struct render_list *list,
                                  const MD_BLOCK_LI_DETAIL *item, guint *width)
{
    gboolean utf8 = render->page.look.utf8, ticked = item->is_task && item->task_mark != ' ';
    struct styled *marker = styled_new();

    if (list->ordered) {
        g_autofree char *number = g_strdup_printf("%u%c ", list->number, list->mark);
        styled_add(marker, number, -1, 0, NULL);
    } else if (!item->is_task || !utf8) {
        styled_add(marker, utf8 ? "• " : "- ", -1, 0, NULL);
    }
    *width = MAX(styled_width(marker, 0, styled_length(marker)), 2);
    if (item->is_task)
        styled_add(marker, utf8 ? (ticked ? "☑ " : "☐ ") : (ticked ? "[x] " : "[ ] "), -1,
                   ticked ? STYLED(TABLE_GREEN) : 0, NULL);
    return marker;
}

static void enter_item(struct render *render, const MD_BLOCK_LI_DETAIL *detail)
{
    struct render_list *list = &render->lists[render->list - 1];
    guint width;

    if (list->begun && list->tight)
        render->page.gap = FALSE;
    list->begun = TRUE;
    struct styled *marker = make_marker(render, list, detail, &width);
    if (!page_open_item(&render->page, marker, width))
        render->refused = TRUE;
    list->number++;
}

static void leave_list(struct render *render)
{
    render->list--;
    page_space(&render->page);
}

/* -- md4c -- */

static void enter_container(struct render *render, MD_BLOCKTYPE type, const void *detail)
{
    const MD_BLOCK_UL_DETAIL *bullets = detail;
    const MD_BLOCK_OL_DETAIL *numbers = detail;

    if (type != MD_BLOCK_LI && render->list && render->lists[render->list - 1].tight)
        render->page.gap = FALSE;
    if (type == MD_BLOCK_UL)
        enter_list(render, (struct render_list){ .tight = bullets->is_tight != 0 });
    else if (type == MD_BLOCK_OL)
        enter_list(render, (struct render_list){ .ordered = TRUE,
                                                 .tight = numbers->is_tight != 0,
                                                 .number = numbers->start,
                                                 .mark = numbers->mark_delimiter });
    else if (type == MD_BLOCK_LI)
        enter_item(render, detail);
    else if (!page_open_quote(&render->page))
        render->refused = TRUE;
}

static void enter_block(struct render *render, MD_BLOCKTYPE type, const void *detail)
{
    switch (type) {
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
    case MD_BLOCK_LI:
        enter_container(render, type, detail);
        break;
    case MD_BLOCK_HR:
        print_rule(render);
        break;
    case MD_BLOCK_H:
        enter_heading(render, ((const MD_BLOCK_H_DETAIL *)detail)->level);
        break;
    case MD_BLOCK_CODE:
    case MD_BLOCK_HTML:
        begin_verbatim(render);
        break;
    case MD_BLOCK_P:
        begin_leaf(render);
        break;
    case MD_BLOCK_TABLE:
        enter_table(render, detail);
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        enter_cell(render, type == MD_BLOCK_TH);
        break;
    default:
        break;
    }
}

static void leave_block(struct render *render, MD_BLOCKTYPE type, const void *detail)
{
    switch (type) {
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_LI:
        page_close(&render->page);
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        leave_list(render);
        break;
    case MD_BLOCK_H:
        leave_heading(render);
        break;
    case MD_BLOCK_CODE:
        leave_code(render, detail);
        break;
    case MD_BLOCK_HTML:
        leave_html(render);
        break;
    case MD_BLOCK_P:
        end_leaf(render);
        break;
    case MD_BLOCK_TABLE:
        leave_table(render);
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        leave_cell(render, ((const MD_BLOCK_TD_DETAIL *)detail)->align);
        break;
    default:
        break;
    }
}

/* md4c 0.4.8 goes on in some places after it was told to stop: what is refused stays as it is. A negative
 * number is what stops it in the others. */
static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct render *render = data;
    if (render->refused)
        return -1;
    if (render->implied)
        end_leaf(render);
    enter_block(render, type, detail);
    return render->refused ? -1 : 0;
}

static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct render *render = data;
    if (render->refused)
        return -1;
    if (render->implied)
        end_leaf(render);
    leave_block(render, type, detail);
    return 0;
}

static int on_enter_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct render *render = data;
    if (!render->refused)
        render_enter_span(render, (int)type, detail);
    return render->refused ? -1 : 0;
}

static int on_leave_span(MD_SPANTYPE type, void *detail, void *data)
{
    struct render *render = data;
    if (render->refused)
        return -1;
    render_leave_span(render, (int)type, detail);
    return 0;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
    struct render *render = data;
    if (render->refused)
        return -1;
    render_add_text(render, (int)type, text, size);
    return 0;
}

/* -- */

static void print_definitions(struct render *render)
{
    page_space(&render->page);
    for (guint i = 0; i < render->definitions->len; i++) {
        g_autoptr(Styled) line = styled_new();
        page_separate(&render->page);
        styled_add(line, render->definitions->pdata[i], -1, STYLED(TABLE_DIM) | STYLED_LONG, NULL);
        page_print(&render->page, line, measure(render));
    }
}

static gboolean parse(struct render *render, const struct markdown_limits *limits)
{
    const MD_PARSER parser = { .flags = markdown_limits_flags(limits),
                               .enter_block = on_enter_block,
                               .leave_block = on_leave_block,
                               .enter_span = on_enter_span,
                               .leave_span = on_leave_span,
                               .text = on_text };

    if (md_parse(render->source, (MD_SIZE)render->size, &parser, render) != 0 || render->refused)
        return FALSE;
    render_pass(render, render->source + render->size);
    print_definitions(render);
    return TRUE;
}

static void clear(struct render *render)
{
    page_clear(&render->page);
    styled_free(render->words);
    g_string_free(render->raw, TRUE);
    render_table_clear(&render->table);
    g_ptr_array_unref(render->definitions);
    g_free(render->url);
}

gboolean markdown_render(GString *out, const char *text, gsize length, gsize start,
                         const struct styled_look *look)
{
    struct styled_look narrow = *look;
    struct markdown_limits limits;
    g_autofree char *ended = NULL;
    g_autoptr(GString) page = g_string_new(NULL);

    if (start == 0 && length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        start = 3;
    if (!markdown_limits_check(text, length, start, &limits, NULL))
        return FALSE;
    /* md4c 0.4.8 looks past the end of a text whose last line has no ending. */
    ended = g_strndup(text + start, length - start);
    struct render render = { .source = ended,
                             .size = length - start,
                             .cursor = ended,
                             .words = styled_new(),
                             .raw = g_string_new(NULL),
                             .definitions = g_ptr_array_new_with_free_func(g_free) };
    narrow.width = MIN(look->width, WIDEST);
    page_init(&render.page, page, &narrow);
    gboolean good = parse(&render, &limits);
    clear(&render);
    if (good)
        g_string_append_len(out, page->str, (gssize)page->len);
    return good;
}
