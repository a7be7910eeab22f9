/*
 * Where the parts of a JSON text stand, which json_parse does not keep: for messages with a place, and to
 * read the entries of a long array one by one, so that a bad one spoils no other.
 *
 *     struct json_place place = { 0 };
 *     while (json_place_step(text, length, json_place_start(text, length), &place))
 *         issue = json_parse_at(text + place.value.start, span_length(place.value), &limits, &at, &error);
 *
 * Spans are of bytes of the text. Nothing recurses, and walking all entries takes time in proportion to the
 * text. What is within an entry may be anything: only brackets and quotes are looked at.
 */
#pragma once

#include "lines.h"
#include "span.h"

/* One entry of an array or an object. */
struct json_place {
    struct span key;   /* of an object's entry, with its quotes; empty in an array */
    struct span value; /* without white space around it; empty where there is none */
};

/* The first byte of the value that text is, behind a byte order mark and white space; length where there is
 * none. */
gsize json_place_start(const char *text, gsize length);

/* Steps to the next entry of the array or object that begins at container. Begin with a place of zeros; FALSE
 * behind the last one, where value.start is the closing bracket, or length where none closes it, or where
 * container is neither. */
gboolean json_place_step(const char *text, gsize length, gsize container, struct json_place *place);

/* Where the value under key begins in the object at that offset, which json_parse must have taken: the
 * object's own place where it has no such key. */
gsize json_place_find(const char *text, gsize length, gsize object, const char *key);
