/*
 * How far the ready items of a backlog reach: what is ready, against the sprints' worth that the policy wants
 * (refinement.horizon times sprint.capacity), and the items from the top that fill these.
 *
 *     g_autoptr(Readiness) readiness = readiness_new(backlog, backlog->items);
 *     g_autoptr(Horizon) horizon = horizon_new(backlog, readiness);
 *
 * The one reckoning of it, for all that tell it.
 */
#pragma once

#include "readiness.h"

/* Items that count together, and what those with an estimate weigh. */
struct horizon_count {
    guint items;
    guint without; /* of the items: those without an estimate that has a weight */
    double weight;
};

struct horizon {
    double capacity; /* of a sprint; 0: the policy does not say */
    double sprints;  /* worth of ready items that are wanted */
    struct horizon_count open;
    struct horizon_count ready; /* status ready, and without errors, wherever they stand */
    GPtrArray *near;  /* const struct item: from the top, those that fill the sprints wanted, each without an
                         estimate taken for an average one; ten where capacity or estimates lack. Begun ones
                         and those with open parts are left out. */
    guint near_ready; /* of near: those that count as ready */
};

/* Of a loaded backlog, which must outlive it; readiness knows its items. */
struct horizon *horizon_new(const struct backlog *backlog, const struct readiness *readiness);
void horizon_free(struct horizon *horizon);
typedef struct horizon Horizon; /* for g_autoptr(Horizon) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Horizon, horizon_free)

/* Whether the item counts as ready: it says so, and has no errors. */
gboolean horizon_is_ready(const struct item *item, const struct readiness *readiness);

/* How many sprints the ready items fill; 0 where the policy does not say what one holds. */
double horizon_reach(const struct horizon *horizon);

/* What is there of what is wanted, 0 to 1: by weight, or, where the policy does not say what a sprint holds,
 * of the items near the top. */
double horizon_share(const struct horizon *horizon);

/* Whether the item's estimate has a weight. */
gboolean horizon_weigh(const struct backlog *backlog, const struct item *item, double *weight);

/* Counts the item. */
void horizon_add(struct horizon_count *count, const struct backlog *backlog, const struct item *item);
