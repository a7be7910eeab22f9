/*
 * The arguments of diff: which two moments are compared, and which items.
 */
#pragma once

#include "command.h"
#include "review.h"

struct diff_range {
    struct review_range range; /* of the strings below */
    char *before, *after;
    char **ids;        /* borrowed: what of the arguments names items, NULL-terminated */
    gboolean guessed;  /* no "--" told ids from revisions */
    struct repo *repo; /* open until diff_range_clear: to start libgit2 again takes time */
};

/* Reads "[REV | REV REV | REV..REV | REV...REV] [--] [ID…]", which "--" takes apart where a word could be
 * both. staged: the index is what comes after. FALSE with a usage error, or an error of the repository. */
gboolean diff_range_parse(struct diff_range *range, const struct policy *policy, gboolean staged,
                          char **arguments, GError **error);
void diff_range_clear(struct diff_range *range);
