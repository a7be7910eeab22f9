/*
 * The sections of a document as versions of them are compared: by what tells them apart, and by the text that
 * is their own.
 */
#pragma once

#include "document.h"

/* What tells the sections of a body apart, by their index: which of that title one is, and the title, as in
 * "0 Story". An array that owns its texts. */
GPtrArray *section_names(const struct markdown *body);

/* The text of section number index alone, up to the next heading of any level; of -1, what stands before the
 * first one. The body must have been read. */
struct span section_own(const struct document *document, int index);

/* The text of each section up to the next heading of any level, by their index, with one space between words
 * and behind the last. entries, struct criterion by their place, have changes of their own and are left out.
 * The body must have been read. An array that owns its texts. */
GPtrArray *section_texts(const struct document *document, const GPtrArray *entries);

/* What stands before the first heading, without white space around it; newly allocated. */
char *section_leading(struct document *document);
