/*
 * What each commit made of the items, worked out some commits ahead of the one that is asked for: the
 * repository is read on the caller's thread alone, and what was read is understood and compared on another.
 */
#pragma once

#include "history_item.h"
#include "history_tree.h"

struct ahead;

/* All is borrowed. */
struct ahead *ahead_new(const struct policy *policy, struct walk *walk, const struct tree_scope *scope);
void ahead_free(struct ahead *ahead);
typedef struct ahead Ahead; /* for g_autoptr(Ahead) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ahead, ahead_free)

/* The next commit of the walk that changed items, and an array of struct history_item without reasons, which
 * is the caller's. NULL after the last, and with an error after those that came before it. */
struct walk_commit *ahead_next(struct ahead *ahead, GPtrArray **items, GError **error);

/* Whether all has been given, and the walk met commits that a shallow clone has no parents of. Those are left
 * out. */
gboolean ahead_is_cut(const struct ahead *ahead);
