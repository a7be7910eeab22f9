/*
 * What a check goes by: the policy that rules it, and the commit against which it is held.
 *
 *     g_autoptr(Gate) gate = gate_open(policy, "origin/main", NULL, &error);
 *     gate->policy    rules: that of the commit at which the branch began, so that no branch switches off
 *                     its own gate; where that lies on a branch that was merged, that of the merge
 *     gate->base      that commit
 *
 * Where the items are is no rule: the folder is the work tree's, as it will be once this is merged, or nobody
 * would ever be held to what went there; the ruling policy's where that holds no item. What the base had is
 * told by its own policy alone: a folder that was no backlog then, and is one now, is new with all that is in
 * it, but for the items that the backlog had.
 */
#pragma once

#include "policy.h"

#define GATE_ERROR gate_error_quark()
GQuark gate_error_quark(void);

enum gate_error {
    GATE_ERROR_REPOSITORY, /* there is none, or it cannot be read here */
    GATE_ERROR_REVISION,   /* no such revision here */
    GATE_ERROR_BASE,       /* no commit in common, or not here */
};

/* The word for the work tree's own policy. */
#define GATE_OWN "."

/* A commit at which the branch began, one of several. */
struct gate_base {
    char *commit;          /* 40 digits */
    char *place;           /* as that of the gate */
    struct policy *policy; /* what the commit has */
};

struct gate {
    const struct policy *own;    /* the work tree's */
    const struct policy *policy; /* that rules: own, or of a commit */
    char *since;                 /* the revision, as given; NULL: none */
    char *base;      /* 40 digits: the best common ancestor of since and HEAD; NULL without since */
    char *ruling;    /* 40 digits: the commit whose policy rules; NULL: the work tree's own does */
    gboolean absent; /* that commit has no policy: the defaults rule */
    char *place;     /* the folder that was the backlog at base, from the top of the repository; NULL: its
                        policy names none that is there */
    char *former; /* the folder, from the current one, of the policy that ruled here at base, such as "../..",
                     where that is another than now; NULL: it is not */
    GPtrArray *others; /* struct gate_base: further common ancestors that are as good as base, where branches
                          were merged crosswise; what is in one of them was there before */
    /* private */
    struct policy *of_base;   /* what the base has; NULL without since */
    struct policy *of_ruling; /* the caller's choice of another commit; NULL: none */
};

/* The gate of the work tree with the policy own, which must outlive it. since is the revision that a branch
 * is to be merged into, or NULL; policy the revision whose policy rules, GATE_OWN, or NULL: the base's with
 * since, else own. Errors say what to fetch; POLICY_ERROR_BROKEN where the policy that should rule cannot. */
struct gate *gate_open(const struct policy *own, const char *since, const char *policy, GError **error);
void gate_free(struct gate *gate);
typedef struct gate Gate; /* for g_autoptr(Gate) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Gate, gate_free)
