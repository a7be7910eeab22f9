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

static void set_error(enum merge3_error code, const char *message, GError **error)
{
    g_set_error_literal(error, MERGE3_ERROR, (int)code, message);
}

/* With options NULL what conflicts is an error, else it is marked. */
static GBytes *merge_lines(GBytes *base, GBytes *ours, GBytes *theirs, const git_merge_file_options *options,
                           GError **error)
{
    git_merge_file_input inputs[] = { input_of(base), input_of(ours), input_of(theirs) };
    git_merge_file_result result = { 0 };
    GBytes *merged = NULL;

    if (git_merge_file(&result, &inputs[0], &inputs[1], &inputs[2], options) < 0) {
        const git_error *last = git_error_last();
        set_error(MERGE3_ERROR_FAILED, last ? last->message : "the texts cannot be merged", error);
    } else if (result.automergeable || (options && result.ptr)) {
        merged = g_bytes_new(result.ptr, result.len);
    } else {
        set_error(MERGE3_ERROR_CONFLICT, "both changed the same lines, or lines that touch", error);
    }
    git_merge_file_result_free(&result);
    return merged;
}

static GBytes *merge(GBytes *base, GBytes *ours, GBytes *theirs, const git_merge_file_options *options,
                     GError **error)
{
    GBytes *only = find_only(base, ours, theirs);

    if (only)
        return g_bytes_ref(only);
    /* It stays started: that takes as long as a hundred merges. */
    if (git_libgit2_init() < 0) {
        set_error(MERGE3_ERROR_FAILED, "cannot start libgit2", error);
        return NULL;
    }
    return merge_lines(base, ours, theirs, options, error);
}

GBytes *merge3_text(GBytes *base, GBytes *ours, GBytes *theirs, GError **error)
{
    return merge(base, ours, theirs, NULL, error);
}

GBytes *merge3_marked(GBytes *base, GBytes *ours, GBytes *theirs, const struct merge_labels *labels,
                      GError **error)
{
    git_merge_file_options options = GIT_MERGE_FILE_OPTIONS_INIT;

    options.our_label = labels->ours;
    options.their_label = labels->theirs;
    options.ancestor_label = labels->base;
    options.marker_size = (unsigned short)MIN(labels->size, G_MAXUSHORT);
    options.flags = labels->diff3 ? GIT_MERGE_FILE_STYLE_DIFF3 : GIT_MERGE_FILE_DEFAULT;
    return merge(base, ours, theirs, &options, error);
}
