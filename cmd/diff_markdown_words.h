/*
 * Texts and their differences in the Markdown of diff_markdown.h. What they append stands in the middle of a
 * line.
 */
#pragma once

#include <glib.h>

/* Appends a text, of which long ones are cut. */
void diff_markdown_text(GString *out, const char *text);

/* Appends what differs: ~~old~~ **new**, and of long stretches that stayed only their ends. */
void diff_markdown_words(GString *out, const char *before, const char *after);

/* Appends a text that was taken out. */
void diff_markdown_struck(GString *out, const char *text);
