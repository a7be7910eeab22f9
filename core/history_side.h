/*
 * One of two trees that are read side by side, entry by entry. Both are begun, what they have in common at
 * the front is skipped, and each is stepped to its first entry; a step later, after entries of one name,
 * again.
 */
#pragma once

#include "history_object.h"

struct tree_side {
    const char *at; /* behind entry */
    const char *end;
    struct tree_entry entry;
    gboolean more; /* entry is there */
};

/* Begins before the first entry of tree, which is borrowed; NULL is a tree without entries. */
void tree_side_init(struct tree_side *side, GBytes *tree);

/* Steps to the next entry. */
void tree_side_step(struct tree_side *side);

/* Passes over what is the same in both, without a look at its names. */
void tree_sides_skip(struct tree_side *old, struct tree_side *new);
