/*
 * A review: what was decided between two moments of a backlog, put together for somebody who has to agree.
 *
 *     struct review_range range = { .before = "main", .after = NULL };
 *     g_autoptr(Review) review = review_new(policy, &range, NULL, &error);
 *     review->items: what became of each item; review->sum: what became of the whole
 *
 * Both moments are read by the one policy that is given, and everything is computed from the files: the
 * changes of an item are those of change_list, what the rules say is the difference of two checks. An item is
 * the same by the id in the name of its file, wherever the file went.
 */
#pragma once

#include "backlog.h"
#include "change.h"

struct moments;

/* Two moments, each as backlog_open takes them: NULL is the work tree, ":" the index. "HEAD" before is empty
 * where the current branch has no commit yet. */
struct review_range {
    const char *before;
    const char *after;
    gboolean since_base; /* before is the best common ancestor of before and after ("A...B") */
};

/* What became of an item, the most telling first. */
enum review_kind {
    REVIEW_SPLIT, /* its status became split */
    REVIEW_ADDED,
    REVIEW_DROPPED, /* its status became dropped; or it was marked a duplicate: duplicate_of */
    REVIEW_REMOVED, /* its file is gone */
    REVIEW_CHANGED,
    REVIEW_AFFECTED, /* its file is the same, but not what the rules say of it */
};

/* "split", "added", … "affected". */
const char *review_kind_name(enum review_kind kind);

enum review_readiness {
    REVIEW_READINESS_SAME,
    REVIEW_READINESS_GAINED, /* it claims to be ready, and no error contradicts */
    REVIEW_READINESS_LOST,   /* it was ready, is still open, and is not ready any more */
};

/* Strings are the item's own, items those of the two backlogs. */
struct review_item {
    enum review_kind kind;
    char *id;        /* NULL: an item to be has none */
    char *path;      /* relative to the policy's root; where it was, if it is no longer there */
    char *old_path;  /* where it was before, if it moved; else NULL */
    char *title;     /* after, or before; "" where it has none or cannot be read */
    char *old_title; /* before, where that was another; else NULL */
    const struct item *before, *after;          /* with status, position, …; NULL: it was or is not there */
    char *unreadable_before, *unreadable_after; /* why that version cannot be read; NULL: it can */
    GPtrArray *changes;  /* struct change; of a rank with the positions (change_place); empty where a version
                            cannot be read, or there is but one */
    char *duplicate_of;  /* of REVIEW_DROPPED: the id that it repeats; else NULL */
    GPtrArray *children; /* struct review_item of the review: items whose parent this one is, added since;
                            empty unless it is REVIEW_SPLIT */
    const struct review_item *split_from; /* the one whose child it is; NULL: none */
    GPtrArray
        *stale; /* char: the agreed parts, such as "criteria", that fitted the stamp and do not any more */
    enum review_readiness readiness;
    GPtrArray *findings_gained; /* struct finding of the check after that the check before has not, or not so
                                   grave; borrowed from the review */
    GPtrArray *findings_gone;   /* the other way round, where the item is still open */
};

/* The open items of one of the moments. */
struct review_total {
    guint items;
    guint without; /* of items: those without an estimate that has a weight */
    double weight; /* of the others */
    guint ready;   /* of items: those whose status is ready, and no error contradicts */
    double ready_weight;
};

struct review_sum {
    guint of[REVIEW_AFFECTED + 1]; /* items by kind */
    guint moved;                   /* to another place beside those that stayed */
    guint readiness_gained, readiness_lost;
    struct review_total before, after;
    guint top;                 /* the first so many open items are the top */
    GPtrArray *entered, *left; /* const struct item *, after and before: what is new at the top, and what is
                                  not there any more, in order */
};

struct review {
    GPtrArray *items; /* struct review_item: by kind, then by place; children right behind what was split */
    struct review_sum sum;
    gboolean chosen; /* only some ids were asked for: of sum, of, moved and readiness count these alone */
    char *base;      /* 40 digits: the ancestor that since_base found; else NULL */
    /* private */
    struct moments *moments;
    struct backlog *then, *now; /* of moments */
    GPtrArray *findings_then, *findings_now;
};

/* The review of a range, of the items that words name in either moment (NULL: of all). policy must outlive
 * it. NULL on error: those of repo_merge_base, backlog_open and backlog_find. */
struct review *review_new(const struct policy *policy, const struct review_range *range,
                          const char *const *words, GError **error);
void review_free(struct review *review);
typedef struct review Review; /* for g_autoptr(Review) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Review, review_free)

/* Whether nothing was decided. */
gboolean review_is_empty(const struct review *review);
