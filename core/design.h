/*
 * The designs of an item: paths of files or folders in the repository, or links to where they are kept.
 *
 *     if (!design_is_there(backlog, item, "docs/mockups/filter.png")) …
 *
 * A path counts from the top of the repository; one from the policy's folder, or from the item's own, as
 * Markdown has it, is taken too. What stands behind "#" is a place in the file.
 */
#pragma once

#include "backlog.h"

/* Whether design is a link, or there is such a file or folder: in the work tree, whether git knows it or not;
 * of the backlog of a revision or of the index, in that. Nothing outside of the repository is there. */
gboolean design_is_there(const struct backlog *backlog, const struct item *item, const char *design);
