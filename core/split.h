/*
 * A split: an item gives its criteria to new items, its children, that stand in its stead.
 *
 *     g_autoptr(Split) split = split_new();
 *     split_add(split, "Filter by date", &error);                   child 1, 2, …
 *     split_give(split, SPLIT_CRITERIA, 3, 1, &error);              criterion 3 to child 1
 *     g_autoptr(GPtrArray) drafts = split_drafts(backlog, entry, split, &error);
 *
 * The parent keeps id, rank, estimate and text; its status becomes "split", and a remark under Decisions
 * names the children. A child begins in the parent's status where that is "new", else in "refining", with the
 * parent's type (a story where that is an epic), owner, goal, sprint, labels and dependencies, outside ones
 * too, stands right behind the parent, and has its criteria byte for byte with all that is nested in them, a
 * scenario in a fence like that around it. Questions that are not answered go to every child unless some are
 * named, for they keep a child from being ready as they did the parent. So whatever was to be done, or to be
 * asked, still is: split_drafts refuses what would leave a criterion behind.
 */
#pragma once

#include "criteria.h"
#include "draft.h"

#define SPLIT_ERROR split_error_quark()
GQuark split_error_quark(void);

enum split_error {
    SPLIT_ERROR_PARENT, /* the item cannot be split: it is over, or split already */
    SPLIT_ERROR_CHILD,  /* a child that there is not, or cannot be */
    SPLIT_ERROR_LEFT,   /* criteria that no child gets: split_left has them */
    SPLIT_ERROR_PART,   /* a criterion or question that cannot be given */
};

/* What an item has to give. */
enum split_kind {
    SPLIT_CRITERIA,
    SPLIT_QUESTIONS, /* that are not answered */
    N_SPLIT_KINDS,
};

struct split_child {
    char *title;
    GArray *parts[N_SPLIT_KINDS];     /* guint: numbers from 1, in the order in which the child has them */
    GHashTable *given[N_SPLIT_KINDS]; /* the same numbers, as a set */
};

struct split {
    GPtrArray *children; /* struct split_child */
    gboolean keep;       /* what no child gets stays with the parent alone */
    gboolean stage;      /* nothing will be committed, so git's index counts and not its last commit */
    const char *pattern; /* one of split_patterns, which the remark names; NULL: none */
    const char *names;   /* who decides, as remark_names has it */
    char *reason;        /* NULL: none */
};

struct split *split_new(void);
void split_free(struct split *split);
typedef struct split Split; /* for g_autoptr(Split) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Split, split_free)

/* The patterns by which items are split, NULL-terminated: SPIDR, after Mike Cohn ("Five Simple but Powerful
 * Ways to Split User Stories", 2017). With "spike" the first child is of that type, where there is one. */
const char *const *split_patterns(void);

/* Adds a child. A title is one line, and that of no other child. */
gboolean split_add(struct split *split, const char *title, GError **error);

/* Gives a part to child number child, from 1; a part may go to several, and to one twice is once. Whether the
 * part is there is asked by split_drafts. */
gboolean split_give(struct split *split, enum split_kind kind, guint number, guint child, GError **error);

/* What an item has to give, read from a version of it. */
struct split_parts {
    GPtrArray *of[N_SPLIT_KINDS]; /* struct criterion; part number n is at n - 1 */
};

void split_parts_init(struct split_parts *parts, struct document *document, const struct policy *policy);
void split_parts_clear(struct split_parts *parts);

/* Whether the part can be given by itself: a question that is answered, and a scenario that is nested in
 * another criterion, cannot. */
gboolean split_is_loose(const struct split_parts *parts, enum split_kind kind, guint number);

/* Whether any child gets the part. */
gboolean split_is_given(const struct split *split, enum split_kind kind, guint number);

/* The numbers (guint) of the loose parts that no child gets, in order. */
GArray *split_left(const struct split *split, const struct split_parts *parts, enum split_kind kind);

/* Whether the item may be split at all, by its status. Loads the backlog. */
gboolean split_may(struct backlog *backlog, const struct entry *entry, GError **error);

/* What the children that the item has are estimated at, against its own estimate. */
struct split_sum {
    gboolean has_parent; /* its estimate has a weight: parent */
    double parent;
    double children; /* the sum of weights of the children that count: not of those that were dropped */
    guint without; /* children that have none; those that were split are left out, their own children count */
};

struct split_sum split_sum(const struct backlog *backlog, const struct item *item);

/* The drafts of the decision: the parent's, then those of the children in their order, then of other items
 * that had the parent's rank and must make room. Questions that no child was to get are given to all, in
 * split, unless it keeps. NULL with an error of ours, of draft.h, or of remark.h. */
GPtrArray *split_drafts(struct backlog *backlog, const struct entry *entry, struct split *split,
                        GError **error);
