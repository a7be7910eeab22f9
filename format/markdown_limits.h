/*
 * What the body of an item may ask of the Markdown parser, looked at before the parser sees it: the parser is
 * linear for what people write, but not for everything. For the markdown modules only.
 */
#pragma once

#include "finding.h"

struct markdown_limits {
    gboolean lone_cr; /* lines may end with a CR alone */
    gboolean links;   /* bare links can be looked for, … */
    gboolean strikes; /* … and what ~ strikes through */
};

/* Whether the body, from start to length of text, can be given to the parser; *limits says how. If not, that
 * is a finding. Takes linear time. */
gboolean markdown_limits_check(const char *text, gsize length, gsize start, struct markdown_limits *limits,
                               GPtrArray *findings);

/* The dialect as md4c wants it, with what the limits allow. */
guint markdown_limits_flags(const struct markdown_limits *limits);

/* md4c copies the destination of a definition for every link to it, and makes up the cells that a row lacks,
 * however many: as many bytes, and cells of one table, as a body of size bytes may ask for. */
gsize markdown_limits_destinations(gsize size);
gsize markdown_limits_cells(gsize size);

/* The finding that something at offset nests too deep. */
void markdown_limits_refuse_depth(const char *text, gsize length, gsize offset, GPtrArray *findings);
