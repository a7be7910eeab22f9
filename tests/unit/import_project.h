/*
 * A project of Backlog.md in the scratch folder of a fixture, for the tests of import.
 *
 *     project_task(fixture, "tasks/lib-1 - Lend-a-pump.md", "id: LIB-1\ntitle: Lend a pump\n");
 *     g_autoptr(Import) import = project_drafted(fixture);
 *     g_autofree char *front = project_front(import, "lib-1");      what would be written
 *
 * What goes wrong in here fails the test. Include setjmp.h, stdarg.h, stddef.h, stdint.h and cmocka.h after
 * it.
 */
#pragma once

#include "fixture.h"
#include "import_backlog_md.h"

/* Writes a task of that front matter, with criteria, to a path below the folder "project". */
void project_task(const struct fixture *fixture, const char *path, const char *front);

/* The project as read; drafted for the fixture's backlog; and imported into it. */
struct import *project_read(struct fixture *fixture);
struct import *project_drafted(struct fixture *fixture);
struct import *project_imported(struct fixture *fixture);

/* The item whose source is a file of that beginning. */
const struct import_item *project_item(const struct import *import, const char *source);

/* The front matter that it gets, without its id, rank and source; newly allocated. */
char *project_front(const struct import *import, const char *source);

/* Whether a finding of that severity at that place ("completed/lib-1.md:2:5") says the text; prints all where
 * none does. */
gboolean project_reports(const struct import *import, enum severity severity, const char *place,
                         const char *text);
