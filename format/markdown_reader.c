#include "markdown_reader.h"

#include <md4c.h>
#include <string.h>

int reader_section(const struct reader *reader)
{
    return (int)reader->outline->headings->len - 1;
}

static struct reader_level *level_of(struct reader *reader)
{
    return &reader->levels[reader->level];
}

/* -- leaves -- */

void reader_begin_leaf(struct reader *reader, enum place leaf, gboolean implied)
{
    reader->leaf = leaf;
    reader->implied = implied;
    reader->placed = reader->shows = FALSE;
    reader->block++;
}

static void end_leaf(struct reader *reader)
{
    if (reader->leaf == PLACE_NONE)
        return;
    placer_end(&reader->placer, reader->leaf, reader->shows);
    reader->leaf = PLACE_NONE;
    if (!reader->in_heading)
        return;
    struct markdown_heading *heading =
        &g_array_index(reader->outline->headings, struct markdown_heading, reader_section(reader));
    heading->title = g_utf8_make_valid(reader->title->str, (gssize)reader->title->len);
    g_strstrip(heading->title);
    reader->in_heading = FALSE;
}

static void enter_heading(struct reader *reader, guint level)
{
    struct markdown_heading heading = { .level = level };
    int index = -1;

    reader_begin_leaf(reader, PLACE_HEADING, FALSE);
    if (reader->containers == 0) {
        g_array_append_val(reader->outline->headings, heading);
        index = reader_section(reader);
        reader->in_heading = TRUE;
        g_string_truncate(reader->title, 0);
    }
    placer_enter(&reader->placer, PLACE_HEADING, '\0', index);
}

static void enter_code(struct reader *reader, const MD_BLOCK_CODE_DETAIL *code)
{
    struct markdown_fence fence = { .section = reader_section(reader), .item = level_of(reader)->item };
    int index = -1;

    reader_begin_leaf(reader, code->fence_char ? PLACE_FENCE : PLACE_OTHER, FALSE);
    if (!code->fence_char)
        return;
    if (reader->quotes == 0) {
        g_array_append_val(reader->outline->fences, fence);
        index = (int)reader->outline->fences->len - 1;
    }
    placer_enter(&reader->placer, PLACE_FENCE, '\0', index);
}

/* -- containers -- */

static void enter_list(struct reader *reader, char mark)
{
    struct reader_level level = { .list = reader->lists++, .mark = mark, .item = level_of(reader)->item };
    reader->levels[++reader->level] = level;
}

static gboolean announce_container(struct reader *reader, enum place what, char mark, int index)
{
    reader->containers++;
    if (placer_enter(&reader->placer, what, mark, index))
        return TRUE;
    reader->refusal = REFUSAL_DEPTH;
    return FALSE;
}

static gboolean enter_item(struct reader *reader, const MD_BLOCK_LI_DETAIL *detail)
{
    struct reader_level *level = level_of(reader);
    struct markdown_item item = { .depth = reader->level - 1,
                                  .list = level->list,
                                  .parent = level->item,
                                  .section = reader_section(reader),
                                  .ordered = level->mark == '.' || level->mark == ')',
                                  .mark = level->mark };

    if (reader->quotes > 0)
        return announce_container(reader, PLACE_ITEM, level->mark, -1);
    if (detail->is_task) {
        item.task = detail->task_mark == ' ' ? MARKDOWN_TASK_UNTICKED : MARKDOWN_TASK_TICKED;
        item.tick = reader->origin + detail->task_mark_offset;
    }
    g_array_append_val(reader->outline->items, item);
    level->item = (int)reader->outline->items->len - 1;
    return announce_container(reader, PLACE_ITEM, level->mark, level->item);
}

static void leave_container(struct reader *reader)
{
    reader->containers--;
    placer_leave(&reader->placer);
}

static gboolean check_table(struct reader *reader, const MD_BLOCK_TABLE_DETAIL *table)
{
    if ((guint64)table->col_count * (table->body_row_count + 1) <= markdown_limits_cells(reader->size))
        return TRUE;
    reader->refusal = REFUSAL_SIZE;
    return FALSE;
}

/* What a callback returns: md4c 0.4.8 stops for negative numbers only, in most places. */
static int go_on(gboolean yes)
{
    return yes ? 0 : -1;
}

