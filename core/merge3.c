#include "merge3.h"

#include <git2.h>

G_DEFINE_QUARK(refine_merge3, merge3_error)

/* The version that stands where at most one side changed something, or both did the same; NULL otherwise. */
static GBytes *find_only(GBytes *base, GBytes *ours, GBytes *theirs)
{
    if (g_bytes_equal(base, theirs) || g_bytes_equal(ours, theirs))
        return ours;
    return g_bytes_equal(base, ours) ? theirs : NULL;
}

static git_merge_file_input input_of(GBytes *bytes)
{
    git_merge_file_input input = GIT_MERGE_FILE_INPUT_INIT;
    gsize size;

    /* The library takes NULL, which empty bytes are, for a file that is not there. */
    const char *text = g_bytes_get_data(bytes, &size);
    input.ptr = text ? text : "";
    input.size = size;
    return input;
}

static GBytes *merge(GBytes *base, GBytes *ours, GBytes *theirs, GError **error)
{
    git_merge_file_input inputs[] = { input_of(base), input_of(ours), input_of(theirs) };
    git_merge_file_result result = { 0 };
    GBytes *merged = NULL;

    if (git_merge_file(&result, &inputs[0], &inputs[1], &inputs[2], NULL) < 0) {
        const git_error *last = git_error_last();
        g_set_error(error, MERGE3_ERROR, MERGE3_ERROR_FAILED, "cannot merge: %s",
                    last ? last->message : "unknown trouble");
    } else if (!result.automergeable) {
        g_set_error(error, MERGE3_ERROR, MERGE3_ERROR_CONFLICT,
                    "both changed the same lines, or lines that touch");
    } else {
        merged = g_bytes_new(result.ptr, result.len);
    }
    git_merge_file_result_free(&result);
    return merged;
}

GBytes *merge3_text(GBytes *base, GBytes *ours, GBytes *theirs, GError **error)
{
    GBytes *only = find_only(base, ours, theirs);

    if (only)
        return g_bytes_ref(only);
    if (git_libgit2_init() < 0) {
        g_set_error(error, MERGE3_ERROR, MERGE3_ERROR_FAILED, "cannot start libgit2");
        return NULL;
    }
    GBytes *merged = merge(base, ours, theirs, error);
    git_libgit2_shutdown();
    return merged;
}
