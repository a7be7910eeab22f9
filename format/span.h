/*
 * A span is a range of bytes in a text: [start, end). All positions in the program are byte offsets; line and
 * column are worked out when something is printed (lines.h).
 */
#pragma once

#include <glib.h>

struct span {
    gsize start;
    gsize end;
};

/* Length in bytes. */
static inline gsize span_length(struct span span)
{
    return span.end - span.start;
}

/* Whether nothing stands between start and end. */
static inline gboolean span_is_empty(struct span span)
{
    return span.end <= span.start;
}
