/*
 * Reads the tickets of tk (github.com/wedow/ticket): a folder .tickets with one Markdown file a ticket.
 *
 * Tickets are the files *.md in it but for a readme; sub-folders and links are not followed. import.h says
 * what happens next.
 */
#pragma once

#include "import.h"

/* The tickets in folder/.tickets, or in folder itself. A file that cannot be read is an error among the
 * findings, and the others go on; NULL only where there are no tickets at all. progress may be NULL. */
struct import *import_tk_read(const struct policy *policy, const char *folder,
                              const struct import_progress *progress, GError **error);
