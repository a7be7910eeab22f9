/*
 * Notices: what became available since some moment, and whom to tell, since they asked for it.
 *
 *     g_autofree char *since = notice_since(policy, &error);               the last release
 *     g_autoptr(Notices) notices = notices_new(policy, since, &error);
 *     notices->list: an item and its askers, for each of them
 *
 * There is a notice about each item that has the status released now and had not then; and about each split
 * item that is released as a whole now and was not then: all of its parts are, a duplicate's target for the
 * duplicate, dropped ones aside. It is for those who asked
 *
 *   - for the item, or for a duplicate of it;
 *   - for a child, at any depth, that is done, but has no notice of its own nor was released before;
 *   - for what it is a part of, at any depth, split or not, that is not released itself: these are told of a
 *     part. One with a notice of its own tells its askers there, and ends the way up.
 *
 * It does not matter when they asked.
 */
#pragma once

#include "demand.h"

/* One who asked, in one notice. */
struct recipient {
    const char *from;    /* as written in the latest of the requests */
    gboolean part;       /* asked only for something of which the item is a part */
    GPtrArray *requests; /* struct demanded, as of demand_requests: what was asked, the latest first; owned */
};

struct notice {
    const struct item *item; /* of now */
    gboolean whole;          /* a split item, of which all parts are released */
    GPtrArray *recipients;   /* struct recipient, at least one: who asked for the whole first, the others by
                                what they asked for; then the latest */
};

struct notices {
    GPtrArray *list; /* struct notice, in the order of the backlog: items for which somebody asked */
    guint released;  /* how many notices there would be, had somebody asked for each item */
    struct backlog *now;
    /* private */
    struct demand *demand;
};

/* The revision since which items are new by default: the newest tag before HEAD (repo_last_tag). Newly
 * allocated; NULL without an error where there is none, and without a repository. */
char *notice_since(const struct policy *policy, GError **error);

/* The notices of the work tree since a revision, as backlog_open takes it; NULL: since the beginning. policy
 * must outlive it. NULL on error: those of backlog_open. */
struct notices *notices_new(const struct policy *policy, const char *since, GError **error);
void notices_free(struct notices *notices);
typedef struct notices Notices; /* for g_autoptr(Notices) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Notices, notices_free)
