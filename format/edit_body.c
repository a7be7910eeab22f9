#include "edit_step.h"

#include <string.h>

/* -- proving: the outline but for what was meant -- */

static gboolean same_headings(const struct markdown *before, const struct markdown *after, const char *added)
{
    guint j = 0;
    gboolean found = added == NULL;

    for (guint i = 0; i <= before->headings->len; i++) {
        const struct markdown_heading *old =
            i < before->headings->len ? &g_array_index(before->headings, struct markdown_heading, i) : NULL;
        const struct markdown_heading *new =
            j < after->headings->len ? &g_array_index(after->headings, struct markdown_heading, j) : NULL;
        gboolean same = old && new && old->level == new->level &&strcmp(old->title, new->title) == 0;
        if (!same && !found && new &&strcmp(new->title, added) == 0) {
            found = TRUE;
            i--;
        } else if (!same && (old || new)) {
            return FALSE;
        }
        j++;
    }
    return found && j >= after->headings->len;
}

static gboolean same_item(const struct markdown_item *old, const struct markdown_item *new, gboolean reworded,
                          gboolean ticked, const struct edit_meant *meant)
{
    const char *text = reworded ? meant->text : old->plain;
    enum markdown_task task = ticked ? meant->task : old->task;
    g_assert(text);
    return old->depth == new->depth &&task == new->task &&strcmp(text, new->plain) == 0;
}

static gboolean same_items(const struct markdown *before, const struct markdown *after,
                           const struct edit_meant *meant)
{
    guint j = 0;
    for (guint i = 0; i <= before->items->len; i++) {
        if (meant->added && j == meant->added_at) {
            if (j + meant->added > after->items->len || !edit_item_at(after, j)->plain ||
                (meant->text && strcmp(edit_item_at(after, j)->plain, meant->text) != 0) ||
                (meant->depth >= 0 && edit_item_at(after, j)->depth != meant->depth))
                return FALSE;
            j += meant->added;
        }
        if (i == before->items->len)
            break;
        if (i >= meant->removed_from && i < meant->removed_to)
            continue;
        if (j >= after->items->len || !same_item(edit_item_at(before, i), edit_item_at(after, j),
                                                 i == meant->reworded, i == meant->ticked, meant))
            return FALSE;
        j++;
    }
    return j == after->items->len;
}

gboolean edit_prove_body(struct edit *edit, struct document *after, const struct edit_meant *meant,
                         const char *what, GError **error)
{
    const struct markdown *old = document_body(edit->document, NULL), *new = document_body(after, NULL);
    /* The line that closes the front matter may have gained an ending. */
    gsize front = edit->document->front->span.end + 3;

    if (new->readable && after->front->root &&
        after->front->span.end + 3 == front &&memcmp(edit->document->text, after->text, front) == 0 &&
        same_headings(old, new, meant->heading) &&
        (meant->paragraphs || old->fences->len == new->fences->len) &&
        (meant->paragraphs || same_items(old, new, meant))) {
        edit_accept(edit, after);
        return TRUE;
    }
    document_free(after);
    return edit_refuse(error, what);
}

gboolean edit_check_body(struct edit *edit, GError **error)
{
    const struct markdown *body = document_body(edit->document, NULL);
    if (edit->document->front->root && body->readable)
        return TRUE;
    g_set_error(error, EDIT_ERROR, EDIT_ERROR_UNREADABLE, "the file cannot be read; refine check says where");
    return FALSE;
}

/* -- sections -- */

/* Where a new section goes: before the first of those that come later, else at the end. */
static gsize place_for_section(struct edit *edit, const struct edit_section *section)
{
    const struct markdown *body = document_body(edit->document, NULL);
    for (guint i = 0; section->before && i < body->sections->len; i++) {
        const struct markdown_section *later = &g_array_index(body->sections, struct markdown_section, i);
        if (markdown_is_named(later, section->before))
            return later->span.start;
    }
    return edit->document->length;
}

