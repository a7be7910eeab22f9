/*
 * What the files of undo share: a commit on its way to be taken back. Only they include this.
 *
 *     undo.c         which commit, which items, all of it in order
 *     undo_item.c    one item: its draft, or what stands against it
 *     undo_since.c   who decided that anew
 *     undo_refer.c   whether anything would point to nothing
 *     undo_votes.c   files of votes
 */
#pragma once

#include "undo.h"

/* What the commit did to one item. */
struct taken {
    const struct entry *before; /* in the parent; NULL: nothing */
    const struct entry *after;  /* in the commit; NULL: nothing */
};

struct undoing {
    struct undo *undo;
    struct backlog *backlog;        /* of the work tree */
    GHashTable *by_id;              /* its entries */
    struct backlog *before, *after; /* of the parent (NULL: there is none) and of the commit */
    struct backlog *head, *index;   /* index NULL: it cannot be read */
    struct repo *repo;
};

/* -- undo_item.c -- */

/* Adds the draft that takes it back, or conflicts. */
gboolean undo_item(struct undoing *undoing, const struct taken *taken, GError **error);

/* The bytes of an entry of a revision as they would be in the work tree. */
GBytes *undo_read(const struct undoing *undoing, const struct backlog *backlog, const struct entry *entry,
                  GError **error);

/* The entry of a backlog that is the same item as one of another: at its path, else with its id; NULL where
 * there is none. by_id, of the backlog's entries, may be NULL. */
const struct entry *undo_find(const struct backlog *backlog, GHashTable *by_id, const struct entry *like);

/* -- undo_since.c -- */

/* Those of the changes that are about the conflict, in words; NULL where none is. */
char *undo_words(const GPtrArray *changes, const struct undo_conflict *conflict);

/* Finds for each conflict the decision that made it. */
gboolean undo_since(struct undoing *undoing, GError **error);

/* -- undo_refer.c -- */

/* Fills the findings: references that would lead nowhere, or in a circle, and do not now. */
gboolean undo_refer(struct undoing *undoing, GError **error);

/* -- undo_votes.c -- */

/* Takes the files of votes out of the others: each gets its draft, as it was in the commit base (NULL: none),
 * or a conflict where it changed since. *n is how many there are. */
gboolean undo_votes(struct undoing *undoing, const char *base, guint *n, GError **error);
