/*
 * What the files of edit share: the edit itself, the splice, the proof and the places. Only they and
 * the test of the proof include this.
 */
#pragma once

#include "edit.h"

struct edit {
    struct document *document; /* the current version; front matter read, body when asked for */
    GPtrArray *steps;          /* of struct edit_step: what was done, in order */
};

/* One value of a key (kind NODE_SCALAR), or one entry of the list or map under it: pairs without keys are
 * plain values, in a list pairs with keys are one record. */
struct edit_entry {
    enum node_kind kind;
    const struct edit_pair *pairs;
    gsize n;
};

/* -- edit.c -- */

/* The document with replacement instead of span; owned by the caller. */
struct document *edit_splice(const struct edit *edit, struct span span, const char *replacement);

/* Makes after, which it takes over, the current version. */
void edit_accept(struct edit *edit, struct document *after);

/* Accepts after where its front matter is edit's but for the two nodes (either may be NULL) and the rest of
 * the file is the same; frees it and fails otherwise. meant is whether new_skip is what was asked for, what
 * the words for the message. */
gboolean edit_prove(struct edit *edit, struct document *after, const struct node *old_skip,
                    const struct node *new_skip, gboolean meant, const char *what, GError **error);

/* Each sets its error and returns FALSE: "cannot WHAT without touching the lines around it"; key (with value
 * not NULL: its entry value) is not there; kind was expected under key, and node is of another. */
gboolean edit_refuse(GError **error, const char *what);
gboolean edit_absent(GError **error, const char *key, const char *value);
gboolean edit_misshapen(GError **error, const char *key, enum node_kind kind, const struct node *node);

/* Whether there is front matter of key: value lines to edit. */
gboolean edit_check_readable(const struct edit *edit, GError **error);

/* Whether node is that scalar. node may be NULL. */
gboolean edit_is_scalar(const struct node *node, const char *value);

/* Whether node is entry, as it stands in the list or map. node may be NULL. */
gboolean edit_is_entry(const struct node *node, const struct edit_entry *entry);

/* The ending of the line before offset, or of the text. */
const char *edit_ending_before(const struct document *document, gsize offset);

/* How many blank lines stand from offset on, before the front matter ends; offset begins a line. */
gsize edit_blank_lines(const struct document *document, gsize offset);

/* The start of the line behind the value, past blank lines that belong to a block scalar that keeps them
 * ("|+"). */
gsize edit_behind(const struct document *document, const struct node *value);

/* The place of key in order; G_MAXUINT where it has none. */
guint edit_place_in(const char *const *order, const char *key);

/* Where the line of a new key begins. */
gsize edit_place_for(const struct document *document, const char *key, const char *const *order);

/* Splices whole lines in at offset for a key that is not there and is to hold entry alone. */
gboolean edit_insert_key(struct edit *edit, gsize offset, const char *key, const char *lines,
                         const struct edit_entry *entry, GError **error);

/* edit_remove, but not as a step of its own. */
gboolean edit_remove_key(struct edit *edit, const char *key, GError **error);

/* Removes the lines from start to behind the value; node is what vanishes from the tree, what the words for
 * it. */
gboolean edit_remove_lines(struct edit *edit, gsize start, const struct node *node, const char *what,
                           GError **error);

/* -- edit_value.c -- */

/* Replaces a scalar under key, or, with name, under that name of the map under key. */
gboolean edit_replace_scalar(struct edit *edit, const struct node *node, const char *key, const char *name,
                             const char *value, enum scalar_type type, gboolean flow, GError **error);

/* The same of the scalar entry of the list under key that has this index, from 0. */
gboolean edit_replace_entry(struct edit *edit, const struct node *entry, const char *key, guint index,
                            const char *value, gboolean flow, GError **error);

/* The same of the value under pair's key in the map that is number index of the list under key. */
gboolean edit_replace_in_record(struct edit *edit, const struct node *node, const char *key, guint index,
                                const struct edit_pair *pair, gboolean flow, GError **error);

/* -- edit_flow.c -- */

/* Where an entry begins: at its key, if it has one. */
gsize edit_entry_start(const struct node *entry);

/* Child number index, from 0; NULL past the last. */
const struct node *edit_nth(const struct node *collection, guint index);

/* What to put where (in span) to append entry, as printed, to a list or map in brackets; NULL where there is
 * no good place. */
char *edit_flow_append(const struct document *document, const struct node *collection, const char *entry,
                       struct span *span);

/* What to cut for an entry to leave its brackets. */
struct span edit_flow_cut(const struct document *document, const struct node *collection,
                          const struct node *entry);

/* -- edit_body.c -- */

/* What an edit is to do to the outline. An item is known by its index before the edit. */
struct edit_meant {
    gint64 removed_from; /* items [removed_from, removed_to) vanish; -1: none */
    gint64 removed_to;
    guint added_at; /* index, in the later outline, of the first of … */
    guint added;    /* … this many new items; the first has the text */
    const char *text;
    gint64 depth;    /* of the first new item; -1: any */
    gint64 reworded; /* this item gets the text; -1: none */
    gint64 ticked;   /* this item gets the state; -1: none */
    enum markdown_task task;
    const char *heading; /* a new heading of that title */
    guint paragraphs;    /* further blocks may come, as text was appended */
};

#define EDIT_MEANT_NOTHING                                                                                   \
    {                                                                                                        \
        .removed_from = -1, .depth = -1, .reworded = -1, .ticked = -1                                        \
    }

static inline const struct markdown_item *edit_item_at(const struct markdown *body, guint index)
{
    return &g_array_index(body->items, struct markdown_item, index);
}

/* Whether front matter and body can be read; the outline is there then. */
gboolean edit_check_body(struct edit *edit, GError **error);

/* Accepts after where the front matter is as before and the outline but for what was meant; frees it and
 * fails otherwise. what are the words for the message. */
gboolean edit_prove_body(struct edit *edit, struct document *after, const struct edit_meant *meant,
                         const char *what, GError **error);

/* The end of what stands in the section: behind its last line that is not blank. */
gsize edit_section_end(const struct document *document, const struct markdown_section *section);

/* The document with block, lines without a last ending, as one of its own at offset; the caller owns it. */
struct document *edit_splice_block(const struct edit *edit, gsize offset, const char *block);

/* Makes the section with content in it; meant is what content means, its place and the heading aside. */
gboolean edit_add_section(struct edit *edit, const struct edit_section *section, const char *content,
                          struct edit_meant meant, GError **error);

/* -- edit_list.c, edit_list_add.c -- */

/* Whether text can be that of an entry; sets its error else. */
gboolean edit_check_line(const char *text, GError **error);

/* Whether the body can be read, and its outline knows exactly where the item stands. */
gboolean edit_check_item(struct edit *edit, guint index, const char *what, GError **error);

/* The entry before this one in its list; NULL where it is the first. */
const struct markdown_item *edit_brother_before(const struct markdown *body, guint index);

/* How many entries begin before offset. */
guint edit_items_before(const struct markdown *body, gsize offset);

/* Behind the last entry that is nested in this one. */
guint edit_items_end(const struct markdown *body, guint index);
