/*
 * A draft: one item's next version, not yet written.
 *
 *     struct draft *draft = draft_open(backlog, entry, &error);
 *     draft_assign(draft, "estimate", DRAFT_SET, "5", &error);
 *     g_autoptr(GPtrArray) changes = draft_changes(draft);
 *     drafts_write(backlog, drafts, &error);
 *
 * Values are checked by the table of fields and the policy before they are edited in. What draft_open read is
 * what must still be in the file when it is written.
 */
#pragma once

#include "backlog.h"
#include "change.h"
#include "criteria.h"
#include "random.h"

#define DRAFT_ERROR draft_error_quark()
GQuark draft_error_quark(void);

enum draft_error {
    DRAFT_ERROR_FIELD, /* no such field, or one that is not assigned */
    DRAFT_ERROR_VALUE, /* a value that the field cannot have */
    DRAFT_ERROR_FILE,  /* the item's file cannot be read, edited or written */
};

enum draft_operation { DRAFT_SET, DRAFT_ADD, DRAFT_REMOVE };

/* How other versions of the item, in HEAD and in the index, come to what was drafted. */
enum draft_manner {
    DRAFT_EDITED,    /* the same edits are made to them */
    DRAFT_REWRITTEN, /* the text was changed as a whole: by a three-way merge */
    DRAFT_MERGED,  /* the text came of a merge: by another, piece by piece, where git has the item already */
    DRAFT_WHOLE,   /* each becomes the version of the work tree */
    DRAFT_REMOVED, /* the file is gone already; there is neither before nor edit */
    DRAFT_GOES,    /* the file is to go; there is no edit */
};

struct draft {
    struct backlog *backlog;
    char *path;
    char *move_to;     /* the path that the file gets; NULL: it keeps its own */
    char *moved_from;  /* the path that git has it under, where a person moved it; else NULL */
    gboolean adopted;  /* it is what a person did by hand: it is compared with committed */
    GBytes *committed; /* what the last commit has; NULL: nothing */
    char *id;
    GBytes *before; /* NULL: a new item */
    struct edit *edit;
    enum draft_manner manner;
    gboolean is_file;      /* of draft_file: no item, but a file that belongs to the one with that id */
    char *words;           /* of such: what becomes of it, as the decision says it */
    GPtrArray *companions; /* drafts of other items that this one makes necessary; NULL: none */
    /* Where the item stood among the open ones and where it will, from 1, by order_positions; 0: not known,
     * or it does not move. */
    guint from_position, to_position;
};

/* The draft of an item that is there. */
struct draft *draft_open(struct backlog *backlog, const struct entry *entry, GError **error);

/* The same of one that may be broken: for draft_rewrite, since nothing else can edit it. */
struct draft *draft_open_text(struct backlog *backlog, const struct entry *entry, GError **error);

/* The draft of a file that is no item, as a vote is, but belongs to the item with that id: it holds before
 * (NULL: it is not there) and is to hold after (NULL: it goes), in HEAD and in the index too. words says what
 * becomes of it, as "vote 5 (ana)"; the decision tells it where no draft before it tells of the same item. */
struct draft *draft_file(struct backlog *backlog, const char *id, const char *path, GBytes *before,
                         GBytes *after, const char *words);

/* Values of a new item; NULL where it has none. */
struct draft_texts {
    const char *title;
    const char *type;
    const char *status;  /* NULL: new */
    const char *created; /* NULL: today */
    const char *rank;
    const char *body; /* Markdown, beginning with a blank line */
};

/* The draft of a new item with an id of its own; further fields are assigned to it. The backlog must know the
 * ids of items drafted before: taken, a set of ids, is asked and added to. */
struct draft *draft_new(struct backlog *backlog, struct random *random, GHashTable *taken,
                        const struct draft_texts *texts, GError **error);

/* The folder in which the policy's layout has the item of that id, from the policy's root on; newly
 * allocated. */
char *draft_folder(const struct policy *policy, const char *id);

/* Gives a draft of an item to be its id (that of its front matter where it has one that nothing else has),
 * the rank where it has none, and a name with the id in the folder where it is. taken is as of draft_new. */
gboolean draft_mint(struct draft *draft, struct random *random, GHashTable *taken, const char *rank,
                    GError **error);

/* Sets an error of DRAFT_ERROR_VALUE; returns FALSE. */
gboolean draft_refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

void draft_free(struct draft *draft);
typedef struct draft Draft; /* for g_autoptr(Draft) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Draft, draft_free)

/* Sets a field, or removes it where value is empty; adds to or removes from a list. What is so already
 * changes nothing. key is a field, a key x-…, one that the item already has, or MAP.NAME for an entry of a
 * map. References are ids, prefixes or aliases and become ids; a dependency or parent that would close a
 * circle is refused. */
gboolean draft_assign(struct draft *draft, const char *key, enum draft_operation operation, const char *value,
                      GError **error);

/* Whether a field of kind FIELD_CHOICE can have the value; the error says what it can have, of an estimate
 * what the scale has beside it. */
gboolean draft_check_choice(const struct policy *policy, const struct field *field, const char *value,
                            GError **error);

/* Gives the item its place: "top", "bottom", "before:ID", "after:ID", or a rank; one that stands there keeps
 * its rank. Between items that are tied, those that must come behind get new ranks too, as companions. */
gboolean draft_place(struct draft *draft, const char *where, GError **error);

/* The draft's text becomes after, edited as a whole (in an editor): other versions get it by a three-way
 * merge, or, where the file could not be read before, as it is: what broke it cannot be recorded first. */
void draft_rewrite(struct draft *draft, GBytes *after);

/* What speaks against text as the item's next version: the errors that a check of the backlog would find in
 * it, but for those that the version before has too, and an id that is not the item's. Findings of the
 * caller's, none where nothing does; NULL on error. */
GPtrArray *draft_faults(const struct draft *draft, GBytes *text, GError **error);

/* Makes the same edits to what the file holds now, which another process may have changed. FALSE, and the
 * draft as it was, where they cannot be made there, or were not edits: a text that was changed as a whole. */
gboolean draft_renew(struct draft *draft, GError **error);

/* Gives a new item, which is not yet written, the file name that goes with its title as it is now. */
void draft_name(struct draft *draft);

/* The criterion with that number, from 1; borrowed from criteria, which criteria_read gave. NULL with an
 * error that names the range. */
const struct criterion *draft_criterion(const GPtrArray *criteria, guint number, GError **error);

/* What has changed so far. Bytes that differ in nothing that is read are a change too: CHANGE_LAYOUT. The
 * same between two versions of the item, either of which may be NULL. */
GPtrArray *draft_changes(struct draft *draft);
GPtrArray *draft_changes_between(const struct draft *draft, GBytes *before, GBytes *after);

/* Whether the file is to change. */
gboolean draft_is_changed(const struct draft *draft);

/* What the draft starts from, which it is compared with: the work tree's version, or, where that is adopted
 * as it is, the committed one. Borrowed; NULL: nothing. And what it ends with; NULL: the file goes. */
GBytes *draft_origin(const struct draft *draft);
GBytes *draft_result(const struct draft *draft);

/* All drafts with their companions, each once; borrowed. */
GPtrArray *drafts_all(const GPtrArray *drafts);

/* Whether each could be read again when it was written. */
gboolean drafts_check(const GPtrArray *all, GError **error);

/* Writes all drafts that changed something, with their companions, or none. */
gboolean drafts_write(struct backlog *backlog, const GPtrArray *drafts, GError **error);
