/*
 * What stands twice in a body where it should stand once: what a merge of text leaves where two branches
 * added the same thing at different places. Part of facts_read.
 */
#pragma once

#include "facts.h"

/* Adds a finding for each: a section of which only the first is read (duplicate-section); another heading
 * within the same section (duplicate-heading); a criterion (criterion-duplicate); an open question among
 * facts->questions (duplicate-entry). document's body has been read. */
void facts_find_twice(struct facts *facts, struct document *document, const struct policy *policy);
