/*
 * The text of a task of Backlog.md as the body of an item.
 */
#pragma once

#include "document.h"
#include "policy.h"

/* The body of document, whose lines end with LF, as a new string: without the comments that mark sections and
 * the numbers of checklist entries, "Description", "Implementation Plan" and "Acceptance Criteria" under the
 * headings of the policy, and complete as by import_body_complete. All other bytes stay. */
char *import_backlog_body(const struct policy *policy, struct document *document);
