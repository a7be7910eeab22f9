#include "lines.h"

#include <string.h>

gsize lines_start(const char *text, gsize length, gsize offset)
{
    g_assert(offset <= length);
    const char *newline = offset ? memrchr(text, '\n', offset) : NULL;
    return newline ? (gsize)(newline - text) + 1 : 0;
}

gsize lines_next(const char *text, gsize length, gsize offset)
{
    g_assert(offset <= length);
    const char *newline = memchr(text + offset, '\n', length - offset);
    return newline ? (gsize)(newline - text) + 1 : length;
}

gsize lines_end(const char *text, gsize length, gsize offset)
{
    g_assert(offset <= length);
    gsize end = lines_next(text, length, offset);
    if (end == offset || text[end - 1] != '\n')
        return end;
    end--;
    return end > 0 && text[end - 1] == '\r' ? end - 1 : end;
}

const char *lines_ending(const char *text, gsize length, gsize offset)
{
    gsize next = lines_next(text, length, offset);
    if (next == offset || text[next - 1] != '\n')
        next = lines_next(text, length, 0);
    return next >= 2 && text[next - 1] == '\n' && text[next - 2] == '\r' ? "\r\n" : "\n";
}

gboolean lines_is_blank(const char *text, gsize length, gsize offset)
{
    gsize end = lines_end(text, length, offset);
    for (gsize i = lines_start(text, length, offset); i < end; i++)
        if (text[i] != ' ' && text[i] != '\t')
            return FALSE;
    return TRUE;
}

struct position lines_locate(const char *text, gsize length, gsize offset)
{
    gsize start = lines_start(text, length, offset);
    struct position position = { 1, 1 };

    for (const char *at = text; (at = memchr(at, '\n', (gsize)(text + start - at))); at++)
        position.line++;
    if (start == 0 && length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        start = 3;
    for (gsize i = start; i < offset; i++)
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            position.column++;
    return position;
}

struct position lines_walk(const char *text, gsize length, struct lines_walk *walk, gsize offset)
{
    if (walk->at.line == 0 || offset < walk->offset)
        *walk = (struct lines_walk){ 0, { 1, 1 } };
    const struct position on =
        lines_locate(text + walk->offset, length - walk->offset, offset - walk->offset);
    walk->at.column = on.line == 1 ? walk->at.column + on.column - 1 : on.column;
    walk->at.line += on.line - 1;
    walk->offset = offset;
    return walk->at;
}

gsize lines_spaces(const char *text, gsize length, gsize offset)
{
    gsize end = offset;
    while (end < length && text[end] == ' ')
        end++;
    return end - offset;
}
