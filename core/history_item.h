/*
 * What became of an item between versions of its file, as history.h tells it.
 */
#pragma once

#include "history.h"
#include "history_tree.h"
#include "repo_mailmap.h"

/* Understands versions of files, and keeps those it had of late: what was before in one commit is after in an
 * older one. */
struct item_reader;

/* policy must outlive it. */
struct item_reader *item_reader_new(const struct policy *policy);
void item_reader_free(struct item_reader *reader);

/* Tells from here on what the filter, borrowed or NULL, wants. */
struct filter;
void item_reader_narrow(struct item_reader *reader, const struct filter *filter);

typedef struct item_reader ItemReader; /* for g_autoptr(ItemReader) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ItemReader, item_reader_free)

/* What the commit made of the item: one difference for each parent, n of them, loaded. NULL where that is
 * nothing in the words of refinement, or nothing against one of the parents, or nothing that is wanted. */
struct history_item *item_reader_tell(struct item_reader *reader, const struct difference *const *differences,
                                      guint n);

void history_item_free(gpointer item);

/* The commit as a decision about these struct history_item, of which the reasons are set by their ids. A
 * reference to the array is taken. */
struct history_decision *history_describe(struct objects *objects, const struct mailmap *mailmap,
                                          const struct object_id *commit, GPtrArray *items, GError **error);
