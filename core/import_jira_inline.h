/*
 * What stands within a line of Jira's wiki markup, as Markdown.
 */
#pragma once

#include <glib.h>

/* Appends the text of length bytes, all within one line. */
void import_jira_inline(GString *out, const char *text, gsize length);
