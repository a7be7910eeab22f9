#include "edit_step.h"

#include <string.h>

/* The last entry of the first level within the section, or NULL. */
static const struct markdown_item *last_item(const struct markdown *body,
                                             const struct markdown_section *section, guint *index)
{
    const struct markdown_item *last = NULL;
    for (guint i = 0; i < body->items->len; i++) {
        const struct markdown_item *item = edit_item_at(body, i);
        if (item->span.start >= section->content.end)
            break;
        if (item->span.start >= section->content.start && item->depth == 0) {
            last = item;
            *index = i;
        }
    }
    return last;
}

guint edit_items_before(const struct markdown *body, gsize offset)
{
    guint count = 0;
    while (count < body->items->len && edit_item_at(body, count)->span.start < offset)
        count++;
    return count;
}

guint edit_items_end(const struct markdown *body, guint index)
{
    gsize end = edit_item_at(body, index)->span.end;
    guint after = index + 1;
    while (after < body->items->len && edit_item_at(body, after)->span.start < end)
        after++;
    return after;
}

static guint64 number_of(const struct document *document, const struct markdown_item *item)
{
    return g_ascii_strtoull(document->text + item->marker.start, NULL, 10);
}

/* What the line of the item's marker has before that marker, with spaces for what is not white space there:
 * the markers of entries around it. */
static char *indent_of(const struct document *document, const struct markdown_item *item)
{
    gsize line = lines_start(document->text, document->length, item->marker.start);
    char *indent = g_strndup(document->text + line, item->marker.start - line);

    for (char *at = indent; *at; at++)
        if (*at != '\t')
            *at = ' ';
    return indent;
}

/* What the line of a new entry behind last begins with: its indentation, its marker (a number one up, but not
 * in a list that has the same everywhere) and, where boxed, its box. */
static char *prefix_like(const struct document *document, const struct markdown_item *last,
                         const struct markdown_item *before, gboolean boxed)
{
    g_autofree char *indent = indent_of(document, last);
    g_autofree char *marker = g_strndup(document->text + last->marker.start, span_length(last->marker));

    if (last->ordered) {
        guint64 number = number_of(document, last);
        gboolean counts = !before || number_of(document, before) != number;
        g_free(marker);
        marker = g_strdup_printf("%" G_GUINT64_FORMAT "%c", number + counts, last->mark);
    }
    gsize text = last->marker.end;
    gsize spaces = lines_spaces(document->text, document->length, text);
    g_autofree char *gap = g_strnfill(last->ordered || spaces == 0 || spaces > 4 ? 1 : spaces, ' ');
    return g_strconcat(indent, marker, gap, boxed && last->task != MARKDOWN_TASK_NONE ? "[ ] " : "", NULL);
}

static gboolean add_behind(struct edit *edit, guint index, const char *text, gboolean boxed, GError **error)
{
    const struct document *document = edit->document;
    const struct markdown *body = document->body;
    const struct markdown_item *last = edit_item_at(body, index), *before = edit_brother_before(body, index);
    gboolean loose = before && before->exact && before->span.end < last->span.start;
    gsize offset = last->span.end;
    const char *ending = lines_ending(document->text, document->length, offset ? offset - 1 : 0);
    gboolean bare_end = offset > 0 && document->text[offset - 1] != '\n';
    g_autofree char *prefix = prefix_like(document, last, before, boxed);
    g_autofree char *line =
        g_strconcat(bare_end ? ending : "", loose ? ending : "", prefix, text, bare_end ? "" : ending, NULL);
    struct edit_meant meant = EDIT_MEANT_NOTHING;

    meant.added = 1;
    meant.added_at = edit_items_before(body, offset);
    meant.text = text;
    meant.depth = last->depth;
    return edit_prove_body(edit, edit_splice(edit, (struct span){ offset, offset }, line), &meant,
                           "add the entry", error);
}

static gboolean add(struct edit *edit, const struct edit_section *section, const char *text, GError **error)
{
    if (!edit_check_body(edit, error) || !edit_check_line(text, error))
        return FALSE;
    const struct markdown *body = edit->document->body;
    const struct markdown_section *found = markdown_section_find(body, section->names);
    g_autofree char *line = g_strconcat("- [ ] ", text, NULL);
    struct edit_meant meant = EDIT_MEANT_NOTHING;
    guint index = 0;

    meant.added = 1;
    meant.text = text;
    if (!found)
        return edit_add_section(edit, section, line, meant, error);
    const struct markdown_item *last = last_item(body, found, &index);
    if (last)
        return last->exact ? add_behind(edit, index, text, TRUE, error) : edit_refuse(error, "add the entry");

    gsize offset = edit_section_end(edit->document, found);
    meant.added_at = edit_items_before(body, offset);
    return edit_prove_body(edit, edit_splice_block(edit, offset, line), &meant, "add the entry", error);
}

