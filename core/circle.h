/*
 * Circles of items: of those that depend on each other, are parts of each other, or repeat each other.
 * References are resolved as depends.h has it.
 */
#pragma once

#include "draft.h"

/* "k7q2m (Filter by date) -> t2h8k (Index the orders) -> k7q2m": the items (struct item) of a circle, the
 * first again at the end, long titles cut. Newly allocated. */
char *circle_print(const GPtrArray *items);

/* Refuses, naming all items of the circle, a reference to id, an item's, that would let the item of the draft
 * lead back to itself under the field. */
gboolean circle_check(const struct draft *draft, const struct field *field, const char *id, GError **error);
