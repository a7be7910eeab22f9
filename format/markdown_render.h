/*
 * Markdown made fit to be read on a terminal: headings, lists, tick marks, tables and links as a reader wants
 * them, broken to the width.
 *
 * Nothing that the author wrote is left out: comments and raw HTML are shown, dim; definitions of links stand
 * at the end. With colour, styles take the place of marks. Without, the marks of headings, emphasis, code and
 * struck text stay, so that it is still Markdown, but for boxes and bullets where the terminal has characters
 * for them. Prose takes STYLED_MEASURE columns at most, tables what there is. Code is indented by four
 * columns and never broken; in a fence for Gherkin the keywords are bold.
 *
 * A link shows its address behind its text, unless the terminal can follow it and the text does not pretend
 * to be another address. The text is untrusted, and shown as by plain_escape.
 */
#pragma once

#include "styled.h"

/* Appends the body, from start to length of text, where start is 0 or the start of a line. FALSE, with
 * nothing appended, where the body cannot be parsed within the limits of markdown_parse. Takes linear time.
 */
gboolean markdown_render(GString *out, const char *text, gsize length, gsize start,
                         const struct styled_look *look);
