/*
 * A foreign Markdown file with front matter, opened for reading as a whole.
 *
 * Line endings become LF and a byte order mark goes, so that places are those of the file. A value that
 * begins with "@", which YAML does not allow and trackers that read line by line do, is read as text.
 */
#pragma once

#include "import.h"

/* The document of bytes, its body read and free of errors, its front matter a map without a NUL in it; NULL
 * where it cannot be read: errors in findings, which lack the path, say why. Remarks go to item. */
struct document *import_document_open(GBytes *bytes, struct import_item *item, GPtrArray *findings);
