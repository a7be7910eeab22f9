/*
 * A split as text, for an editor: children with the numbers of what they get, in the manner of git rebase -i.
 *
 *     because Too large for a sprint
 *
 *     into Filter by date
 *     1 [ ] Given 10,000 results, the filtered list shows within 500 ms
 *
 *     into Filter by category
 *     2 [ ] A category without results is not offered
 *
 *     each
 *     q1 @bo Is the category tree cached?
 *
 *     left
 *
 * "into TITLE" makes a child, and what stands below goes to it; below "each", to every child; below "left" it
 * is not given yet, which is a fault, and below "keep" it stays with the parent. "because REASON" gives the
 * reason, which is optional here. Parts count by the number that their line begins with. Blank lines and
 * those that begin with "#" do not count.
 */
#pragma once

#include "split.h"

/* The text to begin with: two children without a title, questions below each, criteria below left; a line for
 * the reason where split has none. */
GBytes *split_text_print(const struct item *item, const struct split_parts *parts, const struct split *split);

/* Whether text has no line that counts. */
gboolean split_text_is_empty(GBytes *text);

/* Fills split, which has no children yet, by the text, which says of every loose part where it goes, unless
 * split keeps what is left; then split keeps whatever no child gets. FALSE with findings where it cannot be
 * done so; split is of no use then. */
gboolean split_text_read(GBytes *text, const struct split_parts *parts, struct split *split,
                         GPtrArray *findings);

/* The text with the findings in comments at the top, in the place of those that are there. */
GBytes *split_text_complain(GBytes *text, const GPtrArray *findings);

/* Whether two texts to begin with have the same parts by the same numbers. */
gboolean split_text_has_same(GBytes *base, GBytes *now);

/* The text, which was made of base, for the item as it is now, of which now is the text to begin with: parts
 * are told by their words, those that are no longer there become comments. */
GBytes *split_text_follow(GBytes *text, GBytes *base, GBytes *now);
