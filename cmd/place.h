/*
 * The place of an item in the order, as the options --top, --bottom, --before ID and --after ID say it.
 */
#pragma once

#include "command.h"

struct place_options {
    gboolean top;
    gboolean bottom;
    char *before;
    char *after;
};

/* The place as draft_place takes it, newly allocated: usual where no option says one (NULL: then it must be
 * said). NULL with a usage error where two do. */
char *place_text(const struct place_options *options, const char *usual, GError **error);
