/*
 * What the files of file_swap share: a swap's two places, and what is seen there.
 *
 *     file_stage.c  writing the hidden files
 *     file_swap.c   applying, reverting and finishing
 *
 * Only they include this.
 */
#pragma once

#include "file_private.h"
#include "file_swap.h"

/* The folders of one swap, open, and the names in them. */
struct swap_place {
    int folder; /* the file's; to be closed */
    const char *name;
    int hidden; /* of the temporary: folder, or staging */
};

gboolean swap_place_open(struct swap_place *place, int root, int staging, const struct file_swap *swap,
                         GError **error);

/* Whether the folder has anything by that name. */
gboolean swap_is_there(int folder, const char *name);

/* Whether the file can be read and has that digest. */
gboolean swap_holds(int folder, const char *name, const char *digest);

/* Sets the error that somebody else changed the file; returns FALSE. */
gboolean swap_changed(GError **error);
