/*
 * The story that an item tells, wherever it stands: in its Story section; without one before the first
 * heading; else in the title; else, in full with its role, or as a job story with what it is good for, at the
 * beginning of a paragraph of another section that has no part of its own, such as Description.
 */
#pragma once

#include "policy.h"
#include "story.h"

struct story_item {
    struct story story;
    const char *text; /* what its places are of: the document's or the title; borrowed */
    gboolean in_title;
};

/* Reads the body of document if that was not done. title may be NULL. FALSE: there is none; then story is all
 * empty and text that of the document. */
gboolean story_item_find(struct document *document, const struct policy *policy, const char *title,
                         struct story_item *found);

/* A part as it reads on one line, of links what is shown; newly allocated. */
char *story_item_text(const struct story_item *found, struct span part);
