#include "file_swap_private.h"

#include "safeguard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* How many files are written before the disk is waited for: as many are open at a time. */
#define MANY 256

/* Whether a file can be renamed from one folder into the other. */
static gboolean same_mount(int a, int b)
{
    struct statx first, second;
    unsigned mask = STATX_BASIC_STATS | STATX_MNT_ID;

    if (statx(a, "", AT_EMPTY_PATH, mask, &first) < 0 || statx(b, "", AT_EMPTY_PATH, mask, &second) < 0)
        return FALSE;
    return first.stx_dev_major == second.stx_dev_major && first.stx_dev_minor == second.stx_dev_minor &&
           ((first.stx_mask & second.stx_mask & STATX_MNT_ID) == 0 || first.stx_mnt_id == second.stx_mnt_id);
}

/* Whether the file is what the swap expects; mode gets that of one that is there. */
static gboolean check_present(const struct swap_place *place, const struct file_swap *swap, mode_t *mode,
                              GError **error)
{
    struct stat status;

    if (!swap->before) {
        if (!swap_is_there(place->folder, place->name))
            return TRUE;
        return file_fail(error, EEXIST);
    }
    int descriptor = file_open_regular(place->folder, place->name, FILE_LIMIT, &status, error);
    if (descriptor < 0)
        return FALSE;
    close(descriptor);
    if (status.st_nlink > 1) {
        g_set_error(error, FILE_ERROR, FILE_ERROR_KIND,
                    "it has %lu names (hard links), and an edit would reach only one of them",
                    (unsigned long)status.st_nlink);
        return FALSE;
    }
    *mode = status.st_mode & 07777;
    return !SAFEGUARD("input-check") || swap_holds(place->folder, place->name, swap->before) ||
           swap_changed(error);
}

/* A hidden name that nothing has yet. */
static char *free_name(int folder)
{
    for (;;) {
        g_autofree char *name = g_strdup_printf(".refine-tmp-%08x", g_random_int());
        if (!swap_is_there(folder, name))
            return g_steal_pointer(&name);
    }
}

/* Writes the hidden file, without waiting for it; *descriptor is -1 where there is none to wait for. */
static gboolean stage(int root, int staging, struct file_swap *swap, GBytes *bytes, int *descriptor,
                      GError **error)
{
    struct swap_place place;
    mode_t mode = 0666;
    gboolean done = FALSE;

    if (!swap->before && !file_make_folders(root, swap->path, error))
        return FALSE;
    if (!swap_place_open(&place, root, staging, swap, error))
        return FALSE;
    swap->beside = staging < 0 || !same_mount(staging, place.folder);
    place.hidden = swap->beside ? place.folder : staging;
    if (check_present(&place, swap, &mode, error)) {
        if (!bytes) {
            swap->temporary = free_name(place.hidden);
            done = TRUE;
        } else {
            *descriptor =
                file_begin(place.hidden, bytes, mode, swap->before != NULL, &swap->temporary, error);
            done = *descriptor >= 0;
        }
    }
    close(place.folder);
    /* The disk begins now; what it is asked to finish later is then done for all at once. A hint: errors
     * show there. */
    if (done && bytes)
        sync_file_range(*descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
    return done;
}

/* From how many files on the file system is asked once to bring all it has to the disk. */
#define WHOLE 16

/* Waits for the staged files of from to end (not included). */
static gboolean wait_for_disk(struct file_swap *swaps, int *descriptors, guint from, guint end, guint *failed,
                              GError **error)
{
    gboolean whole = end - from >= WHOLE && descriptors[end - 1] >= 0;

    *failed = from;
    if (whole && syncfs(descriptors[end - 1]) < 0)
        return file_fail(error, errno);
    for (guint i = from; i < end; i++) {
        int descriptor = descriptors[i];
        if (descriptor < 0)
            continue;
        descriptors[i] = -1;
        *failed = i;
        if (fstat(descriptor, &swaps[i].staged) < 0) {
            int saved = errno;
            close(descriptor);
            return file_fail(error, saved);
        }
        if (whole ? close(descriptor) < 0 && !file_fail(error, errno) : !file_end(descriptor, error))
            return FALSE;
    }
    return TRUE;
}

gboolean file_swaps_stage(int root, int staging, struct file_swap *swaps, GBytes *const *bytes, guint n,
                          guint *failed, GError **error)
{
    g_autofree int *descriptors = g_new(int, n + 1);
    gboolean good = TRUE;

    for (guint i = 0; i < n; i++)
        descriptors[i] = -1;
    for (guint i = 0; i < n && good; i++) {
        *failed = i;
        good = stage(root, staging, &swaps[i], bytes[i], &descriptors[i], error);
        if (good && ((i + 1) % MANY == 0 || i + 1 == n))
            good = wait_for_disk(swaps, descriptors, i - i % MANY, i + 1, failed, error);
    }
    if (good)
        return TRUE;
    for (guint i = 0; i < n; i++)
        if (descriptors[i] >= 0)
            close(descriptors[i]);
    g_autofree char *kept = NULL;
    file_swaps_finish(root, staging, swaps, n, &kept);
    return FALSE;
}
