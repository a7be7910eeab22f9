#include "file_private.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* How many files are written before the disk is waited for: as many are open at a time. */
#define MANY 256

/* A file on its way: hidden, then under its name. */
struct staged {
    char *temporary; /* NULL: not yet written */
    int descriptor;  /* -1: on the disk */
    gboolean published;
};

struct batch {
    int root;
    const struct file_new *files;
    struct staged *staged;
    guint n;
    guint waited; /* files before this one are on the disk */
};

static gboolean stage(struct batch *batch, guint i, GError **error)
{
    const struct file_new *file = &batch->files[i];
    struct staged *staged = &batch->staged[i];
    const char *name;

    if (!file_make_folders(batch->root, file->path, error))
        return FALSE;
    int folder = file_open_parent(batch->root, file->path, &name, error);
    if (folder < 0)
        return FALSE;
    staged->descriptor = file_begin(folder, file->bytes, 0666, FALSE, &staged->temporary, error);
    close(folder);
    if (staged->descriptor < 0)
        return FALSE;
    /* The disk begins now; what it is asked to finish later is then done for all at once. A hint: errors show
     * there. */
    sync_file_range(staged->descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
    return TRUE;
}

/* Waits for the files staged so far, up to end. */
static gboolean wait_for_disk(struct batch *batch, guint end, guint *failed, GError **error)
{
    for (; batch->waited < end; batch->waited++) {
        struct staged *staged = &batch->staged[batch->waited];
        gboolean good = file_end(staged->descriptor, error);
        staged->descriptor = -1;
        if (!good) {
            *failed = batch->waited;
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean stage_all(struct batch *batch, guint *failed, GError **error)
{
    for (guint i = 0; i < batch->n; i++) {
        if (!stage(batch, i, error)) {
            *failed = i;
            return FALSE;
        }
        if ((i + 1) % MANY == 0 && !wait_for_disk(batch, i + 1, failed, error))
            return FALSE;
    }
    return wait_for_disk(batch, batch->n, failed, error);
}

/* Gives all files their names, and waits once for each folder. */
static gboolean publish_all(struct batch *batch, guint *failed, GError **error)
{
    g_autoptr(GHashTable) folders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iterator;
    gpointer path;
    const char *name;

    for (guint i = 0; i < batch->n; i++) {
        int folder = file_open_parent(batch->root, batch->files[i].path, &name, error);
        gboolean done = folder >= 0 && file_publish(folder, batch->staged[i].temporary, name, error);
        if (folder >= 0)
            close(folder);
        batch->staged[i].published = done;
        *failed = i;
        if (!done)
            return FALSE;
        g_hash_table_replace(folders, g_path_get_dirname(batch->files[i].path), GUINT_TO_POINTER(i));
    }
    g_hash_table_iter_init(&iterator, folders);
    for (gpointer last; g_hash_table_iter_next(&iterator, &path, &last);) {
        *failed = GPOINTER_TO_UINT(last);
        int folder = file_open_parent(batch->root, batch->files[*failed].path, &name, error);
        gboolean done = folder >= 0 && file_sync_folder(folder, error);
        if (folder >= 0)
            close(folder);
        if (!done)
            return FALSE;
    }
    return TRUE;
}

/* Removes what was written so far. */
static void take_back(struct batch *batch)
{
    for (guint i = 0; i < batch->n && batch->staged[i].temporary; i++) {
        const struct staged *staged = &batch->staged[i];
        const char *name;
        int folder = file_open_parent(batch->root, batch->files[i].path, &name, NULL);
        if (staged->descriptor >= 0)
            close(staged->descriptor);
        if (folder < 0)
            continue;
        if (staged->published)
            file_remove(batch->root, batch->files[i].path, batch->files[i].bytes, NULL);
        else
            unlinkat(folder, staged->temporary, 0);
        close(folder);
    }
}

gboolean file_create_all(int root, const struct file_new *files, guint n, guint *failed, GError **error)
{
    g_autofree struct staged *staged = g_new0(struct staged, n + 1);
    struct batch batch = { .root = root, .files = files, .staged = staged, .n = n };
    sigset_t signals;

    file_hold_signals(&signals);
    gboolean done = stage_all(&batch, failed, error) && publish_all(&batch, failed, error);
    if (!done)
        take_back(&batch);
    file_release_signals(&signals);
    for (guint i = 0; i < n; i++)
        g_free(staged[i].temporary);
    return done;
}
