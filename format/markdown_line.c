#include "markdown_line.h"

#include <string.h>

gboolean markdown_has_lone_cr(const char *text, gsize start, gsize end)
{
    const char *at = text + start;

    while ((at = memchr(at, '\r', (gsize)(text + end - at)))) {
        at++;
        if (at == text + end || *at != '\n')
            return TRUE;
    }
    return FALSE;
}

gsize markdown_line_stop(const char *text, gsize end, gsize offset, gboolean lone_cr)
{
    if (lone_cr) {
        while (offset < end && text[offset] != '\n' && text[offset] != '\r')
            offset++;
        return offset;
    }
    const char *newline = memchr(text + offset, '\n', end - offset);
    if (!newline)
        return end;
    gsize stop = (gsize)(newline - text);
    return stop > offset && text[stop - 1] == '\r' ? stop - 1 : stop;
}

gsize markdown_line_next(const char *text, gsize end, gsize stop)
{
    if (stop < end && text[stop] == '\r')
        stop++;
    if (stop < end && text[stop] == '\n')
        stop++;
    return stop;
}

void markdown_line_start(struct markdown_line *line, const char *text, gsize end, gsize offset,
                         gboolean lone_cr)
{
    gsize stop = markdown_line_stop(text, end, offset, lone_cr);
    *line = (struct markdown_line){
        .text = text, .start = offset, .stop = stop, .next = markdown_line_next(text, end, stop), .at = offset
    };
}

void markdown_line_indent(struct markdown_line *line)
{
    guint column = line->column;

    for (; line->at < line->stop && markdown_is_blank(line->text[line->at]); line->at++)
        column = line->text[line->at] == '\t' ? (column + 4) & ~3u : column + 1;
    line->indent = column - line->column;
    line->column = column;
}

gboolean markdown_line_is_done(const struct markdown_line *line)
{
    return line->at == line->stop;
}

static gboolean is_blank_at(const struct markdown_line *line, gsize offset)
{
    return offset == line->stop || markdown_is_blank(line->text[offset]);
}

gboolean markdown_line_mark(const struct markdown_line *line, struct markdown_mark *mark)
{
    gsize at = line->at;
    char c = at < line->stop ? line->text[at] : '\0';

    if (line->indent >= MARKDOWN_CODE_INDENT)
        return FALSE;
    *mark = (struct markdown_mark){ .kind = c, .end = at + 1 };
    if (c == '>')
        return TRUE;
    if (c == '-' || c == '*' || c == '+')
        return is_blank_at(line, at + 1);
    for (; at < line->stop && at < line->at + 9 && g_ascii_isdigit(line->text[at]); at++)
        mark->number = mark->number * 10 + (guint)(line->text[at] - '0');
    if (at == line->at || at == line->stop || (line->text[at] != '.' && line->text[at] != ')'))
        return FALSE;
    mark->kind = line->text[at];
    mark->end = at + 1;
    return is_blank_at(line, at + 1);
}

guint markdown_line_pass(struct markdown_line *line, const struct markdown_mark *mark)
{
    guint content = line->indent + (guint)(mark->end - line->at);

    line->column += (guint)(mark->end - line->at);
    line->at = mark->end;
    markdown_line_indent(line);
    if (markdown_line_is_done(line))
        return content + 1;
    if (line->indent > MARKDOWN_CODE_INDENT) {
        line->indent--;
        return content + 1;
    }
    content += line->indent;
    line->indent = 0;
    return content;
}

gboolean markdown_line_is_break(const struct markdown_line *line)
{
    char mark = line->at < line->stop ? line->text[line->at] : '\0';
    guint marks = 0;

    if (line->indent >= MARKDOWN_CODE_INDENT || (mark != '-' && mark != '*' && mark != '_'))
        return FALSE;
    for (gsize at = line->at; at < line->stop; at++) {
        if (line->text[at] == mark)
            marks++;
        else if (!markdown_is_blank(line->text[at]))
            return FALSE;
    }
    return marks >= 3;
}

/* The offset past the run of the same byte that begins here. */
static gsize run_end(const struct markdown_line *line)
{
    gsize at = line->at;
    while (at < line->stop && line->text[at] == line->text[line->at])
        at++;
    return at;
}

static gboolean is_only_blank(const struct markdown_line *line, gsize at)
{
    while (at < line->stop && line->text[at] == ' ')
        at++;
    return at == line->stop;
}

gboolean markdown_line_is_underline(const struct markdown_line *line)
{
    if (line->indent >= MARKDOWN_CODE_INDENT || line->at == line->stop)
        return FALSE;
    char mark = line->text[line->at];
    return (mark == '=' || mark == '-') && is_only_blank(line, run_end(line));
}

gboolean markdown_line_is_heading(const struct markdown_line *line)
{
    if (line->indent >= MARKDOWN_CODE_INDENT || line->at == line->stop || line->text[line->at] != '#')
        return FALSE;
    gsize end = run_end(line);
    return end - line->at <= 6 && is_blank_at(line, end);
}

gboolean markdown_line_is_fence(const struct markdown_line *line, struct markdown_fence_mark *fence)
{
    if (line->at == line->stop)
        return FALSE;
    gsize end = run_end(line);
    fence->kind = line->text[line->at];
    fence->length = end - line->at;
    if ((fence->kind != '`' && fence->kind != '~') || fence->length < 3)
        return FALSE;
    return fence->kind == '~' || !memchr(line->text + end, '`', line->stop - end);
}

gboolean markdown_line_is_closing(const struct markdown_line *line, const struct markdown_fence_mark *fence)
{
    if (line->indent >= MARKDOWN_CODE_INDENT || line->at == line->stop || line->text[line->at] != fence->kind)
        return FALSE;
    gsize end = run_end(line);
    return end - line->at >= fence->length && is_only_blank(line, end);
}

gboolean markdown_line_is_box(const struct markdown_line *line)
{
    const char *box = line->text + line->at;
    return line->stop - line->at >= 3 && box[0] == '[' && (box[1] == ' ' || box[1] == 'x' || box[1] == 'X') &&
           box[2] == ']' && is_blank_at(line, line->at + 3);
}
