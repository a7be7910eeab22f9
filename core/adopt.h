/*
 * What people did to items by hand, on its way to become a decision: drafts of the items that the work tree
 * has otherwise than the last commit, as they stand.
 *
 * An item to be, a file without an id in its name, gets its id, a rank at the bottom and a name with the id,
 * unless it has them. An item whose file was moved by hand is found again by its id.
 */
#pragma once

#include "draft.h"
#include "repo.h"

/* Drafts, of manner DRAFT_WHOLE and DRAFT_REMOVED, of what words name, as backlog_find takes them, or, where
 * there are none (NULL or empty), of all. What is as the last commit has it is left out. Items that are gone
 * are named by their whole id. Of all, those that cannot be read are left out, and broken, an array of owned
 * sentences, gets why. */
GPtrArray *adopt_changed(struct backlog *backlog, struct repo *repo, const char *const *words,
                         GPtrArray *broken, GError **error);

/* How many items adopt_changed would give a draft of, all of them readable; 0 also where the repository
 * cannot be read. The backlog need not be loaded. */
guint adopt_count(struct backlog *backlog, struct repo *repo);
