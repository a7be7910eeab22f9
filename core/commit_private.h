/*
 * What the files of commit share: a run and its steps.
 *
 *     commit_state.c     may this repository, and may these paths, be committed to?
 *     commit_prepare.c   the versions of the targets, their new blobs, the tree
 *     commit_compose.c   the message, hooks, the signature, the commit object
 *     commit_index.c     the copy of the index that is to replace it
 *     commit_lock.c      locks of which a later process can tell whose they were
 *     commit_journal.c   what is under way, on the disk
 *     commit_land.c      the files, the index and HEAD in place, or all of it taken back
 *     commit_recover.c   finishing or undoing it for a process that died
 *     commit_head.c      where HEAD leads, and moving it
 *     commit.c           all of it in order
 *
 * Only they include this.
 */
#pragma once

#include "commit.h"
#include "file_swap.h"
#include "repo_private.h"
#include "safeguard.h"

#include <git2.h>

/* One version of a target: in HEAD or in the index, now or then. */
struct commit_blob {
    gboolean there;
    git_oid id; /* zero where it is not there */
    guint mode;
};

/* One path that changes. A file that moves makes two: the path that it leaves, and the one it comes to. */
struct commit_target {
    const struct commit_file *file;
    const char *path;
    gboolean leaves; /* nothing will be at path */
    gboolean same;   /* new_index is what the work tree will hold */
    struct commit_blob head, new_head;
    struct commit_blob index, new_index;
};

/* Where HEAD leads. */
struct commit_head {
    char *target; /* of HEAD itself: a ref, or "HEAD" where it is detached */
    char *ref;    /* the ref behind all symbolic ones, which is to move; "HEAD" where it is detached */
    git_oid id;   /* zero on a branch without commits */
};

struct commit_run {
    struct repo *repo;
    git_repository *git;
    const struct commit_request *request;
    struct commit_outcome *outcome;
    char *folder;        /* "refine" in the git folder of this work tree, absolute */
    char *index_path;    /* absolute */
    int top;             /* the work tree, open */
    int staging;         /* folder/tmp, open */
    mode_t umask;        /* the user's, for files of the work tree */
    mode_t shared_umask; /* by core.sharedRepository, for files of the git folder */
    sigset_t signals;    /* that were blocked before */

    struct commit_head head;
    GArray *targets;                 /* struct commit_target */
    struct commit_version *versions; /* of request->files */
    char *folder_name;               /* that was looked into last, while versions are read; NULL: none */
    git_tree *folder_tree;           /* it, in HEAD */
    git_oid tree;
    git_oid commit;
    git_signature *author, *committer;
    gboolean records; /* there is something to commit */
    char *reflog;     /* what the reflog will say */

    int processes; /* the lock among this program's processes, -1: not held */
    gboolean index_locked, head_locked;
    git_transaction *transaction;
    struct file_swap *swaps; /* of the targets whose file changes */
    GBytes **contents;       /* of swaps, borrowed */
    guint n_swaps;
};

