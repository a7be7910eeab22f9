/*
 * Where finished items go, and where all items should be.
 */
#pragma once

#include "draft.h"

/* Whether the item is finished and may leave the folder of open items: done, released or dropped, or split
 * with all its children finished. The backlog is loaded. */
gboolean archive_is_finished(const struct backlog *backlog, const struct item *item);

/* Whether the item is in the archive already. */
gboolean archive_holds(const struct policy *policy, const struct item *item);

/* A draft that moves the item into the archive's folder of the year, "BACKLOG/archive/YEAR". */
struct draft *archive_draft(struct backlog *backlog, const struct item *item, const char *year,
                            GError **error);

/* A draft that moves the item where the policy's layout has it; NULL without error where it is there, or in
 * the archive. */
struct draft *archive_reshard(struct backlog *backlog, const struct item *item, GError **error);
