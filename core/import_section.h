/*
 * The texts of a foreign item put together as the body of ours, one section a field.
 *
 *     GString *body = g_string_new(NULL);
 *     import_section_add(body, "Context", 2, description);
 *     import_section_add(body, "Notes", 2, notes);
 *
 * What one text leaves open, such as a fence or a comment, does not reach into the next.
 */
#pragma once

#include <glib.h>

/* Appends a heading of that level (NULL: none) and text behind it, with blank lines between. Line endings
 * become LF, and blank lines around text go. With a heading, the headings in text are moved below it, by as
 * many levels as it takes, but for those that have no room. What is open at the end of text is closed, or
 * text put into a fence where that cannot be. Text without anything to see is left out; TRUE where there was
 * some.
 */
gboolean import_section_add(GString *body, const char *heading, guint level, const char *text);

/* Whether text would have a section that goes by one of names (NULL-terminated). */
gboolean import_section_has(const char *text, const char *const *names);
