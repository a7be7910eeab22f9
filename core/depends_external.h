/*
 * What items depend on that lies outside of the backlog: entries of "depends" that are maps.
 *
 *     depends:
 *       - t2h8k
 *       - external: API key of the carrier
 *         owner: Bo
 *         due: 2026-12-01
 */
#pragma once

#include "backlog.h"

/* Texts are as written, on one line; NULL where there is none. */
struct external {
    const struct item *item; /* that depends on it */
    char *what;
    char *owner;
    char *due;
    gboolean overdue; /* due is a day before today, and the item is open */
};

void external_free(struct external *external);

/* Those of a loaded item, in the order of its file, which is read where it has any: struct external, in an
 * array that owns them. */
GPtrArray *external_of(struct backlog *backlog, const struct item *item);

/* Those of all open items: by day, those without one last, then in the order of the backlog. */
GPtrArray *external_all(struct backlog *backlog);
