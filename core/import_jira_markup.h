/*
 * Jira's wiki markup as Markdown.
 *
 * Converted are headings (h2.), lists (* # -), {code}, {noformat}, {quote} and bq., tables, *bold*,
 * {{monospace}}, [links|https://…] and [~names]; _emphasis_ is the same in both. All other marks stay as they
 * are, and so does all text. What Markdown would take for more than the text that Jira shows is escaped:
 * "<tag>", a line that would underline a heading, a fence that nothing closes. Time is linear.
 */
#pragma once

#include <glib.h>

/* The text as Markdown, with lines that end with LF, the last one too; "" of a text without any. A new
 * string. */
char *import_jira_markup(const char *text);
