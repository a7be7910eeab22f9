#include "edit_step.h"

#include <string.h>

gboolean edit_is_line(const char *text)
{
    if (!*text || strchr(" \t", *text) || strchr(" \t", text[strlen(text) - 1]))
        return FALSE;
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        GUnicodeType type = g_unichar_type(g_utf8_get_char(at));
        if (type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR ||
            (type == G_UNICODE_CONTROL && *at != '\t'))
            return FALSE;
    }
    return TRUE;
}

gboolean edit_check_line(const char *text, GError **error)
{
    if (edit_is_line(text))
        return TRUE;
    g_set_error(error, EDIT_ERROR, EDIT_ERROR_UNSAFE, "expected one line of text, %s",
                *text ? "without control characters, or spaces around it" : "saw none");
    return FALSE;
}

gboolean edit_check_item(struct edit *edit, guint index, const char *what, GError **error)
{
    if (!edit_check_body(edit, error))
        return FALSE;
    g_assert(index < edit->document->body->items->len);
    return edit_item_at(edit->document->body, index)->exact || edit_refuse(error, what);
}

const struct markdown_item *edit_brother_before(const struct markdown *body, guint index)
{
    for (guint i = index; i-- > 0;)
        if (edit_item_at(body, i)->list == edit_item_at(body, index)->list)
            return edit_item_at(body, i);
    return NULL;
}

/* The entry behind this one in its list; NULL where it is the last. */
static const struct markdown_item *brother_behind(const struct markdown *body, guint index)
{
    for (guint i = index + 1; i < body->items->len; i++)
        if (edit_item_at(body, i)->list == edit_item_at(body, index)->list)
            return edit_item_at(body, i);
    return NULL;
}

static gboolean tick(struct edit *edit, guint index, gboolean ticked, GError **error)
{
    if (!edit_check_item(edit, index, "tick the entry", error))
        return FALSE;
    const struct markdown_item *item = edit_item_at(edit->document->body, index);
    struct edit_meant meant = EDIT_MEANT_NOTHING;

    meant.ticked = index;
    meant.task = ticked ? MARKDOWN_TASK_TICKED : MARKDOWN_TASK_UNTICKED;
    if (item->task == meant.task || (!ticked && item->task == MARKDOWN_TASK_NONE))
        return TRUE;
    struct span span = { item->tick, item->tick + 1 };
    if (item->task == MARKDOWN_TASK_NONE)
        span = (struct span){ item->text.start, item->text.start };
    const char *mark = item->task != MARKDOWN_TASK_NONE ? (ticked ? "x" : " ") : ticked ? "[x] " : "[ ] ";
    return edit_prove_body(edit, edit_splice(edit, span, mark), &meant, "tick the entry", error);
}

gboolean edit_list_tick(struct edit *edit, guint index, gboolean ticked, GError **error)
{
    struct edit_step *step = edit_step_listed(edit, EDIT_STEP_LIST_TICK, index);

    step->flag = ticked;
    return edit_step_keep(edit, step, tick(edit, index, ticked, error));
}

static gboolean reword(struct edit *edit, guint index, const char *text, GError **error)
{
    if (!edit_check_item(edit, index, "reword the entry", error) || !edit_check_line(text, error))
        return FALSE;
    const struct markdown_item *item = edit_item_at(edit->document->body, index);
    struct edit_meant meant = EDIT_MEANT_NOTHING;

    meant.reworded = index;
    meant.text = text;
    return edit_prove_body(edit, edit_splice(edit, item->text, text), &meant, "reword the entry", error);
}

gboolean edit_list_reword(struct edit *edit, guint index, const char *text, GError **error)
{
    struct edit_step *step = edit_step_listed(edit, EDIT_STEP_LIST_REWORD, index);
    struct edit_listed reworded = step->entry;

    step->text = g_strdup(text);
    reworded.text = step->entry.text ? step->text : NULL;
    step->count = edit_count_listed(&reworded, edit) + (g_strcmp0(step->entry.text, text) != 0);
    return edit_step_keep(edit, step, reword(edit, index, text, error));
}

/* The lines of the entry and the blank ones that part it from its neighbour in the list. Alone, with the
 * blank line before it where another or the end follows: what remains is parted as before it was added. */
static struct span lines_of(const struct document *document, guint index)
{
    const struct markdown_item *item = edit_item_at(document->body, index);
    const struct markdown_item *before = edit_brother_before(document->body, index);
    const struct markdown_item *behind = brother_behind(document->body, index);
    struct span span = item->span;
    gboolean bare_end = span.end == document->length && document->text[span.end - 1] != '\n';

    if (before && before->exact)
        span.start = before->span.end;
    else if (behind && behind->exact)
        span.end = behind->span.start;
    else if ((span.end == document->length || lines_is_blank(document->text, document->length, span.end)) &&
             span.start > document->front->body &&
             lines_is_blank(document->text, document->length, span.start - 1))
        span.start = lines_start(document->text, document->length, span.start - 1);
    if (bare_end && span.start > document->front->body) {
        /* The last line of the file keeps its lack of an ending. */
        span.start--;
        if (document->text[span.start - 1] == '\r')
            span.start--;
    }
    return span;
}

/* The figures of a number, without what ends it. */
static struct span figures_of(const struct markdown_item *item)
{
    return (struct span){ item->marker.start, item->marker.end - 1 };
}

/* Whether the entry can have the number of the other instead of its own: of another width, only where no
 * further line stands under it. */
static gboolean takes_number(const struct document *document, const struct markdown_item *item,
                             const struct markdown_item *other)
{
    gboolean single = lines_next(document->text, document->length, item->span.start) >= item->span.end;

    return item->ordered && other->ordered &&
           (span_length(item->marker) == span_length(other->marker) || single);
}

