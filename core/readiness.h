/*
 * Whether items that claim to be ready are: how many errors the check has for each.
 */
#pragma once

#include "backlog.h"

struct readiness;

/* Says that all items will be asked about: the backlog, once it is loaded, has read in passing what that
 * takes. */
void readiness_expect(struct backlog *backlog);

/* Checks those of items (const struct item *) that are ready or doing; of the others no body is read. Loads
 * the backlog, which must outlive it. */
struct readiness *readiness_new(struct backlog *backlog, const GPtrArray *items);

/* The same where the check of them has been: findings are what it gave. */
struct readiness *readiness_from(const GPtrArray *items, const GPtrArray *findings);

void readiness_free(struct readiness *readiness);
typedef struct readiness Readiness; /* for g_autoptr(Readiness) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Readiness, readiness_free)

/* Whether the item was checked; then *errors is how many errors there are, 0 where it is ready indeed. */
gboolean readiness_find(const struct readiness *readiness, const struct item *item, guint *errors);
