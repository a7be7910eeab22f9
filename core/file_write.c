#include "file_private.h"
#include "file_swap.h"

/* Writes all or none; bytes are those of swaps. */
static gboolean write_swaps(int root, struct file_swap *swaps, GBytes *const *bytes, guint n, guint *failed,
                            GError **error)
{
    g_autofree char *kept = NULL;
    sigset_t signals;

    file_hold_signals(&signals);
    gboolean staged = file_swaps_stage(root, -1, swaps, bytes, n, failed, error);
    gboolean good = staged && file_swaps_apply(root, -1, swaps, n, failed, error);
    gboolean settled = good || (staged && file_swaps_revert(root, -1, swaps, n));
    if (settled)
        file_swaps_finish(root, -1, swaps, n, &kept);
    file_release_signals(&signals);
    if (staged && !settled)
        g_prefix_error(error, "files named .refine-tmp-… hold what could not be put back: ");
    if (kept)
        g_prefix_error(error, "what another process wrote is in %s: ", kept);
    return good;
}

gboolean file_change_all(int root, const struct file_change *changes, guint n, guint *failed, GError **error)
{
    g_autofree struct file_swap *swaps = g_new0(struct file_swap, n + 1);
    g_autofree GBytes **bytes = g_new0(GBytes *, n + 1);

    for (guint i = 0; i < n; i++) {
        file_swap_init(&swaps[i], changes[i].path, changes[i].before, changes[i].after);
        bytes[i] = changes[i].after;
    }
    gboolean good = write_swaps(root, swaps, bytes, n, failed, error);
    for (guint i = 0; i < n; i++)
        file_swap_clear(&swaps[i]);
    return good;
}

static gboolean change_one(int root, const char *path, GBytes *before, GBytes *after, GError **error)
{
    const struct file_change change = { path, before, after };
    guint failed;

    return file_change_all(root, &change, 1, &failed, error);
}

gboolean file_replace(int root, const char *path, GBytes *before, GBytes *after, GError **error)
{
    return change_one(root, path, before, after, error);
}

gboolean file_create(int root, const char *path, GBytes *bytes, GError **error)
{
    return change_one(root, path, NULL, bytes, error);
}

gboolean file_remove(int root, const char *path, GBytes *expected, GError **error)
{
    return change_one(root, path, expected, NULL, error);
}

gboolean file_create_secret(int root, const char *name, GBytes *bytes, GError **error)
{
    char *own = (char *)name;
    int descriptor = file_begin(root, bytes, 0600, TRUE, &own, error);

    return descriptor >= 0 && file_end(descriptor, error) && file_sync_folder(root, error);
}
