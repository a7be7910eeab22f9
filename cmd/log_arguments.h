/*
 * The arguments of log: revisions and items, told apart as git tells revisions from paths. What stands before
 * "--" is a revision, what stands behind it an item; without "--" a word is what it names, and one that names
 * both is refused. Digits of a commit are no name beside an item's.
 */
#pragma once

#include "command.h"

struct log_arguments {
    char **revisions; /* NULL: none */
    char **ids;       /* NULL: none */
    gboolean gone;    /* one is not, or no longer, that of an item */
};

/* Reads them; FALSE with an error, and *read to be cleared all the same. */
gboolean log_arguments_read(struct context *context, char **arguments, struct log_arguments *read,
                            GError **error);
void log_arguments_clear(struct log_arguments *read);
