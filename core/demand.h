/*
 * Demand: who asked for an item, and how many they are.
 *
 *     g_autoptr(Demand) demand = demand_new(backlog);
 *     demand_count(demand, item)      how many distinct ones asked
 *     demand_requests(demand, item)   who asked, when, what, and where from
 *
 * A request is an entry of "feedback:" of one item, and counts for others that have to do with it:
 *
 *   - a duplicate hands its requests to what it repeats (depends_original), and to that alone: what it was a
 *     part of no longer brings what was asked for;
 *   - any other item to its parent, at any depth and whatever its status: who asked for a part asked for the
 *     whole;
 *   - a split item to its children as well, and through a duplicate among these to what that repeats: they
 *     carry the work, and what depends on it depends on them (depends.h).
 *
 * So no request counts for a brother of the item that it was made for. One who asked twice, or for an item
 * and for its duplicate, is one asker: demand_asker says who is the same. Items in a circle do no harm.
 */
#pragma once

#include "backlog.h"

/* Where a request for an item stands. */
enum request_source {
    REQUEST_OWN,
    REQUEST_DUPLICATE, /* in a duplicate of the item, or in one of that */
    REQUEST_CHILD,     /* in what is below it: a child, a duplicate of one, a child of a duplicate */
    REQUEST_PARENT,    /* in a split item of which it does a part, or in a duplicate of that */
};

/* "own", "duplicate", "child", "parent". */
const char *request_source_name(enum request_source source);

/* An entry of a list of feedback; texts are as written, NULL where there is none. */
struct request {
    const struct item *item; /* in whose file it stands */
    char *from;
    char *on;
    char *says;
    char *via;
    char *asker; /* demand_asker of from; NULL: nobody is named, and the request counts for no demand */
};

struct demand;

/* Reads the requests of all items of the backlog, which is loaded and must outlive it: of files that have
 * some, and no others. */
struct demand *demand_new(struct backlog *backlog);
void demand_free(struct demand *demand);
typedef struct demand Demand; /* for g_autoptr(Demand) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Demand, demand_free)

/* How many distinct ones asked for the item. */
guint demand_count(const struct demand *demand, const struct item *item);

/* Whether who, whichever way it is spelt, is one of them. */
gboolean demand_has(const struct demand *demand, const struct item *item, const char *who);

/* The last day on which somebody did; NULL where no request has a day of the calendar. Borrowed. */
const char *demand_latest(const struct demand *demand, const struct item *item);

/* A request for an item, as one of the item's. */
struct demanded {
    const struct request *request;
    enum request_source source;
};

/* Orders two elements of an array of struct demanded: the latest first, those without a day last. */
int demanded_compare(gconstpointer a, gconstpointer b);

/* All requests for the item, the latest first, those without a day last; in an array of the caller's that
 * owns its struct demanded, while requests are demand's. */
GPtrArray *demand_requests(const struct demand *demand, const struct item *item);

/* The requests that stand in the item's own file, in its order: const struct request *; borrowed. */
const GPtrArray *demand_own(const struct demand *demand, const struct item *item);

/* The items for which somebody asked, but for duplicates, whose requests what they repeat has: those with
 * most askers first, equal ones in the backlog's order. const struct item *, in an array of the caller's. */
GPtrArray *demand_rank(const struct demand *demand);

/* -- requests of one document, without the backlog -- */

/* What tells askers apart: of one of the team the handle, or the name, whichever of handle, name or address
 * was written; of others the text in NFC without case, without an "@" before it, and with one space between
 * words. Newly allocated; NULL where from says nothing. */
char *demand_asker(const struct policy *policy, const char *from);

/* The requests that a document's front matter has, in its order, but for entries that say nothing: struct
 * request of item (which may be NULL), in an array that owns them. */
GPtrArray *demand_read(const struct policy *policy, const struct item *item, const struct document *document);

/* How many distinct askers these requests have. */
guint demand_askers(const GPtrArray *requests);
