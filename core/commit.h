/*
 * A commit of given files alone, as `git commit --only` makes one but finer: the same change is made to the
 * version in HEAD, to the one in the index and to the one in the work tree, so that what the user has staged
 * or not staged, in other lines of the same files too, is neither committed nor lost.
 *
 *     struct commit_file files[] = { … };
 *     struct commit_request request = { .files = files, .n = 1, .message = say, … };
 *     commit_run(repo, &request, &outcome, &error);
 *
 * All files or none, through a crash at any moment: the next call, of any process, finishes or undoes what
 * one that died has left. Hooks and signing programs run before anything is locked. Where HEAD or one of the
 * files moved meanwhile it is all done again.
 */
#pragma once

#include "repo.h"

#define COMMIT_ERROR commit_error_quark()
GQuark commit_error_quark(void);

enum commit_error {
    COMMIT_ERROR_REFUSED,     /* this repository, or one of the files, is in a state that forbids it */
    COMMIT_ERROR_ABSENT,      /* HEAD or the index does not have what should be changed */
    COMMIT_ERROR_CHANGED,     /* a file was changed meanwhile */
    COMMIT_ERROR_LOCKED,      /* another process holds a lock for too long */
    COMMIT_ERROR_INTERRUPTED, /* a signal asked to end; nothing was changed */
    COMMIT_ERROR_SYSTEM,      /* anything else; nothing was changed unless the message says so */
};

/* The change of a file, done to one version of it: its new bytes, or NULL with an error. version is NULL
 * where HEAD or the index does not have the file. before and after are those of the file as git keeps them,
 * with the line endings that attributes want. */
typedef GBytes *(*commit_derive)(GBytes *version, GBytes *before, GBytes *after, gpointer data,
                                 GError **error);

struct commit_file {
    const char *path;     /* relative to the top of the work tree */
    const char *from;     /* where it is now, when it is to move; else NULL */
    GBytes *before;       /* what the work tree holds there; NULL: nothing */
    GBytes *after;        /* what it shall hold; NULL: the file shall go */
    commit_derive derive; /* NULL: HEAD and the index get what the work tree gets */
    gpointer data;
};

/* A file as HEAD has it and as the commit will; NULL where it has none. */
struct commit_version {
    GBytes *before;
    GBytes *after;
};

struct commit_request {
    const struct commit_file *files;
    guint n;
    /* The message for what will be committed, versions being those of files; newly allocated, NULL with an
     * error. */
    char *(*message)(const struct commit_version *versions, gpointer data, GError **error);
    gpointer data;
    gboolean stage;     /* change the index and the work tree, and commit nothing */
    gboolean no_verify; /* without the hooks pre-commit and commit-msg */
    gboolean signoff;   /* with the committer's Signed-off-by */
};

struct commit_outcome {
    char commit[41];     /* what was made, in hexadecimal; "" where nothing was to be committed */
    GPtrArray *warnings; /* sentences, owned */
    int signal;          /* that asked to end meanwhile, which the caller may raise again; else 0 */
};

/* On failure HEAD, index and work tree are as they were, unless the message says otherwise. outcome is filled
 * on success, and its warnings in any case; clear it. */
gboolean commit_run(struct repo *repo, const struct commit_request *request, struct commit_outcome *outcome,
                    GError **error);
void commit_outcome_clear(struct commit_outcome *outcome);

/* Finishes or undoes what a process that died has left, as commit_run does first; says so in warnings, an
 * array of owned sentences. */
gboolean commit_recover(struct repo *repo, GPtrArray *warnings, GError **error);
