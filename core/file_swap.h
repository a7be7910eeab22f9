/*
 * Files of the work tree on their way to their next version, any number as one:
 *
 *     file_swaps_stage   writes the new bytes to hidden files and waits for the disk; nothing is visible yet
 *     file_swaps_apply   puts them in place, each in one step; what was there is kept under the hidden name
 *     file_swaps_finish  drops what was there, or
 *     file_swaps_revert  puts it back
 *
 * How far each file came can be told from the files alone, so that file_swaps_revert also works for a process
 * that died, given path, name and digests again. What somebody else saved meanwhile always wins: apply fails
 * and puts it back, revert leaves it.
 */
#pragma once

#include "file.h"

#include <sys/stat.h>

struct file_swap {
    char *path;         /* relative to root */
    char *before;       /* digest of what the file must hold; NULL: it must not be there */
    char *after;        /* digest of what it shall hold; NULL: it shall go */
    char *temporary;    /* set by file_swaps_stage: the hidden name */
    gboolean beside;    /* that name is in the file's own folder, not in staging */
    struct stat staged; /* set by file_swaps_stage: of the new file; all 0 where it shall go */
};

/* SHA-256 of the bytes, in hexadecimal; NULL for NULL. Newly allocated. */
char *file_digest(GBytes *bytes);

/* Fills swap, zeroed memory, for the file at path that holds before and shall hold after; either may be NULL.
 */
void file_swap_init(struct file_swap *swap, const char *path, GBytes *before, GBytes *after);
void file_swap_clear(struct file_swap *swap);

/* bytes are those of swaps, in their order, NULL for one that shall go. staging is an open folder where the
 * hidden files go, as far as it is on the same file system; -1: beside the files. Makes folders for new
 * files. *failed is the index of the swap that an error is about; nothing is left behind then. */
gboolean file_swaps_stage(int root, int staging, struct file_swap *swaps, GBytes *const *bytes, guint n,
                          guint *failed, GError **error);

/* On failure all are put back as they were found, but for what somebody else changed meanwhile. */
gboolean file_swaps_apply(int root, int staging, struct file_swap *swaps, guint n, guint *failed,
                          GError **error);

/* Puts back what was there; a file that somebody else has changed since stays. FALSE where the system
 * refused: then it can be tried again. */
gboolean file_swaps_revert(int root, int staging, const struct file_swap *swaps, guint n);

/* Removes the hidden files. Where one of them holds what somebody else wrote, and which could not be put
 * back, it stays, and *kept (else as it was; to begin with NULL) gets its new name, several with commas,
 * "refine-kept-…", in staging or beside the file; to be freed. FALSE where one could not be removed. */
gboolean file_swaps_finish(int root, int staging, const struct file_swap *swaps, guint n, char **kept);
