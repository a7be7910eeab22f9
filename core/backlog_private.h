/*
 * What the files of the backlog share. Only they include this, and what keeps something in the index.
 */
#pragma once

#include "backlog.h"
#include "document.h"
#include "index.h"

/* -- which files are items: backlog_list.c -- */

/* Adds the file where its name makes it an item or leaves that open: any other Markdown but README.md. */
void backlog_add_entry(struct backlog *backlog, const char *path, const char *object, const char *trouble);

/* Adds the entries of the work tree, or those of a revision (":" is the index), of the folder place there, as
 * backlog_open_at has it; unsorted. */
gboolean backlog_list_work_tree(struct backlog *backlog, GError **error);
gboolean backlog_list_revision(struct backlog *backlog, const char *revision, const char *place,
                               GError **error);

/* What listing passed over: a hidden folder or file, of a revision each file that is hidden or below a hidden
 * folder; or a link whose name is no item's. */
struct aside {
    const char *path;
    const char *object; /* of a revision */
    gboolean is_link;
};

/* -- reading -- */

/* backlog_read, but of a file in the work tree only as much as its front matter needs. */
GBytes *backlog_read_front(const struct backlog *backlog, const struct entry *entry, GError **error);

/* What the body of an item says whose document that is; the caller's. The book must have been made: several
 * threads read. */
struct facts *backlog_read_facts(const struct backlog *backlog, const struct item *item,
                                 struct document *document);

/* Keeps facts that were read of an item for backlog_facts, and for the index; they are the backlog's then,
 * and may be NULL. */
void backlog_keep_facts(struct backlog *backlog, const struct item *item, struct facts *facts);

/* Puts items in order, as item_compare has it. */
void backlog_sort(GPtrArray *items);

/* -- the index -- */

/* The index of the work tree's backlog, opened at the first call; NULL: there is none, or this is the backlog
 * of a revision. The backlog's. */
struct index *backlog_index_store(struct backlog *backlog);

/* What the index knows of the entries: begun by backlog_recall, where that pays. */
struct recall;

/* Asks the index what it knows of the entries. */
void backlog_recall(struct backlog *backlog);
void backlog_recall_free(struct recall *recall);

/* Whether the file of the entry with that index is known; *item is what it holds then, the caller's, and NULL
 * where it holds none; its texts are in the backlog's strings. Once for each entry; for different ones by
 * several threads. */
gboolean backlog_recall_take(struct recall *recall, guint entry, struct item **item);

/* What was read of the file of an entry, without a finding: item, or NULL where it holds none. Item must be
 * there until backlog_remember. May be called by one thread for one entry and by another for another. */
void backlog_recall_add(struct recall *recall, guint entry, const struct item *item);

/* How many entries are not known: their files have to be read. */
guint backlog_recall_missing(const struct recall *recall);

/* What the index knows of the body of an item, the caller's; NULL where it knows nothing. */
struct facts *backlog_recall_facts(struct backlog *backlog, const struct item *item);

/* What was read in the body of an item, which must be there until backlog_remember; facts may be NULL. */
void backlog_recall_add_facts(struct backlog *backlog, const struct item *item, const struct facts *facts);

/* Writes what was added to the index, if that can be. */
void backlog_remember(struct backlog *backlog);

/* The row of the index that says what the file of the entry with that index holds; FALSE where there is none.
 * Only after backlog_load, which a backlog with few files does without the index. */
gboolean backlog_index_row(struct backlog *backlog, guint entry, gint64 *id, gint64 *version);
