#include "commit_private.h"

#include "commit_hook.h"
#include "commit_identity.h"
#include "commit_sign.h"
#include "message.h"

#include <string.h>
#include <sys/stat.h>

gboolean commit_compose_takes_time(struct commit_run *run)
{
    gboolean verify = !run->request->no_verify;

    return !run->request->stage &&
           ((verify && commit_hook_exists(run->repo, "pre-commit")) ||
            commit_hook_exists(run->repo, "prepare-commit-msg") ||
            (verify && commit_hook_exists(run->repo, "commit-msg")) || commit_sign_wanted(run->repo));
}

/* -- who -- */

static gboolean find_signature(git_signature **signature, struct identity *identity, GError **error)
{
    git_signature_free(*signature);
    *signature = NULL;
    return git_signature_new(signature, identity->name, identity->email, identity->time, identity->offset) ==
               0 ||
           commit_fail_git(error, "cannot use the identity");
}

/* -- hooks -- */

/* What a hook says and does is the user's: with the user's umask. */
static gboolean run_hook(struct commit_run *run, const char *name, const char *const *arguments,
                         const char *index, const struct identity *author, GError **error)
{
    umask(run->umask);
    gboolean good = commit_hook_run(run->repo, name, arguments, index, author, error);
    umask(run->shared_umask);
    return good;
}

/* The hook pre-commit, on an index of what will be committed; what it adds there is committed, too. */
static gboolean run_pre_commit(struct commit_run *run, git_index *index, const char *private,
                               const struct identity *author, GError **error)
{
    g_autofree char *name = g_build_filename(private, "index", NULL);
    git_index *seen = NULL;

    if (!commit_index_write_tree(run, index, name, error))
        return FALSE;
    if (run->request->no_verify || !commit_hook_exists(run->repo, "pre-commit"))
        return TRUE;
    if (!run_hook(run, "pre-commit", NULL, name, author, error))
        return FALSE;
    gboolean good = git_index_open(&seen, name) == 0 && git_index_read(seen, TRUE) == 0 &&
                    git_index_write_tree_to(&run->tree, seen, run->git) == 0;
    git_index_free(seen);
    return good || commit_fail_git(error, "cannot read the index of the pre-commit hook");
}

/* The hooks that see the message; *message is what they leave of it. */
static gboolean run_message_hooks(struct commit_run *run, const char *private, const struct identity *author,
                                  char **message, GError **error)
{
    g_autofree char *file = g_build_filename(private, "COMMIT_EDITMSG", NULL);
    g_autofree char *index = g_build_filename(private, "index", NULL);
    const char *prepare[] = { file, "message", NULL }, *check[] = { file, NULL };
    g_autoptr(GError) cause = NULL;

    if (!commit_hook_exists(run->repo, "prepare-commit-msg") &&
        (run->request->no_verify || !commit_hook_exists(run->repo, "commit-msg")))
        return TRUE;
    if (!g_file_set_contents(file, *message, -1, &cause))
        return commit_refuse(error, COMMIT_ERROR_SYSTEM, "%s", cause->message);
    if (commit_hook_exists(run->repo, "prepare-commit-msg") &&
        !run_hook(run, "prepare-commit-msg", prepare, index, author, error))
        return FALSE;
    if (!run->request->no_verify && commit_hook_exists(run->repo, "commit-msg") &&
        !run_hook(run, "commit-msg", check, index, author, error))
        return FALSE;
    g_clear_pointer(message, g_free);
    return g_file_get_contents(file, message, NULL, &cause) ||
           commit_refuse(error, COMMIT_ERROR_SYSTEM, "%s", cause->message);
}

/* As git leaves a message that no editor saw: without superfluous white space. */
static gboolean tidy(char **message, GError **error)
{
    git_buf out = GIT_BUF_INIT;

    if (git_message_prettify(&out, *message, FALSE, '#') < 0)
        return commit_fail_git(error, "cannot use the message");
    g_free(*message);
    *message = g_strndup(out.ptr ? out.ptr : "", out.size);
    git_buf_dispose(&out);
    return **message != '\0' ||
           commit_refuse(error, COMMIT_ERROR_REFUSED, "the message is empty; nothing was changed");
}

static gboolean write_message(struct commit_run *run, const struct identity *author,
                              const struct identity *committer, const char *private, char **message,
                              GError **error)
{
    *message = run->request->message(run->versions, run->request->data, error);
    if (!*message)
        return FALSE;
    if (run->request->signoff) {
        g_autofree char *who = identity_print(committer);
        g_autofree char *plain = *message;
        *message = message_add_trailer(plain, "Signed-off-by", who);
    }
    return (!private || run_message_hooks(run, private, author, message, error)) && tidy(message, error);
}

/* -- the object -- */

static gboolean write_object(struct commit_run *run, const struct identity *committer, const char *private,
                             const char *message, GError **error)
{
    git_tree *tree = NULL;
    git_commit *parent = NULL;
    git_buf text = GIT_BUF_INIT;
    g_autofree char *signature = NULL;
    gboolean unborn = git_oid_is_zero(&run->head.id);
    guint tries = 0;
    int status = git_tree_lookup(&tree, run->git, &run->tree);

    if (status == 0 && !unborn)
        status = git_commit_lookup(&parent, run->git, &run->head.id);
    const git_commit *parents[] = { parent };
    if (status == 0)
        status = git_commit_create_buffer(&text, run->git, run->author, run->committer, NULL, message, tree,
                                          unborn ? 0 : 1, parents);
    gboolean good = status == 0 || commit_fail_git(error, "cannot make the commit");
    good = good && (!private || commit_sign(run->repo, text.ptr, committer, private, &signature, error));
    if (good) {
        do
            status = git_commit_create_with_signature(&run->commit, run->git, text.ptr, signature,
                                                      signature ? "gpgsig" : NULL);
        while (commit_retry(&tries, status));
        good = status == 0 || commit_fail_git(error, "cannot write to the git repository");
    }
    git_buf_dispose(&text);
    git_commit_free(parent);
    git_tree_free(tree);
    return good;
}

gboolean commit_compose(struct commit_run *run, git_index *index, const char *private, GError **error)
{
    g_autofree char *message = NULL;

    if (!run->records)
        return TRUE;
    g_autoptr(Identity) author = identity_author(run->repo, error);
    g_autoptr(Identity) committer = author ? identity_committer(run->repo, error) : NULL;
    if (!committer || !find_signature(&run->author, author, error) ||
        !find_signature(&run->committer, committer, error) ||
        (private && !run_pre_commit(run, index, private, author, error)) ||
        !write_message(run, author, committer, private, &message, error) ||
        !write_object(run, committer, private, message, error))
        return FALSE;
    git_repository_set_ident(run->git, run->committer->name, run->committer->email);
    g_free(run->reflog);
    run->reflog = g_strdup_printf("commit%s: %.*s", git_oid_is_zero(&run->head.id) ? " (initial)" : "",
                                  (int)strcspn(message, "\n"), message);
    return TRUE;
}
