#include "comments.h"

#include "section.h"

#include <string.h>

/* Code spans are opened by no more backticks than these. */
#define MAX_TICKS 80

/* Where the run of backticks at is closed by an equal one before end; end of the run itself where it is not.
 * missing has the lengths of which none follows. */
static gsize pass_code(const char *text, gsize at, gsize end, gboolean missing[MAX_TICKS + 1])
{
    gsize opened = at;

    while (opened < end && text[opened] == '`')
        opened++;
    const gsize ticks = opened - at;
    if (ticks > MAX_TICKS || missing[ticks])
        return opened;
    for (gsize next = opened; next < end;) {
        gsize run = next;
        while (run < end && text[run] == '`')
            run++;
        if (run - next == ticks)
            return run;
        next = run == next ? next + 1 : run;
    }
    missing[ticks] = TRUE;
    return opened;
}

/* Where the paragraph at ends: a blank line, or end. */
static gsize paragraph_end(const char *text, gsize at, gsize end)
{
    while (at < end && !lines_is_blank(text, end, at))
        at = lines_next(text, end, at);
    return at;
}

/* The end of the comment at; at itself where none is there that ends by end. No comment ends between at and
 * *none, which is set. */
static gsize pass_comment(const char *text, gsize at, gsize end, gsize *none)
{
    if (end <= *none || end - at < 4 || memcmp(text + at, "<!--", 4) != 0)
        return at;
    const char *close = g_strstr_len(text + at + 4, (gssize)(end - at - 4), "-->");
    if (!close)
        *none = end;
    return close ? (gsize)(close - text) + 3 : at;
}

/* Comments in span, where no fence and no heading is: one that begins a line may hold blank lines. */
static void add_comments_in(GArray *cuts, const char *text, struct span span)
{
    gboolean missing[MAX_TICKS + 1] = { FALSE };
    gsize paragraph = span.start, none = 0;

    for (gsize at = span.start; at < span.end;) {
        if (at >= paragraph) {
            paragraph = MAX(paragraph_end(text, at, span.end), at + 1);
            memset(missing, 0, sizeof missing);
        }
        if (text[at] == '`') {
            at = pass_code(text, at, paragraph, missing);
            continue;
        }
        gboolean opens_line = at == span.start || strchr("\r\n", text[at - 1]) != NULL;
        const struct span comment = { at, pass_comment(text, at, opens_line ? span.end : paragraph, &none) };
        if (!span_is_empty(comment))
            g_array_append_val(cuts, comment);
        at = span_is_empty(comment) ? at + (text[at] == '\\' ? 2 : 1) : comment.end;
    }
}

/* The same where fences may be: *fence is the first that does not stand before span, and is moved on. */
static void add_comments(GArray *cuts, const struct document *document, struct span span, guint *fence)
{
    for (; *fence < document->body->fences->len; ++*fence) {
        const struct markdown_fence *next =
            &g_array_index(document->body->fences, struct markdown_fence, *fence);
        if (next->exact && next->span.start >= span.end)
            break;
        if (!next->exact || next->span.start < span.start)
            continue;
        add_comments_in(cuts, document->text, (struct span){ span.start, next->span.start });
        span.start = next->span.end;
    }
    add_comments_in(cuts, document->text, span);
}

GArray *comments_find(const struct document *document)
{
    GArray *comments = g_array_new(FALSE, FALSE, sizeof(struct span));
    guint fence = 0;

    for (int i = -1; i < (int)document->body->sections->len; i++)
        add_comments(comments, document, section_own(document, i), &fence);
    return comments;
}