/* The line endings that must come before a block at offset, so that a blank line precedes it. */
static const char *gap_before(const struct document *document, gsize offset, const char *ending)
{
    gboolean crlf = strlen(ending) == 2;
    if (offset == 0 || offset == document->front->body)
        return offset && document->text[offset - 1] != '\n' ? (crlf ? "\r\n\r\n" : "\n\n") : ending;
    if (document->text[offset - 1] != '\n')
        return crlf ? "\r\n\r\n" : "\n\n";
    return lines_is_blank(document->text, document->length, offset - 1) ? "" : ending;
}

struct document *edit_splice_block(const struct edit *edit, gsize offset, const char *block)
{
    const struct document *document = edit->document;
    const char *ending = lines_ending(document->text, document->length, offset ? offset - 1 : 0);
    gboolean last = offset == document->length;
    gboolean bare_end =
        last && offset > 0 && document->text[offset - 1] != '\n' && offset > document->front->body;
    gboolean parted = last || lines_is_blank(document->text, document->length, offset);
    g_autofree char *text = g_strconcat(gap_before(document, offset, ending), block, bare_end ? "" : ending,
                                        parted ? "" : ending, NULL);
    return edit_splice(edit, (struct span){ offset, offset }, text);
}

/* The level of headings that sections have in this file. */
static guint section_level(const struct markdown *body)
{
    return body->headings->len ? g_array_index(body->headings, struct markdown_heading, 0).level : 2;
}

gboolean edit_add_section(struct edit *edit, const struct edit_section *section, const char *content,
                          struct edit_meant meant, GError **error)
{
    const struct markdown *body = document_body(edit->document, NULL);
    gsize offset = place_for_section(edit, section);
    const char *ending = lines_ending(edit->document->text, edit->document->length, offset ? offset - 1 : 0);
    g_autofree char *marks = g_strnfill(MAX(section_level(body), 2), '#');
    g_autofree char *block = g_strconcat(marks, " ", section->names[0], ending, ending, content, NULL);

    meant.heading = section->names[0];
    for (meant.added_at = 0; meant.added_at < body->items->len; meant.added_at++)
        if (edit_item_at(body, meant.added_at)->span.start >= offset)
            break;
    return edit_prove_body(edit, edit_splice_block(edit, offset, block), &meant, "add the section", error);
}

gsize edit_section_end(const struct document *document, const struct markdown_section *section)
{
    gsize end = section->content.start;
    for (gsize at = section->content.start; at < section->content.end;
         at = lines_next(document->text, document->length, at))
        if (!lines_is_blank(document->text, document->length, at))
            end = lines_next(document->text, document->length, at);
    return end;
}

/* text with the line endings of the document. */
static char *with_endings(const struct document *document, const char *text)
{
    GString *lines = g_string_new(text);
    g_string_replace(lines, "\r\n", "\n", 0);
    g_string_replace(lines, "\n", lines_ending(document->text, document->length, document->length), 0);
    return g_string_free(lines, FALSE);
}

static gboolean append(struct edit *edit, const struct edit_section *section, const char *text,
                       GError **error)
{
    if (!edit_check_body(edit, error))
        return FALSE;
    const struct markdown_section *found = markdown_section_find(edit->document->body, section->names);
    g_autofree char *lines = with_endings(edit->document, text);
    struct edit_meant meant = EDIT_MEANT_NOTHING;

    meant.paragraphs = 1;
    if (!found)
        return edit_add_section(edit, section, lines, meant, error);
    gsize offset = edit_section_end(edit->document, found);
    return edit_prove_body(edit, edit_splice_block(edit, offset, lines), &meant, "append to the section",
                           error);
}

gboolean edit_section_append(struct edit *edit, const struct edit_section *section, const char *text,
                             GError **error)
{
    struct edit_step *step = edit_step_section(EDIT_STEP_SECTION_APPEND, section, text);

    step->count = edit_count_blocks(edit, section, text) + 1;
    return edit_step_keep(edit, step, append(edit, section, text, error));
}
