#include "rawtext.h"

#include <string.h>

static gboolean is_conflict_marker(const char *line, gsize length)
{
    return length >= 7 && (memcmp(line, "<<<<<<<", 7) == 0 || memcmp(line, ">>>>>>>", 7) == 0) &&
           (length == 7 || line[7] == ' ');
}

gboolean rawtext_has_conflict(const char *text, gsize length, struct span span, GPtrArray *findings)
{
    for (gsize at = span.start; at < span.end; at = lines_next(text, span.end, at)) {
        if ((text[at] != '<' && text[at] != '>') ||
            !is_conflict_marker(text + at, lines_end(text, span.end, at) - at))
            continue;
        if (findings)
            finding_add(findings, "conflict-marker", SEVERITY_ERROR, text, length,
                        (struct span){ at, at + 7 }, "keep one side, and remove the marker lines",
                        "a merge conflict was left in the file");
        return TRUE;
    }
    return FALSE;
}

static gboolean is_foreign_break(gunichar character)
{
    return character == 0x85 || character == 0x2028 || character == 0x2029;
}

static gboolean is_no_text(gunichar character)
{
    return (character < 0x20 && character != '\t' && character != '\n') ||
           (character >= 0x7f && character <= 0x9f) || character == 0xfeff || character == 0xfffe ||
           character == 0xffff;
}

/* Says what is wrong with the character at offset, if anything is. */
static gboolean check_character(const char *text, gsize length, gsize offset, gunichar character,
                                GPtrArray *findings)
{
    if (character == '\r')
        finding_add_parse(findings, text, length, offset, "end lines with LF or CRLF",
                          "expected a line feed behind the carriage return, saw none");
    else if (is_foreign_break(character))
        finding_add_parse(
            findings, text, length, offset, "end the line, or write an escape inside double quotes",
            "expected text, saw U+%04X, which only some readers take for the end of a line", character);
    else if (character > 0x10ffff)
        finding_add_parse(findings, text, length, offset, "save the file as UTF-8",
                          "expected UTF-8 text, saw the byte 0x%02x", (guchar)text[offset]);
    else if (is_no_text(character))
        finding_add_parse(findings, text, length, offset, "remove the character",
                          "expected text, saw the character U+%04X", character);
    else
        return TRUE;
    return FALSE;
}

gboolean rawtext_check(const char *text, gsize length, struct span span, gboolean *ascii, GPtrArray *findings)
{
    *ascii = TRUE;
    for (gsize i = span.start; i < span.end; i++) {
        guchar byte = (guchar)text[i];
        if (byte >= 0x20 && byte < 0x7f)
            continue;
        if (byte == '\r' && i + 1 < span.end && text[i + 1] == '\n')
            continue;
        gunichar character = byte < 0x80 ? byte : g_utf8_get_char_validated(text + i, (gssize)(span.end - i));
        if (!check_character(text, length, i, character, findings))
            return FALSE;
        if (byte >= 0x80) {
            *ascii = FALSE;
            i += (gsize)g_utf8_skip[byte] - 1;
        }
    }
    return TRUE;
}
