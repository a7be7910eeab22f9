/*
 * Items of another tracker on their way into a backlog.
 *
 * A reader (import_backlog_md.h, import_stories.h) says what the foreign items say, in the words of refine:
 *
 *     import_draft(import, backlog, &progress, &error);    ids, ranks, references, text; nothing is written
 *     drafts_write(backlog, import->drafts, &error);
 *
 * Every imported item keeps under x-source where it came from. What the backlog has from the same source
 * already is left out, so that a second run writes nothing and a later one only adds what is new. Every
 * imported item has a heading for acceptance criteria.
 */
#pragma once

#include "draft.h"

/* No item of the import. */
#define IMPORT_NONE G_MAXUINT

/* The longest title, id, label, name or reference that is taken over, in bytes: what draft_assign takes. */
#define IMPORT_LONGEST 1000

/* The most items of an export, and the most that are refused before it is taken for none. */
#define IMPORT_MOST 100000
#define IMPORT_MOST_REFUSED 10000

/* Says how far a long part of the work is; called for every item. */
struct import_progress {
    void (*step)(const char *what, guint done, guint total, gpointer data); /* NULL: nobody wants to know */
    gpointer data;
};

/* A foreign item that another one names. */
struct import_reference {
    char *id;        /* as the source writes it; NULL: there is no reference */
    const char *key; /* where the source has it, for messages; static */
    guint target;    /* index of the item that is meant; IMPORT_NONE: no item of the import */
    struct position at;
};

struct import_item {
    char *path;         /* of its file, as a person would write it */
    struct position at; /* where it begins in a file of several; line 0: it has a file of its own */
    char *source;       /* the value of x-source */
    char *title;        /* one line */
    char *type;         /* one of the policy */
    enum status status;
    char *created;  /* a day; NULL: today */
    char *estimate; /* of the policy's scale; NULL: none */
    char *owner;    /* NULL: nobody */
    char *goal;     /* one of the policy's; NULL: none */
    char *sprint;   /* NULL: none */
    char *id;       /* what the item is called there, an alias here; NULL: nothing */
    struct position id_at;
    GPtrArray *labels; /* of text */
    GArray *depends;   /* of struct import_reference */
    struct import_reference parent;
    const char *parent_key; /* where a parent goes that is not there, such as x-parent-task-id; static */
    GString *extra;         /* lines of front matter with keys x-… */
    GHashTable *keys;       /* keys of these lines */
    char *body;             /* Markdown that begins with a blank line; import_draft takes it over */
    guint place;            /* in the order of the items of the import, from 0, each once */
    GPtrArray *remarks;     /* what is odd in it, as findings with path; told where the item is made */

    /* after import_draft */
    gboolean present;    /* it is in the backlog already */
    char *here;          /* its id in the backlog, new or old; NULL: it was refused, or has none */
    struct draft *draft; /* of import->drafts; NULL: not made */
};

struct import {
    GPtrArray *items;    /* struct import_item, as the tracker orders its files */
    GPtrArray *findings; /* errors: what was refused. Warnings and notes: what is odd, after import_draft */
    guint refused;       /* items that cannot be taken over; an error says why */
    guint left_out;      /* files or lines that are no items */

    /* after import_draft */
    guint present;     /* items that the backlog has already */
    GPtrArray *drafts; /* struct draft of all others, in the order of the backlog */
};

struct import *import_new(void);
void import_free(struct import *import);
typedef struct import Import; /* for g_autoptr(Import) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Import, import_free)

/* A new item of that file, with nothing else in it. */
struct import_item *import_item_new(const char *path, const char *source);
void import_item_free(struct import_item *item);
typedef struct import_item ImportItem; /* for g_autoptr(ImportItem) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ImportItem, import_item_free)

/* Keeps what has no field of its own under x-…: the name with "-" for what no key can hold, and a number
 * behind it where another already has that key. */
void import_item_keep(struct import_item *item, const char *name, const char *value, enum scalar_type type);

/* Begins a list that is kept so; at least one entry must follow. */
void import_item_keep_list(struct import_item *item, const char *name);
void import_item_keep_entry(struct import_item *item, const char *value, enum scalar_type type);

/* Adds a warning or note about a place of the item's source; at may be { 0 }. */
void import_item_remark(struct import_item *item, enum severity severity, struct position at,
                        const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Counts one more as refused: the findings from index first on say why, and are about path. */
void import_refuse(struct import *import, guint first, const char *path);

/* Finds what an id means among the items of an import; IMPORT_NONE where it means none. */
typedef guint (*import_finder)(gconstpointer data, const char *id);

/* Sets the targets of all references. */
void import_resolve(struct import *import, import_finder find, gconstpointer data);

/* Gives each item its place by compare, which gets two pointers to indexes of items; ties stay in the order
 * of items. */
void import_order(struct import *import, GCompareDataFunc compare, gpointer data);

/* Whether there are no more items, and no more refused ones, than an export can have: each costs memory.
 * Fails with a message that begins with path. */
gboolean import_check_count(const struct import *import, const char *path, GError **error);

/* The type of the policy for what the tracker calls word (NULL: nothing); borrowed from the policy or static.
 * wanted is its name here, where it has one. Where the policy does not know it, task or its first type. */
const char *import_type(const struct policy *policy, const char *word, const char *wanted);

/* The same for words that many trackers use: "feature" is a story, "chore" a task. */
const char *import_type_named(const struct policy *policy, const char *word);

/* Fails where folder, of another tracker, is that of the policy's backlog: both would take the other's files
 * for theirs. */
gboolean import_check_apart(const struct policy *policy, const char *folder, GError **error);

/* Makes the drafts of the items that the backlog does not have yet. References become ids; one that names
 * nothing stays as it is (a parent goes to parent_key) and is remarked, as is an id that another item has
 * already. An item that would not be readable is refused. Fails only for what concerns all: above all an item
 * of the backlog that cannot be read, and so might be one of these. */
gboolean import_draft(struct import *import, struct backlog *backlog, const struct import_progress *progress,
                      GError **error);
