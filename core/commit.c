#include "commit_private.h"

#include "commit_hook.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* How often to begin again where HEAD or the index moved; and from which time on other refines wait, so that
 * of many writers with slow hooks each comes to its end. */
#define ATTEMPTS 20
#define PATIENT_ATTEMPTS 2

G_DEFINE_QUARK(refine_commit, commit_error)

gboolean commit_refuse(GError **error, enum commit_error code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, COMMIT_ERROR, (int)code, message);
    return FALSE;
}

gboolean commit_fail_git(GError **error, const char *what)
{
    const git_error *last = git_error_last();
    return commit_refuse(error, COMMIT_ERROR_SYSTEM, "%s: %s", what,
                         last ? last->message : "unknown trouble");
}

gboolean commit_fail_system(GError **error, const char *what, int saved)
{
    return commit_refuse(error, COMMIT_ERROR_SYSTEM, "%s: %s", what, g_strerror(saved));
}

/* -- the run -- */

/* What core.sharedRepository leaves of the umask; git-config(1). */
static mode_t shared_umask(git_repository *git, mode_t umask)
{
    git_config *config = NULL;
    git_buf value = GIT_BUF_INIT;
    mode_t result = umask;
    int flag = 0;

    if (git_repository_config_snapshot(&config, git) == 0 &&
        git_config_get_string_buf(&value, config, "core.sharedrepository") == 0) {
        char *end = NULL;
        guint64 mode = g_ascii_strtoull(value.ptr, &end, 8);
        if (strcmp(value.ptr, "group") == 0)
            result &= (mode_t)~070;
        else if (strcmp(value.ptr, "all") == 0 || strcmp(value.ptr, "world") == 0 ||
                 strcmp(value.ptr, "everybody") == 0 || (*end == '\0' && mode == 2))
            result &= (mode_t)~075;
        else if (*end == '\0' && mode > 7 && (mode & 0600) == 0600)
            result = (mode_t)(0777 & ~(mode | ((mode & 0444) >> 2)));
        else if (git_config_parse_bool(&flag, value.ptr) == 0 && flag)
            result &= (mode_t)~070;
    }
    git_buf_dispose(&value);
    git_config_free(config);
    return result;
}

static gboolean open_run(struct commit_run *run, GError **error)
{
    g_autofree char *staging = NULL;
    const char *top = git_repository_workdir(run->git);

    git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, SAFEGUARD("fsync"));
    /* Who read the history before has switched it off; a folder is looked into for each of its files. */
    git_libgit2_opts(GIT_OPT_ENABLE_CACHING, 1);
    run->umask = umask(0077);
    run->shared_umask = shared_umask(run->git, run->umask);
    umask(run->shared_umask);
    run->folder = g_build_filename(git_repository_path(run->git), "refine", NULL);
    run->index_path = g_build_filename(git_repository_path(run->git), "index", NULL);
    staging = g_build_filename(run->folder, "tmp", NULL);
    if (g_mkdir_with_parents(staging, 0777) < 0)
        return commit_fail_system(error, staging, errno);
    run->staging = open(staging, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (run->staging < 0)
        return commit_fail_system(error, staging, errno);
    run->top = top ? file_open_root(top, error) : -1;
    return run->top >= 0;
}

static void close_run(struct commit_run *run)
{
    git_transaction_free(run->transaction);
    commit_unlock_head(run);
    commit_unlock_index(run);
    commit_unlock_processes(run);
    commit_land_clear(run);
    for (guint i = 0; i < run->request->n; i++) {
        g_clear_pointer(&run->versions[i].before, g_bytes_unref);
        g_clear_pointer(&run->versions[i].after, g_bytes_unref);
    }
    g_free(run->versions);
    g_free(run->swaps);
    g_free(run->contents);
    g_array_unref(run->targets);
    commit_head_clear(&run->head);
    git_signature_free(run->author);
    git_signature_free(run->committer);
    g_free(run->reflog);
    g_free(run->folder);
    g_free(run->index_path);
    if (run->top >= 0)
        close(run->top);
    if (run->staging >= 0)
        close(run->staging);
    umask(run->umask);
}

/* -- attempts -- */

/* Under the lock of processes: reads the index under its lock, prepares, or compares with what was prepared,
 * and lands. */
static gboolean land_locked(struct commit_run *run, gboolean prepared, gboolean *again, GError **error)
{
    g_autofree char *copy = g_build_filename(run->folder, "tmp", "index", NULL);
    git_index *index = NULL;
    gboolean holds = TRUE;

    if (!commit_recover_run(run, error))
        return FALSE;
    if (!SAFEGUARD("index-reread"))
        index = commit_index_open(run, copy, error);
    if (!commit_lock_index(run, error)) {
        git_index_free(index);
        return FALSE;
    }
    if (!index)
        index = commit_index_open(run, copy, error);
    gboolean good =
        index && (prepared ? commit_prepare_holds(run, index, &holds, error)
                           : commit_prepare(run, index, error) && commit_compose(run, index, NULL, error));
    if (good && holds)
        good = !commit_prepare_changes(run) || commit_land(run, index, copy, again, error);
    else
        *again = good && !holds;
    git_index_free(index);
    commit_unlock_index(run);
    unlink(copy); /* where it did not become the index */
    return good && holds;
}

