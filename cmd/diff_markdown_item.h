/*
 * One item of a review in the Markdown of diff_markdown.h: a headline that says what became of it, and a body
 * that shows the words.
 */
#pragma once

#include "review.h"

/* Characters of a value that the headline takes; longer ones are shown in the body. */
#define DIFF_MARKDOWN_VALUE 60

/* What the items of one comment have in common; borrowed. */
struct diff_markdown {
    const struct review *review;
    const struct policy *policy;
    const char *links; /* address of policy->root, without a slash at its end; NULL: none */
};

/* Appends the item's title and its id, with a link where the file is there and can be seen. */
void diff_markdown_name(GString *out, const struct diff_markdown *markdown, const struct item *item,
                        gboolean there);

/* Appends title, id and what became of the item. It is fit for Markdown and for HTML. */
void diff_markdown_headline(GString *out, const struct diff_markdown *markdown,
                            const struct review_item *item);

/* Appends the lines of a list, each behind indent; nothing where the headline says all. */
void diff_markdown_body(GString *out, const struct diff_markdown *markdown, const struct review_item *item,
                        const char *indent);

/* The parts of a comment, the most important first. */
enum diff_markdown_group {
    DIFF_MARKDOWN_LOST,  /* not ready any more */
    DIFF_MARKDOWN_STALE, /* says that it is ready, and is not as it was agreed */
    DIFF_MARKDOWN_SPLIT,
    DIFF_MARKDOWN_ADDED,
    DIFF_MARKDOWN_ENDED, /* dropped, removed */
    DIFF_MARKDOWN_CHANGED,
    DIFF_MARKDOWN_MINOR, /* nothing changed that a team agrees on: the order, labels, who and when, the file
                          */
    DIFF_MARKDOWN_AFFECTED,
    N_DIFF_MARKDOWN_GROUPS,
};

/* The part where an item stands; its title. */
enum diff_markdown_group diff_markdown_group_of(const struct review_item *item);
const char *diff_markdown_title(enum diff_markdown_group group);

/* Appends why an item is not ready any more, or not as agreed. */
void diff_markdown_loss(GString *out, const struct review_item *item);
