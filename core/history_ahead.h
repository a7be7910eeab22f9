/*
 * What each commit made of the items, worked out some commits ahead of the one that is asked for: the
 * repository is read on the caller's thread alone, and what was read is understood and compared on another.
 */
#pragma once

#include "history_commit.h"
#include "history_filter.h"
#include "history_item.h"
#include "history_tree.h"

/* A commit that changed items. */
struct told {
    struct walk_commit *commit; /* of the walk */
    struct commit_words *words;
    GPtrArray *items; /* struct history_item, at least one */
};

void told_clear(struct told *told);

struct ahead;

/* All is borrowed; filter may be NULL. */
struct ahead *ahead_new(const struct policy *policy, struct walk *walk, const struct tree_scope *scope,
                        const struct mailmap *mailmap, struct filter *filter);
void ahead_free(struct ahead *ahead);
typedef struct ahead Ahead; /* for g_autoptr(Ahead) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ahead, ahead_free)

/* Sets *told, which is the caller's to clear, to the next commit of the walk that changed items as is wanted.
 * FALSE after the last, and with an error after those that came before it. */
gboolean ahead_next(struct ahead *ahead, struct told *told, GError **error);

/* Whether all has been given, and the walk met commits that a shallow clone has no parents of. Those are left
 * out. */
gboolean ahead_is_cut(const struct ahead *ahead);
