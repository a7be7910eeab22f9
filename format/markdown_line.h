/*
 * One line of Markdown, read from the left: white space, quote and list markers, and what is told from a line
 * alone (a thematic break, a heading, a fence). Columns are counted as CommonMark does, tabs to multiples
 * of 4. For the markdown modules only.
 *
 *     markdown_line_start(&line, text, end, offset, lone_cr); markdown_line_indent(&line);
 * markdown_line_mark(…)
 *
 * None of this knows what came before the line, nor whether it is code.
 */
#pragma once

#include "span.h"

/* From so many columns of white space on, what follows is code or goes on with a paragraph. */
#define MARKDOWN_CODE_INDENT 4

struct markdown_line {
    const char *text;
    gsize start;
    gsize stop;      /* where its ending is, or the text's end */
    gsize next;      /* past its ending */
    gsize at;        /* how far it is read */
    guint column;    /* of at */
    guint indent;    /* columns of white space before at that belong to no container */
    guint parents;   /* containers that go on in it */
    gboolean opened; /* whether a container begins in it */
};

/* A quote or list marker. */
struct markdown_mark {
    char kind; /* '>', '-', '*', '+', '.', ')' */
    gsize end;
    guint number; /* before '.' or ')' */
};

/* A run of ` or ~ that opens a fenced block. */
struct markdown_fence_mark {
    char kind;
    gsize length;
};

/* Whether the line may end with a CR that no LF follows, which costs time to look for. */
gboolean markdown_has_lone_cr(const char *text, gsize start, gsize end);

/* The offset of the line ending at or after offset, or end. */
gsize markdown_line_stop(const char *text, gsize end, gsize offset, gboolean lone_cr);

/* The offset past the line ending at stop. */
gsize markdown_line_next(const char *text, gsize end, gsize stop);

/* Makes line the one that starts at offset, nothing of it read. */
void markdown_line_start(struct markdown_line *line, const char *text, gsize end, gsize offset,
                         gboolean lone_cr);

/* Reads white space; its width is the indent. */
void markdown_line_indent(struct markdown_line *line);

/* Whether nothing is left of the line. Call after its white space is read, as with all below. */
gboolean markdown_line_is_done(const struct markdown_line *line);

/* Whether a quote or list marker stands here; *mark is set then. Reads nothing. */
gboolean markdown_line_mark(const struct markdown_line *line, struct markdown_mark *mark);

/* Reads the marker and the white space behind it, of which up to 4 columns belong to it. Returns the column,
 * within the container around it, where its content begins. */
guint markdown_line_pass(struct markdown_line *line, const struct markdown_mark *mark);

/* Whether the rest is a thematic break, a setext underline, an ATX heading, an opening fence. The last does
 * not look at the indent. */
gboolean markdown_line_is_break(const struct markdown_line *line);
gboolean markdown_line_is_underline(const struct markdown_line *line);
gboolean markdown_line_is_heading(const struct markdown_line *line);
gboolean markdown_line_is_fence(const struct markdown_line *line, struct markdown_fence_mark *fence);

/* Whether the rest closes a block that fence opened. */
gboolean markdown_line_is_closing(const struct markdown_line *line, const struct markdown_fence_mark *fence);

/* Whether a task box stands here: "[ ]" or "[x]" with white space or the line's end behind it. */
gboolean markdown_line_is_box(const struct markdown_line *line);

static inline gboolean markdown_is_blank(char c)
{
    return c == ' ' || c == '\t';
}
