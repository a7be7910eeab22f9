#include "commit_private.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How deep symbolic refs may lead: git follows five. */
#define MAX_SYMBOLIC 5
#define PATIENCE (5 * G_USEC_PER_SEC)

void commit_head_clear(struct commit_head *head)
{
    g_clear_pointer(&head->target, g_free);
    g_clear_pointer(&head->ref, g_free);
    memset(&head->id, 0, sizeof head->id);
}

/* What the ref leads to in one step, newly allocated; NULL where it is not symbolic, or is not there. */
static char *next_ref(git_repository *git, const char *name)
{
    git_reference *ref = NULL;
    char *next = NULL;

    if (git_reference_lookup(&ref, git, name) == 0 && git_reference_type(ref) == GIT_REFERENCE_SYMBOLIC)
        next = g_strdup(git_reference_symbolic_target(ref));
    git_reference_free(ref);
    return next;
}

gboolean commit_head_read(struct commit_run *run, struct commit_head *head, GError **error)
{
    commit_head_clear(head);
    head->target = next_ref(run->git, "HEAD");
    if (!head->target)
        head->target = g_strdup("HEAD");
    head->ref = g_strdup(head->target);
    for (guint depth = 0; depth < MAX_SYMBOLIC; depth++) {
        char *next = strcmp(head->ref, "HEAD") == 0 ? NULL : next_ref(run->git, head->ref);
        if (!next)
            break;
        g_free(head->ref);
        head->ref = next;
    }
    int status = git_reference_name_to_id(&head->id, run->git, head->ref);
    if (status == GIT_ENOTFOUND && strcmp(head->ref, "HEAD") != 0)
        memset(&head->id, 0, sizeof head->id);
    else if (status < 0)
        return commit_fail_git(error, "cannot read HEAD");
    return TRUE;
}

static gboolean is_same(const struct commit_head *a, const struct commit_head *b)
{
    return strcmp(a->target, b->target) == 0 && strcmp(a->ref, b->ref) == 0 && git_oid_equal(&a->id, &b->id);
}

static char *ref_path(struct commit_run *run, const char *ref)
{
    gboolean own = strcmp(ref, "HEAD") == 0;
    return g_strconcat(own ? git_repository_path(run->git) : git_repository_commondir(run->git), ref, NULL);
}

char *commit_head_lock_path(struct commit_run *run, const char *ref)
{
    g_autofree char *path = ref_path(run, ref);
    return g_strconcat(path, ".lock", NULL);
}

static gboolean refuse_locked(struct commit_run *run, GError **error)
{
    g_autofree char *path = commit_head_lock_path(run, run->head.ref);
    return commit_refuse(
        error, COMMIT_ERROR_LOCKED,
        "%s is locked by another git program, or one has died: when none is running, remove %s and "
        "try again; nothing was changed",
        run->head.ref, path);
}

/* Both locks, or neither: HEAD's own is held where a branch moves, so that no checkout changes what HEAD
 * names in between; libgit2 has that of a detached HEAD. */
static gboolean lock_refs(struct commit_run *run, GError **error)
{
    gint64 start = g_get_monotonic_time();
    gboolean detached = strcmp(run->head.ref, "HEAD") == 0;

    for (;;) {
        if (!detached && SAFEGUARD("head-lock") && !commit_lock_head(run, error))
            return FALSE;
        if (git_transaction_new(&run->transaction, run->git) == 0 &&
            git_transaction_lock_ref(run->transaction, run->head.ref) == 0)
            return TRUE;
        git_transaction_free(run->transaction);
        run->transaction = NULL;
        commit_unlock_head(run);
        if (commit_lock_signal())
            return commit_refuse(error, COMMIT_ERROR_INTERRUPTED, "interrupted; nothing was changed");
        if (g_get_monotonic_time() - start > PATIENCE)
            return refuse_locked(run, error);
        g_usleep((gulong)g_random_int_range(5, 25) * 1000);
    }
}

gboolean commit_head_tidy(struct commit_run *run)
{
    g_autofree char *path = ref_path(run, run->head.ref);
    g_autofree char *lock = commit_head_lock_path(run, run->head.ref);
    struct stat here, there;

    git_transaction_free(run->transaction);
    run->transaction = NULL;
    return lstat(lock, &there) < 0 || lstat(path, &here) < 0 || here.st_ino != there.st_ino ||
           here.st_dev != there.st_dev || unlink(lock) == 0;
}

gboolean commit_head_lock(struct commit_run *run, gboolean *same, GError **error)
{
    struct commit_head now = { 0 };

    if (!lock_refs(run, error))
        return FALSE;
    gboolean good = commit_head_read(run, &now, error);
    *same = good && (!SAFEGUARD("cas") || is_same(&now, &run->head));
    commit_head_clear(&now);
    return good;
}

gboolean commit_head_move(struct commit_run *run, gboolean *moved, GError **error)
{
    git_oid now;
    int status = git_transaction_set_target(run->transaction, run->head.ref, &run->commit, run->committer,
                                            run->reflog);
    *moved = FALSE;
    if (status == 0)
        status = git_transaction_commit(run->transaction);
    if (status == 0) {
        *moved = TRUE;
        return TRUE;
    }
    commit_fail_git(error, run->head.ref);
    /* The folder is brought to the disk after the ref has its new name: an error does not say that it has
     * not. */
    if (SAFEGUARD("ref-reread"))
        *moved =
            git_reference_name_to_id(&now, run->git, run->head.ref) == 0 && git_oid_equal(&now, &run->commit);
    return FALSE;
}