gboolean edit_list_add(struct edit *edit, const struct edit_section *section, const char *text,
                       GError **error)
{
    struct edit_step *step = edit_step_section(EDIT_STEP_LIST_ADD, section, text);

    step->count = edit_count_in_section(edit, section, text) + 1;
    return edit_step_keep(edit, step, add(edit, section, text, error));
}

/* -- entries in entries -- */

/* Behind which column, from 0, what is nested in the item stands; sets *tabs where tabs lead there. */
static gsize content_column(const struct document *document, const struct markdown_item *item, gboolean *tabs)
{
    const char *text = document->text;
    gsize column = 0, marker = 0, at = lines_start(text, document->length, item->marker.start);

    *tabs = FALSE;
    for (; at < document->length && (at < item->marker.end || text[at] == ' ' || text[at] == '\t'); at++) {
        if (at == item->marker.end)
            marker = column;
        column = text[at] == '\t' ? (column / 4 + 1) * 4 : column + ((text[at] & 0xC0) != 0x80);
        *tabs |= text[at] == '\t';
    }
    if (at == item->marker.end)
        marker = column;
    gboolean empty = at >= document->length || text[at] == '\n' || text[at] == '\r';
    /* Five columns and more belong to the content, as code does. */
    return empty || column - marker > 4 ? marker + 1 : column;
}

/* An entry that is nested as one in the item would be, on a line of its own: of the same list rather than of
 * another, the last of them; NULL where there is none. */
static const struct markdown_item *nested_like(const struct document *document, guint index)
{
    const struct markdown *body = document->body;
    const struct markdown_item *item = edit_item_at(body, index), *found = NULL;
    gboolean tabs, brother = FALSE;
    gsize column = content_column(document, item, &tabs);

    for (guint i = 0; i < body->items->len; i++) {
        const struct markdown_item *child = edit_item_at(body, i);
        if (child->parent < 0 || !child->exact || child->ordered)
            continue;
        const struct markdown_item *parent = edit_item_at(body, (guint)child->parent);
        gboolean own_line = parent->exact && lines_start(document->text, document->length,
                                                         child->marker.start) >= parent->marker.end;
        if (!own_line || (brother && parent->list != item->list) ||
            content_column(document, parent, &tabs) != column)
            continue;
        found = child;
        brother = parent->list == item->list;
    }
    return found;
}

/* What the line of the first entry in the item begins with. */
static char *nested_prefix(const struct document *document, guint index)
{
    const struct markdown_item *item = edit_item_at(document->body, index);
    const struct markdown_item *like = nested_like(document, index);
    if (like)
        return prefix_like(document, like, NULL, FALSE);

    gboolean tabs;
    gsize column = content_column(document, item, &tabs), wide = tabs ? column / 4 : 0;
    g_autofree char *tab = g_strnfill(wide, '\t'), *space = g_strnfill(column - 4 * wide, ' ');
    char mark[] = { item->ordered ? '-' : item->mark, ' ', '\0' };
    return g_strconcat(tab, space, mark, NULL);
}

static gboolean nest(struct edit *edit, guint index, const char *text, GError **error)
{
    if (!edit_check_item(edit, index, "add to the entry", error) || !edit_check_line(text, error))
        return FALSE;
    const struct document *document = edit->document;
    const struct markdown *body = document->body;
    const struct markdown_item *item = edit_item_at(body, index);
    guint last = index;

    for (guint i = index + 1; i < edit_items_end(body, index); i++)
        if (edit_item_at(body, i)->parent == (int)index)
            last = i;
    if (last != index)
        return edit_item_at(body, last)->exact ? add_behind(edit, last, text, FALSE, error)
                                               : edit_refuse(error, "add to the entry");

    gsize offset = item->span.end;
    const char *ending = edit_ending_before(document, offset);
    gboolean bare_end = document->text[offset - 1] != '\n';
    g_autofree char *prefix = nested_prefix(document, index);
    g_autofree char *line = g_strconcat(bare_end ? ending : "", prefix, text, bare_end ? "" : ending, NULL);
    struct edit_meant meant = EDIT_MEANT_NOTHING;
    meant.added = 1;
    meant.added_at = index + 1;
    meant.text = text;
    meant.depth = item->depth + 1;
    return edit_prove_body(edit, edit_splice(edit, (struct span){ offset, offset }, line), &meant,
                           "add to the entry", error);
}

gboolean edit_list_nest(struct edit *edit, guint index, const char *text, GError **error)
{
    struct edit_step *step = edit_step_listed(edit, EDIT_STEP_LIST_NEST, index);

    step->text = g_strdup(text);
    step->count = edit_count_nested(edit, index, text) + 1;
    return edit_step_keep(edit, step, nest(edit, index, text, error));
}
