#include "file_swap_private.h"

#include "safeguard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

gboolean swap_place_open(struct swap_place *place, int root, int staging, const struct file_swap *swap,
                         GError **error)
{
    place->folder = file_open_parent(root, swap->path, &place->name, error);
    place->hidden = swap->beside ? place->folder : staging;
    return place->folder >= 0;
}

gboolean swap_is_there(int folder, const char *name)
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

gboolean swap_holds(int folder, const char *name, const char *digest)
{
    return compare(folder, name, digest) == HOLDS;
}

gboolean swap_changed(GError **error)
{
    g_set_error(error, FILE_ERROR, FILE_ERROR_CHANGED,
                "it was changed meanwhile; nothing was written, try again");
    return FALSE;
}

static gboolean is_unsupported(int saved)
{
    return saved == EINVAL || saved == ENOSYS || saved == ENOTSUP;
}

/* -- applying -- */

/* Where the system cannot exchange two names: what is there, which must be what is expected, is kept under a
 * second one first. */
static gboolean exchange_by_steps(const struct swap_place *place, const struct file_swap *swap,
                                  const char *expected, GError **error)
{
    g_autofree char *kept = g_strconcat(swap->temporary, "-old", NULL);
    g_autoptr(GBytes) old = file_read(place->folder, place->name, NULL);
    enum content content = compare(place->folder, place->name, expected);
    struct stat status = { 0 };

    if (content != HOLDS)
        return content == DIFFERS ? swap_changed(error) : file_fail(error, EIO);
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
static gboolean exchange(const struct swap_place *place, const struct file_swap *swap, const char *expected,
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
    return content == UNREADABLE ? file_fail(error, EIO) : swap_changed(error);
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

static gboolean take_away(const struct swap_place *place, const struct file_swap *swap, GError **error)
{
    if (!rename_new(place->folder, place->name, place->hidden, swap->temporary, error))
        return FALSE;
    if (swap_holds(place->hidden, swap->temporary, swap->before))
        return TRUE;
    rename_new(place->hidden, swap->temporary, place->folder, place->name, NULL);
    return swap_changed(error);
}

static gboolean apply(int root, int staging, const struct file_swap *swap, GError **error)
{
    struct swap_place place;

    if (!swap_place_open(&place, root, staging, swap, error))
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
static void gather(const struct swap_place *place, const struct file_swap *swap)
{
    g_autofree char *kept = g_strconcat(swap->temporary, "-old", NULL);
    if (swap_is_there(place->hidden, swap->temporary))
        unlinkat(place->hidden, kept, 0);
    else
        renameat(place->hidden, kept, place->hidden, swap->temporary);
}

static gboolean revert_replaced(const struct swap_place *place, const struct file_swap *swap)
{
    g_autoptr(GError) error = NULL;

    gather(place, swap);
    enum content here = compare(place->folder, place->name, swap->after);
    if (here != HOLDS)
        return here == DIFFERS; /* not yet replaced, or somebody's own work by now */
    enum content there = compare(place->hidden, swap->temporary, swap->after);
    if (there != DIFFERS || !swap_is_there(place->hidden, swap->temporary))
        return there != UNREADABLE && g_strcmp0(swap->before, swap->after) == 0;
    return exchange(place, swap, swap->after, &error) ||
           g_error_matches(error, FILE_ERROR, FILE_ERROR_CHANGED);
}

static gboolean revert_created(const struct swap_place *place, const struct file_swap *swap)
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

static gboolean revert_removed(const struct swap_place *place, const struct file_swap *swap)
{
    if (swap_is_there(place->folder, place->name) || !swap_is_there(place->hidden, swap->temporary))
        return TRUE;
    return rename_new(place->hidden, swap->temporary, place->folder, place->name, NULL);
}

gboolean file_swaps_revert(int root, int staging, const struct file_swap *swaps, guint n)
{
    gboolean good = TRUE;

    for (guint i = n; i-- > 0;) {
        const struct file_swap *swap = &swaps[i];
        struct swap_place place;
        if (!swap->temporary)
            continue;
        if (!swap_place_open(&place, root, staging, swap, NULL)) {
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
static enum content compare_own(const struct swap_place *place, const struct file_swap *swap)
{
    enum content before = swap->before ? compare(place->hidden, swap->temporary, swap->before) : DIFFERS;
    enum content after = swap->after ? compare(place->hidden, swap->temporary, swap->after) : DIFFERS;

    return before == HOLDS || after == HOLDS ? HOLDS : before == UNREADABLE ? UNREADABLE : after;
}

/* What somebody else wrote came out when the file was exchanged and could not be put back: it gets a name
 * that can be seen. */
static char *rescue(const struct swap_place *place, const struct file_swap *swap)
{
    g_autofree char *name = g_strconcat("refine-kept-", swap->temporary + strlen(".refine-tmp-"), NULL);
    gboolean renamed = rename_new(place->hidden, swap->temporary, place->hidden, name, NULL);
    return g_strdup(renamed ? name : swap->temporary);
}

gboolean file_swaps_finish(int root, int staging, const struct file_swap *swaps, guint n, char **kept)
{
    gboolean good = TRUE;

    for (guint i = 0; i < n; i++) {
        struct swap_place place;
        if (!swaps[i].temporary || !swap_place_open(&place, root, staging, &swaps[i], NULL))
            continue;
        g_autofree char *second = g_strconcat(swaps[i].temporary, "-old", NULL);
        unlinkat(place.hidden, second, 0);
        enum content content =
            swap_is_there(place.hidden, swaps[i].temporary) ? compare_own(&place, &swaps[i]) : HOLDS;
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
