/*
 * Tables of Jira's wiki markup: lines that begin and end with a bar, header cells between two.
 */
#pragma once

#include <glib.h>

/* Whether the line of length bytes is a row. */
gboolean import_jira_is_row(const char *line, gsize length);

/* Appends the table of Markdown that count rows are, lines of text ended by LF. Where the first one is no
 * header, an empty one is put before it; rows are as wide as the widest. */
void import_jira_table(GString *out, const char *text, guint count);