void commit_folder_remove(const char *path)
{
    g_autoptr(GDir) entries = g_dir_open(path, 0, NULL);

    for (const char *name; entries && (name = g_dir_read_name(entries));) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        unlink(file);
    }
    rmdir(path);
}

/* Hooks and a signature take their time: all is prepared on a copy of the index, in a folder of this run. */
static gboolean prepare_slowly(struct commit_run *run, GError **error)
{
    g_autofree char *private = g_build_filename(run->folder, "run-XXXXXX", NULL);
    g_autofree char *copy = NULL;

    if (!g_mkdtemp_full(private, 0777))
        return commit_fail_system(error, private, errno);
    copy = g_build_filename(private, "index-copy", NULL);
    git_index *index = commit_index_open(run, copy, error);
    gboolean good = index && commit_prepare(run, index, error) && commit_compose(run, index, private, error);
    git_index_free(index);
    commit_folder_remove(private);
    return good;
}

static gboolean attempt(struct commit_run *run, guint number, gboolean *again, GError **error)
{
    gboolean slow = commit_compose_takes_time(run);

    *again = FALSE;
    if (slow && number >= PATIENT_ATTEMPTS && !commit_lock_processes(run, error))
        return FALSE;
    if (slow && !prepare_slowly(run, error))
        return FALSE;
    file_hold_signals(&run->signals);
    gboolean good = commit_lock_processes(run, error) && land_locked(run, slow, again, error);
    int signal = commit_lock_signal();
    if (good && signal) {
        /* It is recorded, which the caller is to say before it ends. */
        sigset_t set;
        int taken;
        sigemptyset(&set);
        sigaddset(&set, signal);
        if (sigwait(&set, &taken) == 0)
            run->outcome->signal = taken;
    }
    file_release_signals(&run->signals);
    if (!good && *again && number < PATIENT_ATTEMPTS)
        commit_unlock_processes(run);
    return good;
}

static gboolean try_all(struct commit_run *run, GError **error)
{
    gboolean again = TRUE;

    for (guint number = 0; number < ATTEMPTS; number++) {
        g_clear_error(error);
        if (attempt(run, number, &again, error))
            return TRUE;
        if (!again)
            return FALSE;
    }
    return commit_refuse(error, COMMIT_ERROR_CHANGED,
                         "other programs keep moving the branch; nothing was changed, try again");
}

static void init_run(struct commit_run *run, struct repo *repo, const struct commit_request *request,
                     struct commit_outcome *outcome)
{
    memset(outcome, 0, sizeof *outcome);
    outcome->warnings = g_ptr_array_new_with_free_func(g_free);
    run->repo = repo;
    run->git = repo->git;
    run->request = request;
    run->outcome = outcome;
    run->top = run->staging = run->processes = -1;
    run->targets = g_array_new(FALSE, TRUE, sizeof(struct commit_target));
    run->versions = g_new0(struct commit_version, request->n + 1);
    run->swaps = g_new0(struct file_swap, 2 * request->n + 1);
    run->contents = g_new0(GBytes *, 2 * request->n + 1);
}

gboolean commit_run(struct repo *repo, const struct commit_request *request, struct commit_outcome *outcome,
                    GError **error)
{
    struct commit_run run = { 0 };
    g_autoptr(GError) cause = NULL;

    init_run(&run, repo, request, outcome);
    gboolean good = open_run(&run, &cause) && commit_state_check(&run, &cause) && try_all(&run, &cause);
    gboolean recorded = good && run.records;
    if (recorded) {
        git_oid_tostr(outcome->commit, sizeof outcome->commit, &run.commit);
        commit_state_warn(&run);
    }
    g_autofree char *index = g_strdup(run.index_path);
    close_run(&run);
    if (recorded) {
        g_autoptr(Identity) author = identity_author(repo, NULL);
        commit_hook_run(repo, "post-commit", NULL, index, author, NULL);
    }
    if (!good)
        g_propagate_error(error, g_steal_pointer(&cause));
    return good;
}

gboolean commit_recover(struct repo *repo, GPtrArray *warnings, GError **error)
{
    const struct commit_request nothing = { 0 };
    struct commit_outcome outcome;
    struct commit_run run = { 0 };

    init_run(&run, repo, &nothing, &outcome);
    gboolean good = open_run(&run, error);
    if (good) {
        file_hold_signals(&run.signals);
        good = commit_lock_processes(&run, error) && commit_recover_run(&run, error);
        file_release_signals(&run.signals);
    }
    close_run(&run);
    g_ptr_array_extend_and_steal(warnings, outcome.warnings);
    return good;
}

void commit_outcome_clear(struct commit_outcome *outcome)
{
    g_clear_pointer(&outcome->warnings, g_ptr_array_unref);
}
