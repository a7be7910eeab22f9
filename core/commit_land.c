#include "commit_private.h"

void commit_land_clear(struct commit_run *run)
{
    for (guint i = 0; i < run->n_swaps; i++)
        file_swap_clear(&run->swaps[i]);
    run->n_swaps = 0;
}

/* Writes the new files of the work tree, hidden. */
static gboolean stage_files(struct commit_run *run, GError **error)
{
    guint failed = 0;

    commit_land_clear(run);
    for (guint i = 0; i < run->targets->len; i++) {
        const struct commit_target *target = &g_array_index(run->targets, struct commit_target, i);
        const struct commit_file *file = target->file;
        gboolean comes = !target->leaves && file->from;
        GBytes *before = comes ? NULL : file->before, *after = target->leaves ? NULL : file->after;
        if (before == after || (before && after && g_bytes_equal(before, after)))
            continue;
        file_swap_init(&run->swaps[run->n_swaps], target->path, before, after);
        run->contents[run->n_swaps++] = after;
    }
    umask(run->umask);
    gboolean good =
        file_swaps_stage(run->top, run->staging, run->swaps, run->contents, run->n_swaps, &failed, error);
    umask(run->shared_umask);
    if (!good)
        g_prefix_error(error, "%s: ", run->swaps[failed].path);
    return good;
}

/* Puts everything back as it was, as far as it can; what cannot be put back now is left to recovery, and the
 * error says so. */
static gboolean take_back(struct commit_run *run, GError **error)
{
    g_autofree char *kept = NULL;
    gboolean good = file_swaps_revert(run->top, run->staging, run->swaps, run->n_swaps);

    git_transaction_free(run->transaction);
    run->transaction = NULL;
    good = commit_unlock_head(run) && good;
    good = commit_unlock_index(run) && good;
    if (good) {
        file_swaps_finish(run->top, run->staging, run->swaps, run->n_swaps, &kept);
        commit_journal_remove(run);
    } else {
        g_prefix_error(error, "not everything could be put back, the next refine will try again: ");
    }
    if (kept)
        g_prefix_error(error, "what another program wrote is in %s/tmp/%s: ", run->folder, kept);
    return FALSE;
}

void commit_warn_kept(struct commit_run *run, const char *kept)
{
    if (kept)
        g_ptr_array_add(
            run->outcome->warnings,
            g_strdup_printf("what another program wrote while a file was being replaced is kept in "
                            "%s/tmp or beside the file: %s",
                            run->folder, kept));
}

/* Behind the point of no return: what fails now is said, and left to recovery. */
static void finish(struct commit_run *run)
{
    g_autofree char *kept = NULL;
    g_autoptr(GError) error = NULL;

    /* As long as the lock of HEAD is there, recovery can tell that the one of the ref is ours. */
    gboolean good = (!run->records || commit_head_tidy(run)) && commit_unlock_head(run);
    good = commit_lock_publish_index(run, &error) && good;
    run->head_locked = FALSE;
    if (good && file_swaps_finish(run->top, run->staging, run->swaps, run->n_swaps, &kept))
        commit_journal_remove(run);
    else
        g_ptr_array_add(
            run->outcome->warnings,
            g_strdup_printf("the decision is recorded, but not everything could be tidied up%s%s; the "
                            "next refine will",
                            error ? ": " : "", error ? error->message : ""));
    run->index_locked = FALSE;
    commit_warn_kept(run, kept);
}

gboolean commit_land(struct commit_run *run, git_index *index, const char *copy, gboolean *again,
                     GError **error)
{
    gboolean same = TRUE, moved = FALSE;
    guint failed = 0;

    /* The journal comes before the locks of refs, for they cannot be told to be ours without it. */
    if (!stage_files(run, error) || !commit_index_write(run, index, copy, error) ||
        !commit_journal_write(run, error) || (run->records && !commit_head_lock(run, &same, error)))
        return take_back(run, error);
    if (!same) {
        *again = TRUE;
        return take_back(run, NULL);
    }
    if (commit_lock_signal()) {
        commit_refuse(error, COMMIT_ERROR_INTERRUPTED, "interrupted; nothing was changed");
        return take_back(run, error);
    }
    if (!commit_lock_fill_index(run, copy, error))
        return take_back(run, error);
    if (!file_swaps_apply(run->top, run->staging, run->swaps, run->n_swaps, &failed, error)) {
        g_prefix_error(error, "%s: ", run->swaps[failed].path);
        return take_back(run, error);
    }
    g_autoptr(GError) cause = NULL;
    if (run->records && !commit_head_move(run, &moved, &cause) && !moved) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return take_back(run, error);
    }
    if (cause)
        g_ptr_array_add(
            run->outcome->warnings,
            g_strdup_printf("the decision is recorded, but the disk did not confirm it: %s", cause->message));
    finish(run);
    return TRUE;
}
