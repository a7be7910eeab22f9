/*
 * Where the comments of HTML in a body stand, which nobody reads: the remarks of a template, what was taken
 * out for a while.
 */
#pragma once

#include "document.h"

/* The spans of the comments outside of code, headings and fences, struct span in the order of the file. The
 * body must have been read. The array is the caller's. */
GArray *comments_find(const struct document *document);
