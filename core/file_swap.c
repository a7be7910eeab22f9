#include "file_swap.h"

#include "file_private.h"
#include "safeguard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* How many files are written before the disk is waited for: as many are open at a time. */
#define MANY 256

char *file_digest(GBytes *bytes)
{
    return bytes ? g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes) : NULL;
}

void file_swap_init(struct file_swap *swap, const char *path, GBytes *before, GBytes *after)
{
    swap->path = g_strdup(path);
    swap->before = file_digest(before);
    swap->after = file_digest(after);
}

void file_swap_clear(struct file_swap *swap)
{
    g_free(swap->path);
    g_free(swap->before);
    g_free(swap->after);
    g_free(swap->temporary);
    memset(swap, 0, sizeof *swap);
}

/* The folders of one swap, open, and the names in them. */
struct place {
    int folder; /* the file's; to be closed */
    const char *name;
    int hidden; /* of the temporary: folder, or staging */
};

static gboolean place_open(struct place *place, int root, int staging, const struct file_swap *swap,
                           GError **error)
{
    place->folder = file_open_parent(root, swap->path, &place->name, error);
    place->hidden = swap->beside ? place->folder : staging;
    return place->folder >= 0;
}

static gboolean is_there(int folder, const char *name)
{
    return faccessat(folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* What a file holds, compared with a digest. A disk that cannot be read does not say that it differs. */
enum content { HOLDS, DIFFERS, UNREADABLE };

static enum content compare(int folder, const char *name, const char *digest)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = file_read(folder, name, &error);
    g_autofree char *seen = file_digest(bytes);

    if (!bytes)
        return g_error_matches(error, FILE_ERROR, FILE_ERROR_SYSTEM) ? UNREADABLE : DIFFERS;
    return g_strcmp0(seen, digest) == 0 ? HOLDS : DIFFERS;
}

static gboolean holds(int folder, const char *name, const char *digest)
{
    return compare(folder, name, digest) == HOLDS;
}

static gboolean changed(GError **error)
{
    g_set_error(error, FILE_ERROR, FILE_ERROR_CHANGED,
                "it was changed meanwhile; nothing was written, try again");
    return FALSE;
}

static gboolean is_unsupported(int saved)
{
    return saved == EINVAL || saved == ENOSYS || saved == ENOTSUP;
}

/* -- staging -- */

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
static gboolean check_present(const struct place *place, const struct file_swap *swap, mode_t *mode,
                              GError **error)
{
    struct stat status;

    if (!swap->before) {
        if (!is_there(place->folder, place->name))
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
    return !SAFEGUARD("input-check") || holds(place->folder, place->name, swap->before) || changed(error);
}

/* A hidden name that nothing has yet. */
static char *free_name(int folder)
{
    for (;;) {
        g_autofree char *name = g_strdup_printf(".refine-tmp-%08x", g_random_int());
        if (!is_there(folder, name))
            return g_steal_pointer(&name);
    }
}

/* Writes the hidden file, without waiting for it; *descriptor is -1 where there is none to wait for. */
static gboolean stage(int root, int staging, struct file_swap *swap, GBytes *bytes, int *descriptor,
                      GError **error)
{
    struct place place;
    mode_t mode = 0666;
    gboolean done = FALSE;

    if (!swap->before && !file_make_folders(root, swap->path, error))
        return FALSE;
    if (!place_open(&place, root, staging, swap, error))
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

/* -- applying -- */

/* Where the system cannot exchange two names: what is there, which must be what is expected, is kept under a
 * second one first. */
static gboolean exchange_by_steps(const struct place *place, const struct file_swap *swap,
                                  const char *expected, GError **error)
{
    g_autofree char *kept = g_strconcat(swap->temporary, "-old", NULL);
    g_autoptr(GBytes) old = file_read(place->folder, place->name, NULL);
    enum content content = compare(place->folder, place->name, expected);
    struct stat status = { 0 };

    if (content != HOLDS)
        return content == DIFFERS ? changed(error) : file_fail(error, EIO);
    if (!old || fstatat(place->folder, place->name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return file_fail(error, EIO);
    int descriptor = file_begin(place->hidden, old, status.st_mode & 07777, TRUE, &kept, error);
    if (descriptor < 0 || !file_end(descriptor, error))
        return FALSE;
    return (renameat(place->hidden, swap->temporary, place->folder, place->name) == 0 &&
            renameat(place->hidden, kept, place->hidden, swap->temporary) == 0) ||
           file_fail(error, errno);
}

/* Exchanges the two and looks at what came out: it must be what the swap was made from. */
static gboolean exchange(const struct place *place, const struct file_swap *swap, const char *expected,
                         GError **error)
{
    if (renameat2(place->hidden, swap->temporary, place->folder, place->name, RENAME_EXCHANGE) < 0)
        return is_unsupported(errno) ? exchange_by_steps(place, swap, expected, error)
                                     : file_fail(error, errno);
    enum content content =
        SAFEGUARD("exchange-verify") ? compare(place->hidden, swap->temporary, expected) : HOLDS;
    if (content == HOLDS)
        return TRUE;
    if (renameat2(place->hidden, swap->temporary, place->folder, place->name, RENAME_EXCHANGE) < 0)
        return file_fail(error, errno);
    return content == UNREADABLE ? file_fail(error, EIO) : changed(error);
}

/* Renames without ever replacing what is there. */
static gboolean rename_new(int from, const char *name, int to, const char *other, GError **error)
{
    if (renameat2(from, name, to, other, RENAME_NOREPLACE) == 0)
        return TRUE;
    if (is_unsupported(errno) && linkat(from, name, to, other, 0) == 0 && unlinkat(from, name, 0) == 0)
        return TRUE;
    return file_fail(error, errno);
}

static gboolean take_away(const struct place *place, const struct file_swap *swap, GError **error)
{
    if (!rename_new(place->folder, place->name, place->hidden, swap->temporary, error))
        return FALSE;
    if (holds(place->hidden, swap->temporary, swap->before))
        return TRUE;
    rename_new(place->hidden, swap->temporary, place->folder, place->name, NULL);
    return changed(error);
}

static gboolean apply(int root, int staging, const struct file_swap *swap, GError **error)
{
    struct place place;

    if (!place_open(&place, root, staging, swap, error))
        return FALSE;
    gboolean done = !swap->after ? take_away(&place, swap, error)
                    : !swap->before
                        ? rename_new(place.hidden, swap->temporary, place.folder, place.name, error)
                        : exchange(&place, swap, swap->before, error);
    close(place.folder);
    return done;
}

/* Waits, once for each folder, until the names of the files are on the disk. */
static gboolean sync_folders(int root, const struct file_swap *swaps, guint n, guint *failed, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const char *name;

    for (guint i = 0; i < n; i++) {
        if (!g_hash_table_add(seen, g_path_get_dirname(swaps[i].path)))
            continue;
        *failed = i;
        int folder = file_open_parent(root, swaps[i].path, &name, error);
        gboolean done = folder >= 0 && file_sync_folder(folder, error);
        if (folder >= 0)
            close(folder);
        if (!done)
            return FALSE;
    }
    return TRUE;
}

gboolean file_swaps_apply(int root, int staging, struct file_swap *swaps, guint n, guint *failed,
                          GError **error)
{
    gboolean good = TRUE;
    guint done = 0;

    for (; done < n && good; done++) {
        *failed = done;
        good = apply(root, staging, &swaps[done], error);
    }
    if (good && sync_folders(root, swaps, n, failed, error))
        return TRUE;
    file_swaps_revert(root, staging, swaps, done);
    return FALSE;
}

/* -- putting back -- */

/* What was kept under a second name goes under the first, where a process died in between. */
static void gather(const struct place *place, const struct file_swap *swap)
{
    g_autofree char *kept = g_strconcat(swap->temporary, "-old", NULL);
    if (is_there(place->hidden, swap->temporary))
        unlinkat(place->hidden, kept, 0);
    else
        renameat(place->hidden, kept, place->hidden, swap->temporary);
}

static gboolean revert_replaced(const struct place *place, const struct file_swap *swap)
{
    g_autoptr(GError) error = NULL;

    gather(place, swap);
    enum content here = compare(place->folder, place->name, swap->after);
    if (here != HOLDS)
        return here == DIFFERS; /* not yet replaced, or somebody's own work by now */
    enum content there = compare(place->hidden, swap->temporary, swap->after);
    if (there != DIFFERS || !is_there(place->hidden, swap->temporary))
        return there != UNREADABLE && g_strcmp0(swap->before, swap->after) == 0;
    return exchange(place, swap, swap->after, &error) ||
           g_error_matches(error, FILE_ERROR, FILE_ERROR_CHANGED);
}

static gboolean revert_created(const struct place *place, const struct file_swap *swap)
{
    enum content content = compare(place->folder, place->name, swap->after);
    struct stat here, there;

    if (content != HOLDS)
        return content == DIFFERS;
    /* Under both names it is one file, linked but not yet unlinked; otherwise it is not ours. */
    if (fstatat(place->hidden, swap->temporary, &there, AT_SYMLINK_NOFOLLOW) == 0)
        return fstatat(place->folder, place->name, &here, AT_SYMLINK_NOFOLLOW) < 0 ||
               here.st_ino != there.st_ino || unlinkat(place->folder, place->name, 0) == 0;
    return rename_new(place->folder, place->name, place->hidden, swap->temporary, NULL);
}

static gboolean revert_removed(const struct place *place, const struct file_swap *swap)
{
    if (is_there(place->folder, place->name) || !is_there(place->hidden, swap->temporary))
        return TRUE;
    return rename_new(place->hidden, swap->temporary, place->folder, place->name, NULL);
}

gboolean file_swaps_revert(int root, int staging, const struct file_swap *swaps, guint n)
{
    gboolean good = TRUE;

    for (guint i = n; i-- > 0;) {
        const struct file_swap *swap = &swaps[i];
        struct place place;
        if (!swap->temporary)
            continue;
        if (!place_open(&place, root, staging, swap, NULL)) {
            good = FALSE;
            continue;
        }
        good = (!swap->after    ? revert_removed(&place, swap)
                : !swap->before ? revert_created(&place, swap)
                                : revert_replaced(&place, swap)) &&
               file_sync_folder(place.folder, NULL) && good;
        close(place.folder);
    }
    return good;
}

/* Whether the hidden file is what the swap itself put there. */
static enum content compare_own(const struct place *place, const struct file_swap *swap)
{
    enum content before = swap->before ? compare(place->hidden, swap->temporary, swap->before) : DIFFERS;
    enum content after = swap->after ? compare(place->hidden, swap->temporary, swap->after) : DIFFERS;

    return before == HOLDS || after == HOLDS ? HOLDS : before == UNREADABLE ? UNREADABLE : after;
}

/* What somebody else wrote came out when the file was exchanged and could not be put back: it gets a name
 * that can be seen. */
static char *rescue(const struct place *place, const struct file_swap *swap)
{
    g_autofree char *name = g_strconcat("refine-kept-", swap->temporary + strlen(".refine-tmp-"), NULL);
    gboolean renamed = rename_new(place->hidden, swap->temporary, place->hidden, name, NULL);
    return g_strdup(renamed ? name : swap->temporary);
}

gboolean file_swaps_finish(int root, int staging, const struct file_swap *swaps, guint n, char **kept)
{
    gboolean good = TRUE;

    for (guint i = 0; i < n; i++) {
        struct place place;
        if (!swaps[i].temporary || !place_open(&place, root, staging, &swaps[i], NULL))
            continue;
        g_autofree char *second = g_strconcat(swaps[i].temporary, "-old", NULL);
        unlinkat(place.hidden, second, 0);
        enum content content =
            is_there(place.hidden, swaps[i].temporary) ? compare_own(&place, &swaps[i]) : HOLDS;
        if (content == DIFFERS) {
            g_autofree char *name = rescue(&place, &swaps[i]), *others = *kept;
            *kept = others ? g_strconcat(others, ", ", name, NULL) : g_strdup(name);
        } else if (content == HOLDS) {
            good = (unlinkat(place.hidden, swaps[i].temporary, 0) == 0 || errno == ENOENT) && good;
        } else {
            good = FALSE;
        }
        close(place.folder);
    }
    return good;
}