/* What to put for the lines of the entry: of a list that loses its first, the next gets its number, since
 * readers count on from there. span grows to that number. */
static char *leave_number(const struct document *document, guint index, struct span *span)
{
    const struct markdown_item *item = edit_item_at(document->body, index);
    const struct markdown_item *next = brother_behind(document->body, index);

    if (edit_brother_before(document->body, index) || !next || !next->exact ||
        !takes_number(document, next, item))
        return g_strdup("");
    struct span figures = figures_of(item);
    g_autofree char *indent =
        g_strndup(document->text + next->span.start, next->marker.start - next->span.start);
    g_autofree char *number = g_strndup(document->text + figures.start, span_length(figures));
    span->end = figures_of(next).end;
    return g_strconcat(indent, number, NULL);
}

static gboolean remove_item(struct edit *edit, guint index, GError **error)
{
    if (!edit_check_item(edit, index, "remove the entry", error))
        return FALSE;
    struct edit_meant meant = EDIT_MEANT_NOTHING;
    struct span span = lines_of(edit->document, index);
    g_autofree char *rest = leave_number(edit->document, index, &span);

    meant.removed_from = index;
    meant.removed_to = edit_items_end(edit->document->body, index);
    return edit_prove_body(edit, edit_splice(edit, span, rest), &meant, "remove the entry", error);
}

gboolean edit_list_remove(struct edit *edit, guint index, GError **error)
{
    struct edit_step *step = edit_step_listed(edit, EDIT_STEP_LIST_REMOVE, index);
    return edit_step_keep(edit, step, remove_item(edit, index, error));
}

/* The text from first to second with the two exchanged; the blank lines between them stay there. Sets *tail
 * to where the first begins then. */
static GString *exchange(const struct document *document, struct span first, struct span second, gsize *tail)
{
    const char *text = document->text;
    gboolean bare_end = second.end == document->length && text[second.end - 1] != '\n';
    gsize end = first.end;
    GString *out = g_string_new(NULL);

    /* At the bare end of a file the ending of the first goes to the second, byte by byte. */
    if (bare_end && text[end - 1] == '\n')
        end -= end - 1 > first.start && text[end - 2] == '\r' ? 2 : 1;
    g_string_append_len(out, text + second.start, (gssize)span_length(second));
    g_string_append_len(out, text + end, (gssize)(first.end - end));
    g_string_append_len(out, text + first.end, (gssize)(second.start - first.end));
    *tail = out->len;
    g_string_append_len(out, text + first.start, (gssize)(end - first.start));
    return out;
}

/* Makes the figures of item, whose lines begin at offset in out, those of other. */
static void put_number(GString *out, gsize offset, const struct document *document,
                       const struct markdown_item *item, const struct markdown_item *other)
{
    struct span own = figures_of(item), figures = figures_of(other);
    gssize at = (gssize)(offset + own.start - item->span.start);

    g_string_erase(out, at, (gssize)span_length(own));
    g_string_insert_len(out, at, document->text + figures.start, (gssize)span_length(figures));
}

/* The same for a numbered list whose first entry old gives way to new: the two exchange their numbers, since
 * readers count on from that of the first. */
static void exchange_numbers(GString *out, gsize tail, const struct document *document,
                             const struct markdown_item *old, const struct markdown_item *new)
{
    if (!takes_number(document, new, old))
        return;
    if (takes_number(document, old, new))
        put_number(out, tail, document, old, new);
    put_number(out, 0, document, new, old);
}

static gboolean move(struct edit *edit, guint index, guint other, gboolean behind, GError **error)
{
    if (!edit_check_item(edit, index, "move the entry", error) ||
        !edit_check_item(edit, other, "move the entry", error))
        return FALSE;
    const struct document *document = edit->document;
    const struct markdown *body = document->body;
    const struct markdown_item *item = edit_item_at(body, index), *target = edit_item_at(body, other);
    gboolean down = other > index;

    if (item->list != target->list)
        return edit_refuse(error, "move the entry to another list");
    const struct markdown_item *edge = down == behind ? target
                                       : down         ? edit_brother_before(body, other)
                                                      : brother_behind(body, other);
    if (index == other || edge == item)
        return TRUE;
    const struct markdown_item *next = down ? brother_behind(body, index) : edit_brother_before(body, index);
    g_assert(next && edge); /* the target is one of them, or between */
    if (!next->exact || !edge->exact)
        return edit_refuse(error, "move the entry");
    struct span rest = down ? (struct span){ next->span.start, edge->span.end }
                            : (struct span){ edge->span.start, next->span.end };
    struct span first = down ? item->span : rest, second = down ? rest : item->span;
    gsize tail;
    g_autoptr(GString) text = exchange(document, first, second, &tail);
    if (down ? !edit_brother_before(body, index) : !behind && !edit_brother_before(body, other))
        exchange_numbers(text, tail, document, down ? item : edge, down ? next : item);

    struct edit_meant meant = EDIT_MEANT_NOTHING;
    guint end = edit_items_end(body, index);
    meant.removed_from = index;
    meant.removed_to = end;
    meant.added = end - index;
    meant.text = item->plain;
    meant.added_at =
        edit_items_before(body, down ? edge->span.end : edge->span.start) - (down ? meant.added : 0);
    struct span both = { first.start, second.end };
    return edit_prove_body(edit, edit_splice(edit, both, text->str), &meant, "move the entry", error);
}

gboolean edit_list_move(struct edit *edit, guint index, guint other, gboolean behind, GError **error)
{
    struct edit_step *step = edit_step_listed(edit, EDIT_STEP_LIST_MOVE, index);

    edit_listed_init(&step->other, edit, other);
    step->flag = behind;
    return edit_step_keep(edit, step, move(edit, index, other, behind, error));
}
