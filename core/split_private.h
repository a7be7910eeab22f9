/*
 * What the files of split share. Only they include this.
 */
#pragma once

#include "split.h"

/* -- split_body.c: the body of a child, of parts of its parent's text, each as it stands there -- */

/* The body as Markdown with LF at the ends of lines, beginning with a blank line, for a child of that type:
 * the criteria and questions that child names, out of document, of which parts were read. NULL with
 * SPLIT_ERROR_PART where they would not read the same there. */
char *split_body(const struct policy *policy, const char *type, const struct document *document,
                 const struct split_parts *parts, const struct split_child *child, GError **error);

/* The numbers (guint) of the scenarios that are nested in the criterion with that number. */
GArray *split_nested(const struct split_parts *parts, guint number);

/* -- split_drafts.c -- */

/* The keys that children have as the parent has them, NULL-terminated; type goes by rules of its own. */
const char *const *split_inherited(void);

/* -- split_check.c: what speaks against a split -- */

/* Whether split gives only what there is, to children enough, and leaves no criterion behind. name is the
 * item's. */
gboolean split_check_parts(const struct split *split, const struct split_parts *parts, const char *name,
                           GError **error);

/* Whether git has all that is given or taken over as it is here, so that nobody's own edits get into the
 * decision. */
gboolean split_check_git(const struct backlog *backlog, const struct entry *entry, const struct split *split,
                         const struct split_parts *parts, GError **error);
