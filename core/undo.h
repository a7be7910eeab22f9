/*
 * Taking back a decision by a new one: what a commit did to items is undone in the items as they are now, by
 * a three-way merge (the commit's version, the present one, the one before the commit).
 *
 *     struct undo *undo = undo_open(backlog, "HEAD~2", 0, &error);
 *     if (undo_is_clear(undo))
 *         decision.undoes = undo->commit->id, decision_record(backlog, undo->drafts, &decision, …);
 *
 * What was decided anew since stays decided: where a later change is of the same thing there is a conflict,
 * which names that change and who made it, and nothing is to be recorded at all. An item that the commit
 * added goes again only where nothing at all was changed in it since. Nor may an item be left that points to
 * one that goes, or that would depend on itself.
 *
 * Items are followed by their ids, wherever their files are by now. Files of votes become what they were,
 * unless they changed since. Other files of the commit are named, and stay as they are.
 */
#pragma once

#include "draft.h"
#include "history.h"
#include "repo_commit.h"

#define UNDO_ERROR undo_error_quark()
GQuark undo_error_quark(void);

enum undo_error {
    UNDO_ERROR_COMMIT, /* a commit of which nothing can be taken back: a merge, the end of a shallow clone,
                          one that changed no item */
};

/* One thing that was decided anew since. */
struct undo_conflict {
    char *id;    /* NULL: the item has none */
    char *path;  /* relative to the policy's root */
    char *what;  /* as change_print names it: "estimate", "criterion 2"; "item": as a whole */
    char *text;  /* of a criterion: what it says now or, where it is gone, said; NULL: it is something else */
    char *words; /* what became of it: "estimate 5 -> 3"; not escaped */
    const struct history_decision *decision; /* the last that did, one of later; NULL: none is found */
    gboolean by_hand;                        /* since the last commit, and not recorded */
    gboolean is_layout;                      /* comments and the like alone, of which history does not tell */
};

struct undo {
    struct repo_commit *commit;
    GPtrArray *drafts;    /* struct draft, each with a change: items by path, then votes */
    GPtrArray *conflicts; /* struct undo_conflict */
    GPtrArray *later;     /* struct history_decision: those that made conflicts */
    GPtrArray *findings;  /* struct finding that a check would have and has not now: of references */
    gboolean unrecorded;  /* some of it is taken back in the work tree already, but not in the last commit */
    GPtrArray *others;    /* char, what else the commit changed: paths from the top of the work tree on */
};

/* Undoes what a commit did, against its parent of that number, from 1; 0: its only parent, or nothing where
 * it is the first. The backlog is that of the work tree, and must outlive it. NULL on error; conflicts are
 * none. */
struct undo *undo_open(struct backlog *backlog, const char *revision, guint parent, GError **error);
void undo_free(struct undo *undo);
typedef struct undo Undo; /* for g_autoptr(Undo) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Undo, undo_free)

/* Whether it can be recorded: there are neither conflicts nor findings. */
gboolean undo_is_clear(const struct undo *undo);

/* Whether there is anything to record: else all is as it was before the commit. */
gboolean undo_changes(const struct undo *undo);

/* Sets *commit to the last one on the current branch, no merge, that changed files of votes since decision (a
 * commit's 40 digits), which history.h leaves out where no item changed with them; NULL where none did. */
gboolean undo_last_vote(const struct policy *policy, const char *decision, struct repo_commit **commit,
                        GError **error);
