#include "command.h"

#include "file.h"
#include "merge_item.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* The files of one merge by the places that git gives them. */
enum { BASE, OURS, THEIRS, N_FILES };

/* Reads what git put beside the work tree; whatever its size: what is no item is merged all the same. */
static GBytes *read_file(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
    int root = file_open_root(folder, error);
    GBytes *bytes = root < 0 ? NULL : file_read_limited(root, name, G_MAXINT32, error);

    if (root >= 0)
        g_close(root, NULL);
    if (!bytes)
        g_prefix_error(error, "%s: ", path);
    return bytes;
}

/* Puts the bytes in the place of the file in one step, with its mode, whatever its size: of a file that was
 * written in part git would take what is there for the merge. */
static gboolean write_file(const char *path, GBytes *bytes, GError **error)
{
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    GStatBuf status;
    sigset_t signals;

    if (g_stat(path, &status) < 0) {
        g_set_error(error, FILE_ERROR, FILE_ERROR_SYSTEM, "%s: %s", path, g_strerror(errno));
        return FALSE;
    }
    file_hold_signals(&signals);
    gboolean good =
        g_file_set_contents_full(path, text ? text : "", (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT,
                                 (int)(status.st_mode & 0777), error);
    /* The new file has lost what the user's mask takes; that it cannot be given back is no reason to fail. */
    if (good && g_chmod(path, (int)(status.st_mode & 0777)) < 0)
        errno = 0;
    file_release_signals(&signals);
    return good;
}

/* The policy that holds for the item: for its names of sections alone, so that one that is broken, or in
 * conflict itself, is as good as none. */
static struct policy *find_policy(const struct context *context, const char *path)
{
    g_autofree char *place = g_canonicalize_filename(path, context->folder);
    g_autofree char *folder = g_path_get_dirname(place);

    while (folder[1] && !g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        char *above = g_path_get_dirname(folder);
        g_free(folder);
        folder = above;
    }
    return policy_find(folder, NULL, NULL);
}

/* Longer values say nothing on one line. */
#define MOST_TOLD 40

static char *describe(const struct merge_conflict *conflict)
{
    const char *ours = conflict->ours, *theirs = conflict->theirs;

    if (!ours && !theirs)
        return g_strdup("both changed it");
    if (!ours || !theirs)
        return g_strdup_printf("%s took it out, %s changed it", ours ? "theirs" : "ours",
                               ours ? "ours" : "theirs");
    if (g_utf8_strlen(ours, -1) > MOST_TOLD || g_utf8_strlen(theirs, -1) > MOST_TOLD)
        return g_strdup("both changed it");
    return g_strdup_printf("ours %s, theirs %s", ours, theirs);
}

/* Says on standard error, above git's own line, what is left to decide. */
static void tell(struct context *context, const char *path, const struct item_merge *merge)
{
    if (merge->by_lines && merge->conflicts->len > 0) {
        gboolean binary =
            memchr(g_bytes_get_data(merge->bytes, NULL), '\0', g_bytes_get_size(merge->bytes)) != NULL;
        output_hint(context->output,
                    binary ? "%s: no text; ours was left as it is"
                           : "%s: merged by lines, not by fields; look over all of it",
                    path);
        return;
    }
    for (guint i = 0; i < merge->conflicts->len; i++) {
        const struct merge_conflict *conflict = merge->conflicts->pdata[i];
        g_autofree char *text = describe(conflict);
        output_hint(context->output, "%s: %s: %s", path, conflict->what, text);
    }
}

static int run(struct context *context, const void *options, char **arguments, GError **error)
{
    const char *size = arguments[4] ? arguments[3] : NULL, *path = arguments[4] ? arguments[4] : arguments[3];
    struct merge_labels labels = { .ours = "ours", .theirs = "theirs", .base = "base" };
    g_autoptr(GBytes) base = NULL, ours = NULL, theirs = NULL;
    guint64 wide = 7;

    if (size && !g_ascii_string_to_unsigned(size, 10, 1, 1000, &wide, NULL))
        return usage_error(error, "expected the size of conflict markers, a number, saw %s", size);
    labels.size = (guint)wide;
    if (!(base = read_file(arguments[BASE], error)) || !(ours = read_file(arguments[OURS], error)) ||
        !(theirs = read_file(arguments[THEIRS], error)))
        return -1;
    g_autoptr(Policy) policy = find_policy(context, path);
    g_autoptr(ItemMerge) merge = item_merge_new(policy, base, ours, theirs, &labels, error);
    if (!merge)
        return -1;
    if (!g_bytes_equal(merge->bytes, ours) && !write_file(arguments[OURS], merge->bytes, error))
        return -1;
    tell(context, path, merge);
    return merge->conflicts->len > 0;
}

const struct command command_merge_driver = {
    .name = "merge-driver",
    .arguments = "BASE OURS THEIRS [SIZE] PATH",
    .summary = "Merge an item field by field, as git's merge driver.",
    .needs = TAKES_PATHS,
    .least = 4,
    .most = 5,
    .run = run,
};
