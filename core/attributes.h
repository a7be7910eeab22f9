/*
 * The lines of a .gitattributes file that give the files of a backlog to the drivers, between lines of
 * others, which are never touched. Pure text.
 *
 *     # Item files are merged and shown by their fields: "refine hook remove" takes out these two lines.
 *     / backlog/ ** / *.md merge=refine diff=refine            (without the spaces)
 *
 * They match all Markdown of the folder and of those below it, archive included, and so no votes. Adding and
 * removing gives back the bytes there were: the ending of the lines is that of the file, and where its last
 * line had none, ours has none.
 */
#pragma once

#include <glib.h>

enum attributes_state {
    ATTRIBUTES_ABSENT,
    ATTRIBUTES_THERE,
    ATTRIBUTES_OUTDATED, /* ours, for another folder */
};

/* What a file has of it for the backlog in folder, relative to the file's; bytes NULL: there is no file. */
enum attributes_state attributes_look(GBytes *bytes, const char *folder);

/* The file with our lines for folder, and with no others of ours. */
GBytes *attributes_add(GBytes *bytes, const char *folder);

/* The file without our lines; NULL where it held nothing else from the beginning and can go. */
GBytes *attributes_remove(GBytes *bytes);
