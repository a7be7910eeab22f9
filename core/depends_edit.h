/*
 * Edits of what an item depends on, beside draft_assign, which adds an item: what lies outside of the backlog
 * (depends_external.h), taking away, and the word none. Each is refused with DRAFT_ERROR_VALUE, or as
 * draft_assign says.
 */
#pragma once

#include "draft.h"

/* Adds what lies outside, or gives the one of that name (in any case) the owner and day that are not NULL. A
 * list takes the place of the word none. */
gboolean depends_set_external(struct draft *draft, const char *what, const char *owner, const char *due,
                              GError **error);

/* Takes a dependency away: what lies outside by its name in any case; an item by id, prefix or alias, where
 * the list has that, another name of it, or a duplicate of it. Refused: a word that means neither, and an
 * item that only a split one stands for. One that the list does not have changes nothing. */
gboolean depends_remove(struct draft *draft, const char *word, GError **error);

/* Writes the word none, the decision that there is nothing; refused where the list has entries. */
gboolean depends_set_none(struct draft *draft, GError **error);
