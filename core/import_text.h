/*
 * Texts of foreign items on their way into a body: line endings, and the comments under an item.
 */
#pragma once

#include <glib.h>

/* The text as a new string with every CR LF and CR as LF. */
char *import_text_lines(const char *text);

/* The text as a new string of one line: each run of white space made one space, and none around it. */
char *import_text_line(const char *text);

/* The text as a new string of one line that is none but words in Markdown, at the start of a line too. */
char *import_text_bare(const char *text);

/* Appends a comment: who said it and when (either may be NULL) on a line of its own, then the text quoted, so
 * that no heading, list or fence in it is one of the item. */
void import_text_add_comment(GString *comments, const char *when, const char *who, const char *text);

/* body with the comments under a heading of their own behind it; body alone where there are none. */
char *import_text_join(const char *body, const GString *comments);

/* The headings of sections that stand behind the criteria, as import_body_complete takes them. */
const char *const *import_text_later(void);
