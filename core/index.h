/*
 * The index: what the files of a backlog held when they were last read, kept so that they need not be read
 * again. It is derived, in one SQLite database for each backlog: in the folder refine of the work tree's git
 * folder, in the user's cache folder where there is no repository. Nothing is lost with it, and nothing waits
 * for it: where it is of another version or damaged it is made anew, where it is busy or has no place it is
 * done without, all of that without a word.
 *
 * The backlog opens it (backlog_load) and closes it; others get it from there.
 */
#pragma once

#include "policy.h"

struct index;

/* The index of the policy's backlog; with write it is made where it is not there yet, and kept up to date.
 * NULL: REFINE_INDEX is "off", there is none, or there is no place for it: a folder or file of another user,
 * a link in the way, a disk that is read-only. */
struct index *index_open(const struct policy *policy, gboolean write);
void index_close(struct index *index);
typedef struct index Index; /* for g_autoptr(Index) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Index, index_close)

/* Between the two, what is read is of one moment, and reading much of it is faster: otherwise each look at
 * the database takes and drops its lock. Others cannot write meanwhile. */
void index_hold(struct index *index);
void index_release(struct index *index);

/* Whether an index is faster than reading so many files. REFINE_INDEX, "always" or "off", has the last word.
 */
gboolean index_pays(guint files);
