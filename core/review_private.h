/*
 * What the files of the review share: two backlogs side by side. Only they include this.
 *
 *     review.c         what was asked for, and all of it in order
 *     review_moments.c which moments these are
 *     review_item.c    what became of one item
 *     review_place.c   which items moved, and the order of the review
 *     review_rules.c   what the rules say otherwise, readiness
 *     review_sum.c     what became of the whole
 */
#pragma once

#include "moments.h"
#include "review.h"

struct review_run {
    struct review *review;
    const struct policy *policy;
    GHashTable *chosen; /* ids and paths that were asked for; NULL: all */
};

/* Whether the item at path was asked for. */
gboolean review_is_chosen(const struct review_run *run, const char *path);

/* -- review_moments.c -- */

/* Opens and loads both moments of the review. */
gboolean review_open(struct review_run *run, const struct review_range *range, GError **error);

/* -- review_item.c -- */

/* What became of the item in the files of pair; NULL where neither holds one, or both hold the same. */
struct review_item *review_item_tell(const struct review_run *run, const struct moments_pair *pair);

/* An item of which the file is the same. */
struct review_item *review_item_affected(const struct item *before, const struct item *after);
void review_item_free(gpointer item);

/* Sets split_from and children. */
void review_item_relate(struct review *review);

/* -- review_place.c -- */

/* Tells the changes of rank their places. */
void review_place(struct review *review);

/* Puts the items of the review in order. */
void review_sort(struct review *review);

/* -- review_rules.c -- */

/* Fills findings and readiness; adds items that are only affected. ready_then and ready_now get the items of
 * each backlog that are ready and have no error. */
void review_judge(struct review_run *run, GHashTable *ready_then, GHashTable *ready_now);

/* -- review_sum.c -- */

void review_add_up(struct review *review, GHashTable *ready_then, GHashTable *ready_now);
