/*
 * An export of one file in the scratch folder of a fixture, for the tests of its readers.
 *
 *     g_autoptr(Import) import = export_drafted(fixture, import_github_read, "issues.json", text);
 *     g_autofree char *text = export_item(import, "github.com/lib/things#12");    what would be written
 *
 * What goes wrong in here fails the test. import_project.h has more for an import that was drafted. Include
 * setjmp.h, stdarg.h, stddef.h, stdint.h and cmocka.h after it.
 */
#pragma once

#include "import_project.h"

typedef struct import *(*export_reader)(const struct policy *policy, const char *path,
                                        const struct import_progress *progress, GError **error);

/* Writes the text to a file of that name; reads it; drafts for the fixture's backlog; writes the items. */
struct import *export_read(struct fixture *fixture, export_reader reader, const char *name, const char *text);
struct import *export_drafted(struct fixture *fixture, export_reader reader, const char *name,
                              const char *text);
struct import *export_imported(struct fixture *fixture, export_reader reader, const char *name,
                               const char *text);

/* The whole item that comes from that source, without its id and rank; newly allocated. */
char *export_item(const struct import *import, const char *source);

/* The items by their places: "GH-1 GH-3"; newly allocated. */
char *export_order(const struct import *import);

/* Checks that the file is refused as a whole, with a message that has the text in it. */
void export_check_refused(struct fixture *fixture, export_reader reader, const char *name, const char *bytes,
                          gsize length, const char *message);

/* The same for what every reader of a file refuses: a link, a folder, a FIFO, what is too large, not UTF-8,
 * or not there. */
void export_check_files(struct fixture *fixture, export_reader reader);

/* Reads and drafts the text with count mutations, by a seed; none may crash, and each is an import or an
 * error. */
void export_mutate(struct fixture *fixture, export_reader reader, const char *text, guint count);