/* Sets an error of that code with a message of its own; returns FALSE. */
gboolean commit_refuse(GError **error, enum commit_error code, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* The same with what libgit2 said last, or with errno. */
gboolean commit_fail_git(GError **error, const char *what);
gboolean commit_fail_system(GError **error, const char *what, int saved);

/* Removes a folder and the files in it. */
void commit_folder_remove(const char *path);

/* -- commit_state.c -- */

/* Whether this repository can take a decision now. */
gboolean commit_state_check(struct commit_run *run, GError **error);

/* Warns of a decision that was recorded where it is easily lost, on a detached HEAD, and of hooks that are
 * not executable. */
void commit_state_warn(struct commit_run *run);

/* Whether the path can be committed; index is that of the run. */
gboolean commit_state_check_path(struct commit_run *run, git_index *index, const char *path, GError **error);

/* Says of an index that cannot be read what helps. */
gboolean commit_state_explain_index(struct commit_run *run, GError **error);

/* -- commit_index.c -- */

/* Copies the index to name, absolute, and opens the copy, in which entries are marked that git could take for
 * unchanged though they are not; NULL with an error. */
git_index *commit_index_open(struct commit_run *run, const char *name, GError **error);

/* Puts the new versions of the targets into the index, and writes it to the disk. */
gboolean commit_index_write(struct commit_run *run, git_index *index, const char *name, GError **error);

/* The version of path in the index. */
struct commit_blob commit_index_blob(git_index *index, const char *path);

/* An index of the tree to be committed, written to name, for hooks: what else it knows of the files it has
 * from index. */
gboolean commit_index_write_tree(struct commit_run *run, git_index *index, const char *name, GError **error);

/* -- commit_prepare.c -- */

/* Reads the versions in HEAD and index, makes the new ones and the tree of them, all as objects. */
gboolean commit_prepare(struct commit_run *run, git_index *index, GError **error);

/* Whether anything is to change, be it only in the index or the work tree. */
gboolean commit_prepare_changes(const struct commit_run *run);

/* Whether what commit_prepare read is still so. */
gboolean commit_prepare_holds(struct commit_run *run, git_index *index, gboolean *holds, GError **error);

/* Writing an object can fail when git tidies the folder that it goes into at that moment: it is tried again.
 * call is an expression that gives a status of libgit2. */
gboolean commit_retry(guint *tries, int status);

/* -- commit_compose.c -- */

/* Whether hooks or a signature are wanted, which can take their time. */
gboolean commit_compose_takes_time(struct commit_run *run);

/* Makes the commit object of what was prepared. index is that of commit_prepare; private, NULL where neither
 * hooks nor a signature are wanted, a folder of this run's own. */
gboolean commit_compose(struct commit_run *run, git_index *index, const char *private, GError **error);

/* -- commit_lock.c -- */

/* Each waits up to half a minute, and gives up when a signal asks to end. */
gboolean commit_lock_processes(struct commit_run *run, GError **error);
gboolean commit_lock_index(struct commit_run *run, GError **error);
gboolean commit_lock_head(struct commit_run *run, GError **error);
void commit_unlock_processes(struct commit_run *run);

/* FALSE where a lock could not be removed; with a recovery it goes. */
gboolean commit_unlock_index(struct commit_run *run);
gboolean commit_unlock_head(struct commit_run *run);

/* The file that is to become the index takes the place of the lock. */
gboolean commit_lock_fill_index(struct commit_run *run, const char *name, GError **error);
gboolean commit_lock_publish_index(struct commit_run *run, GError **error);

/* Removes locks that a dead process of ours left; the lock of processes is held. */
gboolean commit_lock_sweep(struct commit_run *run, GError **error);

/* Whether HEAD.lock is one of those. */
gboolean commit_lock_head_is_stale(struct commit_run *run);

/* A signal that asks to end and is waiting, or 0. */
int commit_lock_signal(void);

/* -- commit_journal.c -- */

/* What is under way, as a process that comes later needs it. */
struct commit_journal {
    char *ref; /* "" where only the index changes */
    git_oid commit;
    GArray *swaps;   /* struct file_swap */
    GArray *entries; /* struct commit_target: path, index and new_index alone */
};

gboolean commit_journal_write(struct commit_run *run, GError **error);
gboolean commit_journal_remove(struct commit_run *run);

/* The journal that is there; NULL without error where there is none. */
struct commit_journal *commit_journal_read(struct commit_run *run, GError **error);
void commit_journal_free(struct commit_journal *journal);

/* -- commit_land.c -- */

/* From the index under its lock to the commit under the lock of HEAD: all of it, or nothing. *again tells
 * that HEAD moved. */
gboolean commit_land(struct commit_run *run, git_index *index, const char *copy, gboolean *again,
                     GError **error);

/* Forgets the swaps. */
void commit_land_clear(struct commit_run *run);

/* Warns of what another program wrote into a file that was being replaced: kept, of file_swaps_finish. */
void commit_warn_kept(struct commit_run *run, const char *kept);

/* -- commit_recover.c -- */

/* The lock of processes is held, the index is not locked. */
gboolean commit_recover_run(struct commit_run *run, GError **error);

/* Sets the entries of the journal in the index to their new versions, where they still are what they were;
 * under a lock of the index of its own. */
gboolean commit_recover_index(struct commit_run *run, const struct commit_journal *journal, GError **error);

/* -- commit_head.c -- */

gboolean commit_head_read(struct commit_run *run, struct commit_head *head, GError **error);
void commit_head_clear(struct commit_head *head);

/* Locks the ref behind HEAD and compares: *same tells whether HEAD is where the run took it to be. */
gboolean commit_head_lock(struct commit_run *run, gboolean *same, GError **error);

/* The lock that libgit2 has on the ref; newly allocated. */
char *commit_head_lock_path(struct commit_run *run, const char *ref);

/* Lets go of the ref after it moved. Where it had not been there, libgit2 links it to its new name, and does
 * not mind when the lock then stays: it is removed. FALSE where it is still there. */
gboolean commit_head_tidy(struct commit_run *run);

/* Moves the ref to the commit. *moved tells, with an error too, whether it did. */
gboolean commit_head_move(struct commit_run *run, gboolean *moved, GError **error);
