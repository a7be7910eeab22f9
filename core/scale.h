/*
 * The policy's scale of estimates, its values in order of weight: numbers weigh what they are, names what the
 * policy says, and names without weights count from 1.
 *
 * "?", the vote of somebody who does not know, is no value of it, nor is one whose weight is no number.
 * Values are compared by weight, so that 5.0 is 5, and s is S.
 */
#pragma once

#include "policy.h"

#define SCALE_UNKNOWN "?"

struct scale_step {
    const char *value; /* as the policy writes it, and borrowed from there */
    double weight;
};

struct scale {
    guint n;
    struct scale_step *steps; /* rising */
};

/* The policy must outlive it. */
struct scale *scale_new(const struct policy *policy);
void scale_free(struct scale *scale);
typedef struct scale Scale; /* for g_autoptr(Scale) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Scale, scale_free)

/* The step of that weight, or NULL: borrowed, as are all below. */
const struct scale_step *scale_find(const struct scale *scale, double weight);

/* The steps next to a weight that is none of them; NULL where it is beyond an end. */
const struct scale_step *scale_below(const struct scale *scale, double weight);
const struct scale_step *scale_above(const struct scale *scale, double weight);

/* The step nearest to a weight, of two as near the larger; NULL for an empty scale. */
const struct scale_step *scale_nearest(const struct scale *scale, double weight);

/* The largest estimate that the team begins, as it is called, and what it weighs: what the policy sets. The
 * default is one only where the team's own scale has it: it means nothing among 10, 20 and 50. NULL: there is
 * none. Borrowed from the policy. */
const char *scale_largest(const struct policy *policy, double *weight);

/* How many steps two weights are apart: 0 for the same, else one more than there are steps between them, so
 * that a weight off the scale counts as if it were on it. */
guint scale_apart(const struct scale *scale, double one, double other);
