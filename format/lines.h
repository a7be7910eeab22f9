/*
 * Lines of a text. A line ends with LF or CRLF, or with the text; a lone CR is an ordinary byte. Every
 * function takes the text with its length in bytes, and an offset of 0 to length (both inclusive).
 */
#pragma once

#include "span.h"

/* Where an offset stands, as a person counts: from 1, the column in characters (a BOM is none). */
struct position {
    guint line;
    guint column;
};

struct position lines_locate(const char *text, gsize length, gsize offset);

/* The place that was asked for last, from which the next one is counted; {0} at first. */
struct lines_walk {
    gsize offset;
    struct position at;
};

/* The same as lines_locate. Places that are asked for in their order take one reading of the text in all. */
struct position lines_walk(const char *text, gsize length, struct lines_walk *walk, gsize offset);

/* Offset of the first byte of the line that holds offset. */
gsize lines_start(const char *text, gsize length, gsize offset);

/* Offset past the last byte of the line that holds offset, its line ending not counted: less than offset
 * where that lies between CR and LF. */
gsize lines_end(const char *text, gsize length, gsize offset);

/* Offset of the first byte of the next line; length where there is none. */
gsize lines_next(const char *text, gsize length, gsize offset);

/* "\r\n" or "\n": the ending of the line that holds offset, or, where that line has none, of the first line
 * that has one; "\n" in a text without any. */
const char *lines_ending(const char *text, gsize length, gsize offset);

/* Whether the line that holds offset has nothing but spaces and tabs. */
gboolean lines_is_blank(const char *text, gsize length, gsize offset);

/* How many spaces stand from offset on; not tabs. */
gsize lines_spaces(const char *text, gsize length, gsize offset);
