/*
 * A decision: drafts of one or more items, recorded in git as one commit with who, when, what and why.
 *
 *     struct decision decision = { .reason = "two said 5", .with = with };
 *     decision_record(backlog, drafts, &decision, &outcome, &error);
 *
 * What was decided is read from the versions that are committed, not from what a command meant to do. The
 * policy's decisions settings hold: whether to commit, to stage or only to write, which decisions need a
 * reason, and how the subject looks. Outside of a git repository the files are written.
 */
#pragma once

#include "draft.h"

#define DECISION_ERROR decision_error_quark()
GQuark decision_error_quark(void);

enum decision_error {
    DECISION_ERROR_REASON, /* the policy wants a reason */
    DECISION_ERROR_ABSENT, /* git does not have what should change: the user's own edits come first */
};

struct decision {
    const char *reason;      /* NULL: none */
    const char *const *with; /* who else took part, as people_address takes them; NULL: nobody */
    const char *undoes; /* the whole id of a commit that it takes back, which the message says; or NULL */
    gboolean stage;     /* commit nothing */
    gboolean no_verify; /* as git's */
    gboolean signoff;
};

/* The first of an item's changes for which the policy wants a reason (decisions.require-reason), and in *kind
 * (optional) its word for such; NULL: it wants none. is_new: the item was added. To drop an item as the
 * duplicate of another needs none: which one it repeats is the reason. */
const struct change *decision_find_reasoned(const struct policy *policy, const GPtrArray *changes,
                                            gboolean is_new, const char **kind);

/* What became of one item. */
struct decided {
    char *id;                      /* NULL: none yet */
    char *path;                    /* relative to the policy's root */
    GPtrArray *changes;            /* struct change */
    char *summary;                 /* of them, and of a move */
    char *parent;                  /* of an item that is new: whose child it is; NULL: nobody's */
    char *gist;                    /* in short: "split into b2c3d", "duplicate of t2h8k"; or NULL */
    const struct decided *part_of; /* the one whose gist it is in, as a child; NULL: none */
};

enum decision_result {
    DECISION_NOTHING,  /* all was so already */
    DECISION_RECORDED, /* commit says as what */
    DECISION_STAGED,   /* in the index and the work tree */
    DECISION_WRITTEN,  /* in the work tree: the policy says so, or there is no repository */
};

struct decision_outcome {
    enum decision_result result;
    gboolean no_repository;
    char commit[41];
    GPtrArray *items;    /* struct decided, owned */
    GPtrArray *warnings; /* sentences, owned */
    int signal;          /* that asked to end meanwhile; else 0 */
};

/* Finishes or undoes what a process that died while it recorded has left in the work tree: to be called
 * before the backlog is read for a decision. Without such, which is nearly always, it costs one look.
 * warnings, an array of owned sentences, says what was done. */
gboolean decision_recover(const struct policy *policy, GPtrArray *warnings, GError **error);

/* Records the drafts, with their companions, or none of them. outcome is filled on success; clear it always.
 */
gboolean decision_record(struct backlog *backlog, const GPtrArray *drafts, const struct decision *decision,
                         struct decision_outcome *outcome, GError **error);

/* What the drafts would change in the work tree, as an outcome; nothing is written. Reasons and participants
 * are checked as decision_record does. */
gboolean decision_describe(struct backlog *backlog, const GPtrArray *drafts, const struct decision *decision,
                           struct decision_outcome *outcome, GError **error);
void decision_outcome_clear(struct decision_outcome *outcome);
