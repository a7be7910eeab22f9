/*
 * The three-way merge of one item file, field by field: what git's merge driver does with a file, and what
 * takes a decision back out of a later version.
 *
 *     g_autoptr(ItemMerge) merge = item_merge_new(policy, base, ours, theirs, &labels, &error);
 *     if (merge->conflicts->len == 0)
 *         write(merge->bytes);
 *
 * It is a pure function of three texts. Each is split into pieces: the keys of the front matter with the
 * comments above them, the entries of lists and maps, the sections of the body, the list items in them.
 * Pieces are the same by key, by content, or, in the body, as criteria_match has it. What only one side did
 * to a piece is done; its bytes are those of that side. What both did is merged by what the piece is:
 * refine-merge-driver(1) has the rules of each field. What is left disputed stands between git's markers, on
 * the lines of that piece alone.
 *
 * It promises:
 *     merge(o, a, a) = a and merge(o, o, b) = b, byte for byte;
 *     the same either way round, but for the sides of a conflict and that ours comes first of two additions;
 *     a field, entry, criterion or section that only one side changed is so in the result;
 *     without a conflict the result is an item that can be read.
 * The result is read again and held against this; where it cannot be shown, and where one of the versions
 * cannot be read, the files are merged by lines, as git does without the driver.
 */
#pragma once

#include "merge3.h"
#include "policy.h"

/* One thing that both changed differently. */
struct merge_conflict {
    char *what;                 /* as change_print names things: "estimate", "labels", "criterion 2",
                                   "section Story" */
    char *base, *ours, *theirs; /* on one line each, not escaped; NULL: not there */
};

struct item_merge {
    GBytes *bytes;        /* the merged file, with markers around what is disputed */
    GPtrArray *conflicts; /* of struct merge_conflict, which it owns; empty: it merged */
    gboolean by_lines;    /* merged by lines: a version cannot be read, or the pieces do not explain it */
};

/* base, ours or theirs of zero bytes: there is no such file. policy is for the names of sections; NULL: those
 * by default. NULL on error, which is only one of memory or size. */
struct item_merge *item_merge_new(const struct policy *policy, GBytes *base, GBytes *ours, GBytes *theirs,
                                  const struct merge_labels *labels, GError **error);

void item_merge_free(struct item_merge *merge);
typedef struct item_merge ItemMerge; /* for g_autoptr(ItemMerge) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ItemMerge, item_merge_free)