static gboolean enter_container(struct reader *reader, MD_BLOCKTYPE type, void *detail)
{
    if (type == MD_BLOCK_LI)
        return enter_item(reader, detail);
    if (type == MD_BLOCK_QUOTE) {
        reader->quotes++;
        return announce_container(reader, PLACE_QUOTE, '>', -1);
    }
    if (type == MD_BLOCK_UL)
        enter_list(reader, ((MD_BLOCK_UL_DETAIL *)detail)->mark);
    else
        enter_list(reader, ((MD_BLOCK_OL_DETAIL *)detail)->mark_delimiter);
    return TRUE;
}

static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct reader *reader = data;

    if (reader->implied)
        end_leaf(reader);
    switch (type) {
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
    case MD_BLOCK_LI:
        return go_on(enter_container(reader, type, detail));
    case MD_BLOCK_HR:
        placer_enter(&reader->placer, PLACE_BREAK, '\0', -1);
        break;
    case MD_BLOCK_H:
        enter_heading(reader, ((MD_BLOCK_H_DETAIL *)detail)->level);
        break;
    case MD_BLOCK_CODE:
        enter_code(reader, detail);
        break;
    case MD_BLOCK_HTML:
        reader_begin_leaf(reader, PLACE_OTHER, FALSE);
        break;
    case MD_BLOCK_P:
        reader_begin_leaf(reader, PLACE_PARAGRAPH, FALSE);
        break;
    case MD_BLOCK_TABLE:
        reader_begin_leaf(reader, PLACE_TABLE, FALSE);
        return go_on(check_table(reader, detail));
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        reader->block++;
        break;
    default:
        break;
    }
    return 0;
}

static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *data)
{
    struct reader *reader = data;

    if (reader->implied)
        end_leaf(reader);
    switch (type) {
    case MD_BLOCK_QUOTE:
        reader->quotes--;
        leave_container(reader);
        break;
    case MD_BLOCK_LI:
        level_of(reader)->item = reader->levels[reader->level - 1].item;
        leave_container(reader);
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        reader->level--;
        break;
    case MD_BLOCK_H:
    case MD_BLOCK_CODE:
    case MD_BLOCK_HTML:
    case MD_BLOCK_P:
    case MD_BLOCK_TABLE:
        end_leaf(reader);
        break;
    default:
        break;
    }
    return 0;
}

/* -- md4c -- */

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data)
{
    reader_add_text(data, (int)type, text, size);
    return 0;
}

static int on_enter_span(MD_SPANTYPE type, void *detail, void *data)
{
    return go_on(reader_enter_span(data, (int)type, detail));
}

static int on_leave_span(MD_SPANTYPE type, void *detail, void *data)
{
    reader_leave_span(data, (int)type, detail);
    return 0;
}

enum reader_refusal markdown_read(struct markdown *outline, gsize start, const struct markdown_limits *limits,
                                  gsize *offset)
{
    MD_PARSER parser = { .flags = markdown_limits_flags(limits),
                         .enter_block = on_enter_block,
                         .leave_block = on_leave_block,
                         .enter_span = on_enter_span,
                         .leave_span = on_leave_span,
                         .text = on_text };
    struct reader reader = { .outline = outline,
                             .source = outline->text + start,
                             .size = outline->length - start,
                             .origin = start,
                             .leaf = PLACE_NONE,
                             .title = g_string_new(NULL) };
    g_autofree char *ended = NULL;

    /* md4c 0.4.8 looks past the end of a text whose last line has no ending. */
    if (reader.size && outline->text[outline->length - 1] != '\n')
        reader.source = ended = g_strndup(reader.source, reader.size);
    reader.levels[0].item = -1;
    placer_init(&reader.placer, outline, start, limits->lone_cr);
    if (md_parse(reader.source, (MD_SIZE)reader.size, &parser, &reader) != 0 &&
        reader.refusal == REFUSAL_NONE)
        reader.refusal = REFUSAL_FAILURE;
    if (reader.refusal == REFUSAL_NONE)
        placer_finish(&reader.placer);
    *offset = reader.placer.cursor;
    g_string_free(reader.title, TRUE);
    placer_clear(&reader.placer);
    return reader.refusal;
}
