/*
 * What was done to an edit, step by step, kept so that edit_replay can do it again to another version of the
 * file. Only the files of edit include this.
 *
 *     struct edit_step *step = edit_step_new(EDIT_STEP_SET, key, order);
 *     step->text = g_strdup(value);
 *     return edit_step_keep(edit, step, set(edit, key, value, type, order, error));
 *
 * A step is made before the call that it describes, for it says what it speaks of as that was found: an entry
 * of a list by its words and section, never by its number.
 */
#pragma once

#include "edit_private.h"

enum edit_step_kind {
    EDIT_STEP_SET,
    EDIT_STEP_REMOVE,
    EDIT_STEP_ENTRY_ADD,
    EDIT_STEP_ENTRY_REMOVE,
    EDIT_STEP_ENTRY_SET,
    EDIT_STEP_RECORD_ADD,
    EDIT_STEP_RECORD_REMOVE,
    EDIT_STEP_RECORD_SET,
    EDIT_STEP_MAP_SET,
    EDIT_STEP_MAP_REMOVE,
    EDIT_STEP_ABSENT,
    EDIT_STEP_LIST_ADD,
    EDIT_STEP_LIST_TICK,
    EDIT_STEP_LIST_REWORD,
    EDIT_STEP_LIST_MOVE,
    EDIT_STEP_LIST_REMOVE,
    EDIT_STEP_LIST_NEST,
    EDIT_STEP_SECTION_APPEND,
};

/* An entry of a list in the body, as it stood at the moment of the call. */
struct edit_listed {
    char *section; /* the nearest heading above it; NULL: none */
    char *text;    /* of its first paragraph, on one line; NULL: not known yet */
    guint depth;
    guint nth; /* how many equal ones stood before it under that heading */
};

/* Whatever a kind has no use for is NULL or 0. */
struct edit_step {
    enum edit_step_kind kind;
    char *key;
    char *name; /* of a map's entry, or of a pair of a record; of EDIT_STEP_ABSENT, the entry's own, NULL: the
                   whole key; of EDIT_STEP_ENTRY_SET, the entry as it was */
    char *text; /* the value, or the text that a list entry or section is to get */
    char **order;
    enum scalar_type type;
    struct edit_pair *pairs; /* of a record: n of them */
    gsize n;
    char **names;  /* of the section, … */
    char **before; /* … and of those it comes before */
    struct edit_listed entry;
    struct edit_listed other; /* of EDIT_STEP_LIST_MOVE */
    gboolean flag;            /* ticked; behind the other; of EDIT_STEP_ABSENT, there is no key either */
    guint count;              /* how many entries equal to this one there are afterwards */
    enum node_kind shape;     /* of EDIT_STEP_REMOVE: what went */
    GBytes *version;          /* of EDIT_STEP_RECORD_REMOVE and _SET: the file before, in which … */
    guint index;              /* … the record has this index in its list */
};

/* order may be NULL, and so may key for steps in the body. */
struct edit_step *edit_step_new(enum edit_step_kind kind, const char *key, const char *const *order);
void edit_step_free(struct edit_step *step);
typedef struct edit_step EditStep; /* for g_autoptr(EditStep) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EditStep, edit_step_free)

/* A step in that section. */
struct edit_step *edit_step_section(enum edit_step_kind kind, const struct edit_section *section,
                                    const char *text);

/* A step on the list entry with that index; one that is not there leaves the entry's text NULL. */
struct edit_step *edit_step_listed(struct edit *edit, enum edit_step_kind kind, guint item);

/* Appends step, which it takes over, to the edit's where done, and frees it else. Returns done. */
gboolean edit_step_keep(struct edit *edit, struct edit_step *step, gboolean done);

/* -- what is equal -- */

/* The list entry with that index as a step would name it; free with edit_listed_clear. */
void edit_listed_init(struct edit_listed *listed, struct edit *edit, guint item);
void edit_listed_clear(struct edit_listed *listed);

/* The index of the entry of the body that listed speaks of: among equal ones that with its nth, or the last;
 * -1 where there is none. */
gint edit_listed_find(const struct edit_listed *listed, struct edit *edit);

/* How many equal entries there are: of a list or map under key; in the body under listed's heading; right
 * in an entry of the body; of the first level in a section; lines of text in a section. 0 where there is no
 * such list or section. */
guint edit_count_entries(const struct edit *edit, const char *key, const struct edit_entry *entry);
guint edit_count_listed(const struct edit_listed *listed, struct edit *edit);
guint edit_count_nested(struct edit *edit, guint item, const char *text);
guint edit_count_in_section(struct edit *edit, const struct edit_section *section, const char *text);
guint edit_count_blocks(struct edit *edit, const struct edit_section *section, const char *text);
