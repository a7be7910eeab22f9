/*
 * A backlog: all items at one moment, of the work tree, of the index or of a revision.
 *
 *     struct backlog *backlog = backlog_open(policy, NULL, &error);     lists the files, reads none
 *     const struct entry *entry = backlog_find(backlog, "k7q", &error); one item by id, prefix or alias
 *     backlog_load(backlog);                                            all front matter, items in order
 *
 * The id in a file's name finds it without reading it, so backlog_find reads only for aliases and the items
 * of which the name does not tell. One bad file never hides the others: it is a finding, and an item that is
 * not readable.
 */
#pragma once

#include "item.h"
#include "policy.h"

struct facts;
struct rulebook;

#define BACKLOG_ERROR backlog_error_quark()
GQuark backlog_error_quark(void);

enum backlog_error {
    BACKLOG_ERROR_FOLDER,    /* the folder of the policy cannot be read */
    BACKLOG_ERROR_NO_ITEM,   /* nothing has that id, prefix or alias */
    BACKLOG_ERROR_AMBIGUOUS, /* several have */
};

/* A file of the backlog's folder that is an item or wants to be one. */
struct entry {
    const char *path;    /* relative to the policy's root */
    const char *id;      /* of the name; NULL where that has none: backlog_id reads it */
    const char *object;  /* of a revision or the index: what repo_read takes; NULL in the work tree */
    const char *trouble; /* why it cannot be read; NULL where it may be tried */
};

struct backlog {
    const struct policy *policy;
    GArray *entries;     /* struct entry, by path */
    GPtrArray *items;    /* struct item, in order; NULL until backlog_load */
    GPtrArray *findings; /* of backlog_load: files that cannot be read */
    char *elsewhere;     /* of a revision: its folder, from the top of the repository, where that is not the
                            policy's; paths are as if it were. NULL: it is */
    /* private */
    int root;
    struct repo *repo; /* of a revision; NULL: of the work tree */
    char *revision;    /* the same */
    GArray *votes;     /* struct entry of files of votes, of a revision; NULL of the work tree */
    GArray *aside;     /* struct aside: what was not looked into, for unread.h */
    GStringChunk *strings;
    GStringChunk *more_strings; /* of the second thread */
    const char **ids;           /* of entries, "" for none; NULL until asked */
    GHashTable *by_id;          /* id -> item, first by path */
    GHashTable *by_alias;       /* alias, case-folded -> item */
    GHashTable *texts;          /* path -> GBytes, of backlog_overlay; NULL: none */
    GHashTable *lent;           /* path -> item, of backlog_lend; NULL: none */
    struct backlog *lender;     /* of backlog_lend_facts; NULL: none */
    struct index *index;        /* NULL: none, or not yet asked for */
    gboolean index_tried;
    gboolean index_kept;   /* by backlog_keep_index */
    struct recall *recall; /* what the index knows; NULL: nothing */
    GHashTable *facts;     /* item -> struct facts, of backlog_facts; NULL: none yet */
    struct rulebook *book; /* of backlog_book; NULL until asked */
    gboolean (*wants_facts)(const struct item *item); /* of backlog_expect_facts; NULL: of none */
    gboolean no_advice;                               /* of backlog_leave_advice */
};

/* Lists the backlog of the policy, which must outlive it: of the work tree, or, with a revision, of that (":"
 * is the index), wherever its folder was then. */
struct backlog *backlog_open(const struct policy *policy, const char *revision, GError **error);
/* The same of a revision of which it is known that the folder place, from the top of the repository, was its
 * backlog, whether it held an item or not; with NULL it is found. */
struct backlog *backlog_open_at(const struct policy *policy, const char *revision, const char *place,
                                GError **error);

void backlog_free(struct backlog *backlog);
typedef struct backlog Backlog; /* for g_autoptr(Backlog) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Backlog, backlog_free)

/* Takes text for what the file at path holds, whether there is such a file or not, and with NULL that there
 * is none: the backlog as it would be. Called before anything else is asked of the backlog. */
