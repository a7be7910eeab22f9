/*
 * How a value is written in YAML.
 *
 * A string is written plain only where every reader of YAML 1.1 and 1.2 agrees that it is that string;
 * otherwise in quotes. So "no", "1e3", "12:30" and "2026-11-21" are quoted as strings and written plain as
 * typed values.
 */
#pragma once

#include "nodes.h"

enum scalar_type {
    SCALAR_STRING,
    SCALAR_TYPED, /* a number, date or word of a fixed set, written plain wherever that keeps its text */
};

/* Whether value reads as the string value when written plain: in a block or, with flow, inside brackets. */
gboolean scalar_is_plain(const char *value, gboolean flow);

/* Whether a character of value, newlines and tabs apart, can only be written as an escape. */
gboolean scalar_needs_escape(const char *value);

/* value, valid UTF-8, as one line of YAML. style is the style to keep where it can hold the value:
 * STYLE_SINGLE or STYLE_DOUBLE; with any other, plain where scalar_is_plain allows or the type is
 * SCALAR_TYPED, else in double quotes. */
char *scalar_print(const char *value, enum scalar_type type, enum node_style style, gboolean flow);