void backlog_overlay(struct backlog *backlog, const char *path, GBytes *text);

/* Takes items (struct item), by path, for what those files hold, which then are not read: for whoever has
 * loaded the same versions elsewhere. The items must outlive the backlog. Called before backlog_load. */
void backlog_lend(struct backlog *backlog, GHashTable *items);

/* Takes from lender, whose the lent items are, what their bodies say, too: it is read once, by whichever asks
 * first. Both are of one policy; lender must outlive the backlog. */
void backlog_lend_facts(struct backlog *backlog, struct backlog *lender);

/* Leaves the index as it is: it is read where there is one, and never written. Called before anything is
 * asked of the backlog. */
void backlog_keep_index(struct backlog *backlog);

/* Says that backlog_facts will be asked of all items for which wanted is TRUE: backlog_load reads their
 * bodies in passing where it reads their files. wanted is called by several threads. Without effect on what
 * is loaded already. */
void backlog_expect_facts(struct backlog *backlog, gboolean (*wanted)(const struct item *item));

/* Says that nobody will ask for advice: facts that are read from here on do without (reading_is_firm), and
 * are not for the index. */
void backlog_leave_advice(struct backlog *backlog);

/* Reads the front matter of all entries; a second call does nothing. */
void backlog_load(struct backlog *backlog);

/* The entry that word names: an id, a prefix that only one id has, an alias, or the path of an item file. The
 * message of an error lists what could have been meant. */
const struct entry *backlog_find(struct backlog *backlog, const char *word, GError **error);

/* The entry of that very id or alias, or NULL: references in files are no prefixes. */
const struct entry *backlog_find_exact(struct backlog *backlog, const char *name);

/* What a duplicate (dropped, with "duplicate-of") stands for: the last of those that lead on from it. NULL
 * where the entry is none, what it names is not there, or it leads in a circle. Reads only their files. */
const struct entry *backlog_original(struct backlog *backlog, const struct entry *entry);

/* What word means to a command that refines: as backlog_find, but for a duplicate that what it stands for,
 * unless word is a path, which means the file itself. *followed (optional) gets the duplicate then, else
 * NULL. Commands call meant_find of cmd/meant.h, which says so to the user. */
const struct entry *backlog_find_meant(struct backlog *backlog, const char *word,
                                       const struct entry **followed, GError **error);

/* The id of an entry: of its name or, where that has none, of its front matter; NULL without either. */
const char *backlog_id(struct backlog *backlog, const struct entry *entry);

/* The item with that id, or NULL; and with that id or alias. Only after backlog_load. */
const struct item *backlog_item(const struct backlog *backlog, const char *id);
const struct item *backlog_named(const struct backlog *backlog, const char *word);

/* The loaded item at a path, or NULL; its index in items. */
const struct item *backlog_at(const struct backlog *backlog, const char *path);
guint backlog_index(const struct backlog *backlog, const struct item *item);

/* The bytes of a file of this backlog. */
GBytes *backlog_read(const struct backlog *backlog, const struct entry *entry, GError **error);

/* What the body of a loaded item says (facts.h), read at the first call and kept by the backlog; NULL where
 * its file cannot be read. */
const struct facts *backlog_facts(struct backlog *backlog, const struct item *item);

/* Reads those of many items (each once in the array) before they are asked for, which takes less time than
 * one by one. */
void backlog_facts_load(struct backlog *backlog, const GPtrArray *items);

/* The rules in force under its policy, made at the first call; the backlog's. */
const struct rulebook *backlog_book(struct backlog *backlog);

/* The entry at a path, or NULL. */
const struct entry *backlog_entry(const struct backlog *backlog, const char *path);

/* Whether an entry or, once loaded, an item has the id: what ident_mint asks. data is the backlog. */
gboolean backlog_has_id(const char *id, gpointer data);

/* Lengths (guint) of the shortest prefixes of the ids of entries, by index of entries; free with g_free. */
guint *backlog_shortest(struct backlog *backlog);
